import './legacy';

export * from './auth';
export * from './ceph-cluster';
export * from './image';
export * from './kms';
