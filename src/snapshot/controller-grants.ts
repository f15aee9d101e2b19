import { Grant } from '../csi/rbac';

/** What some permissions of the snapshot-controller depend on. */
export type ControllerCondition = 'groupSnapshot';

const CORE = '';
export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';
export const GROUP_SNAPSHOT_GROUP = 'groupsnapshot.storage.k8s.io';
/** What an informer does (src/csi/sidecars.ts); `get` is granted only where the code gets single objects. */
const INFORM = ['list', 'watch'];

/**
 * Cluster-wide permissions of the snapshot-controller: deploy/kubernetes/snapshot-controller/rbac-snapshot-controller.yaml
 * of the same version, less what its code (pkg/common-controller) never calls.
 */
export const CONTROLLER_GRANTS: Grant<ControllerCondition>[] = [
  { group: CORE, resource: 'persistentvolumes', verbs: ['get', ...INFORM] },
  { group: CORE, resource: 'persistentvolumeclaims', verbs: ['get', ...INFORM, 'update'] },
  { group: CORE, resource: 'events', verbs: ['create', 'patch'] },
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshotclasses', verbs: INFORM },
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshotcontents', verbs: [...INFORM, 'create', 'patch', 'delete'] },
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshots', verbs: ['get', ...INFORM, 'update', 'patch'] },
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshots/status', verbs: ['update'] },
  // It writes the snapshots of a group's members itself, down to their status.
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshotcontents/status', verbs: ['patch'], when: 'groupSnapshot' },
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshots', verbs: ['create', 'delete'], when: 'groupSnapshot' },
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshots/status', verbs: ['patch'], when: 'groupSnapshot' },
  { group: GROUP_SNAPSHOT_GROUP, resource: 'volumegroupsnapshotclasses', verbs: INFORM, when: 'groupSnapshot' },
  { group: GROUP_SNAPSHOT_GROUP, resource: 'volumegroupsnapshotcontents', verbs: [...INFORM, 'create', 'patch', 'delete'], when: 'groupSnapshot' },
  { group: GROUP_SNAPSHOT_GROUP, resource: 'volumegroupsnapshots', verbs: ['get', ...INFORM, 'update', 'patch'], when: 'groupSnapshot' },
  { group: GROUP_SNAPSHOT_GROUP, resource: 'volumegroupsnapshots/status', verbs: ['update'], when: 'groupSnapshot' },
];
