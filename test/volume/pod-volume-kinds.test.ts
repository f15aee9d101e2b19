import { ApiObject, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, EmptyDirMedium, Findings, HostPathType, Namespace, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource,
  PodSecurityLevel, PodVolume, StorageClass, VolumeMode,
} from '../../src';
import { code, codes, deployment, object, testChart, thrown, twoClusters, uncheckedCodes } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { inline: true, block: true, clone: true } });
const storageClass = StorageClass.fromStorageClassName('fast', { driver });
const web = () => deployment(testChart({}, { namespace: 'web' }), 'main', 'proxy');

function mounted(volume: PodVolume, readOnly?: boolean, pod: ApiObject = web()) {
  volume.mountTo(pod, { container: 'main', path: '/data', readOnly });
  return pod;
}

const specOf = (pod: ApiObject) => pod.toJson().spec.template.spec;

test.each<[string, PodVolume, object]>([
  ['emptyDir', PodVolume.emptyDir('data'), { emptyDir: {} }],
  ['emptyDir in memory', PodVolume.emptyDir('data', { medium: EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(64) }), { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }],
  ['emptyDir on the disk', PodVolume.emptyDir('data', { medium: EmptyDirMedium.NODE }), { emptyDir: {} }],
  ['hostPath', PodVolume.hostPath('data', { path: '/var/log' }), { hostPath: { path: '/var/log' } }],
  ['hostPath of a type', PodVolume.hostPath('data', { path: '/run/agent.sock', type: HostPathType.SOCKET }), { hostPath: { path: '/run/agent.sock', type: 'Socket' } }],
  ['nfs', PodVolume.nfs('data', { server: 'nas', path: '/x', nodesResolve: true }), { nfs: { server: 'nas', path: '/x' } }],
  ['csi', PodVolume.csiInline('data', { driver, volumeAttributes: { pool: 'a' }, fsType: 'ext4', nodePublishSecretName: 'key' }), {
    csi: { driver: 'csi.example.com', volumeAttributes: { pool: 'a' }, fsType: 'ext4', nodePublishSecretRef: { name: 'key' } },
  }],
  ['ephemeral', PodVolume.ephemeral('data', { storageClass, size: GIBIBYTE }), {
    ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' } } },
  }],
])('%s is written as it is said', (_, volume, expected) => {
  expect(specOf(mounted(volume)).volumes).toEqual([{ name: 'data', ...expected }]);
});

test.each<[string, PodVolume, object]>([
  ['emptyDir', PodVolume.emptyDir('data'), { emptyDir: {} }],
  ['nfs', PodVolume.nfs('data', { server: 'nfs.example.com', path: '/x' }), { nfs: { server: 'nfs.example.com', path: '/x', readOnly: true } }],
  ['csi', PodVolume.csiInline('data', { driver }), { csi: { driver: 'csi.example.com', readOnly: true } }],
  ['csi that is said to be writable', PodVolume.csiInline('data', { driver, readOnly: false }), { csi: { driver: 'csi.example.com' } }],
])('%s mounted read-only is read-only as a whole, where the volume has a field for it', (_, volume, expected) => {
  const spec = specOf(mounted(volume, true));
  expect(spec.volumes).toEqual([{ name: 'data', ...expected }]);
  expect(spec.containers[0].volumeMounts).toEqual([{ mountPath: '/data', name: 'data', readOnly: true, recursiveReadOnly: 'IfPossible' }]);
});

test('nfs that is said to be writable stays so, and the mounts are read-only', () => {
  const spec = specOf(mounted(PodVolume.nfs('data', { server: 'nfs.example.com', path: '/x', readOnly: false }), true));
  expect([spec.volumes[0].nfs.readOnly, spec.containers[0].volumeMounts[0].readOnly]).toEqual([false, true]);
});

test('nfs that is read-only by itself stays so beside a writer', () => {
  expect(specOf(mounted(PodVolume.nfs('data', { server: 'nfs.example.com', path: '/x', readOnly: true }))).volumes[0].nfs.readOnly).toBe(true);
});

