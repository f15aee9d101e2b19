import { Chart, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, ExistingCsiDriverOptions, GitOpsTool, NfsProtocol, NfsCsiDriver, NfsServer, NfsStorage, NfsStorageProps, NfsVersion, PersistentVolumeClaim,
  SnapshotController, SnapshotDeletionPolicy, VolumeBindingMode, WhenDeleted,
} from '../../src';
import { ACCOUNT, all, code, codes, existingNfs, nfs, objects, one, SERVER, testApp, testChart, thrown, yaml } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const BY_NAME = '${pvc.metadata.namespace}/${pvc.metadata.name}';

/** Of a driver that is there already and takes snapshots. */
function withSnapshots(chart: Chart, props: Partial<ConstructorParameters<typeof NfsStorage>[2]> = {}): NfsStorage {
  SnapshotController.existing(chart);
  return nfs(chart, { driver: existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: ACCOUNT }), ...props });
}

test('a class, a volume and a snapshot class, as they are written', () => {
  const chart = testChart();
  const storage = withSnapshots(chart, { protocol: { version: NfsVersion.V3, locking: false, extraOptions: ['noatime'] } });
  storage.addStorageClass('shared', { subDir: BY_NAME, whenDeleted: WhenDeleted.KEEP_DATA, mountPermissions: '0770', isDefault: true, volumeBindingMode: VolumeBindingMode.IMMEDIATE });
  storage.addStaticVolume('archive', { capacity: GIBIBYTE, subDir: 'reports/2026', readOnly: true, claim: { name: 'archive', namespace: 'web' } });
  storage.addSnapshotClass('daily', { share: '/snapshots', deletionPolicy: SnapshotDeletionPolicy.RETAIN, isDefault: true });
  expect(yaml(chart)).toMatchSnapshot();
});

describe('what becomes of a claim\'s directory: Kubernetes\' half and the driver\'s half', () => {
  test.each([
    [WhenDeleted.DELETE, 'Delete', 'delete'],
    [WhenDeleted.ARCHIVE, 'Delete', 'archive'],
    [WhenDeleted.KEEP_DATA, 'Delete', 'retain'],
    [WhenDeleted.KEEP_VOLUME, 'Retain', undefined],
    [undefined, 'Delete', 'archive'],
  ])('%s is reclaimPolicy %s and onDelete %s', (whenDeleted, reclaimPolicy, onDelete) => {
    const chart = testChart();
    nfs(chart).addStorageClass('fast', { whenDeleted });
    expect(one(chart, 'StorageClass').reclaimPolicy).toBe(reclaimPolicy);
    expect(one(chart, 'StorageClass').parameters.onDelete).toBe(onDelete);
  });

  test('the table has every choice that there is', () => {
    expect(Object.values(WhenDeleted)).toEqual(['delete', 'archive', 'keep-data', 'keep-volume']);
  });
});

describe('a class', () => {
  test('says no more than it must', () => {
    const chart = testChart();
    nfs(chart).addStorageClass('fast');
    expect(one(chart, 'StorageClass')).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: 'nfs.csi.k8s.io',
      parameters: {
        'server': 'nfs.example.com',
        'share': '/exports',
        'onDelete': 'archive',
        'csi.storage.k8s.io/provisioner-secret-name': 'nfs-mount-options-nfs.example.com',
        'csi.storage.k8s.io/provisioner-secret-namespace': 'csi-nfs',
      },
      reclaimPolicy: 'Delete',
      mountOptions: ['nfsvers=4.1', 'hard'],
    });
  });

  test('has a share of its own where one is given', () => {
    const chart = testChart();
    nfs(chart).addStorageClass('fast', { share: '/fast' });
    expect(one(chart, 'StorageClass').parameters.share).toBe('/fast');
  });

  test.each([
    ['names that a dash may split in two ways', '${pvc.metadata.namespace}-${pvc.metadata.name}'],
    ['names with nothing between them', '${pvc.metadata.namespace}${pvc.metadata.name}'],
  ])('never gives two claims one directory: %s', (_, subDir) => {
    // a-b/c and a/b-c would both be in a-b-c
    expect(code(() => nfs(testChart()).addStorageClass('fast', { subDir, whenDeleted: WhenDeleted.KEEP_DATA }))).toBe('NFS004');
  });

  test.each(['/', '_', '.'])('may have names with "%s" between them: no namespace has it in its name', separator => {
    const subDir = `\${pvc.metadata.namespace}${separator}\${pvc.metadata.name}`;
    expect(code(() => nfs(testChart()).addStorageClass('fast', { subDir, whenDeleted: WhenDeleted.KEEP_DATA }))).toBeUndefined();
  });

  test.each(['{pvc.metadata.name}', '$(pvc.metadata.name)', '$pvc.metadata.name'])('has no subDir with a token that was mistyped, which would be one directory for all: %s', subDir => {
    expect(code(() => nfs(testChart()).addStorageClass('fast', { subDir, whenDeleted: WhenDeleted.KEEP_DATA }))).toBeDefined();
  });
});

