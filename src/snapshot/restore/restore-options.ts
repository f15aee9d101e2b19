import { Size } from 'cdk8s';
import { ManifestProps } from '../../manifest/manifest-props';
import { AccessMode, VolumeMode } from '../../volume/modes';
import { IStorageClass } from '../../volume/storage-class';
import { IVolumeAttributesClass } from '../../volume/volume-attributes-class';

/** What the claims of a restore are made of. */
export interface RestoreOptions extends ManifestProps {
  /**
   * The namespace, which has to be that of the snapshot. For another one see `ImportedSnapshot.ofOtherNamespace`.
   *
   * @default - that of the snapshot, else the chart's
   */
  readonly namespace?: string;

  /**
   * The class of the new volume: of the driver that has the snapshot, else as you like.
   *
   * @default - that of the claim of which the snapshot was taken; required where that is not known
   */
  readonly storageClass?: IStorageClass;

  /**
   * The size: at least the snapshot's `status.restoreSize`. It is printed as given.
   *
   * @default - that of the snapshot; required where that is not known
   */
  readonly size?: Size;

  /**
   * Who may mount it.
   *
   * @default [AccessMode.READ_WRITE_ONCE]
   */
  readonly accessModes?: AccessMode[];

  /**
   * A directory or a device, which has to be that of the snapshot.
   *
   * @default - that of the snapshot, else VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * What can be changed of the volume while it is in use.
   *
   * @default - none
   */
  readonly volumeAttributesClass?: IVolumeAttributesClass;

  /**
   * Says that the claim of which the snapshot was taken was deleted, knowingly or by a disaster, so that a new one may have its name.
   *
   * @default false - a restore under that name is refused
   */
  readonly sourceIsGone?: boolean;
}
