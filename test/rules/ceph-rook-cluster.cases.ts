import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Build, Cases, nowhere } from './case';
import { AES256K, KEY } from './ceph-auth.cases';
import {
  Distribution, Findings, NodeCount, PlatformProps, RookBlockPoolOptions, RookCephCluster, RookCephClusterProps, RookCephxKeyType, RookCompressionMode, RookDeviceSelection,
  RookExternalCephClusterProps, RookFailureDomain, RookFilesystemOptions, RookMirroringMode, RookMirrorOptions, RookOperator, RookStorage, StorageClass, VolumeBindingMode,
} from '../../src';
import { rookCluster, rookExternal } from '../ceph/rook';
import { object, testChart } from '../support';

const chartOf = (platform: Partial<PlatformProps> = {}) => testChart(platform, { namespace: 'rook-ceph' });
const cluster = (props: Partial<RookCephClusterProps>, platform: Partial<PlatformProps> = {}): Build => () => rookCluster(props, chartOf(platform));
const external = (props: Partial<RookExternalCephClusterProps>): Build => () => rookExternal(props);
/** A cluster with something added. */
const added = (add: (ceph: RookCephCluster) => unknown, props: Partial<RookCephClusterProps> = {}): Build => () => {
  const ceph = rookCluster(props);
  add(ceph);
  return ceph;
};
const pool = (options: RookBlockPoolOptions, name = 'images', props: Partial<RookCephClusterProps> = {}) => added(ceph => ceph.addBlockPool(name, options), props);
const filesystem = (options: RookFilesystemOptions) => added(ceph => ceph.addFilesystem('shared', options));
const selection = (devices: RookDeviceSelection) => cluster({ storage: RookStorage.devices(devices) });
const DEVICE = '/dev/disk/by-id/ata-ST4000DM004_A1';
const CLASS = StorageClass.fromStorageClassName('block', { volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER });
const SET = { name: 'set1', count: 3, size: Size.tebibytes(1), storageClass: CLASS };
const devices = (of: any): Build => nowhere(() => RookStorage.devices(of));
const nodes = (of: any): Build => nowhere(() => RookStorage.nodes(of));
const claims = (...of: any[]): Build => nowhere(() => RookStorage.claims(...of));

/** A class by hand: what it names has to be there, whoever wrote it. */
const usedBy = (provisioner: string, parameters: object, add: (ceph: RookCephCluster) => unknown = () => {}): Build => () => {
  const ceph = rookCluster();
  ceph.addBlockPool('images');
  ceph.addBlockPool('cold', { erasureCoding: { dataChunks: 2, codingChunks: 1 } });
  Findings.of(ceph).acknowledge('CEPH155', 'for a test');
  ceph.addFilesystem('shared');
  add(ceph);
  const secrets = Object.fromEntries(['provisioner', 'node-stage', 'controller-expand', 'controller-publish'].flatMap(of => [
    [`csi.storage.k8s.io/${of}-secret-name`, 'rook-csi'], [`csi.storage.k8s.io/${of}-secret-namespace`, 'rook-ceph'],
  ]));
  object(ceph, 'StorageClass', { metadata: { name: 'fast' }, provisioner, parameters: { clusterID: 'rook-ceph', ...secrets, ...parameters } }, 'storage.k8s.io/v1');
  return ceph;
};
const RBD = 'rook-ceph.rbd.csi.ceph.com';
const CEPHFS = 'rook-ceph.cephfs.csi.ceph.com';

const two = (second: Partial<RookCephClusterProps>): Build => () => {
  const chart = chartOf();
  rookCluster({}, chart);
  return rookCluster(second, new Construct(chart, 'Second'));
};
const watched = (watchesAllNamespaces: boolean) => cluster({ operator: RookOperator.existing({ watchesAllNamespaces }), namespace: 'second' });
const installed = (props: object, cephProps: Partial<RookCephClusterProps>): Build => () => {
  const chart = chartOf();
  const operator = new RookOperator(chart, 'Rook', props);
  if ('clusterNamespaces' in props) {
    Findings.of(operator).acknowledge('CEPH135', 'for a test');
  }
  return rookCluster({ operator, ...cephProps }, chart);
};

