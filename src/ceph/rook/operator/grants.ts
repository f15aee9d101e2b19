import { Grant } from '../../../csi/rbac';

/** What a cluster's operator is told to do beside Ceph itself. */
export type RookFeature = 'objectStorage' | 'orchestrator' | 'serviceMonitors' | 'serviceExports' | 'multus' | 'restrictedEndpoints' | 'allNamespaces';
type RookGrant = Grant<RookFeature>;

const CEPH = 'ceph.rook.io';
const BUCKETS = 'objectbucket.io';
const CSI = 'csi.ceph.io';
const READ = ['get', 'list', 'watch'];

/** Its kinds, as the API server calls them. */
const KINDS = [
  'cephblockpoolradosnamespaces', 'cephblockpools', 'cephclients', 'cephclusters', 'cephfilesystemmirrors', 'cephfilesystems', 'cephfilesystemsubvolumegroups', 'cephnfses',
  'cephnvmeofgateways', 'cephrbdmirrors',
];
/** Those of object stores, which it watches all the same, and does not start if it may not. */
const OBJECT_KINDS = [
  'cephbucketnotifications', 'cephbuckettopics', 'cephcosidrivers', 'cephobjectrealms', 'cephobjectstoreaccounts', 'cephobjectstores', 'cephobjectstoreusers', 'cephobjectzonegroups',
  'cephobjectzones',
];

/** Finalizers go into the object itself; owner references ask for its finalizers where OwnerReferencesPermissionEnforcement is on, as in OpenShift. */
const served = (kind: string, when?: RookFeature): RookGrant[] => [
  { group: CEPH, resource: kind, verbs: ['update'], when },
  { group: CEPH, resource: `${kind}/status`, verbs: ['update'], when },
  { group: CEPH, resource: `${kind}/finalizers`, verbs: ['update'], when },
];

/** What it keeps a copy of, in the namespaces that it watches: docs/proof/rook.md has the line of each. */
const watched = (when?: RookFeature): RookGrant[] => [
  ...[...KINDS, ...OBJECT_KINDS].map(resource => ({ group: CEPH, resource, verbs: READ, when })),
  ...['configmaps', 'pods', 'secrets', 'services'].map(resource => ({ group: '', resource, verbs: READ, when })),
  { group: 'apps', resource: 'deployments', verbs: READ, when },
  { group: 'batch', resource: 'cronjobs', verbs: READ, when },
  { group: 'policy', resource: 'poddisruptionbudgets', verbs: READ, when },
];

/** What has no namespace, and what it reads of all when it watches all. */
export const OPERATOR_GRANTS: readonly RookGrant[] = [
  { group: '', resource: 'nodes', verbs: READ },
  // What has to be looked at again when a node, a Secret or a ConfigMap changes: it asks for those of all namespaces, and passes over in silence that it may not.
  ...['cephblockpools', 'cephclusters', 'cephfilesystems'].map((resource): RookGrant => ({ group: CEPH, resource, verbs: ['list'] })),
  // Before a CephCluster goes, no volume of it may be left.
  { group: '', resource: 'persistentvolumes', verbs: ['list'] },
  // Whether a claim of a monitor or OSD can grow.
  { group: 'storage.k8s.io', resource: 'storageclasses', verbs: READ },
  // It serves those of its own namespace, but its library watches all.
  { group: BUCKETS, resource: 'objectbucketclaims', verbs: ['list', 'watch'], when: 'objectStorage' },
  { group: BUCKETS, resource: 'objectbuckets', verbs: [...READ, 'create', 'update', 'delete'], when: 'objectStorage' },
  { group: BUCKETS, resource: 'objectbuckets/status', verbs: ['update'], when: 'objectStorage' },
  { group: BUCKETS, resource: 'objectbuckets/finalizers', verbs: ['update'], when: 'objectStorage' },
  ...watched('allNamespaces'),
  // Its client answers from a copy, which is of all namespaces then.
  ...['cephconnections', 'clientprofiles'].map((resource): RookGrant => ({ group: CSI, resource, verbs: ['list', 'watch'], when: 'allNamespaces' })),
];

