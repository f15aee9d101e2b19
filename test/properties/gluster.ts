import * as fc from 'fast-check';
import { accessModes, common, flag, host, id, label, memory, mostly, name, number, size, some, Step, members, text } from './basics';
import { pullSecrets, registry } from './csi';
import {
  GlusterAccess, GlusterCluster, GlusterStorage, ICsiDriver, KadaluBrick, KadaluOperator, KadaluPoolOptions, KadaluPoolType, KadaluQuota, NodeUpdateStrategy, PersistentVolumeClaim,
  VolumeBindingMode, VolumeMode, WhenDeleted,
} from '../../src';

const version = text(['1.2.0'], ['1.3.0', 'v1.2.0', 'devel']);
const ownImage = text(['mirror.example.com/kadalu/csi:1.2.0'], ['kadalu-csi', 'kadalu-csi:latest']);
const toleration = mostly(
  fc.constantFrom({ key: 'storage', operator: 'Exists', effect: 'NoSchedule' }, { key: 'storage', value: 'x', effect: 'NoExecute' }),
  some({ key: text(['storage'], ['a b']), operator: text(['Exists', 'Equal'], ['In']), value: text(['x']), effect: text(['NoSchedule'], ['Never']) }, []),
);
const pod = {
  memoryRequest: memory, memoryLimit: size, cpuRequest: text(['10m', '0.5'], ['0', 'one']), nodeSelector: fc.constant({ storage: 'yes' }), tolerations: fc.array(toleration, { maxLength: 1 }),
  priorityClassName: name, podLabels: fc.constant({ team: 'storage' }), podAnnotations: fc.constant({ note: 'x' }),
};
const operator = some({
  ...common,
  version,
  imageRegistry: registry,
  repository: text(['kadalu', 'storage/kadalu'], ['/kadalu', 'Kadalu']),
  images: some({ operator: ownImage, nodePlugin: ownImage, registrar: ownImage }, []),
  imagePullSecrets: pullSecrets,
  createNamespace: flag,
  installCrds: flag,
  verbose: flag,
  operator: mostly(fc.constant(undefined), some(pod, []), 3),
  nodePlugin: mostly(fc.constant(undefined), some({ ...pod, updateStrategy: members(NodeUpdateStrategy) }, []), 3),
}, []);

const poolName = text(['pool1', 'files', 'bulk'], ['pool', '1pool', 'on', 'pool1-a']);
const whenDeleted = mostly(fc.constantFrom(WhenDeleted.DELETE, WhenDeleted.ARCHIVE, WhenDeleted.KEEP_DATA), members(WhenDeleted));
const place = (what: string) => text([`/dev/disk/by-id/${what}`, `/dev/${what}/brick`], ['/dev/sdb', 'sdb', '/', '/bricks/../x']);

/** How many bricks a set of each type has. */
const GROUPS: Record<string, number> = { Replica1: 1, Replica2: 2, Replica3: 3, Arbiter: 3, Disperse: 6 };

/** Bricks make themselves, and throw what they find, so they are made within a step. */
type Bricks = () => KadaluBrick[];
const bricks = (count: number): fc.Arbitrary<Bricks> => fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 60 }), place('nvme0'), place('nvme1'), fc.array(label, { maxLength: 1 }))
  .map(([sets, dice, one, two, claims]) => () => {
    const nodes = Array.from({ length: dice === 0 ? count + 1 : count * sets }, (_, index) => `node${index + 1}`);
    return nodes.map((node, index) => (
      dice === 1 ? KadaluBrick.path(node, '/bricks/a')
        : dice === 2 ? KadaluBrick.claim(PersistentVolumeClaim.fromClaimName(`brick${index}`, { namespace: claims[0] ?? 'kadalu' }))
          : KadaluBrick.device(dice === 3 ? 'node1' : node, index % 2 ? one : two, { decommissioned: dice === 4 })));
  });

const poolOptions = members(KadaluPoolType).chain(type => fc.tuple(some({
  name: poolName,
  whenDeleted: mostly(fc.constant(undefined), whenDeleted, 2),
  singleVolume: mostly(fc.constant(undefined), flag, 4),
  performance: some({ quickRead: flag, ioCache: flag, clientIoThreads: flag, statPrefetch: flag, openBehind: flag, readAhead: flag, readdirAhead: flag }, []),
  tolerations: fc.array(toleration, { maxLength: 1 }),
  volumeId: text(['0f8fad5b-d9cb-469f-a165-70867728950e'], ['example-1234-volumeid-7890']),
  capacity: size,
  allowSameNode: flag,
  acceptSplitBrain: mostly(fc.constant<boolean>(true), flag),
  tiebreaker: mostly(fc.constant(undefined), some({ node: host, path: text(['/mnt']), port: number(fc.constant(24007)) }, ['node', 'path']), 8),
}, ['name', 'acceptSplitBrain']), mostly(fc.constant(type === KadaluPoolType.DISPERSE ? { data: 4, redundancy: 2 } : undefined), fc.record({ data: number(fc.constant(4)), redundancy: number(fc.constant(2)) })),
bricks(GROUPS[type]), fc.integer({ min: 0, max: 20 }))
  .map(([options, disperse, make, dice]) => (): KadaluPoolOptions => ({
    ...options, type, disperse, tiebreaker: type === KadaluPoolType.REPLICA2 || dice === 0 ? options.tiebreaker : undefined,
    // A whole pool is not deleted, mostly.
    whenDeleted: options.singleVolume && dice > 0 ? undefined : options.whenDeleted, bricks: make(),
  })));

