import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { common, dictionary, flag, id, label, leastMemory, members, memory, mostly, name, number, size, some, Step, text } from './basics';
import { image } from './csi';
import {
  RookCephCluster, RookCephClusterProps, RookCephxKeyType, RookClusterResources, RookCompressionMode, RookDeviceSet, RookExternalCephCluster, RookFailureDomain, RookMirroringMode,
  RookOperator, RookStorage, StorageClass, VolumeBindingMode,
} from '../../src';

const KEY = 'AQAJnwdrfkN3MxAAbXYGQsHhUtkduYvLOzzPwg==';
const operator = some({ namespace: label, watchesAllNamespaces: mostly(fc.constant(true), flag, 4) }, []).map(options => () => RookOperator.existing(options));
const word = text(['hdd', 'ssd', 'fast'], ['very fast']);

const device = text(['/dev/disk/by-id/ata-A', '/dev/disk/by-id/ata-B', 'sdb', '/dev/vg/lv'], ['/mnt/disk', 'sda', '/dev/../etc']);
const osd = { deviceClass: word, osdsPerDevice: number(fc.integer({ min: 1, max: 4 })), encrypted: flag };
const choice = fc.oneof(
  fc.record({ devices: mostly(fc.uniqueArray(device, { minLength: 1, maxLength: 3 }), fc.array(device, { maxLength: 3 })) }),
  fc.record({ deviceFilter: text(['^sd[b-d]$', '^nvme', '.*', '(?i)^SD'], ['^sd[', '^(?!sda)']) }),
  fc.record({ devicePathFilter: text(['^/dev/disk/by-id/ata-ST', '^/dev/sd.'], ['(']) }),
);
const node = fc.tuple(some({ ...osd, name }, ['name']), choice).map(([one, other]) => ({ ...one, ...other }));
const storageClass = some({ volumeBindingMode: members(VolumeBindingMode) }, []).map(options => StorageClass.fromStorageClassName('block', options));
const set = some({
  name: label, count: number(fc.integer({ min: 1, max: 6 })), size, storageClass, deviceClass: word,
  portable: flag, encrypted: flag, tuneDeviceClass: flag, tuneFastDeviceClass: flag,
  spreadBy: mostly<string[]>(fc.constantFrom(['kubernetes.io/hostname'], ['topology.kubernetes.io/zone', 'kubernetes.io/hostname']), fc.array(word, { maxLength: 2 })),
}, ['name', 'count', 'size', 'storageClass']);
const storage = fc.oneof(
  fc.uniqueArray(node, { minLength: 1, maxLength: 4, selector: one => one.name }).map(nodes => () => RookStorage.nodes(nodes)),
  fc.tuple(some({ ...osd, nodes: mostly<string[]>(fc.constant(['node1', 'node2', 'node3']), fc.array(name, { maxLength: 3 })) }, []), choice)
    .map(([one, other]) => () => RookStorage.devices({ ...one, ...other })),
  fc.uniqueArray(set, { minLength: 1, maxLength: 2, selector: one => one.name }).map(sets => () => RookStorage.claims(...sets as RookDeviceSet[])),
  some(osd, []).map(options => () => RookStorage.allDevices(options)),
);