describe('mount options', () => {
  test.each<[string, NfsProtocol, string]>([
    ['the default', {}, 'nfsvers=4.1 hard'],
    ['NFSv3', { version: NfsVersion.V3, locking: false }, 'nfsvers=3 hard nolock'],
    ['NFSv4.2', { version: NfsVersion.V4_2 }, 'nfsvers=4.2 hard'],
    ['all', { version: NfsVersion.V4_0, retransmissions: 0, connections: 1, extraOptions: ['noatime', 'rsize=1048576'] }, 'nfsvers=4.0 hard retrans=0 nconnect=1 noatime rsize=1048576'],
  ])('%s: the same in classes, volumes and for the controller', (_, protocol, options) => {
    const chart = testChart();
    const storage = nfs(chart, { protocol });
    storage.addStorageClass('fast');
    storage.addStaticVolume('archive', { capacity: GIBIBYTE });
    expect(one(chart, 'StorageClass').mountOptions.join(' ')).toBe(options);
    expect(one(chart, 'PersistentVolume').spec.mountOptions.join(' ')).toBe(options);
    expect(one(chart, 'Secret').stringData.mountOptions.split(',').join(' ')).toBe(options);
  });

  test('the Secret that carries them is written once for two classes and a snapshot class', () => {
    const chart = testChart();
    const storage = withSnapshots(chart);
    storage.addStorageClass('fast');
    storage.addStorageClass('slow');
    storage.addSnapshotClass('daily');
    const reference = (object: any, prefix: string) => ['name', 'namespace'].map(part => object.parameters[`csi.storage.k8s.io/${prefix}-secret-${part}`]);
    const { name, namespace } = one(chart, 'Secret').metadata;
    expect(all(chart, 'StorageClass').map(storageClass => reference(storageClass, 'provisioner'))).toEqual([[name, namespace], [name, namespace]]);
    expect(reference(one(chart, 'VolumeSnapshotClass'), 'snapshotter')).toEqual([name, namespace]);
  });

  test('a class with a protocol of its own has a Secret of its own, what it leaves out being as the storage says', () => {
    const chart = testChart();
    const storage = nfs(chart, { protocol: { version: NfsVersion.V4_2, extraOptions: ['noatime'] } });
    storage.addStorageClass('fast');
    storage.addStorageClass('many', { protocol: { connections: 8, version: undefined } });
    expect(Object.fromEntries(all(chart, 'StorageClass').map(({ metadata, mountOptions, parameters }) => (
      [metadata.name, [mountOptions.join(','), parameters['csi.storage.k8s.io/provisioner-secret-name']]]
    )))).toEqual({
      fast: ['nfsvers=4.2,hard,noatime', 'nfs-mount-options-nfs.example.com'],
      many: ['nfsvers=4.2,hard,nconnect=8,noatime', 'nfs-mount-options-nfs.example.com-many'],
    });
    expect(all(chart, 'Secret').map(secret => [secret.metadata.name, secret.stringData.mountOptions])).toEqual([
      ['nfs-mount-options-nfs.example.com', 'nfsvers=4.2,hard,noatime'], ['nfs-mount-options-nfs.example.com-many', 'nfsvers=4.2,hard,nconnect=8,noatime'],
    ]);
    const own = one(chart, 'Role', 'nfs-mount-options-nfs.example.com-many');
    expect(own.rules).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames: [own.metadata.name], verbs: ['get'] }]);
    expect(one(chart, 'RoleBinding', own.metadata.name).subjects).toEqual([{ kind: 'ServiceAccount', ...ACCOUNT }]);
  });

  test('a protocol of which nothing is said is that of the storage', () => {
    const chart = testChart();
    nfs(chart).addStorageClass('fast', { protocol: { version: undefined } });
    expect(one(chart, 'Secret').metadata.name).toBe('nfs-mount-options-nfs.example.com');
  });

  test('a protocol of a class alone writes no other Secret, and is held to the same rules', () => {
    const chart = testChart();
    const storage = nfs(chart, { secretName: 'options' });
    storage.addStorageClass('slow', { protocol: { hard: false } });
    expect(one(chart, 'Secret').metadata.name).toBe('options-slow');
    expect(codes(chart)).toEqual(['NFS113']);
    expect(code(() => storage.addStorageClass('old', { protocol: { version: NfsVersion.V3 } }))).toBe('NFS013');
    expect(code(() => storage.addStorageClass('locked', { protocol: { extraOptions: ['sec=krb5p'] } }))).toBe('NFS014');
    expect(code(() => storage.addStorageClass('locked', { protocol: { extraOptions: ['ro'] } }))).toBe('NFS012');
  });

  test('the driver\'s controller may read that Secret, and no other', () => {
    const chart = testChart();
    const storage = withSnapshots(chart);
    storage.addStorageClass('fast');
    storage.addSnapshotClass('daily');
    expect(one(chart, 'Role')).toMatchObject({
      metadata: { namespace: 'csi-nfs' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [one(chart, 'Secret').metadata.name], verbs: ['get'] }],
    });
    expect(one(chart, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', ...ACCOUNT }]);
    expect(all(chart, 'ClusterRole')).toEqual([]);
  });

  test('the Secret lies beside the driver, or where it is told', () => {
    const chart = testChart();
    nfs(chart, { secretName: 'options', secretNamespace: 'storage' }).addStorageClass('fast');
    expect(one(chart, 'Secret').metadata).toMatchObject({ name: 'options', namespace: 'storage' });
    expect(one(chart, 'Role').metadata.namespace).toBe('storage');
    const own = testChart({}, { namespace: 'apps' });
    new NfsStorage(own, 'Nfs', { server: SERVER }).addStorageClass('fast');
    expect(one(own, 'Secret').metadata.namespace).toBe('csi-nfs');
  });

  test('a volume alone needs no Secret', () => {
    const chart = testChart();
    nfs(chart).addStaticVolume('archive', { capacity: GIBIBYTE });
    expect(objects(chart).map(object => object.kind)).toEqual(['PersistentVolume']);
  });

  test.each(['nfs.example.com.', 'NFS.Example.com', '10.0.0.1', 'fd00::1', '::1'])('the Secret has a name that Kubernetes takes for the server %s', host => {
    const storage = nfs(testChart(), { server: NfsServer.external({ host, share: '/exports' }) });
    expect(code(() => storage.addStorageClass('fast'))).toBeUndefined();
  });

  test('of two storages on one server would overwrite each other, and the fix says how to tell them apart', () => {
    const app = testApp();
    nfs(new Chart(app, 'a')).addStorageClass('hard');
    const second = (secretName?: string) => nfs(new Chart(app, `b-${secretName}`), { protocol: { retransmissions: 5 }, secretName }).addStorageClass('patient');
    expect(thrown(() => second())).toMatchObject({ code: 'NFS117', message: expect.stringContaining('a/Nfs'), fix: expect.stringContaining('secretName') });
    expect(code(() => second('nfs-patient'))).toBeUndefined();
  });
});

