import { k8s } from 'cdk8s-plus-27';
import { NodeUpdateStrategy } from './csi-driver-props';
import { DriverParts } from './driver-parts';
import { confined, container, endpoint, hostPorts, livenessContainer, livenessProbe, logFlag, network, pluginEnv, pluginResources, PRIVILEGED, resources, sidecarImage, SOCKET, socketMount, SOCKET_VOLUME } from './pod-parts';
import { REGISTRAR } from './sidecars';

const PODS = 'pods-mount-dir';
const REGISTRATION = 'registration-dir';
const PLUGINS = 'plugins-dir';
const DEVICES = 'device-dir';

/** A number of nodes, or a percentage. */
function intOrString(value: string): k8s.IntOrString {
  return /^\d+$/.test(value) ? k8s.IntOrString.fromNumber(Number(value)) : k8s.IntOrString.fromString(value);
}

/** The node plugin: it mounts volumes where the kubelet of its node looks for them. */
export function nodeDaemonSet(parts: DriverParts): k8s.KubeDaemonSetProps {
  const { node, kubeletDirectory } = parts;
  const labels = parts.selector('node');
  const securityContext = confined(parts.seLinux);
  const pods = `${kubeletDirectory}/pods`;
  const { nodeDriverRegistrar = {}, livenessProbe: livenessOptions } = parts.sidecarOptions;
  // The kubelet owns these: if they are not there, the kubelet directory is wrong, and the pod says so.
  const shared: { name: string; path: string; propagation?: string }[] = [
    { name: PODS, path: pods, propagation: 'Bidirectional' },
    // Staged volumes and device links lie below it.
    ...(parts.staging ? [{ name: PLUGINS, path: `${kubeletDirectory}/plugins`, propagation: 'Bidirectional' }] : []),
    ...(parts.devices ? [{ name: DEVICES, path: '/dev' }] : []),
  ];
  const registrar = endpoint(parts.ports.registrarHealth, node.hostNetwork);
  return {
    metadata: { name: parts.nodeName, namespace: parts.namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: node.updateStrategy === NodeUpdateStrategy.ON_DELETE ? { type: 'OnDelete' }
        : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: intOrString(node.maxUnavailable ?? '10%') } },
      template: {
        metadata: { labels },
        spec: {
          ...network(node.hostNetwork),
          serviceAccountName: parts.nodeName,
          automountServiceAccountToken: (node.permissions ?? []).length > 0,
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
              livenessProbe: livenessProbe(parts.ports.nodeHealth, node.hostNetwork, livenessOptions),
              resources: pluginResources(node),
              // Mounts reach the host only out of a privileged container.
              securityContext: PRIVILEGED,
              volumeMounts: [socketMount, ...shared.map(({ name, path, propagation }) => ({ name, mountPath: path, mountPropagation: propagation }))],
            }),
            container({
              name: 'node-driver-registrar',
              image: sidecarImage(parts.registry, REGISTRAR, nodeDriverRegistrar),
              args: [
                `--csi-address=${SOCKET}`,
                `--kubelet-registration-path=${parts.hostSocket}`,
                `--timeout=${nodeDriverRegistrar.timeout?.toSeconds() ?? 60}s`, // its own default, 1 s, is short for a node that boots
                `--http-endpoint=${registrar.listen}`,
                logFlag(parts.logLevel),
                ...nodeDriverRegistrar.extraArgs ?? [],
              ],
              ports: hostPorts(node.hostNetwork, 'registrar', parts.ports.registrarHealth),
              livenessProbe: { httpGet: registrar.get, initialDelaySeconds: 30, periodSeconds: 15, timeoutSeconds: 10 },
              resources: resources('20Mi', nodeDriverRegistrar.memoryLimit?.asString() ?? '100Mi'),
              securityContext,
              volumeMounts: [socketMount, { name: REGISTRATION, mountPath: '/registration' }],
            }),
            livenessContainer({
              registry: parts.registry, options: livenessOptions, port: parts.ports.nodeHealth, hostNetwork: node.hostNetwork, logLevel: parts.logLevel, securityContext,
            }),
          ],
          volumes: [
            ...shared.map(({ name, path }) => ({ name, hostPath: { path, type: 'Directory' } })),
            { name: REGISTRATION, hostPath: { path: `${kubeletDirectory}/plugins_registry`, type: 'Directory' } },
            { name: SOCKET_VOLUME, hostPath: { path: parts.hostSocket.replace(/\/[^/]*$/, ''), type: 'DirectoryOrCreate' } },
          ],
        },
      },
    },
  };
}
