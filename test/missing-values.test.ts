import { Chart } from 'cdk8s';
import { Findings, NfsStorage, PersistentVolumeClaim, PodVolume, StorageClass, VolumeSnapshot, VolumeSnapshotClass } from '../src';
import { code, codes, existingNfs, nfs, object, testChart } from './support';

// What TypeScript would not compile reaches the constructs all the same: from JavaScript, and from variables that are not set.
const NOTHING = undefined as any;

test.each<[string, string, () => unknown]>([
  ['a reason', 'FND001', () => Findings.of(testChart()).acknowledge('NFS003', NOTHING)],
  ['the capacity of a volume', 'MAN004', () => nfs(testChart()).addStaticVolume('archive', { capacity: NOTHING })],
  ['a mount option of the protocol', 'NFS013', () => nfs(testChart(), { protocol: { extraOptions: [NOTHING] } })],
  ['a mount option of a class', 'VOL005', () => new StorageClass(testChart(), 'Class', { name: 'fast', driver: existingNfs(), mountOptions: [NOTHING] })],
  ['a parameter', 'VOL005', () => new StorageClass(testChart(), 'Class', { name: 'fast', driver: existingNfs(), parameters: { server: NOTHING } })],
  ['the driver of a class', 'VOL005', () => new StorageClass(testChart(), 'Class', { name: 'fast', driver: NOTHING })],
  ['the size of a claim', 'VOL013', () => new PersistentVolumeClaim(testChart(), 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('fast'), size: NOTHING })],
  ['the driver of a snapshot class, by its name', 'SNP013', () => new VolumeSnapshotClass(testChart(), 'Class', { name: 'daily', driver: 'csi.example.com' as any })],
  ['the claim of a snapshot, by its name', 'SNP013', () => new VolumeSnapshot(testChart(), 'Snapshot', { name: 'monday', claim: 'data' as any })],
  ['the class of a snapshot, by its name', 'VOL005', () => new VolumeSnapshot(testChart(), 'Snapshot', {
    name: 'monday', claim: PersistentVolumeClaim.fromClaimName('data'), snapshotClass: 'daily' as any,
  })],
  ['the driver of an NfsStorage, by its name', 'VOL005', () => nfs(testChart(), { driver: 'nfs.csi.k8s.io' as any })],
  ['the driver of a volume in a pod, by its name', 'VOL005', () => PodVolume.csiInline('data', { driver: 'csi.example.com' as any })],
  ['a claim in a pod, by its name', 'VOL005', () => PodVolume.fromClaim('data' as any)],
])('%s that is missing or no object ends in %s', (_, expected, build) => {
  expect(code(build)).toBe(expected);
});

describe('mount options that contradict each other', () => {
  test.each([
    [['rsize=1', 'rsize=2']],
    [['noatime', 'atime']],
    [['ro']],
    [['vers=3.0']],
  ])('%j are refused', extraOptions => {
    expect(code(() => nfs(testChart(), { protocol: { extraOptions } }))).toMatch(/^NFS01[23]$/);
  });

  test('nolock is not refused where the version is not known', () => {
    const parameters = { server: 'nfs.example.com', share: '/exports' };
    expect(code(() => new StorageClass(testChart(), 'Class', { name: 'fast', driver: existingNfs(), parameters, mountOptions: ['nolock'] }))).toBeUndefined();
  });
});

test('a class and a snapshot class of one name have each their own Role', () => {
  const chart: Chart = testChart();
  const driver = existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: { name: 'csi-nfs-controller', namespace: 'csi-nfs' } });
  const first: NfsStorage = nfs(chart, { driver });
  first.addStorageClass('fast');
  new VolumeSnapshotClass(chart, 'Class', { name: 'fast', driver });
  expect(codes(chart)).toEqual(['SNP003']);
});

test('a class that the user wrote for csi-driver-nfs is held to its rules', () => {
  const chart = testChart();
  const parameters = { server: 'nfs.example.com', path: '/share' };
  object(chart, 'StorageClass', { metadata: { name: 'old' }, provisioner: 'nfs.csi.k8s.io', parameters }, 'storage.k8s.io/v1');
  expect(codes(chart)).toEqual(['NFS001']);
});
