import { Construct } from 'constructs';
import { SnapshotEngine } from './snapshot-engine';
import { fail } from '../../../findings/report';
import { isInDigits, Tier, TIER_NAMES } from '../../cron';
import { SnapshotRetention } from '../../snapshot-retention';
import { POLICY_RULES } from '../rules';
import { SnapshotPolicyProps } from '../snapshot-policy-props';

/** Something that a policy can say and SnapScheduler cannot do. */
export interface Loss {
  /** As the user wrote it. */
  readonly property: string;
  /** Whether the policy says it. */
  readonly said: (props: SnapshotPolicyProps) => boolean;
  readonly why: string;
  readonly instead: string;
}

/** `ok` where it can do all of it. */
type Row = 'ok' | readonly Loss[];

const UTC = ['Etc/UTC', 'UTC', 'Etc/UCT', 'UCT', 'Etc/Zulu', 'Zulu', 'Etc/Universal', 'Universal', 'Etc/GMT', 'GMT'];
/** Schedules of which one for each tier can be made: of once an hour, day, week or month. */
export const PRESETS: { readonly tier: Tier; readonly pattern: RegExp }[] = [
  { tier: 'hourly', pattern: /^(?<minute>\d+) \* \* \* \*$/ },
  { tier: 'daily', pattern: /^(?<minute>\d+) (?<hour>\d+) \* \* \*$/ },
  { tier: 'weekly', pattern: /^(?<minute>\d+) (?<hour>\d+) \* \* (?<weekday>\d+)$/ },
  { tier: 'monthly', pattern: /^(?<minute>\d+) (?<hour>\d+) (?<day>\d+) \* \*$/ },
];

const isSaid = (value: unknown) => value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

/** It can do nothing of a property. */
function none(property: keyof SnapshotPolicyProps, why: string, instead = `leave out ${property}`): Row {
  return [{ property, said: props => isSaid(props[property]), why, instead }];
}

function rule(property: keyof SnapshotRetention, why: string, instead = `leave out ${property}`): Loss {
  return { property: `retention.${property}`, said: ({ retention }) => isSaid(retention[property]) && retention[property] !== 0, why, instead };
}

const NO_RUNNER = 'its own operator does the work, and no pod is written here';
const selected = (property: string, key: 'claims' | 'ofStorageClass' | 'ofStatefulSet'): Loss => ({
  property: `claims: ClaimSelector.${property}`,
  said: ({ claims }) => claims[key] !== undefined,
  why: 'it selects claims by labels only',
  instead: "put a label on the claims: ClaimSelector.labels({ 'example.com/protected': 'true' })",
});
const seconds = (duration?: { toSeconds(): number }) => duration?.toSeconds();

/** What SnapScheduler 3.5 can do of each property; a property that is missing here does not compile. */
export const SNAP_SCHEDULER: Record<keyof SnapshotPolicyProps, Row> = {
  name: 'ok',
  namespace: 'ok',
  labels: 'ok',
  annotations: 'ok',
  engine: 'ok',
  suspend: [{
    property: 'suspend with retention.maxAge',
    said: ({ suspend, retention }) => suspend === true && retention.maxAge !== undefined,
    why: 'it takes no new ones, and goes on deleting the old ones by their age until none is left',
    instead: 'keep by numbers (last, daily…) while it is suspended',
  }],
  snapshotLabels: 'ok',
  snapshotClass: 'ok',
  namespaces: 'ok',
  schedule: [
    {
      property: 'schedule.timeZone',
      said: ({ schedule }) => !UTC.includes(schedule.timeZone),
      why: 'it reads schedules in UTC',
      instead: 'leave out timeZone, and give the hour in UTC',
    },
    {
      property: 'schedule',
      said: ({ schedule }) => !isInDigits(schedule.expression),
      why: 'it takes digits, lists of them, one range or one step in each field: no names of months or days, no question mark, no ranges in lists',
      instead: "write numbers: Schedule.cron('0 2 * * 1-5')",
    },
    {
      property: 'schedule',
      said: ({ schedule, retention }) => TIER_NAMES.some(tier => retention[tier]) && !PRESETS.some(({ pattern }) => pattern.test(schedule.expression)),
      why: 'it counts snapshots, not hours or days, so each rule needs a schedule of its own, which can be made of once an hour, day, week or month only',
      instead: 'use Schedule.hourly, daily, weekly or monthly; or keep by last and maxAge only',
    },
  ],
  claims: [selected('of', 'claims'), selected('storageClass', 'ofStorageClass'), selected('statefulSet', 'ofStatefulSet')],
  snapshotClasses: none('snapshotClasses', 'a SnapshotSchedule has one class', 'write a policy for each class, with labels on the claims'),
  groupSnapshotClass: none('groupSnapshotClass', 'it takes snapshots of single claims', 'use snapshotClass'),
  allNamespaces: none('allNamespaces', 'a SnapshotSchedule selects claims of its own namespace', "name them: namespaces: ['shop', 'billing']"),
  retention: [
    rule('within', 'it has no such rule', 'use last'),
    rule('minAge', 'it has no such rule'),
    rule('failedAfter', 'it does not look whether a snapshot failed'),
    {
      property: 'retention.minReady',
      said: ({ retention }) => retention.minReady !== 0,
      why: 'it deletes by number or age without looking whether a snapshot is ready, the last good one too (snapscheduler#688)',
      instead: 'say that you accept it: minReady: 0',
    },
    {
      property: 'retention.orphanedAfter',
      said: ({ retention }) => seconds(retention.orphanedAfter) !== seconds(retention.maxAge),
      why: 'it treats snapshots whose claim is gone as all others: deleted by age, or never',
      instead: 'set orphanedAfter and maxAge to the same, or neither',
    },
  ],
  hooks: none('hooks', 'it runs nothing in pods (snapscheduler#569)'),
  jitter: none('jitter', 'it begins on the minute'),
  readyTimeout: none('readyTimeout', 'it does not wait for a snapshot'),
  runTimeout: none('runTimeout', NO_RUNNER),
  maxParallel: none('maxParallel', 'it takes all snapshots at once'),
  maxPending: none('maxPending', 'it takes further snapshots whatever became of the ones before'),
  startingDeadline: none('startingDeadline', 'it has none (snapscheduler#42)'),
  surviveNamespaceDeletion: none('surviveNamespaceDeletion', 'it does not change contents (snapscheduler#107)', 'use a class with SnapshotDeletionPolicy.RETAIN, and delete old data by hand'),
  alerts: none('alerts', 'they look at a CronJob, and there is none', "alert on the operator's own metrics"),
  image: none('image', NO_RUNNER),
  imagePullSecrets: none('imagePullSecrets', NO_RUNNER),
  memoryLimit: none('memoryLimit', NO_RUNNER),
  nodeSelector: none('nodeSelector', NO_RUNNER),
  tolerations: none('tolerations', NO_RUNNER),
};

/** SNP037: what the engine would lose. */
export function refuseLoss(scope: Construct, engine: SnapshotEngine, props: SnapshotPolicyProps): void {
  const loss = Object.values(SNAP_SCHEDULER).flatMap(row => (row === 'ok' ? [] : row)).find(({ said }) => said(props));
  if (loss) {
    fail(scope, POLICY_RULES.SNP037, { engine: engine.name, property: loss.property, why: loss.why, instead: loss.instead });
  }
}
