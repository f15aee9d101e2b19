export * from './ceph-fs-storage';
export * from './ceph-fs-storage-props';
