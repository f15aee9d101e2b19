import { Chart, Duration, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, ExistingNfsCsiDriverOptions, Findings, FsGroupPolicy, NfsCsiDriver, NfsCsiDriverProps, NfsOnDelete, NfsServer, NfsSquash, NfsStorage,
  PersistentVolumeClaim, PodVolume, SnapshotController, WhenDeleted,
} from '../../src';
import { profileOf } from '../../src/csi/driver-profile';
import { all, code, codes, containerOf, deployment as podsOf, existingNfs, nfs, objects, one, SERVER, testApp, testChart, thrown, uncheckedCodes } from '../support';

/** The arguments of the driver in the controller and on the nodes. */
function args(props: NfsCsiDriverProps): { controller: string[]; node: string[] } {
  const chart = testChart();
  new NfsCsiDriver(chart, 'Driver', props);
  const of = (kind: string) => containerOf(one(chart, kind), 'csi-nfs').args as string[];
  return { controller: of('Deployment'), node: of('DaemonSet') };
}

const COMMON = ['--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(NODE_ID)'];

describe('a flag', () => {
  test('is passed only if it is asked for', () => {
    expect(args({})).toEqual({ controller: [...COMMON, '--v=2'], node: [...COMMON, '--v=2'] });
  });

  test.each<[NfsCsiDriverProps, string[], string[]]>([
    [{ defaultOnDelete: NfsOnDelete.RETAIN }, ['--default-ondelete-policy=retain'], []],
    [{ mountPermissions: '0770' }, ['--mount-permissions=0770'], ['--mount-permissions=0770']],
    [{ mountPermissions: '770' }, ['--mount-permissions=0770'], ['--mount-permissions=0770']], // 770 would be decimal, 01402
    [{ mountPermissions: '0' }, ['--mount-permissions=0'], ['--mount-permissions=0']],
    [{ mountPermissions: '0070' }, ['--mount-permissions=070'], ['--mount-permissions=070']],
    [{ mountPermissions: '2770' }, ['--mount-permissions=02770'], ['--mount-permissions=02770']],
    [{ removeArchivedVolumePath: true }, ['--remove-archived-volume-path=true'], []],
    [{ useTarCommandInSnapshot: true }, ['--use-tar-command-in-snapshot=true'], []],
    [{ snapshotCompression: false }, ['--enable-snapshot-compression=false'], []],
    [{ volumeStatsCacheExpiry: Duration.hours(1) }, [], ['--vol-stats-cache-expire-in-minutes=60']],
  ])('%j goes where it has an effect', (props, controller, node) => {
    expect(args(props)).toEqual({ controller: [...COMMON, ...controller, '--v=2'], node: [...COMMON, ...node, '--v=2'] });
  });

  test('is not passed where a program that has no undefined gives nothing', () => {
    const nothing: any = { defaultOnDelete: null, removeArchivedVolumePath: null, snapshotCompression: null, volumeStatsCacheExpiry: null };
    expect(args(nothing)).toEqual(args({}));
  });

  test('of the log level is passed to the driver on both sides', () => {
    expect(args({ logLevel: 5 })).toEqual({ controller: [...COMMON, '--v=5'], node: [...COMMON, '--v=5'] });
  });

  test.each<[string, NfsCsiDriverProps]>([
    ['a log level of 11', { logLevel: 11 }],
    ['no number', { logLevel: NaN }],
    ['half a minute', { volumeStatsCacheExpiry: Duration.seconds(30) }],
    ['no time', { volumeStatsCacheExpiry: Duration.minutes(0) }],
    ['a policy that there is not', { defaultOnDelete: 'keep' as any }],
  ])('%s is out of range', (_, props) => {
    expect(code(() => args(props))).toBe('CSI005');
  });
});

