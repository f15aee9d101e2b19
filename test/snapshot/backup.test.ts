import { App, Chart, Duration, Size } from 'cdk8s';
import {
  AccessMode, BackupEngine, BackupPolicy, BackupPolicyProps, ClaimSelector, CopyMethod, CsiCapabilities, CsiDriver, Findings, IPersistentVolumeClaim, PersistentVolumeClaim,
  Platform, Schedule, SnapshotController, StorageClass, VeleroOptions, VolSyncDirectRestore, VolSyncOptions, VolSyncRestore, VolumeMode, VolumeSnapshotClass, Weekday,
} from '../../src';
import { all, code, codes, one, platformProps, testChart, thrown, uncheckedCodes, yaml } from '../support';

const driverOf = (capabilities: CsiCapabilities | undefined = { snapshot: true, clone: true }) => CsiDriver.fromDriverName('csi.example.com', { capabilities });
const fast = (capabilities?: CsiCapabilities) => StorageClass.fromStorageClassName('fast', { driver: driverOf(capabilities) });
const daily = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: driverOf() });

function shop(): Chart {
  const chart = testChart({}, { namespace: 'shop' });
  SnapshotController.existing(chart);
  return chart;
}

function claim(chart: Chart, name = 'orders', capabilities?: CsiCapabilities): PersistentVolumeClaim {
  return new PersistentVolumeClaim(chart, name, { name, storageClass: fast(capabilities), size: Size.gibibytes(20) });
}

const volSync = (options: VolSyncOptions = {}) => BackupEngine.volSync({ repository: 'restic-${pvc.name}', snapshotClass: daily, ...options });
const velero = (options: VeleroOptions = {}) => BackupEngine.velero({ snapshotClasses: [daily], ...options });

function policy(chart: Chart, props: Partial<BackupPolicyProps> & { engine: BackupEngine }): BackupPolicy {
  const claims = props.claims ?? ClaimSelector.of(claim(chart));
  return new BackupPolicy(chart, `Policy-${chart.node.children.length}`, { name: 'offsite', schedule: Schedule.daily({ hour: 3 }), retention: { daily: 7, weekly: 4 }, ...props, claims });
}

