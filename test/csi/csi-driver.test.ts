import { Chart, Duration, Size } from 'cdk8s';
import { CsiDriver, CsiDriverProps, Distribution, FsGroupPolicy, KubernetesVersion, NfsCsiDriver, NfsStorage, NodeCount, PlatformProps, SnapshotController } from '../../src';
import { all, codes, containerOf, objects, one, SERVER, testChart, thrown, yaml } from '../support';

function install(props: Partial<CsiDriverProps> = {}, platform: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(platform);
  SnapshotController.existing(chart);
  new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'example.com/driver:v1', ...props });
  return chart;
}

const ALL = { capabilities: { expand: true, snapshot: true } };
const podOf = (workload: any) => workload.spec.template.spec;
const names = (workload: any) => podOf(workload).containers.map((container: any) => container.name);
const containers = (chart: Chart) => [one(chart, 'Deployment'), one(chart, 'DaemonSet')].flatMap(workload => podOf(workload).containers);
const argument = (chart: Chart, container: string, flag: string) =>
  containerOf(one(chart, 'Deployment'), container).args.find((text: string) => text.startsWith(`--${flag}=`))?.split(/=(.*)/)[1];

test('a driver, as it is written', () => {
  expect(yaml(install(ALL))).toMatchSnapshot();
});

describe('sidecars', () => {
  test.each([
    [undefined, ['csi-provisioner']],
    [{ expand: true }, ['csi-provisioner', 'csi-resizer']],
    [{ snapshot: true }, ['csi-provisioner', 'csi-snapshotter']],
    [{ clone: true }, ['csi-provisioner']],
  ])('of %j are %j', (capabilities, expected) => {
    expect(names(one(install({ capabilities }), 'Deployment'))).toEqual(['csi-example-com', ...expected, 'liveness-probe']);
  });

  test.each([
    [KubernetesVersion.V1_27, 'RecoverVolumeExpansionFailure=false,VolumeAttributesClass=false'],
    [KubernetesVersion.V1_31, 'RecoverVolumeExpansionFailure=false,VolumeAttributesClass=false'],
    [KubernetesVersion.V1_32, 'VolumeAttributesClass=false'],
    [KubernetesVersion.V1_37, 'VolumeAttributesClass=false'],
  ])('on %s csi-resizer gets the gates %s', (kubernetes, gates) => {
    expect(argument(install(ALL, { kubernetes }), 'csi-resizer', 'feature-gates')).toBe(gates);
  });

  test('never watch pods, which would need every pod of the cluster', () => {
    expect(argument(install(ALL), 'csi-resizer', 'handle-volume-inuse-error')).toBe('false');
  });

  test.each(['csi-provisioner', 'csi-resizer', 'csi-snapshotter'])('%s elects a leader and has the driver\'s time', container => {
    const chart = install({ ...ALL, operationTimeout: Duration.minutes(20) });
    expect(argument(chart, container, 'leader-election')).toBe('true');
    expect(argument(chart, container, 'timeout')).toBe('1200s');
  });

  test('and the driver come from a mirror where one is named', () => {
    const images = (chart: Chart) => containers(chart).map(container => container.image);
    const mirrored = testChart();
    new NfsCsiDriver(mirrored, 'Driver', { imageRegistry: 'mirror.example.com:5000/k8s' });
    images(mirrored).forEach(image => expect(image).toMatch(/^mirror\.example\.com:5000\/k8s\/sig-storage\/[\w-]+:v[\d.]+$/));
    const own = install({ ...ALL, imageRegistry: 'mirror.example.com' });
    expect(images(own).filter(image => !image.startsWith('mirror.example.com/sig-storage/'))).toEqual(['example.com/driver:v1', 'example.com/driver:v1']);
  });

  test('of a snapshot-controller come from the mirror too', () => {
    const chart = testChart();
    new SnapshotController(chart, 'Controller', { imageRegistry: 'mirror.example.com/k8s' });
    expect(podOf(one(chart, 'Deployment')).containers[0].image).toMatch(/^mirror\.example\.com\/k8s\/sig-storage\/snapshot-controller:v/);
  });
});

