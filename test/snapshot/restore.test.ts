import { ApiObject, Chart, Size } from 'cdk8s';
import {
  AccessMode, ClaimTemplate, CsiDriver, Findings, GitOpsTool, ImportedSnapshot, ImportedSnapshotProps, IVolumeSnapshot, PersistentVolumeClaim, PodVolume, Restore,
  SecretReference, SnapshotController, SnapshotDeletionPolicy, StorageClass, SyncWaves, VolumeMode, VolumeSnapshot, VolumeSnapshotClass,
} from '../../src';
import { all, code, codes, deployment, object, one, testChart, thrown, twoClusters, uncheckedCodes, yaml } from '../support';

const DRIVER = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true, expand: true, block: true } });
const OTHER = CsiDriver.fromDriverName('other.example.com', { capabilities: { snapshot: true } });
const FAST = StorageClass.fromStorageClassName('fast', { driver: DRIVER });
const DAILY = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: DRIVER, deletionPolicy: SnapshotDeletionPolicy.RETAIN });
const GIBIBYTE = Size.gibibytes(1);

function apps(gitOps?: GitOpsTool): Chart {
  const chart = testChart({ gitOps }, { namespace: 'apps' });
  SnapshotController.existing(chart);
  return chart;
}

/** A claim that is there, and all that is to be known of it. */
function claimOf(name: string, volumeMode = VolumeMode.FILESYSTEM) {
  return PersistentVolumeClaim.fromClaimName(name, { namespace: 'apps', storageClass: FAST, size: Size.gibibytes(20), volumeMode });
}

function taken(claimName = 'orders', volumeMode?: VolumeMode): IVolumeSnapshot {
  return VolumeSnapshot.fromVolumeSnapshotName(`nightly-${claimName}`, { sourceClaim: claimOf(claimName, volumeMode), snapshotClass: DAILY });
}

const UNKNOWN = VolumeSnapshot.fromVolumeSnapshotName('nightly', { namespace: 'apps' });

function imported(props: Partial<ImportedSnapshotProps> = {}, chart = apps()) {
  return new ImportedSnapshot(chart, 'Imported', { name: 'orders', snapshotHandle: 'snap-1', driver: DRIVER, ...props });
}