test('what is not of NFS is handed on to the objects of the driver', () => {
  const chart = testChart({}, { namespace: 'drivers' });
  const driver = new NfsCsiDriver(chart, 'Driver', {
    labels: { team: 'storage' },
    annotations: { owner: 'storage' },
    namespace: 'drivers',
    createNamespace: false,
    imagePullSecrets: ['mirror'],
    imageRegistry: 'mirror.example.com/k8s',
    monitoring: {},
    logLevel: 6,
    sidecars: { provisioner: { extraArgs: ['--strict-topology=true'] } },
    ports: { nodeHealth: 1025 },
  });
  const [deployment, daemonSet] = ['Deployment', 'DaemonSet'].map(kind => one(chart, kind));
  const sidecar = containerOf(deployment, 'csi-provisioner');
  expect(all(chart, 'Namespace')).toEqual([]);
  for (const workload of [deployment, daemonSet]) {
    expect(workload.metadata).toMatchObject({ namespace: 'drivers', labels: { team: 'storage' }, annotations: { owner: 'storage' } });
    expect(workload.spec.template.spec.imagePullSecrets).toEqual([{ name: 'mirror' }]);
    expect(containerOf(workload, 'csi-nfs').image).toBe('mirror.example.com/k8s/sig-storage/nfsplugin:v4.13.4');
  }
  expect(sidecar.image).toContain('mirror.example.com/k8s/');
  expect(sidecar.args).toEqual(expect.arrayContaining(['--strict-topology=true', '--v=6']));
  expect(all(chart, 'PodMonitor')).toHaveLength(1);
  expect(JSON.stringify(daemonSet)).toContain('--http-endpoint=localhost:1025');
  expect(driver.namespace).toBe('drivers');
});

test('what is known of it is known of the driver below it too', () => {
  const chart = testChart();
  const { driver } = new NfsCsiDriver(chart, 'Driver', { defaultOnDelete: NfsOnDelete.RETAIN });
  expect(code(() => nfs(chart, { driver }).addStorageClass('fast', { whenDeleted: WhenDeleted.DELETE }))).toBe('NFS007');
});

test('a driver that is installed here leaves nothing unchecked', () => {
  const chart = testChart();
  SnapshotController.existing(chart);
  const storage = new NfsStorage(chart, 'Nfs', { server: SERVER, snapshots: true });
  storage.addStorageClass('fast', { whenDeleted: WhenDeleted.DELETE });
  storage.addSnapshotClass('daily', { share: '/snapshots' });
  expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
});

/** `git grep` of each flag in cmd/nfsplugin over the tags of csi-driver-nfs. */
test.each<[string, string, NfsCsiDriverProps]>([
  ['v4.2.0', 'v4.3.0', { defaultOnDelete: NfsOnDelete.RETAIN }],
  ['v4.5.0', 'v4.6.0', { volumeStatsCacheExpiry: Duration.minutes(1) }],
  ['v4.8.0', 'v4.9.0', { removeArchivedVolumePath: true }],
  ['v4.9.0', 'v4.10.0', { useTarCommandInSnapshot: true }],
  ['v4.12.1', 'v4.13.0', { snapshotCompression: false }],
])('%s does not know a flag that %s has', (before, since, props) => {
  const build = (version: string) => code(() => new NfsCsiDriver(testChart(), 'Driver', { ...props, version }));
  expect([build(before), build(since)]).toEqual(['NFS126', undefined]);
});

test('the time-out is that of the sidecars', () => {
  const chart = testChart();
  new NfsCsiDriver(chart, 'Driver', { operationTimeout: Duration.hours(1) });
  expect(containerOf(one(chart, 'Deployment'), 'csi-provisioner').args).toContain('--timeout=3600s');
});

test('inline volumes are declared only if they are asked for', () => {
  const driver = (props: NfsCsiDriverProps) => new NfsCsiDriver(testChart(), 'Driver', props);
  expect(driver({ inlineVolumes: true }).capabilities?.inline).toBe(true);
  expect(driver({ inlineVolumes: false }).capabilities).not.toHaveProperty('inline');
});

