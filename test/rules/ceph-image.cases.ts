import { Duration, Size } from 'cdk8s';
import { Cases } from './case';
import {
  CephCluster, CephFsCsiDriver, CephFsMdsPin, CephFsMounter, CephFsRecoverSession, CephFsStorageClassOptions, CephLogStrategy, CephMsMode, CephRbdCsiDriver, CephReadFromReplica,
  CephRbdCsiDriverProps, CephRbdStorageClassOptions, KrbdMapOptions, KubernetesVersion, NodeUpdateStrategy, PlatformProps, RbdCompressionHint, RbdImageFeature, RbdMounter, RbdQos,
  RbdTopologyPool, VolumeBindingMode,
} from '../../src';
import { cephChart as chart, cephFs, rbd } from '../ceph/ceph';
import { object } from '../support';

const { LAYERING, EXCLUSIVE_LOCK, OBJECT_MAP, FAST_DIFF, DEEP_FLATTEN, JOURNALING } = RbdImageFeature;
const ZONE = 'topology.kubernetes.io/zone';
const SECRETS = Object.fromEntries(['provisioner', 'controller-expand', 'node-stage']
  .flatMap(key => [[`csi.storage.k8s.io/${key}-secret-name`, 'ceph-csi'], [`csi.storage.k8s.io/${key}-secret-namespace`, 'ceph']]));

/** A class of images, with a driver that is left alone, as rbd-nbd wants it. */
function image(options: CephRbdStorageClassOptions, platform: Partial<PlatformProps> = {}, driver: CephRbdCsiDriverProps = {}) {
  return () => {
    const scope = chart(platform);
    const own = new CephRbdCsiDriver(scope, 'Driver', { node: { updateStrategy: NodeUpdateStrategy.ON_DELETE }, ...driver });
    return rbd({ driver: own }, scope).addStorageClass('fast', { imageFeatures: [LAYERING], ...options });
  };
}

function mount(options: CephFsStorageClassOptions, platform: Partial<PlatformProps> = {}) {
  return () => {
    const scope = chart(platform);
    const own = new CephFsCsiDriver(scope, 'Driver', { node: { updateStrategy: NodeUpdateStrategy.ON_DELETE } });
    return cephFs({ driver: own }, scope).addStorageClass('shared', options);
  };
}

const krbd = (options: KrbdMapOptions, platform: Partial<PlatformProps> = {}) => image({ mapOptions: { krbd: options } }, platform);
const kernel = (release: string) => ({ kernel: release });
const placed = (pools: RbdTopologyPool[], more: CephRbdStorageClassOptions = {}, domainLabels = [ZONE, 'example.com/room']) => image({ topologyPools: pools, ...more }, {}, { domainLabels });
const POOL = (pool: string, value = pool, label = 'zone') => ({ pool, domainSegments: [{ label, value }] });

function on(ports: string[], image_: CephRbdStorageClassOptions | undefined, fs?: CephFsStorageClassOptions) {
  return () => {
    const cluster = CephCluster.external({ clusterId: 'ceph', monitors: ports.map((port, index) => `10.0.0.${index}:${port}`) });
    return image_ ? rbd({ cluster }).addStorageClass('fast', { imageFeatures: [LAYERING], ...image_ }) : cephFs({ cluster }).addStorageClass('shared', fs);
  };
}

/** Classes as their users wrote them. */
function raw(parameters: object, more: object = {}) {
  return () => object(chart(), 'StorageClass', {
    metadata: { name: 'fast' }, provisioner: 'rbd.csi.ceph.com', parameters: { clusterID: 'ceph', pool: 'kubernetes', imageFeatures: 'layering', ...SECRETS, ...parameters }, ...more,
  }, 'storage.k8s.io/v1');
}
function rawFs(parameters: object, more: object = {}) {
  return () => object(chart(), 'StorageClass', {
    metadata: { name: 'shared' }, provisioner: 'cephfs.csi.ceph.com', parameters: { clusterID: 'ceph', fsName: 'cephfs', ...SECRETS, ...parameters }, ...more,
  }, 'storage.k8s.io/v1');
}
const rawPools = (...pools: unknown[]) => raw({ topologyConstrainedPools: JSON.stringify(pools) }, { volumeBindingMode: 'WaitForFirstConsumer' });
const SEGMENTS = { domainSegments: [{ domainLabel: 'zone', value: 'a' }] };

