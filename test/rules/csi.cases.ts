import { Chart, Duration, Size } from 'cdk8s';
import { Cases, nowhere } from './case';
import { GLUSTER_CLASSES } from './gluster-legacy.cases';
import {
  CsiDriver, CsiDriverProps, Distribution, Findings, KubernetesVersion, Namespace, NfsCsiDriver, NodeCount, NodeUpdateStrategy, PlatformProps, PodSecurityLevel,
  SecretReference, SnapshotController, StorageClass,
} from '../../src';
import { existingNfs, nfs, object, testChart } from '../support';

function driver(props: Partial<CsiDriverProps> = {}, platform: Partial<PlatformProps> = {}, chart = testChart(platform)) {
  return new CsiDriver(chart, `Driver-${chart.node.children.length}`, { driverName: 'csi.example.com', image: 'example.com/driver:v1', ...props });
}

/** Two drivers that share nothing but what is given. */
function two(first: Partial<CsiDriverProps>, second: Partial<CsiDriverProps>) {
  const chart = testChart();
  driver(first, {}, chart);
  return driver({ driverName: 'other.example.com', ...second }, {}, chart);
}

/** A driver in a namespace that the user writes. */
function inNamespace(podSecurity?: PodSecurityLevel, platform: Partial<PlatformProps> = {}) {
  const chart = testChart(platform);
  new Namespace(chart, 'Namespace', { name: 'storage', podSecurity });
  return driver({ namespace: 'storage', createNamespace: false }, platform, chart);
}

function classWithSecret(account: boolean) {
  return new StorageClass(testChart(), 'Class', {
    name: 'fast',
    driver: existingNfs(account ? undefined : {}),
    parameters: { server: 'nfs.example.com', share: '/exports' },
    secrets: { provisioner: SecretReference.fromName('credentials', 'storage') },
  });
}

function classBeside(provisioner: string, kubernetes = KubernetesVersion.V1_35) {
  return object(testChart({ kubernetes }), 'StorageClass', { metadata: { name: 'old' }, provisioner }, 'storage.k8s.io/v1');
}

function rawClass(provisioner: string) {
  const chart = testChart();
  nfs(chart).addStorageClass('fast');
  object(chart, 'StorageClass', { metadata: { name: 'old' }, provisioner, parameters: { server: 'nfs.example.com', path: '/share', readOnly: 'false' } }, 'storage.k8s.io/v1');
  return chart;
}

/** A driver with a snapshot-controller that also takes group snapshots. */
function withSnapshots(props: Partial<CsiDriverProps>, platform: Partial<PlatformProps> = {}) {
  const chart = testChart(platform);
  SnapshotController.existing(chart, { groupSnapshots: true, changedBlocks: true });
  return driver(props, platform, chart);
}

/** A class whose Secret has a name of this kind. */
function classWithTemplate(name: string, namespace: string) {
  return new StorageClass(testChart(), 'Class', {
    name: 'fast',
    driver: CsiDriver.fromDriverName('csi.example.com', { controllerServiceAccount: { name: 'csi-controller', namespace: 'csi' } }),
    secrets: { provisioner: SecretReference.fromTemplate(name, namespace) },
  });
}

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const CHANGED_BLOCKS = { tlsSecretName: 'tls', caCertificate: PEM };
const HOST = { controller: { hostNetwork: true }, node: { hostNetwork: true } };
const OTHER_PORTS = { controllerHealth: 1024, nodeHealth: 1025, registrarHealth: 1026 };
const LONG = `${'a'.repeat(59)}.com`;