describe('by VolSync', () => {
  test('there is a source for each claim, in its namespace, with a Secret of its own', () => {
    const chart = shop();
    const elsewhere = PersistentVolumeClaim.fromClaimName('mails', { namespace: 'post', storageClass: fast() });
    policy(chart, { engine: volSync(), claims: ClaimSelector.of(claim(chart), elsewhere) });
    expect(codes(chart)).toEqual([]);
    expect(all(chart, 'ReplicationSource').map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec.sourcePVC, spec.restic.repository])).toEqual([
      ['shop', 'offsite-orders', 'orders', 'restic-orders'], ['post', 'offsite-mails', 'mails', 'restic-mails'],
    ]);
    // No Secret is ever written.
    expect(all(chart, 'Secret')).toEqual([]);
  });

  test('everything that can be said', () => {
    const chart = shop();
    policy(chart, {
      engine: volSync({
        repositories: { orders: 'orders-elsewhere' }, copyMethod: CopyMethod.SNAPSHOT, storageClass: fast(), accessModes: [AccessMode.READ_ONLY_MANY],
        cacheCapacity: Size.gibibytes(4), cacheStorageClass: fast(), pruneInterval: Duration.days(14), unlock: '2026-11-25', moverServiceAccount: 'backup',
        moverSecurityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999, supplementalGroups: [5] }, authority: { secretName: 'minio-ca' },
      }),
      retention: { last: 3, hourly: 0, daily: 7, weekly: 4, monthly: 6, yearly: 1, within: Duration.days(2) },
      suspend: true,
      alerts: { alertLabels: { team: 'shop' } },
      labels: { team: 'shop' },
    });
    expect(codes(chart)).toEqual([]);
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('the counts and times of the retention are those of restic', () => {
    const chart = shop();
    policy(chart, { engine: volSync(), retention: { last: 3, hourly: 0, daily: 7, within: Duration.days(2) } });
    expect(one(chart, 'ReplicationSource').spec.restic.retain).toEqual({ last: '3', daily: 7, within: '48h' });
  });

  test('the claims of a StatefulSet are named one by one', () => {
    const chart = shop();
    policy(chart, { engine: volSync(), claims: ClaimSelector.statefulSet('db', { templates: ['data', 'log'], replicas: 2 }) });
    expect(all(chart, 'ReplicationSource').map(({ spec }) => spec.sourcePVC)).toEqual(['data-db-0', 'data-db-1', 'log-db-0', 'log-db-1']);
    expect(uncheckedCodes(chart)).toContain('SNP061');
  });

  test.each<[string, CsiCapabilities | undefined, string, string[]]>([
    ['takes snapshots', { snapshot: true, clone: true }, 'Snapshot', []],
    ['only clones', { clone: true }, 'Clone', []],
    ['can do neither', {}, 'Direct', ['SNP055']],
  ])('a claim whose driver %s is copied accordingly', (_, capabilities, copyMethod, found) => {
    const chart = shop();
    policy(chart, { engine: volSync({ snapshotClass: undefined }), claims: ClaimSelector.of(claim(chart, 'orders', capabilities)) });
    expect(one(chart, 'ReplicationSource').spec.restic.copyMethod).toBe(copyMethod);
    expect(codes(chart)).toEqual(found);
  });

  test('two claims never share a repository, in one policy or in two', () => {
    const chart = shop();
    const claims = ClaimSelector.of(claim(chart), claim(chart, 'mails'));
    expect(thrown(() => policy(chart, { engine: volSync({ repository: 'restic' }), claims }))?.message).toContain("'shop/restic'");
    const other = shop();
    policy(other, { engine: volSync({ repository: 'restic' }) });
    expect(code(() => policy(other, { name: 'again', engine: volSync({ repository: 'restic' }), claims: ClaimSelector.of(claim(other, 'mails')) }))).toBe('SNP052');
  });

  test('alerts know how often a backup is due', () => {
    const chart = shop();
    policy(chart, { engine: volSync(), schedule: Schedule.weekly({ hour: 3, day: Weekday.SUNDAY }), retention: { weekly: 4 }, alerts: {} });
    const [late, missed, absent] = one(chart, 'PrometheusRule').spec.groups[0].rules;
    expect(late).toMatchObject({ alert: 'BackupOutOfDate', for: '1d' });
    expect(late.expr).toContain('volsync_volume_out_of_sync{obj_namespace="shop",obj_name=~"offsite-orders",role="source"}');
    expect(missed.expr).toContain('[14d]');
    expect(absent.expr).toBe('absent(volsync_volume_out_of_sync{obj_namespace="shop",obj_name="offsite-orders",role="source"})');
  });
});