const resources = some({ cpuRequest: text(['500m', '2'], ['two']), memoryLimit: memory, memoryRequest: leastMemory }, []);
const placement = some({
  nodeLabels: dictionary(text(['role', 'example.com/role'], ['a b']), text(['storage', ''])),
  tolerations: fc.array(
    mostly<object>(fc.constantFrom({ operator: 'Exists' }, { key: 'storage', value: 'yes', effect: 'NoSchedule' }), fc.constant({ operator: 'Is' })), { maxLength: 2 }),
}, []);
const csi = some({
  readAffinity: fc.record({ crushLocationLabels: mostly<string[]>(fc.constant(['topology.kubernetes.io/zone']), fc.array(word, { maxLength: 2 })) }),
  kernelMountOptions: fc.array(text(['ms_mode=secure', 'recover_session=clean'], ['noatime']), { maxLength: 2 }),
}, []);
const seconds = mostly(fc.constantFrom(Duration.seconds(30), Duration.minutes(1)), fc.constantFrom(Duration.millis(500), Duration.seconds(0)));
const cluster = some({
  ...common,
  name, namespace: label,
  createNamespace: flag,
  image: mostly(fc.constantFrom('quay.io/ceph/ceph:v20.2.4', 'quay.io/ceph/ceph:v19.2.3', 'registry.example.com/ceph:own'), image),
  release: text(['20.2.4', '19.2.3'], ['18.2.7', '20.2.0', 'tentacle']),
  dataDirectory: text(['/var/lib/rook', '/data/rook'], ['/rook', 'var/lib', '/']),
  mons: some({ count: mostly(fc.constantFrom(1, 3, 5), fc.integer({ min: -1, max: 11 })), allowMultiplePerNode: flag, storageClass, size }, []),
  mgrs: some({ count: mostly(fc.constantFrom(1, 2), fc.integer({ min: 0, max: 7 })), modules: fc.array(text(['pg_autoscaler'], ['a b']), { maxLength: 2 }) }, []),
  dashboard: some({ enabled: flag, ssl: flag, port: number(fc.integer({ min: 1, max: 65535 })), urlPrefix: text(['/ceph', '/'], ['ceph']) }, []),
  monitoring: some({ interval: seconds }, []),
  network: some({
    hostNetwork: flag, encryption: flag, compression: flag, requireMsgr2: flag, ipv6: flag,
    publicRanges: fc.array(text(['10.0.0.0/16', 'fd00::/64'], ['10.0.0.1']), { maxLength: 2 }),
  }, []),
  csiKeyType: members(RookCephxKeyType),
  csi,
  resources: some({ osd: resources, mon: resources, prepareOsd: resources }, []) as fc.Arbitrary<RookClusterResources>,
  placement: some({ all: placement, osd: placement }, []),
  priorityClassNames: some({ osd: name, mgr: name }, []),
  failureDomains: fc.dictionary(text(['zone', 'host', 'osd'], ['node']), number(fc.integer({ min: 1, max: 6 })), { maxKeys: 2, noNullPrototype: true }),
  cephConfig: fc.dictionary(text(['global', 'osd']), dictionary(text(['osd_pool_default_size']), text(['3', ''])), { maxKeys: 2, noNullPrototype: true }),
  crashCollector: flag,
  removeOsdsIfOutAndSafeToRemove: flag,
  maintenanceTimeout: mostly(fc.constant(Duration.minutes(30)), fc.constant(Duration.seconds(3))),
  cleanup: some({ reallyDestroyData: flag, allowUninstallWithVolumes: flag, completely: flag }, []),
  skipUpgradeChecks: flag,
  continueUpgradeWhenUnhealthy: flag,
}, []);
/** Few of them at a time: among so many, one is wrong nearly always. */
const few = fc.tuple(cluster, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 30 }))
  .map(([props, dice]) => Object.fromEntries(Object.entries(props).filter((_, index) => dice[index] < 3)) as Partial<RookCephClusterProps>);

