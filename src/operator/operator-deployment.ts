import { Size, SizeRoundingBehavior } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { OperatorPodOptions } from './operator-pod-options';
import { confined, container, fieldVariable, placement, resources, unprivileged } from '../csi/pod-parts';
import { Distribution } from '../platform/distribution';

/** What the Deployment of an operator is made of; checked. */
export interface OperatorParts {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly labels: Record<string, string>;
  readonly replicas: number;
  /** Where one copy is elected. */
  readonly leaseName?: string;
  readonly healthPort: number;
  readonly metricsPort: number;
  readonly pod: OperatorPodOptions;
  readonly distribution: Distribution;
}

const REQUEST = Size.mebibytes(64);
const LIMIT = Size.mebibytes(256);

/** What its container asks for, unless it is said never more than its limit. */
export function memoryOf({ memoryRequest, memoryLimit: limit = LIMIT }: OperatorPodOptions): { readonly request: Size; readonly limit: Size } {
  const [usual, most] = [REQUEST, limit].map(size => size.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR }));
  return { request: memoryRequest ?? (most < usual ? limit : REQUEST), limit };
}

/** The program in as many copies as the platform can use. */
export function operatorDeployment(parts: OperatorParts): k8s.KubeDeploymentProps {
  const { name, namespace, labels, replicas, leaseName, pod } = parts;
  const { request, limit } = memoryOf(pod);
  const probe = (path: string) => ({ httpGet: { path, port: k8s.IntOrString.fromString('health') } });
  return {
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      // Without an election two copies would do everything twice.
      ...(leaseName === undefined ? { strategy: { type: 'Recreate' } } : {}),
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: true,
          enableServiceLinks: false,
          ...placement(labels, replicas, false),
          securityContext: unprivileged(parts.distribution),
          containers: [container({
            name: 'operator',
            image: parts.image,
            command: parts.command,
            args: parts.args,
            env: [
              fieldVariable('POD_NAME', 'metadata.name'),
              fieldVariable('POD_NAMESPACE', 'metadata.namespace'),
              ...(leaseName === undefined ? [] : [{ name: 'LEASE_NAME', value: leaseName }]),
            ],
            ports: [{ name: 'health', containerPort: parts.healthPort }, { name: 'metrics', containerPort: parts.metricsPort }],
            livenessProbe: { ...probe('/healthz'), initialDelaySeconds: 15, periodSeconds: 20, timeoutSeconds: 10 },
            readinessProbe: { ...probe('/readyz'), periodSeconds: 10, timeoutSeconds: 5 },
            resources: resources(request.asString(), limit.asString(), pod.cpuRequest),
            securityContext: confined(),
            volumeMounts: [],
          })],
          volumes: [],
        },
      },
    },
  };
}