describe('nodes', () => {
  test.each([
    [NodeCount.MULTIPLE, undefined, 2, 1],
    [NodeCount.MULTIPLE, 3, 3, 1],
    [NodeCount.MULTIPLE, 1, 1, 0],
    [NodeCount.SINGLE, undefined, 1, 0],
    [NodeCount.SINGLE, 1, 1, 0],
  ])('%s, %s replicas: %i run, with %i disruption budgets', (nodes, replicas, expected, budgets) => {
    const chart = install({ controller: { replicas } }, { nodes });
    expect(one(chart, 'Deployment').spec.replicas).toBe(expected);
    expect(all(chart, 'PodDisruptionBudget')).toHaveLength(budgets);
    expect(podOf(one(chart, 'Deployment')).affinity !== undefined).toBe(expected > 1);
  });

  test('the budget lets one pod of the controller go, and selects no other', () => {
    const chart = install();
    const { maxUnavailable, selector } = one(chart, 'PodDisruptionBudget').spec;
    expect(maxUnavailable).toBe(1);
    expect(selector).toEqual(one(chart, 'Deployment').spec.selector);
    expect(selector).not.toEqual(one(chart, 'DaemonSet').spec.selector);
  });

  test('copies on the host network must be on different nodes, others had better', () => {
    const antiAffinity = (chart: Chart) => Object.keys(podOf(one(chart, 'Deployment')).affinity.podAntiAffinity);
    expect(antiAffinity(install({ controller: { hostNetwork: true } }))).toEqual(['requiredDuringSchedulingIgnoredDuringExecution']);
    expect(antiAffinity(install())).toEqual(['preferredDuringSchedulingIgnoredDuringExecution']);
  });

  test('a rollout on the host network frees the ports first', () => {
    expect(one(install({ controller: { hostNetwork: true } }), 'Deployment').spec.strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });

  test('the node plugin runs on every Linux node, whatever its taints, and is the last to go', () => {
    expect(podOf(one(install(), 'DaemonSet'))).toMatchObject({
      tolerations: [{ operator: 'Exists' }], nodeSelector: { 'kubernetes.io/os': 'linux' }, priorityClassName: 'system-node-critical',
    });
  });
});

describe('the kubelet directory', () => {
  test.each([
    ['VANILLA', Distribution.VANILLA, '/var/lib/kubelet'],
    ['K0S', Distribution.K0S, '/var/lib/k0s/kubelet'],
    ['MICROK8S', Distribution.MICROK8S, '/var/snap/microk8s/common/var/lib/kubelet'],
    ['TKGI', Distribution.TKGI, '/var/vcap/data/kubelet'],
    ['a custom one', Distribution.custom({ name: 'own', kubeletDirectory: '/data/kubelet' }), '/data/kubelet'],
  ])('of %s is where it registers and mounts, and nowhere else', (_, distribution, directory) => {
    const chart = install({}, { distribution });
    const node = one(chart, 'DaemonSet');
    expect(containerOf(node, 'node-driver-registrar').args).toContain(`--kubelet-registration-path=${directory}/plugins/csi.example.com/csi.sock`);
    expect(containerOf(node, 'csi-example-com').volumeMounts).toContainEqual({ name: 'pods-mount-dir', mountPath: `${directory}/pods`, mountPropagation: 'Bidirectional' });
    expect(yaml(chart).match(/\/[\w/.-]*kubelet(?=\/)/g)!.filter(found => found !== directory)).toEqual([]);
  });

  test('is expected to be there: a wrong one is not created', () => {
    const types = podOf(one(install(), 'DaemonSet')).volumes.map((volume: any) => [volume.hostPath.path, volume.hostPath.type]);
    expect(types).toEqual([
      ['/var/lib/kubelet/pods', 'Directory'],
      ['/var/lib/kubelet/plugins_registry', 'Directory'],
      ['/var/lib/kubelet/plugins/csi.example.com', 'DirectoryOrCreate'],
    ]);
  });
});

describe('security', () => {
  const CONFINED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };

  test('only the node plugin\'s own container is privileged', () => {
    const chart = install(ALL);
    expect(containers(chart).filter(container => container.securityContext.privileged)).toEqual([containerOf(one(chart, 'DaemonSet'), 'csi-example-com')]);
    containers(chart).filter(container => !container.securityContext.privileged).forEach(container => expect(container.securityContext).toEqual(CONFINED));
  });

  test('a controller that mounts is privileged beside sidecars that are not', () => {
    const chart = install({ controller: { privileged: true } });
    const privileged = podOf(one(chart, 'Deployment')).containers.filter((container: any) => container.securityContext.privileged);
    expect(privileged.map((container: any) => container.name)).toEqual(['csi-example-com']);
  });

  test('where SELinux enforces, sidecars on the nodes may use the socket of a privileged driver', () => {
    const node = one(install({}, { distribution: Distribution.OPENSHIFT }), 'DaemonSet');
    for (const container of ['node-driver-registrar', 'liveness-probe']) {
      expect(containerOf(node, container).securityContext).toEqual({ ...CONFINED, seLinuxOptions: { type: 'spc_t' } });
    }
    expect(JSON.stringify(objects(install()))).not.toContain('seLinuxOptions');
  });

  test('where SELinux enforces, the controller needs nothing: its socket is labelled for the pod', () => {
    expect(JSON.stringify(one(install(ALL, { distribution: Distribution.OPENSHIFT }), 'Deployment'))).not.toContain('seLinuxOptions');
  });

  test('system calls are filtered in every pod', () => {
    const chart = install();
    ['Deployment', 'DaemonSet'].forEach(kind => expect(podOf(one(chart, kind)).securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' }));
  });

  test('every container asks for CPU and memory and has a limit on memory alone', () => {
    for (const container of containers(install(ALL))) {
      expect(Object.keys(container.resources.requests).sort()).toEqual(['cpu', 'memory']);
      expect(Object.keys(container.resources.limits)).toEqual(['memory']);
    }
  });

  test('memory limits are printed as given, each where it was given', () => {
    const chart = install({ controller: { memoryLimit: Size.gibibytes(1.5) }, node: { memoryLimit: Size.mebibytes(512) } });
    expect(containerOf(one(chart, 'Deployment'), 'csi-example-com').resources.limits).toEqual({ memory: '1.5Gi' });
    expect(containerOf(one(chart, 'DaemonSet'), 'csi-example-com').resources.limits).toEqual({ memory: '512Mi' });
  });
});

test('arguments go to the driver in the pod for which they are given', () => {
  const chart = install({ controllerArgs: ['--controller'], nodeArgs: ['--node'] });
  const argsOf = (kind: string) => containerOf(one(chart, kind), 'csi-example-com').args;
  expect([argsOf('Deployment'), argsOf('DaemonSet')]).toEqual([['--controller'], ['--node']]);
});

describe('ports', () => {
  /** Where each health endpoint listens and is asked, by container. */
  function endpoints(workload: any): string[] {
    const listen = podOf(workload).containers.flatMap((container: any) => container.args.filter((text: string) => text.startsWith('--http-endpoint=')));
    const asked = podOf(workload).containers.flatMap((container: any) => container.livenessProbe?.httpGet ?? []);
    return [...listen, ...asked.map((get: any) => `GET ${get.host ?? ''}:${get.port}${get.path}`)];
  }

  test('on the host network answer to the node only', () => {
    const chart = install({ controller: { hostNetwork: true }, node: { hostNetwork: true } });
    expect(endpoints(one(chart, 'Deployment'))).toEqual(['--http-endpoint=localhost:9808', 'GET localhost:9808/healthz']);
    expect(endpoints(one(chart, 'DaemonSet'))).toEqual([
      '--http-endpoint=localhost:9810', '--http-endpoint=localhost:9809', 'GET localhost:9809/healthz', 'GET localhost:9810/healthz',
    ]);
  });

  test('in the pod\'s own network answer to the kubelet', () => {
    expect(endpoints(one(install(), 'Deployment'))).toEqual(['--http-endpoint=:9808', 'GET :9808/healthz']);
  });

  test('that clash are told which property moves them, and what no property moves gives way otherwise', () => {
    const chart = testChart();
    SnapshotController.existing(chart, { changedBlocks: true });
    const fix = (driverName: string, props: Partial<CsiDriverProps>) => thrown(() => new CsiDriver(chart, driverName, { driverName, image: 'driver:v1', ...props }))?.fix;
    const blocks = {
      capabilities: { snapshot: true, changedBlocks: true },
      changedBlocks: { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
      controller: { hostNetwork: true },
    };
    expect(fix('a.example.com', { ...blocks, ports: { controllerHealth: 50051 } })).toBe('give this driver ports of its own: ports: { controllerHealth: … }');
    expect(fix('b.example.com', blocks)).toBeUndefined();
    expect(fix('c.example.com', { ...blocks, ports: { controllerHealth: 1024, metrics: 1030 } })).toContain('leave controller.hostNetwork out');
  });

  test('can be given one by one', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { ports: { nodeHealth: 1025 } });
    expect(endpoints(one(chart, 'Deployment'))).toContain('GET localhost:29652/healthz');
    expect(endpoints(one(chart, 'DaemonSet'))).toEqual(expect.arrayContaining(['GET localhost:1025/healthz', 'GET localhost:19809/healthz']));
  });

  test('on the host network names of the cluster still resolve', () => {
    expect(podOf(one(install({ node: { hostNetwork: true } }), 'DaemonSet'))).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
  });
});

describe('props of csi-driver-nfs that are given but undefined mean the default', () => {
  test('ports', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { ports: { controllerHealth: undefined } });
    expect(containerOf(one(chart, 'Deployment'), 'csi-nfs').livenessProbe.httpGet.port).toBe(29652);
  });

  test('the controller\'s network and privilege, without which it cannot mount', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { controller: { hostNetwork: undefined, privileged: undefined, replicas: 1 } });
    expect(podOf(one(chart, 'Deployment')).hostNetwork).toBe(true);
    expect(containerOf(one(chart, 'Deployment'), 'csi-nfs').securityContext.privileged).toBe(true);
  });

  test('the node plugin\'s network', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { node: { hostNetwork: undefined } });
    expect(podOf(one(chart, 'DaemonSet')).hostNetwork).toBe(true);
  });
});