test('the mount defaults of the nodes are shown to both pods, beside volumes that the user adds', () => {
  const chart = testChart();
  const own = { extraVolumes: [{ name: 'own', emptyDir: {} }], extraVolumeMounts: [{ name: 'own', mountPath: '/own' }] };
  new NfsCsiDriver(chart, 'Driver', { hostMountOptions: true, node: own });
  for (const kind of ['Deployment', 'DaemonSet']) {
    const workload = one(chart, kind);
    expect(workload.spec.template.spec.volumes).toEqual(expect.arrayContaining([
      { name: 'host-nfsmount-conf', hostPath: { path: '/etc/nfsmount.conf', type: 'FileOrCreate' } },
      { name: 'host-nfsmount-conf-d', hostPath: { path: '/etc/nfsmount.conf.d', type: 'DirectoryOrCreate' } },
    ]));
    expect(containerOf(workload, 'csi-nfs').volumeMounts).toEqual(expect.arrayContaining([{ name: 'host-nfsmount-conf', mountPath: '/etc/nfsmount.conf', readOnly: true }]));
  }
  expect(one(chart, 'DaemonSet').spec.template.spec.volumes).toContainEqual(own.extraVolumes[0]);
});

describe('the release', () => {
  test.each<[NfsCsiDriverProps, string | undefined, string]>([
    [{}, 'v4.13.4', 'registry.k8s.io/sig-storage/nfsplugin:v4.13.4'],
    [{ version: '4.13.3' }, 'v4.13.3', 'registry.k8s.io/sig-storage/nfsplugin:v4.13.3'],
    [{ version: 'v4.13.3', imageRegistry: 'mirror.example.com' }, 'v4.13.3', 'mirror.example.com/sig-storage/nfsplugin:v4.13.3'],
    [{ image: 'mirror.example.com:5000/nfsplugin:v4.13.3' }, 'v4.13.3', 'mirror.example.com:5000/nfsplugin:v4.13.3'],
    [{ image: 'mirror.example.com/nfsplugin:canary' }, undefined, 'mirror.example.com/nfsplugin:canary'],
    [{ image: 'mirror.example.com/nfsplugin:canary', version: 'v4.13.4' }, 'v4.13.4', 'mirror.example.com/nfsplugin:canary'],
  ])('%j is %s', (props, version, image) => {
    const chart = testChart();
    expect(new NfsCsiDriver(chart, 'Driver', props).version).toBe(version);
    expect(containerOf(one(chart, 'Deployment'), 'csi-nfs').image).toBe(image);
  });

  test.each<[string, string | undefined]>([
    ['v4.9.0', 'NFS006'],
    ['v4.13.0', 'NFS006'],
    ['v4.13.1', 'NFS106'],
    ['v4.13.2', 'NFS106'],
    ['v4.13.3', undefined],
    ['v4.14.0', undefined],
    ['v5.0.0', undefined],
  ])('%s is found to be %s, once for all storages that use it', (version, expected) => {
    const app = testApp();
    const driver = NfsCsiDriver.existing({ version });
    ['a', 'b'].forEach(name => nfs(new Chart(app, name), { driver }));
    expect(Findings.of(app).list().map(finding => finding.code)).toEqual(expected ? [expected] : []);
  });

  test('is not known of an image with a tag of its own, and then listed as unchecked', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { image: 'mirror.example.com/nfsplugin:canary' });
    expect(uncheckedCodes(chart)).toEqual(['NFS006', 'NFS106']);
  });

  test.each([
    ['v4.10.0', '${pvc.metadata.namespace}/${pv.metadata.name}', WhenDeleted.DELETE, 2],
    ['v4.10.0', '${pvc.metadata.namespace}/${pv.metadata.name}', WhenDeleted.ARCHIVE, 1],
    ['v4.10.0', '${pv.metadata.name}', WhenDeleted.DELETE, 1],
    ['v4.11.0', '${pvc.metadata.namespace}/${pv.metadata.name}', WhenDeleted.DELETE, 1],
  ])('%s with %s and %s: what lies beside a directory is lost with it, or not', (version, subDir, whenDeleted, findings) => {
    const storage = nfs(testChart(), { driver: NfsCsiDriver.existing({ version, defaultOnDelete: NfsOnDelete.DELETE }) });
    storage.addStorageClass('fast', { subDir, whenDeleted });
    expect(Findings.of(storage.node.root).list().map(finding => finding.code)).toEqual(Array(findings).fill('NFS006'));
  });
});

