import { Chart } from 'cdk8s';
import { CsiCapabilities, CsiDriver, Distribution, KubernetesVersion, NfsCsiDriver, PlatformProps, SnapshotController } from '../../src';
import { all, objects, one, testChart } from '../support';

function install(capabilities?: CsiCapabilities, platform: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(platform);
  SnapshotController.existing(chart);
  new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'example.com/driver:v1', capabilities });
  return chart;
}

/** A role as lines of `group/resource: verbs`. */
function lines(role: any): string[] {
  return role.rules.map((rule: any) => `${rule.apiGroups.join()}/${rule.resources.join()}: ${rule.verbs.join(' ')}`);
}

const PROVISION = [
  '/events: create patch',
  '/persistentvolumeclaims: list watch update',
  '/persistentvolumes: list watch create patch delete',
  'storage.k8s.io/storageclasses: list watch',
];
const EXPAND = [
  '/events: create patch',
  '/persistentvolumeclaims: list watch',
  '/persistentvolumeclaims/status: patch',
  '/persistentvolumes: list watch patch',
];
const SNAPSHOT = [
  '/events: create patch',
  'snapshot.storage.k8s.io/volumesnapshotclasses: list watch',
  'snapshot.storage.k8s.io/volumesnapshotcontents: get list watch patch',
  'snapshot.storage.k8s.io/volumesnapshotcontents/status: update patch',
];

describe('what a driver\'s controller may do in the cluster is exactly what its capabilities need', () => {
  test.each<[string, CsiCapabilities | undefined, string[]]>([
    ['provisioning only, the default', undefined, PROVISION],
    ['provisioning only, said', { provision: true }, PROVISION],
    ['cloning, which gets the volume that is copied', { clone: true }, PROVISION.map(line => line.replace('/persistentvolumes: list', '/persistentvolumes: get list'))],
    ['expansion only', { provision: false, expand: true }, EXPAND],
    ['snapshots only', { provision: false, snapshot: true }, SNAPSHOT],
    ['provisioning and expansion', { expand: true }, [
      '/events: create patch',
      '/persistentvolumeclaims: list watch update',
      '/persistentvolumeclaims/status: patch',
      '/persistentvolumes: list watch create patch delete',
      'storage.k8s.io/storageclasses: list watch',
    ]],
    ['provisioning and snapshots', { snapshot: true }, [
      ...PROVISION.slice(0, 3),
      'snapshot.storage.k8s.io/volumesnapshotclasses: list watch',
      'snapshot.storage.k8s.io/volumesnapshotcontents: get list watch patch',
      'snapshot.storage.k8s.io/volumesnapshotcontents/status: update patch',
      'snapshot.storage.k8s.io/volumesnapshots: get list watch update',
      'storage.k8s.io/storageclasses: list watch',
    ]],
  ])('%s', (_, capabilities, expected) => {
    expect(lines(one(install(capabilities), 'ClusterRole'))).toEqual(expected);
  });

  test('where csi-provisioner is the last release for the beta, snapshots are only got', () => {
    const chart = install({ modify: true, snapshot: true }, { kubernetes: KubernetesVersion.V1_33 });
    expect(lines(one(chart, 'ClusterRole'))).toContain('snapshot.storage.k8s.io/volumesnapshots: get');
  });

  test('where csi-provisioner is the last release for the beta, it gets the node of a pod, which it otherwise watches', () => {
    expect(lines(one(install({ modify: true }, { kubernetes: KubernetesVersion.V1_33 }), 'ClusterRole'))).toContain('/nodes: get');
    expect(lines(one(install({ modify: true }), 'ClusterRole')).join()).not.toContain('nodes');
  });

  test('csi-attacher alone writes the events of its election, in its own namespace; beside others it need not be said twice', () => {
    expect(lines(one(install({ provision: false, attach: true }), 'Role'))).toEqual(['/events: create patch', 'coordination.k8s.io/leases: get create update']);
    expect(lines(one(install({ attach: true }), 'Role'))).toEqual(['coordination.k8s.io/leases: get create update']);
  });

  test('nothing at all, and no controller, where there is no sidecar', () => {
    const kinds = objects(install({ provision: false })).map(object => object.kind);
    expect(kinds).toEqual(['Namespace', 'CSIDriver', 'ServiceAccount', 'DaemonSet']);
  });

  test.each<[string, (chart: Chart) => unknown]>([
    ['any driver', chart => new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'driver:v1', capabilities: { expand: true, snapshot: true, clone: true } })],
    ['csi-driver-nfs', chart => new NfsCsiDriver(chart, 'Driver', { snapshots: true })],
  ])('never more: %s reads no Secrets, nodes, attachments or pods cluster-wide, and uses no wildcard', (_, build) => {
    const chart = testChart();
    SnapshotController.existing(chart);
    build(chart);
    const text = lines(one(chart, 'ClusterRole')).join('\n');
    expect(text).not.toMatch(/secrets|nodes|volumeattachments|\/pods|\*/);
  });

  test('csi-driver-nfs without snapshots has no word of them', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver');
    expect(JSON.stringify(objects(chart))).not.toContain('snapshot');
  });
});

