import { IVolumeReplication } from './i-volume-replication';
import { ReplicationState } from './replication-state';
import { IVolumeReplicationClass } from './volume-replication-class';
import { ManifestProps } from '../../../manifest/manifest-props';
import { IPersistentVolumeClaim } from '../../../volume/persistent-volume-claim';

/** Properties of a VolumeReplication. */
export interface VolumeReplicationProps extends ManifestProps {
  /** The claim of the volume on this side. On the second side it is bound to a volume of `addMirroredVolume`. */
  readonly claim: IPersistentVolumeClaim;

  /** How it is mirrored. */
  readonly replicationClass: IVolumeReplicationClass;

  /** What this side is. To fail over is to change it. */
  readonly state: ReplicationState;

  /**
   * The name of the object.
   *
   * @default - that of the claim
   */
  readonly name?: string;

  /**
   * The namespace of the claim.
   *
   * @default - that of `claim`, if it is known, else the chart's
   */
  readonly namespace?: string;

  /**
   * Whether a secondary side that finds itself apart from the other one throws away what it has, and copies it anew. Not for a primary one.
   *
   * @default false
   */
  readonly autoResync?: boolean;

  /**
   * The other side, where the same app writes both clusters: rules see to it that not both are written.
   *
   * @default - not known here
   */
  readonly peer?: IVolumeReplication;
}