describe('by Velero', () => {
  test('there is a Schedule for each tier, whose backups live one period longer than was asked for', () => {
    const chart = shop();
    policy(chart, { engine: velero(), retention: { daily: 7, weekly: 4, monthly: 6, yearly: 2 } });
    expect(codes(chart)).toEqual([]);
    expect(all(chart, 'Schedule').map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec.schedule, spec.template.ttl])).toEqual([
      ['velero', 'offsite-daily', '0 3 * * *', '192h0m0s'],
      ['velero', 'offsite-weekly', '0 3 * * 0', '840h0m0s'],
      ['velero', 'offsite-monthly', '0 3 1 * *', '5208h0m0s'],
      ['velero', 'offsite-yearly', '0 3 1 1 *', '26352h0m0s'],
    ]);
  });

  test.each([
    [Schedule.hourly({ minute: 5 }), { hourly: 24, daily: 7 }, ['5 * * * *', '5 23 * * *']],
    [Schedule.cron('@daily'), { daily: 7, weekly: 4 }, ['0 0 * * *', '0 0 * * 0']],
    [Schedule.weekly({ hour: 2, day: Weekday.SATURDAY }), { weekly: 4 }, ['0 2 * * 6']],
    [Schedule.monthly({ hour: 2, day: 15 }), { monthly: 4, yearly: 2 }, ['0 2 15 * *', '0 2 15 1 *']],
    [Schedule.cron('0 9-17 * * MON-FRI'), { maxAge: Duration.days(14) }, ['0 9-17 * * MON-FRI']],
  ])('%o %o', (schedule, retention, expected) => {
    const chart = shop();
    policy(chart, { engine: velero(), schedule, retention });
    expect(all(chart, 'Schedule').map(({ spec }) => spec.schedule)).toEqual(expected);
  });

  test('claims of this app are selected by a label that they get, and by their namespaces', () => {
    const chart = shop();
    policy(chart, { engine: velero() });
    const { template } = all(chart, 'Schedule')[0].spec;
    expect(one(chart, 'PersistentVolumeClaim').metadata.labels).toEqual({ 'cdk8s-storage/backup-offsite': 'true' });
    expect(template).toMatchObject({ includedNamespaces: ['shop'], labelSelector: { matchLabels: { 'cdk8s-storage/backup-offsite': 'true' } }, snapshotMoveData: true });
  });

  test('everything that can be said', () => {
    const chart = shop();
    policy(chart, {
      claims: ClaimSelector.labels({ app: 'shop' }),
      namespaces: ['shop', 'post'],
      engine: velero({
        namespace: 'backup', storageLocation: 'frankfurt', snapshotTimeout: Duration.minutes(30), moveTimeout: Duration.hours(8), snapshotClasses: [daily],
        hooks: [{ name: 'db', pods: { app: 'db' }, container: 'db', freeze: ['sh', '-c', 'sync'], thaw: ['sh', '-c', 'true'], timeout: Duration.minutes(1), continueOnError: true }],
      }),
      retention: { daily: 7, maxAge: Duration.days(30) },
      suspend: true,
      alerts: { name: 'offsite-alerts', namespace: 'monitoring', tolerance: Duration.hours(2) },
    });
    expect(codes(chart)).toEqual(['SNP058']);
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('the snapshot class of each driver is written where Velero looks for it', () => {
    const chart = shop();
    policy(chart, { engine: velero() });
    expect(all(chart, 'Schedule')[0].metadata.annotations).toEqual({ 'velero.io/csi-volumesnapshot-class_csi.example.com': 'daily' });
    const other = shop();
    new VolumeSnapshotClass(other, 'Class', { name: 'daily', driver: driverOf(), labels: { 'velero.io/csi-volumesnapshot-class': 'true' } });
    new VolumeSnapshotClass(other, 'Kept', { name: 'kept', driver: driverOf() });
    policy(other, { engine: BackupEngine.velero() });
    expect(codes(other)).toEqual([]);
  });

  test('the last good backup is not deleted unheard', () => {
    const chart = shop();
    policy(chart, { engine: velero(), alerts: {} });
    const [late, expires] = one(chart, 'PrometheusRule').spec.groups[0].rules;
    const limit = (rule: any) => Number(/> (\d+)$/.exec(rule.expr)![1]);
    expect([late.alert, expires.alert]).toEqual(['BackupOutOfDate', 'LastBackupExpires']);
    // A day and 6 hours; and half way from there to the 8 days after which it is gone.
    expect([limit(late), limit(expires)]).toEqual([30 * 3600, (30 + 192) / 2 * 3600]);
  });

  test('of what is not known, nothing is claimed', () => {
    const chart = shop();
    policy(chart, { engine: BackupEngine.velero(), claims: ClaimSelector.all() });
    expect(uncheckedCodes(chart)).toContain('SNP056');
  });
});

describe('what an engine cannot express is an error that names it', () => {
  test('all of it at once, and nothing is written', () => {
    const chart = shop();
    policy(chart, { engine: velero(), schedule: Schedule.daily({ hour: 3, timeZone: 'Asia/Shanghai' }), retention: { last: 5, minReady: 1 } });
    const found = Findings.of(chart).list();
    expect(found.map(finding => finding.code)).toEqual(['SNP050', 'SNP050', 'SNP050']);
    expect(found.map(finding => finding.message.split(':')[0])).toEqual(['schedule with a time zone other than UTC', 'retention.last', 'retention.minReady']);
    expect(chart.node.findAll().filter((each: any) => each.kind === 'Schedule')).toEqual([]);
  });
});

