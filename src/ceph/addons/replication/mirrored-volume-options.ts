import { Size } from 'cdk8s';
import { ManifestProps } from '../../../manifest/manifest-props';
import { AccessMode, VolumeMode } from '../../../volume/modes';
import { ClaimReference } from '../../../volume/persistent-volume';
import { IStorageClass } from '../../../volume/storage-class';

/** The replica of a volume that ceph-csi made in another cluster. */
export interface CephRbdMirroredVolumeOptions extends ManifestProps {
  /** The handle of the volume where it was made (`spec.csi.volumeHandle`). */
  readonly volumeHandle: string;

  /** The image (`spec.csi.volumeAttributes.imageName`). */
  readonly imageName: string;

  /** Its size. */
  readonly capacity: Size;

  /**
   * The pool of the image.
   *
   * @default - that of the CephRbdStorage
   */
  readonly pool?: string;

  /**
   * The pool of the driver's records (`spec.csi.volumeAttributes.journalPool`).
   *
   * @default - `pool`
   */
  readonly journalPool?: string;

  /**
   * The rest of its attributes where it was made, such as `{ encrypted: 'true', encryptionKMSID: 'vault' }`.
   *
   * @default - none
   */
  readonly attributes?: { [key: string]: string };

  /**
   * The class that it had.
   *
   * @default - none
   */
  readonly storageClass?: IStorageClass;

  /**
   * Its file system. It is mounted, never formatted: the image has one.
   *
   * @default ext4
   */
  readonly fsType?: string;

  /**
   * A directory or a device.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Who may mount it.
   *
   * @default [AccessMode.READ_WRITE_ONCE]
   */
  readonly accessModes?: AccessMode[];

  /**
   * Options for mounting its file system.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * The one claim that may bind it. A `PersistentVolumeClaim` with `volume` reserves it by itself.
   *
   * @default - any claim that names it
   */
  readonly claim?: ClaimReference;
}
