import './legacy';

export * from './auth';
export * from './ceph-cluster';
export * from './deployment';
export * from './driver';
export * from './fs';
export * from './image';
export * from './kms';
export * from './rbd';
export * from './rook';
export * from './storage';
