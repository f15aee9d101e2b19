import { Chart, Duration, Size } from 'cdk8s';
import {
  AccessMode, BackupEngine, BackupPolicy, CephCluster, CephCredentials, CephCsiOperator, CephDeployment, CephFsStorage, CephKms, CephRbdCsiDriver, CephRbdStorage, ClaimSelector,
  CsiAddonsController, CsiDriver, CustomResource, GlusterAccess, GlusterCluster, GlusterStorage, ICsiDriver, ImportedSnapshot, KadaluBrick, KadaluPoolType, KeyRotationSchedule,
  ManifestProps, Namespace, NfsServer, NfsServerAlias, NfsStorage, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, PlatformProps, ReclaimSpaceSchedule,
  ReplicationState, Restore, RookCephCluster, RookExternalCephCluster, RookFailureDomain, RookOperator, RookStorage, Schedule, SecretReference, SnapshotController,
  SnapshotPolicy, StaticStorageClass, StorageClass, StorageOperator, StorageQuota, VolSyncDirectRestore, VolSyncRestore, VolumeAlerts, VolumeAttributesClass,
  VolumeGroupSnapshotClass, VolumeReplication, VolumeSnapshot, VolumeSnapshotClass,
} from '../../src';
import { SERVER, testChart } from '../support';

