import { Cron, Duration, Size } from 'cdk8s';
import { Cases, nowhere } from './case';
import {
  ClaimSelector, PersistentVolumeClaim, Schedule, SnapshotController, SnapshotDeletionPolicy, SnapshotEngine, SnapshotPolicyProps, SnapshotRetention, StorageClass,
  VolumeGroupSnapshotClass, VolumeSnapshotClass, Weekday,
} from '../../src';
import { claim, daily, driverOf, GROUPS, policy, policyChart } from '../snapshot/policies';
import { existingNfs, testChart } from '../support';

const LABELLED = ClaimSelector.labels({ app: 'shop' });
const HOURLY = Schedule.hourly();
const MINUTES = Schedule.cron('* * * * *');
const FREEZE = { freeze: 'fsfreeze -f /data', thaw: 'fsfreeze -u /data' };
const NFS = existingNfs({ capabilities: { snapshot: true } });
/** A class of which nothing but the name is known. */
const NAMED = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily');

const keeping = (retention: SnapshotRetention, schedule = Schedule.daily({ hour: 2 })) => () => policy({ retention, schedule });
const scheduled = (make: () => Schedule) => nowhere(() => policy({ schedule: make() }));
const selecting = (make: () => ClaimSelector) => nowhere(() => policy({ claims: make() }));
const hooked = (hook: any) => () => policy({ hooks: [hook] });
const wrong = (props: { [property in keyof SnapshotPolicyProps]?: unknown }) => () => policy(props as Partial<SnapshotPolicyProps>);

/** By SnapScheduler, which can do that much. */
const bySnapScheduler = (props: Partial<SnapshotPolicyProps> = {}) => () => policy({
  engine: SnapshotEngine.snapScheduler(), schedule: Schedule.daily({ hour: 2 }), claims: LABELLED, retention: { daily: 7, minReady: 0 }, ...props,
});

