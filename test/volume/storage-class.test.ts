import { CsiDriver, Distribution, Findings, ICsiDriver, ReclaimPolicy, SecretReference, StorageClass, StorageClassProps, VolumeBindingMode } from '../../src';
import { codes, object, one, testChart, thrown, uncheckedCodes, yaml } from '../support';

const DRIVER = CsiDriver.fromDriverName('csi.example.com', { controllerServiceAccount: { name: 'controller', namespace: 'csi' }, capabilities: { expand: true } });

function storageClass(props: Partial<StorageClassProps> = {}) {
  const chart = testChart();
  new StorageClass(chart, 'Class', { name: 'fast', driver: DRIVER, ...props });
  return chart;
}

test('only what was said is written, because a class cannot be changed later', () => {
  expect(one(storageClass(), 'StorageClass')).toEqual({
    apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'csi.example.com',
  });
});

test('the controller is granted the Secrets that it reads, and not those that the kubelet does', () => {
  const by = (name: string) => SecretReference.fromName(name, 'vault');
  const chart = storageClass({
    secrets: {
      provisioner: by('create'), controllerPublish: by('attach'), controllerExpand: by('expand'), controllerModify: by('modify'),
      nodeExpand: by('grow'), nodeStage: by('stage'), nodePublish: by('mount'),
    },
  });
  expect(one(chart, 'Role').rules).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames: ['create', 'attach', 'expand', 'modify'], verbs: ['get'] }]);
  const { parameters } = one(chart, 'StorageClass');
  expect(parameters).toMatchObject({
    'csi.storage.k8s.io/controller-modify-secret-name': 'modify', 'csi.storage.k8s.io/node-expand-secret-name': 'grow', 'csi.storage.k8s.io/node-publish-secret-namespace': 'vault',
  });
  expect(Object.keys(parameters)).toHaveLength(14);
});

test('a class of which all is said, as it is written', () => {
  expect(yaml(storageClass({
    parameters: { pool: 'ssd', empty: '' },
    secrets: { provisioner: SecretReference.fromName('credentials', 'vault') },
    reclaimPolicy: ReclaimPolicy.RETAIN,
    volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER,
    expansion: true,
    mountOptions: ['noatime', 'discard'],
    isDefault: true,
  }))).toMatchSnapshot();
});

test.each([
  [{ reclaimPolicy: ReclaimPolicy.DELETE }, { reclaimPolicy: 'Delete' }],
  [{ volumeBindingMode: VolumeBindingMode.IMMEDIATE }, { volumeBindingMode: 'Immediate' }],
  [{ expansion: false }, { allowVolumeExpansion: false }],
  [{ parameters: {} }, { parameters: {} }],
  [{ mountOptions: [] }, {}],
  [{ isDefault: false }, {}],
])('what is said is written, also where it is the default: %j', (props, expected) => {
  const { apiVersion, kind, metadata, provisioner, ...said } = one(storageClass(props), 'StorageClass');
  expect([metadata, said]).toEqual([{ name: 'fast' }, expected]);
});

test('a class knows that it binds at once where nothing else is said, and whether it creates volumes where its driver says', () => {
  const classOf = (driver: ICsiDriver) => new StorageClass(testChart(), 'Class', { name: 'fast', driver });
  expect(classOf(DRIVER)).toMatchObject({ volumeBindingMode: 'Immediate', provisions: true });
  expect(classOf(CsiDriver.fromDriverName('csi.example.com')).provisions).toBeUndefined();
});

describe('the default class', () => {
  const MARK = 'storageclass.kubernetes.io/is-default-class';

  test('is marked', () => {
    expect(one(storageClass({ isDefault: true }), 'StorageClass').metadata.annotations).toEqual({ [MARK]: 'true' });
  });

  test('is one, also where the mark was made by hand', () => {
    const chart = storageClass({ isDefault: true });
    new StorageClass(chart, 'Slow', { name: 'slow', driver: DRIVER, annotations: { [MARK]: 'true' } });
    expect(codes(chart)).toEqual(['VOL001']);
  });

  test('competes with that of the distribution, also where the mark was made by hand', () => {
    const chart = testChart({ distribution: Distribution.K3S });
    new StorageClass(chart, 'Class', { name: 'fast', driver: DRIVER, annotations: { [MARK]: 'true' } });
    expect(codes(chart)).toEqual(['VOL002']);
  });

  test('is one, also where the user wrote the other one', () => {
    const chart = storageClass({ isDefault: true });
    object(chart, 'StorageClass', { metadata: { name: 'slow', annotations: { [MARK]: 'true' } }, provisioner: 'csi.example.com' }, 'storage.k8s.io/v1');
    expect(codes(chart)).toEqual(['VOL001']);
  });
});

describe('capabilities', () => {
  test('that are not declared leave expansion unchecked, and say what to declare', () => {
    const chart = storageClass({ driver: CsiDriver.fromDriverName('csi.example.com'), expansion: true });
    expect(codes(chart)).toEqual([]);
    expect(Findings.of(chart).unchecked()).toEqual([{ code: 'VOL003', path: 'chart/Class', missing: "the capabilities of the driver 'csi.example.com'" }]);
  });

  test('are not asked for where nothing needs them', () => {
    expect(uncheckedCodes(storageClass({ driver: CsiDriver.fromDriverName('csi.example.com') }))).toEqual([]);
  });
});

test.each([['fstype', 'fsType: '], ['node-stage-secret-name', 'secrets: {']])('the reserved parameter %s is told its property', (key, property) => {
  expect(thrown(() => storageClass({ parameters: { [`csi.storage.k8s.io/${key}`]: 'ext4' } }))).toMatchObject({ code: 'VOL006', fix: expect.stringContaining(property) });
});

test('a reference carries what it was told', () => {
  expect(StorageClass.fromStorageClassName('fast', { driver: DRIVER, expansion: true })).toEqual({ storageClassName: 'fast', driver: DRIVER, expansion: true });
  expect(StorageClass.fromStorageClassName('fast')).toEqual({ storageClassName: 'fast' });
});
