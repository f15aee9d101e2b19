import './legacy';

export { NfsNodeService, NfsProtocol, NfsVersion } from './mount-options';
export * from './nfs-csi-driver';
export * from './nfs-server';
export * from './nfs-storage';
