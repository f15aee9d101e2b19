import { k8s } from 'cdk8s-plus-27';
import { DriverParts } from './driver-parts';
import { confined, container, endpoint, livenessContainer, livenessProbe, logFlag, network, pluginEnv, pluginResources, PRIVILEGED, resources, SOCKET, socketMount, SOCKET_VOLUME } from './pod-parts';
import { REGISTRAR_IMAGE } from './sidecars';

const PODS = 'pods-mount-dir';
const REGISTRATION = 'registration-dir';

/** The node plugin: it mounts volumes where the kubelet of its node looks for them. */
export function nodeDaemonSet(parts: DriverParts): k8s.KubeDaemonSetProps {
  const { node, kubeletDirectory } = parts;
  const labels = parts.selector('node');
  const securityContext = confined(parts.seLinux);
  const pods = `${kubeletDirectory}/pods`;
  const registrar = endpoint(parts.ports.registrarHealth, node.hostNetwork);
  return {
    metadata: { name: parts.nodeName, namespace: parts.namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('10%') } },
      template: {
        metadata: { labels },
        spec: {
          ...network(node.hostNetwork),
          serviceAccountName: parts.nodeName,
          automountServiceAccountToken: false,
          priorityClassName: 'system-node-critical',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            container({
              name: parts.pluginName,
              image: parts.image,
              args: parts.nodeArgs,
              env: pluginEnv,
              livenessProbe: livenessProbe(parts.ports.nodeHealth, node.hostNetwork),
              resources: pluginResources(node.memoryLimit),
              // Mounts reach the host only out of a privileged container.
              securityContext: PRIVILEGED,
              volumeMounts: [socketMount, { name: PODS, mountPath: pods, mountPropagation: 'Bidirectional' }],
            }),
            container({
              name: 'node-driver-registrar',
              image: `${parts.registry}/${REGISTRAR_IMAGE}`,
              args: [
                `--csi-address=${SOCKET}`,
                `--kubelet-registration-path=${parts.hostSocket}`,
                `--http-endpoint=${registrar.listen}`,
                logFlag,
              ],
              livenessProbe: { httpGet: registrar.get, initialDelaySeconds: 30, periodSeconds: 90, timeoutSeconds: 15 },
              resources: resources('20Mi', '100Mi'),
              securityContext,
              volumeMounts: [socketMount, { name: REGISTRATION, mountPath: '/registration' }],
            }),
            livenessContainer({ registry: parts.registry, port: parts.ports.nodeHealth, hostNetwork: node.hostNetwork, securityContext }),
          ],
          volumes: [
            // The kubelet owns these two: if they are not there, the kubelet directory is wrong, and the pod says so.
            { name: PODS, hostPath: { path: pods, type: 'Directory' } },
            { name: REGISTRATION, hostPath: { path: `${kubeletDirectory}/plugins_registry`, type: 'Directory' } },
            { name: SOCKET_VOLUME, hostPath: { path: parts.hostSocket.replace(/\/[^/]*$/, ''), type: 'DirectoryOrCreate' } },
          ],
        },
      },
    },
  };
}
