export * from './ceph-fs-mds-pin';
export * from './ceph-fs-mount-options';
export * from './ms-mode';
export * from './rbd-image-options';
export * from './rbd-map-options';
export * from './rbd-qos';
