import { Grant } from '../../csi/rbac';

type Row = Grant<never>;

const CSI = 'csi.ceph.io';
/** What an informer does. */
const INFORM = ['list', 'watch'];

/** In each namespace that it watches, and always in its own: its cache has one informer for each kind in each. @see docs/proof/ceph-csi-operator.md */
export const WATCH_GRANTS: readonly Row[] = [
  ...['drivers', 'operatorconfigs', 'clientprofiles', 'cephconnections', 'clientprofilemappings'].map(resource => ({ group: CSI, resource, verbs: INFORM })),
  ...['configmaps', 'services'].map(resource => ({ group: '', resource, verbs: INFORM })),
  ...['deployments', 'daemonsets'].map(resource => ({ group: 'apps', resource, verbs: INFORM })),
];

/** Where a driver is. Deletes are asked at each round, also of what was never there. */
export const DRIVER_GRANTS: readonly Row[] = [
  ...WATCH_GRANTS,
  { group: CSI, resource: 'drivers/finalizers', verbs: ['update'] }, // owners that block deletion: SetControllerReference
  { group: CSI, resource: 'clientprofiles', verbs: ['update'] }, // its finalizer
  // Who changes owners has to be allowed to delete, where OwnerReferencesPermissionEnforcement is on (OpenShift).
  { group: CSI, resource: 'cephconnections', verbs: ['update', 'delete'] },
  { group: '', resource: 'configmaps', verbs: ['create', 'update', 'delete'] }, // ceph-csi-config; that of log rotation is deleted
  { group: '', resource: 'services', verbs: ['create', 'update', 'delete'] }, // liveness
  { group: 'apps', resource: 'deployments', verbs: ['create', 'update'] },
  { group: 'apps', resource: 'daemonsets', verbs: ['create', 'update', 'delete'] }, // that of csi-addons is deleted
];

/** What has no namespace. */
export const CLUSTER_GRANTS: readonly Row[] = [
  { group: 'storage.k8s.io', resource: 'csidrivers', verbs: [...INFORM, 'create', 'update', 'delete'] }, // made anew where attachRequired changes
  { group: '', resource: 'nodes', verbs: INFORM }, // counted, for a Driver that says no replicas
  { group: 'cbt.storage.k8s.io', resource: 'snapshotmetadataservices', verbs: INFORM }, // for RBD, where the definition is there
];

const LEASE = '0a62cc8a.ceph.io';

/** The election of one of its copies. */
export const ELECTION_GRANTS: readonly Row[] = [
  { group: 'coordination.k8s.io', resource: 'leases', verbs: ['create'] },
  { group: 'coordination.k8s.io', resource: 'leases', names: [LEASE], verbs: ['get', 'update'] },
  { group: '', resource: 'events', verbs: ['create', 'patch'] },
];
