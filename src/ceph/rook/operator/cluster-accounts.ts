import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CLUSTER_GRANTS, DAEMON_GRANTS, IDLE_ACCOUNTS, MGR_CLUSTER_GRANTS, MGR_SYSTEM_GRANTS, OBJECT_ACCOUNTS, OSD_CLUSTER_GRANTS, PRIVILEGED_ACCOUNTS, RookFeature } from './grants';
import { bindRole, writeClusterRole, writeOwnRole, writeRole } from '../../../csi/account';
import { pullSecrets } from '../../../csi/pod-extensions';
import { policyRules } from '../../../csi/rbac';
import { emit } from '../../../manifest/emit';
import { ManifestProps } from '../../../manifest/manifest-props';
import { Cluster } from '../../../platform/cluster';

const KIND = 'rook-operator';
export const OPERATOR_ACCOUNT = 'rook-ceph-system';

/** Whose pods run beside an external cluster. */
const EXTERNAL_ACCOUNTS = ['rook-ceph-cmd-reporter', 'rook-ceph-default'];

/** What is known in the cluster of an operator that is installed in it. */
export interface InstalledOperator {
  readonly scope: Construct;
  readonly namespace: string;
  /** The other ones that it looks after. */
  readonly clusterNamespaces: readonly string[];
  readonly features: ReadonlySet<RookFeature>;
  readonly imagePullSecrets: readonly string[];
  /** Where the accounts of a Ceph cluster were written. */
  readonly prepared: Set<string>;
}

export function noteOperator(scope: Construct, operator: InstalledOperator): void {
  Cluster.of(scope).join(KIND, operator);
}

export function operatorsOf(scope: Construct): readonly InstalledOperator[] {
  return Cluster.of(scope).members<InstalledOperator>(KIND);
}

/** What lets an operator that others installed, and the manager, write ServiceMonitors: their charts do so in the namespace of the cluster. */
export function writeMonitoringAccess(scope: Construct, namespace: string, operatorNamespace: string, common: ManifestProps): void {
  const rules = [{ apiGroups: ['monitoring.coreos.com'], resources: ['servicemonitors'], verbs: ['get', 'create', 'update'] }];
  writeRole(scope, 'Monitoring', { name: 'rook-ceph-monitoring', namespace }, rules, [{ name: OPERATOR_ACCOUNT, namespace: operatorNamespace }], common);
  writeRole(scope, 'Monitoring-mgr', { name: 'rook-ceph-monitoring-mgr', namespace }, rules, [{ name: 'rook-ceph-mgr', namespace }], common);
}

/**
 * What every Ceph cluster needs in its namespace: the accounts of its pods, what they may do there, and what its operator may.
 *
 * @param namespace that of the Ceph cluster
 * @param operatorNamespace that of its operator
 * @param external whether its daemons run elsewhere, so that nothing but a job that asks for its release runs here
 */
export function writeClusterAccounts(scope: Construct, namespace: string, operatorNamespace: string, common: ManifestProps, external = false): void {
  const operator = operatorsOf(scope).find(candidate => candidate.namespace === operatorNamespace);
  const features = operator?.features ?? new Set<RookFeature>();
  operator?.prepared.add(namespace);
  const imagePullSecrets = pullSecrets(scope, operator?.imagePullSecrets);
  const objectAccounts = features.has('objectStorage') ? OBJECT_ACCOUNTS : [];
  // Their pods ask for no token by themselves, and all but the idle ones use it; cleanup jobs of rook-ceph-default do not start without one.
  const here = (name: string) => !external || EXTERNAL_ACCOUNTS.includes(name);
  for (const name of [...Object.keys(DAEMON_GRANTS), ...IDLE_ACCOUNTS, ...objectAccounts].filter(here)) {
    // Without its account no monitor and no OSD is started again.
    const options = { holdsData: PRIVILEGED_ACCOUNTS.includes(name) };
    emit(scope, `${name}-account`, k8s.KubeServiceAccount.manifest({ metadata: { name, namespace }, imagePullSecrets }), common, options);
  }
  for (const [name, grants] of Object.entries(DAEMON_GRANTS).filter(([account]) => here(account))) {
    writeOwnRole(scope, name, policyRules(grants, features), { name, namespace }, common);
  }
  const mgr = { name: 'rook-ceph-mgr', namespace };
  writeRole(scope, 'Operator-cluster', { name: 'rook-ceph-operator', namespace }, policyRules(CLUSTER_GRANTS, features), [{ name: OPERATOR_ACCOUNT, namespace: operatorNamespace }], common);
  if (external) {
    return;
  }
  writeClusterRole(scope, 'Osd', `${namespace}-osd`, policyRules(OSD_CLUSTER_GRANTS, features), { name: 'rook-ceph-osd', namespace }, common);
  if (features.has('orchestrator')) {
    writeClusterRole(scope, 'Mgr', `${namespace}-mgr-cluster`, policyRules(MGR_CLUSTER_GRANTS, features), mgr, common);
    if (namespace !== operatorNamespace) {
      writeRole(scope, 'Mgr-system', { name: `rook-ceph-mgr-system-${namespace}`, namespace: operatorNamespace }, policyRules(MGR_SYSTEM_GRANTS, features), [mgr], common);
    }
  }
  const { privilegedClusterRole } = Cluster.of(scope).platform.distribution;
  bindRole(scope, 'PrivilegedRoleBinding', privilegedClusterRole, { name: 'rook-ceph-privileged', namespace, accounts: [...PRIVILEGED_ACCOUNTS, ...objectAccounts] }, common);
}
