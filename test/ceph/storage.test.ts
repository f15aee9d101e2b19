import { Size } from 'cdk8s';
import { cephChart, cephFs, CLUSTER, CREDENTIALS, rbd } from './ceph';
import {
  AccessMode, CephCluster, CephFsCsiDriver, CephRbdCsiDriver, CephRbdStorage, PersistentVolumeClaim, ReclaimPolicy, SnapshotDeletionPolicy, VolumeBindingMode, VolumeMode,
} from '../../src';
import { all, codes, one, thrown, uncheckedCodes, yaml } from '../support';

const EXISTING = { driver: CephRbdCsiDriver.existing({ version: 'v3.17.1' }), cluster: CephCluster.existing('ceph') };

test('what is written beside a driver that is there already', () => {
  const chart = cephChart();
  const storage = rbd(EXISTING, chart);
  const fast = storage.addStorageClass('fast', { expansion: true, isDefault: true, fsType: 'xfs', reclaimPolicy: ReclaimPolicy.RETAIN, volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER });
  storage.addSnapshotClass('daily', { deletionPolicy: SnapshotDeletionPolicy.RETAIN, snapshotNamePrefix: 'daily-' });
  storage.addStaticVolume('old', { image: 'disk1', capacity: Size.gibibytes(1), claim: { name: 'old', namespace: 'web' } });
  new PersistentVolumeClaim(chart, 'Data', { name: 'data', storageClass: fast, size: Size.gibibytes(20) });
  expect(yaml(chart)).toMatchSnapshot();
  expect(codes(chart)).toEqual([]);
});

test('what is written of CephFS', () => {
  const chart = cephChart();
  const storage = cephFs({ driver: CephFsCsiDriver.existing({ groupSnapshots: true }), cluster: CephCluster.existing('ceph', { release: 19 }) }, chart);
  storage.addStorageClass('shared', { expansion: true, mountOptions: ['noatime'] });
  storage.addSnapshotClass('daily');
  storage.addGroupSnapshotClass('together', { volumeGroupNamePrefix: 'group-' });
  storage.addStaticVolume('old', { rootPath: '/volumes/csi/old', capacity: Size.gibibytes(1), readOnly: true });
  expect(yaml(chart)).toMatchSnapshot();
  expect(codes(chart)).toEqual([]);
});

test('a controller is granted its Secret once, whatever hands it over, and keeps it', () => {
  const chart = cephChart();
  const first = rbd({}, chart);
  ['fast', 'slow'].forEach(name => first.addStorageClass(name));
  new CephRbdStorage(chart, 'Second', { cluster: CLUSTER, credentials: CREDENTIALS, pool: 'second', driver: first.driver }).addStorageClass('second');
  cephFs({}, chart).addStorageClass('shared');
  const roles = all(chart, 'Role').filter(role => role.metadata.namespace === 'ceph');
  expect(roles.map(role => role.metadata.name)).toEqual(['rbd.csi.ceph.com-ceph-csi', 'cephfs.csi.ceph.com-ceph-csi']);
  roles.forEach(role => expect(role.rules).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames: ['ceph-csi'], verbs: ['get'] }]));
});

test('a group snapshot class names the pool', () => {
  const chart = cephChart();
  rbd({ snapshots: true, groupSnapshots: true }, chart).addGroupSnapshotClass('together');
  expect(one(chart, 'VolumeGroupSnapshotClass').parameters).toMatchObject({ 'clusterID': 'ceph', 'pool': 'kubernetes', 'csi.storage.k8s.io/group-snapshotter-secret-name': 'ceph-csi' });
});

test('an error tells the entry that is missing elsewhere', () => {
  expect(thrown(() => rbd({ driver: CephRbdCsiDriver.existing() }))!.fix).toContain('{"clusterID":"ceph","monitors":["10.0.0.1:6789","10.0.0.2:6789","10.0.0.3:6789"]}');
});

test('a device that one pod writes, and a static one, are fine', () => {
  const chart = cephChart();
  const storage = rbd(EXISTING, chart);
  const storageClass = storage.addStorageClass('fast');
  new PersistentVolumeClaim(chart, 'Device', { name: 'device', storageClass, size: Size.gibibytes(1), volumeMode: VolumeMode.BLOCK, accessModes: [AccessMode.READ_WRITE_ONCE_POD] });
  storage.addStaticVolume('disk', { image: 'disk2', capacity: Size.gibibytes(1), volumeMode: VolumeMode.BLOCK, readOnly: true });
  expect(codes(chart)).toEqual([]);
});

test('a file system that many write is not had of RBD', () => {
  const chart = cephChart();
  const storageClass = rbd(EXISTING, chart).addStorageClass('fast');
  expect(thrown(() => new PersistentVolumeClaim(chart, 'Data', { name: 'data', storageClass, size: Size.gibibytes(1), accessModes: [AccessMode.READ_WRITE_MANY] }))!.code).toBe('VOL041');
});

test('what is not declared of a driver is listed', () => {
  const chart = cephChart();
  rbd(EXISTING, chart).addStorageClass('fast');
  expect(uncheckedCodes(chart)).not.toContain('VOL003');
});

test('zones are named by the labels of the nodes, and written as the driver names them', () => {
  const chart = cephChart();
  const driver = new CephRbdCsiDriver(chart, 'Driver', { domainLabels: ['topology.kubernetes.io/zone'] });
  const storage = rbd({ driver }, chart);
  storage.addStorageClass('near', { allowedTopologies: { 'topology.kubernetes.io/zone': ['a', 'b'] } });
  expect(one(chart, 'StorageClass').allowedTopologies).toEqual([{ matchLabelExpressions: [{ key: 'topology.rbd.csi.ceph.com/zone', values: ['a', 'b'] }] }]);
  expect(thrown(() => storage.addStorageClass('far', { allowedTopologies: { 'topology.kubernetes.io/region': ['a'] } }))!.code).toBe('CEPH001');
  expect(thrown(() => rbd(EXISTING).addStorageClass('near', { allowedTopologies: { 'topology.kubernetes.io/zone': ['a'] } }))!.code).toBe('VOL039');
});
