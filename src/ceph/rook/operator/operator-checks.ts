import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { InstalledOperator, operatorsOf } from './cluster-accounts';
import { RookFeature } from './grants';
import { RookLogLevel } from './rook-log-level';
import { RookOperatorProps } from './rook-operator-props';
import { ROOK_OPERATOR_RULES } from './rules';
import { fail, report, unchecked } from '../../../findings/report';
import { isOurs } from '../../../manifest/emit';
import { enforcedLevel } from '../../../manifest/pod-security';
import { all, ANY, checkShape, DURATION, FLAG, listOf, mapOf, NUMBER, oneOf, SIZE, spelled, struct, TEXT } from '../../../manifest/shapes';
import { checkLabel } from '../../../manifest/validate';
import { Cluster } from '../../../platform/cluster';
import { clusterChecks } from '../../../platform/cluster-checks';
import { PodSecurityLevel } from '../../../platform/distribution';
import { KubernetesVersion } from '../../../platform/kubernetes-version';

export const VERSION = 'v1.20.6';
const OLDEST = KubernetesVersion.V1_31;
const CEPH = 'ceph.rook.io';
const PROPS = spelled({
  ...all(TEXT, 'namespace', 'image', 'imageRegistry'),
  ...all(FLAG, 'createNamespace', 'installCrds', 'csiOperator', 'objectStorage', 'orchestrator', 'serviceMonitors', 'serviceExports', 'multus', 'discoveryDaemon'),
  ...all(listOf(TEXT), 'imagePullSecrets', 'clusterNamespaces'),
  ...all(NUMBER, 'concurrentClusters', 'metricsPort'),
  ...all(DURATION, 'discoveryInterval', 'cephCommandsTimeout'),
  ...all(ANY, 'labels', 'annotations'),
  logLevel: oneOf(RookLogLevel),
  settings: mapOf(TEXT),
  pod: spelled({
    ...all(SIZE, 'memoryRequest', 'memoryLimit'),
    ...all(TEXT, 'cpuRequest', 'priorityClassName'),
    ...all(mapOf(TEXT), 'nodeSelector', 'podLabels', 'podAnnotations'),
    tolerations: listOf(struct(all(TEXT, 'key', 'operator', 'value', 'effect'))),
  }),
});
export const EXISTING = spelled({ namespace: TEXT, watchesAllNamespaces: FLAG });

/** CEPH130, CEPH131, CEPH133 */
export function checkProps(scope: Construct, props: RookOperatorProps): void {
  checkShape(scope, 'the operator', props, PROPS, ROOK_OPERATOR_RULES.CEPH130);
  const { kubernetes } = Cluster.of(scope).platform;
  if (!kubernetes.isAtLeast(OLDEST)) {
    report(scope, ROOK_OPERATOR_RULES.CEPH133, { kubernetes: `${kubernetes}`, oldest: `${OLDEST}`, tested: VERSION });
  }
}

/** CEPH131, CEPH135: which namespaces it looks after, each one's only operator. */
export function checkNamespaces(scope: Construct, namespace: string, others: readonly string[] = []): string[] {
  const clusterNamespaces = [...new Set(others.map(other => checkLabel(scope, 'clusterNamespaces', other)))].filter(other => other !== namespace);
  const all_ = clusterNamespaces.length > 0;
  for (const first of operatorsOf(scope)) {
    const same = [namespace, ...clusterNamespaces].find(candidate => [first.namespace, ...first.clusterNamespaces].includes(candidate));
    // What watches all namespaces works on the clusters of the other one, too.
    const what = same !== undefined ? `the namespace '${same}'` : all_ || first.clusterNamespaces.length > 0 ? 'all namespaces' : undefined;
    if (what !== undefined) {
      fail(scope, ROOK_OPERATOR_RULES.CEPH131, { first: first.scope.node.path, what });
    }
  }
  if (all_) {
    report(scope, ROOK_OPERATOR_RULES.CEPH135, { namespaces: listed(clusterNamespaces) });
  }
  return clusterNamespaces;
}

