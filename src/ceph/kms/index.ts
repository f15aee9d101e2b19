export * from './ceph-fs-encryption';
export * from './ceph-kms';
export * from './ceph-kms-provider';
export * from './credential-kms-options';
export * from './rbd-encryption';
export * from './vault-kms-options';