export const CSI_CASES: Cases = {
  CSI001: {
    trips: {
      'capitals': () => driver({ driverName: 'CSI.example.com' }),
      'an underscore': () => driver({ driverName: 'my_driver' }),
      'nothing': () => driver({ driverName: '' }),
      '64 characters': () => driver({ driverName: `a${LONG}` }),
      'a path, as the provisioners of old': nowhere(() => CsiDriver.fromDriverName('example.com/provisioner')),
    },
    passes: {
      '63 characters': () => driver({ driverName: LONG, name: 'short' }),
    },
  },
  CSI002: {
    trips: {
      'a long name below a deep directory': () => driver({ driverName: LONG, name: 'short' }, { distribution: Distribution.MICROK8S }),
      'a name whose registration no longer fits, although its own socket does': () => driver({ driverName: `${'a'.repeat(36)}.com`, name: 'short' }, { distribution: Distribution.MICROK8S }),
      'a deep directory': () => driver({}, { distribution: Distribution.custom({ name: 'own', kubeletDirectory: `/${'d'.repeat(80)}` }) }),
    },
    passes: {
      'a short name below a deep directory': () => driver({}, { distribution: Distribution.MICROK8S }),
      'the longest name below a deep directory': () => driver({ driverName: `${'a'.repeat(35)}.com`, name: 'short' }, { distribution: Distribution.MICROK8S }),
    },
  },
  CSI003: {
    trips: {
      'one driver twice': () => two({}, { driverName: 'csi.example.com', name: 'other' }),
      'two storages that each bring their own': () => {
        const chart = testChart();
        new NfsCsiDriver(chart, 'Driver');
        return nfs(chart, { driver: undefined });
      },
    },
    passes: {
      'two drivers': () => two({}, {}),
      'one driver for two storages': () => {
        const chart = testChart();
        return nfs(chart, { driver: new NfsCsiDriver(chart, 'Driver') });
      },
    },
  },
  CSI004: {
    trips: {
      'two drivers on the same host ports': () => two(HOST, HOST),
      'a controller on the port of another one\'s node plugin': () => two(HOST, { controller: { hostNetwork: true }, ports: { controllerHealth: 9809 } }),
      'a port twice in one pod': () => driver({ ports: { nodeHealth: 9000, registrarHealth: 9000 } }),
      'one driver that uses a port twice': () => driver({ ...HOST, ports: { nodeHealth: 9810 } }),
      'a second csi-driver-nfs on the ports of the first': () => {
        const chart = testChart();
        new NfsCsiDriver(chart, 'First');
        return new NfsCsiDriver(chart, 'Second', { driverName: 'nfs2.example.com', name: 'csi-nfs2', ports: { nodeHealth: 29653 } });
      },
      'metrics on the port of the health endpoint': () => driver({ monitoring: {}, ports: { controllerHealth: 9820 } }),
      'metrics on the port of changed blocks': () => withSnapshots({ capabilities: { snapshot: true, changedBlocks: true }, changedBlocks: CHANGED_BLOCKS, ports: { controllerHealth: 50051 } }),
      'changed blocks of two drivers on the host network': () => {
        const blocks = { capabilities: { snapshot: true, changedBlocks: true }, changedBlocks: CHANGED_BLOCKS, controller: { hostNetwork: true } };
        const first = withSnapshots(blocks);
        return driver({ driverName: 'other.example.com', ...blocks, ports: { ...OTHER_PORTS, metrics: 1030 } }, {}, first.node.scope as Chart);
      },
      'metrics on the port of another driver\'s node plugin': () => two(
        { node: { hostNetwork: true }, ports: { nodeHealth: 9820 } }, { controller: { hostNetwork: true }, monitoring: {}, ports: OTHER_PORTS },
      ),
    },
    passes: {
      'two drivers without a controller, whatever is said of it': () => {
        const mounts = { capabilities: { provision: false }, controller: { hostNetwork: true } };
        return two(mounts, mounts);
      },
      'the same ports in the pods\' own networks': () => two({}, {}),
      'ports of its own': () => two(HOST, { ...HOST, ports: OTHER_PORTS }),
      'a port twice, in two pods of their own networks': () => driver({ ports: { nodeHealth: 9811, controllerHealth: 9811 } }),
    },
  },
  CSI005: {
    trips: {
      'no replica': () => driver({ controller: { replicas: 0 } }),
      'metrics that would run past the last port': () => driver({ monitoring: {}, ports: { metrics: 65531 } }),
      'a number for a duration': () => driver({ operationTimeout: 60 as any }),
      'nothing in a list': () => driver({ nodeArgs: [undefined as any] }),
      'half a MiB more memory than its limit': () => driver({ node: { memoryLimit: Size.mebibytes(64.2), memoryRequest: Size.mebibytes(64.7) } }),
      'eleven replicas': () => driver({ controller: { replicas: 11 } }),
      'more than a thousand workers': () => driver({ sidecars: { provisioner: { workers: 1001 } } }),
      'half a replica': () => driver({ controller: { replicas: 1.5 } }),
      'two replicas on one node': () => driver({ controller: { replicas: 2 } }, { nodes: NodeCount.SINGLE }),
      'port 0': () => driver({ ports: { nodeHealth: 0 } }),
      'port 65536': () => driver({ ports: { registrarHealth: 65536 } }),
      'less memory than the container asks for': () => driver({ node: { memoryLimit: Size.mebibytes(20) } }),
      'a memory limit in the wrong unit': () => driver({ controller: { memoryLimit: Size.kibibytes(512) } }),
      'no time': () => driver({ operationTimeout: Duration.seconds(0) }),
      'half a second': () => driver({ operationTimeout: Duration.millis(500) }),
      'more than a day': () => driver({ operationTimeout: Duration.days(2) }),
      'more memory than its limit': () => driver({ node: { memoryRequest: Size.gibibytes(1) } }),
      'a log level of 11': () => driver({ logLevel: 11 }),
      'a sidecar without workers': () => driver({ sidecars: { provisioner: { workers: 0 } } }),
      'a sidecar without time': () => driver({ sidecars: { provisioner: { timeout: Duration.seconds(0) } } }),
      'a sidecar with less memory than it asks for': () => driver({ sidecars: { livenessProbe: { memoryLimit: Size.mebibytes(10) } } }),
      'a node that is asked every second': () => driver({ nodeAllocatableUpdatePeriod: Duration.seconds(1) }),
      'a capability that there is not': () => driver({ capabilities: { snapshots: true } as any }),
      'a capability of a driver from elsewhere that there is not': nowhere(() => CsiDriver.fromDriverName('csi.example.com', { capabilities: { expansion: true } as any })),
      'a day and more to stop': () => driver({ node: { terminationGracePeriod: Duration.days(2) } }),
    },
    passes: {
      'ten replicas': () => driver({ controller: { replicas: 10 } }),
      'three replicas': () => driver({ controller: { replicas: 3 } }),
      'port 65535': () => driver({ ports: { registrarHealth: 65535 } }),
      'the least memory': () => driver({ node: { memoryLimit: Size.mebibytes(64) } }),
      'metrics up to the last port': () => driver({ monitoring: {}, ports: { metrics: 65530 } }),
      'as much memory as its limit': () => driver({ node: { memoryLimit: Size.gibibytes(0.1), memoryRequest: Size.gibibytes(0.1) } }),
      'a capability that there is not, of which nothing is said': () => driver({ capabilities: { snapshots: undefined } as any }),
      'an hour': () => driver({ operationTimeout: Duration.hours(1) }),
      'no log, and a sidecar of one\'s own making': () => driver({
        logLevel: 0, sidecars: { provisioner: { workers: 1, timeout: Duration.hours(1), memoryLimit: Size.mebibytes(40), extraArgs: ['--strict-topology=true'] } },
      }),
      'a node that is asked every ten seconds': () => driver({ nodeAllocatableUpdatePeriod: Duration.seconds(10) }),
    },
  },
  CSI006: {
    trips: {
      'an image without a tag': () => driver({ image: 'example.com/driver' }),
      'an image without a tag, below a port': () => driver({ image: 'example.com:5000/driver' }),
      'an image with a scheme': () => driver({ image: 'https://example.com/driver:v1' }),
      'half a digest': () => driver({ image: 'example.com/driver@sha256:abc' }),
      'a snapshot-controller without a tag': () => new SnapshotController(testChart(), 'Controller', { image: 'mirror.example.com/snapshot-controller' }),
      'no image': () => driver({ image: '' }),
      'whatever is the latest': () => driver({ image: 'example.com/driver:latest' }),
      'a registry with a scheme': () => driver({ imageRegistry: 'https://mirror.example.com' }),
      'a registry with a slash at its end': () => driver({ imageRegistry: 'mirror.example.com/' }),
      'no registry': () => new NfsCsiDriver(testChart(), 'Driver', { imageRegistry: '' }),
    },
    passes: {
      'a digest': () => driver({ image: `example.com/driver@sha256:${'0'.repeat(64)}` }),
      'a tag and a digest, below a port': () => driver({ image: `example.com:5000/a/driver:v1@sha256:${'0'.repeat(64)}` }),
      'a registry with port and path': () => driver({ imageRegistry: 'mirror.example.com:5000/k8s' }),
    },
  },
  CSI007: {
    trips: {
      'a Secret for an account that is not declared': () => classWithSecret(false),
    },
    passes: {
      'a Secret for an account that is declared': () => classWithSecret(true),
      'a Secret that the kubelet reads': () => new StorageClass(testChart(), 'Class', {
        name: 'fast', driver: CsiDriver.fromDriverName('csi.example.com'), secrets: { nodePublish: SecretReference.fromName('credentials', 'storage') },
      }),
    },
  },
  CSI009: {
    trips: {
      'a namespace that enforces more': () => inNamespace(PodSecurityLevel.BASELINE),
      'a namespace without a level, on Talos': () => inNamespace(undefined, { distribution: Distribution.TALOS }),
    },
    passes: {
      'a namespace that enforces nothing': () => inNamespace(PodSecurityLevel.PRIVILEGED, { distribution: Distribution.TALOS }),
      'a namespace without a level': () => inNamespace(undefined),
    },
  },
  CSI010: {
    trips: {
      'a namespace from elsewhere, on Talos': () => driver({ createNamespace: false }, { distribution: Distribution.TALOS }),
    },
    passes: {
      'a namespace from elsewhere': () => driver({ createNamespace: false }),
      'a namespace of its own, on Talos': () => driver({}, { distribution: Distribution.TALOS }),
    },
  },
  CSI011: {
    trips: {
      'group snapshots without snapshots': () => driver({ capabilities: { groupSnapshot: true } }),
      'changed blocks without snapshots': () => driver({ capabilities: { changedBlocks: true }, changedBlocks: CHANGED_BLOCKS }),
      'changed blocks without a certificate': () => withSnapshots({ capabilities: { snapshot: true, changedBlocks: true } }),
      'a certificate without changed blocks': () => driver({ changedBlocks: CHANGED_BLOCKS }),
      'clones of a driver that creates nothing': () => driver({ capabilities: { provision: false, clone: true } }),
      'capacity of a driver that creates nothing': () => driver({ capabilities: { provision: false, capacity: true } }),
      'inline volumes of a driver that is told nothing': () => driver({ capabilities: { inline: true }, podInfoOnMount: false }),
      'two tokens for one audience': () => driver({ capabilities: { tokens: [{ audience: 'vault' }, { audience: 'vault' }] } }),
      'a token of five minutes': () => driver({ capabilities: { tokens: [{ audience: 'vault', expiration: Duration.minutes(5) }] } }),
      'a token that outlives 2^32 seconds': () => driver({ capabilities: { tokens: [{ audience: 'vault', expiration: Duration.seconds(2 ** 32 + 1) }] } }),
      'a token without an audience': () => driver({ capabilities: { tokens: [{} as any] } }),
      'tokens as secrets, but no tokens': () => driver({ serviceAccountTokenInSecrets: true }),
      'tokens not as secrets, which the API server refuses too': () => driver({ serviceAccountTokenInSecrets: false, capabilities: { tokens: [] } }),
    },
    passes: {
      'everything': () => withSnapshots({
        capabilities: {
          attach: true, expand: true, snapshot: true, groupSnapshot: true, clone: true, modify: true, topology: true, capacity: true, stage: true, block: true, inline: true,
          tokens: [{ audience: '' }, { audience: 'vault', expiration: Duration.minutes(10) }, { audience: 'long', expiration: Duration.seconds(2 ** 32) }],
          health: true, changedBlocks: true,
        },
        changedBlocks: CHANGED_BLOCKS,
        serviceAccountTokenInSecrets: true,
      }),
      'a driver that only mounts': () => driver({ capabilities: { provision: false, inline: true } }),
    },
  },
  CSI012: {
    trips: {
      'modification in 1.30': () => driver({ capabilities: { modify: true } }, { kubernetes: KubernetesVersion.V1_30 }),
      'a changing number of volumes in 1.34, which drops the field unless a gate is on': () => driver({ nodeAllocatableUpdatePeriod: Duration.minutes(1) }, { kubernetes: KubernetesVersion.V1_34 }),
      'tokens not as secrets in 1.34, which knows no such field': () => driver(
        { capabilities: { tokens: [{ audience: '' }] }, serviceAccountTokenInSecrets: false }, { kubernetes: KubernetesVersion.V1_34 },
      ),
      'tokens as secrets in 1.34': () => driver({ capabilities: { tokens: [{ audience: '' }] }, serviceAccountTokenInSecrets: true }, { kubernetes: KubernetesVersion.V1_34 }),
    },
    passes: {
      'modification in 1.34': () => driver({ capabilities: { modify: true } }, { kubernetes: KubernetesVersion.V1_34 }),
      'a changing number of volumes in 1.35': () => driver({ nodeAllocatableUpdatePeriod: Duration.minutes(1) }),
      'tokens as secrets in 1.35': () => driver({ capabilities: { tokens: [{ audience: '' }] }, serviceAccountTokenInSecrets: true }),
    },
  },
  CSI013: {
    trips: {
      'a variable of the library': () => driver({ node: { env: [{ name: 'NODE_ID', value: 'x' }] } }),
      'a permission for everything': () => driver({ node: { permissions: [{ resource: 'nodes', verbs: ['*'] }] } }),
      'a permission for an object': () => driver({ controller: { permissions: [{ resource: 'Nodes', verbs: ['get'] }] } }),
      'a permission for nothing by name': () => driver({ node: { permissions: [{ resource: 'secrets', verbs: ['get'], resourceNames: ['a b'] }] } }),
      'a permission to do nothing': () => driver({ node: { permissions: [{ resource: 'nodes', verbs: [] }] } }),
      'a permission with the version of an API': () => driver({ node: { permissions: [{ apiGroup: 'storage.k8s.io/v1', resource: 'csinodes', verbs: ['get'] }] } }),
      'a rollout of what is not rolled out': () => driver({ node: { maxUnavailable: '1', updateStrategy: NodeUpdateStrategy.ON_DELETE } }),
      'a variable twice': () => driver({ controller: { env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] } }),
      'a variable with two values': () => driver({ node: { env: [{ name: 'A', value: '1', fieldPath: 'metadata.name' }] } }),
      'a variable without a value': () => driver({ node: { env: [{ name: 'A' }] } }),
      'a variable with a blank in its name': () => driver({ node: { env: [{ name: 'A B', value: '1' }] } }),
      'a field that pods do not have': () => driver({ node: { env: [{ name: 'A', fieldPath: 'spec.cluster' }] } }),
      'a key without a Secret': () => driver({ node: { env: [{ name: 'A', value: '1', secretKey: 'a' }] } }),
      'a container of the library\'s name': () => driver({ controller: { extraContainers: [{ name: 'csi-provisioner', image: 'a:v1' }] } }),
      'a container without a name': () => driver({ controller: { extraContainers: [{ image: 'a:v1' }] } }),
      'a volume of the library\'s name': () => driver({ node: { extraVolumes: [{ name: 'socket-dir', emptyDir: {} }] } }),
      'a mount of a volume that is not there': () => driver({ node: { extraVolumeMounts: [{ name: 'config', mountPath: '/etc/driver' }] } }),
      'a mount over the socket': () => driver({ node: { extraVolumes: [{ name: 'config', emptyDir: {} }], extraVolumeMounts: [{ name: 'config', mountPath: '/csi/' }] } }),
      'a mount with a colon in its path': () => driver({ node: { extraVolumes: [{ name: 'config', emptyDir: {} }], extraVolumeMounts: [{ name: 'config', mountPath: '/a:b' }] } }),
      'a key that no Secret has': () => driver({ node: { env: [{ name: 'A', secretName: 'credentials', secretKey: 'a b' }] } }),
      'a mount without a path': () => driver({ node: { extraVolumes: [{ name: 'config', emptyDir: {} }], extraVolumeMounts: [{ name: 'config' }] } }),
      'a toleration of everything without saying so': () => driver({ controller: { tolerations: [{}] } }),
      'a toleration with a value that is not compared': () => driver({ controller: { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] } }),
      'an operator that is not': () => driver({ controller: { tolerations: [{ key: 'a', operator: 'In' }] } }),
      'an effect that is not': () => driver({ controller: { tolerations: [{ key: 'a', effect: 'Never' }] } }),
      'CPU in bytes': () => driver({ node: { cpuRequest: '10Mi' } }),
      'no CPU': () => driver({ node: { cpuRequest: '0' } }),
      'a command in one word': () => driver({ node: { preStopCommand: ['/bin/sh -c "sleep 5"'] } }),
      'a command without words': () => driver({ node: { preStopCommand: [] } }),
      'a share of nodes that is not': () => driver({ node: { maxUnavailable: 'some' } }),
      'no node at a time': () => driver({ node: { maxUnavailable: '0' } }),
      'a file system with a slash': () => driver({ defaultFsType: 'ext4/xfs' }),
      'a capability with a prefix': () => driver({ controller: { addCapabilities: ['CAP_CHOWN'] } }),
      'a capability in small letters': () => driver({ controller: { addCapabilities: ['chown'] } }),
      'a capability that Linux does not have': () => driver({ controller: { addCapabilities: ['SUPERUSER'] } }),
      'a capability twice': () => driver({ controller: { addCapabilities: ['CHOWN', 'CHOWN'] } }),
      'all capabilities': () => driver({ controller: { addCapabilities: ['ALL'] } }),
      'capabilities of who is privileged': () => driver({ controller: { privileged: true, addCapabilities: ['CHOWN'] } }),
      'capabilities of csi-driver-nfs, which is privileged': () => new NfsCsiDriver(testChart(), 'Driver', { controller: { addCapabilities: ['CHOWN'] } }),
      'a certificate that is none': () => withSnapshots({ capabilities: { snapshot: true, changedBlocks: true }, changedBlocks: { tlsSecretName: 'tls', caCertificate: '/etc/ca.crt' } }),
      'tokens for nobody': () => withSnapshots({ capabilities: { snapshot: true, changedBlocks: true }, changedBlocks: { ...CHANGED_BLOCKS, audience: '' } }),
      'a Service whose name begins with a digit': () => withSnapshots({ name: '3par', capabilities: { snapshot: true, changedBlocks: true }, changedBlocks: CHANGED_BLOCKS }),
    },
    passes: {
      'all nodes at one time': () => driver({ node: { maxUnavailable: '100%' } }),
      'some capabilities': () => driver({ controller: { privileged: false, addCapabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'] } }),
      'no capability, and privileged': () => driver({ controller: { privileged: true, addCapabilities: [] } }),
      'all of it': () => driver({
        defaultFsType: 'xfs',
        imagePullSecrets: ['registry'],
        node: {
          env: [{ name: 'A', value: '' }, { name: 'B', secretName: 'credentials' }, { name: 'C', secretName: 'credentials', secretKey: 'c.key' }, { name: 'D', fieldPath: "metadata.labels['a']" }],
          extraVolumes: [{ name: 'config', configMap: { name: 'driver' } }],
          extraVolumeMounts: [{ name: 'config', mountPath: '/etc/driver' }],
          extraContainers: [{ name: 'helper', image: 'example.com/helper:v1', volumeMounts: [{ name: 'socket-dir', mountPath: '/csi' }] }],
          tolerations: [{ operator: 'Exists' }, { key: 'dedicated', value: 'storage', effect: 'NoExecute' }],
          cpuRequest: '0.5',
          preStopCommand: ['/bin/driver', 'pre-stop-hook'],
          maxUnavailable: '2',
        },
      }),
    },
  },
  CSI014: {
    trips: {
      'an argument that the library writes': () => driver({ sidecars: { provisioner: { extraArgs: ['--timeout=5s'] } } }),
      'an interval that the library writes': () => driver({ sidecars: { provisioner: { extraArgs: ['--retry-interval-max=1m'] } } }),
      'workers in another way': () => driver({ capabilities: { expand: true }, sidecars: { resizer: { extraArgs: ['--workers=1'] } } }),
      'the log level in another way': () => driver({ sidecars: { nodeDriverRegistrar: { extraArgs: ['-v=5'] } } }),
      'an argument that is no flag': () => driver({ sidecars: { livenessProbe: { extraArgs: ['metrics'] } } }),
      'capacity by hand, without its permissions': () => driver({ sidecars: { provisioner: { extraArgs: ['--enable-capacity'] } } }),
      'a watch on every node': () => driver({ capabilities: { health: true }, sidecars: { healthMonitor: { extraArgs: ['--enable-node-watcher=true'] } } }),
      'a lease elsewhere': () => driver({ sidecars: { provisioner: { extraArgs: ['--leader-election-namespace=kube-system'] } } }),
      'the old form of a port': () => driver({ sidecars: { livenessProbe: { extraArgs: ['--health-port=1234'] } } }),
      'a sidecar on every node': () => driver({ capabilities: { snapshot: true }, sidecars: { provisioner: { extraArgs: ['--node-deployment=true'] } } }),
      'a flag that a release has dropped': () => withSnapshots({ capabilities: { snapshot: true }, sidecars: { snapshotter: { extraArgs: ['--enable-volume-group-snapshots=true'] } } }),
      'a flag that is misspelt': () => driver({ sidecars: { provisioner: { extraArgs: ['--strict-topolgy'] } } }),
      'a flag of another sidecar': () => driver({ sidecars: { livenessProbe: { extraArgs: ['--kube-api-qps=20'] } } }),
      'a flag that the tested release lacks, by its tag': () => driver({ sidecars: { provisioner: { image: 'mirror.example.com/csi-provisioner:v6.3.0', extraArgs: ['--strict-topolgy'] } } }),
      'a flag of a later release than the one for a beta': () => driver(
        { capabilities: { modify: true }, sidecars: { provisioner: { extraArgs: ['--leader-election-labels=a:b'] } } }, { kubernetes: KubernetesVersion.V1_33 },
      ),
      'a value apart from its flag': () => driver({ sidecars: { provisioner: { extraArgs: ['--kube-api-qps', '20'] } } }),
      'gates that nobody else writes': () => driver({ capabilities: { attach: true }, sidecars: { attacher: { extraArgs: ['--feature-gates=MutableCSINodeAllocatableCount=true'] } } }),
      'workers of the registrar': () => driver({ sidecars: { nodeDriverRegistrar: { workers: 2 } } }),
      'a sidecar that does not run': () => driver({ sidecars: { attacher: {} } }),
      'one that only prints the release': () => driver({ sidecars: { provisioner: { extraArgs: ['--version'] } } }),
      'another place to register': () => driver({ sidecars: { nodeDriverRegistrar: { extraArgs: ['--plugin-registration-path=/r'] } } }),
      'the name of what every object has': () => driver({ sidecars: { provisioner: { extraArgs: ['--constructor'] } } }),
    },
    passes: {
      'other arguments': () => driver({ sidecars: { provisioner: { extraArgs: ['--strict-topology=true'] }, livenessProbe: { extraArgs: ['--metrics-path=/m'] } } }),
      'a sidecar that runs': () => driver({ capabilities: { attach: true }, sidecars: { attacher: { workers: 100 } } }),
      'a flag of an image of which no release is said': () => driver({ sidecars: { provisioner: { image: `own/provisioner@sha256:${'a'.repeat(64)}`, extraArgs: ['--own-flag'] } } }),
      'how it logs, and what a library of all sidecars knows': () => driver({ sidecars: { provisioner: { extraArgs: ['--logging-format=json', '--kube-api-qps=20'] } } }),
    },
  },
  CSI015: {
    trips: {
      'modification in 1.31': () => driver({ capabilities: { modify: true } }, { kubernetes: KubernetesVersion.V1_31 }),
      'modification in 1.33': () => driver({ capabilities: { modify: true } }, { kubernetes: KubernetesVersion.V1_33 }),
    },
    passes: {
      'modification in 1.34': () => driver({ capabilities: { modify: true } }, { kubernetes: KubernetesVersion.V1_34 }),
      'no modification in 1.31': () => driver({}, { kubernetes: KubernetesVersion.V1_31 }),
    },
  },
  CSI016: {
    trips: {
      'an older release': () => driver({ sidecars: { provisioner: { image: 'registry.k8s.io/sig-storage/csi-provisioner:v6.2.0' } } }),
      'another registrar': () => driver({ sidecars: { nodeDriverRegistrar: { image: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.16.0' } } }),
      'an older snapshot-controller': () => new SnapshotController(testChart(), 'Controller', { image: 'registry.k8s.io/sig-storage/snapshot-controller:v8.2.0' }),
    },
    passes: {
      'the same release by digest': () => driver({ sidecars: { provisioner: { image: `mirror.example.com/csi-provisioner:v6.3.0@sha256:${'a'.repeat(64)}` } } }),
      'the same snapshot-controller by digest': () => new SnapshotController(testChart(), 'Controller', { image: `mirror.example.com/snapshot-controller:v8.6.0@sha256:${'a'.repeat(64)}` }),
      'a digest alone': () => driver({ sidecars: { provisioner: { image: `mirror.example.com/csi-provisioner@sha256:${'a'.repeat(64)}` } } }),
    },
  },
  CSI017: {
    trips: {
      'a policy for pods on the host network': () => driver({ networkPolicy: true, controller: { hostNetwork: true } }),
    },
    passes: {
      'a policy for pods of their own network': () => driver({ networkPolicy: true, monitoring: {}, node: { hostNetwork: true } }),
      'no policy for pods on the host network': () => driver({ networkPolicy: false, controller: { hostNetwork: true } }),
    },
  },
  CSI018: {
    trips: {
      'a name that depends on the claim': () => classWithTemplate('${pvc.name}-credentials', 'tenants'),
      'a namespace that depends on the claim': () => classWithTemplate('credentials', '${pvc.namespace}'),
    },
    passes: {
      'a template without tokens': () => classWithTemplate('credentials', 'tenants'),
    },
  },
  CSI019: {
    trips: {
      'an affinity that says nothing of the others': () => driver({ controller: { hostNetwork: true, affinity: { nodeAffinity: {} } } }),
      'an affinity to nothing, as it selects no pods': () => driver({
        controller: { hostNetwork: true, affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] } } },
      }),
      'an affinity that keeps away from others': () => driver({
        controller: {
          hostNetwork: true,
          affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } }] } },
        },
      }),
      'an affinity that keeps zones apart': () => driver({
        controller: { hostNetwork: true, affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'topology.kubernetes.io/zone', labelSelector: {} }] } } },
      }),
      'an affinity that only prefers': () => driver({ controller: { hostNetwork: true, affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } } }),
    },
    passes: {
      'an affinity that keeps copies apart': () => driver({
        controller: {
          hostNetwork: true,
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'csi-example-com' } } }],
            },
          },
        },
      }),
      'an affinity by a label of one\'s own': () => driver({
        controller: {
          hostNetwork: true,
          podLabels: { tier: 'storage' },
          affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { tier: 'storage' } } }] } },
        },
      }),
      'one copy': () => driver({ controller: { replicas: 1, hostNetwork: true, affinity: {} } }),
      'copies on their own network': () => driver({ controller: { affinity: {} } }),
    },
  },
  CSI020: {
    trips: {
      'a claim\'s name for the namespace': () => classWithTemplate('credentials', '${pvc.name}'),
      'a token of snapshots': () => classWithTemplate('${volumesnapshot.name}', 'tenants'),
      'a token in capitals': () => classWithTemplate('${PVC.name}', 'tenants'),
      'an annotation without its key': () => classWithTemplate('${pvc.annotations[]}', 'tenants'),
      'a dollar of one\'s own': () => classWithTemplate('$name', 'tenants'),
      'a template that is said to be a name': nowhere(() => SecretReference.fromName('${pvc.name}', 'tenants')),
      'a template that is said to be a namespace': nowhere(() => SecretReference.fromName('credentials', '${pvc.namespace}')),
    },
    passes: {
      'no token': () => classWithTemplate('credentials', 'tenants'),
      'every token that is filled in': () => {
        const added = classWithTemplate("${pvc.annotations['example.com/key']}-${pv.name}-${pvc.name}", '${pvc.namespace}-${pv.name}');
        Findings.of(added).acknowledge('CSI018', 'one Secret per tenant');
        return added;
      },
    },
  },
  CSI021: {
    trips: {
      'a class of nfs-subdir-external-provisioner': () => classBeside('k8s-sigs.io/nfs-subdir-external-provisioner'),
      'a class of Ceph block devices while Kubernetes still has them': () => classBeside('kubernetes.io/rbd', KubernetesVersion.V1_30),
      'a class of a program for Ceph while Kubernetes has its volumes': () => classBeside('ceph.com/cephfs', KubernetesVersion.V1_30),
      'a class of its chart': () => classBeside('cluster.local/team-a-nfs-subdir-external-provisioner'),
    },
    passes: {
      'a class of another provisioner': () => classBeside('rancher.io/local-path'),
    },
  },
  CSI022: {
    trips: {
      'a policy for a controller that is not there': () => driver({ capabilities: { provision: false, inline: true }, networkPolicy: true }),
      'metrics of a controller that is not there': () => driver({ capabilities: { provision: false }, monitoring: {} }),
    },
    passes: {
      'both for a controller': () => driver({ capabilities: { provision: false, attach: true }, networkPolicy: true, monitoring: {} }),
      'a driver that only mounts, and no policy': () => driver({ capabilities: { provision: false }, networkPolicy: false }),
    },
  },
  CSI008: {
    trips: {
      'a reference to the provisioner that never was': nowhere(() => CsiDriver.fromDriverName('kubernetes.io/nfs')),
      'a driver of its name': () => driver({ driverName: 'kubernetes.io/nfs' }),
      'a class that the user wrote beside ours': () => rawClass('kubernetes.io/nfs'),
      'a class of Ceph block devices since Kubernetes has them no longer': () => classBeside('kubernetes.io/rbd', KubernetesVersion.V1_31),
      'a class of CephFS, which Kubernetes never had': () => classBeside('kubernetes.io/cephfs'),
      'a class of a program for CephFS': () => classBeside('ceph.com/cephfs', KubernetesVersion.V1_31),
      'a class of a program for Ceph block devices': () => classBeside('ceph.com/rbd', KubernetesVersion.V1_31),
      'a reference to Ceph block devices of Kubernetes': nowhere(() => CsiDriver.fromDriverName('kubernetes.io/rbd')),
      'a reference to the driver of Gluster': nowhere(() => CsiDriver.fromDriverName('org.gluster.glusterfs')),
      ...GLUSTER_CLASSES,
    },
    passes: {
      'a class of the driver that took its place': () => classBeside('ebs.csi.aws.com'),
      'a class of Kadalu': () => classBeside('kadalu'),
      'a class of a provisioner that exists': () => rawClass('rancher.io/local-path'),
    },
  },
};
