import { Chart, Duration, Size } from 'cdk8s';
import { testOnlyCrds } from './test-only-crds';
import {
  AccessMode, BackupEngine, BackupPolicy, ClaimSelector, CopyMethod, CsiDriver, PersistentVolumeClaim, Schedule, SnapshotController, SnapshotRetention, StorageClass,
  VolSyncDirectRestore, VolSyncRestore, VolumeSnapshotClass,
} from '../../src';
import { apply, deleteAndWait, kubectl } from '../kubectl';
import { objects, testChart } from '../support';

// What engines of backups are told, against their own definitions on a real API server, with strict field validation.

jest.setTimeout(180_000);

const NAMESPACES = ['backup-shop', 'backup-post', 'backup-velero'].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
const CRDS = ['volsync-0.16.json', 'velero.json'].flatMap(file => testOnlyCrds(file) ?? []);
const PROMETHEUS = ['-f', `${__dirname}/crds/prometheus-operator-v0.93.0.json`];
const ifThere = CRDS.length > 0 ? describe : describe.skip;

const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true, clone: true } });
const fast = StorageClass.fromStorageClassName('fast', { driver });
const snapshotClass = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver });
const ALL_TIERS = { hourly: 24, daily: 7, weekly: 4, monthly: 6, yearly: 2 };

function app(build: (chart: Chart) => void): object[] {
  const chart = testChart({}, { namespace: 'backup-shop' });
  SnapshotController.existing(chart);
  build(chart);
  return objects(chart);
}

const claim = (chart: Chart, name: string) => new PersistentVolumeClaim(chart, name, { name, storageClass: fast, size: Size.gibibytes(1) });

const volSync = (chart: Chart) => {
  const mover = {
    cacheCapacity: Size.gibibytes(4), cacheStorageClass: fast, moverServiceAccount: 'backup', authority: { secretName: 'minio-ca' },
    moverSecurityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999, supplementalGroups: [5] },
  };
  new BackupPolicy(chart, 'Backup', {
    name: 'offsite', schedule: Schedule.hourly({ minute: 5 }), suspend: true, alerts: { alertLabels: { team: 'shop' } },
    claims: ClaimSelector.of(claim(chart, 'orders'), PersistentVolumeClaim.fromClaimName('mails', { namespace: 'backup-post' })),
    retention: { last: 3, ...ALL_TIERS, within: Duration.days(2) },
    engine: BackupEngine.volSync({
      repository: 'restic-${pvc.name}', copyMethod: CopyMethod.SNAPSHOT, snapshotClass, storageClass: fast, accessModes: [AccessMode.READ_ONLY_MANY], pruneInterval: Duration.days(14), unlock: 'once', ...mover,
    }),
  });
  const restore = new VolSyncRestore(chart, 'Restore', {
    name: 'orders', repository: 'restic-orders', capacity: Size.gibibytes(1), storageClass: fast, snapshotClass, restoreAsOf: '2026-11-24T03:00:00Z', previous: 1, populatorInstalled: true, ...mover,
  });
  new PersistentVolumeClaim(chart, 'Restored', { name: 'orders-restored', storageClass: fast, size: Size.gibibytes(1), dataSource: restore });
  new VolSyncDirectRestore(chart, 'Direct', { name: 'orders-direct', repository: 'restic-orders', into: claim(chart, 'orders-direct'), deleteOtherFiles: true, ...mover });
};

const velero = (name: string, retention: SnapshotRetention) => (chart: Chart) => {
  const engine = BackupEngine.velero({
    namespace: 'backup-velero', storageLocation: 'frankfurt', snapshotClasses: [snapshotClass], snapshotTimeout: Duration.minutes(30), moveTimeout: Duration.hours(8),
    hooks: [{ name: 'db', pods: { app: 'db' }, container: 'db', freeze: ['sync'], thaw: ['true'], timeout: Duration.minutes(1) }],
  });
  const common = { schedule: Schedule.hourly(), retention, engine, alerts: {} };
  new BackupPolicy(chart, 'Named', { name, claims: ClaimSelector.of(claim(chart, 'bills')), ...common });
  new BackupPolicy(chart, 'Labelled', { name: `${name}-labelled`, claims: ClaimSelector.labels({ app: 'db' }), suspend: true, ...common });
};

const crdNames = () => CRDS.map((crd: any) => `crd/${crd.metadata.name}`);

ifThere('what is written', () => {
  beforeAll(() => {
    apply(CRDS, '--server-side');
    kubectl('apply', '--server-side', ...PROMETHEUS);
    kubectl('wait', '--for', 'condition=established', '--timeout=60s', ...crdNames(), 'crd/prometheusrules.monitoring.coreos.com');
    apply(NAMESPACES);
  });

  afterAll(() => {
    kubectl('delete', 'namespace', '--ignore-not-found', '--wait=true', ...NAMESPACES.map(({ metadata }) => metadata.name));
    deleteAndWait(...crdNames());
    deleteAndWait(...PROMETHEUS);
  });

  test.each<[string, (chart: Chart) => void, string[]]>([
    ['backups and restores by VolSync', volSync, ['replicationsource', 'replicationdestination', 'prometheusrule']],
    ['backups by Velero in tiers', velero('tiers', ALL_TIERS), ['schedule', 'prometheusrule']],
    ['backups by Velero of an age', velero('age', { maxAge: Duration.days(30) }), ['schedule']],
  ])('%s: the API server takes it, and has nothing to change', (_, build, kinds) => {
    const written = app(build);
    const said = apply(written, '--validate=strict');
    kinds.forEach(kind => expect(said).toMatch(new RegExp(`^${kind}\\..* created`, 'm')));
    expect(said.trim().split('\n')).toHaveLength(written.length);
    expect(apply(written, '--validate=strict').trim().split('\n').filter(line => !line.endsWith(' unchanged'))).toEqual([]);
  });

  test.each(['0 3 * * MON-FRI', '0 3 * * 1-3,5', '0 3 * * 1-5/2', '0 3 ? * *', '@midnight'])("VolSync's definition refuses the schedule '%s', as the rule says", schedule => {
    const source = { apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationSource', metadata: { name: 'refused', namespace: 'backup-shop' }, spec: { sourcePVC: 'orders', trigger: { schedule } } };
    expect(() => apply([source])).toThrow('spec.trigger.schedule');
  });

  test('what their definitions do not know is refused', () => {
    const [source] = app(volSync).filter((object: any) => object.kind === 'ReplicationSource') as any[];
    source.metadata.name = 'strict';
    source.spec.restic.retian = {};
    expect(() => apply([source], '--validate=strict')).toThrow('retian');
  });
});
