import { ApiObject, App, Chart, Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AccessMode, CsiDriver, Distribution, FsGroupPolicy, GitOpsTool, ICsiDriver, KubernetesVersion, Namespace, NfsCsiDriver, NfsNodeService, NfsServer, NfsStorage, NfsVersion,
  NodeCount, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, Platform, PodSecurityLevel, PodVolume, ReclaimPolicy, SecretReference, SnapshotController,
  SnapshotDeletionPolicy, StorageClass, SyncWaves, VolumeBindingMode, VolumeMode, VolumeSnapshotClass, WhenDeleted,
} from '../../src';

/** What tired people type: mostly right, now and then not. */
function text(right: string[], wrong: string[] = []): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...right) },
    { weight: 2, arbitrary: fc.constantFrom(...right, ...wrong) },
    {
      weight: 1, arbitrary: fc.constantFrom(
        '',
        ' ',
        'Über',
        'UPPER',
        'a_b',
        '-a',
        'a-',
        'a..b',
        '../x',
        'a#b',
        'a/b/c',
        'a:b',
        'x'.repeat(64),
        'x'.repeat(254),
        '${nope}',
        'ro',
        'a,b',
        'a\nb',
        "a'b",
        '0',
        'null',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  );
}

const name = text(['data', 'fast', 'web-1', 'nfs.example']);
const label = text(['storage', 'csi-nfs', 'default']);
const size = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 1, max: 5000 }).map(amount => Size.mebibytes(amount)) },
  { weight: 10, arbitrary: fc.constant(Size.tebibytes(1)) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }).map(amount => Size.gibibytes(amount)) },
  { weight: 1, arbitrary: fc.constant(Size.gibibytes(0)) },
);
const number = (right: fc.Arbitrary<number>) => fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: fc.oneof(fc.integer({ min: -2, max: 70000 }), fc.double()) });
const flag = fc.boolean();
const dictionary = (keys: fc.Arbitrary<string>, values: fc.Arbitrary<string>) => fc.dictionary(keys, values, { maxKeys: 3, noNullPrototype: true });
const common = {
  labels: dictionary(text(['team', 'example.com/team']), text(['storage', ''])),
  annotations: dictionary(text(['note', 'example.com/note']), text(['anything goes', ''])),
};
const members = <T>(type: Record<string, T>) => fc.constantFrom(...Object.values(type));
const accessModes = fc.oneof({ weight: 10, arbitrary: members(AccessMode).map(mode => [mode]) }, { weight: 1, arbitrary: fc.array(members(AccessMode), { maxLength: 3 }) });
const mountOptions = fc.array(text(['noatime', 'rsize=65536'], ['hard', 'nfsvers=4.1', 'ro', 'nconnect=4', 'proto=udp', 'sec=krb5p', 'vers=3']), { maxLength: 3 });
const path = text(['/exports', '/exports/k8s', '/'], ['exports', '/exports/', '/a//b']);
const host = text(['nfs.example.com', '10.0.0.1', 'fd00::1'], ['nfs:2049', 'nfs://nas', '[::1]']);
// fromName throws by itself what it finds, so only what it lets pass reaches the constructs.
const secret = fc.record(
  { name: fc.constantFrom('ceph', 'nfs.example'), namespace: fc.constantFrom('storage', 'csi-nfs') },
).map(value => SecretReference.fromName(value.name, value.namespace));
const capabilities = fc.record({ provision: flag, expand: flag, snapshot: flag, clone: flag }, { requiredKeys: [] });
const account = fc.record({ name, namespace: label });
const some = <T, K extends keyof T>(model: { [P in keyof T]: fc.Arbitrary<T[P]> }, requiredKeys: K[]) => fc.record(model, { requiredKeys });

const distribution = fc.oneof(
  fc.constantFrom(
    Distribution.VANILLA, Distribution.KIND, Distribution.K3S, Distribution.RKE2, Distribution.K0S, Distribution.MICROK8S, Distribution.OPENSHIFT, Distribution.TALOS,
    Distribution.TKGI,
  ),
  some({
    name,
    kubeletDirectory: text(['/var/lib/kubelet', '/data/kubelet'], ['/data/', 'data']),
    seLinux: flag,
    defaultStorageClass: name,
    snapshotController: flag,
    podSecurity: members(PodSecurityLevel),
    privilegedClusterRole: name,
  }, ['name'])
    .map(props => Distribution.custom(props)),
);
const platform = some({
  kubernetes: fc.constantFrom(...KubernetesVersion.all()), distribution, nodes: members(NodeCount), kernel: text(['5.15', '4.18.0-553.el8'], ['6']), gitOps: members(GitOpsTool),
}, ['kubernetes', 'distribution']);

