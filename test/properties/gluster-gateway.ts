import { Chart, Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { accessModes, account, common, flag, id, label, members, memory, mostly, name, number, size, some, Step, text } from './basics';
import { pullSecrets } from './csi';
import {
  GaneshaLogLevel, GlusterAccess, GlusterCluster, GlusterGatewayOptions, GlusterNodeMountOptions, GlusterStorage, NfsSquash, StorageClass, VolumeBindingMode, WhenDeleted,
} from '../../src';
import { existingNfs } from '../support';

const hosts = mostly(
  fc.uniqueArray(fc.constantFrom('gluster1.example.com', 'gluster2.example.com', '10.0.0.1', 'fd00::1'), { minLength: 2, maxLength: 3 }),
  fc.array(text(['10.0.0.1'], ['gluster1:24007', '[fd00::1]', 'gluster://gluster1', 'a,b']), { maxLength: 3 }), 40,
);
const volume = text(['gv0', 'data_1'], ['gv 0', 'a/b', '/gv0']);
const cluster = fc.record({ hosts, volume });

const client = text(['10.0.0.0/16', '10.1.2.3', '192.168.7.0/24', 'fd00::/48', 'fd02::7'], ['10.0.0.1/16', '0.0.0.0/0', 'node1', 'fd00::/120', '*']);
const clients = mostly(fc.uniqueArray(client, { minLength: 1, maxLength: 3 }), fc.array(client, { maxLength: 3 }), 40);

/** Odd, and allowed. */
const odd = fc.stringMatching(/^[ "'\\#;{}=,$%*()[\]<>|&!?~`@a-zé中😀.-]{1,12}$/u).filter(part => part !== '.' && part !== '..');
/** Directories of a volume. */
export const directory = fc.oneof(
  { weight: 10, arbitrary: fc.constant('/') },
  { weight: 30, arbitrary: fc.array(fc.oneof(odd, fc.constantFrom('exports', 'data')), { minLength: 1, maxLength: 3 }).map(parts => `/${parts.join('/')}`) },
  { weight: 1, arbitrary: text(['/a b'], ['a', '/a//b', '/../x', '/a/', '/a\nb', '/.', `/${'x'.repeat(1000)}`]) },
);
const exported = some({
  name: fc.oneof({ weight: 60, arbitrary: fc.stringMatching(/^[\w-][\w.-]{0,20}$/) }, { weight: 1, arbitrary: text(['shared'], ['/shared', 'a b', '..']) }),
  volume,
  path: directory,
  readOnly: flag,
  squash: members(NfsSquash),
  clients,
  exportId: number(fc.integer({ min: 1, max: 65535 })),
}, ['name']);

const recovery = some({ storageClass: fc.constant(StorageClass.fromStorageClassName('block')), size, claimName: name }, ['storageClass']);
const lease = fc.integer({ min: 1, max: 120 }).map(amount => Duration.seconds(amount));

/** A few of so many: among all, one is wrong nearly always. */
function few<T extends object>(props: fc.Arbitrary<T>, kept: string[]): fc.Arbitrary<T> {
  const dice = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 });
  return fc.tuple(props, dice).map(([given, drawn]) => Object.fromEntries(Object.entries(given).filter(([key], index) => kept.includes(key) || drawn[index] < 4)) as T);
}

const gatewayImage = text(['registry.example.com/storage/nfs-ganesha:4.3'], ['nfs-ganesha', 'nfs-ganesha:latest']);

/** Options of a gateway. */
export const gatewayOptions: fc.Arbitrary<GlusterGatewayOptions> = few(some({
  ...common,
  name: text(['gluster-nfs', 'files-2'], ['Gluster', 'x'.repeat(53)]),
  namespace: label,
  createNamespace: flag,
  image: gatewayImage,
  imagePullSecrets: pullSecrets,
  clients,
  networkPolicy: flag,
  clusterIp: text(['10.96.0.77'], ['None']),
  clusterDomain: text(['cluster.local', 'k8s.example.com'], ['.local']),
  minorVersions: mostly(fc.uniqueArray(fc.constantFrom(0, 1, 2), { minLength: 1 }), fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), 40),
  leaseLifetime: mostly(fc.constant(Duration.seconds(10)), lease, 10),
  failover: fc.integer({ min: 0, max: 300 }).map(amount => Duration.seconds(amount)),
  evictable: flag,
  memoryLimit: fc.integer({ min: 256, max: 4096 }).map(amount => Size.mebibytes(amount)),
  cpuRequest: text(['100m', '1'], ['0', '1e3']),
  logLevel: members(GaneshaLogLevel),
  exports: mostly(fc.uniqueArray(exported, { minLength: 1, maxLength: 3, selector: ({ name: of }) => of }), fc.array(exported, { maxLength: 3 }), 30),
  recovery,
  snapshots: fc.constant(false),
}, ['name', 'image', 'clients']), ['name', 'image', 'clients', 'exports', 'recovery']);

/** Options of a mount on the nodes. */
export const nodeMountOptions: fc.Arbitrary<GlusterNodeMountOptions> = few(some({
  ...common,
  name: text(['gluster-mount'], ['Gluster', 'x'.repeat(64)]),
  namespace: label,
  createNamespace: flag,
  image: text(['registry.example.com/storage/gluster-client:10.3'], ['gluster-client', 'gluster-client:latest']),
  imagePullSecrets: pullSecrets,
  hostDirectory: text(['/var/lib/gluster-mounts', '/srv/gluster'], ['srv', '/', '/a b', '/srv/../x']),
  nodeSelector: fc.constant({ gluster: 'yes' }),
  tolerations: fc.constant([{ key: 'storage', operator: 'Exists' }]),
  rollingUpdate: flag,
  memoryLimit: memory,
  extraArgs: fc.constantFrom([], ['--attribute-timeout=1']),
}, ['name', 'image']), ['name', 'image']);

const storageClass = some({
  ...common,
  subDir: text(['${pvc.metadata.namespace}/${pvc.metadata.name}-${pv.metadata.name}'], ['/abs', '${pvc.name}']),
  mountPermissions: text(['0770'], ['rwx']),
  whenDeleted: members(WhenDeleted),
  expansion: flag,
  volumeBindingMode: members(VolumeBindingMode),
  isDefault: flag,
}, []);
const volumeOptions = some({ ...common, capacity: size, subDir: text(['reports', 'a/b'], ['/abs', '../x', '${pv.metadata.name}']), accessModes, claim: account }, ['capacity', 'subDir']);

/** By each of the two ways. */
export const glusterGatewaySteps: fc.Arbitrary<Step>[] = [
  fc.tuple(cluster, gatewayOptions, some(common, []), storageClass, volumeOptions).map(([of, gateway, props, classOptions, { subDir, ...options }]) => (chart, drivers) => {
    const driver = drivers.find(({ driverName }) => driverName === 'nfs.csi.k8s.io') ?? existingNfs();
    const storage = new GlusterStorage(chart, id(), { ...props, cluster: GlusterCluster.external(of), gateway, driver });
    storage.addStorageClass('gluster', classOptions);
    storage.addStaticVolume('gluster-static', { ...options, ...(subDir === 'reports' ? { subDir } : {}) });
  }),
  fc.tuple(cluster, nodeMountOptions, some(common, []), volumeOptions).map(([of, nodeMount, props, options]) => (chart: Chart) => {
    const storage = new GlusterStorage(chart, id(), { ...props, cluster: GlusterCluster.external(of), access: GlusterAccess.NODE_MOUNT, nodeMount });
    storage.addStaticVolume('gluster-mounted', options);
  }),
];

