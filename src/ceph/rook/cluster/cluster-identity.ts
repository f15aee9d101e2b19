import { createHash } from 'crypto';
import { Construct } from 'constructs';
import { refuse } from './cluster-checks';
import { ROOK_CLUSTER_RULES } from './rules';
import { checkAtSynth, fail, unchecked } from '../../../findings/report';
import { shown, checkLabel } from '../../../manifest/validate';
import { Cluster } from '../../../platform/cluster';
import { CephCredentials } from '../../auth/ceph-credentials';
import { declareMaker } from '../../auth/made-elsewhere';
import { IRookOperator } from '../i-rook-operator';
import { InstalledOperator, operatorsOf } from '../operator/cluster-accounts';

const LONGEST_ID = 36;

/** CEPH140 */
export function checkOperator(scope: Construct, operator: IRookOperator): void {
  if (typeof operator?.namespace !== 'string') {
    fail(scope, ROOK_CLUSTER_RULES.CEPH140, {
      what: 'operator', value: shown(operator), expected: 'who builds the cluster', example: "operator: new RookOperator(chart, 'Rook'), or RookOperator.existing({ namespace: 'rook-ceph' })",
    });
  }
  Cluster.requireSame(scope, operator, `RookOperator.existing({ namespace: '${operator.namespace}' })`);
}

/** CEPH141: a namespace, which is a clusterID too. */
export function checkNamespace(scope: Construct, namespace: string): string {
  if (checkLabel(scope, 'the namespace of the cluster', namespace).length > LONGEST_ID) {
    refuse(scope, 'the namespace', namespace, `it has more than ${LONGEST_ID} characters, and is the clusterID, which is a part of each volume's handle`, 'take a shorter one');
  }
  return namespace;
}

/** The operator that is installed in the same app, if it is. */
export function installed(scope: Construct, { namespace }: IRookOperator): InstalledOperator | undefined {
  return operatorsOf(scope).find(operator => operator.namespace === namespace);
}

/** CEPH146: whether anybody looks at the namespace. */
export function checkWatched(scope: Construct, operator: IRookOperator, namespace: string): void {
  const own = installed(scope, operator);
  if (namespace === operator.namespace || own?.clusterNamespaces.includes(namespace)) {
    return;
  }
  if (own || operator.watchesAllNamespaces === false) {
    fail(scope, ROOK_CLUSTER_RULES.CEPH146, { operator: operator.namespace, namespace });
  } else if (operator.watchesAllNamespaces === undefined) {
    checkAtSynth(scope, () => unchecked(scope, ROOK_CLUSTER_RULES.CEPH146, 'whether the operator looks after every namespace: RookOperator.existing({ watchesAllNamespaces })'));
  }
}

/** CEPH147: there is one in a namespace. */
export function claimNamespace(scope: Construct, namespace: string): void {
  Cluster.of(scope).claim(scope, 'ceph cluster of rook', namespace, ROOK_CLUSTER_RULES.CEPH147, {
    what: 'the namespace', value: `'${namespace}'`, problem: 'the objects of both have the same names', expected: "give one of them a namespace of its own: namespace: 'rook-ceph-second'",
  });
}

/** CEPH147: a directory has one cluster. Also of clusters with OSDs on other nodes, as monitors run on any. */
export function claimDirectory(scope: Construct, namespace: string, path: string): void {
  Cluster.of(scope).claim(scope, 'data directory of rook', path, ROOK_CLUSTER_RULES.CEPH147, {
    what: 'dataDirectory', value: `'${path}'`, problem: 'on a node of both, one would start with the keys of the other', expected: `give one of them another directory: dataDirectory: '/var/lib/rook-${namespace}'`,
  });
}

/** The Secrets that Rook keeps for the drivers. A `userId` is given where the users are made by hand. */
export function rookCredentials(kind: 'rbd' | 'cephfs', namespace: string, byHand: boolean): CephCredentials {
  const secret = (role: string) => ({ name: `rook-csi-${kind}-${role}`, namespace, userId: byHand ? `csi-${kind}-${role}` : undefined });
  const credentials = CephCredentials.fromSecrets({ provisioner: secret('provisioner'), node: secret('node') });
  if (!byHand) {
    declareMaker(credentials, `Rook makes client.csi-${kind}-provisioner and client.csi-${kind}-node, with their Secrets in '${namespace}', and pools as they are added`);
  }
  return credentials;
}

/** The clusterID that Rook gives to a part of a pool, or file system, that is not told one. */
export function rookClusterId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** CEPH141 */
export function checkClusterId(scope: Construct, clusterId: string): string {
  if (!/^[A-Za-z0-9_-]{1,36}$/.test(clusterId)) {
    refuse(scope, 'clusterId', clusterId, 'it has to have 1 to 36 letters, digits, - and _', 'leave it out for that of Rook');
  }
  return clusterId;
}