describe('restore', () => {
  test('new claims are filled from the restore, and wait for it', () => {
    const chart = shop();
    const restore = new VolSyncRestore(chart, 'Restore', {
      name: 'orders-restore', repository: 'restic-orders', capacity: Size.gibibytes(20), storageClass: fast(), snapshotClass: daily, restoreAsOf: '2026-11-24T03:00:00Z', previous: 1,
      populatorInstalled: true, moverSecurityContext: { runAsUser: 999 },
    });
    new PersistentVolumeClaim(chart, 'Restored', { name: 'orders-restored', storageClass: fast(), size: Size.gibibytes(20), dataSource: restore });
    expect(codes(chart)).toEqual([]);
    expect(one(chart, 'PersistentVolumeClaim').spec.dataSourceRef).toEqual({ apiGroup: 'volsync.backube', kind: 'ReplicationDestination', name: 'orders-restore' });
    expect(one(chart, 'ReplicationDestination')).toMatchSnapshot();
  });

  test('a claim has to be as large as what is restored, and of its driver', () => {
    const chart = shop();
    const restore = new VolSyncRestore(chart, 'Restore', { name: 'orders', repository: 'restic-orders', capacity: Size.gibibytes(20), storageClass: fast(), snapshotClass: daily });
    const into = (size: Size, storageClass = fast(), volumeMode?: VolumeMode) => code(() => new PersistentVolumeClaim(chart, `C${chart.node.children.length}`, {
      name: 'new', storageClass, size, volumeMode, dataSource: restore,
    }));
    expect(into(Size.gibibytes(10))).toBe('VOL019');
    expect(into(Size.gibibytes(20), fast({ snapshot: true, block: true }), VolumeMode.BLOCK)).toBe('VOL019');
    expect(into(Size.gibibytes(20), StorageClass.fromStorageClassName('other', { driver: CsiDriver.fromDriverName('other.example.com', { capabilities: { snapshot: true } }) }))).toBe('VOL017');
  });

  test('directly into a new claim', () => {
    const chart = shop();
    const into = claim(chart, 'orders-restored', {});
    new VolSyncDirectRestore(chart, 'Restore', { name: 'orders-restore', repository: 'restic-orders', into, token: 'second', deleteOtherFiles: true });
    expect(codes(chart)).toEqual([]);
    expect(one(chart, 'ReplicationDestination').spec).toEqual({
      trigger: { manual: 'second' },
      restic: { repository: 'restic-orders', copyMethod: 'Direct', destinationPVC: 'orders-restored', enableFileDeletion: true, cleanupCachePVC: true },
    });
    expect(uncheckedCodes(chart)).toEqual(['SNP062']);
  });

  test('whether a claim that is there already is empty, nobody here knows', () => {
    const chart = shop();
    new VolSyncDirectRestore(chart, 'Restore', { name: 'orders-restore', repository: 'restic-orders', into: PersistentVolumeClaim.fromClaimName('empty', { namespace: 'shop' }) });
    expect(uncheckedCodes(chart)).toEqual(['SNP062']);
  });
});