describe('a driver that exists', () => {
  test('has the names of the Helm chart', () => {
    expect(NfsCsiDriver.existing()).toMatchObject({
      driverName: 'nfs.csi.k8s.io',
      capabilities: { expand: true, snapshot: false, clone: true },
      controllerServiceAccount: { name: 'csi-nfs-controller-sa', namespace: 'kube-system' },
    });
  });

  test('can be said to serve volumes in pods', () => {
    expect(NfsCsiDriver.existing().capabilities?.inline).toBeUndefined();
    const pod = podsOf(testChart(), 'main');
    const driver = NfsCsiDriver.existing({ version: 'v4.13.4', inlineVolumes: true });
    PodVolume.csiInline('share', { driver, volumeAttributes: { server: 'nfs.example.com', share: '/exports' } }).mountTo(pod, { container: 'main', path: '/data' });
    expect(codes(pod)).toEqual([]);
    expect(pod.toJson().spec.template.spec.volumes).toEqual([
      { name: 'share', csi: { driver: 'nfs.csi.k8s.io', volumeAttributes: { server: 'nfs.example.com', share: '/exports' } } },
    ]);
  });

  test('gets the Secret with the mount options beside its account', () => {
    const chart = testChart();
    nfs(chart, { driver: NfsCsiDriver.existing() }).addStorageClass('fast');
    expect(one(chart, 'Secret').metadata.namespace).toBe('kube-system');
    expect(one(chart, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'csi-nfs-controller-sa', namespace: 'kube-system' }]);
    expect(objects(chart).map(object => object.kind).sort()).toEqual(['Role', 'RoleBinding', 'Secret', 'StorageClass']);
  });

  test('of another name is known to be csi-driver-nfs, and held to its rules', () => {
    const storage = nfs(testChart(), { driver: NfsCsiDriver.existing({ driverName: 'nfs2.example.com' }) });
    expect(codes(storage)).toEqual([]);
    expect(code(() => storage.addStorageClass('fast', { subDir: 'data' }))).toBe('NFS004');
  });

  test('of which little is declared has the rest listed as unchecked', () => {
    const chart = testChart();
    SnapshotController.existing(chart);
    const server = NfsServer.external({ host: 'nfs.example.com', share: '/exports' });
    const storage = nfs(chart, { server, driver: NfsCsiDriver.existing({ snapshots: true }) });
    storage.addStorageClass('fast', { whenDeleted: WhenDeleted.DELETE });
    storage.addSnapshotClass('daily', { share: '/snapshots' });
    expect(codes(chart)).toEqual([]);
    expect(uncheckedCodes(chart)).toEqual(['NFS006', 'NFS007', 'NFS016', 'NFS106', 'NFS125', 'NFS129']);
  });

  test('of which all is declared has nothing listed', () => {
    const chart = testChart();
    SnapshotController.existing(chart);
    const options: ExistingNfsCsiDriverOptions = {
      version: 'v4.13.4', snapshots: true, defaultOnDelete: NfsOnDelete.DELETE, fsGroupPolicy: FsGroupPolicy.FILE, operationTimeout: Duration.minutes(20),
    };
    const server = NfsServer.external({ host: 'nfs.example.com', share: '/exports', squash: NfsSquash.NONE });
    const storage = nfs(chart, { server, driver: NfsCsiDriver.existing(options) });
    storage.addStorageClass('fast', { whenDeleted: WhenDeleted.DELETE });
    storage.addSnapshotClass('daily', { share: '/snapshots' });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
  });

  test('whose fsGroupPolicy is not declared has that listed', () => {
    const chart = testChart();
    nfs(chart, { server: NfsServer.external({ host: 'nfs.example.com', share: '/exports', squash: NfsSquash.ROOT }), driver: NfsCsiDriver.existing({ version: 'v4.13.4' }) });
    expect(Findings.of(chart).unchecked()).toEqual([expect.objectContaining({ code: 'NFS016', missing: expect.stringContaining('fsGroupPolicy') })]);
  });

  test('is held to its own release, not to that of another one', () => {
    const chart = testChart();
    nfs(chart, { driver: NfsCsiDriver.existing({ version: 'v4.13.4' }) });
    new NfsStorage(chart, 'Old', { server: SERVER, driver: NfsCsiDriver.existing({ driverName: 'old.example.com', version: 'v4.13.2' }) });
    expect(codes(chart)).toEqual(['NFS106']);
  });

  test.each([
    ['v4.10.9', ['NFS006']], // it reads the source from the right share
    ['v4.11.0', ['NFS006', 'NFS129']],
    ['v4.9.13', ['NFS006']],
  ])('of %s, with snapshots in another share: %j', (version, expected) => {
    const chart = testChart();
    SnapshotController.existing(chart);
    const storage = nfs(chart, { driver: NfsCsiDriver.existing({ version, snapshots: true }) });
    storage.addStorageClass('fast');
    storage.addSnapshotClass('daily', { share: '/snapshots' });
    expect(codes(chart)).toEqual(expected);
  });

  test('declares nothing of another one: facts belong to one driver', () => {
    const retaining = NfsCsiDriver.existing({ defaultOnDelete: NfsOnDelete.RETAIN });
    expect(code(() => nfs(testChart(), { driver: retaining }).addStorageClass('fast', { whenDeleted: WhenDeleted.DELETE }))).toBe('NFS007');
    expect(code(() => nfs(testChart(), { driver: existingNfs() }).addStorageClass('fast', { whenDeleted: WhenDeleted.DELETE }))).toBeUndefined();
  });

  test('cannot have just any name', () => {
    expect(code(() => NfsCsiDriver.existing({ driverName: 'NFS' }))).toBe('CSI001');
    expect(code(() => NfsCsiDriver.existing({ version: '' }))).toBe('NFS128');
  });
});

