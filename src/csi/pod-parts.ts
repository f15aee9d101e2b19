import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { CsiPodOptions } from './csi-pod-options';
import { CsiSidecarOptions } from './csi-sidecar-options';
import { LIVENESS } from './sidecars';
import { Distribution } from '../platform/distribution';

/** The directory of the driver's socket, in every container that talks to it. */
export const SOCKET_DIRECTORY = '/csi';
export const SOCKET = `${SOCKET_DIRECTORY}/csi.sock`;
export const SOCKET_VOLUME = 'socket-dir';
export const socketMount: k8s.VolumeMount = { name: SOCKET_VOLUME, mountPath: SOCKET_DIRECTORY };

/** How much sidecars log unless said otherwise: what they change, not what they look at. */
export const DEFAULT_LOG_LEVEL = 2;
export const logFlag = (level = DEFAULT_LOG_LEVEL) => `--v=${level}`;

/**
 * What a sidecar may do: nothing but use its socket and, some of them, the API server. It
 * stays root without capabilities, because the socket belongs to the driver's root.
 *
 * @param seLinux whether SELinux minds that it uses a socket of the host; nothing where it uses none
 * @param add capabilities that are left to it all the same
 */
export function confined(seLinux = false, add: readonly string[] = []): k8s.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'], ...(add.length > 0 ? { add: [...add] } : {}) },
    readOnlyRootFilesystem: true,
    // A confined process may not use the socket that a privileged one made on the host: csi-driver-host-path#32
    ...(seLinux ? { seLinuxOptions: { type: 'spc_t' } } : {}),
  };
}

/** A pod that needs nothing of its node, as the level restricted wants it. Where SecurityContextConstraints decide (OpenShift), they choose the user, and refuse another one. */
export function unprivileged({ privilegedClusterRole }: Distribution, id = 65532): k8s.PodSecurityContext {
  const user = privilegedClusterRole === undefined ? { runAsUser: id, runAsGroup: id } : {};
  return { runAsNonRoot: true, ...user, seccompProfile: { type: 'RuntimeDefault' } };
}

/** A container that mounts. Privileged already means every capability and a writable root. */
export const PRIVILEGED: k8s.SecurityContext = { privileged: true, allowPrivilegeEscalation: true };

/** Enough CPU and memory to start, a limit on memory, none on CPU: throttling a storage driver stalls every pod on the node. */
export function resources(memory: string, memoryLimit: string, cpu = '10m'): k8s.ResourceRequirements {
  const quantity = (value: string) => k8s.Quantity.fromString(value);
  return { requests: { cpu: quantity(cpu), memory: quantity(memory) }, limits: { memory: quantity(memoryLimit) } };
}

/** What the driver's own container gets. */
export function pluginResources(options: CsiPodOptions & { readonly memoryLimit: Size }): k8s.ResourceRequirements {
  return resources(options.memoryRequest?.asString() ?? '40Mi', options.memoryLimit.asString(), options.cpuRequest);
}

/** The image of a sidecar: the one that was given, or the tested release from a registry. */
export function sidecarImage(registry: string, sidecar: { readonly image: string; readonly version: string }, options: CsiSidecarOptions = {}): string {
  return options.image ?? `${registry}/sig-storage/${sidecar.image}:${sidecar.version}`;
}

/** A container with what all of ours have in common. */
export function container(parts: k8s.Container): k8s.Container {
  return { imagePullPolicy: 'IfNotPresent', terminationMessagePolicy: 'FallbackToLogsOnError', ...parts };
}

/** Where a health endpoint listens, and how the kubelet asks it. */
export function endpoint(port: number, hostNetwork: boolean): { readonly listen: string; readonly get: k8s.HttpGetAction } {
  const path = '/healthz';
  const target = k8s.IntOrString.fromNumber(port);
  // On the host network only the node itself may ask.
  return hostNetwork
    ? { listen: `localhost:${port}`, get: { host: 'localhost', path, port: target } }
    : { listen: `:${port}`, get: { path, port: target } };
}

/** On the host network ports are written down, so that the scheduler keeps apart who uses the same. */
export function hostPorts(hostNetwork: boolean, name: string, port: number): k8s.ContainerPort[] | undefined {
  return hostNetwork ? [{ name, containerPort: port, protocol: 'TCP' }] : undefined;
}

export interface LivenessParts {
  readonly registry: string;
  readonly options?: CsiSidecarOptions;
  readonly port: number;
  readonly hostNetwork: boolean;
  readonly logLevel: number;
  readonly securityContext: k8s.SecurityContext;
}

const probeTimeout = (options?: CsiSidecarOptions) => options?.timeout?.toSeconds() ?? 3;

/** The livenessprobe sidecar: it asks the driver over its socket when the kubelet asks it. */
export function livenessContainer(parts: LivenessParts): k8s.Container {
  return container({
    name: 'liveness-probe',
    image: sidecarImage(parts.registry, LIVENESS, parts.options),
    args: [
      `--csi-address=${SOCKET}`,
      `--probe-timeout=${probeTimeout(parts.options)}s`,
      `--http-endpoint=${endpoint(parts.port, parts.hostNetwork).listen}`,
      logFlag(parts.logLevel),
      ...parts.options?.extraArgs ?? [],
    ],
    ports: hostPorts(parts.hostNetwork, 'healthz', parts.port),
    resources: resources('20Mi', parts.options?.memoryLimit?.asString() ?? '100Mi'),
    securityContext: parts.securityContext,
    volumeMounts: [socketMount],
  });
}

/** The probe on the driver's container. */
export function livenessProbe(port: number, hostNetwork: boolean, options?: CsiSidecarOptions): k8s.Probe {
  // The kubelet waits longer than the sidecar, or the sidecar's timeout would mean nothing.
  const timeoutSeconds = Math.max(10, probeTimeout(options) + 1);
  return { httpGet: endpoint(port, hostNetwork).get, initialDelaySeconds: 30, periodSeconds: 30, timeoutSeconds, failureThreshold: 5 };
}

/** On the host network cluster names resolve only if asked for. */
export function network(hostNetwork: boolean): Pick<k8s.PodSpec, 'hostNetwork' | 'dnsPolicy'> {
  return hostNetwork ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {};
}

/** A variable of what the pod itself says. */
export const fieldVariable = (name: string, fieldPath: string): k8s.EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });

/** The variables that every CSI driver's arguments may use. */
export const pluginEnv: k8s.EnvVar[] = [
  fieldVariable('NODE_ID', 'spec.nodeName'),
  { name: 'CSI_ENDPOINT', value: `unix://${SOCKET}` },
];

/**
 * Where a controller's copies run: among what the cluster itself needs, on
 * different nodes. They must be where they use ports of the host, and had better be elsewhere.
 */
export function placement(labels: Record<string, string>, replicas: number, hostNetwork: boolean): Partial<k8s.PodSpec> {
  const term: k8s.PodAffinityTerm = { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' };
  const spread: Partial<k8s.PodSpec> = {
    affinity: {
      podAntiAffinity: hostNetwork
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] },
    },
    topologySpreadConstraints: [{
      labelSelector: { matchLabels: labels }, maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway',
    }],
  };
  return {
    priorityClassName: 'system-cluster-critical',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [
      { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
    ],
    ...(replicas > 1 ? spread : {}),
  };
}

/** Lets voluntary disruptions take one copy of a controller at a time. */
export function disruptionBudget(name: string, namespace: string, labels: Record<string, string>): k8s.KubePodDisruptionBudgetProps {
  return {
    metadata: { name, namespace },
    // A copy that is not ready protects nobody, and must not block the drain of its node.
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: labels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  };
}
