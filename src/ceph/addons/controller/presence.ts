import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ADDONS_GROUP, REPLICATION_GROUP } from './controller-grants';
import { CsiAddonsSchedulePrecedence } from './csi-addons-schedule-precedence';
import { report } from '../../../findings/report';
import { isOurs } from '../../../manifest/emit';
import { Cluster } from '../../../platform/cluster';
import { clusterChecks } from '../../../platform/cluster-checks';
import { CEPH_ADDONS_RULES } from '../rules';

const CONTROLLER = 'csi-addons controller';
const NEEDY = 'what needs csi-addons';
const GROUPS = [ADDONS_GROUP, REPLICATION_GROUP];
/** Where schedules are looked for by the precedence CLAIM only. */
const ANNOTATED = ['PersistentVolumeClaim', 'Namespace'];

interface Controller {
  readonly namespace: string;
  /** Where it looks for schedules; not always declared. */
  readonly schedulePrecedence?: CsiAddonsSchedulePrecedence;
}

/** Takes the place of the cluster's one controller: installed, or declared to exist. CEPH170 */
export function claimAddons(scope: IConstruct, what: Controller): void {
  const cluster = Cluster.of(scope);
  cluster.claim(scope, CONTROLLER, '', CEPH_ADDONS_RULES.CEPH170);
  cluster.join(CONTROLLER, what);
}

/** The cluster's controller; to be asked when the app is complete. */
export function addonsOf(scope: IConstruct): Controller | undefined {
  return Cluster.of(scope).members<Controller>(CONTROLLER)[0];
}

/** Notes what needs the CRDs and the controller. */
export function needAddons(scope: IConstruct): void {
  Cluster.of(scope).join(NEEDY, scope);
}

/** CEPH171, CEPH179 */
clusterChecks.push((objects, scope) => {
  const controller = addonsOf(scope);
  const theirs = objects.filter(object => GROUPS.includes(object.apiGroup) && !isOurs(object));
  if (!controller) {
    [...Cluster.of(scope).members<IConstruct>(NEEDY), ...theirs].forEach(needy => report(needy, CEPH_ADDONS_RULES.CEPH171));
  } else if (controller.schedulePrecedence === CsiAddonsSchedulePrecedence.STORAGE_CLASS) {
    objects.filter(object => ANNOTATED.includes(object.kind)).forEach(checkAnnotations);
  }
});

function checkAnnotations(object: ApiObject): void {
  const annotation = Object.keys(object.toJson().metadata?.annotations ?? {}).find(key => /^(reclaimspace|keyrotation)\.csiaddons\.openshift\.io\/(schedule|enable)$/.test(key));
  if (annotation !== undefined) {
    report(object, CEPH_ADDONS_RULES.CEPH179, { annotation });
  }
}
