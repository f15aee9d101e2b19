import { Size } from 'cdk8s';
import {
  CsiDriver, Findings, GitOpsTool, IPersistentVolumeClaim, PersistentVolumeClaim, SnapshotController, StorageClass, VolumeMode, VolumeSnapshot, VolumeSnapshotClass,
  VolumeSnapshotProps,
} from '../../src';
import { code, codes, one, testChart, thrown, twoClusters, uncheckedCodes } from '../support';

const DRIVER = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true, block: true } });
const DAILY = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: DRIVER });

function claimOf(known: Partial<IPersistentVolumeClaim> = { dataSourceDriver: DRIVER }): IPersistentVolumeClaim {
  return { ...PersistentVolumeClaim.fromClaimName('data', { namespace: 'apps' }), ...known };
}

function snapshot(props: Partial<VolumeSnapshotProps> = {}, chart = testChart()) {
  SnapshotController.existing(chart);
  return new VolumeSnapshot(chart, 'Snapshot', { name: 'before-upgrade', claim: claimOf(), snapshotClass: DAILY, ...props });
}

describe('VolumeSnapshot', () => {
  test('says no more than it must', () => {
    expect(one(snapshot(), 'VolumeSnapshot')).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'before-upgrade', namespace: 'apps' },
      spec: { volumeSnapshotClassName: 'daily', source: { persistentVolumeClaimName: 'data' } },
    });
  });

  test('without a class leaves it to the cluster, and says what could not be checked', () => {
    const built = snapshot({ snapshotClass: undefined });
    expect(one(built, 'VolumeSnapshot').spec).toEqual({ source: { persistentVolumeClaimName: 'data' } });
    expect(codes(built)).toEqual([]);
    expect(uncheckedCodes(built)).toEqual(['SNP012']);
  });

  test('is data: no GitOps tool prunes it', () => {
    const built = snapshot({ annotations: { note: 'kept' } }, testChart({ gitOps: GitOpsTool.ARGO_CD }));
    expect(one(built, 'VolumeSnapshot').metadata.annotations).toEqual({ 'note': 'kept', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });

  test('is in the namespace of its claim, not in that of its chart', () => {
    const chart = testChart({}, { namespace: 'operations' });
    expect(snapshot({}, chart).namespace).toBe('apps');
  });

  test('is in the chart\'s namespace where that of the claim is not known, which is not checked', () => {
    const chart = testChart({}, { namespace: 'operations' });
    const built = snapshot({ claim: PersistentVolumeClaim.fromClaimName('data') }, chart);
    expect(one(chart, 'VolumeSnapshot').metadata.namespace).toBe('operations');
    expect(built.namespace).toBe('operations');
    expect(uncheckedCodes(chart)).toEqual(['SNP010', 'SNP011']);
  });

  test('of a claim of the same chart needs no namespace at all', () => {
    const chart = testChart();
    const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('fast', { driver: DRIVER }), size: Size.gibibytes(5) });
    const built = snapshot({ claim }, chart);
    expect(built.namespace).toBeUndefined();
    expect(uncheckedCodes(chart)).not.toContain('SNP010');
  });

  test('in another namespace than its claim is refused, and both are named', () => {
    expect(thrown(() => snapshot({ namespace: 'backup' }))?.message).toMatch(/'backup'.*'data'.*'apps'/);
  });

  test('names both drivers when the class is of another one', () => {
    const other = CsiDriver.fromDriverName('other.example.com', { capabilities: { snapshot: true } });
    expect(thrown(() => snapshot({ claim: claimOf({ dataSourceDriver: other }) }))).toMatchObject({ code: 'SNP011', message: expect.stringMatching(/'csi.example.com'.*'other.example.com'/) });
  });

  test('without a class, of a claim of which nothing is known, says what is missing', () => {
    const built = snapshot({ snapshotClass: undefined, claim: claimOf({}) });
    expect(Findings.of(built).unchecked()).toEqual([expect.objectContaining({ code: 'SNP012', missing: 'the driver of the claim' })]);
  });

  test('says which driver could not be compared', () => {
    const missing = (props: Partial<VolumeSnapshotProps>) => Findings.of(snapshot(props)).unchecked().filter(rule => rule.code === 'SNP011').map(rule => rule.missing);
    expect(missing({ claim: claimOf({}) })).toEqual(["the driver of the claim 'data'"]);
    expect(missing({ snapshotClass: VolumeSnapshotClass.fromVolumeSnapshotClassName('daily') })).toEqual(["the driver of the snapshot class 'daily'"]);
  });

  test('is nothing that a claim or class of another cluster can be used for', () => {
    const [east, west] = twoClusters();
    SnapshotController.existing(west);
    const theirs = new VolumeSnapshotClass(west, 'Class', { name: 'daily', driver: DRIVER });
    expect(code(() => snapshot({ snapshotClass: theirs }, east))).toBe('PLT005');
    const claim = new PersistentVolumeClaim(west, 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('fast'), size: Size.gibibytes(1) });
    const build = () => new VolumeSnapshot(east, 'Other', { name: 'other', claim, snapshotClass: DAILY });
    expect(code(build)).toBe('PLT005');
  });

  test('hands on what a restore has to know: kind, name, namespace, driver, size and mode', () => {
    const built = snapshot({ claim: claimOf({ dataSourceDriver: DRIVER, dataSourceSize: Size.gibibytes(20), dataSourceVolumeMode: VolumeMode.BLOCK }) });
    expect(built).toMatchObject({ dataSourceKind: 'VolumeSnapshot', dataSourceApiGroup: 'snapshot.storage.k8s.io', dataSourceName: 'before-upgrade', namespace: 'apps' });
    expect(built.dataSourceDriver).toBe(DRIVER);
    expect(built.dataSourceSize?.toGibibytes()).toBe(20);
    expect(built.dataSourceVolumeMode).toBe(VolumeMode.BLOCK);
  });

  test('restores into a claim of its driver, and not into a smaller one', () => {
    const chart = testChart({}, { namespace: 'apps' });
    const storageClass = StorageClass.fromStorageClassName('fast', { driver: DRIVER });
    const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size: Size.gibibytes(20) });
    const dataSource = snapshot({ claim }, chart);
    const restore = (name: string, size: Size) => new PersistentVolumeClaim(chart, name, { name, storageClass, size, dataSource });
    restore('restored', Size.gibibytes(20));
    expect(one(chart, 'PersistentVolumeClaim', 'restored').spec.dataSource).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'before-upgrade' });
    expect(codes(chart)).toEqual([]);
    expect(code(() => restore('too-small', Size.gibibytes(10)))).toMatch(/^VOL/);
  });

  test('knows its driver from its class, where the claim does not say', () => {
    expect(snapshot({ claim: claimOf({}) }).dataSourceDriver).toBe(DRIVER);
  });
});

describe('a snapshot that exists already', () => {
  test('carries what it was told', () => {
    const size = Size.gibibytes(20);
    expect(VolumeSnapshot.fromVolumeSnapshotName('nightly', { namespace: 'apps', driver: DRIVER, size, volumeMode: VolumeMode.FILESYSTEM })).toEqual({
      snapshotName: 'nightly',
      namespace: 'apps',
      dataSourceKind: 'VolumeSnapshot',
      dataSourceApiGroup: 'snapshot.storage.k8s.io',
      dataSourceName: 'nightly',
      dataSourceDriver: DRIVER,
      dataSourceSize: size,
      dataSourceVolumeMode: VolumeMode.FILESYSTEM,
    });
  });

  test('is of the driver of its class', () => {
    expect(VolumeSnapshot.fromVolumeSnapshotName('nightly', { snapshotClass: DAILY }).dataSourceDriver).toBe(DRIVER);
  });

  test('has a name and a namespace that something can have', () => {
    expect(code(() => VolumeSnapshot.fromVolumeSnapshotName('Nightly'))).toBe('MAN001');
    expect(code(() => VolumeSnapshot.fromVolumeSnapshotName('nightly', { namespace: 'a.b' }))).toBe('MAN001');
  });
});
