import { Duration, Size } from 'cdk8s';
import { CsiDriver, CsiDriverProps, Findings, FsGroupPolicy, SnapshotController } from '../../src';
import { code, object, testChart, thrown } from '../support';

// What TypeScript would not compile, from JavaScript and from values that are not set: a finding, or what the API server takes.

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

/** Every property once. A function, because one of them is put wrong in each copy. */
const everyProp = (): CsiDriverProps => ({
  driverName: 'csi.example.com',
  image: 'example.com/driver:v1',
  name: 'example',
  namespace: 'storage',
  createNamespace: true,
  labels: { team: 'storage' },
  annotations: { note: 'a' },
  capabilities: {
    provision: true, attach: true, expand: true, snapshot: true, groupSnapshot: true, clone: true, modify: true, topology: true, capacity: true, stage: true, block: true,
    inline: true, tokens: [{ audience: 'vault', expiration: Duration.hours(1) }], health: true, changedBlocks: true,
  },
  controllerArgs: ['--a'],
  nodeArgs: ['--b'],
  controller: {
    replicas: 2, hostNetwork: false, privileged: false, memoryLimit: Size.mebibytes(100), memoryRequest: Size.mebibytes(50), cpuRequest: '5m',
    env: [{ name: 'A', value: 'b' }, { name: 'B', secretName: 'b', secretKey: 'c' }, { name: 'C', fieldPath: 'metadata.name' }],
    preStopCommand: ['/stop'], terminationGracePeriod: Duration.seconds(5), nodeSelector: { a: 'b' }, tolerations: [{ key: 'a', operator: 'Equal', value: 'v', effect: 'NoSchedule' }],
    affinity: {}, priorityClassName: 'own', podLabels: { a: 'b' }, podAnnotations: { a: 'b' }, extraVolumes: [], extraVolumeMounts: [], extraContainers: [],
    addCapabilities: ['CHOWN', 'FOWNER'],
  },
  node: { hostNetwork: true, maxUnavailable: '10%' },
  ports: { controllerHealth: 1, nodeHealth: 2, registrarHealth: 3, metrics: 10 },
  operationTimeout: Duration.minutes(1),
  imageRegistry: 'mirror',
  imagePullSecrets: ['pull'],
  sidecars: {
    provisioner: { image: 'a/b:v6.3.0', timeout: Duration.minutes(1), workers: 5, extraArgs: ['--strict-topology=true'], memoryLimit: Size.mebibytes(100) },
    nodeDriverRegistrar: { timeout: Duration.minutes(1) },
    livenessProbe: { timeout: Duration.minutes(1) },
  },
  logLevel: 2,
  defaultFsType: 'ext4',
  monitoring: { labels: { a: 'b' }, interval: Duration.seconds(5) },
  networkPolicy: true,
  changedBlocks: { tlsSecretName: 'tls', caCertificate: certificate, audience: 'backup' },
  fsGroupPolicy: FsGroupPolicy.FILE,
  podInfoOnMount: true,
  requiresRepublish: true,
  seLinuxMount: true,
  nodeAllocatableUpdatePeriod: Duration.minutes(1),
  serviceAccountTokenInSecrets: true,
});

const isPlain = (value: any) => Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;

function pathsOf(value: any, path: string[] = []): string[][] {
  return isPlain(value) ? Object.keys(value).flatMap(key => [[...path, key], ...pathsOf(value[key], [...path, key])]) : [];
}

function withWrong(path: string[], wrong: unknown): any {
  const props: any = everyProp();
  const last = path[path.length - 1];
  path.slice(0, -1).reduce((value, key) => value[key], props)[last] = wrong;
  return props;
}

function install(props: CsiDriverProps) {
  const chart = testChart();
  SnapshotController.existing(chart, { groupSnapshots: true, changedBlocks: true });
  return new CsiDriver(chart, 'Driver', props);
}

test('with every property right there is no finding', () => {
  expect(Findings.of(install(everyProp())).list()).toEqual([]);
});

