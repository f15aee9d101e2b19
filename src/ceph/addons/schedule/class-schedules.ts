import { Construct, IConstruct } from 'constructs';
import { checkReclaims, checkRotates } from './encryption-checks';
import { KEY_ROTATION, RECLAIM_SPACE, ScheduleKind } from './kinds';
import { scheduleText } from './schedule-text';
import { ICsiDriver } from '../../../csi/i-csi-driver';
import { checkAtSynth, report, unchecked } from '../../../findings/report';
import { Cluster } from '../../../platform/cluster';
import { clusterChecks } from '../../../platform/cluster-checks';
import { Schedule } from '../../../snapshot/schedule';
import { checkAble } from '../able';
import { ADDONS_GROUP } from '../controller/controller-grants';
import { CsiAddonsSchedulePrecedence } from '../controller/csi-addons-schedule-precedence';
import { addonsOf, needAddons } from '../controller/presence';
import { CEPH_ADDONS_RULES } from '../rules';

/** The schedules that a class has for all its volumes. */
interface ClassSchedules {
  readonly reclaimSpace?: Schedule;
  readonly keyRotation?: Schedule;
}

/** What their objects are called after the claim. */
const KINDS: Readonly<Record<string, string | undefined>> = { ReclaimSpaceCronJob: RECLAIM_SPACE.suffix, EncryptionKeyRotationCronJob: KEY_ROTATION.suffix };

/** What has another state than `managed` the controller leaves alone. */
export const STATE = 'csiaddons.openshift.io/state';

const schedules = new WeakMap<object, readonly ScheduleKind[]>();

/** Whether a class that is written here has such a schedule. */
export function classSchedule(storageClass: object | undefined, kind: ScheduleKind): boolean {
  return storageClass !== undefined && (schedules.get(storageClass)?.includes(kind) ?? false);
}

/** CEPH192, CEPH193, for schedules that the user wrote. */
clusterChecks.push((objects, cluster) => {
  for (const object of objects.filter(({ apiGroup, kind }) => apiGroup === ADDONS_GROUP && KINDS[kind] !== undefined)) {
    const { metadata, spec } = object.toJson();
    if (spec?.concurrencyPolicy === 'Replace') {
      report(object, CEPH_ADDONS_RULES.CEPH192);
    }
    const isUsual = object.name === `${spec?.jobTemplate?.spec?.target?.persistentVolumeClaim}-${KINDS[object.kind]}`;
    if (isUsual && (metadata?.annotations?.[STATE] ?? 'managed') === 'managed' && addonsOf(cluster)?.schedulePrecedence !== CsiAddonsSchedulePrecedence.CLAIM) {
      report(object, CEPH_ADDONS_RULES.CEPH193, { name: object.name });
    }
  }
});

/** The annotations of a class with schedules. CEPH172 to CEPH174, CEPH176, CEPH178, CEPH180, CEPH181 */
export function classAnnotations(scope: Construct, driver: ICsiDriver, given: ClassSchedules, parameters: Readonly<Record<string, string>>): Record<string, string> {
  const kinds = kindsOf(given);
  kinds.forEach(kind => checkAble(scope, driver, kind.feature, 'the driver of the class'));
  if (kinds.length > 0) {
    needAddons(scope);
    checkAtSynth(scope, () => checkPrecedence(scope));
  }
  if (kinds.includes(KEY_ROTATION)) {
    checkRotates(scope, parameters);
  }
  if (kinds.includes(RECLAIM_SPACE)) {
    checkReclaims(scope, parameters);
  }
  return Object.fromEntries(kinds.map(kind => [kind.annotation, scheduleText(scope, kind.property, given[kind.property]!)]));
}

export function kindsOf(given: ClassSchedules): ScheduleKind[] {
  return [RECLAIM_SPACE, KEY_ROTATION].filter(kind => given[kind.property] !== undefined && given[kind.property] !== null);
}

/** Notes that a class has schedules. */
export function noteSchedules(storageClass: object, given: ClassSchedules): void {
  schedules.set(storageClass, kindsOf(given));
}

/** CEPH178 */
function checkPrecedence(scope: IConstruct): void {
  const controller = addonsOf(scope);
  if (controller && controller.schedulePrecedence === undefined) {
    unchecked(scope, CEPH_ADDONS_RULES.CEPH178, 'schedulePrecedence of the csi-addons controller that is there: CsiAddonsController.existing(scope, { schedulePrecedence })');
  } else if (controller?.schedulePrecedence === CsiAddonsSchedulePrecedence.CLAIM) {
    report(scope, CEPH_ADDONS_RULES.CEPH178);
  }
}

interface Claimed {
  readonly scope: IConstruct;
  readonly kind: ScheduleKind;
  readonly claim: string;
}

const CLAIMED = 'claims with schedules of csi-addons';

/** Notes the schedule of a claim; gives the first one of the same kind, if there is one. */
export function joinClaim(scope: IConstruct, kind: ScheduleKind, claim: string): IConstruct | undefined {
  const cluster = Cluster.of(scope);
  const first = cluster.members<Claimed>(CLAIMED).find(each => each.kind === kind && each.claim === claim);
  cluster.join(CLAIMED, { scope, kind, claim });
  return first?.scope;
}
