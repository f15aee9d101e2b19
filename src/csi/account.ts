import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Grant, policyRules, RBAC } from './rbac';
import { LEADER_ELECTION } from './sidecars';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';

/** A service account that gets no token unless a pod asks for it. */
export function writeAccount(scope: Construct, name: string, namespace: string, common: ManifestProps): void {
  emit(scope, `${name}-account`, k8s.KubeServiceAccount.manifest({ metadata: { name, namespace }, automountServiceAccountToken: false }), common);
}

export interface ControllerAccount<Condition extends string> {
  readonly name: string;
  readonly namespace: string;
  /** The name of what it may do in the whole cluster. */
  readonly clusterRole: string;
  readonly grants: readonly Grant<Condition>[];
  /**
   * What it may do in its own namespace, besides the lease.
   *
   * @default - nothing
   */
  readonly ownGrants?: readonly Grant<Condition>[];
  readonly conditions: ReadonlySet<Condition>;
}

/** The account of a controller of which one copy is elected: what it may do in the cluster, and the lease in its own namespace. */
export function writeControllerAccount<Condition extends string>(scope: Construct, account: ControllerAccount<Condition>, common: ManifestProps): void {
  const { name, namespace, clusterRole } = account;
  const subjects = [{ kind: 'ServiceAccount', name, namespace }];
  // What it may do everywhere need not be said again.
  const own = (account.ownGrants ?? []).filter(({ group, resource, verbs }) => !account.grants.some(other => other.group === group && other.resource === resource
    && (other.when === undefined || account.conditions.has(other.when)) && verbs.every(verb => other.verbs.includes(verb))));
  writeAccount(scope, name, namespace, common);
  emit(scope, 'ClusterRole', k8s.KubeClusterRole.manifest({ metadata: { name: clusterRole }, rules: policyRules(account.grants, account.conditions) }), common);
  emit(scope, 'ClusterRoleBinding', k8s.KubeClusterRoleBinding.manifest({
    metadata: { name: clusterRole }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: clusterRole }, subjects,
  }), common);
  emit(scope, 'Role', k8s.KubeRole.manifest({ metadata: { name, namespace }, rules: policyRules([...LEADER_ELECTION, ...own], account.conditions) }), common);
  emit(scope, 'RoleBinding', k8s.KubeRoleBinding.manifest({ metadata: { name, namespace }, roleRef: { apiGroup: RBAC, kind: 'Role', name }, subjects }), common);
}
