import { IConstruct } from 'constructs';
import { ReplicationState } from './replication-state';

/** One side of a mirrored volume, as the other one knows it. */
export interface IVolumeReplication extends IConstruct {
  /** The name of the claim. */
  readonly claimName: string;

  /** What this side is. */
  readonly state: ReplicationState;
}