describe('a static volume', () => {
  /** `server#share#subDir#name#onDelete`, as csi-driver-nfs takes it apart. */
  test.each([
    ['/exports', undefined, 'nfs.example.com#exports##archive#retain'],
    ['/exports/a/b', undefined, 'nfs.example.com#exports/a/b##archive#retain'],
    ['/exports', 'reports/2026', 'nfs.example.com#exports#reports/2026#archive#retain'],
    ['/', undefined, 'nfs.example.com###archive#retain'],
  ])('of %s and %s has the handle %s', (share, subDir, volumeHandle) => {
    const chart = testChart();
    nfs(chart).addStaticVolume('archive', { capacity: GIBIBYTE, share, subDir });
    expect(one(chart, 'PersistentVolume').spec.csi).toEqual({
      driver: 'nfs.csi.k8s.io', volumeHandle, volumeAttributes: { server: 'nfs.example.com', share, ...(subDir ? { subDir } : {}) },
    });
    expect(volumeHandle.split('#')).toHaveLength(5);
  });

  test('is never deleted with its claim', () => {
    const chart = testChart();
    nfs(chart).addStaticVolume('archive', { capacity: GIBIBYTE });
    expect(one(chart, 'PersistentVolume').spec.persistentVolumeReclaimPolicy).toBe('Retain');
  });

  test.each([
    [undefined, ['ReadWriteMany'], ['nfsvers=4.1', 'hard']],
    [false, ['ReadWriteMany'], ['nfsvers=4.1', 'hard']],
    [true, ['ReadOnlyMany'], ['nfsvers=4.1', 'hard', 'ro']],
  ])('readOnly: %s may be mounted by %s, with %s', (readOnly, accessModes, mountOptions) => {
    const chart = testChart();
    nfs(chart).addStaticVolume('archive', { capacity: GIBIBYTE, readOnly });
    expect(one(chart, 'PersistentVolume').spec).toMatchObject({ accessModes, mountOptions });
    expect(one(chart, 'PersistentVolume').spec.csi).not.toHaveProperty('readOnly'); // nobody heeds it
  });

  test('two show one directory by two handles', () => {
    const chart = testChart();
    const storage = nfs(chart);
    ['a', 'b'].forEach(name => storage.addStaticVolume(name, { capacity: GIBIBYTE }));
    const handles = all(chart, 'PersistentVolume').map(volume => volume.spec.csi.volumeHandle);
    expect(new Set(handles).size).toBe(2);
    expect(codes(chart)).toEqual([]);
  });

  test('that is mounted read-only has a claim of which nothing is to be said', () => {
    const chart = testChart({}, { namespace: 'web' });
    new PersistentVolumeClaim(chart, 'Claim', { name: 'archive', volume: nfs(chart).addStaticVolume('archive', { capacity: GIBIBYTE, readOnly: true }) });
    expect(codes(chart)).toEqual([]);
    expect(one(chart, 'PersistentVolumeClaim').spec).toMatchObject({ accessModes: ['ReadOnlyMany'], storageClassName: '', volumeName: 'archive' });
  });
});