const storageClass = some({
  ...common,
  whenDeleted: mostly(fc.constantFrom(undefined, WhenDeleted.KEEP_VOLUME), whenDeleted),
  virtualBlock: flag,
  expansion: mostly(fc.constant(undefined), flag, 2),
  volumeBindingMode: members(VolumeBindingMode),
  isDefault: flag,
}, []);
const volume = some({ ...common, capacity: size, subDir: text(['reports', 'a/b'], ['/reports', '../x', 'a//b']), accessModes: mostly(fc.constant(undefined), accessModes, 6) }, ['capacity']);
const claim = mostly(fc.constant({}), some({ accessModes, volumeMode: members(VolumeMode) }, []), 3);
const existing: fc.Arbitrary<() => ICsiDriver> = some({ version, namespace: text(['kadalu'], ['storage']) }, []).map(options => () => KadaluOperator.existing(options));

/** The Kadalu that is given or there already; without one, the storage installs its own. */
const found = (drivers: ICsiDriver[], given: (() => ICsiDriver) | undefined) => given?.() ?? drivers.find(({ driverName }) => driverName === 'kadalu');

const external = some({
  hosts: fc.uniqueArray(text(['gluster1.example.com', 'gluster2.example.com', '10.0.0.1', 'fd00::1'], ['gluster1:24007', 'tcp://gluster1', '[::1]']), { minLength: 1, maxLength: 3 }),
  volume: text(['gv0', 'files'], ['/gv0', 'my_vol', '17']),
  port: number(fc.constant(24007)),
}, ['hosts', 'volume']);
const kadalu = some({
  name: mostly(fc.constant(undefined), poolName, 4),
  quota: members(KadaluQuota),
  whenDeleted: mostly(fc.constant(undefined), whenDeleted, 2),
  singleVolume: mostly(fc.constant(undefined), flag, 8),
  mountFlags: fc.uniqueArray(text(['log-level=WARNING', 'acl', 'attribute-timeout=10'], ['ro', 'backup-volfile-servers=x', '--acl', 'log-level']), { maxLength: 2 }),
}, []);

/** What is added to a storage, whatever it is on. */
const additions = fc.tuple(fc.tuple(name, storageClass), fc.option(fc.tuple(name, volume), { nil: undefined }), claim, size, fc.integer({ min: 0, max: 30 }));
type Additions = typeof additions extends fc.Arbitrary<infer T> ? T : never;

function add(storage: GlusterStorage, [[className, options], withVolume, claimProps, claimed, dice]: Additions, chart: Parameters<Step>[0]): void {
  const added = storage.addStorageClass(className, options);
  new PersistentVolumeClaim(chart, id(), { name: `${className}-claim`, storageClass: added, size: claimed, ...claimProps });
  if (withVolume) {
    storage.addStaticVolume(...withVolume);
  }
  if (dice === 0) {
    storage.addSnapshotClass('daily');
  }
}

const poolStorage = some({ ...common, access: mostly(fc.constant(undefined), fc.constant(GlusterAccess.KADALU_CSI), 3) }, []);

export const glusterSteps: fc.Arbitrary<Step>[] = [
  operator.map(props => (chart, drivers) => { drivers.push(new KadaluOperator(chart, id(), props)); }),
  fc.tuple(fc.array(poolOptions, { minLength: 1, maxLength: 1 }), poolStorage, fc.option(existing, { nil: undefined }), additions)
    .map(([pools, props, given, added]) => (chart, drivers) => {
      add(new GlusterStorage(chart, id(), { ...props, cluster: GlusterCluster.kadalu({ pools: pools.map(make => make()) }), driver: found(drivers, given) }), added, chart);
    }),
  fc.tuple(external, some({ ...common, kadalu }, []), fc.option(existing, { nil: undefined }), additions)
    .map(([options, props, given, added]) => (chart, drivers) => {
      add(new GlusterStorage(chart, id(), { ...props, access: GlusterAccess.KADALU_CSI, cluster: GlusterCluster.external(options), driver: found(drivers, given) }), added, chart);
    }),
];