describe('what TypeScript would not compile', () => {
  const nothing = undefined as any;
  const made = (props: any) => new BackupPolicy(shop(), 'Policy', {
    name: 'offsite', schedule: Schedule.daily({ hour: 3 }), claims: ClaimSelector.statefulSet('db', { templates: ['data'], replicas: 1 }), retention: { daily: 7 }, engine: volSync(), ...props,
  });
  const restored = (props: any) => new VolSyncRestore(shop(), 'Restore', { name: 'r', repository: 'restic', capacity: Size.gibibytes(1), storageClass: fast(), ...props });

  test.each<[string, string, () => unknown]>([
    ['no name', 'MAN001', () => made({ name: nothing })],
    ['no schedule', 'SNP051', () => made({ schedule: nothing })],
    ['a schedule as text', 'SNP051', () => made({ schedule: '0 3 * * *' })],
    ['no claims', 'SNP051', () => made({ claims: nothing })],
    ['no retention', 'SNP051', () => made({ retention: nothing })],
    ['an engine by its name', 'SNP051', () => made({ engine: 'velero' })],
    ['an engine without options', 'SNP051', () => made({ engine: BackupEngine.volSync(nothing) })],
    ['a count as text', 'SNP021', () => made({ retention: { daily: '7' } })],
    ['a time as text', 'SNP021', () => made({ retention: { within: '7d' } })],
    ['no rule at all', 'SNP021', () => made({ retention: {} })],
    ['a rule that is misspelt', 'SNP021', () => made({ retention: { daily: 7, montly: 12 } as any })],
    ['hours of a daily schedule', 'SNP023', () => made({ retention: { hourly: 24 } })],
    ['a time that is over before the next backup', 'SNP025', () => made({ retention: { within: Duration.hours(1) } })],
    ['a tolerance as text', 'SNP051', () => made({ alerts: { tolerance: '1h' } })],
    ['a label of alerts without a value', 'SNP051', () => made({ alerts: { alertLabels: { team: nothing } } })],
    ['a namespace as text', 'SNP051', () => made({ namespaces: 'shop' })],
    ['a copy method of another name', 'SNP051', () => made({ engine: volSync({ copyMethod: 'snapshot' as any }) })],
    ['a snapshot class by its name', 'VOL005', () => made({ engine: volSync({ snapshotClass: 'daily' as any }) })],
    ['a user by its name', 'SNP051', () => made({ engine: volSync({ moverSecurityContext: { runAsUser: 'root' as any } }) })],
    ['an interval as number', 'SNP051', () => made({ engine: volSync({ pruneInterval: 7 as any }) })],
    ['a cache as text', 'MAN004', () => made({ engine: volSync({ cacheCapacity: '4Gi' as any }) })],
    ['a Secret as number', 'SNP051', () => made({ engine: volSync({ repository: 5 as any }) })],
    ['a hook without a command', 'SNP051', () => made({ claims: ClaimSelector.all(), engine: velero({ hooks: [{ name: 'db', pods: { app: 'db' }, freeze: nothing }] }) })],
    ['a hook without pods', 'SNP051', () => made({ claims: ClaimSelector.all(), engine: velero({ hooks: [{ name: 'db', pods: nothing, freeze: ['sync'] }] }) })],
    ['a list with an empty hook', 'MAN001', () => made({ claims: ClaimSelector.all(), engine: velero({ hooks: [nothing] }) })],
    ['a list with an empty class', 'VOL005', () => made({ claims: ClaimSelector.all(), engine: velero({ snapshotClasses: [nothing] }) })],
    ['a restore without a class', 'SNP051', () => restored({ storageClass: nothing })],
    ['a restore without a size', 'MAN004', () => restored({ capacity: nothing })],
    ['a restore without a repository', 'MAN001', () => restored({ repository: nothing })],
    ['a restore as of a day', 'SNP051', () => restored({ restoreAsOf: '2026-11-24' })],
    ['a restore into a name', 'SNP051', () => new VolSyncDirectRestore(shop(), 'Restore', { name: 'r', repository: 'restic', into: 'orders' as any })],
  ])('%s ends in %s', (_, expected, build) => {
    expect(code(build)).toBe(expected);
  });
});

test('a claim of another cluster is refused', () => {
  const app = new App();
  const [east, west] = ['east', 'west'].map(name => {
    const chart = new Chart(app, name, { namespace: 'shop' });
    Platform.set(chart, platformProps());
    return chart;
  });
  const there: IPersistentVolumeClaim = claim(east);
  expect(code(() => policy(west, { engine: volSync(), claims: ClaimSelector.of(there) }))).toBe('PLT005');
});