describe('names', () => {
  test('do not depend on where the construct stands', () => {
    const deep = testChart();
    new CsiDriver(new Chart(new Chart(deep, 'x'), 'y'), 'Z', { driverName: 'csi.example.com', image: 'example.com/driver:v1' });
    expect(objects(deep)).toEqual(objects(install()));
  });

  test('have one base, which can be given', () => {
    const chart = install({ name: 'fast', namespace: 'storage' });
    expect(all(chart, 'ServiceAccount').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['storage/fast-controller', 'storage/fast-node']);
    expect(one(chart, 'CSIDriver').metadata.name).toBe('csi.example.com');
    expect(one(chart, 'Namespace').metadata.name).toBe('storage');
  });

  test('two drivers in one namespace select their own pods', () => {
    const chart = testChart();
    for (const name of ['a', 'b']) {
      new CsiDriver(chart, name, { driverName: `${name}.example.com`, image: 'driver:v1', name, namespace: 'storage', createNamespace: name === 'a' });
    }
    expect(codes(chart)).toEqual([]);
    const selectors = [...all(chart, 'Deployment'), ...all(chart, 'DaemonSet')].map(workload => JSON.stringify(workload.spec.selector.matchLabels));
    expect(new Set(selectors).size).toBe(4);
  });

  test('a namespace that is there already is not written', () => {
    expect(all(install({ createNamespace: false, namespace: 'storage' }), 'Namespace')).toEqual([]);
  });
});

