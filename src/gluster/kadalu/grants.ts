import { Grant } from '../../csi/rbac';

const STORAGE = 'storage.k8s.io';

/** What the operator asks in the whole cluster; docs/proof/kadalu.md has the line of each. It shells out to kubectl apply, which is get, create and patch. */
export const OPERATOR_GRANTS: readonly Grant<never>[] = [
  { group: 'kadalu-operator.storage', resource: 'kadalustorages', verbs: ['watch'] },
  { group: STORAGE, resource: 'csidrivers', verbs: ['create'] },
  { group: STORAGE, resource: 'csidrivers', verbs: ['get', 'patch'], names: ['kadalu'] },
  { group: STORAGE, resource: 'storageclasses', verbs: ['list', 'get', 'create', 'patch', 'delete'] },
  { group: '', resource: 'persistentvolumes', verbs: ['list'] },
];

/**
 * What the operator asks in its namespace. It is not let patch the DaemonSet: of a pool with tolerations it would put those in the place of
 * the node plugin's own, which bears every taint; that it may not, it only logs.
 */
export const OPERATOR_OWN_GRANTS: readonly Grant<never>[] = [
  { group: '', resource: 'configmaps', verbs: ['list', 'create'] },
  { group: '', resource: 'configmaps', verbs: ['get', 'patch'], names: ['kadalu-info'] },
  { group: '', resource: 'pods', verbs: ['list'] },
  { group: '', resource: 'services', verbs: ['get', 'create', 'patch', 'delete'] },
  { group: 'apps', resource: 'statefulsets', verbs: ['get', 'create', 'patch', 'delete'] },
];

/** What the sidecars of the provisioner ask: csi-provisioner 2.0.2, csi-attacher 3.0.0 and csi-resizer 1.0.0, which the operator starts. */
export const PROVISIONER_GRANTS: readonly Grant<never>[] = [
  { group: '', resource: 'events', verbs: ['create', 'patch'] },
  { group: '', resource: 'persistentvolumes', verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'] },
  { group: '', resource: 'persistentvolumeclaims', verbs: ['get', 'list', 'watch', 'update'] },
  { group: '', resource: 'persistentvolumeclaims/status', verbs: ['patch'] },
  { group: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
  { group: STORAGE, resource: 'storageclasses', verbs: ['get', 'list', 'watch'] },
  // Nothing is attached (attachRequired is false), but the attacher waits until it has listed this.
  { group: STORAGE, resource: 'volumeattachments', verbs: ['get', 'list', 'watch'] },
];
