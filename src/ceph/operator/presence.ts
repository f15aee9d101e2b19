import { Construct, IConstruct } from 'constructs';
import { DRIVER_GRANTS } from './grants';
import { CEPH_OPERATOR_RULES } from './rules';
import { writeRole } from '../../csi/account';
import { policyRules } from '../../csi/rbac';
import { ServiceAccountReference } from '../../csi/service-account-reference';
import { checkAtSynth, report, unchecked } from '../../findings/report';
import { ManifestProps } from '../../manifest/manifest-props';
import { Cluster } from '../../platform/cluster';
import { KubernetesVersion } from '../../platform/kubernetes-version';
import { DriverKind } from '../driver/driver-kind';

const OPERATOR = 'ceph-csi-operator';
const OPERATED = 'drivers of ceph-csi-operator';
const GRANTED = 'namespaces that ceph-csi-operator was granted';
const NONE: ReadonlySet<never> = new Set();

/** The one ceph-csi-operator of a cluster: installed, or declared to exist. */
export interface OperatorThere {
  readonly namespace: string;
  readonly account?: ServiceAccountReference;
  /** What it watches besides its own namespace; nothing where that follows from the drivers, or is not declared. */
  readonly watched?: readonly string[];
  readonly installed: boolean;
}

/** A driver that it deploys. */
export interface Operated {
  readonly scope: Construct;
  readonly driverName: string;
  readonly namespace: string;
  readonly kind: DriverKind;
  readonly fencing: boolean;
  readonly common: ManifestProps;
}

/** The ceph-csi-operator of a cluster, if there is one. */
export const operatorsOf = (scope: IConstruct) => Cluster.of(scope).members<OperatorThere>(OPERATOR);

/** The drivers of a cluster that ceph-csi-operator deploys. */
export const operatedOf = (scope: IConstruct) => Cluster.of(scope).members<Operated>(OPERATED);

/** The namespaces in which it may write. */
export const grantedOf = (scope: IConstruct) => Cluster.of(scope).members<string>(GRANTED);

/** Takes the place of the cluster's one ceph-csi-operator. CEPH105, CEPH118 */
export function declareOperator(scope: IConstruct, there: OperatorThere): void {
  const cluster = Cluster.of(scope);
  cluster.claim(scope, OPERATOR, '', CEPH_OPERATOR_RULES.CEPH105);
  cluster.join(OPERATOR, there);
  const { kubernetes } = cluster.platform;
  if (!kubernetes.isAtLeast(KubernetesVersion.V1_32)) {
    report(scope, CEPH_OPERATOR_RULES.CEPH118, { kubernetes: `${kubernetes}` });
  }
  operatedOf(scope).forEach(driver => grantNamespace(driver, there));
}

/** Has a driver deployed by it. CEPH101, CEPH109 */
export function joinOperated(driver: Operated): void {
  const { scope, driverName, namespace } = driver;
  Cluster.of(scope).join(OPERATED, driver);
  operatorsOf(scope).forEach(there => grantNamespace(driver, there));
  checkAtSynth(scope, () => {
    const [there] = operatorsOf(scope);
    if (!there) {
      report(scope, CEPH_OPERATOR_RULES.CEPH101, { driver: `'${driverName}'`, expected: remedy(driver) });
    } else if (!there.installed && namespace !== there.namespace) {
      checkWatched(driver, there);
    }
  });
}

/** Who could deploy a driver: the charts of Rook put ceph-csi-operator into Rook's own namespace, and a third one the drivers. */
function remedy({ kind, driverName, namespace }: Operated): string {
  // Drivers of Rook, and no others by default, are named for their namespace.
  if (!driverName.startsWith(`${namespace}.`)) {
    return "install it: new CephCsiOperator(chart, 'Operator'), in a chart that is applied first; or declare one that is there: CephCsiOperator.existing(chart, { namespace: 'ceph-csi-operator-system' })";
  }
  const construct = kind.type === 'rbd' ? 'CephRbdCsiDriver' : 'CephFsCsiDriver';
  const account = (component: string) => `{ name: '${driverName.replace(/\./g, '-')}-${component}-sa', namespace: '${namespace}' }`;
  return `declare the one that Rook's chart brings: CephCsiOperator.existing(chart, { namespace: '${namespace}', watchedNamespaces: ['${namespace}'] }); where the chart ceph-csi-drivers deployed the driver too, hand it over instead: `
    + `driver: ${construct}.existing({ driverName: '${driverName}', namespace: '${namespace}', controllerServiceAccount: ${account('ctrlplugin')}, nodeServiceAccount: ${account('nodeplugin')} })`;
}

/** CEPH109 */
function checkWatched({ scope, driverName, namespace }: Operated, there: OperatorThere): void {
  if (there.watched === undefined) {
    unchecked(scope, CEPH_OPERATOR_RULES.CEPH109, `watchedNamespaces of the ceph-csi-operator in '${there.namespace}': CephCsiOperator.existing(scope, { namespace, watchedNamespaces: ['${namespace}'] })`);
  } else if (!there.watched.includes(namespace)) {
    const watched = [there.namespace, ...there.watched].join(', ');
    report(scope, CEPH_OPERATOR_RULES.CEPH109, { driver: `'${driverName}'`, namespace, operator: there.namespace, watched });
  }
}

/** Lets it write in the namespace of a driver, whichever of the two was there first. */
export function grantNamespace({ scope, namespace, common }: Pick<Operated, 'scope' | 'namespace' | 'common'>, { account }: Pick<OperatorThere, 'account'>): void {
  const cluster = Cluster.of(scope);
  if (account && !cluster.members<string>(GRANTED).includes(namespace)) {
    cluster.join(GRANTED, namespace);
    // Its own namespace has a role of the account's name already.
    writeRole(scope, 'Operator', { name: `${account.name}-drivers`, namespace }, policyRules(DRIVER_GRANTS, NONE), [account], common);
  }
}

/** The namespaces of the drivers, besides the operator's own. */
export function watchedNamespaces(scope: IConstruct, own: string): string[] {
  return [...new Set([...operatedOf(scope).map(({ namespace }) => namespace), ...grantedOf(scope)])].filter(namespace => namespace !== own).sort();
}
