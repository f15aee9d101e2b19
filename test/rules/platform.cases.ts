import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Cases, nowhere } from './case';
import { Distribution, KubernetesVersion, Namespace, NfsCsiDriver, Platform, PlatformProps } from '../../src';
import { nfs, platformProps, testApp, testChart, twoClusters } from '../support';

/** A platform on a scope of its own, so that the scope has a path. */
function set(props: Partial<PlatformProps>): Construct {
  const scope = new Construct(new App(), 'cluster');
  Platform.set(scope, platformProps(props));
  return scope;
}

function kubeletDirectory(directory: string) {
  return set({ distribution: Distribution.custom({ name: 'own', kubeletDirectory: directory }) });
}

export const PLATFORM_CASES: Cases = {
  PLT001: {
    trips: {
      'no platform at all': () => new Namespace(new Chart(new App(), 'chart'), 'Namespace', { name: 'web' }),
      'a platform on another scope only': () => {
        const app = new App();
        Platform.set(new Construct(app, 'cluster'), platformProps());
        return new Namespace(new Chart(app, 'chart'), 'Namespace', { name: 'web' });
      },
    },
    passes: {
      'a platform on the app': () => new Namespace(testChart(), 'Namespace', { name: 'web' }),
    },
  },
  PLT002: {
    trips: {
      'twice on one scope': () => {
        const scope = set({});
        Platform.set(scope, platformProps());
        return scope;
      },
      'below a cluster': () => {
        const chart = testChart();
        Platform.set(chart, platformProps());
        return chart;
      },
      'above a cluster': () => {
        const above = new Construct(new App(), 'above');
        Platform.set(new Construct(above, 'cluster'), platformProps());
        Platform.set(above, platformProps());
        return above;
      },
    },
    passes: {
      'two clusters side by side': () => twoClusters()[0],
    },
  },
  PLT003: {
    trips: {
      'after a construct asked for it': () => {
        const chart = new Chart(new App(), 'chart');
        expect(() => Platform.of(new Construct(chart, 'Early'))).toThrow('PLT001');
        Platform.set(chart, platformProps());
        return chart;
      },
    },
    passes: {
      'after constructs that do not ask': () => {
        const chart = new Chart(new App(), 'chart');
        new Construct(chart, 'Early');
        Platform.set(chart, platformProps());
        return chart;
      },
    },
  },
  PLT004: {
    trips: {
      'a kernel without its minor': () => set({ kernel: '6' }),
      'a kernel that is none': () => set({ kernel: 'latest' }),
      'a kubelet directory that is relative': () => kubeletDirectory('var/lib/kubelet'),
      'a kubelet directory that ends with a slash': () => kubeletDirectory('/var/lib/kubelet/'),
      'a kubelet directory that climbs': () => kubeletDirectory('/var/lib/../kubelet'),
      'a ClusterRole with a path': () => set({ distribution: Distribution.custom({ name: 'own', privilegedClusterRole: 'scc/privileged' }) }),
      'a Kubernetes that we do not know': nowhere(() => KubernetesVersion.of('1.20')),
      'a Kubernetes that is none': nowhere(() => KubernetesVersion.of('latest')),
      'a Kubernetes that is empty': nowhere(() => KubernetesVersion.of('')),
    },
    passes: {
      'a kernel as uname prints it': () => set({ kernel: '5.15.0-91-generic' }),
      'a Kubernetes as kubectl prints it': () => testApp({ kubernetes: KubernetesVersion.of('v1.34.2+k3s1') }),
      'a kubelet directory elsewhere': () => kubeletDirectory('/data/kubelet'),
    },
  },
  PLT005: {
    trips: {
      'the driver of another cluster': () => {
        const [east, west] = twoClusters();
        return nfs(west, { driver: nfs(east, { driver: undefined }).driver });
      },
    },
    passes: {
      'a driver in each cluster': () => twoClusters().map(chart => new NfsCsiDriver(chart, 'Driver'))[0],
      'one reference by name in both': () => twoClusters().map(chart => nfs(chart))[0],
    },
  },
};
