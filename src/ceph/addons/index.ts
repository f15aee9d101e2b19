export * from './controller/csi-addons-controller';
export * from './controller/csi-addons-controller-props';
export * from './controller/csi-addons-schedule-precedence';
export * from './replication/ceph-cluster-mapping';
