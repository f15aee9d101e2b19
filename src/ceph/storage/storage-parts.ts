import { Construct } from 'constructs';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { grantSecrets, markGranted, SecretReference } from '../../csi/secret-reference';
import { fail, report } from '../../findings/report';
import { ManifestProps } from '../../manifest/manifest-props';
import { shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { checkHandedOver } from '../../volume/checks';
import { StorageClassSecrets } from '../../volume/storage-class';
import { CephCredentials } from '../auth/ceph-credentials';
import { CephUserReference } from '../auth/credential-options';
import { CephCluster } from '../ceph-cluster';
import { CephDeployment } from '../deployment';
import { CephCsiDriverProps } from '../driver/ceph-csi-driver-props';
import { factsOf } from '../driver/driver-facts';
import { DriverKind } from '../driver/driver-kind';
import { checkCluster } from '../driver/entries';
import { CEPH_RULES } from '../rules';

/** The Secrets that controllers were granted. */
const GRANTED = 'ceph secrets that are granted';

/** Which Ceph clusters credentials are for. */
const USERS = 'ceph users';

/** What both storages are made from. */
export interface StorageInput {
  readonly cluster: CephCluster;
  readonly credentials: CephCredentials;
  readonly driver?: ICsiDriver;
}

/** CEPH001, CEPH007, CEPH008 */
export function checkInput(scope: Construct, kind: DriverKind, input: StorageInput): void {
  const { cluster, credentials, driver } = input ?? {} as StorageInput;
  checkCluster(scope, cluster);
  if (!(credentials instanceof CephCredentials)) {
    const expected = "credentials: CephCredentials.fromSecret({ name: 'ceph-csi', namespace: 'ceph' })";
    fail(scope, CEPH_RULES.CEPH001, { what: 'the credentials', value: shown(credentials), problem: 'they are not handed over', expected });
  }
  checkHandedOver(scope, 'the driver', driver, 'driverName', `${kind.construct}.existing`);
  Cluster.requireSame(scope, driver, `${kind.construct}.existing({ driverName: '${driver?.driverName}' })`);
  const other = driver && factsOf(driver).kind;
  if (other && other !== kind) {
    fail(scope, CEPH_RULES.CEPH007, { driver: `'${driver.driverName}'`, other: other.storage, storage: kind.storage, construct: kind.construct });
  }
  if (driver && !other && !`.${driver.driverName}`.endsWith(`.${kind.driverName}`)) {
    report(scope, CEPH_RULES.CEPH008, { driver: `'${driver.driverName}'`, storage: kind.storage, construct: kind.construct });
  }
}

/** CEPH022, within a Kubernetes cluster: another one may have other keys under the same names. */
export function useCredentials(scope: Construct, { cluster, credentials }: StorageInput): void {
  const here = Cluster.of(scope);
  const other = here.members<StorageInput>(USERS).find(use => use.credentials === credentials && isApart(use.cluster, cluster))?.cluster;
  if (other) {
    fail(scope, CEPH_RULES.CEPH022, { clusterId: cluster.clusterId, other: other.clusterId });
  }
  here.join(USERS, { cluster, credentials });
}

function isApart({ connection }: CephCluster, other: CephCluster): boolean {
  return connection !== undefined && other.connection !== undefined && !connection.monitors.some(monitor => other.connection!.monitors.includes(monitor));
}

/** CEPH001, for names of Ceph: pools, file systems, images. */
export function checkName(scope: Construct, what: string, value: string, example: string): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_.-]+$/.test(value)) {
    fail(scope, CEPH_RULES.CEPH001, { what, value: shown(value), problem: "it is no name of letters, digits, '-', '_' and '.'", expected: `such as '${example}'` });
  }
  return value;
}

/** Of a Ceph cluster of Rook, the driver is the operator's and beside it, named as Rook names it: there Rook writes how the cluster is reached. */
export function whereRookIs(kind: DriverKind, input: StorageInput & { readonly deployment?: CephDeployment }): CephCsiDriverProps {
  const { cluster: { rookOptions }, deployment = CephDeployment.OPERATOR } = input;
  const namespace = rookOptions?.operatorNamespace;
  return namespace === undefined ? {} : { deployment, namespace, createNamespace: false, driverName: `${namespace}.${kind.driverName}` };
}

/** What a driver that is installed here is told; one that is handed over has to have been told. CEPH009 */
export function checkSwitches(scope: Construct, driver: ICsiDriver | undefined, switches: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(switches).find(([, value]) => value !== undefined && value !== false)?.[0];
  if (driver && given !== undefined) {
    fail(scope, CEPH_RULES.CEPH009, { property: given, driver: `'${driver.driverName}'` });
  }
}

/**
 * The Secret of the provisioner, which the driver's controller is granted once, however many classes hand it over. The grant stays when a class goes: its
 * volumes are still there, and have to be deleted some day.
 */
export function grantProvisioner(scope: Construct, driver: ICsiDriver, { secret: { name, namespace } }: CephUserReference, common: ManifestProps): SecretReference {
  const secret = SecretReference.fromName(name, namespace);
  const key = `${driver.driverName} ${namespace}/${name}`;
  if (!Cluster.of(scope).members<string>(GRANTED).includes(key)) {
    Cluster.of(scope).join(GRANTED, key);
    grantSecrets(scope, `${driver.driverName}-${name}`, driver, [secret], common, { holdsData: true });
  }
  return markGranted(secret);
}

/** The Secret of the nodes. The kubelet reads it; the node plugin itself only where it maps again what was mapped before. */
export function grantNode(scope: Construct, driver: ICsiDriver, { secret }: CephUserReference, common: ManifestProps): void {
  const key = `${driver.driverName} node ${secret.namespace}/${secret.name}`;
  if (factsOf(driver).volumeHealer && !Cluster.of(scope).members<string>(GRANTED).includes(key)) {
    Cluster.of(scope).join(GRANTED, key);
    grantSecrets(new Construct(scope, 'Healer'), `node.${driver.driverName}-${secret.name}`, driver, [SecretReference.fromName(secret.name, secret.namespace)], common, { holdsData: true }, driver.nodeServiceAccount);
  }
}

/**
 * The Secrets of a class. Volumes keep what their class said when they were made, so those that are needed only once expansion or fencing is switched on are
 * said from the start.
 */
export function classSecrets(provisioner: SecretReference, nodeStage: SecretReference): StorageClassSecrets {
  return { provisioner, controllerExpand: provisioner, controllerPublish: provisioner, nodeStage };
}

/** The parameters that are set, and the user's own. CEPH010 */
export function classParameters(scope: Construct, typed: Readonly<Record<string, string | undefined>>, given?: Readonly<Record<string, string>>): Record<string, string> {
  const extra = given ?? {};
  const parameters = Object.fromEntries(Object.entries(typed).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const again = Object.keys(extra).find(key => Object.hasOwn(parameters, key));
  if (again !== undefined) {
    fail(scope, CEPH_RULES.CEPH010, { key: again, value: parameters[again] });
  }
  return { ...parameters, ...extra };
}