describe('drivers', () => {
  test('one is installed as a child unless one is given', () => {
    const chart = testChart();
    const storage = new NfsStorage(chart, 'Nfs', { server: SERVER });
    expect(storage.driver).toBeInstanceOf(NfsCsiDriver);
    expect(all(chart, 'CSIDriver')).toHaveLength(1);
  });

  test('one serves two servers', () => {
    const app = testApp();
    const first = new NfsStorage(new Chart(app, 'a'), 'Nfs', { server: SERVER });
    const second = new NfsStorage(new Chart(app, 'b'), 'Nfs', { server: NfsServer.external({ host: 'other.example.com', share: '/' }), driver: first.driver });
    [first, second].forEach((storage, index) => storage.addStorageClass(`class-${index}`));
    expect(codes(app)).toEqual([]);
    expect(all(app, 'CSIDriver')).toHaveLength(1);
    expect(all(app, 'Secret').map(secret => secret.metadata.namespace)).toEqual(['csi-nfs', 'csi-nfs']);
  });

  const named = (driverName: string, options: ExistingCsiDriverOptions = { controllerServiceAccount: ACCOUNT }) => CsiDriver.fromDriverName(driverName, options);

  test.each<[string, (storage: NfsStorage) => unknown, string]>([
    ['one directory for all, deleted with the first', storage => storage.addStorageClass('fast', { subDir: 'data', whenDeleted: WhenDeleted.DELETE }), 'NFS004'],
    ['an archive whose name is taken', storage => storage.addStorageClass('fast', { subDir: BY_NAME }), 'NFS005'],
    ['a subDir that climbs', storage => storage.addStorageClass('fast', { subDir: '../x' }), 'NFS002'],
    ['a relative share', storage => storage.addStorageClass('fast', { share: 'exports' }), 'NFS002'],
    ['permissions that are none', storage => storage.addStorageClass('fast', { mountPermissions: 'rwx' }), 'NFS015'],
    ['ReadOnlyMany', storage => storage.addStaticVolume('archive', { capacity: GIBIBYTE, accessModes: [AccessMode.READ_ONLY_MANY] }), 'NFS112'],
  ])('one that exists under another name is held to the same rules: %s', (_, add, expected) => {
    const storage = nfs(testChart(), { driver: named('nfs2.example.com') });
    expect(code(() => add(storage)) ?? codes(storage)[0]).toBe(expected);
  });
});

