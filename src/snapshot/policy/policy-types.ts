import { IConstruct } from 'constructs';
import { POLICY_RULES } from './rules';
import { SnapshotPolicyProps } from './snapshot-policy-props';
import { fail } from '../../findings/report';
import { shown } from '../../manifest/validate';

/** What a property has to be. From JavaScript it may be anything. */
interface Type {
  readonly expected: string;
  readonly fits: (value: any) => boolean;
}

const isMap = (value: any) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (values: any) => Array.isArray(values) && values.every(value => typeof value === 'string');
const FLAG: Type = { expected: 'true or false', fits: value => typeof value === 'boolean' };
const NUMBER: Type = { expected: 'a whole number from 1 to 100', fits: value => Number.isInteger(value) && value >= 1 && value <= 100 };
const TEXT: Type = { expected: 'a text', fits: value => typeof value === 'string' };
const TEXTS: Type = { expected: "a list of texts, such as ['one', 'two']", fits: isTexts };
const MAP: Type = { expected: "a map of texts, such as { 'example.com/team': 'storage' }", fits: value => isMap(value) && isTexts(Object.values(value)) };
const LIST: Type = { expected: 'a list of objects', fits: value => Array.isArray(value) && value.every(isMap) };
const DURATION: Type = { expected: 'a Duration, such as Duration.minutes(5)', fits: value => typeof value?.toSeconds === 'function' };
const SIZE: Type = { expected: 'a Size, such as Size.mebibytes(256)', fits: value => typeof value?.toMebibytes === 'function' };
const OBJECT: Type = { expected: 'an object', fits: isMap };

/** What is looked at elsewhere is not here: names, the schedule, claims, classes, the retention. */
const TYPES: { readonly [property in keyof SnapshotPolicyProps]?: Type } = {
  namespaces: TEXTS,
  allNamespaces: FLAG,
  hooks: LIST,
  readyTimeout: DURATION,
  runTimeout: DURATION,
  maxParallel: NUMBER,
  jitter: DURATION,
  maxPending: NUMBER,
  startingDeadline: DURATION,
  suspend: FLAG,
  snapshotLabels: MAP,
  surviveNamespaceDeletion: FLAG,
  alerts: OBJECT,
  image: TEXT,
  imagePullSecrets: TEXTS,
  memoryLimit: SIZE,
  nodeSelector: MAP,
  tolerations: LIST,
};
const ALERT_TYPES: Record<string, Type> = { labels: MAP, alertLabels: MAP, slack: DURATION };
const TOLERATION_TYPES: Record<string, Type> = { key: TEXT, operator: TEXT, value: TEXT, effect: TEXT };
const HOOK_TYPES: Record<string, Type> = { podLabels: MAP, container: TEXT, timeout: DURATION, optional: FLAG };

/** SNP035 */
export function malformed(scope: IConstruct, what: string, value: unknown, problem: string, expected: string): never {
  return fail(scope, POLICY_RULES.SNP035, { what, value: shown(value), problem, expected });
}

/** SNP035: refuses what has another type than the props declare; what is left out, or null, means the default. */
export function checkTypes(scope: IConstruct, props: SnapshotPolicyProps): void {
  checkMembers(scope, '', props, TYPES);
  checkMembers(scope, 'alerts.', props.alerts ?? {}, ALERT_TYPES);
  (props.hooks ?? []).forEach((hook, index) => checkMembers(scope, `hooks[${index}].`, hook, HOOK_TYPES));
  (props.tolerations ?? []).forEach((toleration, index) => checkMembers(scope, `tolerations[${index}].`, toleration, TOLERATION_TYPES));
}

function checkMembers(scope: IConstruct, prefix: string, values: object, types: { readonly [property: string]: Type | undefined }): void {
  for (const [property, type] of Object.entries(types)) {
    const value = (values as Record<string, unknown>)[property];
    if (value !== undefined && value !== null && !type!.fits(value)) {
      malformed(scope, `${prefix}${property}`, value, `it has to be ${type!.expected}`, `give ${type!.expected}, or leave it out for the default`);
    }
  }
}