describe('CSIDriver', () => {
  test('attaches nothing, and says about fsGroup only what was asked for', () => {
    expect(one(install(), 'CSIDriver').spec).toEqual({ attachRequired: false, volumeLifecycleModes: ['Persistent'] });
    expect(one(install({ fsGroupPolicy: FsGroupPolicy.NONE }), 'CSIDriver').spec.fsGroupPolicy).toBe('None');
  });

  test.each([
    ['podInfoOnMount', true], ['podInfoOnMount', false], ['requiresRepublish', true], ['seLinuxMount', true], ['seLinuxMount', false],
  ])('says %s: %s where it is asked for', (field, value) => {
    expect(one(install({ [field]: value }), 'CSIDriver').spec).toEqual({ attachRequired: false, volumeLifecycleModes: ['Persistent'], [field]: value });
  });

  test('has the release of its image, if the image tells', () => {
    const versionOf = (image: string) => new CsiDriver(testChart(), 'Driver', { driverName: 'csi.example.com', image }).version;
    expect(versionOf('example.com:5000/driver:v1.2.3')).toBe('v1.2.3');
    expect(versionOf(`example.com:5000/driver@sha256:${'a'.repeat(64)}`)).toBeUndefined();
  });

  test('tells others what it is and who runs it', () => {
    const driver = new CsiDriver(testChart(), 'Driver', { driverName: 'csi.example.com', image: 'driver:v1', capabilities: { expand: true } });
    expect(driver).toMatchObject({
      driverName: 'csi.example.com',
      capabilities: { expand: true },
      namespace: 'csi-example-com',
      controllerServiceAccount: { name: 'csi-example-com-controller', namespace: 'csi-example-com' },
      nodeServiceAccount: { name: 'csi-example-com-node', namespace: 'csi-example-com' },
    });
  });

  test('has every object at hand', () => {
    const chart = testChart();
    const storage = new NfsStorage(chart, 'Nfs', { server: SERVER });
    expect((storage.driver as NfsCsiDriver).apiObjects.map(object => object.toJson())).toEqual(objects(chart));
  });
});

