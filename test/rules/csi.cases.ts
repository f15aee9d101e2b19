import { Duration, Size } from 'cdk8s';
import { Cases, nowhere } from './case';
import {
  CsiDriver, CsiDriverProps, Distribution, Namespace, NfsCsiDriver, NodeCount, PlatformProps, PodSecurityLevel, SecretReference, StorageClass,
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

function rawClass(provisioner: string) {
  const chart = testChart();
  nfs(chart).addStorageClass('fast');
  object(chart, 'StorageClass', { metadata: { name: 'old' }, provisioner, parameters: { server: 'nfs.example.com', path: '/share', readOnly: 'false' } }, 'storage.k8s.io/v1');
  return chart;
}

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
      'a path, as the provisioners of old': nowhere(() => CsiDriver.fromDriverName('example.com/nfs')),
    },
    passes: {
      '63 characters': () => driver({ driverName: LONG, name: 'short' }),
    },
  },
  CSI002: {
    trips: {
      'a long name below a deep directory': () => driver({ driverName: LONG, name: 'short' }, { distribution: Distribution.MICROK8S }),
      'a deep directory': () => driver({}, { distribution: Distribution.custom({ name: 'own', kubeletDirectory: `/${'d'.repeat(80)}` }) }),
    },
    passes: {
      'a short name below a deep directory': () => driver({}, { distribution: Distribution.MICROK8S }),
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
      'a second csi-driver-nfs without ports of its own': () => {
        const chart = testChart();
        new NfsCsiDriver(chart, 'First');
        return new NfsCsiDriver(chart, 'Second', { driverName: 'nfs2.example.com', name: 'csi-nfs2' });
      },
    },
    passes: {
      'the same ports in the pods\' own networks': () => two({}, {}),
      'ports of its own': () => two(HOST, { ...HOST, ports: OTHER_PORTS }),
      'a port twice, in two pods of their own networks': () => driver({ ports: { nodeHealth: 9811, controllerHealth: 9811 } }),
    },
  },
  CSI005: {
    trips: {
      'no replica': () => driver({ controller: { replicas: 0 } }),
      'half a replica': () => driver({ controller: { replicas: 1.5 } }),
      'two replicas on one node': () => driver({ controller: { replicas: 2 } }, { nodes: NodeCount.SINGLE }),
      'port 0': () => driver({ ports: { nodeHealth: 0 } }),
      'port 65536': () => driver({ ports: { registrarHealth: 65536 } }),
      'less memory than the container asks for': () => driver({ node: { memoryLimit: Size.mebibytes(20) } }),
      'a memory limit in the wrong unit': () => driver({ controller: { memoryLimit: Size.kibibytes(512) } }),
      'no time': () => driver({ operationTimeout: Duration.seconds(0) }),
      'half a second': () => driver({ operationTimeout: Duration.millis(500) }),
      'more than a day': () => driver({ operationTimeout: Duration.days(2) }),
    },
    passes: {
      'three replicas': () => driver({ controller: { replicas: 3 } }),
      'port 65535': () => driver({ ports: { registrarHealth: 65535 } }),
      'the least memory': () => driver({ node: { memoryLimit: Size.mebibytes(64) } }),
      'an hour': () => driver({ operationTimeout: Duration.hours(1) }),
    },
  },
  CSI006: {
    trips: {
      'an image without a tag': () => driver({ image: 'example.com/driver' }),
      'an image without a tag, below a port': () => driver({ image: 'example.com:5000/driver' }),
      'an image with a scheme': () => driver({ image: 'https://example.com/driver:v1' }),
      'half a digest': () => driver({ image: 'example.com/driver@sha256:abc' }),
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
  CSI008: {
    trips: {
      'a reference to the provisioner that never was': nowhere(() => CsiDriver.fromDriverName('kubernetes.io/nfs')),
      'a driver of its name': () => driver({ driverName: 'kubernetes.io/nfs' }),
      'a class that the user wrote beside ours': () => rawClass('kubernetes.io/nfs'),
    },
    passes: {
      'a class of a provisioner that exists': () => rawClass('cluster.local/nfs-subdir-external-provisioner'),
    },
  },
};
