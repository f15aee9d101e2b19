import { IConstruct } from 'constructs';
import { SNAPSHOT_RULES } from './rules';
import { ICsiDriver } from '../csi/i-csi-driver';
import { DRIVERS } from '../csi/installed';
import { report } from '../findings/report';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';

const CONTROLLER = 'snapshot-controller';
const CLASSES = 'snapshot classes';

/** Takes the place of the cluster's one snapshot-controller: installed, or declared to exist. */
export function claimController(scope: IConstruct): void {
  const cluster = Cluster.of(scope);
  cluster.claim(scope, CONTROLLER, '', SNAPSHOT_RULES.SNP001);
  cluster.join(CONTROLLER, scope);
}

/** Notes a snapshot class, which needs the CRDs and the controller. */
export function noteSnapshotClass(scope: IConstruct): void {
  Cluster.of(scope).join(CLASSES, scope);
}

/** SNP003 */
clusterChecks.push((_, scope) => {
  const cluster = Cluster.of(scope);
  if (cluster.members(CONTROLLER).length === 0 && !cluster.platform.distribution.snapshotController) {
    const drivers = cluster.members<ICsiDriver & IConstruct>(DRIVERS).filter(driver => driver.capabilities?.snapshot);
    [...drivers, ...cluster.members<IConstruct>(CLASSES)].forEach(needy => report(needy, SNAPSHOT_RULES.SNP003));
  }
});