const listed = (names: readonly string[]) => names.map(name => `'${name}'`).join(', ');

/** CEPH134, for the namespace of an operator, whoever wrote it. */
function checkAdmission({ scope, namespace }: InstalledOperator, objects: readonly ApiObject[]): void {
  const { distribution } = Cluster.of(scope).platform;
  const written = objects.find(object => object.kind === 'Namespace' && object.name === namespace);
  const level = enforcedLevel(written, distribution);
  if (level !== PodSecurityLevel.PRIVILEGED) {
    report(scope, ROOK_OPERATOR_RULES.CEPH134, { namespace, level, whence: written ? '' : ` (as ${distribution.name} does by itself)` });
  }
}

/** CEPH136, CEPH137, for objects that the user wrote: ours are checked where they are made. */
function checkServed(operators: readonly InstalledOperator[], object: ApiObject): void {
  const namespace = object.metadata.namespace ?? 'default';
  const what = `${object.kind} ${object.name}`;
  const looked = operators.find(operator => [operator.namespace, ...operator.clusterNamespaces].includes(namespace));
  if (!looked) {
    report(object, ROOK_OPERATOR_RULES.CEPH137, { namespace, object: what, namespaces: listed(operators.map(operator => operator.namespace)) });
  } else if (/^Ceph(Object|Bucket)/.test(object.kind) && !looked.features.has('objectStorage')) {
    report(object, ROOK_OPERATOR_RULES.CEPH136, { operator: `'${looked.namespace}'`, object: what });
  }
}

/** What a CephCluster may ask for, and what its operator needs for it. */
const ASKED: readonly { readonly option: RookFeature; readonly field: string; readonly asks: (spec: any) => boolean }[] = [
  { option: 'serviceMonitors', field: 'monitoring.enabled', asks: spec => spec.monitoring?.enabled === true },
  { option: 'serviceExports', field: 'network.multiClusterService.enabled', asks: spec => spec.network?.multiClusterService?.enabled === true },
  { option: 'multus', field: "network.provider: 'multus'", asks: spec => spec.network?.provider === 'multus' },
  { option: 'orchestrator', field: "the module 'rook' in mgr.modules", asks: spec => [].concat(spec.mgr?.modules ?? []).some((module: any) => module?.name === 'rook' && module.enabled === true) },
];

/** CEPH139, for CephClusters of ours, too: what helps is said of the operator. */
function checkAsked(operators: readonly InstalledOperator[], object: ApiObject): void {
  const operator = operators.find(({ namespace, clusterNamespaces }) => [namespace, ...clusterNamespaces].includes(object.metadata.namespace ?? 'default'));
  if (operator) {
    const spec = object.toJson().spec ?? {};
    for (const { option, field } of ASKED.filter(row => !operator.features.has(row.option) && row.asks(spec))) {
      report(object, ROOK_OPERATOR_RULES.CEPH139, { cluster: `'${object.name}'`, field, operator: `'${operator.namespace}'`, option });
    }
  }
}

clusterChecks.push((objects, scope) => {
  const operators = operatorsOf(scope);
  for (const operator of operators) {
    checkAdmission(operator, objects);
    for (const other of operator.clusterNamespaces.filter(candidate => !operator.prepared.has(candidate))) {
      unchecked(operator.scope, ROOK_OPERATOR_RULES.CEPH137, `the Ceph cluster of the namespace '${other}', with the accounts that its pods run as: it is not written here`);
    }
  }
  if (operators.length > 0) {
    objects.filter(object => object.apiGroup === CEPH && !isOurs(object)).forEach(object => checkServed(operators, object));
    objects.filter(object => object.apiGroup === CEPH && object.kind === 'CephCluster').forEach(object => checkAsked(operators, object));
  }
});
