import { Construct } from 'constructs';
import { gatewayAccess } from './gateway/gateway-access';
import { GlusterAccess } from './gluster-access';
import { GlusterSnapshotClassOptions, GlusterStaticVolumeOptions, GlusterStorageClassOptions, GlusterStorageProps } from './gluster-storage-props';
import { kadaluAccess } from './kadalu/kadalu-access';
import { nodeMountAccess } from './node-mount/node-mount-access';
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

export const ACCESSES: Record<GlusterAccess, AccessFactory> = {
  [GlusterAccess.NFS_GATEWAY]: gatewayAccess,
  [GlusterAccess.KADALU_CSI]: kadaluAccess,
  [GlusterAccess.NODE_MOUNT]: nodeMountAccess,
};

/** The property of GlusterStorage that is for one access alone. */
export const OPTIONS_OF: Partial<Record<GlusterAccess, keyof GlusterStorageProps>> = {
  [GlusterAccess.NFS_GATEWAY]: 'gateway',
  [GlusterAccess.KADALU_CSI]: 'kadalu',
  [GlusterAccess.NODE_MOUNT]: 'nodeMount',
};

/** By which access an option of a class or volume has an effect; the others have it by all. */
export const EFFECTIVE: Readonly<Record<string, readonly GlusterAccess[]>> = {
  pool: [GlusterAccess.KADALU_CSI],
  virtualBlock: [GlusterAccess.KADALU_CSI],
  share: [GlusterAccess.NFS_GATEWAY],
  mountPermissions: [GlusterAccess.NFS_GATEWAY],
  readOnly: [GlusterAccess.NFS_GATEWAY],
};