const pool = {
  failureDomain: mostly(fc.constant(RookFailureDomain.RACK), members(RookFailureDomain)), deviceClass: word, compression: members(RookCompressionMode), quota: size,
  targetSizeRatio: number(fc.constantFrom(0, 0.25, 1)), parameters: dictionary(text(['bulk'], ['a b', 'compression_mode']), text(['true', 'none'])),
};
const copies = some({ ...pool, replicas: mostly(fc.constantFrom(2, 3), fc.integer({ min: -1, max: 12 })), requireSafeReplicaSize: flag }, []);
const pieces = some({
  ...pool,
  erasureCoding: some({ dataChunks: number(fc.integer({ min: 2, max: 4 })), codingChunks: number(fc.integer({ min: 1, max: 2 })), algorithm: text(['isa'], ['magic']) }, ['dataChunks', 'codingChunks']),
}, ['erasureCoding']);
const anyPool = mostly<object>(copies, pieces, 2);
const mirroring = some({
  mode: members(RookMirroringMode), peerSecretNames: fc.array(name, { maxLength: 2 }),
  snapshotSchedules: fc.array(fc.record({ every: mostly(fc.constantFrom(Duration.hours(1), Duration.days(1)), seconds), startTime: text(['14:00:00-05:00']) }), { maxLength: 2 }),
}, []);
const blockPool = fc.tuple(anyPool, some({ ...common, mirroring, rbdStats: flag, cephName: text(['.mgr'], ['other']) }, [])).map(([one, other]) => ({ ...one, ...other }));
const filesystem = some({
  ...common, metadataPool: copies,
  dataPools: fc.array(fc.tuple(anyPool, some({ name: text(['a', 'b', 'c']) }, [])).map(([one, other]) => ({ ...one, ...other })), { minLength: 1, maxLength: 2 }),
  metadataServer: some({ activeCount: number(fc.constantFrom(1, 2)), activeStandby: flag, resources, priorityClassName: name }, []),
  preserveOnDelete: flag, mirroring: mirroring.map(({ mode: _, ...rest }) => rest),
}, []);
const part = some({ ...common, clusterId: text(['tenant-a', 'tenant_b'], ['a.b']) }, []);
const mirror = some({ ...common, name, count: number(fc.constantFrom(1, 2)), resources, placement }, []);
const one = <T>(thing: fc.Arbitrary<T>) => fc.option(fc.tuple(name, thing), { nil: undefined, freq: 2 });

const external = some({
  ...common, name, namespace: label, createNamespace: flag, csi, release: number(fc.constantFrom(19, 20)),
  keys: some({ healthChecker: fc.constant(KEY), rbdNode: text([KEY], ['no key']), cephFsNode: fc.constant(KEY) }, ['healthChecker']),
  monitoring: some({ endpoints: fc.array(text(['10.0.0.1', 'fd00::1'], ['ceph']), { minLength: 1, maxLength: 2 }), port: number(fc.constant(9283)), interval: seconds }, ['endpoints']),
  fsid: text(['b9127830-b0cc-4e34-aa47-9d1a2e9949a8'], ['ceph']),
  monitors: mostly(
    fc.constantFrom<Record<string, string>>({ a: '10.0.0.1:3300' }, { a: '[fd00::1]:6789', b: 'mon.example.com:6789' }), dictionary(name, text(['10.0.0.1:3300', '10.0.0.1']))),
}, ['fsid', 'monitors']);


export const rookClusterSteps: fc.Arbitrary<Step>[] = [
  fc.record({
    operator, storage, props: few, blockPool: one(blockPool), filesystem: one(filesystem), rados: one(part), group: one(part),
    rbd: fc.option(mirror), fs: fc.option(mirror), dice: fc.nat(3),
  }).map(plan => chart => {
    const ceph = new RookCephCluster(chart, id(), { ...plan.props, operator: plan.operator(), storage: plan.storage() });
    if (plan.blockPool) {
      ceph.addBlockPool(...plan.blockPool as [string, object]);
      if (plan.rados && plan.dice < 2) {
        ceph.addRadosNamespace(plan.blockPool[0], ...plan.rados);
      }
    }
    if (plan.filesystem) {
      ceph.addFilesystem(...plan.filesystem as [string, object]);
      if (plan.group) {
        ceph.addSubvolumeGroup(plan.filesystem[0], plan.group[0], { ...plan.group[1], quota: Size.gibibytes(1), distributed: true });
      }
    }
    if (plan.rbd) {
      ceph.addRbdMirror(plan.rbd);
    }
    if (plan.fs) {
      ceph.addFilesystemMirror({ ...plan.fs, count: undefined });
    }
  }),
  fc.record({ operator, props: external, rados: one(part) }).map(plan => chart => {
    const ceph = new RookExternalCephCluster(chart, id(), { ...plan.props, operator: plan.operator() });
    if (plan.rados) {
      ceph.addRadosNamespace('kubernetes', ...plan.rados);
    }
  }),
];
