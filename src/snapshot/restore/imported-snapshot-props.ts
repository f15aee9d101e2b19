import { Size } from 'cdk8s';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { ManifestProps } from '../../manifest/manifest-props';
import { VolumeMode } from '../../volume/modes';
import { IPersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { IVolumeSnapshotClass, SnapshotDeletionPolicy } from '../volume-snapshot-class';

/** Under which names, and where, a snapshot is made known that the storage system has. */
export interface OtherNamespaceOptions extends ManifestProps {
  /** The name of the VolumeSnapshot. */
  readonly name: string;

  /** What the driver calls the snapshot: `status.snapshotHandle` of its VolumeSnapshotContent, or what the storage system lists. */
  readonly snapshotHandle: string;

  /**
   * The namespace of the VolumeSnapshot.
   *
   * @default - the chart's, which is required then
   */
  readonly namespace?: string;

  /**
   * The name of the VolumeSnapshotContent. A content belongs to the one VolumeSnapshot that it was bound to first: when that was deleted and is
   * to be made anew, delete the content too, which keeps the data, or give another name.
   *
   * @default - `<namespace>.<name>`
   */
  readonly contentName?: string;
}

/** Properties of an ImportedSnapshot. */
export interface ImportedSnapshotProps extends OtherNamespaceOptions {
  /**
   * The driver that has the snapshot.
   *
   * @default - that of `snapshotClass`, else that of `sourceClaim`; required where neither is known
   */
  readonly driver?: ICsiDriver;

  /**
   * The class whose Secret `snapshotterList` the driver is asked with.
   *
   * @default - none: for drivers that need no Secret to be asked
   */
  readonly snapshotClass?: IVolumeSnapshotClass;

  /**
   * What becomes of the snapshot when its VolumeSnapshot is deleted. With DELETE a driver that needs a Secret for deleting finds it by the annotations
   * `snapshot.storage.kubernetes.io/deletion-secret-name` and `-namespace` of the content only, not by its class.
   *
   * @default SnapshotDeletionPolicy.RETAIN
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * How large a volume has to be to restore it.
   *
   * @default - not known
   */
  readonly size?: Size;

  /**
   * Whether it was taken of a file system or a device. It cannot be changed later.
   *
   * @default - not known: csi-provisioner does not compare it
   */
  readonly volumeMode?: VolumeMode;

  /**
   * The claim of which it was taken, where it is known.
   *
   * @default - not known
   */
  readonly sourceClaim?: IPersistentVolumeClaim;

  /**
   * Whether a claim of the other volume mode may be filled from it.
   *
   * @default false
   */
  readonly allowVolumeModeChange?: boolean;
}
