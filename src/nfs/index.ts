import './legacy';

export * from './existing-nfs-csi-driver-options';
export * from './nfs-csi-driver';
export * from './nfs-csi-driver-props';
export * from './nfs-protocol';
export * from './nfs-server';
export * from './nfs-server-alias';
export * from './nfs-server-deployment-options';
export * from './nfs-squash';
export * from './nfs-storage';
export * from './nfs-storage-props';
