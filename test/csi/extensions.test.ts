import { Chart, Duration, Size } from 'cdk8s';
import { CsiDriver, CsiDriverProps, NfsCsiDriver, NodeUpdateStrategy, SnapshotController } from '../../src';
import { all, code, containerOf, one, testChart, thrown, yaml } from '../support';

function install(props: Partial<CsiDriverProps> = {}): Chart {
  const chart = testChart();
  SnapshotController.existing(chart);
  new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'example.com/driver:v1', ...props });
  return chart;
}

const podOf = (chart: Chart, kind: string) => one(chart, kind).spec.template.spec;
const pluginOf = (chart: Chart, kind: string) => podOf(chart, kind).containers[0];
const DATA = { name: 'data', mountPath: '/etc/driver' };
const EXTRA = {
  env: [{ name: 'LOG', value: 'debug' }, { name: 'TOKEN', secretName: 'credentials' }, { name: 'HOST', fieldPath: 'status.hostIP' }],
  nodeSelector: { storage: 'yes' },
  tolerations: [{ key: 'storage', operator: 'Exists' }],
  priorityClassName: 'own',
  podLabels: { 'team': 'storage', 'app.kubernetes.io/name': 'mine' },
  podAnnotations: { note: 'read me' },
  extraVolumes: [{ name: 'data', configMap: { name: 'driver' } }],
  extraVolumeMounts: [DATA],
  extraContainers: [{ name: 'helper', image: 'example.com/helper:v1', resources: { limits: { memory: '64Mi' } } }],
  preStopCommand: ['/bin/driver', 'stop'],
  terminationGracePeriod: Duration.minutes(2),
  cpuRequest: '50m',
  memoryRequest: Size.mebibytes(100),
};

describe.each([['controller', 'Deployment'], ['node', 'DaemonSet']])('%s', (what, kind) => {
  const chart = install({ [what]: EXTRA, imagePullSecrets: ['mirror'] });
  const pod = podOf(chart, kind);
  const plugin = pluginOf(chart, kind);

  test('pods get what was added, as it was written', () => {
    expect(pod).toMatchObject({
      nodeSelector: { 'kubernetes.io/os': 'linux', 'storage': 'yes' }, priorityClassName: 'own', terminationGracePeriodSeconds: 120, imagePullSecrets: [{ name: 'mirror' }],
    });
    expect(pod.tolerations).toContainEqual({ key: 'storage', operator: 'Exists' });
    expect(pod.volumes).toContainEqual(EXTRA.extraVolumes[0]);
    expect(pod.containers).toContainEqual(EXTRA.extraContainers[0]);
  });

  test('the driver\'s container gets its own', () => {
    expect(plugin.env).toEqual(expect.arrayContaining([
      { name: 'LOG', value: 'debug' }, { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'credentials', key: 'TOKEN' } } }, { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
    ]));
    expect(plugin.volumeMounts).toContainEqual(DATA);
    expect(plugin.lifecycle).toEqual({ preStop: { exec: { command: ['/bin/driver', 'stop'] } } });
    expect(plugin.resources.requests).toEqual({ cpu: '50m', memory: '100Mi' });
  });

  test('labels of the pods never take them from their selector', () => {
    const { matchLabels } = one(chart, kind).spec.selector;
    expect(one(chart, kind).spec.template.metadata.labels).toEqual({ team: 'storage', ...matchLabels });
    expect(one(chart, kind).spec.template.metadata.annotations).toEqual({ note: 'read me' });
  });

  test('the other pods stay as they are', () => {
    const other = kind === 'Deployment' ? 'DaemonSet' : 'Deployment';
    const plain = podOf(install({ imagePullSecrets: ['mirror'] }), other);
    expect(podOf(chart, other)).toEqual(plain);
  });
});

test('an affinity of one\'s own takes the place of the default', () => {
  const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
  expect(podOf(install({ controller: { affinity } }), 'Deployment').affinity).toEqual(affinity);
});

