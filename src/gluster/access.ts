import { GlusterSnapshotClassOptions, GlusterStaticVolumeOptions, GlusterStorageClassOptions } from './gluster-storage-props';
import { ICsiDriver } from '../csi/i-csi-driver';
import { VolumeSnapshotClass } from '../snapshot/volume-snapshot-class';
import { PersistentVolume } from '../volume/persistent-volume';
import { StorageClass } from '../volume/storage-class';

/** What each way to the data can do; all constructs go below the storage. */
export interface Access {
  /**
   * Who serves its classes.
   *
   * @default - nobody: nodes mount by themselves
   */
  readonly driver?: ICsiDriver;
  addStorageClass(name: string, options: GlusterStorageClassOptions): StorageClass;
  addSnapshotClass(name: string, options: GlusterSnapshotClassOptions): VolumeSnapshotClass;
  addStaticVolume(name: string, options: GlusterStaticVolumeOptions): PersistentVolume;
}
