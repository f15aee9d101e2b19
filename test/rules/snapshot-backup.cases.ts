import { Chart, Duration, Size } from 'cdk8s';
import { Cases } from './case';
import {
  BackupEngine, BackupPolicy, BackupPolicyProps, ClaimSelector, CopyMethod, CsiCapabilities, CsiDriver, ExistingClaimOptions, Namespace, PersistentVolumeClaim, PodVolume, Schedule,
  SnapshotController, StorageClass, VeleroOptions, VolSyncDirectRestore, VolSyncOptions, VolSyncRestore, VolSyncRestoreProps, VolumeMode, VolumeSnapshotClass,
} from '../../src';
import { deployment, object, testChart } from '../support';

const ABLE: CsiCapabilities = { snapshot: true, clone: true };
const driverOf = (capabilities: CsiCapabilities | undefined = ABLE, name = 'csi.example.com') => CsiDriver.fromDriverName(name, { capabilities });
const classOf = (capabilities?: CsiCapabilities) => StorageClass.fromStorageClassName('fast', { driver: driverOf(capabilities) });
const snapshotClass = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: driverOf() });

function shop(): Chart {
  const chart = testChart({}, { namespace: 'shop' });
  SnapshotController.existing(chart);
  return chart;
}

const there = (name = 'orders', options: ExistingClaimOptions = {}) => PersistentVolumeClaim.fromClaimName(name, { namespace: 'shop', storageClass: classOf(), ...options });
const ours = (chart: Chart, name = 'orders') => new PersistentVolumeClaim(chart, `Claim-${name}`, { name, storageClass: classOf(), size: Size.gibibytes(20) });

function policy(props: Partial<BackupPolicyProps>, chart = shop()): BackupPolicy {
  return new BackupPolicy(chart, `Policy-${chart.node.children.length}`, {
    name: 'offsite', schedule: Schedule.daily({ hour: 3 }), retention: { daily: 7, weekly: 4 }, engine: BackupEngine.volSync({ repository: 'restic', snapshotClass }), ...props,
    claims: props.claims ?? ClaimSelector.of(ours(chart)),
  });
}

/** By VolSync, of a claim that is there already. */
const volSync = (props: Partial<BackupPolicyProps> = {}, options: VolSyncOptions = {}, chart = shop()) => policy({
  claims: ClaimSelector.of(there()), engine: BackupEngine.volSync({ repository: 'restic-${pvc.name}', snapshotClass, ...options }), ...props,
}, chart);

/** By Velero, of a claim of this app. */
const velero = (props: Partial<BackupPolicyProps> = {}, options: VeleroOptions = {}, chart = shop()) => policy({
  engine: BackupEngine.velero({ snapshotClasses: [snapshotClass], ...options }), ...props,
}, chart);

const ofStatefulSet = ClaimSelector.statefulSet('db', { templates: ['data'], replicas: 3 });
const weekdays = Schedule.cron('0 3 * * 1-5');

/** By Velero, with classes of the driver that are written here. */
function withClasses(options: VeleroOptions, ...labels: (string | undefined)[]): BackupPolicy {
  const chart = shop();
  labels.forEach((label, index) => new VolumeSnapshotClass(chart, `Class-${index}`, {
    name: `class-${index}`, driver: driverOf(), labels: label === 'marked' ? { 'velero.io/csi-volumesnapshot-class': 'true' } : undefined, isDefault: label === 'default',
  }));
  return policy({ engine: BackupEngine.velero(options) }, chart);
}

function restore(props: Partial<VolSyncRestoreProps> = {}, chart = shop()): VolSyncRestore {
  return new VolSyncRestore(chart, 'Restore', {
    name: 'orders', repository: 'restic-orders', capacity: Size.gibibytes(20), storageClass: classOf(), snapshotClass, populatorInstalled: true, ...props,
  });
}