describe('an ephemeral volume', () => {
  const source = PersistentVolumeClaim.fromClaimName('source', { namespace: 'web', storageClass, size: GIBIBYTE, volumeMode: VolumeMode.BLOCK });

  test('of which all is said', () => {
    const pod = web();
    const volume = PodVolume.ephemeral('data', {
      storageClass, size: GIBIBYTE, accessModes: [AccessMode.READ_WRITE_ONCE_POD], volumeMode: VolumeMode.BLOCK, dataSource: source, labels: { team: 'a' }, annotations: { note: 'b' },
    });
    volume.deviceTo(pod, { container: 'main', devicePath: '/dev/data' });
    expect(specOf(pod).volumes[0].ephemeral.volumeClaimTemplate).toEqual({
      metadata: { labels: { team: 'a' }, annotations: { note: 'b' } },
      spec: {
        accessModes: ['ReadWriteOncePod'],
        dataSource: { kind: 'PersistentVolumeClaim', name: 'source' },
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'fast',
        volumeMode: 'Block',
      },
    });
    expect(specOf(pod).containers[0].volumeDevices).toEqual([{ devicePath: '/dev/data', name: 'data' }]);
    expect([codes(pod), uncheckedCodes(pod)]).toEqual([[], []]);
  });

  test.each<[string, string, object]>([
    ['class', 'VOL013', { storageClass: undefined }],
    ['size', 'VOL013', { size: undefined }],
    ['positive size', 'MAN004', { size: Size.gibibytes(0) }],
    ['access mode', 'VOL008', { accessModes: [] }],
    ['source of its namespace', 'VOL016', { dataSource: { ...source, namespace: 'shop', dataSourceVolumeMode: VolumeMode.FILESYSTEM } }],
    ['label that Kubernetes accepts', 'MAN003', { labels: { 'a b': 'c' } }],
    ['source of the mode', 'VOL019', { dataSource: source }],
  ])('without a %s is %s', (_, expected, props) => {
    expect(code(() => mounted(PodVolume.ephemeral('data', { storageClass, size: GIBIBYTE, ...props })))).toBe(expected);
  });

  test('asks its class what the driver asks of a claim', () => {
    const nfs = StorageClass.fromStorageClassName('nfs', { driver: CsiDriver.fromDriverName('nfs.csi.k8s.io') });
    expect(code(() => PodVolume.ephemeral('data', { storageClass: nfs, size: GIBIBYTE, volumeMode: VolumeMode.BLOCK }).deviceTo(web(), { container: 'main', devicePath: '/dev/x' }))).toBe('NFS018');
    const reader = mounted(PodVolume.ephemeral('data', { storageClass: nfs, size: GIBIBYTE, accessModes: [AccessMode.READ_ONLY_MANY] }), true);
    expect(codes(reader)).toEqual([]);
    const writer = mounted(PodVolume.ephemeral('data', { storageClass: nfs, size: GIBIBYTE, accessModes: [AccessMode.READ_ONLY_MANY] }));
    expect(codes(writer)).toEqual(['NFS112']);
  });
});

describe('one volume', () => {
  test('in two containers is one, whether by one PodVolume or two', () => {
    const pod = web();
    const volume = PodVolume.emptyDir('tmp');
    volume.mountTo(pod, { container: 'main', path: '/tmp' });
    volume.mountTo(pod, { container: 'proxy', path: '/tmp' });
    PodVolume.emptyDir('tmp').mountTo(pod, { container: 'proxy', path: '/cache', subPath: 'cache' });
    expect(specOf(pod).volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
    expect(codes(pod)).toEqual([]);
  });

  test('in two workloads is written into both', () => {
    const volume = PodVolume.ephemeral('tmp', { storageClass, size: GIBIBYTE });
    const pods = [mounted(volume), mounted(volume)];
    expect(specOf(pods[0]).volumes).toEqual(specOf(pods[1]).volumes);
  });

  test('by the name of another one is refused', () => {
    const pod = mounted(PodVolume.emptyDir('tmp'));
    PodVolume.emptyDir('tmp', { sizeLimit: GIBIBYTE }).mountTo(pod, { container: 'main', path: '/tmp' });
    expect(codes(pod)).toEqual(['VOL009']);
  });
});

test('a warning is given once for a volume, however many containers have it', () => {
  const pod = web();
  for (const container of ['main', 'proxy']) {
    PodVolume.hostPath('logs', { path: '/var/log' }).mountTo(pod, { container, path: '/logs' });
    PodVolume.emptyDir('tmp', { medium: EmptyDirMedium.MEMORY }).mountTo(pod, { container, path: '/tmp' });
  }
  expect(Findings.of(pod).list().map(finding => finding.code)).toEqual(['VOL030', 'VOL031']);
});

test('a volume that Pod Security may refuse, in a namespace from elsewhere, is listed', () => {
  const pod = mounted(PodVolume.nfs('data', { server: 'nfs.example.com', path: '/x' }));
  expect([codes(pod), uncheckedCodes(pod)]).toEqual([[], ['VOL040']]);
  expect(uncheckedCodes(mounted(PodVolume.emptyDir('data')))).toEqual([]);
});

test('a volume that Pod Security may refuse, of a pod whose namespace is not known, is listed', () => {
  const chart = testChart();
  new Namespace(chart, 'Namespace', { name: 'web', podSecurity: PodSecurityLevel.RESTRICTED });
  mounted(PodVolume.nfs('data', { server: 'nfs.example.com', path: '/x' }), false, deployment(chart, 'main'));
  expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], ['VOL040']]);
});

