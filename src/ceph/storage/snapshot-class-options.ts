import { ManifestProps } from '../../manifest/manifest-props';
import { SnapshotDeletionPolicy } from '../../snapshot/volume-snapshot-class';

/** A VolumeSnapshotClass of Ceph. */
export interface CephSnapshotClassOptions extends ManifestProps {
  /**
   * What the names of snapshots in Ceph begin with.
   *
   * @default - ceph-csi's own: csi-snap-
   */
  readonly snapshotNamePrefix?: string;

  /**
   * What becomes of a snapshot when its VolumeSnapshot is deleted.
   *
   * @default SnapshotDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * Whether snapshots of the driver's volumes without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/** A VolumeGroupSnapshotClass of Ceph. */
export interface CephGroupSnapshotClassOptions extends ManifestProps {
  /**
   * What the names of groups in Ceph begin with.
   *
   * @default - ceph-csi's own: csi-vol-group-
   */
  readonly volumeGroupNamePrefix?: string;

  /**
   * What becomes of a group snapshot when its VolumeGroupSnapshot is deleted.
   *
   * @default SnapshotDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * Whether group snapshots of the driver's volumes without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}