test.each<[string, string, CsiDriverProps['node']]>([
  ['MAN001', 'a priority class', { priorityClassName: 'Own Class' }],
  ['MAN003', 'the value of a toleration', { tolerations: [{ key: 'dedicated', value: 'a b' }] }],
  ['MAN003', 'the value of a node label', { nodeSelector: { tier: 'a b' } }],
  ['MAN003', 'the value of a node label, beside a good pod label of its name', { nodeSelector: { tier: 'a b' }, podLabels: { tier: 'a' } }],
  ['MAN003', 'the value of a pod label', { podLabels: { tier: 'a b' } }],
  ['MAN003', 'the key of a pod annotation', { podAnnotations: { 'a b': 'c' } }],
])('%s: %s is held to the form of Kubernetes', (expected, _, node) => {
  expect(code(() => install({ node }))).toBe(expected);
});

describe('capabilities of Linux', () => {
  const chart = install({ capabilities: { attach: true }, controller: { addCapabilities: ['FOWNER', 'CHOWN'] } });
  const plain = install({ capabilities: { attach: true } });

  test('are added to the driver in the controller as they were written, and all others dropped', () => {
    expect(pluginOf(chart, 'Deployment').securityContext).toEqual({
      allowPrivilegeEscalation: false, capabilities: { add: ['FOWNER', 'CHOWN'], drop: ['ALL'] }, readOnlyRootFilesystem: true,
    });
  });

  test('are added to nothing else', () => {
    expect(podOf(chart, 'Deployment').containers.slice(1)).toEqual(podOf(plain, 'Deployment').containers.slice(1));
    expect(podOf(chart, 'DaemonSet')).toEqual(podOf(plain, 'DaemonSet'));
  });

  test.each([[undefined], [[]]])('that are %j leave everything as it is', addCapabilities => {
    expect(yaml(install({ controller: { addCapabilities } }))).toBe(yaml(install()));
  });

  test.each([
    [['CAP_CHOWN'], "'CAP_CHOWN' begins with CAP_", "leave the prefix out: 'CHOWN'"],
    [['cap_chown'], "'cap_chown' begins with CAP_", "leave the prefix out: 'CHOWN'"],
    [['chown'], "'chown' is not in capitals", "write 'CHOWN'"],
    [['ALL'], "'ALL' is every capability there is", 'controller: { privileged: true }'],
    [['CHOWN', 'SUPERUSER'], "Linux has no capability 'SUPERUSER'", 'capabilities(7)'],
    [['CHOWN', 'FOWNER', 'CHOWN'], "'CHOWN' is given twice", 'write each once'],
  ])('%j is answered with what is wrong and what to write', (addCapabilities, problem, fix) => {
    const finding = thrown(() => install({ controller: { addCapabilities } }));
    expect(finding).toMatchObject({ code: 'CSI013', message: expect.stringContaining(`controller.addCapabilities: ${problem}`), fix: expect.stringContaining(fix) });
  });

  test('are refused for csi-driver-nfs, whose controller is privileged unless it is said', () => {
    const finding = thrown(() => new NfsCsiDriver(testChart(), 'Driver', { controller: { addCapabilities: ['CHOWN'] } }));
    expect(finding).toMatchObject({ code: 'CSI013', path: 'chart/Driver/Driver', message: expect.stringContaining('a privileged container has every capability') });
  });
});

test.each([[undefined, '10%'], ['25%', '25%'], ['3', 3]])('with maxUnavailable %s, %s of the nodes are updated at one time', (maxUnavailable, written) => {
  expect(one(install({ node: { maxUnavailable } }), 'DaemonSet').spec.updateStrategy.rollingUpdate).toEqual({ maxUnavailable: written });
});

test('a pull Secret that is named twice is written once, as its name is a key of the list', () => {
  expect(podOf(install({ imagePullSecrets: ['a', 'b', 'a'] }), 'Deployment').imagePullSecrets).toEqual([{ name: 'a' }, { name: 'b' }]);
});

