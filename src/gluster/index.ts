import './legacy';

export * from './gateway';
export * from './gluster-access';
export * from './gluster-cluster';
export * from './gluster-storage';
export * from './gluster-storage-props';
export * from './kadalu';
export * from './node-mount';