describe('a device', () => {
  const claim = PersistentVolumeClaim.fromClaimName('disk', { namespace: 'web', volumeMode: VolumeMode.BLOCK });
  const to = (pod: ApiObject, devicePath: string) => PodVolume.fromClaim(claim).deviceTo(pod, { container: 'main', devicePath });

  test('is handed over, and its volume is not mounted', () => {
    const pod = web();
    to(pod, '/dev/xvda');
    expect(specOf(pod).volumes).toEqual([{ name: 'disk', persistentVolumeClaim: { claimName: 'disk' } }]);
    expect(specOf(pod).containers[0]).toMatchObject({ volumeDevices: [{ devicePath: '/dev/xvda', name: 'disk' }] });
    expect(specOf(pod).containers[0].volumeMounts).toBeUndefined();
  });

  test('is not where something is mounted, or another device is', () => {
    const pod = mounted(PodVolume.emptyDir('tmp'));
    to(pod, '/data');
    expect(codes(pod)).toEqual(['VOL009']);
    const own = object(testChart({}, { namespace: 'web' }), 'Pod', { spec: { containers: [{ name: 'main', volumeDevices: [{ name: 'own', devicePath: '/dev/xvda' }] }] } });
    to(own, '/dev/xvda');
    expect(codes(own)).toEqual(['VOL009']);
  });

  test.each(['dev/xvda', '/dev/../x', '/', undefined as any])('%s is no path of one', path => {
    expect(thrown(() => to(web(), path))).toMatchObject({ code: 'VOL009', message: expect.not.stringContaining('undefined') });
  });
});

