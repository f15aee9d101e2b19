import { Size } from 'cdk8s';
import { Cases, nowhere } from './case';
import {
  AccessMode, CephCredentials, CephCluster, CephFsCsiDriver, CephFsMounter, CephKms, CephRbdCsiDriver, CephRbdCsiDriverProps, CephRbdStorage, CephRbdStorageClassOptions,
  CephRbdStorageProps, CsiDriver, ExternalCephClusterOptions, NodeUpdateStrategy, PersistentVolumeClaim, PersistentVolumeClaimProps, RbdMounter, ReclaimPolicy,
  SecretReference, StorageClass, VolumeMode,
} from '../../src';
import { cephChart as chart, cephFs as fs, CLUSTER, CREDENTIALS, MONITORS, rbd } from '../ceph/ceph';
import { object, testChart } from '../support';

const external = (options: Partial<ExternalCephClusterOptions>) => nowhere(() => CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:3300'], ...options }));
const OTHER = { name: 'second', namespace: 'second' };

const driver = (props: CephRbdCsiDriverProps) => () => new CephRbdCsiDriver(chart(), 'Driver', props);
const added = (options: CephRbdStorageClassOptions, props: Partial<CephRbdStorageProps> = {}) => () => rbd(props).addStorageClass('fast', options);

function claim(props: Partial<PersistentVolumeClaimProps>) {
  return () => {
    const scope = chart();
    const storageClass = rbd({}, scope).addStorageClass('fast');
    const first = new PersistentVolumeClaim(scope, 'First', { name: 'first', storageClass, size: Size.gibibytes(1), volumeMode: props.volumeMode });
    return new PersistentVolumeClaim(scope, 'Claim', { name: 'data', storageClass, size: Size.gibibytes(1), ...props, dataSource: props.dataSource && first });
  };
}
/** A claim of one class that is filled from a claim of another. */
function copied(from: CephRbdStorageClassOptions, to: CephRbdStorageClassOptions) {
  return () => {
    const scope = chart();
    const storage = rbd({}, scope);
    const dataSource = new PersistentVolumeClaim(scope, 'First', { name: 'first', storageClass: storage.addStorageClass('from', from), size: Size.gibibytes(1) });
    return new PersistentVolumeClaim(scope, 'Claim', { name: 'data', storageClass: storage.addStorageClass('to', to), size: Size.gibibytes(1), dataSource });
  };
}

/** A claim with limits for rbd-nbd. */
function limited(options: CephRbdStorageClassOptions) {
  return () => {
    const scope = chart();
    const own = new CephRbdCsiDriver(scope, 'Driver', { volumeAttributes: true, node: { updateStrategy: NodeUpdateStrategy.ON_DELETE } });
    const storage = rbd({ driver: own }, scope);
    const volumeAttributesClass = storage.addAttributesClass('gold', { qos: { nbd: { iops: { base: 1000 } } } });
    return new PersistentVolumeClaim(scope, 'Claim', { name: 'data', storageClass: storage.addStorageClass('fast', options), size: Size.gibibytes(1), volumeAttributesClass });
  };
}

/** Stands for the first claim of the same chart. */
const FILLED = { dataSourceKind: 'PersistentVolumeClaim', dataSourceName: 'first' };

const SECRETS = ['provisioner', 'controller-expand', 'node-stage'].flatMap(key => [[`csi.storage.k8s.io/${key}-secret-name`, 'ceph-csi'], [`csi.storage.k8s.io/${key}-secret-namespace`, 'ceph']]);
const PARAMETERS = { clusterID: 'ceph', pool: 'kubernetes', imageFeatures: 'layering', ...Object.fromEntries(SECRETS) };

/** A class as its user wrote it; a parameter that is undefined is left out. */
function raw(parameters: Record<string, string | undefined>, more: object = {}) {
  return () => object(testChart(), 'StorageClass', {
    metadata: { name: 'fast' }, provisioner: 'rbd.csi.ceph.com', parameters: JSON.parse(JSON.stringify({ ...PARAMETERS, ...parameters })), ...more,
  }, 'storage.k8s.io/v1');
}

function rawVolume(volumeAttributes: object, more: object = {}) {
  return () => object(testChart(), 'PersistentVolume', {
    metadata: { name: 'data' },
    spec: {
      capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], csi: { driver: 'rbd.csi.ceph.com', volumeHandle: 'disk1', volumeAttributes }, persistentVolumeReclaimPolicy: 'Retain', ...more,
    },
  });
}

