import { readdirSync } from 'fs';
import { join } from 'path';
import { Chart, Size } from 'cdk8s';
import { ClaimTemplate, CsiDriver, Findings, ImportedSnapshot, PersistentVolumeClaim, Restore, SnapshotController, StorageClass, VolumeMode, VolumeSnapshot, VolumeSnapshotClass } from '../../src';
import { apply, deleteAndWait, eventually, kubectl, refusal } from '../kubectl';
import { object, objects, testChart } from '../support';

// What docs/restore.md says of the API server, CEL rules of the CRDs included, and of the StatefulSet controller. No driver runs: nothing is filled.

jest.setTimeout(180_000);

const NAMESPACE = 'restore-api';
const IMPORTS = join(__dirname, '..', '..', 'imports', 'crds');
const CRDS = readdirSync(IMPORTS).flatMap(file => ['-f', join(IMPORTS, file)]);
const DRIVER = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true, expand: true, block: true } });
const FAST = StorageClass.fromStorageClassName('fast', { driver: DRIVER });
const CLAIM = PersistentVolumeClaim.fromClaimName('orders', { namespace: NAMESPACE, storageClass: FAST, size: Size.gibibytes(1), volumeMode: VolumeMode.FILESYSTEM });

function written(build: (chart: Chart) => unknown): any[] {
  const chart = testChart({}, { namespace: NAMESPACE });
  SnapshotController.existing(chart);
  build(chart);
  return objects(chart);
}

const taken = (name: string) => VolumeSnapshot.fromVolumeSnapshotName(name, { sourceClaim: CLAIM });

/** Every kind of restore, and a StatefulSet with one member more than there are snapshots. */
const restores = () => written(chart => {
  ['SNP043', 'SNP048'].forEach(rule => Findings.of(chart).acknowledge(rule, 'tested here'));
  const snapshotClass = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: DRIVER });
  const imported = new ImportedSnapshot(chart, 'Imported', {
    name: 'imported', snapshotHandle: 'snap-1', snapshotClass, size: Size.gibibytes(1), volumeMode: VolumeMode.BLOCK, allowVolumeModeChange: true,
  });
  ImportedSnapshot.ofOtherNamespace(chart, 'Copy', taken('monday'), { name: 'copy', snapshotHandle: 'snap-2', namespace: 'default' });
  Restore.fromSnapshot(chart, 'Restored', taken('monday'), { name: 'orders-restored' });
  Restore.fromSnapshot(chart, 'FromImport', imported, { name: 'imported', storageClass: FAST, sourceIsGone: true });
  const template = new ClaimTemplate({ name: 'data', storageClass: FAST, size: Size.gibibytes(1) });
  Restore.statefulSet(chart, 'Members', { statefulSet: 'db', template, snapshots: ['a', 'b', 'c'].map(taken) });
  const labels = { app: 'db' };
  const spec = {
    serviceName: 'db', replicas: 4, podManagementPolicy: 'Parallel', selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'db', image: 'postgres:17' }] } },
  };
  template.mountTo(object(chart, 'StatefulSet', { metadata: { name: 'db' }, spec }, 'apps/v1'), { container: 'db', path: '/data' });
});

beforeAll(() => {
  kubectl('apply', ...CRDS);
  kubectl('wait', '--for', 'condition=established', '--timeout=60s', ...CRDS);
  kubectl('create', 'namespace', NAMESPACE);
});

afterAll(() => {
  kubectl('delete', 'namespace', NAMESPACE, '--wait=true', '--timeout=120s');
  deleteAndWait(...CRDS);
});

test('every kind of restore is taken as it is written, and unchanged when it is applied again', () => {
  const all = restores();
  apply(all, '--validate=strict');
  // kubectl patches the claim templates of a StatefulSet each time: the server adds defaults to them.
  const ours = all.filter(({ kind }) => kind !== 'StatefulSet');
  expect(apply(ours, '--validate=strict').trim().split('\n').filter(line => !line.endsWith('unchanged'))).toEqual([]);
  expect(ours).toHaveLength(9);
  expect(kubectl('get', 'volumesnapshotcontents', '-o', 'jsonpath={range .items[*]}{.metadata.name} {.spec.volumeSnapshotRef.namespace}/{.spec.volumeSnapshotRef.name} {end}'))
    .toBe(`default.copy default/copy ${NAMESPACE}.imported ${NAMESPACE}/imported `);
});

test('a StatefulSet takes the claims that are there, and makes an empty one for the member that has none', async () => {
  apply(restores());
  await eventually('four pods', () => kubectl('-n', NAMESPACE, 'get', 'pods', '-l', 'app=db', '-o', 'name').trim().split('\n').length === 4);
  const filled = ['0', '1', '2', '3'].map(member => kubectl('-n', NAMESPACE, 'get', 'persistentvolumeclaim', `data-db-${member}`, '-o', 'jsonpath={.spec.dataSource.name}'));
  expect(filled).toEqual(['a', 'b', 'c', '']);
});

test('a claim that exists is never filled again: another snapshot for it is refused; a plain claim of its name leaves it as it is', () => {
  const restore = (snapshot: string) => written(chart => Restore.fromSnapshot(chart, 'Restored', taken(snapshot), { name: 'orders-restored' }));
  const plain = written(chart => new PersistentVolumeClaim(chart, 'Plain', { name: 'orders-restored', storageClass: FAST, size: Size.gibibytes(1) }));
  const filledFrom = () => kubectl('-n', NAMESPACE, 'get', 'persistentvolumeclaim', 'orders-restored', '-o', 'jsonpath={.spec.dataSource.name}');
  apply(restore('monday'));
  expect(refusal(() => apply(restore('tuesday')))).toContain('spec is immutable after creation');
  apply(plain);
  expect(filledFrom()).toBe('monday');
  apply(plain, '--server-side', '--force-conflicts');
  expect(filledFrom()).toBe('monday');
  kubectl('-n', NAMESPACE, 'delete', 'persistentvolumeclaim', 'orders-restored', '--wait=true');
  apply(plain);
  expect(refusal(() => apply(restore('monday')))).toContain('spec is immutable after creation');
});

test('an imported snapshot keeps the handle, the mode and the content that it began with', () => {
  const imported = (snapshotHandle: string, volumeMode: VolumeMode, contentName?: string) => written(chart => new ImportedSnapshot(chart, 'Imported', {
    name: 'fixed', driver: DRIVER, snapshotHandle, volumeMode, contentName,
  }));
  apply(imported('snap-3', VolumeMode.FILESYSTEM));
  expect(refusal(() => apply(imported('snap-4', VolumeMode.FILESYSTEM)))).toContain('snapshotHandle is immutable');
  expect(refusal(() => apply(imported('snap-3', VolumeMode.BLOCK)))).toContain('sourceVolumeMode is immutable');
  expect(refusal(() => apply(imported('snap-3', VolumeMode.FILESYSTEM, 'other')))).toContain('volumeSnapshotContentName is immutable');
});

test('a source in another namespace is dropped without a word, and the claim would come up empty: why it is never written', () => {
  const dataSourceRef = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday', namespace: 'default' };
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } }, dataSourceRef };
  apply([{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'across', namespace: NAMESPACE }, spec }], '--validate=strict');
  const stored = JSON.parse(kubectl('-n', NAMESPACE, 'get', 'persistentvolumeclaim', 'across', '-o', 'json'));
  expect([stored.spec.dataSource, stored.spec.dataSourceRef]).toEqual([undefined, undefined]);
});
