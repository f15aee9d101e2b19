import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Build, Cases, nowhere } from './case';
import {
  AccessMode, CsiDriver, Findings, GlusterAccess, GlusterStaticVolumeOptions, GlusterStorage, GlusterStorageClassOptions, KadaluAccessOptions, KadaluBrick, KadaluOperator,
  KadaluPoolOptions, KadaluPoolType, KadaluQuota, PersistentVolumeClaim, PersistentVolumeClaimProps, StorageClass, StorageClassProps, VolumeMode, WhenDeleted,
} from '../../src';
import { disk, disks, external, gluster, kadalu, pool, RELEASE } from '../gluster/gluster';
import { existingNfs, object, testChart } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const DISPERSE = { type: KadaluPoolType.DISPERSE, bricks: disks(6), disperse: { data: 4, redundancy: 2 } };
const ARBITER = { type: KadaluPoolType.ARBITER };
const TOLERATION = { key: 'storage', operator: 'Exists', effect: 'NoSchedule' };

const one = (options: Partial<KadaluPoolOptions>): Build => () => kadalu(testChart(), [pool(options)]);
const several = (...pools: Partial<KadaluPoolOptions>[]): Build => () => kadalu(testChart(), pools.map(options => pool(options)));
const ofExternal = (options: KadaluAccessOptions): Build => () => external(testChart(), { kadalu: options });
const added = (options: GlusterStorageClassOptions, ofPool: Partial<KadaluPoolOptions> = {}): Build => () => kadalu(testChart(), [pool(ofPool)]).addStorageClass('fast', options);
const volume = (options: Partial<GlusterStaticVolumeOptions>): Build => () => external(testChart()).addStaticVolume('reports', { capacity: GIBIBYTE, ...options });

/** A KadaluStorage that the user wrote. */
function byHand(spec: object, name = 'pool1'): Build {
  return () => object(testChart(), 'KadaluStorage', { metadata: { name, namespace: 'kadalu' }, spec }, 'kadalu-operator.storage/v1alpha1');
}

/** A class that the user wrote. */
function classByHand(scope: Construct, parameters: Record<string, string>, name = 'slow') {
  return object(scope, 'StorageClass', { metadata: { name }, provisioner: 'kadalu', parameters }, 'storage.k8s.io/v1');
}

/** A class by the construct of every driver. */
const plain = (props: Partial<StorageClassProps>): Build => () => new StorageClass(testChart(), 'Class', { name: 'fast', driver: KadaluOperator.existing({ version: RELEASE }), ...props });

/** A claim on a class of a pool. */
function claim(props: Partial<PersistentVolumeClaimProps>, options: GlusterStorageClassOptions = {}, ofPool: Partial<KadaluPoolOptions> = {}): Build {
  return () => {
    const chart = testChart({}, { namespace: 'apps' });
    const storageClass = kadalu(chart, [pool({ capacity: Size.tebibytes(1), ...ofPool })]).addStorageClass('fast', options);
    return new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size: GIBIBYTE, ...props });
  };
}

/** Two claims on a pool. */
const claims = (size: Size, ofPool: Partial<KadaluPoolOptions>): Build => () => {
  const chart = testChart({}, { namespace: 'apps' });
  const storageClass = kadalu(chart, [pool(ofPool)]).addStorageClass('fast');
  new PersistentVolumeClaim(chart, 'One', { name: 'one', storageClass, size });
  return new PersistentVolumeClaim(chart, 'Two', { name: 'two', storageClass, size });
};

const brick = (make: () => KadaluBrick): Build => nowhere(() => one({ type: KadaluPoolType.REPLICA1, bricks: [make()] })());

