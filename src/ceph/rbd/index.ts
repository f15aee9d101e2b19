export * from './ceph-rbd-storage';
export * from './ceph-rbd-storage-props';
