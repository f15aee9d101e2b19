import './legacy';

export * from './nfs-csi-driver';
export * from './nfs-protocol';
export * from './nfs-server';
export * from './nfs-storage';
export * from './nfs-storage-props';
