import { Chart } from 'cdk8s';
import { CsiDriver, ExistingCsiDriverOptions, SecretReference, SnapshotController, StorageClass, StorageClassSecrets, VolumeSnapshotClass } from '../../src';
import { markGranted } from '../../src/csi/secret-reference';
import { all, code, codes, objects, one, stderr, testChart } from '../support';

const ACCOUNT = { name: 'controller', namespace: 'csi' };
const secret = (name: string, namespace = 'vault') => SecretReference.fromName(name, namespace);

function storageClass(secrets: StorageClassSecrets, options: ExistingCsiDriverOptions = { controllerServiceAccount: ACCOUNT }): Chart {
  const chart = testChart({}, { namespace: 'apps' });
  new StorageClass(chart, 'Class', { name: 'fast', driver: CsiDriver.fromDriverName('csi.example.com', options), secrets });
  return chart;
}

describe('whoever references a Secret grants it', () => {
  test('to the driver\'s controller, by name, in the Secret\'s namespace, for reading', () => {
    const chart = storageClass({ provisioner: secret('credentials') });
    expect(one(chart, 'Role')).toMatchObject({
      metadata: { name: 'storageclass-fast-secrets', namespace: 'vault' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['credentials'], verbs: ['get'] }],
    });
    expect(one(chart, 'RoleBinding')).toMatchObject({
      metadata: { name: 'storageclass-fast-secrets', namespace: 'vault' },
      roleRef: { kind: 'Role', name: 'storageclass-fast-secrets' },
      subjects: [{ kind: 'ServiceAccount', ...ACCOUNT }],
    });
  });

  test.each<[string, StorageClassSecrets, string[]]>([
    ['one Secret for two purposes', { provisioner: secret('a'), controllerExpand: secret('a') }, ['vault: a']],
    ['two Secrets in one namespace', { provisioner: secret('a'), controllerExpand: secret('b') }, ['vault: a b']],
    ['two Secrets in two namespaces', { provisioner: secret('a'), controllerExpand: secret('b', 'other') }, ['vault: a', 'other: b']],
    ['what the kubelet reads', { nodeStage: secret('a'), nodePublish: secret('b') }, []],
    ['nothing', {}, []],
  ])('%s', (_, secrets, roles) => {
    const chart = storageClass(secrets);
    expect(all(chart, 'Role').map(role => `${role.metadata.namespace}: ${role.rules[0].resourceNames.join(' ')}`)).toEqual(roles);
    expect(all(chart, 'RoleBinding')).toHaveLength(roles.length);
    expect(codes(chart)).toEqual([]);
  });

  test('and names it in the class, for each purpose', () => {
    const secrets = { provisioner: secret('a'), controllerExpand: secret('b'), nodeStage: secret('c'), nodePublish: secret('d', 'other') };
    expect(one(storageClass(secrets), 'StorageClass').parameters).toEqual({
      'csi.storage.k8s.io/provisioner-secret-name': 'a', 'csi.storage.k8s.io/provisioner-secret-namespace': 'vault',
      'csi.storage.k8s.io/controller-expand-secret-name': 'b', 'csi.storage.k8s.io/controller-expand-secret-namespace': 'vault',
      'csi.storage.k8s.io/node-stage-secret-name': 'c', 'csi.storage.k8s.io/node-stage-secret-namespace': 'vault',
      'csi.storage.k8s.io/node-publish-secret-name': 'd', 'csi.storage.k8s.io/node-publish-secret-namespace': 'other',
    });
  });

  test('a snapshot class does the same', () => {
    const chart = testChart();
    SnapshotController.existing(chart);
    const driver = CsiDriver.fromDriverName('csi.example.com', { controllerServiceAccount: ACCOUNT });
    new VolumeSnapshotClass(chart, 'Class', { name: 'daily', driver, secrets: { snapshotter: secret('a') } });
    expect(one(chart, 'Role')).toMatchObject({ metadata: { name: 'volumesnapshotclass-daily-secrets', namespace: 'vault' }, rules: [{ resourceNames: ['a'], verbs: ['get'] }] });
    expect(one(chart, 'VolumeSnapshotClass').parameters).toEqual({
      'csi.storage.k8s.io/snapshotter-secret-name': 'a', 'csi.storage.k8s.io/snapshotter-secret-namespace': 'vault',
    });
  });

  test('by a role of its own for each class', () => {
    const chart = testChart();
    const driver = CsiDriver.fromDriverName('csi.example.com', { controllerServiceAccount: ACCOUNT });
    for (const name of ['fast', 'slow']) {
      new StorageClass(chart, name, { name, driver, secrets: { provisioner: secret('credentials') } });
    }
    expect(codes(chart)).toEqual([]);
    expect(all(chart, 'Role').map(role => role.metadata.name)).toEqual(['storageclass-fast-secrets', 'storageclass-slow-secrets']);
  });

  test.each<[string, string, string, string]>([
    ['a name that shows later opens its namespace', '${pvc.name}', 'vault', 'Role'],
    ['a namespace that shows later opens the cluster', 'credentials', '${pvc.namespace}', 'ClusterRole'],
  ])('%s, and nothing else beside it', (_, name, namespace, kind) => {
    const chart = storageClass({ provisioner: SecretReference.fromTemplate(name, namespace), controllerExpand: secret('fixed', namespace === 'vault' ? 'vault' : 'other') });
    expect([...all(chart, 'Role'), ...all(chart, 'ClusterRole')].map(role => role.kind)).toEqual([kind]);
    expect(one(chart, kind).rules).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }]);
    expect(one(chart, `${kind}Binding`).subjects).toEqual([{ kind: 'ServiceAccount', ...ACCOUNT }]);
    expect(codes(chart)).toEqual(['CSI018']);
  });

  test('a namespace with tokens is held to the form of a namespace, which has no dots', () => {
    expect(code(() => storageClass({ provisioner: SecretReference.fromTemplate('credentials', 'team.${pvc.namespace}') }))).toBe('MAN001');
  });

  test('a Secret that its maker has granted is not granted again', () => {
    expect(all(storageClass({ provisioner: markGranted(secret('credentials')) }), 'Role')).toEqual([]);
  });

  test('nobody is granted where the account is not declared, and that is a warning', () => {
    const chart = storageClass({ provisioner: secret('credentials') }, {});
    expect(codes(chart)).toEqual(['CSI007']);
    expect(stderr(() => expect(all(chart, 'Role')).toEqual([]))).toContain('CSI007');
  });
});

describe('fromDriverName', () => {
  test('knows what it was told, and no more', () => {
    expect(CsiDriver.fromDriverName('csi.example.com')).toEqual({ driverName: 'csi.example.com' });
    const options = { capabilities: { expand: true }, controllerServiceAccount: ACCOUNT, nodeServiceAccount: { name: 'node', namespace: 'csi' } };
    expect(CsiDriver.fromDriverName('csi.example.com', options)).toEqual({ driverName: 'csi.example.com', ...options });
  });

  test('writes nothing', () => {
    const chart = storageClass({});
    expect(objects(chart).map(object => object.kind)).toEqual(['StorageClass']);
  });

  test('without a name, as from an environment variable that is not set, is refused by code', () => {
    expect(() => CsiDriver.fromDriverName(process.env.NO_SUCH_VARIABLE!)).toThrow('CSI001');
  });
});
