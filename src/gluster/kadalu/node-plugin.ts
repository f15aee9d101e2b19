import { k8s } from 'cdk8s-plus-27';
import { KADALU_NAMESPACE } from './kadalu-brick';
import { NodeUpdateStrategy } from '../../csi/csi-driver-props';
import { confined, container, fieldVariable, logFlag, PRIVILEGED, resources } from '../../csi/pod-parts';

export const NODE_PLUGIN = 'kadalu-csi-nodeplugin';
export const NODE_PLUGIN_CONTAINER = 'kadalu-nodeplugin';
const SOCKET = 'plugin-dir';
const REGISTRATION = 'registration-dir';
const REGISTRAR_PORT = 9810;

export interface NodePluginParts {
  readonly image: string;
  readonly registrarImage: string;
  readonly version: string;
  readonly kubeletDirectory: string;
  readonly seLinux: boolean;
  readonly verbose: boolean;
  readonly resources: k8s.ResourceRequirements;
  readonly updateStrategy: NodeUpdateStrategy;
}

/**
 * The node plugin. `CsiDriver` does not fit: Kadalu takes variables instead of arguments, its volumes lie in a ConfigMap of the operator, which also
 * writes CSIDriver and controller, and a liveness probe would kill the Gluster clients in it. Names and selector are those of Kadalu's own manifests.
 */
export function nodePlugin(parts: NodePluginParts): k8s.KubeDaemonSetProps {
  const { kubeletDirectory } = parts;
  const labels = { 'app.kubernetes.io/part-of': 'kadalu', 'app.kubernetes.io/name': NODE_PLUGIN, 'app.kubernetes.io/component': 'csi-driver' };
  const socket = `${kubeletDirectory}/plugins/kadalu`;
  const shared = [
    { name: 'pods-mount-dir', path: `${kubeletDirectory}/pods`, type: 'Directory' },
    // Where the kubelet looks for raw devices; it makes the directory with the first of them.
    { name: 'csi-dir', path: `${kubeletDirectory}/plugins/kubernetes.io/csi`, type: 'DirectoryOrCreate' },
  ];
  return {
    metadata: { name: NODE_PLUGIN, namespace: KADALU_NAMESPACE, labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: parts.updateStrategy },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: NODE_PLUGIN,
          automountServiceAccountToken: false, // it never asks the API server
          priorityClassName: 'system-node-critical',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            container({
              name: NODE_PLUGIN_CONTAINER,
              image: parts.image,
              env: [
                fieldVariable('NODE_ID', 'spec.nodeName'),
                { name: 'CSI_ENDPOINT', value: 'unix://plugin/csi.sock' },
                { name: 'CSI_ROLE', value: 'nodeplugin' },
                { name: 'KADALU_VERSION', value: parts.version },
                { name: 'VERBOSE', value: parts.verbose ? 'yes' : 'no' },
              ],
              resources: parts.resources,
              securityContext: PRIVILEGED,
              volumeMounts: [
                { name: SOCKET, mountPath: '/plugin' },
                ...shared.map(({ name, path }) => ({ name, mountPath: path, mountPropagation: 'Bidirectional' })),
                { name: 'glusterfsd-volfilesdir', mountPath: '/var/lib/gluster' },
                { name: 'gluster-dev', mountPath: '/dev' },
                { name: 'varlog', mountPath: '/var/log/gluster' },
              ],
            }),
            container({
              name: 'csi-node-driver-registrar',
              image: parts.registrarImage,
              args: ['--csi-address=/plugin/csi.sock', `--kubelet-registration-path=${socket}/csi.sock`, '--timeout=60s', `--http-endpoint=:${REGISTRAR_PORT}`, logFlag()],
              livenessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromNumber(REGISTRAR_PORT) }, initialDelaySeconds: 30, periodSeconds: 15, timeoutSeconds: 10 },
              resources: resources('20Mi', '100Mi'),
              securityContext: confined(parts.seLinux),
              volumeMounts: [{ name: SOCKET, mountPath: '/plugin' }, { name: REGISTRATION, mountPath: '/registration' }],
            }),
          ],
          volumes: [
            { name: SOCKET, hostPath: { path: socket, type: 'DirectoryOrCreate' } },
            { name: REGISTRATION, hostPath: { path: `${kubeletDirectory}/plugins_registry`, type: 'Directory' } },
            ...shared.map(({ name, path, type }) => ({ name, hostPath: { path, type } })),
            // The operator writes it; until then the pod waits.
            { name: 'glusterfsd-volfilesdir', configMap: { name: 'kadalu-info' } },
            { name: 'gluster-dev', hostPath: { path: '/dev', type: 'Directory' } },
            { name: 'varlog', emptyDir: {} },
          ],
        },
      },
    },
  };
}
