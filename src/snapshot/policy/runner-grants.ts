import { Grant } from '../../csi/rbac';
import { GROUP_SNAPSHOT_GROUP, SNAPSHOT_GROUP } from '../controller-grants';

/** What some permissions of the runner depend on. */
export type RunnerCondition = 'hooks' | 'execCreates' | 'single' | 'group' | 'singleFrozen' | 'groupFrozen';

const CORE = '';

/** What the runner does in each namespace of the claims. It waits by listing, and neither watches nor gets single objects. */
export const RUNNER_GRANTS: Grant<RunnerCondition>[] = [
  { group: CORE, resource: 'persistentvolumeclaims', verbs: ['list'] },
  { group: CORE, resource: 'events', verbs: ['create'] },
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshots', verbs: ['list', 'create', 'delete'], when: 'single' },
  // To take away the label that says that it is not known to be good.
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshots', verbs: ['patch'], when: 'singleFrozen' },
  { group: CORE, resource: 'pods', verbs: ['list'], when: 'hooks' },
  // A WebSocket begins with a GET.
  { group: CORE, resource: 'pods/exec', verbs: ['get'], when: 'hooks' },
  { group: CORE, resource: 'pods/exec', verbs: ['create'], when: 'execCreates' },
  { group: GROUP_SNAPSHOT_GROUP, resource: 'volumegroupsnapshots', verbs: ['list', 'create', 'delete'], when: 'group' },
  { group: GROUP_SNAPSHOT_GROUP, resource: 'volumegroupsnapshots', verbs: ['patch'], when: 'groupFrozen' },
];

/** What it does with contents, which belong to no namespace, so that they outlive that of their snapshots. */
export const CONTENT_GRANTS: Grant<never>[] = [
  { group: SNAPSHOT_GROUP, resource: 'volumesnapshotcontents', verbs: ['get', 'list', 'patch'] },
];
