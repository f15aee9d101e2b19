import { k8s } from 'cdk8s-plus-27';
import { DriverParts } from './driver-parts';
import { confined, container, livenessContainer, livenessProbe, logFlag, network, placement, pluginEnv, pluginResources, PRIVILEGED, resources, SOCKET, socketMount, SOCKET_VOLUME } from './pod-parts';
import { CONTROLLER_SIDECARS } from './sidecars';

const TEMPORARY = 'tmp';

/** The sidecars that the driver's features need. */
export function controllerSidecars(parts: DriverParts) {
  return CONTROLLER_SIDECARS.filter(sidecar => parts.features.has(sidecar.feature));
}

/** The controller: the driver beside its sidecars, in as many copies as the platform can use. */
export function controllerDeployment(parts: DriverParts): k8s.KubeDeploymentProps {
  const { controller } = parts;
  const labels = parts.selector('controller');
  const securityContext = confined(false); // its socket lies in an emptyDir, which SELinux labels for the pod
  return {
    metadata: { name: parts.controllerName, namespace: parts.namespace, labels },
    spec: {
      replicas: controller.replicas,
      selector: { matchLabels: labels },
      // Ports of the host are free only after the old pod is gone.
      ...(controller.hostNetwork
        ? { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(0), maxUnavailable: k8s.IntOrString.fromNumber(1) } } }
        : {}),
      template: {
        metadata: { labels },
        spec: {
          ...network(controller.hostNetwork),
          serviceAccountName: parts.controllerName,
          automountServiceAccountToken: true,
          ...placement(labels, controller.replicas, controller.hostNetwork),
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            container({
              name: parts.pluginName,
              image: parts.image,
              args: parts.controllerArgs,
              env: pluginEnv,
              livenessProbe: livenessProbe(parts.ports.controllerHealth, controller.hostNetwork),
              resources: pluginResources(controller.memoryLimit),
              securityContext: controller.privileged ? PRIVILEGED : securityContext,
              volumeMounts: [socketMount, { name: TEMPORARY, mountPath: '/tmp' }],
            }),
            ...controllerSidecars(parts).map(sidecar => container({
              name: sidecar.image,
              image: `${parts.registry}/sig-storage/${sidecar.image}:${sidecar.version}`,
              args: [`--csi-address=${SOCKET}`, '--leader-election=true', ...sidecar.flags(parts.flagFacts), logFlag],
              resources: resources('40Mi', '400Mi'),
              securityContext,
              volumeMounts: [socketMount],
            })),
            livenessContainer({ registry: parts.registry, port: parts.ports.controllerHealth, hostNetwork: controller.hostNetwork, securityContext }),
          ],
          volumes: [{ name: SOCKET_VOLUME, emptyDir: {} }, { name: TEMPORARY, emptyDir: {} }],
        },
      },
    },
  };
}
