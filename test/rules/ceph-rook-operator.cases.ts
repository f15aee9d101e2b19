import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Cases } from './case';
import { Distribution, KubernetesVersion, Namespace, PlatformProps, PodSecurityLevel, RookOperator, RookOperatorProps } from '../../src';
import { writeClusterAccounts } from '../../src/ceph/rook/operator/cluster-accounts';
import { object, testChart } from '../support';

const operator = (props: RookOperatorProps = {}, platform: Partial<PlatformProps> = {}) => () => new RookOperator(testChart(platform), 'Rook', props);
const two = (first: RookOperatorProps, second: RookOperatorProps) => () => {
  const chart = testChart();
  new RookOperator(chart, 'First', first);
  return new RookOperator(chart, 'Second', { installCrds: false, ...second });
};
/** An object of Rook that its user wrote, beside an operator. */
const beside = (kind: string, namespace: string, props: RookOperatorProps = {}) => () => {
  const chart = testChart();
  new RookOperator(chart, 'Rook', props);
  return object(chart, kind, { metadata: { name: 'mine', namespace } }, 'ceph.rook.io/v1');
};
/** A CephCluster that its user wrote. */
const cluster = (spec: object, props: RookOperatorProps = {}) => () => {
  const chart = testChart();
  new RookOperator(chart, 'Rook', props);
  return object(chart, 'CephCluster', { metadata: { name: 'mine', namespace: 'rook-ceph' }, spec }, 'ceph.rook.io/v1');
};
const ORCHESTRATED = { mgr: { modules: [{ name: 'rook', enabled: true }] } };
const namespaced = (podSecurity?: PodSecurityLevel, distribution = Distribution.VANILLA) => () => {
  const chart = testChart({ distribution });
  new Namespace(chart, 'Namespace', { name: 'rook-ceph', podSecurity });
  return new RookOperator(chart, 'Rook', { createNamespace: false });
};

