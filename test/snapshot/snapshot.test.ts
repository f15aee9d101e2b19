import { CsiDriver, Findings, NodeCount, SecretReference, SnapshotClassSecrets, SnapshotController, SnapshotDeletionPolicy, VolumeSnapshotClass, VolumeSnapshotClassProps } from '../../src';
import { all, code, codes, existingNfs, object, one, testChart, thrown, twoClusters, uncheckedCodes, yaml } from '../support';

const CAPABLE = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true }, controllerServiceAccount: { name: 'controller', namespace: 'csi' } });

function snapshotClass(props: Partial<VolumeSnapshotClassProps> = {}) {
  const chart = testChart();
  SnapshotController.existing(chart);
  new VolumeSnapshotClass(chart, 'Class', { name: 'daily', driver: CAPABLE, ...props });
  return chart;
}

function controller(...[props, platform = {}]: [ConstructorParameters<typeof SnapshotController>[2]?, object?]) {
  const chart = testChart(platform);
  new SnapshotController(chart, 'Controller', { installCrds: false, ...props });
  return chart;
}

describe('VolumeSnapshotClass', () => {
  test('says no more than it must', () => {
    expect(one(snapshotClass(), 'VolumeSnapshotClass')).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name: 'daily' }, driver: 'csi.example.com', deletionPolicy: 'Delete',
    });
  });

  test.each([[SnapshotDeletionPolicy.DELETE, 'Delete'], [SnapshotDeletionPolicy.RETAIN, 'Retain']])('%s is written as %s', (deletionPolicy, expected) => {
    expect(one(snapshotClass({ deletionPolicy }), 'VolumeSnapshotClass').deletionPolicy).toBe(expected);
  });

  test('is the default by its own mark, not that of storage classes', () => {
    expect(one(snapshotClass({ isDefault: true }), 'VolumeSnapshotClass').metadata.annotations).toEqual({ 'snapshot.storage.kubernetes.io/is-default-class': 'true' });
  });

  test('is one default per driver, also where the mark was made by hand', () => {
    const chart = snapshotClass({ isDefault: true });
    new VolumeSnapshotClass(chart, 'Weekly', { name: 'weekly', driver: CAPABLE, annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } });
    expect(codes(chart)).toEqual(['SNP006']);
  });

  test('is no default where the mark says so', () => {
    const chart = snapshotClass({ isDefault: true });
    const metadata = { name: 'weekly', annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'false' } };
    object(chart, 'VolumeSnapshotClass', { metadata, driver: 'csi.example.com', deletionPolicy: 'Delete' }, 'snapshot.storage.k8s.io/v1');
    expect(codes(chart)).toEqual([]);
  });

  test('names its Secrets by the keys of csi-snapshotter, and grants them to the driver\'s controller', () => {
    const chart = snapshotClass({ secrets: { snapshotter: SecretReference.fromName('ceph', 'storage'), snapshotterList: SecretReference.fromName('ceph-read', 'storage') } });
    expect(one(chart, 'VolumeSnapshotClass').parameters).toEqual({
      'csi.storage.k8s.io/snapshotter-secret-name': 'ceph',
      'csi.storage.k8s.io/snapshotter-secret-namespace': 'storage',
      'csi.storage.k8s.io/snapshotter-list-secret-name': 'ceph-read',
      'csi.storage.k8s.io/snapshotter-list-secret-namespace': 'storage',
    });
    expect(one(chart, 'Role')).toMatchObject({
      metadata: { name: 'volumesnapshotclass-daily-secrets', namespace: 'storage' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['ceph', 'ceph-read'], verbs: ['get'] }],
    });
    expect(one(chart, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'controller', namespace: 'csi' }]);
  });

  test.each<[keyof SnapshotClassSecrets, string, string, string | undefined]>([
    ['snapshotter', '${volumesnapshot.name}-${volumesnapshotcontent.name}', '${volumesnapshot.namespace}', undefined],
    ['snapshotter', 'ceph', '${volumesnapshot.name}', 'CSI020'],
    ['snapshotter', '${pvc.name}', 'storage', 'CSI020'],
    ['snapshotterList', '${volumesnapshotcontent.name}', 'storage', undefined],
    ['snapshotterList', '${volumesnapshot.namespace}', 'storage', 'CSI020'],
    ['snapshotterList', 'ceph', '${volumesnapshot.namespace}', 'CSI020'],
  ])('has in %s the Secret %s of %s: %s', (property, name, namespace, expected) => {
    expect(code(() => snapshotClass({ secrets: { [property]: SecretReference.fromTemplate(name, namespace) } }))).toBe(expected);
  });

  test.each([
    ['snapshotter-secret-name', 'snapshotter'],
    ['snapshotter-list-secret-name', 'snapshotterList'],
    ['fstype', 'snapshotter'], // of those that there are
  ])('answers the reserved %s with the property %s', (key, property) => {
    expect(thrown(() => snapshotClass({ parameters: { [`csi.storage.k8s.io/${key}`]: 'x' } }))?.fix).toContain(`secrets: { ${property}: `);
  });

  test('is held to what its driver takes', () => {
    const driver = existingNfs({ capabilities: { snapshot: true } });
    expect(code(() => snapshotClass({ driver, parameters: { path: '/snapshots' } }))).toBe('NFS001');
  });

  test('is not of a driver of another cluster', () => {
    const [east, west] = twoClusters();
    const driver = new CsiDriver(east, 'Driver', { driverName: 'csi.example.com', image: 'driver:v1', capabilities: { snapshot: true } });
    expect(code(() => new VolumeSnapshotClass(west, 'Class', { name: 'daily', driver }))).toBe('PLT005');
  });

  test('keeps the driver\'s parameters', () => {
    expect(one(snapshotClass({ parameters: { pool: 'backup' } }), 'VolumeSnapshotClass').parameters).toEqual({ pool: 'backup' });
  });

  test('of a driver of which nothing is known is not checked, and says so', () => {
    const chart = snapshotClass({ driver: CsiDriver.fromDriverName('csi.example.com') });
    expect(codes(chart)).toEqual([]);
    expect(uncheckedCodes(chart)).toEqual(['SNP004']);
  });

  test('carries, as a reference, what it was told', () => {
    expect(VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: CAPABLE })).toEqual({ snapshotClassName: 'daily', driver: CAPABLE });
  });
});