describe('Restore.fromSnapshot', () => {
  test('takes what is not said from the snapshot and its claim', () => {
    const chart = apps();
    Restore.fromSnapshot(chart, 'Restored', taken(), { name: 'orders-restored' });
    expect(one(chart, 'PersistentVolumeClaim')).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'orders-restored', namespace: 'apps' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'nightly-orders' },
        resources: { requests: { storage: '20Gi' } },
        storageClassName: 'fast',
      },
    });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
  });

  test('of a device is a device', () => {
    expect(one(Restore.fromSnapshot(apps(), 'Restored', taken('orders', VolumeMode.BLOCK), { name: 'restored' }), 'PersistentVolumeClaim').spec.volumeMode).toBe('Block');
  });

  test('lets everything be said', () => {
    const slow = StorageClass.fromStorageClassName('slow', { driver: DRIVER });
    const built = Restore.fromSnapshot(apps(), 'Restored', taken(), {
      name: 'restored', storageClass: slow, size: Size.gibibytes(30), accessModes: [AccessMode.READ_WRITE_ONCE_POD], labels: { team: 'shop' }, annotations: { why: 'drill' },
    });
    expect(one(built, 'PersistentVolumeClaim')).toMatchObject({
      metadata: { labels: { team: 'shop' }, annotations: { why: 'drill' } },
      spec: { storageClassName: 'slow', accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '30Gi' } } },
    });
  });

  test('of a snapshot of this app knows its claim', () => {
    const chart = apps();
    const claim = new PersistentVolumeClaim(chart, 'Orders', { name: 'orders', storageClass: FAST, size: Size.gibibytes(20) });
    const snapshot = new VolumeSnapshot(chart, 'Snapshot', { name: 'monday', claim, snapshotClass: DAILY });
    expect(snapshot.sourceClaim).toBe(claim);
    Restore.fromSnapshot(chart, 'Restored', snapshot, { name: 'orders-restored' });
    expect(one(chart, 'PersistentVolumeClaim', 'orders-restored').spec).toMatchObject({ storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } });
    expect(thrown(() => Restore.fromSnapshot(chart, 'Again', snapshot, { name: 'orders' }))?.fix).toMatch(/'orders-restored'.*scale it to 0.*sourceIsGone/);
    // Said to be gone, it is still written here.
    Restore.fromSnapshot(chart, 'Gone', snapshot, { name: 'orders', sourceIsGone: true });
    expect(codes(chart)).toEqual(['MAN002']);
  });

  test('is a claim that pods mount', () => {
    const chart = apps();
    const workload = deployment(chart, 'app');
    PodVolume.fromClaim(Restore.fromSnapshot(chart, 'Restored', taken(), { name: 'restored' })).mountTo(workload, { container: 'app', path: '/data' });
    expect(one(chart, 'Deployment').spec.template.spec.volumes[0].persistentVolumeClaim).toEqual({ claimName: 'restored' });
    expect(codes(chart)).toEqual([]);
  });

  test('of a snapshot of which nothing is known asks for what is missing, and lists what is not checked', () => {
    const chart = apps();
    const build = (props: object) => Restore.fromSnapshot(chart, `C${chart.node.children.length}`, UNKNOWN, { name: 'restored', ...props });
    expect(thrown(() => build({ size: GIBIBYTE }))).toMatchObject({ code: 'SNP041', message: expect.stringContaining('the class of the claim') });
    expect(thrown(() => build({ storageClass: FAST }))).toMatchObject({ code: 'SNP041', fix: expect.stringContaining('kubectl get volumesnapshot nightly -n apps') });
    build({ storageClass: FAST, size: GIBIBYTE });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], ['SNP040', 'VOL017', 'VOL019']]);
  });

  test('is held to the rules of every claim that is filled: place, driver, size, mode', () => {
    const build = (props: object, snapshot = taken()) => code(() => Restore.fromSnapshot(apps(), 'Restored', snapshot, { name: 'restored', ...props }));
    expect(build({ namespace: 'staging' })).toBe('VOL016');
    expect(build({ storageClass: StorageClass.fromStorageClassName('other', { driver: OTHER }) })).toBe('VOL017');
    expect(build({ size: Size.gibibytes(10) })).toBe('VOL019');
    expect(build({ volumeMode: VolumeMode.BLOCK })).toBe('VOL019');
  });

  test('of a snapshot of another cluster is refused', () => {
    const [east, west] = twoClusters();
    SnapshotController.existing(west);
    const snapshot = new VolumeSnapshot(west, 'Snapshot', { name: 'monday', claim: claimOf('orders'), snapshotClass: DAILY });
    expect(code(() => Restore.fromSnapshot(east, 'Restored', snapshot, { name: 'restored' }))).toBe('PLT005');
  });
});

