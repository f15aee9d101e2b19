import { Chart, Size } from 'cdk8s';
import { Findings, NfsCsiDriver, NfsStorage } from '../../src';
import { codes, existingNfs, nfs, object, SERVER, testChart } from '../support';

// What the user writes beside our constructs is held to the same rules.

const SIZE = Size.gibibytes(1);
const V1 = 'storage.k8s.io/v1';

function rawVolume(chart: Chart, volumeHandle: string, persistentVolumeReclaimPolicy?: string): void {
  const csi = { driver: 'nfs.csi.k8s.io', volumeHandle, volumeAttributes: { server: 'nfs.example.com', share: '/exports' } };
  object(chart, 'PersistentVolume', { metadata: { name: `v${chart.node.children.length}` }, spec: { csi, persistentVolumeReclaimPolicy, accessModes: ['ReadWriteMany'] } });
}

test('a volume that could wipe its share', () => {
  const chart = testChart();
  rawVolume(chart, 'nfs.example.com#exports#', 'Delete');
  expect(codes(chart)).toEqual(['NFS009']);
});

test('a volume that cannot', () => {
  const chart = testChart();
  rawVolume(chart, 'nfs.example.com#exports##a#retain', 'Retain');
  expect(codes(chart)).toEqual([]);
});

test('a volume that the driver would mount writable, whatever its source says', () => {
  const chart = testChart();
  const csi = { driver: 'nfs.csi.k8s.io', readOnly: true, volumeHandle: 'nfs.example.com#exports##a#retain', volumeAttributes: { server: 'nfs.example.com', share: '/exports' } };
  object(chart, 'PersistentVolume', { metadata: { name: 'a' }, spec: { csi, accessModes: ['ReadWriteMany'] } });
  expect(codes(chart)).toEqual(['VOL007']);
});

test('a class of a driver that is installed here by another name', () => {
  const chart = testChart();
  new NfsCsiDriver(chart, 'Driver', { driverName: 'nfs2.example.com' });
  object(chart, 'StorageClass', { metadata: { name: 'a' }, provisioner: 'nfs2.example.com', parameters: { server: 'nfs.example.com', share: '/exports', path: '/' } }, V1);
  expect(codes(chart)).toEqual(['NFS001']);
});

test('two volumes with one handle', () => {
  const chart = testChart();
  rawVolume(chart, 'nfs.example.com#exports##a#retain');
  rawVolume(chart, 'nfs.example.com#exports##a#retain');
  expect(codes(chart)).toEqual(['VOL004']);
});

test('a volume that would be archived into itself', () => {
  const chart = testChart();
  rawVolume(chart, 'nfs.example.com#exports##a#retain');
  object(chart, 'VolumeSnapshotClass', { metadata: { name: 'a' }, driver: 'nfs.csi.k8s.io', parameters: { share: '/exports/snapshots' } }, 'snapshot.storage.k8s.io/v1');
  expect(codes(chart)).toEqual(['NFS017']);
});

test.each([
  [{ mountOptions: 'hard,ro' }, 'NFS012'],
  [{ mountOptions: 'hard,proto=udp' }, 'NFS013'],
  [{ server: 'nfs://nfs.example.com' }, 'NFS002'],
  [{ share: 'snapshots' }, 'NFS002'],
  [{ server: 'nfs.example.com', share: '/snapshots', mountOptions: 'hard' }, undefined],
])('a snapshot class with %j: %s', (parameters, expected) => {
  const chart = testChart();
  object(chart, 'VolumeSnapshotClass', { metadata: { name: 'a' }, driver: 'nfs.csi.k8s.io', parameters }, 'snapshot.storage.k8s.io/v1');
  expect(codes(chart)).toEqual(expected ? [expected] : []);
});

test('a snapshot class with a parameter of old', () => {
  const chart = testChart();
  object(chart, 'VolumeSnapshotClass', { metadata: { name: 'a' }, driver: 'nfs.csi.k8s.io', parameters: { path: '/' } }, 'snapshot.storage.k8s.io/v1');
  expect(codes(chart)).toEqual(['NFS001']);
});

test('listing twice finds the same: a check that needs another check adds it once', () => {
  const chart = testChart({ kernel: '4.18' });
  const parameters = { server: 'nfs.example.com', share: '/exports' };
  object(chart, 'StorageClass', { metadata: { name: 'old' }, provisioner: 'nfs.csi.k8s.io', parameters, mountOptions: ['nconnect=4'] }, V1);
  const found = () => Findings.of(chart).list().map(finding => finding.code);
  expect([found(), found(), found()]).toEqual([['NFS114'], ['NFS114'], ['NFS114']]);
});

describe('a snapshot that would contain itself (NFS017)', () => {
  const driver = existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: { name: 'csi-nfs-controller', namespace: 'csi-nfs' } });
  const storages = (share: string) => {
    const chart = testChart();
    const first = nfs(chart, { driver });
    const second = new NfsStorage(chart, 'Other', { server: SERVER, driver, secretName: 'other' });
    second.addSnapshotClass('daily', { share });
    return { chart, first };
  };

  test.each([
    ['of a directory, written below it', 'data', '/exports/data/snapshots', true],
    ['of a directory, written beside it', 'data', '/exports/data-snapshots', false],
    ['of a whole share, by a class of another storage on the server', undefined, '/exports/snapshots', true],
  ])('%s', (_, subDir, share, trips) => {
    const { chart, first } = storages(share);
    first.addStaticVolume('archive', { capacity: SIZE, subDir });
    expect(codes(chart).includes('NFS017')).toBe(trips);
  });
});
