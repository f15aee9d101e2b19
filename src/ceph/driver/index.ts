export * from './ceph-csi-driver-props';
export * from './ceph-fs-csi-driver';
export * from './ceph-fs-csi-driver-props';
export * from './ceph-rbd-csi-driver';
export * from './ceph-rbd-csi-driver-props';
export * from './existing-ceph-csi-driver-options';
