export * from './ceph-kms';
export * from './encryption-options';