/** What it does in its own namespace, beside what it does in that of a Ceph cluster. */
export const OPERATOR_OWN_GRANTS: readonly RookGrant[] = [
  { group: '', resource: 'configmaps', verbs: [...READ, 'create', 'update'] },
  { group: '', resource: 'pods', verbs: ['get', 'list'] },
  // It finds its Deployment by its pod, to be the owner of what it makes.
  { group: 'apps', resource: 'replicasets', verbs: ['get'] },
  // The discovery daemon, which it removes whenever it is off.
  { group: 'apps', resource: 'daemonsets', verbs: ['create', 'update', 'delete'] },
  ...['cephconnections', 'clientprofiles'].map((resource): RookGrant => ({ group: CSI, resource, verbs: [...READ, 'create', 'update'] })),
  { group: BUCKETS, resource: 'objectbucketclaims', verbs: [...READ, 'update'], when: 'objectStorage' },
  { group: BUCKETS, resource: 'objectbucketclaims/status', verbs: ['update'], when: 'objectStorage' },
  { group: BUCKETS, resource: 'objectbucketclaims/finalizers', verbs: ['update'], when: 'objectStorage' },
];

/** What the operator does in the namespace of a Ceph cluster. */
export const CLUSTER_GRANTS: readonly RookGrant[] = [
  ...watched(),
  ...KINDS.flatMap(kind => served(kind)),
  // COSI is left out, and its kind has no status.
  ...OBJECT_KINDS.filter(kind => kind !== 'cephcosidrivers').flatMap(kind => served(kind, 'objectStorage')),
  ...['configmaps', 'secrets', 'services'].map((resource): RookGrant => ({ group: '', resource, verbs: ['create', 'update', 'delete'] })),
  // Pods of a node that is lost are deleted by force.
  { group: '', resource: 'pods', verbs: ['delete'] },
  { group: '', resource: 'pods/exec', verbs: ['create'], when: 'multus' },
  { group: '', resource: 'persistentvolumeclaims', verbs: ['get', 'list', 'create', 'update', 'delete'] },
  { group: 'events.k8s.io', resource: 'events', verbs: ['create', 'patch'] },
  { group: 'apps', resource: 'deployments', verbs: ['create', 'update', 'delete', 'deletecollection'] },
  { group: 'apps', resource: 'deployments/finalizers', verbs: ['update'] },
  { group: 'batch', resource: 'jobs', verbs: ['get', 'list', 'create', 'delete'] },
  { group: 'batch', resource: 'cronjobs', verbs: ['create', 'update', 'delete', 'deletecollection'] },
  { group: 'policy', resource: 'poddisruptionbudgets', verbs: ['create', 'update', 'delete'] },
  { group: 'discovery.k8s.io', resource: 'endpointslices', verbs: ['get', 'create', 'update', 'delete'] },
  { group: 'discovery.k8s.io', resource: 'endpointslices/restricted', verbs: ['create'], when: 'restrictedEndpoints' },
  { group: 'monitoring.coreos.com', resource: 'servicemonitors', verbs: ['get', 'create', 'update'], when: 'serviceMonitors' },
  { group: 'multicluster.x-k8s.io', resource: 'serviceexports', verbs: ['get', 'create'], when: 'serviceExports' },
];

/** Where an OSD says that it belongs: the labels of its node. */
export const OSD_CLUSTER_GRANTS: readonly RookGrant[] = [{ group: '', resource: 'nodes', verbs: ['get', 'list'] }];

/** What the module `rook` of ceph-mgr does in the whole cluster; upstream's, as the module is Ceph's. */
export const MGR_CLUSTER_GRANTS: readonly RookGrant[] = [
  ...['nodes', 'persistentvolumes'].map((resource): RookGrant => ({ group: '', resource, verbs: READ, when: 'orchestrator' })),
  { group: 'storage.k8s.io', resource: 'storageclasses', verbs: READ, when: 'orchestrator' },
];