describe('a snapshot class', () => {
  test('says no more than it must', () => {
    const chart = testChart();
    withSnapshots(chart).addSnapshotClass('daily');
    const { driver, deletionPolicy, parameters } = one(chart, 'VolumeSnapshotClass');
    expect({ driver, deletionPolicy }).toEqual({ driver: 'nfs.csi.k8s.io', deletionPolicy: 'Delete' });
    expect(Object.keys(parameters)).toEqual(['csi.storage.k8s.io/snapshotter-secret-name', 'csi.storage.k8s.io/snapshotter-secret-namespace']);
  });

  test('has a share of its own where one is given, and a good one', () => {
    const chart = testChart();
    withSnapshots(chart).addSnapshotClass('daily', { share: '/snapshots' });
    expect(one(chart, 'VolumeSnapshotClass').parameters.share).toBe('/snapshots');
    expect(code(() => withSnapshots(testChart()).addSnapshotClass('daily', { share: 'snapshots' }))).toBe('NFS002');
  });
});

describe('names', () => {
  test('do not depend on where the construct stands', () => {
    const write = (scope: Chart) => {
      const storage = new NfsStorage(scope, `Nfs${scope.node.scopes.length}`, { server: SERVER });
      storage.addStorageClass('fast');
      storage.addStaticVolume('archive', { capacity: GIBIBYTE });
    };
    const flat = testChart();
    write(flat);
    const deep = testChart();
    write(new Chart(deep, 'deeper'));
    expect(objects(deep)).toEqual(objects(flat));
  });

  test('of classes, volumes and snapshot classes do not meet', () => {
    const chart = testChart();
    const storage = withSnapshots(chart);
    storage.addStorageClass('a');
    storage.addStaticVolume('a', { capacity: GIBIBYTE });
    storage.addSnapshotClass('a', { share: '/snapshots' });
    expect(codes(chart)).toEqual([]);
  });
});

test.each([
  ['host', { host: undefined, share: '/exports' }],
  ['share', { host: 'nfs.example.com', share: undefined }],
])('a server without %s, as from an environment variable that is not set, is refused by code', (_, options) => {
  expect(code(() => nfs(testChart(), { server: NfsServer.external(options as any) }))).toBe('NFS002');
});

test.each<[string, Partial<NfsStorageProps>]>([
  ['a name', { secretName: 'NFS options' }],
  ['a namespace', { secretNamespace: 'Web' }],
])('%s that no mountOptions Secret can have is refused with the path of the storage', (_, props) => {
  expect(thrown(() => nfs(testChart(), props).addStorageClass('fast'))).toMatchObject({ code: 'MAN001', path: 'chart/Nfs' });
});

test('what it takes to delete a volume is kept from pruning: the Secret, and who may read it', () => {
  const chart = testChart({ gitOps: GitOpsTool.FLUX });
  nfs(chart).addStorageClass('fast');
  for (const kind of ['Secret', 'Role', 'RoleBinding']) {
    expect(one(chart, kind).metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
  }
});

test('labels and annotations are on all that it writes, the driver among it; those of a class win', () => {
  const chart = testChart();
  const storage = new NfsStorage(chart, 'Nfs', { server: SERVER, labels: { team: 'storage' }, annotations: { owner: 'storage' } });
  storage.addStorageClass('fast', { labels: { team: 'web' }, annotations: { owner: 'web' } });
  storage.addStaticVolume('archive', { capacity: GIBIBYTE });
  expect(one(chart, 'StorageClass').metadata).toMatchObject({ labels: { team: 'web' }, annotations: { owner: 'web' } });
  for (const { kind, metadata } of objects(chart).filter(written => written.kind !== 'StorageClass')) {
    expect([kind, metadata.labels?.team, metadata.annotations?.owner]).toEqual([kind, 'storage', 'storage']);
  }
});

test('a snapshot class with a share of its own is held against static volumes too', () => {
  const chart = testChart();
  SnapshotController.existing(chart);
  const storage = nfs(chart, { driver: NfsCsiDriver.existing({ version: 'v4.13.2', snapshots: true }) });
  storage.addStaticVolume('archive', { capacity: GIBIBYTE, subDir: 'archive' });
  storage.addSnapshotClass('daily', { share: '/snapshots' });
  expect(codes(chart)).toEqual(['NFS106', 'NFS129']);
});
