import { Chart, Duration } from 'cdk8s';
import { CsiCapabilities, CsiDriver, CsiDriverProps, Findings, KubernetesVersion, PlatformProps, SnapshotController } from '../../src';
import { all, code, containerOf, one, testChart, yaml } from '../support';

const CHANGED_BLOCKS = { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' };

function install(capabilities: CsiCapabilities, platform: Partial<PlatformProps> = {}, props: Partial<CsiDriverProps> = {}): Chart {
  const chart = testChart(platform);
  SnapshotController.existing(chart, { groupSnapshots: true, changedBlocks: true });
  new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'example.com/driver:v1', capabilities, ...props });
  return chart;
}

const specOf = (chart: Chart) => one(chart, 'CSIDriver').spec;
const podOf = (chart: Chart, kind: string) => one(chart, kind).spec.template.spec;
const sidecars = (chart: Chart) => podOf(chart, 'Deployment').containers.slice(1, -1).map((container: any) => container.image.replace(/^.*\//, ''));
const rules = (chart: Chart, kind = 'ClusterRole') => one(chart, kind).rules.map((rule: any) => `${rule.apiGroups}/${rule.resources}: ${rule.verbs.join(' ')}`);
const args = (chart: Chart, sidecar: string): string[] => containerOf(one(chart, 'Deployment'), sidecar).args;
const mounts = (chart: Chart) => podOf(chart, 'DaemonSet').containers[0].volumeMounts;

test('a driver that can do everything, as it is written', () => {
  expect(yaml(install({
    attach: true, expand: true, snapshot: true, groupSnapshot: true, clone: true, modify: true, topology: true, capacity: true, stage: true, block: true, inline: true,
    tokens: [{ audience: 'vault', expiration: Duration.hours(2) }], health: true, changedBlocks: true,
  }, {}, { changedBlocks: CHANGED_BLOCKS, monitoring: { interval: Duration.minutes(1), labels: { prometheus: 'main' } }, networkPolicy: true }))).toMatchSnapshot();
});

test.each<[string, CsiCapabilities, string[]]>([
  ['attach', { attach: true }, ['csi-provisioner:v6.3.0', 'csi-attacher:v4.12.0']],
  ['attach, of volumes that are there', { provision: false, attach: true }, ['csi-attacher:v4.12.0']],
  ['modify', { modify: true }, ['csi-provisioner:v6.3.0', 'csi-resizer:v2.2.0']],
  ['health', { health: true }, ['csi-provisioner:v6.3.0', 'csi-external-health-monitor-controller:v0.18.0']],
  ['topology and capacity, which csi-provisioner does itself', { topology: true, capacity: true }, ['csi-provisioner:v6.3.0']],
  ['what only nodes do', { stage: true, block: true, inline: true, tokens: [{ audience: '' }], clone: true }, ['csi-provisioner:v6.3.0']],
])('%s adds its sidecar and no other', (_, capabilities, expected) => {
  expect(sidecars(install(capabilities))).toEqual(expected);
});

test('a driver without any sidecar has no controller', () => {
  expect(all(install({ provision: false, inline: true }), 'Deployment')).toEqual([]);
});

describe('attach', () => {
  const attached = install({ attach: true });

  test('is what the CSIDriver says, so that the kubelet waits', () => {
    expect(specOf(attached).attachRequired).toBe(true);
    expect(specOf(install({})).attachRequired).toBe(false);
  });

  test('lets the attacher write attachments, and the provisioner look at them', () => {
    expect(rules(attached)).toEqual(expect.arrayContaining([
      'storage.k8s.io/volumeattachments: list watch patch', 'storage.k8s.io/volumeattachments/status: patch', 'storage.k8s.io/csinodes: list watch',
    ]));
    expect(rules(install({}))).not.toEqual(expect.arrayContaining([expect.stringContaining('volumeattachments')]));
  });

  test('shows the node plugin the devices', () => {
    expect(mounts(attached)).toContainEqual({ name: 'device-dir', mountPath: '/dev' });
    expect(mounts(install({})).map((mount: any) => mount.mountPath)).toEqual(['/csi', '/var/lib/kubelet/pods']);
  });
});

test.each<[CsiCapabilities]>([[{ stage: true }], [{ block: true }]])('%j lets the node plugin mount below the kubelet\'s plugins', capabilities => {
  expect(mounts(install(capabilities))).toContainEqual({ name: 'plugins-dir', mountPath: '/var/lib/kubelet/plugins', mountPropagation: 'Bidirectional' });
});

test.each<[CsiCapabilities, boolean]>([[{ block: true }, true], [{ stage: true }, false]])('%j shows the node plugin the devices: %s', (capabilities, shown) => {
  expect(mounts(install(capabilities)).some((mount: any) => mount.mountPath === '/dev')).toBe(shown);
});

describe('modify', () => {
  test.each([
    [KubernetesVersion.V1_31, ['csi-provisioner:v5.3.0', 'csi-resizer:v1.14.0'], 'RecoverVolumeExpansionFailure=false,VolumeAttributesClass=true'],
    [KubernetesVersion.V1_33, ['csi-provisioner:v5.3.0', 'csi-resizer:v1.14.0'], 'VolumeAttributesClass=true'],
  ])('uses the last releases that speak the beta on %s', (kubernetes, expected, gates) => {
    const chart = install({ modify: true }, { kubernetes });
    Findings.of(chart).acknowledge('CSI015', 'switched on');
    expect(sidecars(chart)).toEqual(expected);
    expect(args(chart, 'csi-provisioner')).toContain('--feature-gates=Topology=false,VolumeAttributesClass=true');
    expect(args(chart, 'csi-resizer')).toContain(`--feature-gates=${gates}`);
  });

  test('leaves the gate alone where the API is v1, as the sidecars look for it themselves', () => {
    const chart = install({ modify: true }, { kubernetes: KubernetesVersion.V1_34 });
    expect([...args(chart, 'csi-provisioner'), ...args(chart, 'csi-resizer')].filter(argument => argument.includes('VolumeAttributesClass'))).toEqual([]);
  });

  test('lets the provisioner get the class of a claim, which its own rbac.yaml forgets', () => {
    expect(rules(install({ modify: true, expand: false }))).toContain('storage.k8s.io/volumeattributesclasses: get list watch');
  });
});

describe('capacity', () => {
  const chart = install({ capacity: true });

  test('is announced, published and owned by the Deployment', () => {
    expect(specOf(chart).storageCapacity).toBe(true);
    expect(args(chart, 'csi-provisioner')).toEqual(expect.arrayContaining(['--enable-capacity=true', '--capacity-ownerref-level=2']));
    expect(containerOf(one(chart, 'Deployment'), 'csi-provisioner').env.map((variable: any) => variable.name)).toEqual(['NAMESPACE', 'POD_NAME']);
  });

  test('is written in the driver\'s namespace only', () => {
    expect(rules(chart, 'Role')).toEqual([
      '/pods: get', 'apps/replicasets: get', 'coordination.k8s.io/leases: get create update', 'storage.k8s.io/csistoragecapacities: list watch create update delete',
    ]);
  });

  test('takes the segments of the nodes', () => {
    expect(rules(chart)).toEqual(expect.arrayContaining(['/nodes: list watch', 'storage.k8s.io/csinodes: list watch']));
  });
});

test('inline volumes are announced, with what the driver needs to tell them from others', () => {
  expect(specOf(install({ inline: true }))).toMatchObject({ volumeLifecycleModes: ['Persistent', 'Ephemeral'], podInfoOnMount: true });
});

test('tokens are asked for, with the time that they are valid', () => {
  expect(specOf(install({ tokens: [{ audience: '' }, { audience: 'vault', expiration: Duration.hours(1) }] })).tokenRequests)
    .toEqual([{ audience: '' }, { audience: 'vault', expirationSeconds: 3600 }]);
});

test('group snapshots switch the gate on; plain ones off, as csi-snapshotter 8.7 has it on by itself', () => {
  expect(args(install({ snapshot: true, groupSnapshot: true }), 'csi-snapshotter')).toContain('--feature-gates=CSIVolumeGroupSnapshot=true');
  expect(args(install({ snapshot: true }), 'csi-snapshotter')).toContain('--feature-gates=CSIVolumeGroupSnapshot=false');
});

describe('changed blocks', () => {
  const chart = install({ snapshot: true, changedBlocks: true }, {}, { changedBlocks: CHANGED_BLOCKS });

  test('are served by a Service that clients find by the driver\'s name and trust by its certificate', () => {
    const { metadata, spec } = one(chart, 'SnapshotMetadataService');
    const service = one(chart, 'Service');
    expect(metadata).toEqual({ name: 'csi.example.com' });
    expect(spec).toEqual({
      address: `${service.metadata.name}.${service.metadata.namespace}:${service.spec.ports[0].port}`, audience: 'csi.example.com',
      caCert: Buffer.from(CHANGED_BLOCKS.caCertificate).toString('base64'),
    });
    expect(service.spec.selector).toEqual(one(chart, 'Deployment').spec.selector.matchLabels);
    expect(args(chart, 'csi-snapshot-metadata')).toContain(`--port=${service.spec.ports[0].targetPort}`);
  });

  test('are for tokens that are made out for the driver, or for whom is said', () => {
    const own = install({ snapshot: true, changedBlocks: true }, {}, { changedBlocks: { ...CHANGED_BLOCKS, audience: 'backup' } });
    expect(one(own, 'SnapshotMetadataService').spec.audience).toBe('backup');
  });

  test('are served with the certificate of a Secret, whose name is checked', () => {
    const mounted = containerOf(one(chart, 'Deployment'), 'csi-snapshot-metadata').volumeMounts.find((mount: any) => mount.mountPath === '/certificates');
    expect(mounted.readOnly).toBe(true);
    expect(podOf(chart, 'Deployment').volumes).toContainEqual({ name: mounted.name, secret: { secretName: 'tls' } });
    expect(code(() => install({ snapshot: true, changedBlocks: true }, {}, { changedBlocks: { ...CHANGED_BLOCKS, tlsSecretName: 'A B' } }))).toBe('MAN001');
  });

  test('are all that a NetworkPolicy lets in without monitoring', () => {
    const closed = install({ snapshot: true, changedBlocks: true }, {}, { changedBlocks: CHANGED_BLOCKS, networkPolicy: true });
    expect(one(closed, 'NetworkPolicy').spec.ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 50051 }] }]);
  });

  test('come from every copy of the controller, none of which is elected, once it is ready', () => {
    expect(args(chart, 'csi-snapshot-metadata').some(argument => argument.includes('leader-election'))).toBe(false);
    expect(containerOf(one(chart, 'Deployment'), 'csi-snapshot-metadata').readinessProbe.httpGet.path).toBe('/health');
  });

  test('leave their CRD to the cluster, which is applied first', () => {
    expect(all(chart, 'CustomResourceDefinition')).toEqual([]);
    const cluster = testChart();
    new SnapshotController(cluster, 'Snapshots', { changedBlocks: true });
    expect(all(cluster, 'CustomResourceDefinition').map(crd => crd.metadata.name)).toContain('snapshotmetadataservices.cbt.storage.k8s.io');
  });
});

test('topology is off in csi-provisioner where it is not declared, so that a program which has it all the same does not make it wait for nodes', () => {
  const gates = (capabilities: CsiCapabilities) => args(install(capabilities), 'csi-provisioner').find(argument => argument.startsWith('--feature-gates'));
  expect(gates({ modify: true })).toBe('--feature-gates=Topology=false');
  expect(gates({ modify: true, topology: true })).toBeUndefined();
  expect(gates({ modify: true, capacity: true })).toBeUndefined();
});
