import { k8s } from 'cdk8s-plus-27';
import { DriverParts, PlacedSidecar } from './driver-parts';
import {
  confined, container, fieldVariable, livenessContainer, livenessProbe, logFlag, network, placement, pluginEnv, pluginResources, PRIVILEGED, resources, sidecarImage,
  SOCKET, SOCKET_VOLUME, socketMount,
} from './pod-parts';
import { SNAPSHOT_METADATA_PORT, SNAPSHOT_METADATA_TLS } from './sidecars';

const TEMPORARY = 'tmp';
const CERTIFICATE = 'snapshot-metadata-tls';

/** The controller: the driver beside its sidecars, in as many copies as the platform can use. */
export function controllerDeployment(parts: DriverParts): k8s.KubeDeploymentProps {
  const { controller } = parts;
  const labels = parts.selector('controller');
  const seLinux = false; // the socket lies in an emptyDir, which SELinux labels for the pod
  const securityContext = confined(seLinux);
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
              livenessProbe: livenessProbe(parts.ports.controllerHealth, controller.hostNetwork, parts.sidecarOptions.livenessProbe),
              resources: pluginResources(controller),
              securityContext: controller.privileged ? PRIVILEGED : confined(seLinux, controller.addCapabilities),
              volumeMounts: [socketMount, { name: TEMPORARY, mountPath: '/tmp' }],
            }),
            ...parts.sidecars.map(sidecar => sidecarContainer(parts, sidecar, securityContext)),
            livenessContainer({
              registry: parts.registry,
              options: parts.sidecarOptions.livenessProbe,
              port: parts.ports.controllerHealth,
              hostNetwork: controller.hostNetwork,
              logLevel: parts.logLevel,
              securityContext,
            }),
          ],
          volumes: [
            { name: SOCKET_VOLUME, emptyDir: {} },
            { name: TEMPORARY, emptyDir: {} },
            ...(parts.changedBlocks ? [{ name: CERTIFICATE, secret: { secretName: parts.changedBlocks.tlsSecretName } }] : []),
          ],
        },
      },
    },
  };
}

function sidecarContainer(parts: DriverParts, sidecar: PlacedSidecar, securityContext: k8s.SecurityContext): k8s.Container {
  const { facts } = parts;
  const { timeout, workers, extraArgs = [], memoryLimit } = parts.sidecarOptions[sidecar.option] ?? {};
  const served = sidecar.option === 'snapshotMetadata';
  return container({
    name: sidecar.image,
    image: sidecarImage(parts.registry, sidecar, parts.sidecarOptions[sidecar.option]),
    args: [
      `--csi-address=${SOCKET}`,
      ...(sidecar.elected ? ['--leader-election=true'] : []),
      ...sidecar.flags(timeout ? { ...facts, timeoutSeconds: timeout.toSeconds() } : facts),
      ...(workers === undefined ? [] : [`--${sidecar.workersFlag}=${workers}`]),
      ...(sidecar.httpPort === undefined ? [] : [`--http-endpoint=:${sidecar.httpPort}`]),
      logFlag(parts.logLevel),
      ...extraArgs,
    ],
    // It publishes capacity in its own namespace, owned by its own Deployment.
    ...(sidecar.option === 'provisioner' && facts.features.has('capacity')
      ? { env: [fieldVariable('NAMESPACE', 'metadata.namespace'), fieldVariable('POD_NAME', 'metadata.name')] } : {}),
    ...(sidecar.httpPort === undefined ? {} : {
      ports: [{ name: sidecar.portName, containerPort: sidecar.httpPort }, ...(served ? [{ name: 'changed-blocks', containerPort: SNAPSHOT_METADATA_PORT }] : [])],
    }),
    ...health(sidecar),
    resources: resources('40Mi', memoryLimit?.asString() ?? '400Mi'),
    securityContext,
    volumeMounts: [socketMount, ...(served ? [{ name: CERTIFICATE, mountPath: SNAPSHOT_METADATA_TLS, readOnly: true }] : [])],
  });
}

/** Where a sidecar has an endpoint: an elected one has to keep its lease, one that serves has to be ready. */
function health(sidecar: PlacedSidecar): Partial<k8s.Container> {
  if (sidecar.httpPort === undefined) {
    return {};
  }
  const port = k8s.IntOrString.fromString(sidecar.portName);
  return sidecar.elected
    ? { livenessProbe: { httpGet: { path: '/healthz/leader-election', port }, initialDelaySeconds: 10, periodSeconds: 20, timeoutSeconds: 10 } }
    : { readinessProbe: { httpGet: { path: '/health', port }, initialDelaySeconds: 5, periodSeconds: 10 } };
}
