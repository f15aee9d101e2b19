import { Size } from 'cdk8s';
import { VolumeMode } from './modes';
import { ICsiDriver } from '../csi/i-csi-driver';

/** What a new volume can be filled from: a claim (a clone) or a snapshot (a restore). */
export interface IDataSource {
  /** The kind of the object: `PersistentVolumeClaim` or `VolumeSnapshot`. */
  readonly dataSourceKind: string;

  /**
   * The API group of the object.
   *
   * @default - the core group
   */
  readonly dataSourceApiGroup?: string;

  /** The name of the object. */
  readonly dataSourceName: string;

  /**
   * Its namespace, which has to be that of the new claim.
   *
   * @default - not known
   */
  readonly namespace?: string;

  /**
   * The driver that has the data.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly dataSourceDriver?: ICsiDriver;

  /**
   * How large the new volume has to be at least.
   *
   * @default - not known
   */
  readonly dataSourceSize?: Size;

  /**
   * Whether the data is a file system or a device.
   *
   * @default - not known
   */
  readonly dataSourceVolumeMode?: VolumeMode;
}