describe('SnapshotController', () => {
  test('without the definitions, as it is written', () => {
    expect(yaml(controller())).toMatchSnapshot();
  });

  test.each([
    [{}, 'registry.k8s.io/sig-storage/snapshot-controller:v8.6.0', []],
    [{ imageRegistry: 'mirror.example.com/k8s' }, 'mirror.example.com/k8s/sig-storage/snapshot-controller:v8.6.0', []],
    [{ image: 'example.com/patched/snapshot-controller:v8.6.0' }, 'example.com/patched/snapshot-controller:v8.6.0', []],
    [{ image: `example.com/patched@sha256:${'a'.repeat(64)}`, imageRegistry: 'mirror.example.com' }, `example.com/patched@sha256:${'a'.repeat(64)}`, []],
    [{ image: 'example.com/snapshot-controller:v8.6.1' }, 'example.com/snapshot-controller:v8.6.1', ['CSI016']],
  ])('with %j is the image %s', (props, image, found) => {
    const chart = controller(props);
    expect(one(chart, 'Deployment').spec.template.spec.containers[0].image).toBe(image);
    expect(codes(chart)).toEqual(found);
  });

  test('of another release is named with both releases, and changes nothing but the image', () => {
    const chart = controller({ image: 'example.com/snapshot-controller:v8.2.0' });
    expect(Findings.of(chart).list()[0].message).toContain('snapshot-controller v8.2.0 is asked for, but flags and permissions are those of v8.6.0');
    expect(yaml(chart).replace('example.com/snapshot-controller:v8.2.0', 'registry.k8s.io/sig-storage/snapshot-controller:v8.6.0')).toBe(yaml(controller()));
  });

  test.each([['snapshot-controller'], ['snapshot-controller:latest'], [''], [null as any]])('with the image %p is refused', image => {
    expect(code(() => controller({ image }))).toBe('CSI006');
  });

  test('runs once on one node, without a budget that would block its drain', () => {
    const chart = controller({}, { nodes: NodeCount.SINGLE });
    expect(one(chart, 'Deployment').spec.replicas).toBe(1);
    expect(all(chart, 'PodDisruptionBudget')).toEqual([]);
  });

  test('may do nothing with Secrets, nodes or pods', () => {
    expect(JSON.stringify(one(controller(), 'ClusterRole').rules)).not.toMatch(/secrets|nodes|"pods"|\*|groupsnapshot/);
  });

  test('lives where it is told, in a namespace that may be there already', () => {
    const chart = controller({ namespace: 'storage', createNamespace: false });
    expect(all(chart, 'Namespace')).toEqual([]);
    expect(one(chart, 'Deployment').metadata.namespace).toBe('storage');
    expect(one(chart, 'ClusterRoleBinding').subjects[0].namespace).toBe('storage');
  });

  test('comes first of all with its definitions', () => {
    const chart = testChart();
    const { apiObjects } = new SnapshotController(chart, 'Controller');
    expect(apiObjects.slice(0, 4).map(({ kind }) => kind)).toEqual(['CustomResourceDefinition', 'CustomResourceDefinition', 'CustomResourceDefinition', 'Namespace']);
  });

  test('is needed by any driver that takes snapshots, with or without a class', () => {
    const chart = testChart();
    new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'driver:v1', capabilities: { snapshot: true } });
    expect(codes(chart)).toEqual(['SNP003']);
  });

  test('that is declared on the app is called that, where it is not enough', () => {
    const chart = testChart();
    SnapshotController.existing(chart.node.root, { groupSnapshots: false });
    object(chart, 'VolumeGroupSnapshot', { metadata: { name: 'all' } }, 'groupsnapshot.storage.k8s.io/v1');
    expect(Findings.of(chart).list()).toEqual([expect.objectContaining({ code: 'SNP007', message: expect.stringContaining('snapshot-controller of the app has') })]);
  });

  test('may be declared on the app, before or after who needs it', () => {
    const chart = testChart();
    new VolumeSnapshotClass(chart, 'Class', { name: 'daily', driver: CAPABLE });
    SnapshotController.existing(chart.node.root);
    expect(Findings.of(chart).list()).toEqual([]);
  });
});
