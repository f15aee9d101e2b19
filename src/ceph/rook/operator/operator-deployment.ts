import { k8s } from 'cdk8s-plus-27';
import { OPERATOR_ACCOUNT } from './cluster-accounts';
import { confined, container, fieldVariable, placement, unprivileged } from '../../../csi/pod-parts';
import { Distribution } from '../../../platform/distribution';

export const OPERATOR = 'rook-ceph-operator';
/** User and group of the image. */
const ROOK_USER = 2016;
const UNREACHABLE: k8s.Toleration = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 };

export interface OperatorDeploymentParts {
  readonly namespace: string;
  readonly image: string;
  readonly distribution: Distribution;
  readonly variables: Readonly<Record<string, string>>;
  readonly metricsPort?: number;
  readonly resources: k8s.ResourceRequirements;
}

/** What it writes: configuration and keys of Ceph for the commands that it runs, and scratch files of theirs. */
const SCRATCH = { 'rook-config': '/var/lib/rook', 'default-config-dir': '/etc/ceph', 'tmp': '/tmp' };

/** The operator. Name, selector and container are those of its Helm chart, so that an install from there can be taken over. */
export function operatorDeployment(parts: OperatorDeploymentParts): k8s.KubeDeploymentProps {
  const { namespace, metricsPort, distribution } = parts;
  const labels = { app: OPERATOR };
  const { tolerations = [], ...place } = placement(labels, 1, false);
  return {
    metadata: { name: OPERATOR, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      strategy: { type: 'Recreate' }, // it elects no leader, so two of them would both write
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: OPERATOR_ACCOUNT,
          automountServiceAccountToken: true,
          enableServiceLinks: false,
          ...place,
          tolerations: [...tolerations, UNREACHABLE],
          securityContext: unprivileged(distribution, ROOK_USER),
          containers: [container({
            name: OPERATOR,
            image: parts.image,
            args: ['ceph', 'operator'],
            env: [
              ...Object.entries(parts.variables).map(([name, value]) => ({ name, value })),
              fieldVariable('POD_NAME', 'metadata.name'),
              fieldVariable('POD_NAMESPACE', 'metadata.namespace'),
            ],
            ...(metricsPort === undefined ? {} : {
              ports: [{ name: 'metrics', containerPort: metricsPort }],
              livenessProbe: { httpGet: { path: '/metrics', port: k8s.IntOrString.fromString('metrics') }, initialDelaySeconds: 60, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
            }),
            resources: parts.resources,
            securityContext: confined(),
            volumeMounts: Object.entries(SCRATCH).map(([name, mountPath]) => ({ name, mountPath })),
          })],
          volumes: Object.keys(SCRATCH).map(name => ({ name, emptyDir: {} })),
        },
      },
    },
  };
}
