import { expressionOf, tiersOf } from './velero-schedules';
import { VolumeMode } from '../../volume/modes';
import { PersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { ClaimSelector } from '../claim-selector';
import { isInDigits, spaced } from '../cron';
import { Schedule } from '../schedule';
import { SnapshotRetention } from '../snapshot-retention';

/** What a policy asks for, as far as not every engine can do it. */
export interface Asked {
  readonly schedule: Schedule;
  readonly claims: ClaimSelector;
  readonly retention: SnapshotRetention;
}

export type EngineName = 'VolSync' | 'Velero';

/** How an engine expresses something; or why it cannot, and what to write instead. */
type Answer = { readonly by: string } | { readonly why: string; readonly instead: string };

/** One thing that a policy may ask for. */
export interface Property extends Record<EngineName, Answer> {
  /** As it is written. */
  readonly property: string;
  readonly asked: (policy: Asked) => boolean;
}

const UTC = ['Etc/UTC', 'UTC'];

const IN_UTC = 'give the time in UTC and leave out timeZone; where it has to follow the clock of a place, SnapshotPolicy does';
const NO_STATE = 'It does not look at the state of what it has, only at numbers or ages.';
const NO_NAMES = 'It writes an object for each claim, so it has to know their names.';
const NAMED = "ClaimSelector.of(claim), or ClaimSelector.statefulSet('db', { templates: ['data'], replicas: 3 })";
const NO_GUARD = 'Velero deletes each backup when its time is over, whatever else there is.';
const LABELLED = "label the claims, then ClaimSelector.labels({ app: 'shop' })";
const ALERTED = 'leave it out; alerts: {} warns before the last good backup is deleted';

/** What each engine can express. It is also the table in docs/backup.md. */
export const PROPERTIES: readonly Property[] = [
  {
    property: 'schedule with a time zone other than UTC',
    asked: ({ schedule }) => !UTC.includes(schedule.timeZone),
    VolSync: { why: 'Its controller reads every schedule in UTC.', instead: IN_UTC },
    Velero: { why: 'CRON_TZ is documented, but its images up to 1.18 do not know the zones (velero#9519), and no backup would be made.', instead: IN_UTC },
  },
  {
    property: 'schedule with names, or with ranges or steps in a list',
    asked: ({ schedule }) => !isInDigits(spaced(schedule.expression)),
    VolSync: { why: 'Its CRD takes numbers in each field, as a list, one range or one step, or @hourly, @daily, @weekly, @monthly, @yearly.', instead: "write it so: Schedule.cron('30 2 * * 1-5')" },
    Velero: { by: '`schedule`' },
  },
  {
    property: 'tiers on a schedule that is not hourly, daily, weekly or monthly',
    asked: ({ schedule, retention }) => tiersOf(retention).some(tier => expressionOf(schedule.expression, tier) === undefined),
    VolSync: { by: '`retain`' },
    Velero: {
      why: 'It needs a Schedule for each tier, and which run is the one of a day, week, month or year does not follow from this schedule.',
      instead: 'Schedule.hourly or Schedule.daily, from which all coarser tiers follow (Schedule.monthly: monthly and yearly, Schedule.weekly: weekly); or retention: { maxAge } alone, with any schedule',
    },
  },
  {
    property: 'ClaimSelector.of: claims of this app',
    asked: () => false,
    VolSync: { by: '`sourcePVC`, one object each' },
    Velero: { by: 'a label `cdk8s-storage/backup-<name>` on each claim' },
  },
  {
    property: 'ClaimSelector.of: claims that are there already',
    asked: ({ claims }) => claims.claims?.some(claim => !(claim instanceof PersistentVolumeClaim)) ?? false,
    VolSync: { by: '`sourcePVC`, one object each' },
    Velero: { why: 'It selects by labels, not by names, and a claim that is written elsewhere gets none here.', instead: `${LABELLED}, with namespaces: […]` },
  },
  {
    property: 'ClaimSelector.labels',
    asked: ({ claims }) => claims.matchLabels !== undefined,
    VolSync: { why: NO_NAMES, instead: NAMED },
    Velero: { by: '`labelSelector`' },
  },
  {
    property: 'ClaimSelector.storageClass',
    asked: ({ claims }) => claims.ofStorageClass !== undefined,
    VolSync: { why: NO_NAMES, instead: NAMED },
    Velero: { why: 'It selects by labels.', instead: LABELLED },
  },
  {
    property: 'ClaimSelector.statefulSet with templates and replicas',
    asked: ({ claims }) => claims.ofStatefulSet !== undefined && claims.templates !== undefined && claims.replicas !== undefined,
    VolSync: { by: '`sourcePVC`, one object each' },
    Velero: { why: 'It selects by labels.', instead: "ClaimSelector.labels with those of the StatefulSet's spec.selector: Kubernetes puts them on the claims that it makes" },
  },
  {
    property: 'ClaimSelector.statefulSet without templates or replicas',
    asked: ({ claims }) => claims.ofStatefulSet !== undefined && (claims.templates === undefined || claims.replicas === undefined),
    VolSync: { why: NO_NAMES, instead: NAMED },
    Velero: { why: 'It selects by labels.', instead: "ClaimSelector.labels with those of the StatefulSet's spec.selector: Kubernetes puts them on the claims that it makes" },
  },
  {
    property: 'ClaimSelector.all',
    asked: ({ claims }) => [claims.claims, claims.matchLabels, claims.ofStorageClass, claims.ofStatefulSet].every(part => part === undefined),
    VolSync: { why: NO_NAMES, instead: NAMED },
    Velero: { by: '`includedNamespaces`' },
  },
  {
    property: 'claims with volumeMode Block',
    asked: ({ claims }) => claims.claims?.some(claim => claim.dataSourceVolumeMode === VolumeMode.BLOCK) ?? false,
    VolSync: { why: 'restic copies files.', instead: 'BackupEngine.velero, which moves devices as well' },
    Velero: { by: 'its data mover' },
  },
  {
    property: 'retention.last',
    asked: ({ retention }) => (retention.last ?? 0) > 0,
    VolSync: { by: '`retain.last`' },
    Velero: { why: 'It knows the age of a backup, not how many there are.', instead: 'hourly, daily, weekly, monthly or yearly, or maxAge' },
  },
  {
    property: 'retention.hourly, daily, weekly, monthly, yearly',
    asked: () => false,
    VolSync: { by: '`retain`' },
    Velero: { by: 'a Schedule each, with a `ttl` of one period more' },
  },
  {
    property: 'retention.within',
    asked: ({ retention }) => retention.within !== undefined && retention.within !== null,
    VolSync: { by: '`retain.within`' },
    Velero: { why: 'It counts the age of a backup from now, not from the newest one, so nothing is left when backups fail for that long.', instead: 'maxAge, with alerts' },
  },
  {
    property: 'retention.maxAge',
    asked: ({ retention }) => retention.maxAge !== undefined && retention.maxAge !== null,
    VolSync: { why: 'restic forgets by numbers and by the age in relation to the newest backup.', instead: 'within, or fewer of the coarsest tier' },
    Velero: { by: '`ttl`' },
  },
  {
    property: 'retention.minAge',
    asked: ({ retention }) => retention.minAge !== undefined && retention.minAge !== null,
    VolSync: { why: 'restic has no such guard.', instead: 'within, which keeps all of that time' },
    Velero: { why: NO_GUARD, instead: ALERTED },
  },
  {
    property: 'retention.minReady',
    asked: ({ retention }) => retention.minReady !== undefined && retention.minReady !== null,
    VolSync: { why: 'restic counts only backups that are complete, and has no other guard.', instead: 'last, which keeps so many of the newest' },
    Velero: { why: NO_GUARD, instead: ALERTED },
  },
  {
    property: 'retention.failedAfter',
    asked: ({ retention }) => retention.failedAfter !== undefined && retention.failedAfter !== null,
    VolSync: { why: 'A backup that fails leaves nothing in the repository to be counted.', instead: 'leave it out' },
    Velero: { why: `${NO_STATE} A failed backup is deleted with the others of its Schedule.`, instead: 'leave it out' },
  },
  {
    property: 'retention.orphanedAfter',
    asked: ({ retention }) => retention.orphanedAfter !== undefined && retention.orphanedAfter !== null,
    VolSync: { why: 'Nothing is forgotten of a claim that is no longer backed up.', instead: 'leave it out, and delete the repository when it is no longer wanted' },
    Velero: { why: `${NO_STATE} The last backup of a claim that is gone is deleted when its time is over.`, instead: 'leave it out' },
  },
  { property: 'suspend', asked: () => false, VolSync: { by: '`paused`' }, Velero: { by: '`paused`' } },
];

/** What an engine cannot do of what is asked for. */
export function inexpressible(engine: EngineName, policy: Asked): { readonly property: string; readonly why: string; readonly instead: string }[] {
  return PROPERTIES.flatMap(row => {
    const answer = row[engine];
    return 'why' in answer && row.asked(policy) ? [{ property: row.property, why: answer.why, instead: answer.instead }] : [];
  });
}

/** The table as Markdown. */
export function expressibleTable(): string {
  const cell = (answer: Answer) => ('by' in answer ? answer.by : `no: ${answer.instead}`);
  return ['| asked for | VolSync | Velero |', '| --- | --- | --- |', ...PROPERTIES.map(row => `| ${row.property} | ${cell(row.VolSync)} | ${cell(row.Velero)} |`)].join('\n');
}
