import { CsiDriver, GlusterGatewayOptions, GlusterNodeMountOptions, StorageClass } from '../../src';

export const HOSTS = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];

/** A class of block storage. */
export const BLOCK = StorageClass.fromStorageClassName('block', { driver: CsiDriver.fromDriverName('block.csi.example.com') });

/** A gateway that trips nothing. */
export function gatewayProps(options: Partial<GlusterGatewayOptions> = {}): GlusterGatewayOptions {
  return { name: 'gluster-nfs', image: 'registry.example.com/storage/nfs-ganesha:4.3', clients: ['10.0.0.0/16'], recovery: { storageClass: BLOCK }, ...options };
}

/** A mount on the nodes that trips nothing. */
export function nodeMountProps(options: Partial<GlusterNodeMountOptions> = {}): GlusterNodeMountOptions {
  return { name: 'gluster-mount', image: 'registry.example.com/storage/gluster-client:10.3', ...options };
}