export const CEPH_ROOK_OPERATOR_CASES: Cases = {
  CEPH130: {
    trips: {
      'a namespace that is a list': operator({ namespace: ['rook'] as any }),
      'one namespace instead of a list': operator({ clusterNamespaces: 'ceph' as any }),
      'a truth value in quotes': operator({ objectStorage: 'false' as any }),
      'a property that is misspelt': operator({ objectStore: true } as any),
      'a setting that is a truth value': operator({ settings: { ROOK_CEPH_ALLOW_LOOP_DEVICES: true as any } }),
    },
    passes: { 'nothing said': operator() },
  },
  CEPH131: {
    trips: {
      'two in one namespace': two({}, {}),
      'one that looks after the namespace of another': two({}, { namespace: 'rook-two', clusterNamespaces: ['rook-ceph'] }),
      'one beside an operator that watches all': () => {
        const chart = testChart();
        const first = new RookOperator(chart, 'First');
        return new RookOperator(chart, 'Second', { namespace: 'rook-two', clusterNamespaces: ['ceph'], installCrds: !first });
      },
    },
    passes: { 'two, each in its own namespace': two({}, { namespace: 'rook-two', csiOperator: false }) },
  },
  CEPH132: {
    trips: { 'another release': operator({ image: 'mirror.example.com/rook/ceph:v1.19.0' }) },
    passes: {
      'the tested release from a mirror': operator({ image: 'mirror.example.com/rook/ceph:v1.20.6' }),
      'a registry of one\'s own': operator({ imageRegistry: 'mirror.example.com/hub' }),
      'a digest alone': operator({ image: `docker.io/rook/ceph@sha256:${'a'.repeat(64)}` }),
    },
  },
  CEPH133: {
    trips: { 'Kubernetes 1.30': operator({ csiOperator: false }, { kubernetes: KubernetesVersion.V1_30 }) },
    passes: { 'Kubernetes 1.31': operator({ csiOperator: false }, { kubernetes: KubernetesVersion.V1_31 }) },
  },
  CEPH134: {
    trips: {
      'a namespace that is restricted': namespaced(PodSecurityLevel.RESTRICTED),
      'a namespace that says nothing on Talos': namespaced(undefined, Distribution.TALOS),
      'one from elsewhere on Talos': operator({ createNamespace: false }, { distribution: Distribution.TALOS }),
    },
    passes: {
      'a namespace that is privileged, on Talos': namespaced(PodSecurityLevel.PRIVILEGED, Distribution.TALOS),
      'its own on Talos': operator({}, { distribution: Distribution.TALOS }),
      'one from elsewhere where nothing is enforced': operator({ createNamespace: false }),
    },
  },
  CEPH135: {
    trips: { 'a Ceph cluster elsewhere': operator({ clusterNamespaces: ['ceph-two'] }) },
    passes: { 'its own namespace, said again': operator({ clusterNamespaces: ['rook-ceph'] }) },
  },
  CEPH136: {
    trips: { 'an object store': beside('CephObjectStore', 'rook-ceph'), 'a notification': beside('CephBucketNotification', 'rook-ceph') },
    passes: { 'an object store that was asked for': beside('CephObjectStore', 'rook-ceph', { objectStorage: true }), 'a pool': beside('CephBlockPool', 'rook-ceph') },
  },
  CEPH137: {
    trips: { 'a Ceph cluster where nobody looks': beside('CephCluster', 'ceph-two') },
    passes: {
      'a Ceph cluster beside the operator': beside('CephCluster', 'rook-ceph'),
      'an object of its own kind': () => {
        const chart = testChart();
        new RookOperator(chart, 'Rook', { namespace: 'rook-two' });
        writeClusterAccounts(new Construct(chart, 'Accounts'), 'ceph', 'rook-two', {});
        return object(chart, 'CephCluster', { metadata: { name: 'mine', namespace: 'rook-two' } }, 'ceph.rook.io/v1');
      },
    },
  },
  CEPH138: {
    trips: {
      'a port that takes a capability': operator({ metricsPort: 80 }),
      'a port that is none': operator({ metricsPort: 70000 }),
      'no clusters at all': operator({ concurrentClusters: 0 }),
      'a time-out of half a second': operator({ cephCommandsTimeout: Duration.millis(500) }),
      'an interval of nobody': operator({ discoveryInterval: Duration.hours(1) }),
      'a setting that has a property': operator({ settings: { ROOK_LOG_LEVEL: 'DEBUG' } }),
      'a setting that is none': operator({ settings: { 'allow-loop-devices': 'true' } }),
      'more memory than the limit': operator({ pod: { memoryRequest: Size.gibibytes(2) } }),
    },
    passes: {
      'a port above 1023': operator({ metricsPort: 8080 }),
      'a setting of Rook': operator({ settings: { ROOK_CEPH_ALLOW_LOOP_DEVICES: 'true' } }),
      'an interval of the daemon': operator({ discoveryDaemon: true, discoveryInterval: Duration.hours(1) }),
    },
  },
  CEPH139: {
    trips: {
      'monitoring': cluster({ monitoring: { enabled: true } }),
      'Multus': cluster({ network: { provider: 'multus' } }),
      'exported Services': cluster({ network: { multiClusterService: { enabled: true } } }),
      'the module of the orchestrator': cluster(ORCHESTRATED),
    },
    passes: {
      'monitoring that was asked for': cluster({ monitoring: { enabled: true } }, { serviceMonitors: true }),
      'Multus that was asked for': cluster({ network: { provider: 'multus' } }, { multus: true }),
      'Services that were asked for': cluster({ network: { multiClusterService: { enabled: true } } }, { serviceExports: true }),
      'the orchestrator that was asked for': cluster(ORCHESTRATED, { orchestrator: true }),
      'the module turned off': cluster({ mgr: { modules: [{ name: 'rook', enabled: false }] } }),
      'monitoring turned off': cluster({ monitoring: { enabled: false } }),
      'a spec of nothing': cluster({ mgr: null, network: null }),
    },
  },
};