describe('accounts', () => {
  const written = install();

  test('leader election is allowed in the driver\'s own namespace only', () => {
    const role = one(written, 'Role');
    expect(role.metadata).toMatchObject({ name: 'csi-example-com-controller', namespace: 'csi-example-com' });
    expect(lines(role)).toEqual(['coordination.k8s.io/leases: get create update']);
  });

  test('only the controller\'s account is bound', () => {
    const subjects = [...all(written, 'ClusterRoleBinding'), ...all(written, 'RoleBinding')].flatMap(binding => binding.subjects);
    expect(subjects).not.toEqual([]);
    subjects.forEach(subject => expect(subject).toEqual({ kind: 'ServiceAccount', name: 'csi-example-com-controller', namespace: 'csi-example-com' }));
  });

  test('only pods of the controller get a token', () => {
    all(written, 'ServiceAccount').forEach(account => expect(account.automountServiceAccountToken).toBe(false));
    expect(one(written, 'Deployment').spec.template.spec.automountServiceAccountToken).toBe(true);
    expect(one(written, 'DaemonSet').spec.template.spec.automountServiceAccountToken).toBe(false);
  });

  test('each role that is bound is written, and each that is written is bound', () => {
    const references = (kind: string) => all(written, `${kind}Binding`).map(binding => binding.roleRef.name);
    expect(references('ClusterRole')).toEqual(all(written, 'ClusterRole').map(role => role.metadata.name));
    expect(references('Role')).toEqual(all(written, 'Role').map(role => role.metadata.name));
  });
});

describe('OpenShift', () => {
  const OPENSHIFT = { distribution: Distribution.OPENSHIFT };
  const privileged = (chart: Chart) => all(chart, 'RoleBinding').filter(binding => binding.roleRef.name === 'system:openshift:scc:privileged');

  test('lets the node plugin be privileged, in its own namespace', () => {
    const [binding, ...more] = privileged(install(undefined, OPENSHIFT));
    expect(more).toEqual([]);
    expect(binding).toMatchObject({ metadata: { namespace: 'csi-example-com' }, roleRef: { kind: 'ClusterRole' } });
    expect(binding.subjects.map((subject: any) => subject.name)).toEqual(['csi-example-com-node']);
  });

  test('lets a controller that mounts be privileged too', () => {
    const chart = testChart(OPENSHIFT);
    new NfsCsiDriver(chart, 'Driver');
    expect(privileged(chart)[0].subjects.map((subject: any) => subject.name)).toEqual(['csi-nfs-node', 'csi-nfs-controller']);
  });

  test('lets a controller use the network of its node', () => {
    const chart = testChart(OPENSHIFT);
    new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'driver:v1', controller: { hostNetwork: true } });
    expect(privileged(chart)[0].subjects.map((subject: any) => subject.name)).toEqual(['csi-example-com-node', 'csi-example-com-controller']);
  });

  test('lets a controller have capabilities beyond what every pod may have', () => {
    const chart = testChart(OPENSHIFT);
    new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'driver:v1', controller: { addCapabilities: ['CHOWN'] } });
    expect(privileged(chart)[0].subjects.map((subject: any) => subject.name)).toEqual(['csi-example-com-node', 'csi-example-com-controller']);
  });

  test('is the only one that gets such a binding', () => {
    expect(privileged(install())).toEqual([]);
  });
});