test('nodes of other systems are never selected', () => {
  expect(podOf(install({ node: { nodeSelector: { 'kubernetes.io/os': 'windows' } } }), 'DaemonSet').nodeSelector).toEqual({ 'kubernetes.io/os': 'linux' });
});

test('what is given is not changed', () => {
  const props = { controller: EXTRA, node: EXTRA };
  const before = JSON.stringify(props);
  install(props);
  expect(JSON.stringify(props)).toBe(before);
});

describe('sidecars', () => {
  test('take options each of its own', () => {
    const chart = install({
      capabilities: { attach: true },
      logLevel: 5,
      defaultFsType: 'xfs',
      sidecars: {
        provisioner: { timeout: Duration.minutes(5), workers: 50, extraArgs: ['--strict-topology=true'], memoryLimit: Size.gibibytes(1) },
        attacher: { image: `mirror/csi-attacher@sha256:${'a'.repeat(64)}` },
        livenessProbe: { timeout: Duration.seconds(10), extraArgs: ['--metrics-path=/m'], memoryLimit: Size.mebibytes(120) },
        nodeDriverRegistrar: { timeout: Duration.seconds(10), extraArgs: ['--enable-pprof=true'], memoryLimit: Size.mebibytes(130) },
      },
    });
    const controller = one(chart, 'Deployment');
    expect(containerOf(controller, 'csi-provisioner').args).toEqual([
      '--csi-address=/csi/csi.sock', '--leader-election=true', '--extra-create-metadata=true', '--feature-gates=Topology=false,VolumeAttributesClass=false', '--timeout=300s',
      '--retry-interval-max=30m', '--default-fstype=xfs', '--worker-threads=50', '--v=5', '--strict-topology=true',
    ]);
    expect(containerOf(controller, 'csi-provisioner').resources.limits).toEqual({ memory: '1Gi' });
    expect(containerOf(controller, 'csi-attacher').image).toBe(`mirror/csi-attacher@sha256:${'a'.repeat(64)}`);
    expect(containerOf(controller, 'csi-attacher').args).toContain('--timeout=60s');
    expect(containerOf(controller, 'liveness-probe').args).toEqual(expect.arrayContaining(['--probe-timeout=10s', '--metrics-path=/m']));
    expect(containerOf(one(chart, 'DaemonSet'), 'node-driver-registrar').args).toEqual(expect.arrayContaining(['--timeout=10s', '--v=5', '--enable-pprof=true']));
    for (const kind of ['Deployment', 'DaemonSet']) {
      expect(containerOf(one(chart, kind), 'liveness-probe').resources.limits).toEqual({ memory: '120Mi' });
    }
    expect(containerOf(one(chart, 'DaemonSet'), 'node-driver-registrar').resources.limits).toEqual({ memory: '130Mi' });
  });
});

test.each([[undefined, 10], [5, 10], [10, 11], [60, 61]])('with %s s for the liveness probe the kubelet waits for %i s, and never less long than the probe', (seconds, waits) => {
  const chart = install({ sidecars: { livenessProbe: { timeout: seconds === undefined ? undefined : Duration.seconds(seconds) } } });
  ['Deployment', 'DaemonSet'].forEach(kind => expect(pluginOf(chart, kind).livenessProbe.timeoutSeconds).toBe(waits));
});

