export * from './ceph-credentials';
export * from './credential-options';
