import { Chart, Duration, Size } from 'cdk8s';
import { DISKS, FSID, ROOK, rookCluster, rookExternal } from './rook';
import {
  CephCluster, CephRbdStorage, CephRbdCsiDriver, GitOpsTool, NodeCount, RookCephCluster, RookCephxKeyType, RookCompressionMode, RookFailureDomain, RookOperator,
  RookStorage, StorageClass, VolumeBindingMode,
} from '../../src';
import { KEY } from '../rules/ceph-auth.cases';
import { all, codes, objects, one, testApp, testChart, thrown, uncheckedCodes, yaml } from '../support';

const block = StorageClass.fromStorageClassName('local-block', { volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER });

test('a cluster on disks of three nodes, with a pool and a file system', () => {
  const ceph = rookCluster();
  ceph.addBlockPool('replicapool');
  ceph.addFilesystem('shared');
  expect(yaml(ceph)).toMatchSnapshot();
  expect(codes(ceph)).toEqual([]);
});

test('all that can be said of a cluster', () => {
  const chart = testChart({ kernel: '6.12', gitOps: GitOpsTool.ARGO_CD }, { namespace: 'rook-ceph' });
  const ceph = rookCluster({
    name: 'second',
    image: 'registry.example.com/ceph:internal',
    release: '20.2.4',
    dataDirectory: '/var/lib/rook-second',
    storage: RookStorage.claims(
      { name: 'slow', count: 6, size: Size.tebibytes(4), storageClass: block, deviceClass: 'hdd', spreadBy: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'], encrypted: true },
      { name: 'fast', count: 3, size: Size.tebibytes(1), storageClass: block, portable: true, tuneFastDeviceClass: true },
    ),
    mons: { count: 5, storageClass: block, size: Size.gibibytes(20) },
    mgrs: { count: 2, modules: ['pg_autoscaler'] },
    dashboard: { ssl: false, port: 7000, urlPrefix: '/ceph' },
    network: { hostNetwork: true, encryption: true, compression: true, requireMsgr2: true, ipv6: true, publicRanges: ['fd00::/64'], clusterRanges: ['fd01::/64'] },
    csi: { readAffinity: { crushLocationLabels: ['topology.kubernetes.io/zone'] }, kernelMountOptions: ['ms_mode=secure', 'recover_session=clean'] },
    csiKeyType: RookCephxKeyType.AES,
    resources: { osd: { memoryLimit: Size.gibibytes(8), cpuRequest: '2' }, mon: { memoryRequest: Size.gibibytes(3) } },
    placement: { all: { tolerations: [{ key: 'storage', operator: 'Exists' }] }, mon: { nodeLabels: { 'node-role.kubernetes.io/control-plane': '' } } },
    priorityClassNames: { mgr: 'system-node-critical' },
    failureDomains: { host: 6, zone: 3 },
    cephConfig: { global: { osd_pool_default_pg_autoscale_mode: 'on' } },
    crashCollector: false,
    removeOsdsIfOutAndSafeToRemove: true,
    maintenanceTimeout: Duration.hours(1),
    cleanup: { completely: true },
    extraSpec: { storage: { fullRatio: 0.9 }, upgradeOSDRequiresHealthyPGs: true },
    labels: { team: 'storage' },
  }, chart);
  ceph.addBlockPool('images', { failureDomain: RookFailureDomain.ZONE, deviceClass: 'ssd', compression: RookCompressionMode.AGGRESSIVE, quota: Size.tebibytes(1), targetSizeRatio: 0.5, rbdStats: true });
  ceph.addBlockPool('cold', { erasureCoding: { dataChunks: 4, codingChunks: 2 }, parameters: { bulk: 'true' } });
  ceph.addBlockPool('mirrored', { mirroring: { snapshotSchedules: [{ every: Duration.hours(1), startTime: '14:00:00-05:00' }], peerSecretNames: ['peer'] } });
  ceph.addBlockPool('builtin-mgr', { cephName: '.mgr' });
  ceph.addFilesystem('shared', {
    dataPools: [{}, { name: 'cold', erasureCoding: { dataChunks: 2, codingChunks: 2 } }],
    metadataServer: { activeCount: 2, resources: { memoryLimit: Size.gibibytes(8) } },
    preserveOnDelete: true,
    mirroring: { snapshotSchedules: [{ every: Duration.days(1) }] },
  });
  ceph.addRbdMirror({ count: 2 });
  ceph.addFilesystemMirror();
  ceph.addRadosNamespace('images', 'tenant-a');
  ceph.addSubvolumeGroup('shared', 'tenant-b', { clusterId: 'tenant-b', quota: Size.gibibytes(100), distributed: true });
  expect(yaml(ceph)).toMatchSnapshot();
  // Portable claims are hosts to Ceph.
  expect(codes(ceph)).toEqual(['CEPH155']);
});

test('it holds data, so nothing of it is pruned', () => {
  const ceph = rookCluster({}, testChart({ gitOps: GitOpsTool.FLUX }, { namespace: 'rook-ceph' }));
  ceph.addBlockPool('replicapool');
  ceph.addFilesystem('shared');
  expect(objects(ceph).map(({ kind, metadata }) => [kind, metadata.annotations])).toEqual(
    ['CephCluster', 'CephBlockPool', 'CephFilesystem'].map(kind => [kind, { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }]));
});

test('one node: one monitor and one manager, and copies on its disks', () => {
  const ceph = rookCluster({ storage: RookStorage.nodes([{ name: 'node1', devices: ['/dev/disk/by-id/a', '/dev/disk/by-id/b', '/dev/disk/by-id/c'] }]) },
    testChart({ nodes: NodeCount.SINGLE }, { namespace: 'rook-ceph' }));
  ceph.addBlockPool('replicapool', { failureDomain: RookFailureDomain.OSD });
  const { spec } = one(ceph, 'CephCluster');
  expect([spec.mon, spec.mgr, spec.disruptionManagement]).toEqual([{ count: 1 }, { count: 1 }, undefined]);
  // No pool for the managers was added.
  expect(codes(ceph)).toEqual(['CEPH165']);
});

test('what drivers are told, and as whom they come', () => {
  const ceph = rookCluster();
  ceph.addBlockPool('replicapool');
  const { cluster, rbdCredentials, cephFsCredentials } = ceph;
  expect([cluster.clusterId, cluster.release, cluster.rookOptions?.operatorNamespace]).toEqual(['rook-ceph', 20, 'rook-ceph']);
  expect([rbdCredentials, cephFsCredentials].flatMap(({ provisioner, node }) => [provisioner, node]).map(({ secret }) => `${secret.namespace}/${secret.name}`)).toEqual([
    'rook-ceph/rook-csi-rbd-provisioner', 'rook-ceph/rook-csi-rbd-node', 'rook-ceph/rook-csi-cephfs-provisioner', 'rook-ceph/rook-csi-cephfs-node',
  ]);
});

test('a storage is of a pool that was added', () => {
  const chart = testChart({}, { namespace: 'rook-ceph' });
  const ceph = rookCluster({}, chart);
  ceph.addBlockPool('replicapool');
  const driver = CephRbdCsiDriver.existing({ name: 'rook', version: 'v3.17.1' });
  const storage = (id: string, pool: string) => new CephRbdStorage(chart, id, { cluster: ceph.cluster, credentials: ceph.rbdCredentials, pool, driver });
  storage('Right', 'replicapool').addStorageClass('right');
  expect(codes(chart)).not.toContain('CEPH158');
  storage('Wrong', 'replicapol').addStorageClass('wrong');
  expect(codes(chart)).toContain('CEPH158');
});

test('the users are made by Rook, and not by commands', () => {
  const ceph = rookCluster();
  expect(thrown(() => ceph.rbdCredentials.authCommands())).toMatchObject({ code: 'CEPH086', message: expect.stringContaining('Rook makes client.csi-rbd-provisioner') });
  expect(thrown(() => ceph.cephFsCredentials.prepareCommands())).toMatchObject({ code: 'CEPH086', message: expect.stringContaining('pools') });
});

test('parts have a clusterID of their own, which is the one that Rook would make', () => {
  const ceph = rookCluster();
  ceph.addBlockPool('replicapool');
  ceph.addFilesystem('shared');
  // sha256 of rook-ceph-replicapool-block-tenant and rook-ceph-shared-file-tenant, the first half
  expect(ceph.addRadosNamespace('replicapool', 'tenant')).toMatchObject({ clusterId: 'dfd44f3d1872f56a771c3c4bc16b3fff', radosNamespace: 'tenant' });
  expect(ceph.addSubvolumeGroup('shared', 'tenant')).toMatchObject({ clusterId: '6c6919375f6f45d060997717405053f6', subvolumeGroup: 'tenant' });
});

test('a second namespace gets its accounts; the one of the operator has them', () => {
  const chart = new Chart(testApp(), 'chart', { namespace: 'rook-ceph' });
  const operator = new RookOperator(chart, 'Rook', { clusterNamespaces: ['second'] });
  const first = new RookCephCluster(chart, 'Ceph', { operator, storage: DISKS });
  const second = new RookCephCluster(chart, 'Second', { operator, storage: DISKS, namespace: 'second', dataDirectory: '/var/lib/rook-second' });
  const accounts = (ceph: RookCephCluster) => ceph.apiObjects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.namespace);
  expect(accounts(first)).toEqual([]);
  expect(new Set(accounts(second))).toEqual(new Set(['second']));
  expect(second.apiObjects.find(({ kind }) => kind === 'Namespace')?.name).toBe('second');
});