describe('two installs in one cluster', () => {
  const two = () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'First', { snapshots: true });
    new NfsCsiDriver(chart, 'Second', { driverName: 'nfs2.example.com', snapshots: true });
    SnapshotController.existing(chart);
    return chart;
  };

  test('just work: nothing is found', () => {
    expect(codes(two())).toEqual([]);
  });

  test('share no object, no ClusterRole, no host port and no directory of the nodes', () => {
    const chart = two();
    const names = objects(chart).map(object => `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    const clusterRoles = all(chart, 'ClusterRole').map(role => role.metadata.name);
    expect(clusterRoles).toEqual(['nfs.csi.k8s.io-controller', 'nfs2.example.com-controller']);
    const workloads = [...all(chart, 'Deployment'), ...all(chart, 'DaemonSet')];
    const ports = workloads.flatMap(workload => workload.spec.template.spec.containers.flatMap((container: any) =>
      (container.args as string[]).flatMap(arg => /--http-endpoint=localhost:(\d+)/.exec(arg)?.[1] ?? [])));
    expect(ports).toHaveLength(6);
    expect(new Set(ports).size).toBe(6);
    const sockets = all(chart, 'DaemonSet').map(daemonSet => daemonSet.spec.template.spec.volumes.find((volume: any) => volume.name === 'socket-dir').hostPath.path);
    expect(new Set(sockets).size).toBe(2);
  });

  test('do not meet with metrics either, which take a port for each sidecar', () => {
    const chart = testChart();
    SnapshotController.existing(chart);
    new NfsCsiDriver(chart, 'First', { snapshots: true, monitoring: {} });
    new NfsCsiDriver(chart, 'Second', { driverName: 'nfs2.example.com', snapshots: true, monitoring: {} });
    expect(codes(chart)).toEqual([]);
  });

  test('have ports that follow from the name alone, below NodePorts and what other drivers use', () => {
    const portsOf = (driverName: string) => {
      const chart = testChart();
      new NfsCsiDriver(chart, 'Driver', { driverName });
      return JSON.stringify(all(chart, 'DaemonSet')).match(/localhost:\d+/g)!.map(match => Number(match.slice(10)));
    };
    expect(portsOf('nfs2.example.com')).toEqual(portsOf('nfs2.example.com'));
    expect(portsOf('nfs2.example.com')).not.toEqual(portsOf('nfs3.example.com'));
    portsOf('nfs2.example.com').forEach(port => {
      expect(port).toBeGreaterThanOrEqual(28000);
      expect(port).toBeLessThan(29600);
    });
  });

  test('may be given ports, which win', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { driverName: 'nfs2.example.com', ports: { nodeHealth: 1025 } });
    expect(JSON.stringify(one(chart, 'DaemonSet'))).toContain('--http-endpoint=localhost:1025');
  });
});

describe('a read-only volume', () => {
  const attributes = (driver: ReturnType<typeof NfsCsiDriver.existing>, readOnly: boolean) => {
    const chart = testChart();
    nfs(chart, { driver }).addStaticVolume('archive', { capacity: Size.gibibytes(1), readOnly });
    expect(codes(chart)).toEqual([]);
    return one(chart, 'PersistentVolume').spec.csi.volumeAttributes;
  };

  test('is not touched by the permissions that the driver sets by default: on a read-only mount that fails', () => {
    expect(attributes(NfsCsiDriver.existing({ mountPermissions: '0770' }), true)).toHaveProperty('mountPermissions', '0');
    expect(attributes(NfsCsiDriver.existing({ mountPermissions: '0770' }), false)).not.toHaveProperty('mountPermissions');
    expect(attributes(NfsCsiDriver.existing({ mountPermissions: '0' }), true)).not.toHaveProperty('mountPermissions');
    expect(attributes(NfsCsiDriver.existing(), true)).not.toHaveProperty('mountPermissions');
  });
});

test('volumes of NFS are known to have no idmapped mounts', () => {
  expect(profileOf(NfsCsiDriver.existing()).idmappedMounts).toBe(false);
  expect(profileOf(CsiDriver.fromDriverName('nfs.csi.k8s.io')).idmappedMounts).toBe(false);
});

test('a claim that takes too long to archive is told both times and what would do', () => {
  const chart = testChart({}, { namespace: 'web' });
  SnapshotController.existing(chart);
  const storage = new NfsStorage(chart, 'Nfs', { server: SERVER, snapshots: true });
  const storageClass = storage.addStorageClass('fast');
  storage.addSnapshotClass('daily');
  const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size: Size.gibibytes(200), accessModes: [AccessMode.READ_WRITE_MANY] });
  const [finding] = Findings.of(claim).list();
  expect(finding).toMatchObject({ code: 'NFS125', message: expect.stringMatching(/47 minutes.*20 minutes/), fix: expect.stringMatching(/Duration\.minutes\(47\).*86Gi/) });
  Findings.of(claim).acknowledge('NFS125', 'mostly empty');
  expect(codes(chart)).toEqual([]);
});

test.each([
  [10, '734Mi'],
  [120, '8Gi'],
])('a claim that has %i seconds is told that %s would fit', (seconds, largest) => {
  const chart = testChart({}, { namespace: 'web' });
  SnapshotController.existing(chart);
  const storage = nfs(chart, { driver: NfsCsiDriver.existing({ version: 'v4.13.4', snapshots: true, operationTimeout: Duration.seconds(seconds) }) });
  const storageClass = storage.addStorageClass('fast');
  storage.addSnapshotClass('daily');
  new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size: Size.gibibytes(100), accessModes: [AccessMode.READ_WRITE_MANY] });
  expect(Findings.of(chart).list().map(finding => finding.fix)).toEqual([expect.stringContaining(`up to ${largest},`)]);
});

test('a claim is measured against the time-out of csi-snapshotter, where that is another one', () => {
  const found = (minutes: number) => {
    const chart = testChart({}, { namespace: 'web' });
    SnapshotController.existing(chart);
    const driver = new NfsCsiDriver(chart, 'Driver', { snapshots: true, sidecars: { snapshotter: { timeout: Duration.minutes(minutes) } } });
    const storage = nfs(chart, { driver });
    const storageClass = storage.addStorageClass('fast');
    storage.addSnapshotClass('daily');
    new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size: Size.gibibytes(200), accessModes: [AccessMode.READ_WRITE_MANY] });
    return codes(chart);
  };
  expect(found(60)).toEqual([]);
  expect(found(30)).toEqual(['NFS125']);
});

test('what squashing means is said with the driver and the server', () => {
  const chart = testChart();
  const server = NfsServer.external({ host: 'nfs.example.com', share: '/exports', squash: NfsSquash.ROOT });
  new NfsStorage(chart, 'Nfs', { server });
  const [finding] = Findings.of(chart).list();
  expect(finding).toMatchObject({ code: 'NFS016', message: expect.stringContaining('root_squash'), fix: expect.stringContaining('0755') });
  expect(thrown(() => nfs(testChart(), { server }))).toBeUndefined();
});