/** Three disks, one on each node, of which some are said to be of a class. */
const classes = (...of: (string | undefined)[]) => RookStorage.nodes(of.map((deviceClass, index) => ({ name: `node${index}`, devices: [`${DEVICE}${index}`], deviceClass })));
const PORTABLE = RookStorage.claims({ ...SET, portable: true, spreadBy: ['topology.kubernetes.io/zone'] });
/** What is acknowledged of copies that are near each other. */
const knowingly = (add: (ceph: RookCephCluster) => unknown, props: Partial<RookCephClusterProps>) => added(ceph => { Findings.of(ceph).acknowledge('CEPH155', 'for a test'); add(ceph); }, props);
const managers = (ceph: RookCephCluster) => ceph.addBlockPool('builtin-mgr', { cephName: '.mgr', replicas: 1, requireSafeReplicaSize: false });
const onOneNode = (add: (ceph: RookCephCluster) => unknown, props: Partial<RookCephClusterProps> = {}): Build => () => {
  const ceph = rookCluster(props, chartOf({ nodes: NodeCount.SINGLE }));
  add(ceph);
  return ceph;
};

export const CEPH_ROOK_CLUSTER_CASES: Cases = {
  CEPH140: {
    trips: {
      'no operator': cluster({ operator: undefined as any }),
      'an operator by its name': cluster({ operator: 'rook-ceph' as any }),
      'no storage': cluster({ storage: undefined as any }),
      'storage as in a manifest': cluster({ storage: { useAllNodes: true } as any }),
      'nothing at all': () => new RookCephCluster(chartOf(), 'Ceph', undefined as any),
      'a number as a text': cluster({ mons: { count: '3' as any } }),
      'a misspelt property': cluster({ dashbord: { enabled: false } } as any),
      'null': cluster({ network: null as any }),
      'a misspelt option of a pool': pool({ replica: 3 } as any),
      'an unknown failure domain': pool({ failureDomain: 'node' as any }),
      'no options of a pool': pool(null as any),
      'a number as the size of a file system\'s copies': filesystem({ dataPools: [{ replicas: '3' as any }] }),
      'a mirror with a text': added(ceph => ceph.addRbdMirror({ count: '1' as any })),
      'a monitor that is no text': external({ monitors: { a: 1 as any } }),
      'an external cluster without an operator': external({ operator: undefined as any }),
      'devices that are no list': devices({ devices: DEVICE }),
      'nodes that are no list': nodes('node1'),
      'a set with a text': claims({ ...SET, count: '3' }),
      'a part with a number': added(ceph => { ceph.addBlockPool('images'); ceph.addRadosNamespace('images', 'a', { clusterId: 3 as any }); }),
    },
    passes: { 'a cluster': cluster({}), 'with all types': cluster({ mons: { count: 3 }, mgrs: {}, csi: {}, network: {}, placement: {}, resources: {} }) },
  },
  CEPH141: {
    trips: {
      'no nodes': nodes([]),
      'a node twice': nodes([{ name: 'node1', devices: [DEVICE] }, { name: 'node1', devices: [DEVICE] }]),
      'a node without disks': nodes([{ name: 'node1' }]),
      'a node with an empty list': nodes([{ name: 'node1', devices: [] }]),
      'a filter beside disks': nodes([{ name: 'node1', devices: [DEVICE], deviceFilter: '^sd[b-d]$' }]),
      'a disk twice': nodes([{ name: 'node1', devices: [DEVICE, DEVICE] }]),
      'a disk for data and for metadata': nodes([{ name: 'node1', devices: [DEVICE], metadataDevice: DEVICE }]),
      'a disk outside of /dev': devices({ devices: ['/mnt/disk'] }),
      'no node of several': devices({ devices: [DEVICE], nodes: [] }),
      'a filter that is no expression': devices({ deviceFilter: '^sd[' }),
      'a filter that looks ahead, which Go does not': devices({ deviceFilter: '^(?!sda)sd.' }),
      'half an OSD': devices({ devices: [DEVICE], osdsPerDevice: 0.5 }),
      'a share of nothing': devices({ devices: [DEVICE], databaseSize: Size.gibibytes(1) }),
      'a class with blanks': devices({ devices: [DEVICE], deviceClass: 'very fast' }),
      'no claims': claims(),
      'no number of claims': claims({ ...SET, count: 0 }),
      'claims without a class': claims({ ...SET, storageClass: undefined }),
      'two sets of one name': claims(SET, SET),
      'a namespace that is too long for a clusterID': cluster({ namespace: 'x'.repeat(37) }),
      'a directory of Rook': cluster({ dataDirectory: '/var/log/ceph/second' }),
      'a directory that a restart empties': cluster({ dataDirectory: '/tmp/rook' }),
      'the directory of the kubelet': cluster({ dataDirectory: '/var/lib/k0s/kubelet' }, { distribution: Distribution.K0S }),
      'a class by its name': cluster({ mons: { storageClass: 'gp3' as any } }),
      'no class': cluster({ mons: { storageClass: null as any } }),
      'a monitor at a port that is none': external({ monitors: { a: '10.0.0.1:70000' } }),
      'the root': cluster({ dataDirectory: '/' }),
      'a release that is none': cluster({ release: 'tentacle' }),
      'failure domains that Ceph does not know': cluster({ failureDomains: { node: 3 } }),
      'the size of claims that are not': cluster({ mons: { size: Size.gibibytes(10) } }),
      'a module with blanks': cluster({ mgrs: { modules: ['pg autoscaler'] } }),
      'a port that is none': cluster({ dashboard: { port: 70000 } }),
      'a prefix without a slash': cluster({ dashboard: { urlPrefix: 'ceph' } }),
      'ranges on the network of pods': cluster({ network: { publicRanges: ['10.0.0.0/16'] } }),
      'a range that is none': cluster({ network: { hostNetwork: true, publicRanges: ['10.0.0.1'] } }),
      'half a second between questions': cluster({ monitoring: { interval: Duration.millis(500) } }),
      'half a minute of maintenance': cluster({ maintenanceTimeout: Duration.seconds(30) }),
      'CPU in words': cluster({ resources: { osd: { cpuRequest: 'two' } } }),
      'labels that are none': cluster({ csi: { readAffinity: { crushLocationLabels: [] } } }),
      'a mount option that Rook drops': cluster({ csi: { kernelMountOptions: ['noatime'] } }),
      'two kinds of mount options': cluster({ csi: { kernelMountOptions: ['ms_mode=crc'], fuseMountOptions: ['a=b'] } }),
      'mount options without encryption': cluster({ network: { encryption: true }, csi: { kernelMountOptions: ['recover_session=clean'] } }, { kernel: '6.12' }),
      'no daemons': added(ceph => ceph.addRbdMirror({ count: 0 })),
      'two daemons of file systems': added(ceph => ceph.addFilesystemMirror({ count: 2 })),
      'a clusterID with a dot': added(ceph => { ceph.addBlockPool('images'); ceph.addRadosNamespace('images', 'a', { clusterId: 'a.b' }); }),
      'an fsid that is none': external({ fsid: 'ceph' }),
      'no fsid': external({ fsid: undefined as any }),
      'no monitors': external({ monitors: {} }),
      'a monitor without a port': external({ monitors: { a: '10.0.0.1' } }),
      'a monitor as ceph mon dump has it': external({ monitors: { a: 'v2:10.0.0.1:3300/0' } }),
      'monitors of both protocols': external({ monitors: { a: '10.0.0.1:3300', b: '10.0.0.2:6789' } }),
      'keys without the one of Rook': external({ keys: { rbdNode: KEY } as any }),
      'managers that are no addresses': external({ monitoring: { endpoints: ['ceph.example.com'] } }),
      'a port of managers that is none': external({ monitoring: { endpoints: ['10.0.0.1'], port: 0 } }),
      'half a second between questions to managers': external({ monitoring: { endpoints: ['10.0.0.1'], interval: Duration.millis(500) } }),
      'a RADOS namespace in no pool': () => { const ceph = rookExternal(); ceph.addRadosNamespace('a b', 'tenant'); return ceph; },
    },
    passes: {
      'a filter by path': selection({ devicePathFilter: '^/dev/disk/by-id/ata-ST4000DM004_' }),
      'OSDs that share a disk': selection({ devices: [DEVICE], osdsPerDevice: 2, metadataDevice: '/dev/disk/by-id/nvme-a', databaseSize: Size.gibibytes(60) }),
      'claims': cluster({ storage: RookStorage.claims(SET) }),
      'a directory of its own': cluster({ dataDirectory: '/var/lib/rook-second' }),
      'a directory whose name begins alike': cluster({ dataDirectory: '/var/lib/kubelet-rook' }),
      'a monitor at another port': external({ monitors: { a: '10.0.0.1:30300' } }),
      'mount options': cluster({ csi: { kernelMountOptions: ['ms_mode=prefer-crc'] } }),
      'an external cluster': external({}),
      'monitors by v1': external({ monitors: { a: '[fd00::1]:6789' } }),
    },
  },
  CEPH142: {
    trips: {
      'every disk': cluster({ storage: RookStorage.allDevices() }),
      'the first disk': selection({ devices: ['sda'] }),
      'the first disk for metadata': selection({ devices: [DEVICE], metadataDevice: 'sda' }),
      'the first disk by its path': selection({ devices: ['/dev/nvme0n1'] }),
      'a filter for all disks of a kind': selection({ deviceFilter: '^sd.' }),
      'a filter for everything': selection({ deviceFilter: '.*' }),
      'a filter without an anchor': selection({ deviceFilter: 'vd' }),
      'a filter for every link': selection({ devicePathFilter: '^/dev/disk/by-id/.*' }),
      'a filter for every disk of a bus': selection({ devicePathFilter: '^/dev/disk/by-path/pci-.*' }),
      ...Object.fromEntries(['^/dev/disk/by-id/nvme-eui\\.', '^/dev/disk/by-id/wwn-0x5', '^/dev/disk/by-path/pci-0000:', '^/dev/disk/by-id/scsi-3', '/dev/disk/by-id/dm-name-'].map(devicePathFilter =>
        [devicePathFilter, selection({ devicePathFilter })])),
    },
    passes: {
      'disks by their links': selection({ devices: [DEVICE], metadataDevice: '/dev/disk/by-id/nvme-a' }),
      'a filter of a model': selection({ devicePathFilter: '^/dev/disk/by-id/ata-ST4000DM004_' }),
      ...Object.fromEntries(['nvme-eui\\.0025385b71b2c3d4', 'wwn-0x5000c500a1b2c3d4', 'scsi-35000c500a1b2c3d4', 'dm-name-ceph-osd1'].map(link => [link, selection({ devicePathFilter: `^/dev/disk/by-id/${link}$` })])),
      'a port of a controller': selection({ devicePathFilter: '^/dev/disk/by-path/pci-0000:3b:00.0-sas-phy4-lun-0$' }),
    },
  },
  CEPH143: {
    trips: {
      'a disk by the name of the kernel': selection({ devices: ['sdb'] }),
      'metadata by the name of the kernel': selection({ devices: [DEVICE], metadataDevice: 'nvme1n1' }),
      'a disk by its path': selection({ devices: ['/dev/nvme1n1'] }),
      'a filter by names of the kernel': selection({ deviceFilter: '^sd[b-d]$' }),
      'a filter by paths of the kernel': selection({ devicePathFilter: '^/dev/sd[c-d]$' }),
    },
    passes: { 'a disk by its link': selection({ devices: [DEVICE] }), 'a logical volume': selection({ devices: ['/dev/ceph/osd1'] }) },
  },
  CEPH144: {
    trips: {
      'an even number': cluster({ mons: { count: 4 } }),
      'two': cluster({ mons: { count: 2 } }),
      'none': cluster({ mons: { count: 0 } }),
      'more than nine': cluster({ mons: { count: 11 } }),
      'three on one node': cluster({ mons: { count: 3 } }, { nodes: NodeCount.SINGLE }),
      'three on one node and its network': cluster({ mons: { count: 3, allowMultiplePerNode: true }, network: { hostNetwork: true } }, { nodes: NodeCount.SINGLE }),
      'six managers': cluster({ mgrs: { count: 6 } }),
      'two managers on one node': cluster({ mgrs: { count: 2 } }, { nodes: NodeCount.SINGLE }),
    },
    passes: {
      'five': cluster({ mons: { count: 5 } }),
      'one on one node': onOneNode(managers),
      'three on one node, for a test': onOneNode(managers, { mons: { count: 3, allowMultiplePerNode: true } }),
    },
  },
  CEPH145: {
    trips: {
      'one monitor': cluster({ mons: { count: 1 } }),
      'monitors on one node': cluster({ mons: { allowMultiplePerNode: true } }),
      'managers on one node': cluster({ mgrs: { allowMultiplePerNode: true } }),
    },
    passes: { 'three monitors': cluster({ mons: { count: 3 } }), 'one of one node': onOneNode(managers, { mons: { count: 1 } }) },
  },
  CEPH146: {
    trips: { 'an operator that does not look': watched(false), 'an operator that looks elsewhere': installed({ clusterNamespaces: ['third'] }, { namespace: 'second' }) },
    passes: { 'an operator that looks': watched(true), 'in its own namespace': cluster({ operator: RookOperator.existing({ watchesAllNamespaces: false }) }) },
  },
  CEPH147: {
    trips: { 'two in one namespace': two({ dataDirectory: '/var/lib/second' }), 'two in one directory': two({ namespace: 'second' }), 'two in one directory, with disks of other nodes': two({ namespace: 'second', storage: RookStorage.nodes(['x', 'y', 'z'].map(name => ({ name, devices: [DEVICE + name] }))) }) },
    passes: { 'two apart': two({ namespace: 'second', dataDirectory: '/var/lib/second' }) },
  },
  CEPH148: {
    trips: {
      'Reef': cluster({ image: 'quay.io/ceph/ceph:v18.2.7' }),
      'a release that is to come': cluster({ image: 'quay.io/ceph/ceph:v21.2.0' }),
      'an older one in an image of one\'s own': cluster({ image: 'registry.example.com/ceph:internal', release: '18.2.7' }),
      'longer keys in a release before them': cluster({ image: 'quay.io/ceph/ceph:v19.2.3', csiKeyType: RookCephxKeyType.AES256K }, { kernel: '7.1' }),
    },
    passes: {
      'Squid': cluster({ image: 'quay.io/ceph/ceph:v19.2.3' }),
      'a release to come, for a test': cluster({ image: 'quay.io/ceph/ceph:v21.2.0', allowUnsupported: true }),
      'a build of a release': cluster({ image: 'quay.io/ceph/ceph:v20.2.4-20260701' }),
    },
  },
  CEPH149: {
    trips: { 'the release that corrupts': cluster({ image: 'quay.io/ceph/ceph:v20.2.0', csi: { readAffinity: { crushLocationLabels: ['topology.kubernetes.io/zone'] } } }) },
    passes: { 'a later one': cluster({ csi: { readAffinity: { crushLocationLabels: ['topology.kubernetes.io/zone'] } } }), 'without': cluster({ image: 'quay.io/ceph/ceph:v20.2.0' }) },
  },
  CEPH150: {
    trips: {
      'encryption on an older kernel': cluster({ network: { encryption: true } }, { kernel: '5.10' }),
      'msgr v2 on an older kernel': cluster({ network: { requireMsgr2: true } }, { kernel: '5.4' }),
    },
    passes: { encryption: cluster({ network: { encryption: true } }, { kernel: '5.11' }), none: cluster({ network: { encryption: false } }, { kernel: '5.4' }) },
  },
  CEPH151: {
    trips: { 'longer keys on an older kernel': cluster({ csiKeyType: RookCephxKeyType.AES256K }, { kernel: '6.18' }) },
    passes: { 'longer keys': cluster({ csiKeyType: RookCephxKeyType.AES256K }, { kernel: '7.0' }), 'keys that all know': cluster({}, { kernel: '5.4' }) },
  },
  CEPH152: {
    trips: { 'wiping': cluster({ cleanup: { reallyDestroyData: true } }), 'going under volumes': cluster({ cleanup: { allowUninstallWithVolumes: true } }) },
    passes: { 'only how': cluster({ cleanup: { completely: true } }), 'said to be not': cluster({ cleanup: { reallyDestroyData: false } }) },
  },
  CEPH153: {
    trips: { 'no checks': cluster({ skipUpgradeChecks: true }), 'going on': cluster({ continueUpgradeWhenUnhealthy: true }) },
    passes: { checks: cluster({ skipUpgradeChecks: false }) },
  },
  CEPH154: {
    trips: {
      'more copies than nodes': pool({ replicas: 5 }),
      'more copies than portable claims': pool({ replicas: 5 }, 'images', { storage: PORTABLE }),
      'a class of disks that two of three have': pool({ deviceClass: 'ssd' }, 'images', { storage: classes('ssd', 'ssd', 'hdd') }),
      'a class of disks that two of three may have': pool({ deviceClass: 'ssd' }, 'images', { storage: classes('ssd', undefined, 'hdd') }),
      'more pieces than nodes': pool({ erasureCoding: { dataChunks: 4, codingChunks: 2 } }),
      'more copies than zones': pool({ failureDomain: RookFailureDomain.ZONE }, 'images', { failureDomains: { zone: 2 } }),
      'more copies than disks': pool({ failureDomain: RookFailureDomain.OSD }, 'images', { storage: RookStorage.claims({ ...SET, count: 2 }) }),
      'a file system on two nodes': added(ceph => ceph.addFilesystem('shared'), { storage: RookStorage.devices({ devices: [DEVICE], nodes: ['node1', 'node2'] }) }),
      'one node': () => { const ceph = rookCluster({}, chartOf({ nodes: NodeCount.SINGLE })); ceph.addBlockPool('images'); return ceph; },
    },
    passes: {
      'three on three nodes': pool({}),
      'three portable claims': knowingly(ceph => ceph.addBlockPool('images'), { storage: PORTABLE }),
      'three portable claims on one node': onOneNode(ceph => { managers(ceph); ceph.addBlockPool('images'); }, { storage: PORTABLE }),
      'a class of disks that three of four have': pool({ deviceClass: 'ssd' }, 'images', { storage: classes('ssd', 'ssd', 'hdd', 'ssd') }),
      'a class of disks that is not told': pool({ deviceClass: 'ssd' }, 'images', { storage: classes(undefined, undefined, undefined) }),
      'three zones': pool({ failureDomain: RookFailureDomain.ZONE }, 'images', { failureDomains: { zone: 3 } }),
      'three disks': knowingly(ceph => ceph.addBlockPool('images', { failureDomain: RookFailureDomain.OSD }), { storage: RookStorage.claims(SET) }),
      'what does not show': pool({ failureDomain: RookFailureDomain.RACK }),
    },
  },
  CEPH155: {
    trips: {
      'one copy': pool({ replicas: 1, requireSafeReplicaSize: false }),
      'two copies': pool({ replicas: 2 }),
      'copies on OSDs': pool({ failureDomain: RookFailureDomain.OSD }),
      'copies on portable claims': pool({}, 'images', { storage: PORTABLE }),
      'one coding chunk': pool({ erasureCoding: { dataChunks: 2, codingChunks: 1 } }),
    },
    passes: {
      'three copies': pool({ replicas: 3 }),
      'copies on OSDs of one node': onOneNode(ceph => { managers(ceph); ceph.addBlockPool('images', { failureDomain: RookFailureDomain.OSD }); }, { storage: RookStorage.claims(SET) }),
      'portable claims in three zones': pool({ failureDomain: RookFailureDomain.ZONE }, 'images', { storage: PORTABLE, failureDomains: { zone: 3 } }),
      'claims that stay': pool({}, 'images', { storage: RookStorage.claims(SET), failureDomains: { host: 3 } }),
      'two coding chunks': pool({ erasureCoding: { dataChunks: 2, codingChunks: 2 } }, 'images', { failureDomains: { host: 4 }, storage: RookStorage.claims(SET) }),
    },
  },
  CEPH156: {
    trips: {
      'copies and pieces': pool({ replicas: 3, erasureCoding: { dataChunks: 2, codingChunks: 1 } }),
      'half a copy': pool({ replicas: 2.5 }),
      'one copy that is to be safe': pool({ replicas: 1 }),
      'one data chunk': pool({ erasureCoding: { dataChunks: 1, codingChunks: 1 } }),
      'no coding chunk': pool({ erasureCoding: { dataChunks: 2, codingChunks: 0 } }),
      'an unknown algorithm': pool({ erasureCoding: { dataChunks: 2, codingChunks: 1, algorithm: 'magic' } }),
      'safe pieces': pool({ erasureCoding: { dataChunks: 2, codingChunks: 1 }, requireSafeReplicaSize: true }),
      'more than all of the cluster': pool({ targetSizeRatio: 2 }),
      'a device class with blanks': pool({ deviceClass: 'very fast' }),
      'compression twice': pool({ compression: RookCompressionMode.FORCE, parameters: { compression_mode: 'none' } }),
      'an empty parameter': pool({ parameters: { bulk: '' } }),
      'a pool of Ceph as an object': pool({}, '.mgr'),
      'another name in Ceph': pool({ cephName: 'other' }),
      'pieces of a pool of Ceph': pool({ cephName: '.mgr', erasureCoding: { dataChunks: 2, codingChunks: 1 } }),
      'a pool of Ceph twice': added(ceph => { ceph.addBlockPool('mgr', { cephName: '.mgr' }); ceph.addBlockPool('mgr2', { cephName: '.mgr' }); }),
      'the pool of a file system': added(ceph => { ceph.addFilesystem('shared'); ceph.addBlockPool('shared-metadata'); }),
      'the data pool of a file system': added(ceph => { ceph.addFilesystem('shared'); ceph.addBlockPool('shared-data0'); }),
      'a file system whose pool is there': added(ceph => { ceph.addBlockPool('shared-metadata'); ceph.addFilesystem('shared'); }),
      'half a minute': pool({ mirroring: { snapshotSchedules: [{ every: Duration.seconds(30) }] } }),
      'half an hour of a file system': filesystem({ mirroring: { snapshotSchedules: [{ every: Duration.minutes(30) }] } }),
      'a mode of a file system': filesystem({ mirroring: { mode: RookMirroringMode.POOL } }),
      'no data pools': filesystem({ dataPools: [] }),
      'metadata in pieces': filesystem({ metadataPool: { erasureCoding: { dataChunks: 2, codingChunks: 1 } } }),
      'two data pools of one name': filesystem({ dataPools: [{}, { name: 'data0' }] }),
      'a data pool with a dot': filesystem({ dataPools: [{ name: 'data.0' }] }),
      'no metadata servers': filesystem({ metadataServer: { activeCount: 0 } }),
      'a tenant in no pool': added(ceph => ceph.addRadosNamespace('images', 'a')),
      'a tenant in no file system': added(ceph => ceph.addSubvolumeGroup('shared', 'a')),
      'two mirrors': added(ceph => { ceph.addRbdMirror(); ceph.addRbdMirror({ name: 'second' } satisfies RookMirrorOptions); }),
    },
    passes: {
      'a pool': pool({ targetSizeRatio: 0.5, parameters: { bulk: 'true' }, compression: RookCompressionMode.AGGRESSIVE }),
      'a pool of Ceph': pool({ cephName: '.mgr' }, 'builtin-mgr'),
      'a file system of two pools': filesystem({ dataPools: [{}, { name: 'archive' }] }),
      'a pool beside those of a file system': added(ceph => { ceph.addFilesystem('shared'); ceph.addBlockPool('shared-data1'); }),
      'a tenant': added(ceph => { ceph.addBlockPool('images'); ceph.addRadosNamespace('images', 'a'); }),
    },
  },
  CEPH157: {
    trips: {
      'pieces first': () => {
        const ceph = rookCluster({ storage: RookStorage.claims({ ...SET, count: 6 }), failureDomains: { host: 6 } });
        ceph.addFilesystem('shared', { dataPools: [{ erasureCoding: { dataChunks: 4, codingChunks: 2 } }] });
        return ceph;
      },
    },
    passes: {
      'pieces second': () => {
        const ceph = rookCluster({ storage: RookStorage.claims({ ...SET, count: 6 }), failureDomains: { host: 6 } });
        ceph.addFilesystem('shared', { dataPools: [{}, { erasureCoding: { dataChunks: 4, codingChunks: 2 } }] });
        return ceph;
      },
    },
  },
  CEPH158: {
    trips: {
      'a pool that is not there': usedBy(RBD, { pool: 'other' }),
      'a data pool that is not there': usedBy(RBD, { pool: 'images', dataPool: 'other' }),
      'pieces without a replicated pool': usedBy(RBD, { pool: 'cold' }),
      'a file system that is not there': usedBy(CEPHFS, { fsName: 'other' }),
      'a pool of a file system without its name in front': usedBy(CEPHFS, { fsName: 'shared', pool: 'data0' }),
      'a pool that a file system has not': usedBy(CEPHFS, { fsName: 'shared', pool: 'images' }),
      'a tenant of another pool': usedBy(RBD, { clusterID: 'tenant-a', pool: 'images' }, ceph => { ceph.addBlockPool('second'); ceph.addRadosNamespace('second', 'a', { clusterId: 'tenant-a' }); }),
      'a tenant of another file system': usedBy(CEPHFS, { clusterID: 'tenant-a', fsName: 'shared' }, ceph => { ceph.addFilesystem('second'); ceph.addSubvolumeGroup('second', 'a', { clusterId: 'tenant-a' }); }),
    },
    passes: {
      'a pool that is there': usedBy(RBD, { pool: 'images' }),
      'pieces beside a replicated pool': usedBy(RBD, { pool: 'images', dataPool: 'cold' }),
      'a file system that is there': usedBy(CEPHFS, { fsName: 'shared' }),
      'a pool of a file system': usedBy(CEPHFS, { fsName: 'shared', pool: 'shared-data0' }),
      'a pool of another cluster': usedBy(RBD, { clusterID: 'elsewhere', pool: 'other' }),
      'a tenant': usedBy(RBD, { clusterID: 'tenant-a', pool: 'images' }, ceph => ceph.addRadosNamespace('images', 'a', { clusterId: 'tenant-a' })),
    },
  },
  CEPH159: {
    trips: { 'a pool without a daemon': pool({ mirroring: {} }), 'a file system without one': filesystem({ mirroring: {} }) },
    passes: {
      'a pool': added(ceph => { ceph.addBlockPool('images', { mirroring: {} }); ceph.addRbdMirror(); }),
      'a file system': added(ceph => { ceph.addFilesystemMirror(); ceph.addFilesystem('shared', { mirroring: {} }); }),
    },
  },
  CEPH160: {
    trips: {
      'what a property says': cluster({ extraSpec: { dataDirHostPath: '/var/lib/other' } }),
      'what lies deeper': cluster({ extraSpec: { mon: { count: 5 } } }),
      'of a pool': pool({ extraSpec: { replicated: { size: 2 } } }),
    },
    passes: { 'what no property says': cluster({ extraSpec: { mon: { failureDomainLabel: 'topology.kubernetes.io/zone' }, upgradeOSDRequiresHealthyPGs: true } }) },
  },
  CEPH161: {
    trips: { 'a key': external({ keys: { healthChecker: KEY } }), 'all keys': external({ keys: { healthChecker: KEY, rbdProvisioner: AES256K, rbdNode: KEY } }) },
    passes: { 'none': external({}), 'one that is acknowledged': () => { const ceph = rookExternal({ keys: { healthChecker: KEY } }); Findings.of(ceph).acknowledge('CEPH161', 'for a test'); return ceph; } },
  },
  CEPH162: {
    trips: { 'a request above the limit': cluster({ resources: { osd: { memoryRequest: Size.gibibytes(8), memoryLimit: Size.gibibytes(4) } } }) },
    passes: { 'a larger request': cluster({ resources: { osd: { memoryRequest: Size.gibibytes(8) } } }), 'both': cluster({ resources: { osd: { memoryRequest: Size.gibibytes(8), memoryLimit: Size.gibibytes(8) } } }) },
  },
  CEPH163: {
    trips: {
      'a small OSD': cluster({ resources: { osd: { memoryLimit: Size.gibibytes(1) } } }),
      'a small metadata server': filesystem({ metadataServer: { resources: { memoryLimit: Size.gibibytes(1) } } }),
      'a small mirror': added(ceph => ceph.addRbdMirror({ resources: { memoryLimit: Size.mebibytes(256) } })),
    },
    passes: { 'the least': cluster({ resources: { osd: { memoryLimit: Size.gibibytes(2) } } }) },
  },
  CEPH164: {
    trips: {
      monitors: cluster({ mons: { storageClass: StorageClass.fromStorageClassName('block', { volumeBindingMode: VolumeBindingMode.IMMEDIATE }) } }),
      OSDs: cluster({ storage: RookStorage.claims({ ...SET, storageClass: StorageClass.fromStorageClassName('block', { volumeBindingMode: VolumeBindingMode.IMMEDIATE }) }) }),
    },
    passes: { later: cluster({ mons: { storageClass: CLASS }, storage: RookStorage.claims(SET) }) },
  },
  CEPH165: {
    trips: { 'one node': onOneNode(() => {}) },
    passes: {
      'one node and a pool for its managers': onOneNode(managers),
      'several nodes': cluster({}),
    },
  },
  CEPH166: {
    trips: { 'a disk in two nodes': cluster({ storage: RookStorage.nodes(['a', 'b'].map(name => ({ name, devices: [DEVICE] }))) }) },
    passes: {
      'a disk in each': cluster({ storage: RookStorage.nodes(['a', 'b'].map(name => ({ name, devices: [DEVICE + name] }))) }),
      'a virtual disk in each': cluster({ storage: RookStorage.nodes(['a', 'b'].map(name => ({ name, devices: ['/dev/disk/by-id/scsi-0DO_Volume_osd'] }))) }),
    },
  },
};
