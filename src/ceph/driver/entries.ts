import { IConstruct } from 'constructs';
import { factsOf } from './driver-facts';
import { DriverKind } from './driver-kind';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { checkAtSynth, fail, report } from '../../findings/report';
import { Cluster } from '../../platform/cluster';
import { CephCluster } from '../ceph-cluster';
import { CEPH_RULES } from '../rules';

const USES = 'ceph clusters by driver';

interface Use {
  readonly driver: string;
  readonly cluster: CephCluster;
  readonly owner: IConstruct;
}

/** One element of `config.json`. @see https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/rbd/deploy.md */
function entryOf({ type }: DriverKind, { clusterId, radosNamespace, subvolumeGroup, connection }: CephCluster): object {
  const { monitors, mirrorDaemonCount, readAffinity } = connection!;
  const rbd = { radosNamespace, mirrorDaemonCount };
  const cephFS = { subvolumeGroup };
  // JSON leaves out what is undefined.
  return JSON.parse(JSON.stringify({
    clusterID: clusterId,
    monitors,
    ...(type === 'rbd' && (radosNamespace ?? mirrorDaemonCount) !== undefined ? { rbd } : {}),
    ...(type === 'cephfs' && subvolumeGroup !== undefined ? { cephFS } : {}),
    ...(readAffinity ? { readAffinity: { enabled: true, crushLocationLabels: readAffinity.crushLocationLabels } } : {}),
  }));
}

/** `config.json` of a driver: an entry for each Ceph cluster that is used with it. */
export function configuration(scope: IConstruct, kind: DriverKind, driverName: string): string {
  const entries = usesOf(scope, driverName).filter(({ cluster }) => cluster.connection).map(({ cluster }) => [cluster.clusterId, entryOf(kind, cluster)] as const);
  const ids = [...new Set(entries.map(([id]) => id))].sort();
  return `${JSON.stringify(ids.map(id => entries.find(([other]) => other === id)![1]), undefined, 2)}\n`;
}

function usesOf(scope: IConstruct, driverName: string): Use[] {
  return Cluster.of(scope).members<Use>(USES).filter(use => use.driver === driverName);
}

/** Uses a Ceph cluster with a driver: it has to be in the driver's configuration. CEPH002 to CEPH004 */
export function useCluster(owner: IConstruct, kind: DriverKind, driver: ICsiDriver, cluster: CephCluster): void {
  const { clusterId, connection } = cluster;
  const { installed } = factsOf(driver);
  const facts = { clusterId, driver: `'${driver.driverName}'`, construct: kind.construct };
  if (connection && !installed) {
    fail(owner, CEPH_RULES.CEPH002, { ...facts, entry: JSON.stringify(entryOf(kind, cluster)) });
  }
  const uses = usesOf(owner, driver.driverName).map(use => use.cluster).filter(other => other.clusterId === clusterId && other.connection);
  if (connection && uses.some(other => JSON.stringify(entryOf(kind, other)) !== JSON.stringify(entryOf(kind, cluster)))) {
    fail(owner, CEPH_RULES.CEPH004, facts);
  }
  Cluster.of(owner).join(USES, { driver: driver.driverName, cluster, owner });
  if (!connection && installed) {
    checkAtSynth(owner, () => {
      const known = usesOf(owner, driver.driverName).find(use => use.cluster.clusterId === clusterId && use.cluster.connection)?.cluster;
      if (!known) {
        report(owner, CEPH_RULES.CEPH003, facts);
      }
    });
  }
}