test.each([
  ['/bin/sh -c "sleep 5"', "write each word by itself: ['/bin/sh', '-c', 'sleep 5']"],
  ['/driver stop', "write each word by itself: ['/driver', 'stop']"],
])('a command in one word is split: %s', (command, fix) => {
  const finding = thrown(() => new CsiDriver(testChart(), 'Driver', { driverName: 'csi.example.com', image: 'example.com/driver:v1', node: { preStopCommand: [command] } }));
  expect(finding?.message).toBe(`node.preStopCommand: there is no program called '${command}': no shell splits it`);
  expect(finding?.fix).toBe(fix);
});

describe('a driver with another name', () => {
  test('is started by that name', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'Driver', { driverName: 'nfs2.example.com' });
    ['Deployment', 'DaemonSet'].forEach(kind => expect(containerOf(one(chart, kind), 'nfs2-example-com').args).toContain('--drivername=nfs2.example.com'));
  });

  test('can be beside the first one, with a name and ports of its own', () => {
    const chart = testChart();
    new NfsCsiDriver(chart, 'First');
    new NfsCsiDriver(chart, 'Second', { driverName: 'nfs2.example.com', ports: { controllerHealth: 1024, nodeHealth: 1025, registrarHealth: 1026 } });
    expect(codes(chart)).toEqual([]);
  });
});