describe('a pod with a user namespace', () => {
  const withUsers = () => object(testChart({}, { namespace: 'web' }), 'Deployment', {
    metadata: { name: 'web' }, spec: { template: { spec: { hostUsers: false, containers: [{ name: 'main' }] } } },
  }, 'apps/v1');

  test('cannot mount a claim on a volume that its node mounts over NFS', () => {
    const pod = withUsers();
    const volume = new PersistentVolume(pod.node.scope as any, 'Volume', { name: 'old', capacity: GIBIBYTE, source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/x' }) });
    mounted(PodVolume.fromClaim(new PersistentVolumeClaim(pod.node.scope as any, 'Claim', { name: 'old', volume })), false, pod);
    expect(codes(pod)).toEqual(['VOL032']);
  });

  test('cannot mount a claim of csi-driver-nfs', () => {
    const pod = withUsers();
    const nfs = StorageClass.fromStorageClassName('nfs', { driver: CsiDriver.fromDriverName('nfs.csi.k8s.io') });
    mounted(PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('data', { namespace: 'web', storageClass: nfs })), false, pod);
    expect(codes(pod)).toEqual(['VOL032']);
  });

  test('mounts a claim on a local disk, whose file system can map them', () => {
    const pod = withUsers();
    const volume = new PersistentVolume(pod.node.scope as any, 'Volume', {
      name: 'disk', capacity: GIBIBYTE, source: PersistentVolumeSource.local({ path: '/mnt' }), nodeAffinity: { 'kubernetes.io/hostname': ['node-1'] },
    });
    mounted(PodVolume.fromClaim(new PersistentVolumeClaim(pod.node.scope as any, 'Claim', { name: 'disk', volume })), false, pod);
    expect([codes(pod), uncheckedCodes(pod)]).toEqual([[], []]);
  });

  test('gets a device all the same', () => {
    const pod = withUsers();
    PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('disk', { namespace: 'web', volumeMode: VolumeMode.BLOCK })).deviceTo(pod, { container: 'main', devicePath: '/dev/x' });
    expect([codes(pod), uncheckedCodes(pod)]).toEqual([[], []]);
  });

  test('with a claim that the user wrote, of a class that names no CSI driver, is listed', () => {
    const spec = { hostUsers: false, containers: [], volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: { spec: { storageClassName: 'old' } } } }] };
    const pod = object(testChart(), 'Pod', { metadata: { name: 'web' }, spec });
    object(pod.node.scope as any, 'StorageClass', { metadata: { name: 'old' }, provisioner: 'kubernetes.io/no-provisioner' }, 'storage.k8s.io/v1');
    expect([codes(pod), uncheckedCodes(pod)]).toEqual([[], expect.arrayContaining(['VOL032'])]);
  });

  test('with a claim of which nothing is known is listed', () => {
    const pod = withUsers();
    mounted(PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('data', { namespace: 'web' })), false, pod);
    expect(uncheckedCodes(pod)).toEqual(['VOL032']);
  });
});

describe('what is missing', () => {
  test.each<[string, string, () => unknown]>([
    ['the name of a volume', 'MAN001', () => PodVolume.emptyDir(undefined as any)],
    ['the path of a hostPath', 'VOL005', () => PodVolume.hostPath('logs', { path: undefined as any })],
    ['the server of an NFS volume', 'VOL005', () => PodVolume.nfs('data', { server: undefined as any, path: '/' })],
    ['the driver of an inline volume', 'VOL005', () => PodVolume.csiInline('data', { driver: undefined as any })],
    ['the path of a mount', 'VOL009', () => PodVolume.emptyDir('data').mountTo(web(), { container: 'main', path: undefined as any })],
  ])('%s ends in %s', (_, expected, build) => {
    expect(code(build)).toBe(expected);
  });
});

test('a class of another cluster is refused', () => {
  const [east, west] = twoClusters();
  const foreign = new StorageClass(east, 'Class', { name: 'fast', driver });
  expect(code(() => mounted(PodVolume.ephemeral('data', { storageClass: foreign, size: GIBIBYTE }), false, deployment(west, 'main')))).toBe('PLT005');
});

test('a driver of another cluster is refused', () => {
  const [east, west] = twoClusters();
  const installed = new CsiDriver(east, 'Driver', { driverName: 'csi.example.com', image: 'example.com/driver:v1', capabilities: { inline: true } });
  expect(code(() => mounted(PodVolume.csiInline('data', { driver: installed }), false, deployment(west, 'main')))).toBe('PLT005');
});

test('a name where an object belongs is said to be one', () => {
  const finding = thrown(() => PodVolume.ephemeral('data', { storageClass: 'fast' as any, size: GIBIBYTE }).mountTo(web(), { container: 'main', path: '/data' }));
  expect(finding).toMatchObject({ message: "the class 'fast': it is only a name, but has to be an object", fix: "for one that exists: StorageClass.fromStorageClassName('fast', …)" });
});

test('of a removed kind every old field is in what takes its place, or said to be dropped, and none that was not there', () => {
  const volumes = [{ name: 'old', rbd: { monitors: ['10.0.0.1:6789'], image: 'disk', fsType: 'ext4', unheardOf: 1 } }];
  const { fix } = Findings.of(object(testChart(), 'Pod', { metadata: { name: 'old' }, spec: { volumes } })).list()[0];
  for (const part of ["monitors: ['10.0.0.1:6789']", "image: 'disk'", "fsType: 'ext4'", "'unheardOf' is dropped", 'addStaticVolume']) {
    expect(fix).toContain(part);
  }
  expect(fix).not.toContain('keyring');
});
