import { IConstruct } from 'constructs';
import { GROUP_SNAPSHOT_GROUP } from './controller-grants';
import { SNAPSHOT_RULES } from './rules';
import { ICsiDriver } from '../csi/i-csi-driver';
import { DRIVERS } from '../csi/installed';
import { report, unchecked } from '../findings/report';
import { Rule } from '../findings/rule';
import { isOurs } from '../manifest/emit';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';

const CONTROLLER = 'snapshot-controller';
const NEED_CONTROLLER = 'snapshot classes and snapshots';
const NEED_GROUPS = 'group snapshot classes';

interface Controller {
  readonly scope: IConstruct;
  /** Whether it handles group snapshots; not always declared. */
  readonly groupSnapshots?: boolean;
  /** Whether the definition of changed blocks is there; not always declared. */
  readonly changedBlocks?: boolean;
}

/** Takes the place of the cluster's one snapshot-controller: installed, or declared to exist. */
export function claimController(scope: IConstruct, what: Omit<Controller, 'scope'>): void {
  const cluster = Cluster.of(scope);
  cluster.claim(scope, CONTROLLER, '', SNAPSHOT_RULES.SNP001);
  cluster.join(CONTROLLER, { scope, ...what });
}

/** Notes what needs the CRDs and the controller. */
export function needController(scope: IConstruct): void {
  Cluster.of(scope).join(NEED_CONTROLLER, scope);
}

/** Notes what needs the CRDs of groups as well, and a controller that handles them. */
export function needGroupSnapshots(scope: IConstruct): void {
  needController(scope);
  Cluster.of(scope).join(NEED_GROUPS, scope);
}

/** SNP003, SNP007, SNP014 */
clusterChecks.push((objects, scope) => {
  const cluster = Cluster.of(scope);
  const [controller] = cluster.members<Controller>(CONTROLLER);
  const drivers = cluster.members<ICsiDriver & IConstruct>(DRIVERS);
  if (!controller && !cluster.platform.distribution.snapshotController) {
    const needy = [...drivers.filter(driver => driver.capabilities?.snapshot), ...cluster.members<IConstruct>(NEED_CONTROLLER)];
    needy.forEach(each => report(each, SNAPSHOT_RULES.SNP003));
    return;
  }
  const needGroups = [
    ...drivers.filter(driver => driver.capabilities?.groupSnapshot),
    ...cluster.members<IConstruct>(NEED_GROUPS),
    ...objects.filter(object => object.apiGroup === GROUP_SNAPSHOT_GROUP && !isOurs(object)),
  ];
  demand(controller, 'groupSnapshots', SNAPSHOT_RULES.SNP007, needGroups);
  demand(controller, 'changedBlocks', SNAPSHOT_RULES.SNP014, drivers.filter(driver => driver.capabilities?.changedBlocks));
});

/** Whoever needs more than plain snapshots needs a controller that was installed, or declared, with it. */
function demand(controller: Controller | undefined, property: 'groupSnapshots' | 'changedBlocks', rule: Rule, needy: readonly IConstruct[]): void {
  for (const each of needy) {
    if (controller?.[property] === undefined) {
      unchecked(each, rule, `${property} of the snapshot-controller that is there: SnapshotController.existing(scope, { ${property}: true })`);
    } else if (!controller[property]) {
      report(each, rule, { controller: controller.scope.node.path || 'the app' });
    }
  }
}