describe('Restore.statefulSet', () => {
  const members = ['data-old-0', 'data-old-1', 'data-old-2'].map(name => taken(name));
  const template = new ClaimTemplate({ name: 'data', storageClass: FAST, size: Size.gibibytes(20), labels: { app: 'db' }, annotations: { note: 'x' } });

  function statefulSet(chart: Chart, spec: object = { replicas: 3 }): ApiObject {
    return object(chart, 'StatefulSet', { metadata: { name: 'db' }, spec: { template: { spec: { containers: [{ name: 'db', image: 'postgres:17' }] } }, ...spec } }, 'apps/v1');
  }

  test('writes the claims that the pods will look for', () => {
    const chart = apps();
    const restore = Restore.statefulSet(chart, 'Restore', { statefulSet: 'db', template, snapshots: members, labels: { drill: 'yes' } });
    template.mountTo(statefulSet(chart), { container: 'db', path: '/data' });
    expect(restore).toMatchObject({ statefulSet: 'db', templateName: 'data', namespace: 'apps' });
    expect(restore.claims.map(claim => claim.claimName)).toEqual(['data-db-0', 'data-db-1', 'data-db-2']);
    expect(all(chart, 'PersistentVolumeClaim').map(({ metadata, spec }) => [metadata.name, spec.dataSource.name])).toEqual([
      ['data-db-0', 'nightly-data-old-0'], ['data-db-1', 'nightly-data-old-1'], ['data-db-2', 'nightly-data-old-2'],
    ]);
    expect(one(chart, 'PersistentVolumeClaim', 'data-db-1')).toMatchObject({
      metadata: { labels: { app: 'db', drill: 'yes' }, annotations: { note: 'x' } }, spec: { storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } },
    });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('restores some members in the order of their numbers', () => {
    const restore = Restore.statefulSet(apps(), 'Restore', { statefulSet: 'db', templateName: 'data', snapshotsByOrdinal: { 10: members[1], 2: members[0] } });
    expect(restore.claims.map(claim => claim.claimName)).toEqual(['data-db-2', 'data-db-10']);
    expect(uncheckedCodes(restore)).toEqual(['SNP043', 'SNP044', 'SNP045']);
  });

  test('names the members that come up empty, not all of many', () => {
    const missing = (replicas: number) => {
      const chart = apps();
      const restore = Restore.statefulSet(chart, 'Restore', { statefulSet: 'db', template, snapshots: members.slice(0, 1) });
      template.addTo(statefulSet(chart, { replicas }));
      return Findings.of(restore).list().map(finding => finding.message);
    };
    expect(missing(3)).toEqual([expect.stringContaining('db-1, db-2 empty')]);
    expect(missing(9)).toEqual([expect.stringContaining('db-1, db-2, db-3, db-4, db-5 and 3 more empty')]);
  });

  test('under its old name is refused until the claims are said to be gone', () => {
    const build = (sourceIsGone?: boolean) => Restore.statefulSet(apps(), 'Restore', { statefulSet: 'old', templateName: 'data', snapshots: members, sourceIsGone });
    expect(thrown(() => build())).toMatchObject({ code: 'SNP040', message: expect.stringContaining("'data-old-0'") });
    expect(build(true).claims).toHaveLength(3);
  });

  test('asks a template that is smaller than the snapshot to grow', () => {
    const small = new ClaimTemplate({ name: 'data', storageClass: FAST, size: GIBIBYTE });
    expect(code(() => Restore.statefulSet(apps(), 'Restore', { statefulSet: 'db', template: small, snapshots: members }))).toBe('VOL019');
  });

  test('names a member whose snapshot is missing, also in a list with a hole', () => {
    // eslint-disable-next-line no-sparse-arrays
    const build = () => Restore.statefulSet(apps(), 'Restore', { statefulSet: 'db', templateName: 'data', snapshots: [members[0], , members[2]] as any });
    expect(thrown(build)).toMatchObject({ code: 'SNP041', message: expect.stringContaining('the snapshot of member 1') });
  });

  test('holds a template that the user wrote against the claims', () => {
    const chart = apps();
    const restore = Restore.statefulSet(chart, 'Restore', { statefulSet: 'db', templateName: 'data', snapshots: members.slice(0, 1) });
    const spec = { accessModes: ['ReadWriteMany', 'ReadWriteOnce'], storageClassName: 'slow', resources: { requests: { storage: '21474836480' } } };
    statefulSet(chart, { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }] });
    expect(Findings.of(restore).list().map(({ code: found, message }) => `${found} ${/has (\w+ [^,]+),/.exec(message)?.[1]}`)).toEqual(['SNP045 storageClass fast', 'SNP045 accessModes ReadWriteOnce']);
  });
});