export const SNAPSHOT_BACKUP_CASES: Cases = {
  SNP050: {
    trips: {
      'a time zone for VolSync': () => volSync({ schedule: Schedule.daily({ hour: 3, timeZone: 'Asia/Shanghai' }) }),
      'a time zone for Velero': () => velero({ schedule: Schedule.daily({ hour: 3, timeZone: 'Europe/Berlin' }) }),
      'names of days for VolSync': () => volSync({ schedule: Schedule.cron('0 3 * * MON-FRI') }),
      'a list with a range for VolSync': () => volSync({ schedule: Schedule.cron('0 3 * * 1-3,5') }),
      'tiers on working days for Velero': () => velero({ schedule: weekdays }),
      'months of a weekly schedule for Velero': () => velero({ schedule: Schedule.cron('0 3 * * 0'), retention: { monthly: 6 } }),
      'claims that are there already for Velero': () => velero({ claims: ClaimSelector.of(there()) }),
      'claims by their labels for VolSync': () => volSync({ claims: ClaimSelector.labels({ app: 'shop' }) }),
      'claims of a class for VolSync': () => volSync({ claims: ClaimSelector.storageClass(classOf()) }),
      'claims of a class for Velero': () => velero({ claims: ClaimSelector.storageClass(classOf()) }),
      'claims of a StatefulSet for Velero': () => velero({ claims: ofStatefulSet }),
      'claims of a StatefulSet of any size for VolSync': () => volSync({ claims: ClaimSelector.statefulSet('db', { templates: ['data'] }) }),
      'all claims for VolSync': () => volSync({ claims: ClaimSelector.all() }),
      'a device for VolSync': () => volSync({ claims: ClaimSelector.of(there('disk', { volumeMode: VolumeMode.BLOCK })) }),
      'a number of backups for Velero': () => velero({ retention: { last: 5 } }),
      'a time before the newest for Velero': () => velero({ retention: { daily: 7, within: Duration.days(2) } }),
      'an age for VolSync': () => volSync({ retention: { daily: 7, maxAge: Duration.days(30) } }),
      'the last good one for VolSync': () => volSync({ retention: { daily: 7, minReady: 1 } }),
      'the last good one for Velero': () => velero({ retention: { daily: 7, minReady: 1 } }),
      'a least age for VolSync': () => volSync({ retention: { daily: 7, minAge: Duration.days(1) } }),
      'a time for failed ones for Velero': () => velero({ retention: { daily: 7, failedAfter: Duration.days(1) } }),
      'a time for what is left of a claim for VolSync': () => volSync({ retention: { daily: 7, orphanedAfter: Duration.days(90) } }),
    },
    passes: {
      'UTC by its other name': () => volSync({ schedule: Schedule.daily({ hour: 3, timeZone: 'UTC' }) }),
      'working days in numbers for VolSync': () => volSync({ schedule: weekdays }),
      'a macro for VolSync': () => volSync({ schedule: Schedule.cron('@daily') }),
      'working days and an age for Velero': () => velero({ schedule: weekdays, retention: { maxAge: Duration.days(30) } }),
      'claims of a StatefulSet for VolSync': () => volSync({ claims: ofStatefulSet }),
      'a number and a time for VolSync': () => volSync({ retention: { last: 5, within: Duration.days(2) } }),
      'tiers and an age for Velero': () => velero({ retention: { daily: 7, weekly: 4, maxAge: Duration.days(30) } }),
    },
  },
  SNP051: {
    trips: {
      'no repository': () => volSync({}, { repository: undefined }),
      'a repository of another claim only': () => volSync({}, { repository: undefined, repositories: { mails: 'restic' } }),
      'an interval of half a day': () => volSync({}, { pruneInterval: Duration.hours(12) }),
      'a class for a snapshot that is not taken': () => volSync({}, { copyMethod: CopyMethod.CLONE }),
      'a class for a copy that is not made': () => volSync({}, { copyMethod: CopyMethod.DIRECT, snapshotClass: undefined, storageClass: classOf() }),
      'no authority': () => volSync({}, { authority: { key: 'ca.crt' } }),
      'two authorities': () => volSync({}, { authority: { secretName: 'ca', configMapName: 'ca' } }),
      'a negative user': () => volSync({}, { moverSecurityContext: { runAsUser: -1 } }),
      'an empty word for locks': () => volSync({}, { unlock: '' }),
      'a name that is too long for what becomes of it': () => volSync({ claims: ClaimSelector.of(there('x'.repeat(240))) }, { repository: 'restic' }),
      'namespaces beside claims': () => volSync({ namespaces: ['shop'] }),
      'a namespace twice': () => volSync({ claims: ofStatefulSet, namespaces: ['shop', 'shop'] }),
      'part of a minute': () => volSync({ alerts: { tolerance: Duration.seconds(90) } }),
      'a label that Prometheus refuses': () => volSync({ alerts: { alertLabels: { 'team-name': 'shop' } } }),
      'a snapshot class whose driver is not known to Velero': () => velero({}, { snapshotClasses: [VolumeSnapshotClass.fromVolumeSnapshotClassName('daily')] }),
      'two classes of a driver': () => velero({}, { snapshotClasses: [snapshotClass, snapshotClass] }),
      'a namespace that nobody knows': () => {
        const chart = testChart();
        SnapshotController.existing(chart);
        return velero({ claims: ClaimSelector.all() }, {}, chart);
      },
      'an empty command': () => velero({}, { hooks: [{ name: 'db', pods: { app: 'db' }, freeze: [] }] }),
      'a restore as of no time': () => restore({ restoreAsOf: '2026-13-40T00:00:00Z' }),
      'a restore of half a backup before': () => restore({ previous: 0.5 }),
      'a restore that is never done': () => restore({ token: '' }),
      'a restore of files into a device': () => new VolSyncDirectRestore(shop(), 'Restore', { name: 'r', repository: 'restic', into: there('disk', { volumeMode: VolumeMode.BLOCK }) }),
    },
    passes: {
      'a repository by the name of the claim': () => volSync({}, { repository: undefined, repositories: { orders: 'restic' } }),
      'whole days, a user and an authority': () => volSync({}, { pruneInterval: Duration.days(14), moverSecurityContext: { runAsUser: 999 }, authority: { configMapName: 'ca', key: 'root.pem' } }),
      'hooks': () => velero({}, { hooks: [{ name: 'db', pods: { app: 'db' }, freeze: ['sync'] }] }),
      'a restore of the day before': () => restore({ restoreAsOf: '2026-11-24T03:00:00+08:00', previous: 1 }),
    },
  },
  SNP052: {
    trips: {
      'one Secret for two claims': () => volSync({ claims: ClaimSelector.of(there(), there('mails')) }, { repository: 'restic' }),
      'one Secret for a StatefulSet': () => volSync({ claims: ofStatefulSet }, { repository: 'restic-db' }),
      'one Secret by a name for another claim': () => volSync({ claims: ClaimSelector.of(there(), there('mails')) }, { repositories: { mails: 'restic-orders' } }),
      'one Secret for a claim of the chart and one of which no namespace is said': () => {
        const chart = shop();
        return volSync({ claims: ClaimSelector.of(ours(chart), there('mails', { namespace: undefined })) }, { repository: 'restic' }, chart);
      },
      'one Secret in two policies': () => {
        const chart = shop();
        volSync({}, {}, chart);
        return volSync({ name: 'again' }, {}, chart);
      },
    },
    passes: {
      'a Secret for each claim': () => volSync({ claims: ClaimSelector.of(there(), there('mails')) }),
      'Secrets of one name in two namespaces': () => volSync({ claims: ClaimSelector.of(there(), there('orders', { namespace: 'other' })) }),
    },
  },
  SNP053: {
    trips: {
      'more than anybody has': () => volSync({ retention: { last: 10_000 } }),
      'half an hour': () => velero({ retention: { maxAge: Duration.minutes(90) } }),
    },
    passes: {
      'one rule': () => volSync({ retention: { within: Duration.hours(36) } }),
      'none of one of them': () => volSync({ retention: { hourly: 0, daily: 7 } }),
    },
  },
  SNP055: {
    trips: {
      'a claim that is read as it is': () => volSync({}, { copyMethod: CopyMethod.DIRECT, snapshotClass: undefined }),
      'a driver that cannot do better': () => volSync({ claims: ClaimSelector.of(there('orders', { storageClass: classOf({}) })) }, { snapshotClass: undefined }),
    },
    passes: {
      'a clone': () => volSync({}, { copyMethod: CopyMethod.CLONE, snapshotClass: undefined }),
      'a driver that clones only': () => volSync({ claims: ClaimSelector.of(there('orders', { storageClass: classOf({ clone: true }) })) }, { snapshotClass: undefined }),
    },
  },
  SNP056: {
    trips: {
      'two classes of which none is marked': () => withClasses({}, undefined, undefined),
      'two classes that are both marked': () => withClasses({}, 'marked', 'marked'),
    },
    passes: {
      'two classes of which one is marked': () => withClasses({}, 'marked', undefined),
      'two classes of which one is the default': () => withClasses({}, 'default', undefined),
      'two classes of which one is named': () => withClasses({ snapshotClasses: [snapshotClass] }, undefined, undefined),
    },
  },
  SNP057: {
    trips: { 'one class that is not marked': () => withClasses({}, undefined) },
    passes: {
      'one class that is marked': () => withClasses({}, 'marked'),
      'one class that is named': () => withClasses({ snapshotClasses: [snapshotClass] }, undefined),
    },
  },
  SNP058: {
    trips: { 'a namespace in which nothing is': () => velero({ claims: ClaimSelector.all(), namespaces: ['shpo'] }) },
    passes: {
      'a namespace that is written here': () => {
        const chart = shop();
        new Namespace(chart, 'Namespace', { name: 'post' });
        return velero({ claims: ClaimSelector.all(), namespaces: ['post'] }, {}, chart);
      },
      'a namespace in which something is': () => {
        const chart = shop();
        ours(chart);
        return velero({ claims: ClaimSelector.labels({ app: 'shop' }), alerts: {} }, {}, chart);
      },
    },
  },
  SNP059: {
    trips: { 'data that stays': () => velero({}, { moveData: false }) },
    passes: { 'data that is moved': () => velero({}, { moveData: true }) },
  },
  SNP060: {
    trips: {
      'an age of one run and a half': () => velero({ retention: { maxAge: Duration.hours(36) } }),
      'an age that is less than a tier takes': () => velero({ retention: { daily: 7, monthly: 6, maxAge: Duration.days(30) } }),
    },
    passes: {
      'an age of two runs': () => velero({ retention: { maxAge: Duration.hours(48) }, alerts: {} }),
      'one of a tier': () => velero({ retention: { yearly: 1 } }),
    },
  },
  SNP061: {
    trips: {
      'a snapshot of a driver that takes none': () => volSync({ claims: ClaimSelector.of(there('orders', { storageClass: classOf({ clone: true }) })) }, { copyMethod: CopyMethod.SNAPSHOT }),
      'a clone of a driver that makes none': () => volSync({ claims: ClaimSelector.of(there('orders', { storageClass: classOf({ snapshot: true }) })) }, { copyMethod: CopyMethod.CLONE, snapshotClass: undefined }),
      'a driver without snapshots for Velero': () => {
        const chart = shop();
        const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'orders', storageClass: classOf({ clone: true }), size: Size.gibibytes(1) });
        return velero({ claims: ClaimSelector.of(claim) }, {}, chart);
      },
      'a restore by a driver without snapshots': () => restore({ storageClass: classOf({}) }),
    },
    passes: {
      'a driver of which nothing is known': () => volSync({ claims: ClaimSelector.of(there('orders', { storageClass: undefined })) }),
      'a restore by a driver with snapshots': () => restore(),
    },
  },
  SNP062: {
    trips: {
      'a claim that is backed up': () => {
        const chart = shop();
        const claim = ours(chart);
        volSync({ claims: ClaimSelector.of(claim) }, {}, chart);
        return new VolSyncDirectRestore(chart, 'Restore', { name: 'restore', repository: 'restic-orders', into: claim });
      },
      'a claim that is backed up, by its name': () => {
        const chart = shop();
        new VolSyncDirectRestore(chart, 'Restore', { name: 'restore', repository: 'restic-orders', into: there() });
        return volSync({ claims: ClaimSelector.of(ours(chart)) }, {}, chart);
      },
      'a claim that is backed up, by its name alone': () => {
        const chart = shop();
        new VolSyncDirectRestore(chart, 'Restore', { name: 'restore', repository: 'restic-orders', into: there('orders', { namespace: undefined }) });
        return volSync({ claims: ClaimSelector.of(ours(chart)) }, {}, chart);
      },
      'a claim that is a clone': () => {
        const chart = shop();
        const size = Size.gibibytes(20);
        const into = new PersistentVolumeClaim(chart, 'Clone', { name: 'orders-clone', storageClass: classOf(), size, dataSource: there('orders', { size, volumeMode: VolumeMode.FILESYSTEM }) });
        return new VolSyncDirectRestore(chart, 'Restore', { name: 'restore', repository: 'restic-orders', into });
      },
      'a claim that a pod mounts, by its name': () => {
        const chart = shop();
        PodVolume.fromClaim(ours(chart, 'orders-restored')).mountTo(deployment(chart, 'web'), { container: 'web', path: '/data' });
        return new VolSyncDirectRestore(chart, 'Restore', { name: 'restore', repository: 'restic-orders', into: there('orders-restored') });
      },
      'a claim that a pod mounts': () => {
        const chart = shop();
        const claim = ours(chart, 'orders-restored');
        PodVolume.fromClaim(claim).mountTo(deployment(chart, 'web'), { container: 'web', path: '/data' });
        return new VolSyncDirectRestore(chart, 'Restore', { name: 'restore', repository: 'restic-orders', into: claim });
      },
    },
    passes: {
      'a claim that nothing uses': () => {
        const chart = shop();
        volSync({}, {}, chart);
        return new VolSyncDirectRestore(chart, 'Restore', { name: 'restore', repository: 'restic-orders', into: ours(chart, 'orders-restored') });
      },
    },
  },
  SNP063: {
    trips: { 'a cluster of which it is not known': () => restore({ populatorInstalled: undefined }) },
    passes: {
      'a cluster that is said to have it': () => restore(),
      'an app that brings it': () => {
        const chart = shop();
        object(chart, 'CustomResourceDefinition', { metadata: { name: 'volumepopulators.populator.storage.k8s.io' } }, 'apiextensions.k8s.io/v1');
        return restore({ populatorInstalled: undefined }, chart);
      },
    },
  },
};