const STATIC = { clusterID: 'ceph', pool: 'kubernetes', staticVolume: 'true', imageFeatures: 'layering' };
const rawSnapshotClass = (parameters: object) => () => {
  const scope = chart();
  return object(scope, 'VolumeSnapshotClass', { metadata: { name: 'daily' }, driver: 'rook-ceph.cephfs.csi.ceph.com', deletionPolicy: 'Delete', parameters }, 'snapshot.storage.k8s.io/v1');
};

export const CEPH_CASES: Cases = {
  CEPH001: {
    trips: {
      'a clusterId that is too long': external({ clusterId: 'x'.repeat(37) }),
      'no monitors': external({ monitors: [] }),
      'a monitor without a port': external({ monitors: ['10.0.0.1'] }),
      'monitors in one entry': external({ monitors: ['10.0.0.1:3300,10.0.0.2:3300'] }),
      'a monitor as ceph mon dump writes it': external({ monitors: ['[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]'] }),
      'a monitor twice': external({ monitors: ['10.0.0.1:3300', '10.0.0.1:3300'] }),
      'a tenant that is no name': external({ radosNamespace: 'a b' }),
      'a release by name': external({ release: 'squid' as any }),
      'read affinity to nothing': external({ readAffinity: { crushLocationLabels: [] } }),
      'half a mirror daemon': external({ mirrorDaemonCount: 0.5 }),
      'a storage without its cluster': () => rbd({ cluster: undefined as any }),
      'no cluster for a driver': () => {
        const own = new CephRbdCsiDriver(chart(), 'Driver');
        own.addCluster(undefined as any);
        return own;
      },
      'labels that are no list': driver({ domainLabels: 'zone' as any }),
      'an entry that says its monitors twice': external({ extraConfiguration: { monitors: [] } }),
      'a storage without credentials': () => fs({ credentials: {} as any }),
      'a pool with its image': () => rbd({ pool: 'kubernetes/disk1' }),
      'a file system without a name': () => fs({ fsName: '' }),
      'an image by its path': () => rbd().addStaticVolume('data', { image: 'kubernetes/disk1', capacity: Size.gibibytes(1) }),
      'a directory that goes up': () => fs().addStaticVolume('data', { rootPath: '/volumes/../etc', capacity: Size.gibibytes(1) }),
      'a cluster name of two words': driver({ clusterName: 'my cluster' }),
      'two labels of one domain': driver({ domainLabels: ['topology.kubernetes.io/zone', 'example.com/zone'] }),
      'no labels': driver({ domainLabels: [] }),
      'a setting that switches cephx off': driver({ cephConfiguration: { 'auth client required': 'none' } }),
      'a setting of two lines': driver({ cephConfiguration: { rbd_cache: 'false\nkeyring = /etc/passwd' } }),
    },
    passes: {
      'all that can be said of a cluster': () => rbd({
        cluster: CephCluster.external({
          clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', monitors: ['ceph.example.com:3300', '[2001:db8::1]:3300'], radosNamespace: 'tenant-a', subvolumeGroup: 'tenant-a', release: 20,
          readAffinity: { crushLocationLabels: ['topology.kubernetes.io/zone'] }, mirrorDaemonCount: 2,
        }),
      }),
      'a driver with settings': driver({ cephConfiguration: { rbd_cache: 'false' }, clusterName: 'production', domainLabels: ['topology.kubernetes.io/zone'] }),
    },
  },
  CEPH002: {
    trips: { 'a connection for a driver of the chart': () => rbd({ driver: CephRbdCsiDriver.existing() }) },
    passes: { 'a cluster that the driver of the chart knows': () => rbd({ driver: CephRbdCsiDriver.existing(), cluster: CephCluster.existing('ceph') }) },
  },
  CEPH003: {
    trips: {
      'a cluster that nothing says how to reach': () => rbd({ cluster: CephCluster.existing('ceph') }),
      'a class with another clusterID': () => {
        const scope = chart();
        const secret = SecretReference.fromName('ceph-csi', 'ceph');
        const secrets = { provisioner: secret, nodeStage: secret };
        return new StorageClass(scope, 'Class', { name: 'own', driver: rbd({}, scope).driver, parameters: { clusterID: 'ceqh', pool: 'kubernetes', imageFeatures: 'layering' }, secrets });
      },
    },
    passes: {
      'one that the driver is told of': () => {
        const scope = chart();
        const own = new CephRbdCsiDriver(scope, 'Driver');
        own.addCluster(CLUSTER);
        return rbd({ cluster: CephCluster.existing('ceph'), driver: own }, scope);
      },
    },
  },
  CEPH004: {
    trips: {
      'a tenant that is described as the whole pool': () => {
        const scope = chart();
        const own = new CephRbdCsiDriver(scope, 'Driver');
        own.addCluster(CephCluster.external({ clusterId: 'ceph', monitors: MONITORS, radosNamespace: 'tenant' }));
        return rbd({ driver: own, cluster: CephCluster.existing('ceph') }, scope);
      },
      'two tenants of one clusterId': () => {
        const scope = chart();
        const { driver: own } = rbd({}, scope);
        return new CephRbdStorage(scope, 'Second', { credentials: CREDENTIALS, pool: 'second', driver: own, cluster: CephCluster.external({ clusterId: 'ceph', monitors: MONITORS, radosNamespace: 'b' }) });
      },
    },
    passes: {
      'two pools of one cluster, and a second one': () => {
        const scope = chart();
        const { driver: own } = rbd({}, scope);
        new CephRbdStorage(scope, 'Second', { credentials: CREDENTIALS, pool: 'second', driver: own, cluster: CephCluster.external({ clusterId: 'ceph', monitors: MONITORS, release: 19 }) });
        return new CephRbdStorage(scope, 'Third', { credentials: CephCredentials.fromSecret({ name: 'third', namespace: 'ceph' }), pool: 'third', driver: own, cluster: CephCluster.external({ clusterId: 'other', monitors: ['10.1.0.1:3300'] }) });
      },
    },
  },
  CEPH005: {
    trips: {
      'a release by name': driver({ version: 'canary' }),
      'a release that the image is not of': driver({ version: 'v3.17.1', image: 'mirror.example.com/cephcsi:v3.16.0' }),
      'an existing driver of no release': nowhere(() => CephFsCsiDriver.existing({ version: 'latest' })),
    },
    passes: { 'an image of one\'s own': driver({ version: 'v3.17.1', image: 'mirror.example.com/cephcsi:2026-11' }) },
  },
  CEPH006: {
    trips: { 'an older release': driver({ version: 'v3.16.2' }) },
    passes: { 'a newer one': driver({ version: 'v3.18.0' }) },
  },
  CEPH007: {
    trips: { 'RBD by the driver for CephFS': () => rbd({ driver: CephFsCsiDriver.existing(), cluster: CephCluster.existing('ceph') }) },
    passes: { 'each by its own': () => fs({ driver: CephFsCsiDriver.existing(), cluster: CephCluster.existing('ceph') }) },
  },
  CEPH008: {
    trips: {
      'a driver of any name': () => rbd({
        driver: CsiDriver.fromDriverName('block.example.com', { capabilities: { expand: true }, controllerServiceAccount: OTHER }), cluster: CephCluster.existing('ceph'),
      }),
    },
    passes: {
      'one of Rook': () => rbd({
        driver: CsiDriver.fromDriverName('rook-ceph.rbd.csi.ceph.com', { capabilities: { expand: true }, controllerServiceAccount: OTHER }), cluster: CephCluster.existing('ceph'),
      }),
      'one that is declared': () => rbd({ driver: CephRbdCsiDriver.existing({ driverName: 'block.example.com', controllerServiceAccount: OTHER }), cluster: CephCluster.existing('ceph') }),
    },
  },
  CEPH009: {
    trips: { 'snapshots of a driver from elsewhere': () => rbd({ driver: CephRbdCsiDriver.existing(), cluster: CephCluster.existing('ceph'), snapshots: true }) },
    passes: { 'snapshots of the driver that is installed': () => rbd({ snapshots: true, groupSnapshots: true }) },
  },
  CEPH010: {
    trips: { 'a pool twice': added({ extraParameters: { pool: 'other' } }) },
    passes: { 'what there is no property for': () => fs().addStorageClass('shared', { extraParameters: {} }) },
  },
  CEPH011: {
    trips: {
      'a system that the driver was not told of': added({ encryption: { kms: CephKms.existing('vault') } }),
      'a system in a parameter of one\'s own': added({ extraParameters: { encrypted: 'true', encryptionKMSID: 'vault' } }),
      'a system that an existing driver has not': added(
        { encryption: { kms: CephKms.existing('vault') } }, { driver: CephRbdCsiDriver.existing({ kms: [] }), cluster: CephCluster.existing('ceph') },
      ),
    },
    passes: {
      'one that it has': added(
        { encryption: { kms: CephKms.existing('vault') } }, { driver: CephRbdCsiDriver.existing({ kms: [CephKms.existing('vault')] }), cluster: CephCluster.existing('ceph') },
      ),
    },
  },
  CEPH012: {
    trips: {
      'an empty image that many read': claim({ accessModes: [AccessMode.READ_ONLY_MANY] }),
      'one that is written by one and read by many': claim({ accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_ONLY_MANY], dataSource: FILLED as any }),
    },
    passes: { 'a copy that many read': claim({ accessModes: [AccessMode.READ_ONLY_MANY], dataSource: FILLED as any }) },
  },
  CEPH013: {
    trips: {
      'a static device on many nodes': () => rbd().addStaticVolume('data', { image: 'disk1', capacity: Size.gibibytes(1), volumeMode: VolumeMode.BLOCK, accessModes: [AccessMode.READ_WRITE_MANY] }),
      'a device on many nodes': claim({ accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: VolumeMode.BLOCK }),
    },
    passes: { 'a device on one': claim({ volumeMode: VolumeMode.BLOCK }) },
  },
  CEPH014: {
    trips: {
      'a class without a clusterID': raw({ clusterID: undefined }),
      'a class without a pool': raw({ pool: undefined }),
      'a snapshot class without a clusterID': rawSnapshotClass({ snapshotNamePrefix: 'snap-' }),
    },
    passes: { 'a class with both': raw({}) },
  },
  CEPH015: {
    trips: {
      'a class without a Secret to mount by': raw({ 'csi.storage.k8s.io/node-stage-secret-name': undefined }),
      'a class without a Secret to enlarge by': raw({ 'csi.storage.k8s.io/controller-expand-secret-namespace': undefined }, { allowVolumeExpansion: true }),
      'a StorageClass without Secrets': () => {
        const scope = chart();
        const own = rbd({}, scope).driver;
        return new StorageClass(scope, 'Class', { name: 'own', driver: own, parameters: { clusterID: 'ceph', pool: 'kubernetes' } });
      },
    },
    passes: { 'a class that does not grow': raw({ 'csi.storage.k8s.io/controller-expand-secret-namespace': undefined }) },
  },
  CEPH016: {
    trips: { 'FUSE with a driver that is rolled out': () => fs().addStorageClass('shared', { mounter: CephFsMounter.FUSE }) },
    passes: {
      'FUSE with one that is not': () => {
        const scope = chart();
        const own = new CephFsCsiDriver(scope, 'Driver', { node: { updateStrategy: NodeUpdateStrategy.ON_DELETE } });
        return fs({ driver: own }, scope).addStorageClass('shared', { mounter: CephFsMounter.FUSE });
      },
    },
  },
  CEPH017: {
    trips: {
      'an image that is not said to be there': rawVolume({ clusterID: 'ceph', pool: 'kubernetes' }),
      'an image without its pool': rawVolume({ ...STATIC, pool: undefined }),
      'an image that is to be deleted': rawVolume(STATIC, { persistentVolumeReclaimPolicy: ReclaimPolicy.DELETE }),
    },
    passes: {
      'an image': rawVolume(STATIC),
      'a volume that the driver made': rawVolume({ clusterID: 'ceph', pool: 'kubernetes' }, {
        csi: { driver: 'rbd.csi.ceph.com', volumeHandle: '0001-0004-ceph-0000000000000001-54f0a1f4-c4bd-11ed-b2b1-0242ac110005', volumeAttributes: {} }, persistentVolumeReclaimPolicy: 'Delete',
      }),
    },
  },
  CEPH018: {
    trips: { 'a misspelt parameter': rawSnapshotClass({ clusterId: 'ceph' }) },
    passes: { 'what it knows': rawSnapshotClass({ clusterID: 'ceph', snapshotNamePrefix: 'snap-' }) },
  },
  CEPH022: {
    trips: {
      'one Secret for two Ceph clusters': () => {
        const scope = chart();
        const { driver: own } = rbd({}, scope);
        return new CephRbdStorage(scope, 'Second', { credentials: CREDENTIALS, pool: 'second', driver: own, cluster: CephCluster.external({ clusterId: 'other', monitors: ['10.1.0.1:6789'] }) });
      },
    },
    passes: {
      'two tenants of one': () => {
        const scope = chart();
        const { driver: own } = rbd({}, scope);
        return new CephRbdStorage(scope, 'Second', { credentials: CREDENTIALS, pool: 'second', driver: own, cluster: CephCluster.external({ clusterId: 'b', monitors: MONITORS, radosNamespace: 'b' }) });
      },
    },
  },
  CEPH023: {
    trips: { 'a copy that is not encrypted': copied({ extraParameters: { encrypted: 'true' } }, {}) },
    passes: { 'a copy of another class that is encrypted too': copied({ extraParameters: { encrypted: 'true' } }, { extraParameters: { encrypted: 'true' } }) },
  },
  CEPH020: {
    trips: {
      'a driver for CephFS that looks for other keys': () => fs({ driver: CephFsCsiDriver.existing({ version: 'v3.13.0' }), cluster: CephCluster.existing('ceph') }),
    },
    passes: { 'one that does not': () => fs({ driver: CephFsCsiDriver.existing({ version: 'v3.14.0' }), cluster: CephCluster.existing('ceph') }) },
  },
  CEPH021: {
    trips: { 'limits for rbd-nbd on what the kernel maps': limited({}) },
    passes: { 'limits for what maps the volume': limited({ mounter: RbdMounter.NBD }) },
  },
  CEPH019: {
    trips: {
      'group snapshots of Ceph 18': () => fs({ groupSnapshots: true, snapshots: true, cluster: CephCluster.external({ clusterId: 'ceph', monitors: MONITORS, release: 18 }) }).addGroupSnapshotClass('group'),
    },
    passes: { 'group snapshots of Ceph 19': () => fs({ groupSnapshots: true, snapshots: true }).addGroupSnapshotClass('group') },
  },
};