test('what does not show is listed as unchecked', () => {
  const ceph = rookCluster({
    operator: RookOperator.existing(), namespace: 'second', storage: RookStorage.devices({ devices: ['/dev/disk/by-id/a'] }), image: 'registry.example.com/ceph:internal', network: { encryption: true },
    csiKeyType: RookCephxKeyType.AES256K, monitoring: {}, mons: { storageClass: StorageClass.fromStorageClassName('any') },
  });
  ceph.addBlockPool('replicapool', { failureDomain: RookFailureDomain.ZONE });
  expect(uncheckedCodes(ceph)).toEqual(['CEPH146', 'CEPH148', 'CEPH150', 'CEPH151', 'CEPH154', 'CEPH164']);
});

test('an external cluster: what the script of Rook writes, and no keys', () => {
  const ceph = rookExternal();
  ceph.addRadosNamespace('kubernetes', 'tenant-a');
  ceph.addSubvolumeGroup('cephfs', 'tenant-b', { clusterId: 'tenant-b' });
  expect(yaml(ceph)).toMatchSnapshot();
  expect(ceph.authCommands()).toMatchSnapshot();
  expect(ceph.secretCommands()).toMatchSnapshot();
  expect(codes(ceph)).toEqual([]);
});

test('an external cluster with keys and metrics in a namespace of its own', () => {
  const chart = testChart({}, { namespace: 'rook-ceph' });
  const ceph = rookExternal({
    namespace: 'external', keys: { healthChecker: KEY, rbdProvisioner: KEY, rbdNode: KEY, cephFsProvisioner: KEY, cephFsNode: KEY },
    monitoring: { endpoints: ['10.0.0.1'], port: 9283, interval: Duration.seconds(30) }, csi: { kernelMountOptions: ['ms_mode=prefer-crc'] }, release: 19,
  }, chart);
  expect(all(ceph, 'Secret').map(({ metadata, stringData, type }) => [metadata.name, Object.keys(stringData).sort(), type])).toEqual([
    ['rook-ceph-mon', ['admin-secret', 'ceph-secret', 'ceph-username', 'cluster-name', 'fsid', 'mon-secret'], 'kubernetes.io/rook'],
    ...['rbd-provisioner', 'rbd-node', 'cephfs-provisioner', 'cephfs-node'].map(user => [`rook-csi-${user}`, ['userID', 'userKey'], 'kubernetes.io/rook']),
  ]);
  expect(one(ceph, 'Secret', 'rook-ceph-mon').stringData).toMatchObject({ 'cluster-name': 'external', 'fsid': FSID, 'ceph-username': 'client.healthchecker' });
  expect(codes(ceph)).toEqual(['CEPH161']);
});

test('users of an external cluster can be made with no more than their storages need', () => {
  const chart = testChart({}, { namespace: 'rook-ceph' });
  const ceph = rookExternal({}, chart);
  new CephRbdStorage(chart, 'Rbd', {
    cluster: CephCluster.existing('rook-ceph'), credentials: ceph.rbdCredentials, pool: 'kubernetes', driver: CephRbdCsiDriver.existing({ name: 'rook', version: 'v3.17.1' }),
  });
  expect(ceph.rbdCredentials.authCommands().join('\n')).toContain('client.csi-rbd-provisioner');
});

test('an operator elsewhere is named', () => {
  expect(ROOK).toEqual({ namespace: 'rook-ceph', watchesAllNamespaces: true });
});
