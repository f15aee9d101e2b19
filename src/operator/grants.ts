import { ICustomResource, ResourceScope } from './custom-resource';
import { OperatorAccess, OperatorWatch } from './operator-access';
import { StorageOperatorProps } from './storage-operator-props';
import { Grant, VERBS } from '../csi/rbac';

type Row = Grant<never>;

/** What an operator is granted. */
export interface OperatorGrants {
  readonly inCluster: readonly Row[];
  readonly inOwnNamespace: readonly Row[];
}

/** The verbs of RBAC, and those of single resources: `use` of OpenShift's SecurityContextConstraints, `bind` and `escalate` of roles, `approve` and `sign` of signers. */
export const OPERATOR_VERBS = [...VERBS, 'deletecollection', 'use', 'bind', 'escalate', 'impersonate', 'approve', 'sign'];

const WATCHED = ['list', 'watch', 'patch'];
/** By whether the operator makes the objects, or only reads them, and whether it knows their names. */
const USUAL = {
  owns: { any: ['list', 'watch', 'create', 'patch', 'delete'], named: ['get', 'create', 'patch', 'delete'] },
  reads: { any: ['list', 'watch'], named: ['get'] },
};

/** What an operator does with objects unless its verbs are said. */
export function verbsOf({ verbs, resourceNames }: OperatorAccess, list: 'owns' | 'reads'): readonly string[] {
  return verbs ?? USUAL[list][resourceNames?.length ? 'named' : 'any'];
}

/** Exactly what is declared: of kinds that are reconciled, of objects that are made, and of those that are read. */
export function grantsOf({ watches, owns = [], reads = [], eventVerbs = ['create', 'patch'] }: StorageOperatorProps, leaseName: string | undefined): OperatorGrants {
  const lists = [{ list: 'owns', accesses: owns }, { list: 'reads', accesses: reads }] as const;
  const rows = (own: boolean) => lists.flatMap(({ list, accesses }) => accesses
    .filter(({ ownNamespace = false }) => ownNamespace === own)
    .flatMap(access => named(access.apiGroup ?? '', access.resource, verbsOf(access, list), access.resourceNames)));
  return {
    inCluster: [
      ...watches.flatMap(watchedRows),
      ...rows(false),
      ...(eventVerbs.length > 0 ? [{ group: 'events.k8s.io', resource: 'events', verbs: eventVerbs }] : []),
    ],
    inOwnNamespace: [...(leaseName === undefined ? [] : named('coordination.k8s.io', 'leases', ['get', 'create', 'update'], [leaseName])), ...rows(true)],
  };
}

function watchedRows({ resource: { group, plural, hasStatus }, verbs = WATCHED, statusVerbs = ['patch'], blocksOwnerDeletion }: OperatorWatch): Row[] {
  return [
    { group, resource: plural, verbs },
    ...(hasStatus && statusVerbs.length > 0 ? [{ group, resource: `${plural}/status`, verbs: statusVerbs }] : []),
    ...(blocksOwnerDeletion ? [{ group, resource: `${plural}/finalizers`, verbs: ['update'] }] : []),
  ];
}

/** What is being created has no name yet for RBAC, so that verb is granted by itself. What is created below an object, such as pods/exec, has the name of that. */
function named(group: string, resource: string, verbs: readonly string[], names: readonly string[] = []): Row[] {
  const rest = names.length > 0 && !resource.includes('/') ? verbs.filter(verb => verb !== 'create') : verbs;
  return [
    ...(rest.length > 0 ? [{ group, resource, verbs: [...rest], ...(names.length > 0 ? { names } : {}) }] : []),
    ...(rest.length < verbs.length ? [{ group, resource, verbs: ['create'] }] : []),
  ];
}

/** A ClusterRole for users of a kind. */
interface UserRole {
  readonly suffix: string;
  /** Kubernetes' own role that contains it. */
  readonly aggregate: string;
  readonly verbs: readonly string[];
  /** Of the subresource scale, for `kubectl scale`. */
  readonly scale: readonly string[];
}

const SCALED = ['get', 'update', 'patch'];
const USER_ROLES: readonly UserRole[] = [
  { suffix: 'admin', aggregate: 'admin', verbs: [...VERBS, 'deletecollection'], scale: SCALED },
  { suffix: 'editor', aggregate: 'edit', verbs: VERBS, scale: SCALED },
  { suffix: 'viewer', aggregate: 'view', verbs: ['get', 'list', 'watch'], scale: ['get'] },
];

/** The ClusterRoles for users of a kind, as manifests. */
export function userRoles({ group, plural, hasStatus, hasScale, scope }: ICustomResource, aggregated: boolean) {
  return USER_ROLES.map(({ suffix, aggregate, verbs, scale }) => ({
    metadata: {
      name: `${plural}.${group}-${suffix}`,
      ...(aggregated && scope === ResourceScope.NAMESPACED ? { labels: { [`rbac.authorization.k8s.io/aggregate-to-${aggregate}`]: 'true' } } : {}),
    },
    rules: [
      { apiGroups: [group], resources: [plural], verbs: [...verbs] },
      ...(hasStatus ? [{ apiGroups: [group], resources: [`${plural}/status`], verbs: ['get'] }] : []),
      ...(hasScale ? [{ apiGroups: [group], resources: [`${plural}/scale`], verbs: [...scale] }] : []),
    ],
  }));
}