function limited(qos: RbdQos, platform: Partial<PlatformProps> = {}, version?: string) {
  return () => {
    const scope = chart(platform);
    return rbd({ driver: new CephRbdCsiDriver(scope, 'Driver', { volumeAttributes: true, version }) }, scope).addAttributesClass('gold', { qos });
  };
}
function pinned(mdsPin: CephFsMdsPin, version = 'v3.18.0') {
  return () => {
    const scope = chart();
    return cephFs({ driver: new CephFsCsiDriver(scope, 'Driver', { volumeAttributes: true, version }) }, scope).addAttributesClass('pinned', { mdsPin });
  };
}
const IOPS = { nbd: { iops: { base: 1000 } } };
const GROWS = { base: 1000, perGibibyte: 10, max: 5000 };

export const CEPH_IMAGE_CASES: Cases = {
  CEPH030: {
    trips: {
      'features in one text': image({ imageFeatures: 'layering' as any }),
      'features in one entry': image({ imageFeatures: ['layering, exclusive-lock' as any] }),
      'a feature that is not there': image({ imageFeatures: [LAYERING, undefined as any] }),
      'a mounter that is none': image({ mounter: 'nbd' as any }),
      'yes in words': image({ tryOtherMounters: 'yes' as any }),
      'map options in one text': image({ mapOptions: 'krbd:ms_mode=crc' as any }),
      'map options of another mounter': image({ mapOptions: { fuse: {} } as any }),
      'a map option that is misspelt': krbd({ mode: 'crc' } as any),
      'a mode that is none': krbd({ msMode: 'encrypted' as any }),
      'a depth in words': krbd({ queueDepth: '128' as any }),
      'a depth of nothing': krbd({ queueDepth: 0 }),
      'seconds in parts': krbd({ lockTimeout: Duration.millis(1500) }),
      'seconds as a number': krbd({ mountTimeout: 30 as any }),
      'a size as a number': krbd({ allocSize: 4096 as any }),
      'options in one text, for mkfs': image({ mkfsOptions: '-m0 -Ediscard' as any }),
      'two options in one entry, for mkfs': image({ mkfsOptions: ['-E discard'] }),
      'an unmap option with a comma': image({ unmapOptions: { krbd: ['force,noudev'] } }),
      'a log that is a path': image({ mounter: RbdMounter.NBD, cephLog: '/var/log' as any }),
      'striping without numbers': image({ striping: { unit: '64Ki' as any, count: 4 } }),
      'pools that are no list': image({ topologyPools: { forEach: () => undefined } as any }),
      'a pool that is a name': image({ topologyPools: [POOL('a'), 'b' as any] }),
      'a data pool without a name': image({ dataPool: '' }),
      'CephFS: a pool that is no name': mount({ pool: 7 as any }),
      'CephFS: options for the kernel in one text': mount({ kernelMountOptions: 'ms_mode=secure' as any }),
      'CephFS: options for ceph-fuse in one text': mount({ fuseMountOptions: 'debug' as any }),
      'a limit that is a number': limited({ nbd: { iops: 1000 as any } }),
      'a limit that is misspelt': limited({ krbd: { maxIops: 1 } as any }),
      'no limit': limited(undefined as any),
      'a pin to a chance above all': pinned({ random: 2 }),
      'a pin to half a server': pinned({ export: 0.5 }),
    },
    passes: {
      'what is null, as in other languages': image({ mapOptions: null as any, mkfsOptions: null as any, dataPool: null as any, tryOtherMounters: undefined }),
      'options for mkfs': image({ mkfsOptions: ['-m0', '-Enodiscard,lazy_itable_init=1'] }),
    },
  },
  CEPH031: {
    trips: {
      'a parameter that is misspelt': raw({ imageFeature: 'layering' }),
      'a parameter in other letters': raw({ datapool: 'data' }),
      'space that is taken at once': raw({ thickProvision: 'true' }),
      'a user of the old provisioner': raw({ adminId: 'admin' }),
      'a Secret of the old provisioner': raw({ userSecretName: 'ceph' }),
      'a limit of ceph-csi 3.15': raw({ BaseReadIops: '1000' }),
      'a limit of an attributes class': raw({ maxIops: '1000' }),
      'the tenant of the cluster': raw({ radosNamespace: 'tenant' }),
      'a file system of Ceph': raw({ fsName: 'cephfs' }),
      'extra parameters of old': image({ extraParameters: { adminId: 'admin' } }),
      'CephFS: the group of the cluster': rawFs({ subvolumeGroup: 'group' }),
      'CephFS: a directory that exists': rawFs({ rootPath: '/volumes' }),
      'CephFS: pools by place': rawFs({ topologyConstrainedPools: '[]' }),
      'CephFS: features of images': rawFs({ imageFeatures: 'layering' }),
      'CephFS: a pin': rawFs({ 'mds-pin-export': '1' }),
    },
    passes: {
      'what Rook\'s class has, and does no harm': raw({ imageFormat: '2', thickProvision: 'false' }),
      'a parameter of ours, given by hand': image({ extraParameters: { encryptionType: 'block' } }),
      'every parameter': raw({
        dataPool: 'data', volumeNamePrefix: 'prod-', mounter: 'rbd', tryOtherMounters: 'false', mapOptions: 'krbd:queue_depth=64', unmapOptions: 'krbd:force', mkfsOptions: '-m0 -Enodiscard',
        cephLogDir: '', cephLogStrategy: '', encrypted: 'true', encryptionType: 'block', encryptionKMSID: 'vault', encryptionCipher: 'aes-xts-plain64', encryptionKeySize: '512', encryptionSectorSize: '4096', stripeUnit: '',
      }),
      'every parameter of CephFS': rawFs({ pool: 'data', mounter: 'kernel', kernelMountOptions: 'norbytes', fuseMountOptions: 'debug', volumeNamePrefix: 'a', backingSnapshot: 'false', encrypted: 'false', encryptionKMSID: 'vault' }),
    },
  },
  CEPH048: {
    trips: {
      'something that is nowhere': raw({ colour: 'blue' }),
      'extra parameters that are unknown': image({ extraParameters: { colour: 'blue' } }),
    },
    passes: { 'nothing of that kind': raw({}) },
  },
  CEPH032: {
    trips: {
      'an empty data pool': raw({ dataPool: '' }),
      'an empty prefix': raw({ volumeNamePrefix: '' }),
      'a prefix with a slash': image({ volumeNamePrefix: 'a/' }),
      'a mounter of another name': raw({ mounter: 'krbd' }),
      'an empty mounter that takes the options with it': raw({ mounter: '', mapOptions: 'krbd:queue_depth=64' }),
      'encryption in words': raw({ encrypted: 'yes' }),
      'an encryption of another kind': raw({ encryptionType: 'disk' }),
      'a sector between two': raw({ encryptionSectorSize: '3000' }),
      'two blanks between options': raw({ mkfsOptions: '-m0  -Ediscard' }),
      'a stripe in words': raw({ stripeUnit: '64Ki', stripeCount: '4' }),
      'a log that is nowhere': image({ mounter: RbdMounter.NBD, cephLog: { directory: 'logs' } }),
      'CephFS: a mounter of RBD': rawFs({ mounter: 'rbd-nbd' }),
      'CephFS: options that are empty': rawFs({ kernelMountOptions: '' }),
      'CephFS: a snapshot in words': rawFs({ backingSnapshot: 'no' }),
    },
    passes: {
      'an empty mounter, as Helm writes it': raw({ mounter: '' }),
      'all that is typed': image({
        dataPool: 'data', volumeNamePrefix: 'prod-', mounter: RbdMounter.NBD, cephLog: { directory: '/var/log/ceph', strategy: CephLogStrategy.COMPRESS }, mapOptions: { nbd: { reattachTimeout: Duration.minutes(1) } },
        unmapOptions: { nbd: ['force'] }, objectSize: Size.mebibytes(8), striping: { unit: Size.kibibytes(64), count: 16 },
      }),
    },
  },
  CEPH033: {
    trips: {
      'no features': image({ imageFeatures: [] }),
      'an empty text': raw({ imageFeatures: '' }),
      'a blank': raw({ imageFeatures: 'layering, exclusive-lock' }),
      'a feature that is misspelt': raw({ imageFeatures: 'layring' }),
      'a map without its lock': image({ imageFeatures: [LAYERING, OBJECT_MAP] }),
      'a journal without its lock': image({ imageFeatures: [JOURNALING], mounter: RbdMounter.NBD }),
      'differences without a map': image({ imageFeatures: [EXCLUSIVE_LOCK, FAST_DIFF] }),
      'a lock that the image does not have': krbd({ exclusive: true }),
      'a lock for reads that the image does not have': raw({ mapOptions: 'lock_on_read' }),
    },
    passes: {
      'all that the kernel knows': image({ imageFeatures: [DEEP_FLATTEN, FAST_DIFF, OBJECT_MAP, EXCLUSIVE_LOCK, LAYERING], mapOptions: { krbd: { exclusive: true } } }, kernel('5.4')),
      'what Ceph does by itself': image({ imageFeatures: undefined }),
    },
  },
  CEPH034: {
    trips: {
      'a journal with the kernel': image({ imageFeatures: [EXCLUSIVE_LOCK, JOURNALING] }),
      'a journal with a way out that is none': image({ imageFeatures: [EXCLUSIVE_LOCK, JOURNALING], tryOtherMounters: true }),
      'a journal by hand': raw({ imageFeatures: 'exclusive-lock,journaling', mounter: 'rbd' }),
    },
    passes: { 'a journal with rbd-nbd': image({ imageFeatures: [EXCLUSIVE_LOCK, JOURNALING], mounter: RbdMounter.NBD }) },
  },
  CEPH035: {
    trips: {
      'a place without its mounter': raw({ mapOptions: 'read_from_replica=localize,crush_location=zone:a' }),
      'a mounter that is none': raw({ mapOptions: 'rbd:ms_mode=crc' }),
      'a mounter twice': raw({ mapOptions: 'krbd:rxbounce;noshare' }),
      'a blank': raw({ mapOptions: 'krbd:rxbounce, noshare' }),
      'nothing for a mounter': raw({ mapOptions: 'krbd:' }),
      'a mode that is none': raw({ mapOptions: 'krbd:ms_mode=encrypted' }),
      'a value for what takes none': raw({ mapOptions: 'krbd:rxbounce=1' }),
      'no value for what takes one': krbd({ extraOptions: ['queue_depth'] }),
      'an option twice': krbd({ msMode: CephMsMode.LEGACY, extraOptions: ['ms_mode=crc'] }),
      'an option and its opposite': raw({ mapOptions: 'share,noshare' }),
      'images that nobody can write': raw({ mapOptions: 'krbd:ro' }),
      'dashes for rbd-nbd': image({ mounter: RbdMounter.NBD, mapOptions: { nbd: { extraOptions: ['--exclusive'] } } }),
      'a name of a file that ceph-csi gives': image({ mounter: RbdMounter.NBD, mapOptions: { nbd: { extraOptions: ['log-file=/tmp/x'] } } }),
      'a value for force': raw({ unmapOptions: 'krbd:force=1' }),
      'a place that is none': krbd({ crushLocation: ['zone'] }),
      'CephFS: what ceph-csi writes': rawFs({ kernelMountOptions: 'name=admin' }),
      'CephFS: a mode that is none': rawFs({ kernelMountOptions: 'ms_mode=on' }),
      'CephFS: a blank': rawFs({ fuseMountOptions: 'debug, ro' }),
      'CephFS: a mode twice': mount({ kernelMountOptions: { wsync: true, extraOptions: ['nowsync'] } }),
    },
    passes: {
      'both mounters': raw({ mapOptions: 'krbd:read_from_replica=localize,crush_location=zone:a|region:b;nbd:try-netlink', unmapOptions: 'krbd:force;nbd:force' }),
      'the kernel without its name': raw({ mapOptions: 'queue_depth=1024,udev' }),
      'all that is typed': krbd({
        msMode: CephMsMode.LEGACY, readFromReplica: CephReadFromReplica.LOCALIZE, crushLocation: ['zone:a', 'region:b'], compressionHint: RbdCompressionHint.COMPRESSIBLE, queueDepth: 64, lockOnRead: false, exclusive: false,
        lockTimeout: Duration.seconds(30), notrim: true, abortOnFull: true, allocSize: Size.kibibytes(4), rxbounce: true, mountTimeout: Duration.minutes(1), extraOptions: ['osdkeepalive=10'],
      }),
      'all that is typed of CephFS': mount({
        mounter: CephFsMounter.KERNEL,
        kernelMountOptions: {
          msMode: CephMsMode.LEGACY, recoverSession: CephFsRecoverSession.CLEAN, readFromReplica: CephReadFromReplica.BALANCE, crushLocation: ['zone:a'], readAhead: Size.mebibytes(4), wsync: false, extraOptions: ['norbytes'],
        },
      }),
    },
  },
  CEPH036: {
    trips: {
      'an option of the kernel that is misspelt': krbd({ extraOptions: ['queue_dept=64'] }),
      'an option that nobody knows': raw({ mapOptions: 'krbd:colour=blue' }),
      'an option of rbd-nbd that is misspelt': image({ mounter: RbdMounter.NBD, mapOptions: { nbd: { extraOptions: ['exclusiv'] } } }),
      'CephFS: an option that is misspelt': mount({ kernelMountOptions: { extraOptions: ['norbyte'] } }),
      'CephFS: a mount option that nobody knows': mount({ mountOptions: ['colour=blue'] }),
    },
    passes: {
      'a setting of Ceph for rbd-nbd': image({ mounter: RbdMounter.NBD, mapOptions: { nbd: { extraOptions: ['debug-rbd=20'] } } }),
      'a setting of Ceph for ceph-fuse': mount({ mounter: CephFsMounter.FUSE, fuseMountOptions: ['client_cache_size=1000'] }),
    },
  },
  CEPH037: {
    trips: {
      'two options of rbd-nbd': image({ mounter: RbdMounter.NBD, mapOptions: { nbd: { exclusive: true, ioTimeout: Duration.seconds(30) } } }),
      'two options of rbd-nbd by hand': raw({ mapOptions: 'nbd:exclusive,notrim' }),
    },
    passes: { 'one option of rbd-nbd': image({ mounter: RbdMounter.NBD, mapOptions: { nbd: { exclusive: true } } }) },
  },
  CEPH038: {
    trips: {
      'v2 to monitors of v1': on(['6789', '6789'], { mapOptions: { krbd: { msMode: CephMsMode.SECURE } } }),
      'v1 to monitors of v2': on(['3300'], {}),
      'v1, said so, to monitors of v2': on(['3300'], { mapOptions: { krbd: { msMode: CephMsMode.LEGACY } } }),
      'CephFS: v2 to monitors of v1': on(['6789'], undefined, { kernelMountOptions: { msMode: CephMsMode.PREFER_CRC } }),
      'CephFS: v1 to monitors of v2': on(['3300', '3300'], undefined),
    },
    passes: {
      'v2 to monitors of v2': on(['3300'], { mapOptions: { krbd: { msMode: CephMsMode.PREFER_CRC } } }),
      'v1 to monitors of v1': on(['6789'], { mapOptions: { krbd: { msMode: CephMsMode.LEGACY } } }),
      'v1 to monitors of both': on(['3300', '6789'], {}),
      'ports of their own': on(['7000'], {}),
      'rbd-nbd, which speaks both': () => {
        const scope = chart();
        const driver = new CephRbdCsiDriver(scope, 'Driver', { node: { updateStrategy: NodeUpdateStrategy.ON_DELETE } });
        return rbd({ driver, cluster: CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:3300'] }) }, scope).addStorageClass('fast', { mounter: RbdMounter.NBD });
      },
      'CephFS: v2 to monitors of v2': on(['3300'], undefined, { kernelMountOptions: { msMode: CephMsMode.SECURE } }),
    },
  },
  CEPH039: {
    trips: {
      'a unit without a count': image({ striping: { unit: Size.kibibytes(64) } as any }),
      'a count without a unit': raw({ stripeCount: '4' }),
      'a unit that does not fit': image({ striping: { unit: Size.kibibytes(48), count: 4 } }),
      'a unit that is greater than its object': image({ objectSize: Size.kibibytes(64), striping: { unit: Size.kibibytes(128), count: 4 } }),
      'an object between two powers': image({ objectSize: Size.mebibytes(6) }),
      'an object that is too small': raw({ objectSize: '1024' }),
      'an object that is too large': raw({ objectSize: '67108864' }),
      'no objects': raw({ stripeUnit: '65536', stripeCount: '0' }),
    },
    passes: { 'units in objects': image({ objectSize: Size.mebibytes(1), striping: { unit: Size.kibibytes(64), count: 16 } }) },
  },
  CEPH040: {
    trips: {
      'no pools': placed([]),
      'a label with its prefix': placed([POOL('a', 'a', ZONE)]),
      'a pool twice': placed([POOL('a'), POOL('a', 'b')]),
      'two pools of one place': placed([POOL('a'), POOL('b', 'a')]),
      'a pool that comes too late': placed([POOL('a'), { pool: 'b', domainSegments: [{ label: 'zone', value: 'a' }, { label: 'room', value: '1' }] }]),
      'a pool that is nowhere': placed([{ pool: 'a', domainSegments: [] }]),
      'a place with two values': placed([{ pool: 'a', domainSegments: [{ label: 'zone', value: 'a' }, { label: 'zone', value: 'b' }] }]),
      'a place without a value': placed([{ pool: 'a', domainSegments: [{ label: 'zone' } as any] }]),
      'what is no JSON': raw({ topologyConstrainedPools: '[{poolName: a}]' }, { volumeBindingMode: 'WaitForFirstConsumer' }),
      'a pool without a name, by hand': rawPools(SEGMENTS),
      'a pool that is nothing, by hand': rawPools(null),
      'a place that is nothing, by hand': rawPools({ poolName: 'a', domainSegments: [null] }),
      'a property that is none, by hand': rawPools({ poolName: 'a', datapool: 'b', ...SEGMENTS }),
    },
    passes: {
      'smaller places first': placed([{ pool: 'b', domainSegments: [{ label: 'zone', value: 'a' }, { label: 'room', value: '1' }] }, POOL('a')]),
      'pools by hand': rawPools({ poolName: 'a', dataPool: 'b', ...SEGMENTS }),
    },
  },
  CEPH041: {
    trips: {
      'a volume before its pod': placed([POOL('a')], { volumeBindingMode: VolumeBindingMode.IMMEDIATE }),
      'a volume before its pod, by hand': raw({ topologyConstrainedPools: JSON.stringify([{ poolName: 'a', ...SEGMENTS }]) }),
    },
    passes: { 'the mode that is ours': placed([POOL('a'), POOL('b')]) },
  },
  CEPH042: {
    trips: {
      'a label of which the driver knows nothing': placed([POOL('a', 'a', 'region')]),
      'a driver that looks at none': image({ topologyPools: [POOL('a')] }),
    },
    passes: { 'labels of the driver': placed([POOL('a', 'a', 'room'), POOL('b', 'b', 'zone')]) },
  },
  CEPH043: {
    trips: {
      'a mode that is newer': image({ mapOptions: { krbd: { msMode: CephMsMode.LEGACY } } }, kernel('5.10')),
      'a feature that is newer': image({ imageFeatures: [LAYERING, EXCLUSIVE_LOCK, OBJECT_MAP] }, kernel('4.18')),
      'what Ceph does by itself': image({ imageFeatures: undefined }, kernel('5.2')),
      'a data pool': image({ dataPool: 'data' }, kernel('4.10')),
      'force': image({ unmapOptions: { krbd: ['force'] } }, kernel('4.8')),
      'requests of rbd-nbd that wait for ever': image({ mounter: RbdMounter.NBD }, kernel('5.3')),
      'CephFS: a session': mount({ kernelMountOptions: { recoverSession: CephFsRecoverSession.CLEAN } }, kernel('5.3')),
      'CephFS: sizes': mount({ mounter: CephFsMounter.KERNEL }, kernel('4.16')),
    },
    passes: {
      'a kernel that has it': image({ mapOptions: { krbd: { msMode: CephMsMode.LEGACY } } }, kernel('5.11')),
      'a feature with a way out': image({ imageFeatures: [LAYERING, EXCLUSIVE_LOCK, OBJECT_MAP], tryOtherMounters: true }, kernel('4.18')),
      'requests of rbd-nbd that end': image({ mounter: RbdMounter.NBD, mapOptions: { nbd: { ioTimeout: Duration.seconds(30) } } }, kernel('5.3')),
      'CephFS: sizes by ceph-fuse': mount({}, kernel('4.16')),
      'a kernel that is not declared': image({ mapOptions: { krbd: { msMode: CephMsMode.LEGACY } } }),
    },
  },
  CEPH044: {
    trips: {
      'read-only': image({ mountOptions: ['ro'] }),
      'an option for mapping': image({ mountOptions: ['rxbounce'] }),
      'discard on what does not know it': raw({ 'csi.storage.k8s.io/fstype': 'ntfs' }, { mountOptions: ['discard'] }),
      'CephFS: read-only': mount({ mountOptions: ['ro'] }),
      'CephFS: debug': mount({ mountOptions: ['noatime', 'debug'] }),
      'CephFS: debug by hand': rawFs({}, { mountOptions: ['debug'] }),
      'CephFS: discard': mount({ mountOptions: ['discard'] }),
    },
    passes: {
      'discard': image({ mountOptions: ['discard', 'noatime'], fsType: 'xfs' }),
      'debug, which ext4 knows': image({ mountOptions: ['debug'] }),
      'CephFS: times': mount({ mountOptions: ['noatime'] }),
    },
  },
  CEPH045: {
    trips: {
      'limits of the kernel with ceph-csi 3.17': limited({ krbd: { maxReadIops: 1000 } }),
      'limits with Kubernetes 1.33': limited(IOPS, { kubernetes: KubernetesVersion.V1_33 }),
      'a pin with ceph-csi 3.17': pinned({ distributed: true }, 'v3.17.1'),
    },
    passes: {
      'limits of rbd-nbd with ceph-csi 3.17': limited(IOPS),
      'limits of the kernel with ceph-csi 3.18': limited({ krbd: { maxReadIops: 1000, maxWriteThroughput: Size.mebibytes(100) } }, {}, 'v3.18.0'),
      'a pin with ceph-csi 3.18': pinned({ distributed: true }),
    },
  },
  CEPH046: {
    trips: {
      'no limits': limited({}),
      'limits of both': limited({ ...IOPS, krbd: { maxReadIops: 1 } }),
      'limits of nothing': limited({ nbd: {} }),
      'limits of the kernel of nothing': limited({ krbd: {} }, {}, 'v3.18.0'),
      'a limit without a base': limited({ nbd: { iops: { perGibibyte: 1 } as any, baseVolumeSize: Size.gibibytes(20) } }),
      'a limit that grows from nowhere': limited({ nbd: { iops: { base: 1, perGibibyte: 1 } } }),
      'an end of what does not grow': limited({ nbd: { iops: { base: 1, max: 2 } } }),
      'an end below the base': limited({ nbd: { iops: { base: 10, perGibibyte: 1, max: 2 }, baseVolumeSize: Size.gibibytes(20) } }),
      'a size that nothing grows from': limited({ nbd: { iops: { base: 10 }, baseVolumeSize: Size.gibibytes(20) } }),
      'no pin': pinned({}),
      'two pins': pinned({ export: 1, random: 0.1 }),
    },
    passes: {
      'limits that grow': limited({ nbd: { iops: GROWS, readThroughput: { base: Size.mebibytes(100), perGibibyte: Size.kibibytes(512) }, baseVolumeSize: Size.gibibytes(20) } }),
      'a pin to a server': pinned({ export: 0 }),
      'a pin by chance': pinned({ random: 0.01 }),
    },
  },
  CEPH047: {
    trips: {
      'options for rbd-nbd that nobody reads': image({ mapOptions: { nbd: { exclusive: true } } }),
      'a log of nothing': image({ cephLog: { strategy: CephLogStrategy.PRESERVE } }),
      'options for the kernel that nobody reads': image({ mounter: RbdMounter.NBD, unmapOptions: { krbd: ['force'] } }),
      'CephFS: options for the kernel that nobody reads': mount({ mounter: CephFsMounter.FUSE, kernelMountOptions: { wsync: true } }),
      'CephFS: options for ceph-fuse that nobody reads': mount({ mounter: CephFsMounter.KERNEL, fuseMountOptions: ['debug'] }),
      'CephFS: a pool for what is a snapshot': mount({ pool: 'data', backingSnapshot: true }),
      'CephFS: a pool for what is a snapshot, by hand': rawFs({ pool: 'data', backingSnapshot: 'true' }),
    },
    passes: {
      'options for both, where both may map': image({ tryOtherMounters: true, mapOptions: { krbd: { queueDepth: 64 }, nbd: { exclusive: true } } }),
      'CephFS: options for both, where it is left open': mount({ kernelMountOptions: { wsync: true }, fuseMountOptions: ['debug'] }),
      'CephFS: a pool for copies of snapshots': mount({ pool: 'data', backingSnapshot: false }),
    },
  },
};
