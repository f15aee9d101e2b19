import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CsiMonitoring } from './csi-driver-props';
import { checkSeconds } from './fill-parts';
import { PodMonitor } from '../manifest/newer-api';

/** What an object is called, and where it is. */
interface Place {
  readonly name: string;
  readonly namespace: string;
}

/** Tells a Prometheus operator where pods serve their metrics. @param ports their names */
export function podMonitor(scope: Construct, metadata: Place, pods: Record<string, string>, ports: readonly string[], { labels, interval }: CsiMonitoring): PodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { ...metadata, ...(labels ? { labels: { ...labels } } : {}) },
    spec: {
      selector: { matchLabels: pods },
      podMetricsEndpoints: ports.map(port => ({ port, ...(interval ? { interval: `${checkSeconds(scope, 'monitoring.interval', interval, 1)}s` } : {}) })),
    },
  };
}

/** Closes pods to all but some ports. The kubelet's probes come from the node, which a policy lets pass. */
export function networkPolicy(metadata: Place, pods: Record<string, string>, ports: readonly number[]): k8s.KubeNetworkPolicyProps {
  return {
    metadata: { ...metadata },
    spec: {
      podSelector: { matchLabels: pods },
      policyTypes: ['Ingress'],
      ingress: ports.length > 0 ? [{ ports: ports.map(port => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })) }] : undefined,
    },
  };
}
