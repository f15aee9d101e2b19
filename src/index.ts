export * from './findings';
export * from './platform';
export * from './manifest';
export * from './csi';
export * from './volume';
export * from './snapshot';
export * from './nfs';
export * from './ceph';
