import { k8s } from 'cdk8s-plus-27';
import { KADALU_NAMESPACE } from './kadalu-brick';
import { KadaluPodOptions } from './kadalu-operator-props';
import { container, placement } from '../../csi/pod-parts';

export const OPERATOR = 'kadalu-operator';
const PART_OF = { 'app.kubernetes.io/part-of': 'kadalu' };

export interface OperatorParts {
  readonly image: string;
  readonly version: string;
  readonly registry: string;
  readonly repository: string;
  readonly kubeletDirectory: string;
  readonly verbose: boolean;
  readonly resources: k8s.ResourceRequirements;
  readonly options: KadaluPodOptions;
}

/** The operator. Names and selector are those of Kadalu's own manifests, so that an install from there can be taken over. */
export function operatorDeployment(parts: OperatorParts): k8s.KubeDeploymentProps {
  const selector = { name: 'kadalu' };
  const variables = {
    IMAGES_HUB: parts.registry,
    DOCKER_USER: parts.repository,
    KADALU_VERSION: parts.version,
    KADALU_NAMESPACE,
    KUBELET_DIR: parts.kubeletDirectory,
    VERBOSE: parts.verbose ? 'yes' : 'no',
  };
  return {
    metadata: { name: 'operator', namespace: KADALU_NAMESPACE, labels: { ...PART_OF, 'app.kubernetes.io/name': OPERATOR, 'app.kubernetes.io/component': 'operator' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      strategy: { type: 'Recreate' }, // it elects no leader, so two of them would both write
      template: {
        metadata: { labels: { ...selector, ...PART_OF } },
        spec: {
          serviceAccountName: OPERATOR,
          automountServiceAccountToken: true,
          ...placement(selector, 1, false),
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [container({
            name: OPERATOR,
            image: parts.image,
            env: Object.entries(variables).map(([name, value]) => ({ name, value })),
            ports: [{ name: 'metrics', containerPort: 8050 }],
            resources: parts.resources,
            // It writes what it applies into /kadalu/templates of its image, which belong to root, and asks nothing of the node.
            securityContext: { runAsUser: 0, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          })],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  };
}
