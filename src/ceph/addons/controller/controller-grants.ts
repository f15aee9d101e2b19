import { Grant } from '../../../csi/rbac';

/** Where the admission plugin OwnerReferencesPermissionEnforcement is on (OpenShift), who makes an object that blocks the deletion of its owner has to be allowed to. */
export type AddonsCondition = 'ownerReferences';

export const ADDONS_GROUP = 'csiaddons.openshift.io';
export const REPLICATION_GROUP = 'replication.storage.openshift.io';
const CORE = '';
const STORAGE = 'storage.k8s.io';
/** What a cache does. Pods and Namespaces are read without one (cmd/manager/main.go), everything else with: it is never got. */
const INFORM = ['list', 'watch'];

const own = (group: string, resource: string, verbs: string[], status = true): Grant<AddonsCondition>[] => [
  { group, resource, verbs: [...INFORM, ...verbs] },
  ...(status ? [{ group, resource: `${resource}/status`, verbs: ['update'] }] : []),
  { group, resource: `${resource}/finalizers`, verbs: ['update'], when: 'ownerReferences' },
];

/** What the controller does in the whole cluster, by the code of v0.14.0. @see docs/proof/csi-addons.md for file and line of each */
export const ADDONS_GRANTS: Grant<AddonsCondition>[] = [
  { group: CORE, resource: 'pods', verbs: ['get'] },
  { group: CORE, resource: 'namespaces', verbs: ['get'] },
  { group: CORE, resource: 'events', verbs: ['create', 'patch'] },
  { group: CORE, resource: 'persistentvolumeclaims', verbs: [...INFORM, 'update', 'patch'] },
  { group: CORE, resource: 'persistentvolumeclaims/finalizers', verbs: ['update'], when: 'ownerReferences' },
  { group: CORE, resource: 'persistentvolumes', verbs: INFORM },
  { group: STORAGE, resource: 'storageclasses', verbs: INFORM },
  { group: STORAGE, resource: 'volumeattachments', verbs: INFORM },
  { group: 'coordination.k8s.io', resource: 'leases', verbs: INFORM },
  ...own(ADDONS_GROUP, 'csiaddonsnodes', ['update', 'delete']),
  ...own(ADDONS_GROUP, 'reclaimspacecronjobs', ['create', 'update', 'delete']),
  ...own(ADDONS_GROUP, 'reclaimspacejobs', ['create', 'delete']),
  ...own(ADDONS_GROUP, 'encryptionkeyrotationcronjobs', ['create', 'update', 'delete']),
  ...own(ADDONS_GROUP, 'encryptionkeyrotationjobs', ['create', 'delete']),
  ...own(ADDONS_GROUP, 'networkfences', ['update']),
  ...own(ADDONS_GROUP, 'networkfenceclasses', ['update'], false),
  ...own(REPLICATION_GROUP, 'volumereplications', ['create', 'update', 'delete']),
  { group: REPLICATION_GROUP, resource: 'volumereplicationclasses', verbs: INFORM },
  ...own(REPLICATION_GROUP, 'volumegroupreplications', ['update']),
  ...own(REPLICATION_GROUP, 'volumegroupreplicationcontents', ['create', 'update', 'delete']),
  { group: REPLICATION_GROUP, resource: 'volumegroupreplicationclasses', verbs: INFORM },
];

/** What it does in its own namespace besides the lease: at its start it looks whether it is configured. */
export const ADDONS_OWN_GRANTS: Grant<AddonsCondition>[] = [
  { group: CORE, resource: 'configmaps', verbs: ['get'], names: ['csi-addons-config'] },
];
