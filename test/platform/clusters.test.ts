import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CsiDriver, NfsCsiDriver, NfsStorage, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, PodVolume, SecretReference, SnapshotController, StorageClass,
  VolumeSnapshotClass,
} from '../../src';
import { Cluster } from '../../src/platform/cluster';
import { code, codes, deployment, nfs, SERVER, testChart, thrown, twoClusters } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const { fromDriverName } = CsiDriver;
let count = 0;

/** An id that is free. */
function id(): string {
  return `C${count++}`;
}

/** What a cluster may have once: built in two clusters it is fine, built twice in one it is refused. */
const ONCE: [string, string, (chart: Chart) => unknown][] = [
  ['a driver name', 'CSI003', chart => new CsiDriver(chart, id(), { driverName: 'csi.example.com', image: 'driver:v1' })],
  ['host ports', 'CSI004', chart => new CsiDriver(chart, id(), { driverName: `csi${count}.example.com`, image: 'driver:v1', node: { hostNetwork: true } })],
  ['csi-driver-nfs', 'CSI003', chart => new NfsCsiDriver(chart, id())],
  ['the mount options of a server', 'NFS117', chart => nfs(new Chart(chart, id())).addStorageClass(`c${count}`)],
  ['a volume handle', 'VOL004', chart => new PersistentVolume(chart, id(), {
    name: `v${count}`, capacity: GIBIBYTE, source: PersistentVolumeSource.csi({ driver: fromDriverName('csi.example.com'), volumeHandle: 'one' }),
  })],
  ['a default class', 'VOL001', chart => new StorageClass(chart, id(), { name: `s${count}`, driver: fromDriverName('csi.example.com'), isDefault: true })],
  ['a default snapshot class', 'SNP006', chart => new VolumeSnapshotClass(chart, id(), {
    name: `s${count}`, driver: fromDriverName('csi.example.com', { capabilities: { snapshot: true } }), isDefault: true,
  })],
  ['a snapshot-controller', 'SNP001', chart => new SnapshotController(chart, id())],
  ['an existing snapshot-controller', 'SNP001', chart => SnapshotController.existing(new Construct(chart, id()))],
];

describe('a cluster is a scope', () => {
  test.each(ONCE)('%s may be in each of two clusters, but twice in one is %s', (_, expected, build) => {
    const [east, west] = twoClusters();
    build(east);
    build(west);
    expect(codes(east)).not.toContain(expected);
    expect([code(() => build(west)), ...codes(east)]).toContain(expected);
  });

  test('two charts are one cluster', () => {
    const chart = testChart();
    expect(Cluster.of(new Chart(chart.node.root as any, 'other'))).toBe(Cluster.of(chart));
  });

  test('one name in two clusters is two objects', () => {
    const [east, west] = twoClusters();
    [east, west].forEach(chart => nfs(chart).addStorageClass('fast'));
    expect(codes(east)).toEqual([]);
    nfs(new Chart(west, 'again'), { secretName: 'again' }).addStorageClass('fast');
    expect(codes(east)).toEqual(['MAN002']);
  });

  test('the snapshot-controller of one cluster is of no use to another', () => {
    const [east, west] = twoClusters();
    new SnapshotController(east, 'Controller');
    new NfsCsiDriver(west, 'Driver', { snapshots: true });
    expect(codes(east)).toEqual(['SNP003']);
  });
});

describe('a reference across clusters is PLT005', () => {
  const [east, west] = twoClusters();
  const storage = new NfsStorage(east, 'Nfs', { server: SERVER });
  const storageClass = storage.addStorageClass('fast');
  const volume = storage.addStaticVolume('archive', { capacity: GIBIBYTE });
  const claim = new PersistentVolumeClaim(east, 'Claim', { name: 'data', storageClass, size: GIBIBYTE });
  const { driver } = storage;

  test.each<[string, () => unknown]>([
    ['the driver of a storage', () => nfs(new Chart(west, id()), { driver })],
    ['the driver of a class', () => new StorageClass(west, id(), { name: 'fast', driver })],
    ['the driver of a snapshot class', () => new VolumeSnapshotClass(west, id(), { name: 'daily', driver })],
    ['the driver of a volume', () => new PersistentVolume(west, id(), { name: 'v', capacity: GIBIBYTE, source: PersistentVolumeSource.csi({ driver, volumeHandle: 'one' }) })],
    ['the class of a volume', () => new PersistentVolume(west, id(), { name: 'v', capacity: GIBIBYTE, source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/' }), storageClass })],
    ['the class of a claim', () => new PersistentVolumeClaim(west, id(), { name: 'data', storageClass, size: GIBIBYTE })],
    ['the volume of a claim', () => new PersistentVolumeClaim(west, id(), { name: 'data', volume })],
    ['the claim of a pod', () => PodVolume.fromClaim(claim).mountTo(deployment(west, 'main'), { container: 'main', path: '/data' })],
  ])('%s', (_, build) => {
    expect(thrown(build)).toMatchObject({ code: 'PLT005', path: expect.stringMatching(/^west\//), message: expect.stringContaining('refers to east/') });
  });

  test('references by name belong to every cluster', () => {
    const shared = StorageClass.fromStorageClassName('fast', { driver: fromDriverName('nfs.csi.k8s.io') });
    for (const chart of twoClusters()) {
      new StorageClass(chart, 'Class', { name: 'slow', driver: fromDriverName('csi.example.com'), secrets: { nodePublish: SecretReference.fromName('a', 'b') } });
      expect(code(() => new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: shared, size: GIBIBYTE }))).toBeUndefined();
    }
  });
});