/** One of each construct, in a chart that has a namespace. */
export function everything(platform: Partial<PlatformProps> = {}, common: ManifestProps = {}): Chart {
  const chart = testChart(platform, { namespace: 'apps' });
  new SnapshotController(chart, 'Controller', { groupSnapshots: true, changedBlocks: true, ...common });
  new Namespace(chart, 'Namespace', { name: 'apps', holdsData: true, ...common });
  const storage = new NfsStorage(chart, 'Nfs', { server: SERVER, snapshots: true, ...common });
  storage.addSnapshotClass('nfs-daily', { share: '/snapshots' });
  const nfs = storage.addStorageClass('nfs');
  const archive = storage.addStaticVolume('archive', { capacity: Size.tebibytes(1) });
  const driver = new CsiDriver(chart, 'Driver', {
    driverName: 'csi.example.com',
    image: 'example.com/driver:v1',
    capabilities: { attach: true, expand: true, snapshot: true, groupSnapshot: true, modify: true, topology: true, capacity: true, health: true, changedBlocks: true },
    monitoring: {},
    networkPolicy: true,
    changedBlocks: { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
    ...common,
  });
  const secret = SecretReference.fromName('credentials', 'vault');
  const fast = new StorageClass(chart, 'Class', { name: 'fast', driver, secrets: { provisioner: secret }, ...common });
  const snapshotClass = new VolumeSnapshotClass(chart, 'SnapshotClass', { name: 'fast-daily', driver, secrets: { snapshotter: secret }, ...common });
  new SnapshotPolicy(chart, 'Policy', {
    name: 'nightly', schedule: Schedule.daily({ hour: 2 }), claims: ClaimSelector.all(), snapshotClass, retention: { daily: 7 }, allNamespaces: true, alerts: {}, ...common,
  });
  new PersistentVolume(chart, 'Volume', {
    name: 'old', capacity: Size.gibibytes(5), source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/old' }), ...common,
  });
  new StaticStorageClass(chart, 'Static', { name: 'local', ...common });
  new VolumeAttributesClass(chart, 'Attributes', { name: 'faster', driver, parameters: { iops: '100' }, ...common });
  new VolumeGroupSnapshotClass(chart, 'GroupClass', { name: 'groups', driver, secrets: { groupSnapshotter: secret }, ...common });
  new VolumeSnapshot(chart, 'Snapshot', { name: 'once', claim: PersistentVolumeClaim.fromClaimName('data', { namespace: 'apps' }), ...common });
  const imported = new ImportedSnapshot(chart, 'Imported', { name: 'imported', snapshotHandle: 'handle', driver, size: Size.gibibytes(1), ...common });
  Restore.fromSnapshot(chart, 'Restored', imported, { name: 'restored', storageClass: fast, ...common });
  Restore.statefulSet(chart, 'Restore', { statefulSet: 'db', templateName: 'data', snapshots: [imported], storageClass: fast, ...common });
  new StorageQuota(chart, 'Quota', { name: 'quota', storageClasses: [{ storageClass: nfs, claims: 5 }], ...common });
  new VolumeAlerts(chart, 'Alerts', { name: 'volumes', ...common });
  ceph(chart, common);
  rook(chart, common);
  gluster(chart, common);
  served(chart, fast, storage.driver, common);
  new NfsServerAlias(chart, 'Alias', { name: 'nas', addresses: ['10.0.0.1'], ...common });
  new PersistentVolumeClaim(chart, 'Data', { name: 'data', storageClass: nfs, size: Size.gibibytes(1), accessModes: [AccessMode.READ_WRITE_MANY], ...common });
  new PersistentVolumeClaim(chart, 'Archive', { name: 'archive', volume: archive, ...common });
  backups(chart, fast, snapshotClass, common);
  const kind = new CustomResource(chart, 'Kind', { group: 'storage.example.com', kind: 'Storage', versions: [{ name: 'v1' }], ...common });
  new StorageOperator(chart, 'Operator', { image: 'registry.example.com/operator:v1', watches: [{ resource: kind }], monitoring: {}, networkPolicy: true, ...common });
  return chart;
}

function rook(chart: Chart, common: ManifestProps): void {
  const operator = new RookOperator(chart, 'Rook', { csiOperator: false, ...common });
  const device = (serial: string) => ({ name: `node-${serial}`, devices: ['a', 'b', 'c'].map(disk => `/dev/disk/by-id/ata-${serial}${disk}`) });
  const cluster = new RookCephCluster(chart, 'RookCluster', { operator, storage: RookStorage.nodes(['a', 'b', 'c'].map(device)), ...common });
  const pool = { failureDomain: RookFailureDomain.HOST };
  cluster.addBlockPool('images', { ...pool, mirroring: {} });
  cluster.addFilesystem('files', { metadataPool: pool, dataPools: [pool], mirroring: {} });
  cluster.addRadosNamespace('images', 'tenant');
  cluster.addSubvolumeGroup('files', 'tenant');
  cluster.addRbdMirror();
  cluster.addFilesystemMirror();
  const other = RookOperator.existing({ namespace: 'rook-external' });
  new RookExternalCephCluster(chart, 'RookExternal', { operator: other, fsid: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', monitors: { a: '10.0.0.1:3300' }, ...common });
}

function ceph(chart: Chart, common: ManifestProps): void {
  const cluster = CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:6789'] });
  const credentials = CephCredentials.fromSecret({ name: 'ceph', namespace: 'vault' });
  const rbd = new CephRbdStorage(chart, 'Rbd', { cluster, credentials, pool: 'kubernetes', snapshots: true, csiAddons: true, ...common });
  const block = rbd.addStorageClass('block');
  addons(chart, rbd, block, common);
  rbd.addSnapshotClass('block');
  rbd.addStaticVolume('disk', { image: 'disk', capacity: Size.gibibytes(1) });
  new CephCsiOperator(chart, 'CephCsiOperator', { driverDefaults: { logLevel: 1 }, ...common });
  new CephRbdCsiDriver(chart, 'Operated', { deployment: CephDeployment.OPERATOR, driverName: 'second.rbd.csi.ceph.com', ...common }).addCluster(cluster);
  const fs = new CephFsStorage(chart, 'Fs', { cluster, credentials, fsName: 'cephfs', ...common });
  fs.addStorageClass('files');
  fs.addStaticVolume('directory', { rootPath: '/directory', capacity: Size.gibibytes(1) });
}

function addons(chart: Chart, rbd: CephRbdStorage, storageClass: StorageClass, common: ManifestProps): void {
  new CsiAddonsController(chart, 'Addons', common);
  const kms = CephKms.existing('keys');
  const driver = CephRbdCsiDriver.existing({ driverName: 'rook-ceph.rbd.csi.ceph.com', csiAddons: true, kms: [kms], name: 'rook' });
  const encrypted = new CephRbdStorage(chart, 'Encrypted', {
    cluster: CephCluster.existing('rook-ceph'), credentials: CephCredentials.fromSecret({ name: 'rook', namespace: 'vault' }), pool: 'images', driver, ...common,
  }).addStorageClass('encrypted', { encryption: { kms } });
  const [claim, secret] = [storageClass, encrypted].map((of, index) => new PersistentVolumeClaim(chart, `Addons-${index}`, { name: `addons-${index}`, storageClass: of, size: Size.gibibytes(1), ...common }));
  new ReclaimSpaceSchedule(chart, 'ReclaimSpace', { claim, schedule: Schedule.daily({ hour: 2 }), ...common });
  new KeyRotationSchedule(chart, 'KeyRotation', { claim: secret, schedule: Schedule.monthly({ hour: 2 }), ...common });
  rbd.addNetworkFenceClass('fence');
  const replicationClass = rbd.addReplicationClass('mirror', { schedulingInterval: Duration.minutes(15) });
  new VolumeReplication(chart, 'Replication', { claim, replicationClass, state: ReplicationState.PRIMARY, ...common });
}

function gluster(chart: Chart, common: ManifestProps): void {
  const bricks = ['node1', 'node2', 'node3'].map(node => KadaluBrick.device(node, '/dev/disk/by-id/data'));
  const storage = new GlusterStorage(chart, 'Gluster', { cluster: GlusterCluster.kadalu({ pools: [{ name: 'pool1', type: KadaluPoolType.REPLICA3, bricks }] }), ...common });
  storage.addStorageClass('gluster');
  storage.addStaticVolume('gluster-reports', { subDir: 'reports', capacity: Size.gibibytes(1) });
}

/** What is served from inside of the cluster: by a server on a claim, by a gateway, and by the nodes. */
function served(chart: Chart, storageClass: StorageClass, driver: ICsiDriver, common: ManifestProps): void {
  const [image, clients] = ['registry.example.com/nfs-ganesha:4.3', ['10.0.0.0/16']];
  NfsServer.deploy(chart, 'NfsServer', {
    name: 'nfs-server', image, clients, storage: { storageClass, size: Size.gibibytes(1) }, exports: [{ name: 'shared' }], evictable: false, ...common,
  });
  const cluster = GlusterCluster.external({ hosts: ['10.0.0.1', '10.0.0.2'], volume: 'gv0' });
  const gateway = new GlusterStorage(chart, 'Gateway', { cluster, driver, gateway: { name: 'gluster-nfs', image, clients, recovery: { storageClass } }, ...common });
  gateway.addStorageClass('gluster-shared');
  const mounted = new GlusterStorage(chart, 'Mounted', { cluster, access: GlusterAccess.NODE_MOUNT, nodeMount: { name: 'gluster-mount', image }, ...common });
  mounted.addStaticVolume('gluster-mounted', { subDir: 'reports', capacity: Size.gibibytes(1) });
}

function backups(chart: Chart, storageClass: StorageClass, snapshotClass: VolumeSnapshotClass, common: ManifestProps): void {
  const claim = (name: string) => new PersistentVolumeClaim(chart, name, { name, storageClass, size: Size.gibibytes(1), ...common });
  const claims = ClaimSelector.of(claim('orders'));
  const policy = { schedule: Schedule.daily({ hour: 3 }), claims, retention: { daily: 7 }, alerts: {}, ...common };
  new BackupPolicy(chart, 'VolSync', { name: 'volsync', engine: BackupEngine.volSync({ repository: 'restic-${pvc.name}', snapshotClass }), ...policy });
  new BackupPolicy(chart, 'Velero', { name: 'velero', engine: BackupEngine.velero({ snapshotClasses: [snapshotClass] }), ...policy });
  const repository = 'restic-orders';
  new VolSyncRestore(chart, 'VolSyncRestore', { name: 'orders', repository, capacity: Size.gibibytes(1), storageClass, snapshotClass, populatorInstalled: true, ...common });
  new VolSyncDirectRestore(chart, 'DirectRestore', { name: 'orders-direct', repository, into: claim('orders-restored'), ...common });
}

/** What of that has no namespace, in a cluster. */
export const CLUSTER_SCOPED = [
  'Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding', 'CSIDriver', 'StorageClass', 'PersistentVolume', 'VolumeSnapshotClass', 'VolumeGroupSnapshotClass',
  'VolumeAttributesClass', 'VolumeSnapshotContent', 'SnapshotMetadataService', 'NetworkFenceClass', 'VolumeReplicationClass',
];
