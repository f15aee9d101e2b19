import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DriverParts } from './driver-parts';
import { checkSeconds } from './fill-parts';
import { SNAPSHOT_METADATA_PORT } from './sidecars';
import { PodMonitor } from '../manifest/newer-api';

/** Tells a Prometheus operator where the sidecars serve their metrics. */
export function podMonitor(scope: Construct, parts: DriverParts): PodMonitor {
  const { labels, interval } = parts.monitoring!;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: parts.controllerName, namespace: parts.namespace, ...(labels ? { labels: { ...labels } } : {}) },
    spec: {
      selector: { matchLabels: parts.selector('controller') },
      podMetricsEndpoints: parts.sidecars.map(sidecar => ({ port: sidecar.portName, ...(interval ? { interval: `${checkSeconds(scope, 'monitoring.interval', interval, 1)}s` } : {}) })),
    },
  };
}

/** Closes the controller's pods to all but scraping and backup programs. The kubelet's probes come from the node, which a policy lets pass. */
export function networkPolicy(parts: DriverParts): k8s.KubeNetworkPolicyProps {
  const ports = [
    ...(parts.monitoring ? parts.sidecars.flatMap(sidecar => (sidecar.httpPort === undefined ? [] : [sidecar.httpPort])) : []),
    ...(parts.changedBlocks ? [SNAPSHOT_METADATA_PORT] : []),
  ];
  return {
    metadata: { name: parts.controllerName, namespace: parts.namespace },
    spec: {
      podSelector: { matchLabels: parts.selector('controller') },
      policyTypes: ['Ingress'],
      ingress: ports.length > 0 ? [{ ports: ports.map(port => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })) }] : undefined,
    },
  };
}
