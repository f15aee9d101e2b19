import { Construct } from 'constructs';
import { GlusterAccess } from './gluster-access';
import { GlusterSnapshotClassOptions, GlusterStaticVolumeOptions, GlusterStorageClassOptions, GlusterStorageProps } from './gluster-storage-props';
import { kadaluAccess } from './kadalu/kadalu-access';
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

type AccessFactory = (storage: Construct, props: GlusterStorageProps) => Access;

const notYet: AccessFactory = () => { throw new Error('this access is not built yet'); };

export const ACCESSES: Record<GlusterAccess, AccessFactory> = {
  [GlusterAccess.NFS_GATEWAY]: notYet,
  [GlusterAccess.KADALU_CSI]: kadaluAccess,
  [GlusterAccess.NODE_MOUNT]: notYet,
};

/** The property of GlusterStorage that is for one access alone. */
export const OPTIONS_OF: Partial<Record<GlusterAccess, keyof GlusterStorageProps>> = {
  [GlusterAccess.KADALU_CSI]: 'kadalu',
};