/** What a ceph-mgr may read of the operator's namespace: what the discovery daemon found. */
export const MGR_SYSTEM_GRANTS: readonly RookGrant[] = [{ group: '', resource: 'configmaps', verbs: READ, when: 'orchestrator' }];

/** What the pods of a Ceph cluster do in its namespace, by their accounts. */
export const DAEMON_GRANTS: Readonly<Record<string, readonly RookGrant[]>> = {
  'rook-ceph-osd': [
    // Keys of encrypted OSDs, and tokens of a key management system.
    { group: '', resource: 'secrets', verbs: ['get', 'update'] },
    { group: '', resource: 'configmaps', verbs: ['get', 'create', 'update'] },
    { group: CEPH, resource: 'cephclusters', verbs: ['get'] },
    { group: CEPH, resource: 'cephclusters/finalizers', verbs: ['update'] },
  ],
  'rook-ceph-mgr': [
    // The sidecar labels the active one, and keeps its Services.
    { group: '', resource: 'configmaps', verbs: ['get'] },
    { group: '', resource: 'pods', verbs: ['list', 'update'] },
    { group: '', resource: 'services', verbs: ['get', 'list', 'create', 'update', 'delete'] },
    { group: CEPH, resource: 'cephclusters', verbs: ['get'] },
    { group: CEPH, resource: 'cephclusters/finalizers', verbs: ['update'] },
    { group: 'monitoring.coreos.com', resource: 'servicemonitors', verbs: ['get', 'create', 'update'], when: 'serviceMonitors' },
    ...['pods', 'pods/log', 'services'].map((resource): RookGrant => ({ group: '', resource, verbs: [...READ, 'create', 'update', 'delete'], when: 'orchestrator' })),
    { group: '', resource: 'configmaps', verbs: READ, when: 'orchestrator' },
    { group: '', resource: 'events', verbs: [...READ, 'create', 'patch'], when: 'orchestrator' },
    { group: '', resource: 'persistentvolumeclaims', verbs: ['delete'], when: 'orchestrator' },
    { group: 'batch', resource: 'jobs', verbs: [...READ, 'create', 'update', 'delete'], when: 'orchestrator' },
    ...['deployments', 'deployments/scale'].map((resource): RookGrant => ({ group: 'apps', resource, verbs: ['patch', 'delete'], when: 'orchestrator' })),
    ...[...KINDS, ...OBJECT_KINDS].map((resource): RookGrant => ({ group: CEPH, resource, verbs: [...READ, 'create', 'update', 'patch', 'delete'], when: 'orchestrator' })),
  ],
  'rook-ceph-cmd-reporter': [{ group: '', resource: 'configmaps', verbs: ['get', 'create', 'update'] }],
  'rook-ceph-purge-osd': [
    { group: '', resource: 'configmaps', verbs: ['get'] },
    { group: '', resource: 'persistentvolumeclaims', verbs: ['get', 'list', 'update', 'delete'] },
    { group: 'apps', resource: 'deployments', verbs: ['get', 'delete'] },
    { group: 'batch', resource: 'jobs', verbs: ['get', 'list', 'delete'] },
  ],
};

/** Accounts that may do nothing, but that pods of a Ceph cluster run as. */
export const IDLE_ACCOUNTS = ['rook-ceph-default', 'rook-ceph-nvmeof'];
/** The same, of object stores. */
export const OBJECT_ACCOUNTS = ['rook-ceph-rgw'];
/** Accounts whose pods need their node: data on it, or its devices. */
export const PRIVILEGED_ACCOUNTS = ['rook-ceph-default', 'rook-ceph-mgr', 'rook-ceph-osd', 'rook-ceph-nvmeof'];