export const GLUSTER_CASES: Cases = {
  GLU004: {
    trips: {
      'a device on no node': brick(() => KadaluBrick.device('', '/dev/disk/by-id/x')),
      'a device before its node': brick(() => KadaluBrick.device('/dev/disk/by-id/x', 'node1')),
      'a relative path': brick(() => KadaluBrick.path('node1', 'bricks')),
      'a path with dots': brick(() => KadaluBrick.path('node1', '/bricks/../etc')),
      'a node that is a number to YAML': brick(() => KadaluBrick.device('17', '/dev/disk/by-id/x')),
      'a claim of another namespace': brick(() => KadaluBrick.claim(PersistentVolumeClaim.fromClaimName('brick', { namespace: 'apps' }))),
      'a claim of no namespace': brick(() => KadaluBrick.claim(PersistentVolumeClaim.fromClaimName('brick'))),
      'a device and a path, by hand': byHand({ type: 'Replica1', storage: [{ node: 'node1', device: '/dev/disk/by-id/x', path: '/bricks' }] }),
      'a device on no node, by hand': byHand({ type: 'Replica1', storage: [{ device: '/dev/disk/by-id/x' }] }),
    },
    passes: {
      'a device of a node': one({}),
      'a file as a device': one({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.device('node1', '/bricks/disk.img')] }),
      'a claim of kadalu': one({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.claim(PersistentVolumeClaim.fromClaimName('brick', { namespace: 'kadalu' }))] }),
      'a device, by hand': byHand({ type: 'Replica1', storage: [{ node: 'node1', device: '/dev/disk/by-id/x' }] }),
    },
  },
  GLU005: {
    trips: {
      'one device in two pools': several({}, { name: 'pool2' }),
      'one device twice in a pool': one({ bricks: [disk('node1'), disk('node2'), disk('node1')], allowSameNode: true }),
      'one directory in another': () => {
        const chart = testChart();
        Findings.of(chart).acknowledge('GLU026', 'not what this is about');
        return kadalu(chart, [pool({ bricks: [KadaluBrick.path('node1', '/bricks'), KadaluBrick.path('node1', '/bricks/two'), disk('node2')], allowSameNode: true })]);
      },
      'one device in a pool of ours and in one by hand': () => {
        const chart = testChart();
        kadalu(chart);
        const { node, devicePath: device } = disk('node1');
        return object(chart, 'KadaluStorage', { metadata: { name: 'theirs', namespace: 'kadalu' }, spec: { type: 'Replica1', storage: [{ node, device }] } }, 'kadalu-operator.storage/v1alpha1');
      },
    },
    passes: { 'other devices of the same nodes': several({}, { name: 'pool2', bricks: disks(3, 'nvme-eui') }) },
  },
  GLU006: {
    trips: {
      'three replicas on two bricks': one({ bricks: disks(2) }),
      'three replicas on four bricks': one({ bricks: disks(4) }),
      'an arbiter without its third': one({ ...ARBITER, bricks: disks(2) }),
      'a dispersed pool with a brick too few': one({ ...DISPERSE, bricks: disks(5) }),
      'no bricks': one({ bricks: [] }),
      'by hand': byHand({ type: 'Replica3', storage: [{ node: 'node1', device: '/dev/disk/by-id/x' }] }),
    },
    passes: { 'three replicas on six bricks': one({ bricks: disks(6) }), 'one replica on two bricks': one({ type: KadaluPoolType.REPLICA1, bricks: disks(2) }), 'a dispersed pool': one(DISPERSE) },
  },
  GLU007: {
    trips: { 'two replicas on one node': one({ bricks: [disk('node1'), disk('node1', 'nvme-eui'), disk('node2')] }) },
    passes: {
      'two replicas on one node, as is meant': one({ bricks: [disk('node1'), disk('node1', 'nvme-eui'), disk('node2')], allowSameNode: true }),
      'two sets on the same nodes': one({ bricks: [...disks(3), ...disks(3, 'nvme-eui')] }),
      'claims, which are on any': one({ bricks: [1, 2, 3].map(n => KadaluBrick.claim(PersistentVolumeClaim.fromClaimName(`brick${n}`, { namespace: 'kadalu' }))) }),
    },
  },
  GLU008: {
    trips: { 'two replicas alone': one({ type: KadaluPoolType.REPLICA2, bricks: disks(2) }), 'a tiebreaker without a path': one({ type: KadaluPoolType.REPLICA2, bricks: disks(2), tiebreaker: { node: 'tie.example.com', path: '' } }) },
    passes: {
      'two replicas with a tiebreaker': one({ type: KadaluPoolType.REPLICA2, bricks: disks(2), tiebreaker: { node: 'tie.example.com', path: '/mnt' } }),
      'two replicas alone, as is meant': one({ type: KadaluPoolType.REPLICA2, bricks: disks(2), acceptSplitBrain: true }),
    },
  },
  GLU009: {
    trips: { 'an arbiter on 1.2.0': one(ARBITER) },
    passes: {
      'an arbiter on a release of which nothing is known': () => kadalu(testChart(), [pool(ARBITER)], { driver: KadaluOperator.existing() }),
      'three replicas on 1.2.0': one({}),
    },
  },
  GLU010: {
    trips: {
      'no redundancy': one({ ...DISPERSE, disperse: { data: 6, redundancy: 0 } }),
      'more redundancy than data': one({ ...DISPERSE, disperse: { data: 2, redundancy: 4 } }),
      'odd data': one({ ...DISPERSE, disperse: { data: 3, redundancy: 1 }, bricks: disks(4) }),
      'more data than Gluster takes': one({ ...DISPERSE, disperse: { data: 18, redundancy: 2 }, bricks: disks(20) }),
      'a dispersed pool without numbers': one({ type: KadaluPoolType.DISPERSE }),
      'numbers for replicas': one({ disperse: { data: 2, redundancy: 1 } }),
    },
    passes: { 'four and two': one(DISPERSE), 'two and one': one({ ...DISPERSE, disperse: { data: 2, redundancy: 1 }, bricks: disks(3) }) },
  },
  GLU011: {
    trips: {
      'a digit first': one({ name: '1pool' }),
      'a dot': one({ name: 'pool.1' }),
      'too long a name': one({ name: 'x'.repeat(44) }),
      'a word that is true to YAML': one({ name: 'on' }),
      'a name that begins another one': several({ name: 'a' }, { name: 'a-b', bricks: disks(3, 'nvme-eui') }),
      'a name that begins another one, of an external Gluster': () => {
        const chart = testChart();
        const driver = KadaluOperator.existing({ version: RELEASE });
        kadalu(chart, [pool({ name: 'a-b' })], { driver });
        return external(chart, { driver, kadalu: { name: 'a' } });
      },
      'an underscore in the volume of an external Gluster': () => external(testChart(), { cluster: gluster({ volume: 'my_vol' }) }),
    },
    passes: {
      'as long a name as goes': one({ name: 'x'.repeat(43) }),
      'a name that begins another one without a dash': several({ name: 'a' }, { name: 'ab', bricks: disks(3, 'nvme-eui') }),
      'an underscore in the volume, by another name': () => external(testChart(), { cluster: gluster({ volume: 'my_vol' }), kadalu: { name: 'my-vol' } }),
    },
  },
  GLU012: {
    trips: { 'the example of the documentation': one({ volumeId: 'example-1234-volumeid-7890' }), 'by hand': byHand({ type: 'Replica1', volume_id: 'x', storage: [{ node: 'node1', device: '/dev/disk/by-id/x' }] }) },
    passes: { 'a UUID': one({ volumeId: UUID }) },
  },
  GLU013: {
    trips: {
      'an option of Gluster that is not documented': byHand({ type: 'Replica1', storage: [{ node: 'node1', device: '/dev/disk/by-id/x' }], options: [{ key: 'performance.write-behind', value: 'on' }] }),
      'another value': byHand({ type: 'Replica1', storage: [{ node: 'node1', device: '/dev/disk/by-id/x' }], options: [{ key: 'performance.quick-read', value: 'yes' }] }),
    },
    passes: { 'an option that is documented': one({ performance: { quickRead: false, ioCache: true } }) },
  },
  GLU014: {
    trips: {
      'another namespace': nowhere(() => KadaluOperator.existing({ namespace: 'storage' })),
      'a pool in another namespace': () => object(testChart(), 'KadaluStorage', {
        metadata: { name: 'theirs', namespace: 'storage' }, spec: { type: 'Replica1', storage: [{ pvc: 'brick' }] },
      }, 'kadalu-operator.storage/v1alpha1'),
    },
    passes: { 'its own namespace': () => kadalu(testChart(), undefined, { driver: KadaluOperator.existing({ namespace: 'kadalu', version: RELEASE }) }) },
  },
  GLU015: {
    trips: {
      'a class by the name of the operator\'s': () => kadalu(testChart()).addStorageClass('kadalu.pool1'),
      'a class by the name of the operator\'s, by hand': () => classByHand(testChart(), { storage_name: 'pool1' }, 'kadalu.pool1'),
      'its CSIDriver': () => object(testChart(), 'CSIDriver', { metadata: { name: 'kadalu' }, spec: { attachRequired: false } }, 'storage.k8s.io/v1'),
    },
    passes: { 'a class by a name of its own': added({}), 'the operator': () => new KadaluOperator(testChart(), 'Kadalu') },
  },
  GLU016: {
    trips: {
      'mount options': plain({ mountOptions: ['noatime'] }),
      'ro': plain({ mountOptions: ['ro'] }),
      'ReadOnlyMany': claim({ accessModes: [AccessMode.READ_ONLY_MANY] }),
      'ReadWriteOncePod': claim({ accessModes: [AccessMode.READ_WRITE_ONCE_POD] }),
      'a static volume for reading': volume({ accessModes: [AccessMode.READ_ONLY_MANY] }),
    },
    passes: { 'ReadWriteMany': claim({ accessModes: [AccessMode.READ_WRITE_MANY] }), 'a class without options': plain({ parameters: { storage_name: 'pool1' } }) },
  },
  GLU017: {
    trips: {
      'a raw device for many': claim({ accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: VolumeMode.BLOCK }),
      'a virtual block volume for many': claim({ accessModes: [AccessMode.READ_WRITE_MANY] }, { virtualBlock: true }),
      'a whole pool as a virtual block volume': added({ virtualBlock: true }, { singleVolume: true }),
      'a whole pool as a raw device': claim({ volumeMode: VolumeMode.BLOCK }, {}, { singleVolume: true }),
      'a whole pool that is enlarged': added({ expansion: true }, { singleVolume: true }),
    },
    passes: { 'a raw device for one': claim({ volumeMode: VolumeMode.BLOCK }), 'a virtual block volume for one': claim({}, { virtualBlock: true }), 'a pool of several volumes that are enlarged': added({ expansion: true }) },
  },
  GLU018: {
    trips: {
      'a snapshot class': () => kadalu(testChart()).addSnapshotClass('daily') as never,
      'a snapshot class by hand': () => {
        const chart = testChart();
        return object(chart, 'VolumeSnapshotClass', { metadata: { name: 'daily' }, driver: 'kadalu', deletionPolicy: 'Delete' }, 'snapshot.storage.k8s.io/v1');
      },
      'a clone': claim({ dataSource: PersistentVolumeClaim.fromClaimName('old', { namespace: 'apps' }) }),
    },
    passes: { 'an empty claim': claim({}) },
  },
  GLU019: {
    trips: { 'claims of all that there is': claims(Size.gibibytes(50), { capacity: Size.gibibytes(100) }) },
    passes: { 'claims of half': claims(Size.gibibytes(25), { capacity: Size.gibibytes(100) }), 'a pool of which the size is not known': claims(Size.gibibytes(50), {}) },
  },
  GLU020: {
    trips: {
      'an option of mount.glusterfs': ofExternal({ mountFlags: ['backup-volfile-servers=gluster3'] }),
      'a flag that there is not': ofExternal({ mountFlags: ['log-levels=WARNING'] }),
      'a flag with its dashes': ofExternal({ mountFlags: ['--log-level=WARNING'] }),
      'a flag without its value': ofExternal({ mountFlags: ['log-level'] }),
      'two flags in one': ofExternal({ mountFlags: ['acl,selinux'] }),
      'read-only': ofExternal({ mountFlags: ['read-only'] }),
      'by hand': () => classByHand(testChart(), { hostvol_type: 'External', gluster_hosts: 'a', gluster_volname: 'b', gluster_options: 'ro' }),
    },
    passes: { 'flags of glusterfs': ofExternal({ mountFlags: ['log-level=WARNING', 'acl'] }) },
  },
  GLU021: {
    trips: {
      'hosts in another order': () => {
        const chart = testChart();
        external(chart);
        return classByHand(chart, { hostvol_type: 'External', gluster_hosts: 'gluster2.example.com,gluster1.example.com', gluster_volname: 'gv0' });
      },
      'the whole volume of a pool that is none': () => {
        const chart = testChart();
        external(chart);
        return classByHand(chart, { hostvol_type: 'External', gluster_hosts: 'gluster1.example.com,gluster2.example.com', gluster_volname: 'gv0', single_pv_per_pool: 'True' });
      },
    },
    passes: {
      'the same by hand': () => {
        const chart = testChart();
        external(chart);
        return classByHand(chart, { hostvol_type: 'External', gluster_hosts: 'gluster1.example.com,gluster2.example.com', gluster_volname: 'gv0' });
      },
      'a Gluster that is told to Kadalu elsewhere': () => classByHand(testChart(), { hostvol_type: 'External', gluster_hosts: 'x', gluster_volname: 'gv9' }),
      'our own': () => external(testChart()).addStorageClass('fast'),
    },
  },
  GLU022: {
    trips: {
      'one with and one without': () => {
        const chart = testChart();
        const driver = KadaluOperator.existing({ version: RELEASE });
        external(chart, { driver, kadalu: { quota: KadaluQuota.SSH_SECRET } });
        return external(chart, { driver, cluster: gluster({ volume: 'gv1' }) });
      },
      'the Secret beside one without': () => {
        const chart = testChart();
        object(chart, 'Secret', { metadata: { name: 'glusterquota-ssh-secret', namespace: 'kadalu' } });
        return external(chart);
      },
    },
    passes: {
      'both with': () => {
        const chart = testChart();
        const driver = KadaluOperator.existing({ version: RELEASE });
        external(chart, { driver, kadalu: { quota: KadaluQuota.SSH_SECRET } });
        return external(chart, { driver, cluster: gluster({ volume: 'gv1' }), kadalu: { quota: KadaluQuota.SSH_SECRET } });
      },
      'one with, beside pools of Kadalu': () => {
        const chart = testChart();
        const driver = KadaluOperator.existing({ version: RELEASE });
        kadalu(chart, undefined, { driver });
        return external(chart, { driver, kadalu: { quota: KadaluQuota.SSH_SECRET } });
      },
    },
  },
  GLU023: {
    trips: { 'one server': () => external(testChart(), { cluster: gluster({ hosts: ['gluster1.example.com'] }) }) },
    passes: { 'two servers': () => external(testChart()) },
  },
  GLU024: {
    trips: { 'a device by its letter': one({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.device('node1', '/dev/sdb')] }), 'an NVMe by its number': one({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.device('node1', '/dev/nvme0n1')] }) },
    passes: { 'a device by its serial number': one({ type: KadaluPoolType.REPLICA1, bricks: [disk('node1')] }), 'a logical volume': one({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.device('node1', '/dev/vg0/brick')] }) },
  },
  GLU025: {
    trips: { 'tolerations on 1.2.0': one({ tolerations: [TOLERATION] }) },
    passes: { 'no tolerations': one({ tolerations: [] }), 'tolerations on a release of which nothing is known': () => kadalu(testChart(), [pool({ tolerations: [TOLERATION] })], { driver: KadaluOperator.existing() }) },
  },
  GLU026: {
    trips: { 'a directory': one({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.path('node1', '/bricks/pool1')] }) },
    passes: { 'a device': one({ type: KadaluPoolType.REPLICA1, bricks: [disk('node1')] }) },
  },
  GLU040: {
    trips: {
      'a host with a port': nowhere(() => gluster({ hosts: ['gluster1:24007'] })),
      'a host with a scheme': nowhere(() => gluster({ hosts: ['tcp://gluster1'] })),
      'a host with the volume': nowhere(() => gluster({ hosts: ['gluster1/gv0'] })),
      'two hosts in one': nowhere(() => gluster({ hosts: ['gluster1,gluster2'] })),
      'a host twice': nowhere(() => gluster({ hosts: ['gluster1', 'gluster1'] })),
      'no hosts': nowhere(() => gluster({ hosts: [] })),
      'a volume with its path': nowhere(() => gluster({ volume: '/gv0' })),
      'a port out of range': nowhere(() => gluster({ port: 0 })),
      'a volume that is a number to YAML': () => external(testChart(), { cluster: gluster({ volume: '17' }), kadalu: { name: 'gv17' } }),
    },
    passes: { addresses: () => external(testChart(), { cluster: gluster({ hosts: ['10.0.0.1', 'fd00::1'] }) }) },
  },
  GLU041: {
    trips: {
      'a text for the hosts': nowhere(() => gluster({ hosts: 'gluster1' as any })),
      'no options': nowhere(() => KadaluOperator.existing(null as any)),
      'a pool without bricks': one({ bricks: undefined }),
      'bricks as text': one({ bricks: ['node1:/dev/sdb'] as any }),
      'a type that there is not': one({ type: 'Replica4' as any }),
      'a storage without its Gluster': () => new GlusterStorage(testChart(), 'Gluster', {} as any),
      'a flag as text': () => new KadaluOperator(testChart(), 'Kadalu', { verbose: 'yes' as any }),
    },
    passes: { 'what is declared': one({ singleVolume: false, allowSameNode: undefined }) },
  },
  GLU042: {
    trips: { 'another port': () => external(testChart(), { cluster: gluster({ port: 24008 }) }) },
    passes: { 'the usual port': () => external(testChart(), { cluster: gluster({ port: 24007 }) }) },
  },
  GLU043: {
    trips: {
      'two claims on one volume': () => {
        const chart = testChart({}, { namespace: 'apps' });
        const storageClass = kadalu(chart, [pool({ singleVolume: true, capacity: Size.tebibytes(1) })]).addStorageClass('fast');
        new PersistentVolumeClaim(chart, 'One', { name: 'one', storageClass, size: GIBIBYTE });
        return new PersistentVolumeClaim(chart, 'Two', { name: 'two', storageClass, size: GIBIBYTE });
      },
    },
    passes: { 'two claims on a pool of several': claims(GIBIBYTE, { capacity: Size.tebibytes(1) }), 'one claim on one volume': claim({}, {}, { singleVolume: true }) },
  },
  GLU044: {
    trips: {
      'a class that deletes from a pool that archives': added({ whenDeleted: WhenDeleted.DELETE }),
      'a pool that keeps volumes': one({ whenDeleted: WhenDeleted.KEEP_VOLUME }),
      'a whole pool that is deleted': one({ singleVolume: true, whenDeleted: WhenDeleted.DELETE }),
    },
    passes: {
      'a class that says what its pool says': added({ whenDeleted: WhenDeleted.DELETE }, { whenDeleted: WhenDeleted.DELETE }),
      'a class that keeps volumes': added({ whenDeleted: WhenDeleted.KEEP_VOLUME }),
      'a whole pool': one({ singleVolume: true }),
    },
  },
  GLU045: {
    trips: { nothing: ofExternal({ quota: undefined }) },
    passes: { 'none, as is meant': ofExternal({ quota: KadaluQuota.NONE }), 'one on the servers': ofExternal({ quota: KadaluQuota.SERVER_SIDE }) },
  },
  GLU046: {
    trips: {
      'one brick of three': one({ bricks: [...disks(5), KadaluBrick.device('node6', '/dev/disk/by-id/x', { decommissioned: true })] }),
      'all bricks': one({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.device('node1', '/dev/disk/by-id/x', { decommissioned: true })] }),
    },
    passes: { 'one set of two': one({ bricks: [...disks(3), ...['node4', 'node5', 'node6'].map(node => KadaluBrick.device(node, '/dev/disk/by-id/x', { decommissioned: true }))] }) },
  },
  GLU047: {
    trips: { 'csi-driver-nfs': () => kadalu(testChart(), undefined, { driver: existingNfs() }) },
    passes: { 'Kadalu by its name': () => kadalu(testChart(), undefined, { driver: CsiDriver.fromDriverName('kadalu') }) },
  },
  GLU048: {
    trips: { 'no effect': one({ tolerations: [{ key: 'storage', operator: 'Exists' }] }), 'no key': one({ tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] }) },
    passes: { 'all of them, but for the operator': () => kadalu(testChart(), [pool({ tolerations: [{ key: 'storage', value: 'x', effect: 'NoSchedule' }] })], { driver: KadaluOperator.existing() }) },
  },
  GLU049: {
    trips: {
      'pools by NFS': () => kadalu(testChart(), undefined, { access: GlusterAccess.NFS_GATEWAY }),
      'pools by the nodes': () => kadalu(testChart(), undefined, { access: GlusterAccess.NODE_MOUNT }),
      'what is for an external Gluster': () => kadalu(testChart(), undefined, { kadalu: { quota: KadaluQuota.NONE } }),
      'what is for Kadalu': () => external(testChart(), { access: GlusterAccess.NODE_MOUNT }),
      'a tiebreaker for three replicas': one({ tiebreaker: { node: 'tie.example.com', path: '/mnt' } }),
    },
    passes: { 'pools by Kadalu': () => kadalu(testChart(), undefined, { access: GlusterAccess.KADALU_CSI }), 'an external Gluster by Kadalu': () => external(testChart()) },
  },
  GLU050: {
    trips: { six: one({ ...DISPERSE, disperse: { data: 6, redundancy: 2 }, bricks: disks(8) }) },
    passes: { four: one(DISPERSE) },
  },
  GLU051: {
    trips: {
      'a pool that there is not': added({ pool: 'pool2' }),
      'none, of two': () => kadalu(testChart(), [pool(), pool({ name: 'other', bricks: disks(3, 'nvme-eui') })]).addStorageClass('fast'),
    },
    passes: { 'the only one': added({}), 'one of two': () => kadalu(testChart(), [pool(), pool({ name: 'other', bricks: disks(3, 'nvme-eui') })]).addStorageClass('fast', { pool: 'other' }) },
  },
  GLU052: {
    trips: { 'another release': () => new KadaluOperator(testChart(), 'Kadalu', { version: '1.3.0' }) },
    passes: { 'the release that was read': () => new KadaluOperator(testChart(), 'Kadalu', { version: '1.2.0' }) },
  },
  GLU053: {
    trips: {
      'a misspelt parameter': plain({ parameters: { 'storage-name': 'pool1' } }),
      'a type of pool that there is not': plain({ parameters: { storage_type: 'replica3' } }),
      'another kind of volume': plain({ parameters: { pv_type: 'Filesystem' } }),
      'an external Gluster without its volume': plain({ parameters: { hostvol_type: 'External', gluster_hosts: 'gluster1' } }),
      'a file system': plain({ fsType: 'ext4' }),
      'by hand': () => classByHand(testChart(), { storageName: 'pool1' }),
    },
    passes: { 'parameters of Kadalu': plain({ parameters: { storage_type: 'Replica3', pv_type: 'Block' } }) },
  },
  GLU054: {
    trips: {
      'an absolute path': volume({ subDir: '/reports' }),
      'a path upwards': volume({ subDir: '../other' }),
      'a volume by hand without its pool': () => object(testChart(), 'PersistentVolume', {
        metadata: { name: 'old' }, spec: { accessModes: ['ReadWriteMany'], csi: { driver: 'kadalu', volumeHandle: 'x', volumeAttributes: { type: 'External', pvtype: 'subvol' } } },
      }),
    },
    passes: { 'a directory': volume({ subDir: 'reports/2026' }), 'the whole volume': volume({}) },
  },
  GLU055: {
    trips: { 'a tag with v': nowhere(() => KadaluOperator.existing({ version: 'v1.2.0' })), 'latest': () => new KadaluOperator(testChart(), 'Kadalu', { version: 'devel' }) },
    passes: { 'a release': () => new KadaluOperator(testChart(), 'Kadalu') },
  },
};
