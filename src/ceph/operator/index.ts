export * from './ceph-csi-operator';
export * from './ceph-csi-operator-props';
export * from './existing-ceph-csi-operator-options';