describe('monitoring', () => {
  const chart = install({ capabilities: { attach: true, expand: true }, monitoring: { labels: { prometheus: 'main' }, interval: Duration.seconds(30) }, networkPolicy: true });
  const monitor = one(chart, 'PodMonitor');
  const ports = podOf(chart, 'Deployment').containers.flatMap((container: any) => container.ports ?? []);

  test('scrapes every sidecar of the controller by the name of a port that it has', () => {
    expect(monitor.spec.podMetricsEndpoints.map((endpoint: any) => endpoint.port)).toEqual(ports.map((port: any) => port.name));
    expect(monitor.spec.selector.matchLabels).toEqual(one(chart, 'Deployment').spec.selector.matchLabels);
    expect(monitor.metadata.labels).toEqual({ prometheus: 'main' });
  });

  test('gives each sidecar a port that stays when others come and go', () => {
    const portOf = (capabilities: object) => containerOf(one(install({ capabilities, monitoring: {} }), 'Deployment'), 'csi-resizer').ports[0].containerPort;
    expect(portOf({ expand: true })).toBe(portOf({ attach: true, expand: true, snapshot: true }));
  });

  test('restarts a sidecar that lost its lease and did not notice', () => {
    expect(containerOf(one(chart, 'Deployment'), 'csi-attacher').livenessProbe.httpGet).toEqual({ path: '/healthz/leader-election', port: 'attacher' });
  });

  test('is what the NetworkPolicy lets in, and nothing else', () => {
    const policy = one(chart, 'NetworkPolicy');
    expect(policy.spec.ingress[0].ports.map((port: any) => port.port)).toEqual(ports.map((port: any) => port.containerPort));
    expect(one(install({ networkPolicy: true }), 'NetworkPolicy').spec).toEqual({ podSelector: expect.anything(), policyTypes: ['Ingress'] });
  });

  test('is off unless it is asked for', () => {
    expect(all(install(), 'PodMonitor')).toEqual([]);
    expect(yaml(install())).not.toMatch(/leader-election$|982\d/m);
  });
});

test('port names fit into 15 characters, and are unique', () => {
  const chart = testChart();
  SnapshotController.existing(chart, { groupSnapshots: true, changedBlocks: true });
  new CsiDriver(chart, 'Driver', {
    driverName: 'csi.example.com', image: 'example.com/driver:v1', monitoring: {},
    capabilities: { attach: true, expand: true, snapshot: true, health: true, changedBlocks: true },
    changedBlocks: { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
  });
  const names = podOf(chart, 'Deployment').containers.flatMap((container: any) => container.ports ?? []).map((port: any) => port.name);
  expect(names).toHaveLength(new Set(names).size);
  names.forEach((name: string) => expect(name).toMatch(/^[a-z][a-z-]{0,14}$/));
});

describe('permissions of the driver itself', () => {
  const permissions = [{ resource: 'nodes', verbs: ['get'] }, { apiGroup: 'coordination.k8s.io', resource: 'leases', verbs: ['delete'], ownNamespace: true }];

  test('of the node plugin are a role of its own, and bring it a token', () => {
    const chart = install({ node: { permissions } });
    expect(one(chart, 'ClusterRole', 'csi.example.com-node').rules).toEqual([{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }]);
    expect(one(chart, 'ClusterRoleBinding', 'csi.example.com-node').subjects).toEqual([{ kind: 'ServiceAccount', name: 'csi-example-com-node', namespace: 'csi-example-com' }]);
    expect(one(chart, 'Role', 'csi-example-com-node').rules).toEqual([{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['delete'] }]);
    expect(podOf(chart, 'DaemonSet').automountServiceAccountToken).toBe(true);
  });

  test('of the controller go beside those of its sidecars', () => {
    const chart = install({ controller: { permissions } });
    expect(one(chart, 'ClusterRole').rules).toContainEqual({ apiGroups: [''], resources: ['nodes'], verbs: ['get'] });
    expect(one(chart, 'Role').rules).toEqual([{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update', 'delete'] }]);
    expect(podOf(chart, 'DaemonSet').automountServiceAccountToken).toBe(false);
  });
});

test('node plugins whose mounts would die with them wait until somebody deletes them', () => {
  expect(one(install({ node: { updateStrategy: NodeUpdateStrategy.ON_DELETE } }), 'DaemonSet').spec.updateStrategy).toEqual({ type: 'OnDelete' });
});