describe('ImportedSnapshot', () => {
  test('is a content and a snapshot that name each other', () => {
    const built = imported({ snapshotClass: DAILY, volumeMode: VolumeMode.FILESYSTEM, size: GIBIBYTE });
    expect(one(built, 'VolumeSnapshotContent')).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotContent',
      metadata: { name: 'apps.orders' },
      spec: {
        deletionPolicy: 'Retain',
        driver: 'csi.example.com',
        source: { snapshotHandle: 'snap-1' },
        sourceVolumeMode: 'Filesystem',
        volumeSnapshotClassName: 'daily',
        volumeSnapshotRef: { name: 'orders', namespace: 'apps' },
      },
    });
    expect(one(built, 'VolumeSnapshot')).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'orders', namespace: 'apps' },
      spec: { volumeSnapshotClassName: 'daily', source: { volumeSnapshotContentName: 'apps.orders' } },
    });
    expect(built).toMatchObject({ snapshotName: 'orders', contentName: 'apps.orders', namespace: 'apps', dataSourceDriver: DRIVER, dataSourceSize: GIBIBYTE, dataSourceVolumeMode: 'Filesystem' });
    expect([codes(built), uncheckedCodes(built)]).toEqual([[], []]);
  });

  test('says no more than it must', () => {
    const built = imported();
    expect(one(built, 'VolumeSnapshotContent').spec).toEqual({
      deletionPolicy: 'Retain', driver: 'csi.example.com', source: { snapshotHandle: 'snap-1' }, volumeSnapshotRef: { name: 'orders', namespace: 'apps' },
    });
    expect(one(built, 'VolumeSnapshot').spec).toEqual({ source: { volumeSnapshotContentName: 'apps.orders' } });
  });

  test('knows its driver from its class or claim', () => {
    expect(imported({ driver: undefined, snapshotClass: DAILY }).dataSourceDriver).toBe(DRIVER);
    expect(imported({ driver: undefined, sourceClaim: claimOf('orders') }).dataSourceDriver).toBe(DRIVER);
  });

  test('is data: both objects are kept by a GitOps tool, and the content comes before the claims', () => {
    const chart = apps(GitOpsTool.ARGO_CD);
    imported({}, chart);
    SyncWaves.enable(chart);
    expect(['VolumeSnapshotContent', 'VolumeSnapshot'].map(kind => one(chart, kind).metadata.annotations)).toEqual([
      { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'argocd.argoproj.io/sync-wave': '-1' },
      { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    ]);
  });

  test.each<[string, Partial<ImportedSnapshotProps>, string, RegExp]>([
    ['no handle', { snapshotHandle: undefined }, 'SNP013', /it is missing/],
    ['an empty handle', { snapshotHandle: ' ' }, 'SNP013', /it is missing/],
    ['a handle with the newline of the command that printed it', { snapshotHandle: 'snap-1\n' }, 'SNP013', /blank/],
    ['the name of a content', { snapshotHandle: 'snapcontent-3f2a9c11-0d57-4f35-8e0a-6f6f5c1c0c11' }, 'SNP013', /name of a VolumeSnapshotContent/],
    ['no driver', { driver: undefined }, 'SNP013', /the driver/],
    ['a driver by its name', { driver: 'csi.example.com' as any }, 'SNP013', /only a name/],
    ['a driver without snapshots', { driver: CsiDriver.fromDriverName('csi.example.com', { capabilities: {} }) }, 'SNP004', /csi.example.com/],
    ['a class of another driver', { driver: OTHER, snapshotClass: DAILY }, 'SNP011', /'other.example.com'/],
    ['a class by its name', { snapshotClass: 'daily' as any }, 'VOL005', /only a name/],
    ['a claim by its name', { sourceClaim: 'orders' as any }, 'SNP013', /only a name/],
    ['a policy that there is not', { deletionPolicy: 'Keep' as any }, 'SNP013', /'Keep'/],
    ['a mode that there is not', { volumeMode: 'File' as any }, 'SNP013', /'File'/],
    ['a size of nothing', { size: Size.gibibytes(0) }, 'MAN004', /0/],
    ['a change of a mode that is not known', { allowVolumeModeChange: true }, 'SNP013', /not given/],
    ['a name that nothing can have', { name: 'Orders' }, 'MAN001', /Orders/],
    ['a content name that nothing can have', { contentName: 'Orders' }, 'MAN001', /Orders/],
    ['a content whose name is too long', { name: 'n'.repeat(250) }, 'MAN001', /VolumeSnapshotContent/],
    ['a namespace that there cannot be', { namespace: 'a.b' }, 'MAN001', /a\.b/],
  ])('with %s is refused', (_, props, expected, message) => {
    expect(thrown(() => imported(props as any))).toMatchObject({ code: expected, message: expect.stringMatching(message) });
  });

  test('has to know its namespace', () => {
    const chart = testChart();
    expect(thrown(() => imported({}, chart))).toMatchObject({ code: 'SNP013', message: expect.stringContaining('namespace') });
  });

  test('whose mode may change is taken for either', () => {
    const chart = apps();
    const built = imported({ volumeMode: VolumeMode.BLOCK, allowVolumeModeChange: true, size: GIBIBYTE }, chart);
    Restore.fromSnapshot(chart, 'Restored', built, { name: 'restored', storageClass: FAST });
    expect(one(chart, 'VolumeSnapshotContent')).toMatchObject({ metadata: { annotations: { 'snapshot.storage.kubernetes.io/allow-volume-mode-change': 'true' } }, spec: { sourceVolumeMode: 'Block' } });
    expect(codes(chart)).toEqual(['SNP048']);
  });

  test('that two namespaces of one cluster have is taken, if both keep it; other clusters do not count', () => {
    const both = (...policies: SnapshotDeletionPolicy[]) => {
      const chart = apps();
      policies.forEach((deletionPolicy, index) => new ImportedSnapshot(chart, `I${index}`, { name: `orders-${index}`, snapshotHandle: 'snap-1', driver: DRIVER, deletionPolicy }));
      return codes(chart);
    };
    const { RETAIN, DELETE } = SnapshotDeletionPolicy;
    expect(both(RETAIN, RETAIN)).toEqual([]);
    expect(both(RETAIN, DELETE)).toEqual(['SNP046', 'SNP047']);
    expect(both(DELETE, RETAIN)).toEqual(['SNP046', 'SNP047']);
    const clusters = twoClusters();
    clusters.forEach(chart => { SnapshotController.existing(chart); });
    imported({}, clusters[0]);
    imported({ deletionPolicy: DELETE }, clusters[1]);
    expect(codes(clusters[0])).toEqual(['SNP047']);
  });

  test('of a class with a Secret for asking leaves granting it to the class', () => {
    const chart = apps();
    const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true }, controllerServiceAccount: { name: 'controller', namespace: 'csi' } });
    const snapshotClass = new VolumeSnapshotClass(chart, 'Class', { name: 'daily', driver, secrets: { snapshotterList: SecretReference.fromName('credentials', 'csi') } });
    imported({ driver: undefined, snapshotClass }, chart);
    expect(all(chart, 'Role')).toHaveLength(1);
    expect(codes(chart)).toEqual([]);
  });

  test('of another namespace knows what the original knows, and is always kept', () => {
    const chart = apps();
    const copy = ImportedSnapshot.ofOtherNamespace(chart, 'Copy', taken(), { name: 'orders', snapshotHandle: 'snap-1', namespace: 'staging', deletionPolicy: 'Delete' } as any);
    const restored = Restore.fromSnapshot(chart, 'Restored', copy, { name: 'orders' });
    expect(copy).toMatchObject({ namespace: 'staging', contentName: 'staging.orders', snapshotClass: DAILY });
    expect(one(chart, 'VolumeSnapshotContent').spec).toMatchObject({ deletionPolicy: 'Retain', sourceVolumeMode: 'Filesystem', volumeSnapshotClassName: 'daily' });
    expect(restored.namespace).toBe('staging');
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('of another namespace needs a driver, and an original of the same cluster', () => {
    const copy = (original: any, chart = apps()) => code(() => ImportedSnapshot.ofOtherNamespace(chart, 'Copy', original, { name: 'orders', snapshotHandle: 'snap-1', namespace: 'staging' }));
    expect(copy(UNKNOWN)).toBe('SNP013');
    expect(copy('nightly')).toBe('SNP041');
    const [east, west] = twoClusters();
    SnapshotController.existing(west);
    expect(copy(imported({}, west), east)).toBe('PLT005');
  });
});

test('an existing snapshot takes what is not said from its claim, and nothing else for one', () => {
  expect(VolumeSnapshot.fromVolumeSnapshotName('nightly', { sourceClaim: claimOf('orders') })).toMatchObject({
    namespace: 'apps', dataSourceDriver: DRIVER, dataSourceSize: Size.gibibytes(20), dataSourceVolumeMode: 'Filesystem',
  });
  expect(VolumeSnapshot.fromVolumeSnapshotName('nightly', { sourceClaim: claimOf('orders'), namespace: 'other', size: GIBIBYTE, driver: OTHER, volumeMode: VolumeMode.BLOCK })).toMatchObject({
    namespace: 'other', dataSourceDriver: OTHER, dataSourceSize: GIBIBYTE, dataSourceVolumeMode: 'Block',
  });
  expect(code(() => VolumeSnapshot.fromVolumeSnapshotName('nightly', { sourceClaim: 'orders' as any }))).toBe('SNP013');
});