const port = number(fc.integer({ min: 1, max: 65535 }));
const ports = some({ controllerHealth: port, nodeHealth: port, registrarHealth: port }, []);
const controller = some({ replicas: number(fc.integer({ min: 1, max: 3 })), hostNetwork: flag, privileged: flag, memoryLimit: size }, []);
const node = some({ hostNetwork: flag, memoryLimit: size }, []);
const registry = text(['registry.k8s.io', 'mirror.example.com:5000/k8s'], ['https://mirror', 'mirror/']);
const image = text(['registry.example.com/driver:v1', `driver@sha256:${'a'.repeat(64)}`], ['driver', 'driver:latest']);
const driverName = text(['nfs.csi.k8s.io', 'csi.example.com'], ['kubernetes.io/nfs']);

const csiDriver = some({
  ...common,
  driverName,
  image,
  capabilities,
  name: label,
  namespace: label,
  createNamespace: flag,
  controllerArgs: fc.array(text(['--v=2'])),
  nodeArgs: fc.array(text(['--v=2'])),
  controller,
  node,
  ports,
  operationTimeout: fc.integer({ min: 0, max: 5000 }).map(seconds => Duration.seconds(seconds)), imageRegistry: registry, fsGroupPolicy: members(FsGroupPolicy),
}, ['driverName', 'image']);
const nfsDriver = some({
  ...common, driverName, name: label, namespace: label, createNamespace: flag, snapshots: flag, expansion: flag, image, imageRegistry: registry, ports, controller, node,
}, []);
const existing = fc.record({ driverName, options: some({ capabilities, controllerServiceAccount: account, nodeServiceAccount: account }, []) })
  .map(value => () => CsiDriver.fromDriverName(value.driverName, value.options));

const parameters = dictionary(
  text(['server', 'share', 'subDir'], ['onDelete', 'mountPermissions', 'path', 'csi.storage.k8s.io/fstype']),
  text(['nfs.example.com', '/exports', 'archive', '0770']),
);
const storageClass = some({
  ...common, name, parameters, reclaimPolicy: members(ReclaimPolicy), volumeBindingMode: members(VolumeBindingMode), expansion: flag, mountOptions, isDefault: flag,
  secrets: some({ provisioner: secret, controllerExpand: secret, nodeStage: secret, nodePublish: secret }, []),
}, ['name']);
const snapshotClass = some({
  ...common, name, deletionPolicy: members(SnapshotDeletionPolicy), parameters, secrets: some({ snapshotter: secret }, []), isDefault: flag,
}, ['name']);
const volume = some({
  ...common, name, capacity: size, accessModes, volumeMode: members(VolumeMode), reclaimPolicy: members(ReclaimPolicy), mountOptions, claim: account,
}, ['name', 'capacity']);
const csiSource = some({
  volumeHandle: text(['nfs.example.com#exports##data#retain', 'h']),
  volumeAttributes: parameters,
  fsType: text(['ext4']),
  readOnly: flag,
}, ['volumeHandle']);
const nfsSource = some({ server: host, path, readOnly: flag }, ['server', 'path']);
const claim = some({ ...common, name, namespace: label, size, accessModes, volumeMode: members(VolumeMode) }, ['name']);

const protocol = some({
  version: members(NfsVersion), hard: flag, timeout: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 600 }).map(amount => Duration.millis(amount * 100)) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 1000000 }).map(amount => Duration.millis(amount)) },
  ), retransmissions: number(fc.integer({ min: 0, max: 5 })), connections: number(fc.integer({ min: 1, max: 16 })), locking: flag, extraOptions: mountOptions,
}, []);
const nfs = some({
  ...common,
  server: fc.record({ host, share: path }).map(value => NfsServer.external(value)),
  snapshots: flag,
  protocol,
  nodesProvide: fc.array(members(NfsNodeService), { maxLength: 3 }),
  secretName: name,
  secretNamespace: label,
}, ['server']);
const subDir = text(
  ['${pvc.metadata.namespace}/${pvc.metadata.name}-${pv.metadata.name}', '${pv.metadata.name}'],
  ['reports', '${pvc.metadata.name}', '${pvc.name}', '/abs', 'a/'],
);
const nfsClass = some({
  ...common,
  share: path,
  subDir,
  whenDeleted: members(WhenDeleted),
  mountPermissions: text(['0770', '777'], ['0999', 'rwx']),
  isDefault: flag,
  expansion: flag,
  volumeBindingMode: members(VolumeBindingMode),
}, []);
const nfsVolume = some({
  ...common,
  capacity: size,
  share: path,
  subDir: text(['reports', 'a/b'], ['${pv.metadata.name}']),
  readOnly: flag,
  accessModes,
  claim: account,
}, ['capacity']);
const nfsSnapshotClass = some({ ...common, share: path, deletionPolicy: members(SnapshotDeletionPolicy), isDefault: flag }, []);

let ids = 0;
const id = () => `C${ids++}`;

const mount = some({
  container: text(['main'], ['sidecar']),
  path: text(['/data', '/var/lib/data'], ['data', '/a:b']),
  readOnly: flag,
  subPath: text(['reports', 'a/b'], ['../x', '/a']),
}, ['container', 'path']);
const deployment = (chart: Chart) => new ApiObject(chart, id(), {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `app-${ids}`, namespace: 'apps' },
  spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image: 'busybox:1.36' }] } } },
});

