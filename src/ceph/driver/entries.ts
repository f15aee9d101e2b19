import { IConstruct } from 'constructs';
import { factsOf } from './driver-facts';
import { DriverKind } from './driver-kind';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { SecretReference } from '../../csi/secret-reference';
import { checkAtSynth, fail, report } from '../../findings/report';
import { shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { CephCredentials } from '../auth/ceph-credentials';
import { CephCluster } from '../ceph-cluster';
import { writeProfile } from '../operator/profiles';
import { CEPH_OPERATOR_RULES } from '../operator/rules';
import { CEPH_RULES } from '../rules';

const USES = 'ceph clusters by driver';

interface Use {
  readonly driver: string;
  readonly cluster: CephCluster;
  /** The users of the storage that uses it. */
  readonly credentials?: CephCredentials;
}

/** One element of `config.json`. @see https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/rbd/deploy.md */
function entryOf({ type }: DriverKind, { clusterId, radosNamespace, subvolumeGroup, cephFsRadosNamespace, connection }: CephCluster, provisioner?: SecretReference): object {
  const { monitors, mirrorDaemonCount, readAffinity, extraConfiguration = {} } = connection!;
  const [section, other] = type === 'rbd' ? ['rbd', 'cephFS'] : ['cephFS', 'rbd'];
  // JSON leaves out what is undefined.
  const own = JSON.parse(JSON.stringify({
    ...(type === 'rbd' ? { radosNamespace, mirrorDaemonCount } : { subvolumeGroup, radosNamespace: cephFsRadosNamespace }),
    // For volumes that were made before their class named it.
    controllerPublishSecretRef: provisioner && { name: provisioner.name, namespace: provisioner.namespace },
    ...extraConfiguration[section],
  }));
  const extra = Object.entries(extraConfiguration).filter(([key]) => key !== section && key !== other);
  return {
    clusterID: clusterId,
    monitors,
    ...(Object.keys(own).length > 0 ? { [section]: own } : {}),
    ...(readAffinity ? { readAffinity: { enabled: true, crushLocationLabels: readAffinity.crushLocationLabels } } : {}),
    ...Object.fromEntries(extra),
  };
}

/** `config.json` of a driver: an entry for each Ceph cluster that is used with it. */
export function configuration(scope: IConstruct, kind: DriverKind, driverName: string, fencing: boolean): string {
  const uses = usesOf(scope, driverName);
  const known = uses.filter(({ cluster }) => cluster.connection).map(({ cluster }) => cluster);
  const ids = [...new Set(known.map(({ clusterId }) => clusterId))].sort();
  return `${JSON.stringify(ids.map(id => {
    const provisioner = uses.find(({ cluster, credentials }) => cluster.clusterId === id && credentials)?.credentials?.provisioner.secret;
    return entryOf(kind, known.find(({ clusterId }) => clusterId === id)!, fencing ? provisioner : undefined);
  }), undefined, 2)}\n`;
}

/** What a storage goes by of a cluster, whoever described it. */
const PLACE = ['radosNamespace', 'subvolumeGroup', 'cephFsRadosNamespace'] as const;

function usesOf(scope: IConstruct, driverName: string): Use[] {
  return Cluster.of(scope).members<Use>(USES).filter(use => use.driver === driverName);
}

/** CEPH001 */
export function checkCluster(scope: IConstruct, cluster: CephCluster): void {
  if (!(cluster instanceof CephCluster)) {
    fail(scope, CEPH_RULES.CEPH001, {
      what: 'the cluster', value: shown(cluster), problem: 'it is not handed over', expected: "cluster: CephCluster.external({ clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', monitors: ['10.0.0.1:6789'] })",
    });
  }
}

/** CEPH003, for a class that somebody wrote by hand: the driver that is installed here has an entry for its clusterID. */
export function checkEntry(scope: IConstruct, driver: ICsiDriver, clusterId: string): void {
  const { installed, kind } = factsOf(driver);
  if (installed) {
    checkAtSynth(scope, () => {
      if (!usesOf(scope, driver.driverName).some(use => use.cluster.clusterId === clusterId)) {
        report(scope, CEPH_RULES.CEPH003, { clusterId, driver: `'${driver.driverName}'`, construct: kind!.construct });
      }
    });
  }
}

/** Uses a Ceph cluster with a driver: it has to be in the driver's configuration. CEPH002 to CEPH004 */
export function useCluster(owner: IConstruct, kind: DriverKind, driver: ICsiDriver, cluster: CephCluster, credentials?: CephCredentials): void {
  const { clusterId, connection, rookOptions } = cluster;
  const { installed, operated } = factsOf(driver);
  const facts = { clusterId, driver: `'${driver.driverName}'`, construct: kind.construct };
  if (connection && !installed) {
    fail(owner, CEPH_RULES.CEPH002, { ...facts, entry: JSON.stringify(entryOf(kind, cluster)) });
  }
  const uses = usesOf(owner, driver.driverName).map(use => use.cluster).filter(other => other.clusterId === clusterId && other.connection);
  if (connection && uses.some(other => JSON.stringify(entryOf(kind, other)) !== JSON.stringify(entryOf(kind, cluster)))) {
    fail(owner, CEPH_RULES.CEPH004, facts);
  }
  Cluster.of(owner).join(USES, { driver: driver.driverName, cluster, credentials });
  if (operated) {
    writeProfile(owner, driver.driverName, cluster, credentials);
  } else if (installed && rookOptions) {
    fail(owner, CEPH_OPERATOR_RULES.CEPH116, { clusterId, operator: rookOptions.operatorNamespace!, driver: facts.driver, where: 'installed without ceph-csi-operator' });
  }
  if (!connection && !rookOptions && installed) {
    checkAtSynth(owner, () => {
      const known = usesOf(owner, driver.driverName).find(use => use.cluster.clusterId === clusterId && use.cluster.connection)?.cluster;
      if (!known) {
        report(owner, CEPH_RULES.CEPH003, facts);
      } else if (PLACE.some(property => known[property] !== cluster[property])) {
        report(owner, CEPH_RULES.CEPH004, facts);
      }
    });
  }
}
