import { Size } from 'cdk8s';
import { IDataSource } from './data-source';
import { AccessMode, VolumeMode } from './modes';
import { IStorageClass } from './storage-class';
import { IVolumeAttributesClass } from './volume-attributes-class';
import { ManifestProps } from '../manifest/manifest-props';

/** A volume that a class creates for a pod or for each replica of a StatefulSet. Labels and annotations are those of its claim. */
export interface NewVolumeOptions extends ManifestProps {
  /** The class of the volume. */
  readonly storageClass: IStorageClass;

  /** The size. It is printed as given. */
  readonly size: Size;

  /**
   * Who may mount it.
   *
   * @default [AccessMode.READ_WRITE_ONCE]
   */
  readonly accessModes?: AccessMode[];

  /**
   * A directory or a device.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * What the volume is filled from: a claim or a snapshot in the namespace of the workload.
   *
   * @default - nothing: the volume is empty
   */
  readonly dataSource?: IDataSource;

  /**
   * What can be changed of the volume while it is in use.
   *
   * @default - none
   */
  readonly volumeAttributesClass?: IVolumeAttributesClass;
}