/** One thing added to a chart; several make an app. */
type Step = (chart: Chart, drivers: ICsiDriver[]) => void;

const anyDriver = (drivers: ICsiDriver[], make: () => ICsiDriver) => drivers[drivers.length - 1] ?? make();

const step: fc.Arbitrary<Step> = fc.oneof(
  some({ ...common, name: label, podSecurity: members(PodSecurityLevel), holdsData: flag }, ['name']).map(props => (chart: Chart) => { new Namespace(chart, id(), props); }),
  csiDriver.map(props => (chart: Chart, drivers: ICsiDriver[]) => { drivers.push(new CsiDriver(chart, id(), props)); }),
  nfsDriver.map(props => (chart: Chart, drivers: ICsiDriver[]) => { drivers.push(new NfsCsiDriver(chart, id(), props)); }),
  fc.tuple(storageClass, existing).map(
    ([props, make]) => (chart: Chart, drivers: ICsiDriver[]) => { new StorageClass(chart, id(), { ...props, driver: anyDriver(drivers, make) }); },
  ),
  fc.tuple(snapshotClass, existing).map(
    ([props, make]) => (chart: Chart, drivers: ICsiDriver[]) => { new VolumeSnapshotClass(chart, id(), { ...props, driver: anyDriver(drivers, make) }); },
  ),
  fc.tuple(volume, csiSource, existing, fc.option(name, { nil: undefined })).map(([props, source, make, className]) => (chart: Chart, drivers: ICsiDriver[]) => {
    const named = className === undefined ? undefined : StorageClass.fromStorageClassName(className);
    new PersistentVolume(chart, id(), { ...props, storageClass: named, source: PersistentVolumeSource.csi({ ...source, driver: anyDriver(drivers, make) }) });
  }),
  fc.tuple(volume, nfsSource).map(([props, source]) => (chart: Chart) => { new PersistentVolume(chart, id(), { ...props, source: PersistentVolumeSource.nfs(source) }); }),
  fc.tuple(claim, name).map(
    ([props, className]) => (chart: Chart, drivers: ICsiDriver[]) => {
      new PersistentVolumeClaim(
        chart,
        id(),
        { ...props, storageClass: StorageClass.fromStorageClassName(className, { driver: drivers[drivers.length - 1], expansion: true }) },
      );
    },
  ),
  some({
    ...common,
    namespace: label,
    createNamespace: flag,
    installCrds: flag,
    imageRegistry: registry,
  }, []).map(props => (chart: Chart) => { new SnapshotController(chart, id(), props); }),
  fc.tuple(name, fc.array(mount, { maxLength: 2 })).map(([claimName, mounts]) => (chart: Chart) => {
    const workload = deployment(chart);
    mounts.forEach(options => PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName(claimName)).mountTo(workload, options));
  }),
  fc.constant((chart: Chart) => SyncWaves.enable(chart)),
  fc.tuple(
    nfs,
    fc.array(fc.tuple(name, nfsClass), { maxLength: 2 }),
    fc.array(fc.tuple(name, nfsVolume, claim), { maxLength: 2 }),
    fc.array(fc.tuple(name, nfsSnapshotClass), { maxLength: 1 }),
    fc.option(existing, { nil: undefined }),
  )
    .map(([props, classes, volumes, snapshots, given]) => (chart: Chart, drivers: ICsiDriver[]) => {
      const storage = new NfsStorage(chart, id(), { ...props, driver: given ? anyDriver(drivers, given) : drivers[drivers.length - 1] });
      classes.forEach(([className, options]) => storage.addStorageClass(className, options));
      volumes.forEach(([volumeName, options, claimProps]) => {
        const added = storage.addStaticVolume(volumeName, options);
        new PersistentVolumeClaim(chart, id(), { ...claimProps, volume: added });
      });
      snapshots.forEach(([className, options]) => storage.addSnapshotClass(className, options));
    }),
);

/** An app of one to three constructs with random props. Building it throws what a constructor throws. */
export const randomApp: fc.Arbitrary<{ build(): App }> = fc.record({
  platform,
  namespace: fc.option(text(['apps']), { nil: undefined }),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
}).map(plan => ({
  build: () => {
    ids = 0;
    const app = new App();
    Platform.set(app, plan.platform);
    const chart = new Chart(app, 'chart', { namespace: plan.namespace });
    const drivers: ICsiDriver[] = [];
    plan.steps.forEach(add => add(chart, drivers));
    return app;
  },
}));

/** What came of it: the objects, or the message of what was wrong. */
export function outcome(plan: { build(): App }): { objects?: any[]; error?: Error } {
  try {
    const app = plan.build();
    return { objects: app.charts.flatMap(chart => chart.toJson()) };
  } catch (error) {
    return { error: error as Error };
  }
}

/** Whether an error is one of ours: each line that begins a finding has a code. */
export function isCoded(error: Error): boolean {
  return error.name === 'FindingError'
    || (error.message.startsWith('Validation failed with the following errors:') && /^ {2}\[.*\] [A-Z]{3}\d{3}[ :]/m.test(error.message));
}
