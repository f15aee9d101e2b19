import { Size, SizeRoundingBehavior } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { OperatorPodOptions } from './operator-pod-options';
import { container, placement, resources } from '../csi/pod-parts';
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

const USUAL_REQUEST = 64;

/** Never more than the limit. */
function requestOf({ memoryRequest, memoryLimit }: OperatorPodOptions): string {
  const small = memoryLimit && memoryLimit.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR }) < USUAL_REQUEST;
  return (memoryRequest ?? (small ? memoryLimit : Size.mebibytes(USUAL_REQUEST))).asString();
}

/** The program in as many copies as the platform can use. */
export function operatorDeployment(parts: OperatorParts): k8s.KubeDeploymentProps {
  const { name, namespace, labels, replicas, leaseName, pod } = parts;
  // Where SecurityContextConstraints decide (OpenShift), they choose the user, and refuse another one.
  const user = parts.distribution.privilegedClusterRole === undefined ? { runAsUser: 65532, runAsGroup: 65532 } : {};
  const field = (variable: string, fieldPath: string) => ({ name: variable, valueFrom: { fieldRef: { fieldPath } } });
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
          securityContext: { runAsNonRoot: true, ...user, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [container({
            name: 'operator',
            image: parts.image,
            command: parts.command,
            args: parts.args,
            env: [
              field('POD_NAME', 'metadata.name'),
              field('POD_NAMESPACE', 'metadata.namespace'),
              ...(leaseName === undefined ? [] : [{ name: 'LEASE_NAME', value: leaseName }]),
            ],
            ports: [{ name: 'health', containerPort: parts.healthPort }, { name: 'metrics', containerPort: parts.metricsPort }],
            livenessProbe: { ...probe('/healthz'), initialDelaySeconds: 15, periodSeconds: 20, timeoutSeconds: 10 },
            readinessProbe: { ...probe('/readyz'), periodSeconds: 10, timeoutSeconds: 5 },
            resources: resources(requestOf(pod), pod.memoryLimit?.asString() ?? '256Mi', pod.cpuRequest),
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
            volumeMounts: [],
          })],
          volumes: [],
        },
      },
    },
  };
}