test.each(pathsOf(everyProp()).map(path => [path.join('.'), path]))('%s of another type ends in a finding that says so, or in what the API server takes', (_, path) => {
  for (const wrong of [undefined, null, NaN, '', 5, 'x y', [], {}, true, [null], [undefined], { a: undefined }]) {
    let written: unknown;
    const finding = thrown(() => { written = install(withWrong(path, wrong)).apiObjects.map(each => each.toJson()); });
    expect(finding?.message ?? JSON.stringify(written)).not.toMatch(/undefined|\[object|\bnull\b/);
  }
});

test.each<[string, string[], unknown, string]>([
  ['a number for a duration', ['operationTimeout'], 60, 'operationTimeout is 60, but has to be a Duration'],
  ['a text for a size', ['node', 'memoryLimit'], '300Mi', "node.memoryLimit is '300Mi', but has to be a Size"],
  ['a text for a list', ['controller', 'extraContainers'], 'helper', "controller.extraContainers is 'helper', but has to be a list"],
  ['nothing in a list', ['controller', 'env', '1'], null, 'controller.env[1] is nothing, but has to be an object'],
  ['nothing among arguments', ['nodeArgs', '0'], undefined, 'nodeArgs[0] is nothing, but has to be a text'],
  ['a number as a variable', ['controller', 'env', '0', 'value'], 5, 'controller.env[0].value is 5, but has to be a text'],
  ['a text for a list of capabilities', ['controller', 'addCapabilities'], 'CHOWN', "controller.addCapabilities is 'CHOWN', but has to be a list"],
  ['a text for a switch', ['capabilities', 'attach'], 'yes', "capabilities.attach is 'yes', but has to be true or false"],
  ['a capability by the name of what every object has', ['capabilities', 'constructor'], true, 'capabilities.constructor is true, but has to be one of provision, '],
  ['a capability that there is not', ['capabilities', 'snapshots'], true, 'capabilities.snapshots is true, but has to be one of provision, attach, expand, snapshot, '],
  ['a text for a port', ['ports', 'metrics'], '10', "ports.metrics is '10', but has to be a number"],
  ['a list for a sidecar', ['sidecars', 'attacher'], [], 'sidecars.attacher is a list, but has to be an object'],
  ['a policy that is not', ['fsGroupPolicy'], 'file', "fsGroupPolicy is 'file', but has to be one of ReadWriteOnceWithFSType, File, None"],
  ['an affinity in YAML', ['controller', 'affinity'], 'podAntiAffinity: {}', 'controller.affinity is'],
])('%s is named by its place', (_, path, wrong, message) => {
  const finding = thrown(() => install(withWrong(path, wrong)));
  expect(finding?.code).toBe('CSI005');
  expect(finding?.message).toContain(message);
});

test('a driver that is described by nothing is one of which nothing is known', () => {
  expect(CsiDriver.fromDriverName('csi.example.com', null as any)).toEqual({ driverName: 'csi.example.com' });
  expect(code(() => CsiDriver.fromDriverName(null as any))).toBe('CSI001');
});

test.each<[string, string, string, object]>([
  ['a class with numbers', 'StorageClass', 'storage.k8s.io/v1', { provisioner: 'nfs.csi.k8s.io', parameters: { server: 5, share: 5 }, mountOptions: 5 }],
  ['a class with nothing', 'StorageClass', 'storage.k8s.io/v1', { provisioner: 'nfs.csi.k8s.io', parameters: null, mountOptions: null }],
  ['a class with objects', 'StorageClass', 'storage.k8s.io/v1', { provisioner: 'nfs.csi.k8s.io', parameters: { server: {}, share: [] }, mountOptions: [{}, null] }],
  ['a volume with numbers', 'PersistentVolume', 'v1', { spec: { csi: { driver: 'nfs.csi.k8s.io', volumeHandle: 5, volumeAttributes: { server: 5, share: 5 } }, mountOptions: 5 } }],
  ['a volume with nothing', 'PersistentVolume', 'v1', { spec: { csi: { driver: 'nfs.csi.k8s.io', volumeHandle: null, volumeAttributes: null }, mountOptions: null, accessModes: null } }],
])('%s, which the user wrote beside ours, is looked at all the same', (_, kind, apiVersion, fields) => {
  const chart = testChart();
  object(chart, kind, { metadata: { name: 'theirs' }, ...fields }, apiVersion);
  expect(Findings.of(chart).list().map(finding => finding.code)).toContainEqual(expect.stringMatching(/^NFS/));
});
