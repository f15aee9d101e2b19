import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { pullSecrets } from './pod-extensions';
import { Grant, policyRules, RBAC } from './rbac';
import { ServiceAccountReference } from './service-account-reference';
import { LEADER_ELECTION } from './sidecars';
import { emit, EmitOptions } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';

/** Pods that a program writes, which say nothing of tokens and of what pulls their images. */
export interface PodsOfOthers {
  readonly imagePullSecrets: readonly string[];
}

/** A service account that gets no token unless a pod asks for it. @param others where its pods are not written here, so that the account says what they do not */
export function writeAccount(scope: Construct, name: string, namespace: string, common: ManifestProps, options: EmitOptions = {}, others?: PodsOfOthers): void {
  const more = others ? { imagePullSecrets: pullSecrets(scope, others.imagePullSecrets) } : { automountServiceAccountToken: false };
  emit(scope, `${name}-account`, k8s.KubeServiceAccount.manifest({ metadata: { name, namespace }, ...more }), common, options);
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
  /**
   * Where its pods are not written here.
   *
   * @default - they are
   */
  readonly others?: PodsOfOthers;
}

const subjectOf = ({ name, namespace }: ServiceAccountReference): k8s.Subject => ({ kind: 'ServiceAccount', name, namespace });

/** What an account may do in the whole cluster. */
export function writeClusterRole(
  scope: Construct, id: string, name: string, rules: k8s.PolicyRule[], account: ServiceAccountReference, common: ManifestProps, options: EmitOptions = {},
): void {
  emit(scope, `${id}ClusterRole`, k8s.KubeClusterRole.manifest({ metadata: { name }, rules }), common, options);
  emit(scope, `${id}ClusterRoleBinding`, k8s.KubeClusterRoleBinding.manifest({
    metadata: { name }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name }, subjects: [subjectOf(account)],
  }), common, options);
}

/** What accounts, of whatever namespaces, may do in that of the role. */
export function writeRole(
  scope: Construct, id: string, metadata: { readonly name: string; readonly namespace: string }, rules: k8s.PolicyRule[], accounts: readonly ServiceAccountReference[],
  common: ManifestProps, options: EmitOptions = {},
): void {
  emit(scope, `${id}Role`, k8s.KubeRole.manifest({ metadata, rules }), common, options);
  emit(scope, `${id}RoleBinding`, k8s.KubeRoleBinding.manifest({
    metadata, roleRef: { apiGroup: RBAC, kind: 'Role', name: metadata.name }, subjects: accounts.map(subjectOf),
  }), common, options);
}

/** What an account may do in its own namespace; the role has its name. */
export function writeOwnRole(scope: Construct, id: string, rules: k8s.PolicyRule[], { name, namespace }: ServiceAccountReference, common: ManifestProps): void {
  writeRole(scope, id, { name, namespace }, rules, [{ name, namespace }], common);
}

/** The account of a controller of which one copy is elected: what it may do in the cluster, and the lease in its own namespace. */
export function writeControllerAccount<Condition extends string>(scope: Construct, account: ControllerAccount<Condition>, common: ManifestProps): void {
  const { name, namespace, clusterRole } = account;
  // What it may do everywhere need not be said again.
  const own = (account.ownGrants ?? []).filter(({ group, resource, verbs }) => !account.grants.some(other => other.group === group && other.resource === resource
    && other.names === undefined && (other.when === undefined || account.conditions.has(other.when)) && verbs.every(verb => other.verbs.includes(verb))));
  writeAccount(scope, name, namespace, common, {}, account.others);
  writeClusterRole(scope, '', clusterRole, policyRules(account.grants, account.conditions), { name, namespace }, common);
  writeOwnRole(scope, '', policyRules([...LEADER_ELECTION, ...own], account.conditions), { name, namespace }, common);
}

/** Accounts of one namespace, and the binding that they get. */
export interface RoleUse {
  readonly name: string;
  readonly namespace: string;
  readonly accounts: readonly string[];
}

/** Lets accounts of one namespace use pods that the distribution otherwise refuses; nothing where it has no such role. */
export function bindRole(scope: Construct, id: string, role: string | undefined, use: RoleUse, common: ManifestProps, options: EmitOptions = {}): void {
  const { name, namespace, accounts } = use;
  if (role !== undefined) {
    emit(scope, id, k8s.KubeRoleBinding.manifest({
      metadata: { name, namespace },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: accounts.map(account => subjectOf({ name: account, namespace })),
    }), common, options);
  }
}
