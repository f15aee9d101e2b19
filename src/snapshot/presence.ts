import { IConstruct } from 'constructs';
import { SNAPSHOT_RULES } from './rules';
import { checkAtSynth, report } from '../findings/report';
import { Cluster } from '../platform/cluster';

const CONTROLLER = 'snapshot-controller';

/** Takes the place of the cluster's one snapshot-controller: installed, or declared to exist. */
export function claimController(scope: IConstruct): void {
  const cluster = Cluster.of(scope);
  cluster.claim(scope, CONTROLLER, '', SNAPSHOT_RULES.SNP001);
  cluster.join(CONTROLLER, scope);
}

/** SNP003: for whoever needs the CRDs and the controller. */
export function requireSnapshotController(scope: IConstruct): void {
  checkAtSynth(scope, () => {
    const cluster = Cluster.of(scope);
    if (cluster.members(CONTROLLER).length === 0 && !cluster.platform.distribution.snapshotController) {
      report(scope, SNAPSHOT_RULES.SNP003);
    }
  });
}
