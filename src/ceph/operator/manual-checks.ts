import { isDeepStrictEqual } from 'util';
import { ApiObject } from 'cdk8s';
import { grantedOf, operatorsOf, watchedNamespaces } from './presence';
import { CEPH_OPERATOR_RULES } from './rules';
import { report } from '../../findings/report';
import { isOurs } from '../../manifest/emit';
import { shown } from '../../manifest/validate';
import { clusterChecks, eachRepeated } from '../../platform/cluster-checks';

export const OPERATOR_CONFIG = 'ceph-csi-operator-config';
export const OWNER = 'csi.ceph.io/ownerref';

/** How a CSIDriver says whose it is; compared as text. */
export const ownerOf = (namespace: string, name: string) => JSON.stringify({ Namespace: namespace, Name: name });

/** Whether two texts in JSON are the same object. */
function isSame(text: string | undefined, other: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text ?? ''), JSON.parse(other));
  } catch {
    return false;
  }
}

const ELECTION = ['leaseDuration', 'renewDeadline', 'retryPeriod'];
const CLIENTS = ['autodetect', 'kernel'];

const namespaceOf = (object: ApiObject) => object.metadata.namespace ?? 'default';

/** CEPH110 to CEPH115: traps of objects that the user wrote for ceph-csi-operator. */
clusterChecks.push((objects, scope) => {
  const all = objects.filter(({ apiGroup }) => apiGroup === 'csi.ceph.io');
  const [drivers, connections] = ['Driver', 'CephConnection'].map(kind => all.filter(object => object.kind === kind));
  checkNames(drivers, objects);
  for (const object of all.filter(each => !isOurs(each))) {
    const spec = object.toJson().spec ?? {};
    if (object.kind === 'Driver') {
      checkSpec(object, spec);
      checkServed(object);
    } else if (object.kind === 'OperatorConfig') {
      checkSpec(object, spec.driverSpecDefaults ?? {});
      const namespace = operatorsOf(scope)[0]?.namespace ?? namespaceOf(object);
      if (object.name !== OPERATOR_CONFIG || namespaceOf(object) !== namespace) {
        report(object, CEPH_OPERATOR_RULES.CEPH114, { name: object.name, namespace: namespaceOf(object), operator: namespace });
      }
    } else if (object.kind === 'ClientProfile') {
      checkProfile(object, `${spec.cephConnectionRef?.name}`, connections, drivers.map(namespaceOf));
    }
  }
});

/** CEPH110 to CEPH112 */
function checkSpec(object: ApiObject, { leaderElection, log, cephFsClientType }: any): void {
  const missing = leaderElection && ELECTION.find(field => !leaderElection[field]);
  if (missing) {
    report(object, CEPH_OPERATOR_RULES.CEPH110, { missing });
  }
  if (log?.rotation?.periodicity && !log.rotation.maxLogSize) {
    report(object, CEPH_OPERATOR_RULES.CEPH111);
  }
  if (cephFsClientType !== undefined && !CLIENTS.includes(cephFsClientType)) {
    report(object, CEPH_OPERATOR_RULES.CEPH112, { value: shown(cephFsClientType) });
  }
}

/** CEPH109: who writes a Driver by hand has its namespace watched. */
function checkServed(object: ApiObject): void {
  const there = operatorsOf(object)[0];
  const namespace = namespaceOf(object);
  if (there?.installed && !grantedOf(object).includes(namespace)) {
    report(object, CEPH_OPERATOR_RULES.CEPH109, { driver: `'${object.name}'`, namespace, operator: there.namespace, watched: [there.namespace, ...watchedNamespaces(object, there.namespace)].join(', ') });
  }
}

/** CEPH113 */
function checkNames(drivers: readonly ApiObject[], objects: readonly ApiObject[]): void {
  eachRepeated(drivers, ({ name }) => name, (object, driver, first) => {
    if (namespaceOf(object) !== namespaceOf(first)) {
      report(object, CEPH_OPERATOR_RULES.CEPH113, { driver, first: first.node.path, expected: `leave one out, or give it a name of its own: 'second.${driver}'` });
    }
  });
  for (const object of objects.filter(({ kind }) => kind === 'CSIDriver')) {
    const driver = drivers.find(({ name }) => name === object.name);
    const owner = driver && ownerOf(namespaceOf(driver), driver.name);
    if (driver && !isSame(object.toJson().metadata.annotations?.[OWNER], owner!)) {
      report(driver, CEPH_OPERATOR_RULES.CEPH113, { driver: driver.name, first: object.node.path, expected: `leave that CSIDriver out, or hand it over by the annotation ${OWNER}: '${owner}'` });
    }
  }
}

/** CEPH115 */
function checkProfile(object: ApiObject, connection: string, connections: readonly ApiObject[], drivers: readonly string[]): void {
  const places = connections.filter(({ name }) => name === connection).map(namespaceOf);
  if (places.length > 0 && !places.includes(namespaceOf(object))) {
    report(object, CEPH_OPERATOR_RULES.CEPH115, { name: object.name, namespace: namespaceOf(object), missing: `CephConnection '${connection}': it is in '${places[0]}'` });
  } else if (drivers.length > 0 && !drivers.includes(namespaceOf(object))) {
    report(object, CEPH_OPERATOR_RULES.CEPH115, { name: object.name, namespace: namespaceOf(object), missing: `Driver that reads it: there is one in '${drivers[0]}'` });
  }
}
