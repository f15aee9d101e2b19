import { Construct } from 'constructs';
import { Access } from './access';
import { gatewayAccess } from './gateway/gateway-access';
import { GlusterAccess } from './gluster-access';
import { GlusterStorageProps } from './gluster-storage-props';
import { kadaluAccess } from './kadalu/kadalu-access';
import { nodeMountAccess } from './node-mount/node-mount-access';

type AccessFactory = (storage: Construct, props: GlusterStorageProps) => Access;

/** The ways to the data. */
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
