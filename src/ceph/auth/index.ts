export * from './ceph-credentials';
