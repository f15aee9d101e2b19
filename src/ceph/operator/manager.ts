import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { watchedNamespaces } from './presence';
import { confined, container, fieldVariable, placement, unprivileged } from '../../csi/pod-parts';
import { Distribution } from '../../platform/distribution';

export const CONTAINER = 'manager';
export const METRICS_PORT = 8080;
const HEALTH_PORT = 8081;

export interface ManagerParts {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly labels: Record<string, string>;
  readonly replicas: number;
  readonly metrics: boolean;
  readonly distribution: Distribution;
  readonly resources: k8s.ResourceRequirements;
}

/** ceph-csi-operator, in as many copies as the platform can use. */
export function managerDeployment(scope: Construct, parts: ManagerParts): k8s.KubeDeploymentProps {
  const { name, namespace, labels, replicas, metrics } = parts;
  const probe = (path: string) => ({ httpGet: { path, port: k8s.IntOrString.fromString('health') } });
  return {
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: true,
          ...placement(labels, replicas, false),
          securityContext: unprivileged(parts.distribution),
          terminationGracePeriodSeconds: 10,
          containers: [container({
            name: CONTAINER,
            image: parts.image,
            command: ['/manager'],
            args: [
              '--leader-elect=true',
              `--health-probe-bind-address=:${HEALTH_PORT}`,
              // Over TLS it would sign a certificate by itself, which no Prometheus knows, and ask of each scrape who it is.
              ...(metrics ? [`--metrics-bind-address=:${METRICS_PORT}`, '--metrics-secure=false'] : []),
            ],
            env: [
              fieldVariable('OPERATOR_NAMESPACE', 'metadata.namespace'),
              // Its own namespace is always watched; without others it would say that it misses the variable, so it names its own.
              { name: 'WATCH_NAMESPACE', value: Lazy.any({ produce: () => watchedNamespaces(scope, namespace).join(',') || namespace }) as unknown as string },
            ],
            ports: [{ name: 'health', containerPort: HEALTH_PORT }, ...(metrics ? [{ name: 'metrics', containerPort: METRICS_PORT }] : [])],
            livenessProbe: { ...probe('/healthz'), initialDelaySeconds: 15, periodSeconds: 20, timeoutSeconds: 10 },
            readinessProbe: { ...probe('/readyz'), periodSeconds: 10, timeoutSeconds: 5 },
            resources: parts.resources,
            securityContext: confined(),
            volumeMounts: [],
          })],
          volumes: [],
        },
      },
    },
  };
}
