import { CsiPermission } from '../../../csi/csi-permission';
import { ADDONS_GROUP } from '../controller/controller-grants';

/** What depends on the admission plugin OwnerReferencesPermissionEnforcement, which OpenShift has. */
interface Conditions {
  readonly ownerReferences: boolean;
}

const inOwn = (resource: string, verbs: string[], apiGroup?: string): CsiPermission => ({ apiGroup, resource, verbs, ownNamespace: true });

/** What the sidecar does wherever it is: it says where it listens, and asks whether those who call it are who they say. Secrets are granted one by one, by who names them. */
function common({ ownerReferences }: Conditions): CsiPermission[] {
  return [
    { resource: 'persistentvolumes', verbs: ['get'] },
    { apiGroup: 'authentication.k8s.io', resource: 'tokenreviews', verbs: ['create'] },
    inOwn('pods', ['get']),
    inOwn('csiaddonsnodes', ['get', 'watch', 'create', 'update', ...(ownerReferences ? ['delete'] : [])], ADDONS_GROUP),
  ];
}

/** Of the sidecar in the controller; the lease is in its role anyway. @see docs/proof/csi-addons.md */
export function controllerGrants(conditions: Conditions): CsiPermission[] {
  return [...common(conditions), inOwn('replicasets', ['get'], 'apps'), inOwn('events', ['create', 'patch'])];
}

/** Of the sidecar on the nodes. */
export function nodeGrants(conditions: Conditions): CsiPermission[] {
  return [...common(conditions), ...(conditions.ownerReferences ? [inOwn('daemonsets/finalizers', ['update'], 'apps')] : [])];
}

/** Of csi-omap-generator: it keeps a cache of volumes, and one of Secrets. */
export const OMAP_GRANTS: CsiPermission[] = [
  { resource: 'persistentvolumes', verbs: ['list', 'watch'] },
  { resource: 'secrets', verbs: ['list', 'watch'] },
  inOwn('events', ['create', 'patch']),
];
