import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { driverOf, isStatic } from './claims';
import { classSchedule, joinClaim, STATE } from './class-schedules';
import { checkReclaims, checkRotates } from './encryption-checks';
import { KEY_ROTATION, ScheduleKind } from './kinds';
import { scheduleText } from './schedule-text';
import { VolumeScheduleProps } from './volume-schedule-props';
import { checkAtSynth, fail, report, unchecked } from '../../../findings/report';
import { emit } from '../../../manifest/emit';
import { all, ANY, checkShape, DURATION, FLAG, spelled, TEXT } from '../../../manifest/shapes';
import { Cluster } from '../../../platform/cluster';
import { checkHandedOver } from '../../../volume/checks';
import { VolumeMode } from '../../../volume/modes';
import { parametersOf } from '../../../volume/written-classes';
import { checkAble } from '../able';
import { CsiAddonsSchedulePrecedence } from '../controller/csi-addons-schedule-precedence';
import { addonsOf, needAddons } from '../controller/presence';
import { CEPH_ADDONS_RULES } from '../rules';
import { count, malformed, seconds } from '../values';

const PROPS = spelled({
  ...all(ANY, 'claim', 'schedule', 'labels', 'annotations', 'backoffLimit', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'),
  ...all(TEXT, 'name', 'namespace'),
  ...all(DURATION, 'startingDeadline', 'timeout', 'retryDeadline'),
  suspend: FLAG,
});

/** The name of a job is that of its schedule and a time in seconds. */
const NAME_LENGTH = 253 - 11;

/** The controller keeps the objects of classes by these names, and deletes what it finds there; what has this it leaves alone. */
const UNMANAGED = { [STATE]: 'unmanaged' };

/** Writes the schedule of one claim. CEPH172 to CEPH177, CEPH180, CEPH181 */
export function volumeSchedule(scope: Construct, kind: ScheduleKind, props: VolumeScheduleProps): ApiObject {
  checkShape(scope, 'the schedule', props, PROPS, CEPH_ADDONS_RULES.CEPH174);
  const { claim, suspend } = props;
  checkHandedOver(scope, 'the claim', claim, 'claimName', 'PersistentVolumeClaim.fromClaimName');
  if (!claim) {
    malformed(scope, 'the claim', claim, 'a PersistentVolumeClaim', "claim, or claim: PersistentVolumeClaim.fromClaimName('data', { storageClass })");
  }
  Cluster.requireSame(scope, claim, `PersistentVolumeClaim.fromClaimName('${claim.claimName}')`);
  needAddons(scope);
  checkAble(scope, driverOf(claim), kind.feature, `the driver of the claim '${claim.claimName}': PersistentVolumeClaim.fromClaimName('${claim.claimName}', { storageClass })`);
  checkVolume(scope, kind, props);
  const name = props.name ?? `${claim.claimName}-${kind.suffix}`;
  if (name.length > NAME_LENGTH) {
    malformed(scope, 'the name', name, `of at most ${NAME_LENGTH} characters, as its jobs are called after it`, "give it another one: name: 'reclaim'");
  }
  const startingDeadlineSeconds = seconds(scope, 'startingDeadline', props.startingDeadline, 1, 7 * 24 * 60 * 60);
  const schedule = scheduleText(scope, 'schedule', props.schedule, startingDeadlineSeconds === undefined ? undefined : startingDeadlineSeconds / 60);
  const object = emit(scope, 'Resource', kind.manifest({
    metadata: { name, namespace: props.namespace ?? claim.namespace, annotations: UNMANAGED },
    spec: {
      schedule,
      suspend,
      startingDeadlineSeconds,
      successfulJobsHistoryLimit: count(scope, 'successfulJobsHistoryLimit', props.successfulJobsHistoryLimit, 0, 60),
      failedJobsHistoryLimit: count(scope, 'failedJobsHistoryLimit', props.failedJobsHistoryLimit, 0, 60),
      jobTemplate: {
        spec: {
          target: { persistentVolumeClaim: claim.claimName },
          timeout: seconds(scope, 'timeout', props.timeout, 60, 24 * 60 * 60),
          backOffLimit: count(scope, 'backoffLimit', props.backoffLimit, 1, 60),
          retryDeadlineSeconds: seconds(scope, 'retryDeadline', props.retryDeadline, 1, 30 * 60),
        },
      },
    },
  }), props);
  checkOnce(scope, kind, props, object);
  return object;
}

/** CEPH175, CEPH180, CEPH181 */
function checkVolume(scope: Construct, kind: ScheduleKind, { claim }: VolumeScheduleProps): void {
  if (isStatic(claim)) {
    fail(scope, CEPH_ADDONS_RULES.CEPH175);
  }
  const parameters = parametersOf(claim.storageClass);
  if (kind === KEY_ROTATION && !parameters) {
    checkAtSynth(scope, () => unchecked(scope, CEPH_ADDONS_RULES.CEPH180, `how the volume of the claim '${claim.claimName}' is encrypted: its class is written elsewhere`));
  } else if (kind === KEY_ROTATION) {
    checkRotates(scope, parameters!);
  } else {
    checkReclaims(scope, parameters ?? {}, { isBlock: claim.dataSourceVolumeMode === VolumeMode.BLOCK });
  }
}

/** CEPH177 */
function checkOnce(scope: Construct, kind: ScheduleKind, { claim }: VolumeScheduleProps, object: ApiObject): void {
  const usual = `${claim.claimName}-${kind.suffix}`;
  const first = joinClaim(scope, kind, `${object.metadata.namespace ?? 'default'}/${claim.claimName}`);
  if (first) {
    fail(scope, CEPH_ADDONS_RULES.CEPH177, { claim: claim.claimName, first: first.node.path, expected: 'keep one of them' });
  }
  if (classSchedule(claim.storageClass, kind)) {
    const facts = { claim: claim.claimName, first: `${kind.property} of its class '${claim.storageClass!.storageClassName}'` };
    checkAtSynth(scope, () => {
      if (addonsOf(scope)?.schedulePrecedence === CsiAddonsSchedulePrecedence.CLAIM) {
        report(scope, CEPH_ADDONS_RULES.CEPH177, { ...facts, expected: 'keep one of them, or schedulePrecedence: CsiAddonsSchedulePrecedence.STORAGE_CLASS of the CsiAddonsController, with which this one takes the place of that of the class' });
      } else if (object.name !== usual) {
        report(scope, CEPH_ADDONS_RULES.CEPH177, { ...facts, expected: `leave name out: by its usual name, '${usual}', it takes the place of that of the class` });
      }
    });
  }
}
