import { CephCsiDriverProps } from './ceph-csi-driver-props';
import { CsiChangedBlocks } from '../../csi/csi-driver-props';

/** When images that are clones of clones are made independent of their parents. @see https://github.com/ceph/ceph-csi/blob/devel/docs/design/proposals/rbd-snap-clone.md */
export interface RbdFlattening {
  /**
   * How many clones deep an image may be at most, 1 to 14; then the operation waits until it is made independent.
   *
   * @default - ceph-csi's own: 8
   */
  readonly hardMaxCloneDepth?: number;

  /**
   * How many clones deep an image may be before that begins beside the operation; at most `hardMaxCloneDepth`.
   *
   * @default - ceph-csi's own: 4
   */
  readonly softMaxCloneDepth?: number;

  /**
   * How many snapshots an image may have before that begins, 1 to 500.
   *
   * @default - ceph-csi's own: 450
   */
  readonly maxSnapshotsOnImage?: number;

  /**
   * How many snapshots an image keeps then; at most `maxSnapshotsOnImage`.
   *
   * @default - ceph-csi's own: 250
   */
  readonly minSnapshotsOnImage?: number;
}

/** Properties of a CephRbdCsiDriver. */
export interface CephRbdCsiDriverProps extends CephCsiDriverProps {
  /**
   * Labels of the nodes that say from where pools can be reached, such as `topology.kubernetes.io/zone`: for classes with `topologyPools`. Every node
   * has to have each of them, or its plugin does not start.
   *
   * @default - pools are reached from everywhere
   */
  readonly domainLabels?: string[];

  /**
   * Which blocks changed between two snapshots, for backup programs. With `snapshots`, and a SnapshotController with `changedBlocks`; ceph-csi 3.15.
   *
   * @default - nobody is told
   */
  readonly changedBlocks?: CsiChangedBlocks;

  /**
   * When clones are made independent of their parents.
   *
   * @default - see RbdFlattening
   */
  readonly flattening?: RbdFlattening;

  /**
   * Whether images that rbd-nbd serves are mapped again when the node plugin is back after a restart. For that it may list attachments, get PersistentVolumes, and
   * get the node's Secret of each storage on it.
   *
   * @default false
   */
  readonly volumeHealer?: boolean;

  /**
   * A directory of the nodes for the logs of rbd-nbd, which is created.
   *
   * @default - they are gone with the pod
   */
  readonly logDirectory?: string;
}
