import { Size } from 'cdk8s';
import { AccessMode, Findings, NfsCsiDriver, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, ReclaimPolicy, StorageClass } from '../../src';
import { code, codes, existingNfs, nfs, testChart, uncheckedCodes } from '../support';

const GIBIBYTE = Size.gibibytes(1);

/** The code that a class with these mount options gets, thrown or found. */
function classWith(...mountOptions: string[]): string | undefined {
  const chart = testChart({ kernel: '6.1' });
  const build = () => new StorageClass(chart, 'Class', { name: 'fast', driver: existingNfs(), parameters: { server: 'nfs.example.com', share: '/exports' }, mountOptions });
  return code(build) ?? codes(chart)[0];
}

/** The same for a volume with these attributes beside server and share. */
function volumeWith(volumeAttributes: Record<string, string>, handle = 'nfs.example.com#exports##archive#retain'): string | undefined {
  const chart = testChart();
  const build = () => new PersistentVolume(chart, 'Volume', {
    name: 'archive', capacity: GIBIBYTE, accessModes: [AccessMode.READ_WRITE_MANY],
    source: PersistentVolumeSource.csi({ driver: existingNfs(), volumeHandle: handle, volumeAttributes: { server: 'nfs.example.com', share: '/exports', ...volumeAttributes } }),
  });
  return code(build) ?? codes(chart)[0];
}

describe('who goes around NfsStorage is held to the same mount options', () => {
  test.each([
    [['nfsvers=3'], 'NFS013'],
    [['nfsvers=4.1', 'nolock'], 'NFS013'],
    [['nconnect=17'], 'NFS013'],
    [['proto=udp'], 'NFS013'],
    [['vers=4.1', 'v4.2'], 'NFS013'],
    [['proto=udp6'], 'NFS013'],
    [['mountproto=udp'], 'NFS013'],
    [['udp'], 'NFS013'],
    [['timeo=0'], 'NFS013'],
    [['retrans=0'], undefined],
    [['vers=3.0'], 'NFS013'],
    [['v3', 'nolock'], undefined],
    [['soft', 'softerr'], 'NFS013'],
    [['softerr'], 'NFS113'],
    [['soft'], 'NFS113'],
    [['ro'], 'NFS012'],
    [['nfsvers=3', 'nolock'], undefined],
    [['nfsvers=4.1', 'hard', 'noatime'], undefined],
  ])('%j: %s', (options, expected) => {
    expect(classWith(...options)).toBe(expected);
  });
});

test('whether the nodes can do what a class by hand asks of them is not known', () => {
  const chart = testChart();
  const class_ = { name: 'fast', driver: existingNfs(), parameters: { server: 'nfs.example.com', share: '/exports' } };
  new StorageClass(chart, 'Class', { ...class_, mountOptions: ['sec=krb5p'] });
  expect(codes(chart)).toEqual([]);
  expect(uncheckedCodes(chart)).toContain('NFS014');
});

test('a release that is not declared is not known of a class by hand either', () => {
  const chart = testChart();
  new StorageClass(chart, 'Class', { name: 'fast', driver: existingNfs({ version: undefined }), parameters: { server: 'nfs.example.com', share: '/exports' } });
  expect(uncheckedCodes(chart)).toEqual(['NFS006', 'NFS106']);
});

test.each([
  [undefined, undefined, 2], // the driver deletes unless it is told otherwise
  ['delete', undefined, 2],
  ['archive', undefined, 1],
  [undefined, ReclaimPolicy.RETAIN, 1],
])('v4.10.0 and onDelete %s, reclaimPolicy %s: %i reasons against the release', (onDelete, reclaimPolicy, count) => {
  const chart = testChart();
  const parameters = { server: 'nfs.example.com', share: '/exports', subDir: 'k8s/${pv.metadata.name}', ...(onDelete ? { onDelete } : {}) };
  new StorageClass(chart, 'Class', { name: 'fast', driver: existingNfs({ version: 'v4.10.0' }), reclaimPolicy, parameters });
  expect(Findings.of(chart).list().filter(finding => finding.code === 'NFS006')).toHaveLength(count);
});

test('a class by hand of a csi-driver-nfs with another name is held to its parameters', () => {
  const driver = NfsCsiDriver.existing({ driverName: 'nfs2.example.com' });
  expect(code(() => new StorageClass(testChart(), 'Class', { name: 'fast', driver, parameters: { path: '/exports' } }))).toBe('NFS001');
});

test('a class by hand that stands below an NfsStorage is held to them too', () => {
  const storage = nfs(testChart());
  const build = () => new StorageClass(storage, 'Class', {
    name: 'fast', driver: storage.driver, parameters: { server: 'nfs.example.com', share: '/exports' }, mountOptions: ['proto=udp'],
  });
  expect(code(build)).toBe('NFS013');
});

describe('who writes a volume without NfsStorage', () => {
  test.each([
    ['readOnly, which the driver ignores: the volume would be writable', { readOnly: 'true' }],
    ['path, which is the share', { path: '/exports' }],
    ['permissions that are none', { mountPermissions: 'rwx' }],
    ['a subDir that climbs', { subDir: '../x' }],
  ])('is told of attributes without effect or sense: %s', (_, attributes) => {
    expect(volumeWith(attributes)).toBeDefined();
  });

  test('is held to mount options that are attributes', () => {
    expect(volumeWith({ mountOptions: 'hard,proto=udp' })).toBe('NFS013');
    expect(volumeWith({ mountOptions: 'hard,nfsvers=4.1' })).toBeUndefined();
  });

  test('gives it the subDir of its handle', () => {
    expect(volumeWith({ subDir: 'a' }, 'nfs.example.com#exports#b#archive#retain')).toBe('NFS009');
    expect(volumeWith({ subDir: 'a' }, 'nfs.example.com#exports#a#archive#retain')).toBeUndefined();
  });

  test('and mounts it read-only has a claim of which nothing is to be said', () => {
    const chart = testChart({}, { namespace: 'web' });
    const driver = existingNfs();
    const volume = new PersistentVolume(chart, 'Volume', {
      name: 'archive', capacity: GIBIBYTE, accessModes: [AccessMode.READ_ONLY_MANY], mountOptions: ['ro'], storageClass: StorageClass.fromStorageClassName('archive', { driver }),
      source: PersistentVolumeSource.csi({
        driver, volumeHandle: 'nfs.example.com#exports##archive#retain', volumeAttributes: { server: 'nfs.example.com', share: '/exports' },
      }),
    });
    new PersistentVolumeClaim(chart, 'Claim', { name: 'archive', volume });
    expect(codes(chart)).toEqual([]);
  });
});

test('one mistake is reported once, however many classes and volumes follow from it', () => {
  const chart = testChart({ kernel: '4.18' });
  const storage = nfs(chart, { protocol: { connections: 4 } });
  storage.addStorageClass('fast');
  storage.addStaticVolume('archive', { capacity: GIBIBYTE });
  expect(Findings.of(chart).list().map(finding => finding.path)).toEqual(['chart/Nfs']);
});
