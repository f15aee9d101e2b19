import { Size } from 'cdk8s';
import { CLUSTER_SCOPED, everything } from './everything';
import { Namespace, NfsCsiDriver, PersistentVolumeClaim, PodSecurityLevel, SnapshotController, StorageClass } from '../../src';
import { all, codes, nfs, objects, one, testChart } from '../support';

const identity = ({ kind, metadata }: any) => `${kind} ${metadata.name}`;

test('one of each construct in one chart trips nothing', () => {
  expect(codes(everything())).toEqual([]);
});

describe('namespaces', () => {
  const written = objects(everything());

  test.each(CLUSTER_SCOPED)('%s has none, although its chart has one', kind => {
    const ofKind = written.filter(object => object.kind === kind);
    expect(ofKind).not.toEqual([]);
    ofKind.forEach(object => expect(object.metadata).not.toHaveProperty('namespace'));
  });

  test('everything else has one, and what belongs to an application has that of the chart', () => {
    const others = written.filter(object => !CLUSTER_SCOPED.includes(object.kind));
    expect(others.filter(object => object.metadata.namespace === undefined)).toEqual([]);
    expect(others.filter(object => object.metadata.namespace === 'apps').map(identity)).toEqual([
      'ServiceAccount snapshots-nightly', 'ConfigMap snapshots-nightly', 'CronJob snapshots-nightly', 'PrometheusRule snapshots-nightly',
      'VolumeSnapshot once', 'VolumeSnapshot imported', 'PersistentVolumeClaim restored', 'PersistentVolumeClaim data-db-0',
      'ResourceQuota quota', 'PrometheusRule volumes', 'Service nas', 'EndpointSlice nas', 'PersistentVolumeClaim data', 'PersistentVolumeClaim archive',
      'PersistentVolumeClaim orders', 'ReplicationSource volsync-orders', 'PrometheusRule volsync', 'PrometheusRule velero', 'ReplicationDestination orders',
      'PersistentVolumeClaim orders-restored', 'ReplicationDestination orders-direct',
    ]);
  });
});

describe('labels and annotations', () => {
  const common = { labels: { team: 'storage' }, annotations: { 'example.com/owner': 'Jo' } };
  const written = objects(everything({}, common));

  test('reach every object', () => {
    expect(written.filter(({ metadata }) => metadata.labels?.team !== 'storage' || metadata.annotations?.['example.com/owner'] !== 'Jo').map(identity)).toEqual([]);
  });

  test('change no selector and no pod, which would restart or orphan it', () => {
    const specs = (from: any[]) => from.filter(object => ['Deployment', 'DaemonSet', 'PodDisruptionBudget'].includes(object.kind)).map(object => object.spec);
    expect(specs(written)).not.toEqual([]);
    expect(specs(written)).toEqual(specs(objects(everything())));
  });

  test('do not replace what the library needs', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'app.kubernetes.io/name': 'mine' } });
    expect(one(chart, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
    expect(one(chart, 'DaemonSet').metadata.labels['app.kubernetes.io/name']).toBe('csi-nfs');
  });

  test('of a storage reach its children, whose own come first', () => {
    const chart = testChart();
    nfs(chart, { labels: { team: 'storage', tier: 'a' } }).addStorageClass('fast', { labels: { tier: 'b' } });
    expect(one(chart, 'StorageClass').metadata.labels).toEqual({ team: 'storage', tier: 'b' });
    expect(one(chart, 'Secret').metadata.labels).toEqual({ team: 'storage', tier: 'a' });
  });

  test('of a chart are kept', () => {
    const chart = testChart({}, { labels: { chart: 'yes' } });
    new Namespace(chart, 'Namespace', { name: 'web', labels: { own: 'yes' } });
    expect(one(chart, 'Namespace').metadata.labels).toEqual({ chart: 'yes', own: 'yes' });
  });

  test('an annotation\'s domain may be in capitals, as the API server takes it', () => {
    expect(() => new Namespace(testChart(), 'Namespace', { name: 'web', annotations: { 'Example.com/owner': 'Jo' } })).not.toThrow();
  });

  test.each(['labels', 'annotations'])('%s without a value, as from an environment variable that is not set, are refused by code', property => {
    expect(() => new Namespace(testChart(), 'Namespace', { name: 'web', [property]: { owner: undefined } })).toThrow('MAN003');
  });
});

