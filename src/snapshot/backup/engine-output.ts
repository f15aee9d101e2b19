import { Asked } from './expressible';
import { AlertRule } from '../../volume/volume-alert-rules';

/** What an engine is given: checked, and within what it can express. */
export interface EngineInput extends Asked {
  readonly name: string;
  /** Of claims that are not named by themselves. */
  readonly namespaces: readonly (string | undefined)[];
  readonly suspend: boolean;
  readonly alerts: AlertInput;
}

/** How alerts are written; checked. */
export interface AlertInput {
  /** How much later than expected a backup may be, in minutes. */
  readonly tolerance?: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** What an engine writes. */
export interface EngineOutput {
  readonly objects: readonly { readonly id: string; readonly manifest: object }[];
  readonly alerts: readonly AlertRule[];
}