export const SNAPSHOT_POLICY_CASES: Cases = {
  SNP020: {
    trips: {
      'a schedule by its text': wrong({ schedule: '0 2 * * *' }),
      'no schedule': wrong({ schedule: undefined }),
      'an hour that no day has': scheduled(() => Schedule.daily({ hour: 24 })),
      'a day that not every month has': scheduled(() => Schedule.monthly({ day: 29, hour: 2 })),
      'no hour': scheduled(() => Schedule.weekly({ day: Weekday.MONDAY } as any)),
      'four fields': scheduled(() => Schedule.cron('0 2 * *')),
      'a step of nothing': scheduled(() => Schedule.cron('*/0 * * * *')),
      'a day that no year has': scheduled(() => Schedule.cron('0 0 30 2 *')),
      'a time zone in the expression': scheduled(() => Schedule.cron('TZ=Europe/Berlin 0 2 * * *')),
      'an interval': scheduled(() => Schedule.cron('@every 1h')),
      'a time zone that there is not': scheduled(() => Schedule.daily({ hour: 2, timeZone: 'Europe/Bonn' })),
      'a time zone by its abbreviation in small letters': scheduled(() => Schedule.hourly({ timeZone: 'utc' })),
      'no expression': scheduled(() => Schedule.fromCron(undefined as any)),
    },
    passes: {
      'each preset': () => {
        const chart = policyChart();
        const schedules = [Schedule.hourly({ minute: 30 }), Schedule.daily({ hour: 0 }), Schedule.weekly({ day: Weekday.SUNDAY, hour: 3 }), Schedule.monthly({ day: 28, hour: 2 })];
        schedules.forEach((schedule, index) => policy({ name: `p${index}`, schedule, retention: { last: 3 } }, chart));
        return chart;
      },
      'a Cron of cdk8s': () => policy({ schedule: Schedule.fromCron(Cron.daily()) }),
      'names of days': () => policy({ schedule: Schedule.cron('0 2 * * MON-FRI', { timeZone: 'Europe/Berlin' }) }),
    },
  },
  SNP021: {
    trips: {
      'no retention': wrong({ retention: undefined }),
      'a number': wrong({ retention: 7 }),
      'nothing at all': keeping({}),
      'nothing but zeros': keeping({ daily: 0, weekly: 0 }),
      'only minReady': keeping({ minReady: 3 }),
      'half a snapshot': keeping({ daily: 7.5 }),
      'fewer than none': keeping({ last: -1 }),
      'a number as a text': keeping({ daily: '7' as any }),
      'a negative minReady': keeping({ daily: 7, minReady: -1 }),
      'no time at all': keeping({ within: Duration.seconds(0) }),
      'a part of a second': keeping({ daily: 7, failedAfter: Duration.millis(1500) }),
      'a time by its number': keeping({ maxAge: 30 as any }),
      'a rule that is misspelt': keeping({ dayly: 7 } as any),
      'a rule that there is not': keeping({ forever: true } as any),
      'minAge beyond maxAge': keeping({ daily: 7, minAge: Duration.days(40), maxAge: Duration.days(30) }),
    },
    passes: {
      'one rule': keeping({ last: 1 }),
      'an age alone': keeping({ maxAge: Duration.days(30) }),
      'a zero beside a rule': keeping({ daily: 7, weekly: 0 }),
      'every rule': keeping({
        last: 3, hourly: 0, daily: 7, weekly: 4, monthly: 6, yearly: 2, within: Duration.days(3), maxAge: Duration.days(800), minAge: Duration.hours(1), minReady: 2,
        failedAfter: Duration.hours(6), orphanedAfter: Duration.days(90),
      }),
    },
  },
  SNP022: {
    trips: {
      'a claim for a selector': wrong({ claims: claim() }),
      'no selector': wrong({ claims: undefined }),
      'no claims': selecting(() => ClaimSelector.of()),
      'a claim by its name': selecting(() => ClaimSelector.of('data' as any)),
      'no labels': selecting(() => ClaimSelector.labels({})),
      'no class': selecting(() => ClaimSelector.storageClass(undefined as any)),
      'no templates': selecting(() => ClaimSelector.statefulSet('db', { templates: [] })),
      'half a replica': selecting(() => ClaimSelector.statefulSet('db', { replicas: 1.5 })),
    },
    passes: {
      'labels': () => policy({ claims: LABELLED }),
      'a class': () => policy({ claims: ClaimSelector.storageClass(StorageClass.fromStorageClassName('fast', { driver: driverOf() })) }),
      'a StatefulSet': () => policy({ claims: ClaimSelector.statefulSet('db', { templates: ['data'], replicas: 3 }) }),
      'all': () => policy({ claims: ClaimSelector.all() }),
    },
  },
  SNP023: {
    trips: {
      'hours of a daily schedule': keeping({ hourly: 24 }),
      'days of a weekly schedule': keeping({ daily: 7, weekly: 4 }, Schedule.weekly({ day: Weekday.MONDAY, hour: 2 })),
      'years of a schedule that comes every fourth': keeping({ yearly: 2 }, Schedule.cron('0 0 29 2 *')),
    },
    passes: {
      'hours of an hourly schedule': keeping({ hourly: 24, daily: 7 }, HOURLY),
      'months of a monthly schedule': keeping({ monthly: 12 }, Schedule.monthly({ hour: 2 })),
      'days of a schedule on most of them': keeping({ daily: 5 }, Schedule.cron('0 2 * * 1-5')),
    },
  },
  SNP024: {
    trips: {
      'days of a schedule on two of a month': keeping({ daily: 7 }, Schedule.cron('0 2 1,2 * *')),
      'hours of a schedule in two of a day': keeping({ hourly: 24 }, Schedule.cron('0 1,2 * * *')),
    },
    passes: {
      'one day': keeping({ daily: 1 }, Schedule.cron('0 2 1,2 * *')),
      'hours of a schedule by day': keeping({ hourly: 24 }, Schedule.cron('0 8-18 * * *')),
    },
  },
  SNP025: {
    trips: {
      'within an hour of a daily schedule': keeping({ daily: 7, within: Duration.hours(1) }),
      'within exactly the time between two, which a second of delay makes one': keeping({ within: Duration.hours(24) }),
      'an age below the time between two': keeping({ maxAge: Duration.hours(20) }),
    },
    passes: {
      'within more than the time between two': keeping({ within: Duration.hours(25) }),
      'an age of two': keeping({ maxAge: Duration.hours(48) }),
    },
  },
  SNP026: {
    trips: {
      'months beside an age of one': keeping({ daily: 7, monthly: 6, maxAge: Duration.days(30) }),
      'within beyond the age': keeping({ within: Duration.days(10), maxAge: Duration.days(5) }),
      'more than fit into the age': keeping({ last: 24, maxAge: Duration.days(5) }),
    },
    passes: {
      'months beside an age of half a year': keeping({ daily: 7, monthly: 6, maxAge: Duration.days(180) }),
      'one month beside an age of a week': keeping({ daily: 7, monthly: 1, maxAge: Duration.days(7) }),
    },
  },
  SNP027: {
    trips: {
      'waiting longer than the run may take': () => policy({ readyTimeout: Duration.hours(3) }),
      'jitter that leaves no time': () => policy({ jitter: Duration.hours(2) }),
      'hooks that leave no time': () => policy({ schedule: MINUTES, retention: { last: 5 }, hooks: [{ ...FREEZE, timeout: Duration.minutes(2) }] }),
    },
    passes: {
      'waiting long in a long run': () => policy({ readyTimeout: Duration.hours(3), runTimeout: Duration.hours(4) }),
      'every minute, with a hook': () => policy({ schedule: MINUTES, retention: { last: 5 }, hooks: [FREEZE] }),
    },
  },
  SNP028: {
    trips: {
      'a run beyond the next one': () => policy({ schedule: HOURLY, retention: { last: 5 }, runTimeout: Duration.hours(2) }),
    },
    passes: {
      'a run until the next one': () => policy({ schedule: HOURLY, retention: { last: 5 }, runTimeout: Duration.hours(1) }),
    },
  },
  SNP029: {
    trips: {
      'no class': () => policy({ snapshotClass: undefined }),
      'one class and several': () => policy({ snapshotClasses: [daily()] }),
      'a class and one of groups': () => policy({ groupSnapshotClass: GROUPS, claims: LABELLED }),
      'no classes': () => policy({ snapshotClass: undefined, snapshotClasses: [] }),
      'a class for a list': wrong({ snapshotClass: undefined, snapshotClasses: daily() }),
      'nothing among classes': () => policy({ snapshotClass: undefined, snapshotClasses: [undefined as any] }),
      'a class without a driver among several': () => policy({ snapshotClass: undefined, snapshotClasses: [NAMED] }),
      'two classes of one driver': () => policy({ snapshotClass: undefined, snapshotClasses: [daily(), daily(driverOf(), 'weekly')] }),
      'a claim of a driver without a class': () => policy({ snapshotClass: undefined, snapshotClasses: [daily(driverOf('other.example.com'))] }),
    },
    passes: {
      'a class of each driver': () => policy({
        snapshotClass: undefined, snapshotClasses: [daily(), daily(driverOf('other.example.com'), 'other')], claims: ClaimSelector.of(claim(), claim('files', 'shop', driverOf('other.example.com'))),
      }),
      'claims of which nothing is known': () => policy({ snapshotClass: undefined, snapshotClasses: [daily()], claims: LABELLED }),
    },
  },
  SNP030: {
    trips: {
      'a policy in no namespace': () => policy({ claims: LABELLED }, testChart()),
      'named namespaces and all': () => policy({ namespaces: ['shop'], allNamespaces: true }),
      'no namespaces': () => policy({ namespaces: [] }),
      'a claim elsewhere': () => policy({ claims: ClaimSelector.of(claim('data', 'billing')) }),
      'a claim in none of several': () => policy({ claims: ClaimSelector.of(claim('data', 'billing')), namespaces: ['shop', 'web'] }),
      'a claim of which the namespace is not known, where there are several': () => policy({ claims: ClaimSelector.of(PersistentVolumeClaim.fromClaimName('data')), namespaces: ['shop', 'web'] }),
    },
    passes: {
      'a claim in a namespace that is named': () => policy({ claims: ClaimSelector.of(claim('data', 'billing')), namespaces: ['billing'] }),
      'a claim anywhere': () => policy({ claims: ClaimSelector.of(claim('data', 'billing')), allNamespaces: true }),
      'a claim of which the namespace is not known': () => policy({ claims: ClaimSelector.of(PersistentVolumeClaim.fromClaimName('data')) }),
      'a chart without a namespace, and claims of one': () => {
        const chart = testChart();
        SnapshotController.existing(chart);
        return policy({}, chart);
      },
    },
  },
  SNP031: {
    trips: {
      'a class that retains': () => policy({ snapshotClass: daily(driverOf(), 'daily', SnapshotDeletionPolicy.RETAIN) }),
      'a class of ours that retains': () => {
        const chart = policyChart();
        return policy({ snapshotClass: new VolumeSnapshotClass(chart, 'Class', { name: 'daily', driver: driverOf(), deletionPolicy: SnapshotDeletionPolicy.RETAIN }) }, chart);
      },
      'a group class that retains': () => policy({
        snapshotClass: undefined, claims: LABELLED, groupSnapshotClass: VolumeGroupSnapshotClass.fromVolumeGroupSnapshotClassName('groups', { driver: driverOf(), deletionPolicy: SnapshotDeletionPolicy.RETAIN }),
      }),
    },
    passes: {
      'snapshots that survive their namespace': () => policy({ snapshotClass: daily(driverOf(), 'daily', SnapshotDeletionPolicy.RETAIN), surviveNamespaceDeletion: true }),
      'a class that deletes': () => policy(),
      'a class of which it is not known': () => policy({ snapshotClass: NAMED }),
    },
  },
  SNP032: {
    trips: {
      'a group of named claims': () => policy({ snapshotClass: undefined, groupSnapshotClass: GROUPS }),
      'a group of all claims': () => policy({ snapshotClass: undefined, groupSnapshotClass: GROUPS, claims: ClaimSelector.all() }),
      'a group that shall survive its namespace': () => policy({ snapshotClass: undefined, groupSnapshotClass: GROUPS, claims: LABELLED, surviveNamespaceDeletion: true }),
      'a group of a StatefulSet': () => policy({ snapshotClass: undefined, groupSnapshotClass: GROUPS, claims: ClaimSelector.statefulSet('db') }),
    },
    passes: {
      'a group by labels': () => policy({ snapshotClass: undefined, groupSnapshotClass: GROUPS, claims: LABELLED }),
    },
  },
  SNP033: {
    trips: {
      'an empty command': hooked({ freeze: ' ', thaw: 'true' }),
      'nothing to thaw': hooked({ freeze: 'sync' }),
      'a list of words': hooked({ freeze: ['sync'], thaw: 'true' }),
      'labels that are none': hooked({ ...FREEZE, podLabels: {} }),
    },
    passes: {
      commands: hooked({ freeze: 'sync', thaw: 'true' }),
      everything: hooked({ ...FREEZE, podLabels: { app: 'db' }, container: 'db', timeout: Duration.seconds(1), optional: true }),
    },
  },
  SNP034: {
    trips: {
      'fsfreeze on NFS': () => policy({ hooks: [FREEZE], claims: ClaimSelector.of(claim('data', 'shop', NFS)), snapshotClass: daily(NFS) }),
      'fsfreeze where only the class is known to be of NFS': () => policy({ hooks: [{ freeze: 'sync && /sbin/fsfreeze -f /data', thaw: 'true' }], claims: LABELLED, snapshotClass: daily(NFS) }),
    },
    passes: {
      'fsfreeze on a disk': () => policy({ hooks: [FREEZE] }),
      'another hook on NFS': () => policy({ hooks: [{ freeze: 'sync', thaw: 'true' }], claims: LABELLED, snapshotClass: daily(NFS) }),
      'fsfreeze on nobody knows what': () => policy({ hooks: [FREEZE], claims: LABELLED, snapshotClass: NAMED }),
    },
  },
  SNP035: {
    trips: {
      'a name that is too long': () => policy({ name: 'x'.repeat(43) }),
      'a flag as a text': wrong({ suspend: 'no' }),
      'nothing at a time': () => policy({ maxParallel: 0 }),
      'half a pending snapshot': () => policy({ maxPending: 0.5 }),
      'a time as a number': wrong({ readyTimeout: 60 }),
      'a time of nothing': () => policy({ readyTimeout: Duration.seconds(0) }),
      'a deadline that Kubernetes cannot hold': () => policy({ startingDeadline: Duration.seconds(5) }),
      'a deadline of too many runs': () => policy({ schedule: MINUTES, retention: { last: 5 }, startingDeadline: Duration.hours(2) }),
      'a hook without a list': wrong({ hooks: FREEZE }),
      'nothing for a hook': wrong({ hooks: [null] }),
      'a hook that ends at once': hooked({ ...FREEZE, timeout: Duration.millis(500) }),
      'a namespace without a list': wrong({ namespaces: 'shop' }),
      'a label that is a number': wrong({ snapshotLabels: { tier: 1 } }),
      'little memory': () => policy({ memoryLimit: Size.mebibytes(64) }),
      'an engine by its name': wrong({ engine: 'snapScheduler' }),
      'an alert with a label that Prometheus has': () => policy({ alerts: { alertLabels: { alertname: 'x' } } }),
      'slack as a text': wrong({ alerts: { slack: '1h' } }),
      'a history without times': () => {
        const built = policy();
        built.preview([{ name: 'x' } as any]);
        return built;
      },
    },
    passes: {
      'everything that there is': () => policy({
        name: 'x'.repeat(42), suspend: true, maxParallel: 100, maxPending: 1, jitter: Duration.minutes(5), readyTimeout: Duration.minutes(10), runTimeout: Duration.hours(1),
        startingDeadline: Duration.minutes(10), snapshotLabels: { 'example.com/tier': '1' }, image: 'mirror.example.com/node:22.1.0', imagePullSecrets: ['mirror'],
        memoryLimit: Size.gibibytes(1), nodeSelector: { pool: 'storage' }, tolerations: [{ key: 'storage', operator: 'Exists' }],
        alerts: { labels: { release: 'prometheus' }, alertLabels: { team: 'storage' }, slack: Duration.hours(2) }, engine: SnapshotEngine.embedded(),
      }),
      'null for what may be left out': wrong({ suspend: null, hooks: null, namespaces: null, alerts: null, readyTimeout: null, image: null, engine: null }),
    },
  },
  SNP036: {
    trips: {
      'two policies of one name': () => {
        const chart = policyChart();
        policy({}, chart);
        return policy({}, chart);
      },
      'one name, of which one looks everywhere': () => {
        const chart = policyChart();
        policy({ claims: LABELLED }, chart);
        return policy({ namespace: 'billing', allNamespaces: true, claims: LABELLED }, chart);
      },
      'one name in two namespaces that look at a third': () => {
        const chart = policyChart();
        policy({ namespaces: ['web'], claims: LABELLED }, chart);
        return policy({ namespace: 'billing', namespaces: ['web'], claims: LABELLED }, chart);
      },
    },
    passes: {
      'two policies of the same claims': () => {
        const chart = policyChart();
        policy({}, chart);
        return policy({ name: 'hourly', schedule: HOURLY, retention: { hourly: 24 } }, chart);
      },
      'one name in two namespaces, for the claims of each': () => {
        const chart = policyChart();
        policy({ claims: LABELLED }, chart);
        return policy({ namespace: 'billing', claims: LABELLED, surviveNamespaceDeletion: true }, chart);
      },
    },
  },
  SNP037: {
    trips: {
      'SnapScheduler in a time zone': bySnapScheduler({ schedule: Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' }) }),
      'SnapScheduler with names of days': bySnapScheduler({ schedule: Schedule.cron('0 2 * * MON-FRI'), retention: { last: 7, minReady: 0 } }),
      'SnapScheduler with ranges in a list': bySnapScheduler({ schedule: Schedule.cron('0 8-12,20 * * *'), retention: { last: 7, minReady: 0 } }),
      'SnapScheduler with days of any schedule': bySnapScheduler({ schedule: Schedule.cron('0 2 * * 1-5') }),
      'SnapScheduler with claims by name': bySnapScheduler({ claims: ClaimSelector.of(claim()) }),
      'SnapScheduler with a StatefulSet': bySnapScheduler({ claims: ClaimSelector.statefulSet('db') }),
      'SnapScheduler with a class of claims': bySnapScheduler({ claims: ClaimSelector.storageClass(StorageClass.fromStorageClassName('fast', { driver: driverOf() })) }),
      'SnapScheduler with classes': bySnapScheduler({ snapshotClass: undefined, snapshotClasses: [daily()] }),
      'SnapScheduler with groups': bySnapScheduler({ snapshotClass: undefined, groupSnapshotClass: GROUPS }),
      'SnapScheduler in all namespaces': bySnapScheduler({ allNamespaces: true }),
      'SnapScheduler with the last good one kept': bySnapScheduler({ retention: { daily: 7 } }),
      'SnapScheduler with within': bySnapScheduler({ retention: { daily: 7, within: Duration.days(3), minReady: 0 } }),
      'SnapScheduler with minAge': bySnapScheduler({ retention: { daily: 7, minAge: Duration.days(3), minReady: 0 } }),
      'SnapScheduler with failedAfter': bySnapScheduler({ retention: { daily: 7, failedAfter: Duration.days(3), minReady: 0 } }),
      'SnapScheduler with orphans that are kept': bySnapScheduler({ retention: { daily: 7, maxAge: Duration.days(30), minReady: 0 } }),
      'SnapScheduler that is suspended, and deletes by age': bySnapScheduler({ suspend: true, retention: { maxAge: Duration.days(30), orphanedAfter: Duration.days(30), minReady: 0 } }),
      'SnapScheduler with hooks': bySnapScheduler({ hooks: [FREEZE] }),
      'SnapScheduler with jitter': bySnapScheduler({ jitter: Duration.minutes(1) }),
      'SnapScheduler with a time to wait': bySnapScheduler({ readyTimeout: Duration.minutes(1) }),
      'SnapScheduler with a time to run': bySnapScheduler({ runTimeout: Duration.minutes(1) }),
      'SnapScheduler with a number at a time': bySnapScheduler({ maxParallel: 1 }),
      'SnapScheduler with a number of pending ones': bySnapScheduler({ maxPending: 1 }),
      'SnapScheduler with a deadline': bySnapScheduler({ startingDeadline: Duration.minutes(1) }),
      'SnapScheduler and namespaces that are deleted': bySnapScheduler({ surviveNamespaceDeletion: true }),
      'SnapScheduler with alerts': bySnapScheduler({ alerts: {} }),
      'SnapScheduler with an image': bySnapScheduler({ image: 'node:22.1.0' }),
      'a preview of SnapScheduler': () => {
        const built = bySnapScheduler()();
        built.preview([]);
        return built;
      },
    },
    passes: {
      'SnapScheduler with days': bySnapScheduler(),
      'SnapScheduler with what it can do': bySnapScheduler({
        schedule: Schedule.hourly(), retention: { last: 3, hourly: 24, daily: 7, weekly: 4, monthly: 6, yearly: 1, minReady: 0 }, namespaces: ['shop', 'web'], suspend: true,
        snapshotLabels: { tier: 'one' }, claims: ClaimSelector.all(), allNamespaces: false, hooks: [],
      }),
      'SnapScheduler with any schedule, by number': bySnapScheduler({ schedule: Schedule.cron('*/10 8-18 * * 1-5'), retention: { last: 7, minReady: 0 } }),
    },
  },
  SNP038: {
    trips: {
      'nothing left by age': keeping({ daily: 7, maxAge: Duration.days(14), minReady: 0 }),
      'nothing left by SnapScheduler': bySnapScheduler({ retention: { maxAge: Duration.days(14), orphanedAfter: Duration.days(14), minReady: 0 } }),
    },
    passes: {
      'the last one left': keeping({ daily: 7, maxAge: Duration.days(14) }),
      'no age': keeping({ daily: 7, minReady: 0 }),
    },
  },
  SNP039: {
    trips: {
      'who manages it': () => policy({ snapshotLabels: { 'app.kubernetes.io/managed-by': 'me' } }),
      'a hold for ever': () => policy({ snapshotLabels: { 'cdk8s-storage/hold': 'true' } }),
    },
    passes: {
      'a label of a team': () => policy({ snapshotLabels: { 'example.com/team': 'storage' } }),
    },
  },
};