describe('sizes', () => {
  test.each([
    [Size.mebibytes(500), '500Mi'], [Size.gibibytes(2), '2Gi'], [Size.gibibytes(1.5), '1.5Gi'], [Size.mebibytes(2048), '2048Mi'], [Size.tebibytes(1), '1Ti'],
    [Size.kibibytes(1), '1Ki'], [Size.pebibyte(2), '2Pi'],
  ])('are printed as given: %s is %s', (size, printed) => {
    const chart = testChart({}, { namespace: 'web' });
    const storage = nfs(chart);
    new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('fast'), size });
    storage.addStaticVolume('archive', { capacity: size });
    expect(one(chart, 'PersistentVolumeClaim').spec.resources).toEqual({ requests: { storage: printed } });
    expect(one(chart, 'PersistentVolume').spec.capacity).toEqual({ storage: printed });
  });
});

describe('Namespace', () => {
  test('has no Pod Security labels unless asked for', () => {
    const chart = testChart();
    new Namespace(chart, 'Namespace', { name: 'web' });
    expect(one(chart, 'Namespace')).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } });
  });

  test.each(Object.values(PodSecurityLevel))('enforces, audits and warns of %s', level => {
    const chart = testChart();
    new Namespace(chart, 'Namespace', { name: 'web', podSecurity: level });
    expect(one(chart, 'Namespace').metadata.labels).toEqual(Object.fromEntries(['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, level])));
  });

  test('of a driver allows it to mount, that of the snapshot-controller allows nothing', () => {
    const chart = everything();
    const levels = all(chart, 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels?.['pod-security.kubernetes.io/enforce']]);
    expect(Object.fromEntries(levels)).toEqual({
      'apps': undefined, 'ceph-csi-cephfs': 'privileged', 'ceph-csi-rbd': 'privileged', 'csi-nfs': 'privileged', 'csi-example-com': 'privileged', 'kadalu': 'privileged',
      'gluster-mount': 'privileged', 'gluster-nfs': 'restricted', 'nfs-server': 'privileged', 'rook-ceph': 'privileged', 'rook-external': undefined, 'snapshot-controller': 'restricted', 'storage-operator': 'restricted',
    });
  });
});

describe('definitions', () => {
  test('are those of snapshots, not of group snapshots', () => {
    const chart = testChart();
    new SnapshotController(chart, 'Controller');
    expect(all(chart, 'CustomResourceDefinition').map(crd => crd.metadata.name).sort()).toEqual([
      'volumesnapshotclasses.snapshot.storage.k8s.io', 'volumesnapshotcontents.snapshot.storage.k8s.io', 'volumesnapshots.snapshot.storage.k8s.io',
    ]);
  });

  test('are left out where something else installs them', () => {
    const chart = testChart();
    new SnapshotController(chart, 'Controller', { installCrds: false });
    expect(all(chart, 'CustomResourceDefinition')).toEqual([]);
  });

  test('are written by nothing but the controller', () => {
    const chart = testChart();
    SnapshotController.existing(chart);
    nfs(chart, { driver: undefined, snapshots: true }).addSnapshotClass('daily');
    expect(all(chart, 'CustomResourceDefinition')).toEqual([]);
  });

  test('fit into the annotation in which kubectl apply keeps them', () => {
    all(everything(), 'CustomResourceDefinition').filter(({ spec }) => spec.group.endsWith('.k8s.io')).forEach(crd => expect(JSON.stringify(crd).length).toBeLessThan(256 * 1024 / 2));
  });

  test('are approved for their group, which the API server asks for in *.k8s.io', () => {
    all(everything(), 'CustomResourceDefinition').filter(({ spec }) => spec.group.endsWith('.k8s.io')).forEach(crd => expect(crd.metadata.annotations).toHaveProperty(['api-approved.kubernetes.io'], expect.stringMatching(/^https:/)));
  });
});
