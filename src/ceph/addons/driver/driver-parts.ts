import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { operatedAddonsPort, operatedPods } from './operator-parts';
import { ADDONS_ENDPOINT, ADDONS_VERSION, addonsPort, addonsSidecar, omapGenerator } from './sidecar';
import { controllerGrants, nodeGrants, OMAP_GRANTS } from './sidecar-grants';
import { CsiPermission } from '../../../csi/csi-permission';
import { CsiPodOptions } from '../../../csi/csi-pod-options';
import { checkImage, checkTested } from '../../../csi/image';
import { confined, DEFAULT_LOG_LEVEL } from '../../../csi/pod-parts';
import { portsByName } from '../../../csi/ports-by-name';
import { isBefore } from '../../../csi/release';
import { CSI_RULES } from '../../../csi/rules';
import { checkAtSynth, fail, report, unchecked } from '../../../findings/report';
import { emit } from '../../../manifest/emit';
import { Cluster } from '../../../platform/cluster';
import { CephCsiDriverProps } from '../../driver/ceph-csi-driver-props';
import { CephRbdCsiDriverProps } from '../../driver/ceph-rbd-csi-driver-props';
import { DriverKind } from '../../driver/driver-kind';
import { addonsOf, needAddons } from '../controller/presence';
import { CEPH_ADDONS_RULES } from '../rules';
import { count, malformed } from '../values';

/** What an install knows of itself. */
interface Install {
  readonly kind: DriverKind;
  readonly driverName: string;
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly version?: string;
  /** Whether ceph-csi-operator writes the pods. */
  readonly operated: boolean;
}

/** Arguments of the driver, and its pods with what csi-addons puts into them. */
interface AddonsParts {
  readonly args: string[];
  readonly controller: CephCsiDriverProps['controller'];
  readonly node: CephCsiDriverProps['node'];
  /** Writes what has to come after the driver's namespace. */
  readonly write: () => void;
}

/** What `csiAddons`, `omapGenerator` and `changedBlocks` add to the pods of a driver. CEPH174, CEPH190, CEPH191, CSI004 */
export function addonsParts(scope: Construct, props: CephCsiDriverProps & CephRbdCsiDriverProps, install: Install): AddonsParts {
  checkFlags(scope, props);
  checkChangedBlocks(scope, props, install.version);
  const sidecars = props.csiAddons ? withSidecars(scope, props, install) : { args: [], controller: props.controller, node: props.node, write: () => undefined };
  return props.omapGenerator ? { ...sidecars, controller: withOmapGenerator(scope, props, install, sidecars.controller) } : sidecars;
}

/** CEPH174: from JavaScript 'false' would be true. */
function checkFlags(scope: Construct, { csiAddons, omapGenerator: omap }: CephCsiDriverProps): void {
  for (const [what, value] of Object.entries({ csiAddons, omapGenerator: omap })) {
    if (value !== undefined && value !== null && typeof value !== 'boolean') {
      malformed(scope, what, value, 'true or false', 'write true, or leave it out');
    }
  }
}

/** CEPH191 */
export function checkChangedBlocks(scope: Construct, { changedBlocks }: CephRbdCsiDriverProps, version: string | undefined): void {
  if (changedBlocks && version === undefined) {
    checkAtSynth(scope, () => unchecked(scope, CEPH_ADDONS_RULES.CEPH191, 'the release of ceph-csi that the image was made from: version'));
  } else if (changedBlocks && isBefore(version, 'v3.15.0')) {
    fail(scope, CEPH_ADDONS_RULES.CEPH191, { version: `${version}` });
  }
}

function withSidecars(scope: Construct, props: CephCsiDriverProps, install: Install): AddonsParts {
  const { kubeletDirectory, seLinux, privilegedClusterRole } = Cluster.of(scope).platform.distribution;
  checkTested(scope, 'k8s-sidecar', props.csiAddonsImage, ADDONS_VERSION);
  const image = checkImage(scope, 'csiAddonsImage', props.csiAddonsImage ?? `quay.io/csiaddons/k8s-sidecar:${ADDONS_VERSION}`);
  // Those of ceph-csi-operator are not on the network of their nodes.
  const port = install.operated ? operatedPort(scope, props, install) : claimPort(scope, props, install);
  const conditions = { ownerReferences: privilegedClusterRole !== undefined };
  const logLevel = props.logLevel ?? DEFAULT_LOG_LEVEL;
  needAddons(scope);
  return {
    write: () => (props.networkPolicy ? admitController(scope, props, install, port) : undefined),
    args: [`--csi-addons-endpoint=${ADDONS_ENDPOINT}`],
    controller: extended(props.controller, controllerGrants(conditions), addonsSidecar({
      image, port, logLevel, args: ['--leader-election-namespace=$(POD_NAMESPACE)'], securityContext: confined(false),
    })),
    node: extended(props.node, nodeGrants(conditions), addonsSidecar({
      image, port, logLevel, args: [`--stagingpath=${kubeletDirectory}/plugins/kubernetes.io/csi/`], securityContext: confined(seLinux),
    })),
  };
}

function withOmapGenerator(scope: Construct, props: CephCsiDriverProps, install: Install, controller: CephCsiDriverProps['controller']): CephCsiDriverProps['controller'] {
  const { clusterName, instanceId, logLevel = 4 } = props;
  report(scope, CEPH_ADDONS_RULES.CEPH190, { driver: `'${install.driverName}'` });
  const flags = [...(clusterName === undefined ? [] : [`--clustername=${clusterName}`]), ...(instanceId === undefined ? [] : [`--instanceid=${instanceId}`])];
  return extended(controller, OMAP_GRANTS, omapGenerator(install.image, install.driverName, flags, logLevel, confined(false)));
}

/** The user's own come last, so that a name that is taken is theirs. */
function extended<T extends CsiPodOptions>(options: T | undefined, permissions: readonly CsiPermission[], container: object): T {
  return { ...options!, permissions: [...permissions, ...options?.permissions ?? []], extraContainers: [container, ...options?.extraContainers ?? []] };
}

/** CSI004: only a controller on the network of its node can clash. */
function operatedPort(scope: Construct, { controller }: CephCsiDriverProps, { kind }: Install): number {
  const port = operatedAddonsPort(kind);
  if (controller?.hostNetwork) {
    Cluster.of(scope).claim(scope, 'host port', port, CSI_RULES.CSI004, { mend: 'leave controller.hostNetwork out: the controller of ceph-csi needs nothing of its node' });
  }
  return port;
}

/** CSI004: nodes have it on their network, the controller on that of pods. */
function claimPort(scope: Construct, props: CephCsiDriverProps, { kind, driverName }: Install): number {
  const port = count(scope, 'csiAddonsPort', props.csiAddonsPort, 1, 65535) ?? addonsPort(kind, driverName, portsByName(driverName).controllerHealth!);
  const mend = 'give this driver a port of its own: csiAddonsPort: …';
  const { controllerHealth = 9808, metrics = 9820 } = props.ports ?? {};
  if (port === controllerHealth || (port >= metrics && port < metrics + 6)) {
    fail(scope, CSI_RULES.CSI004, { key: port, first: 'the same driver', mend });
  }
  if (props.controller?.hostNetwork && (props.node?.hostNetwork ?? true)) {
    fail(scope, CSI_RULES.CSI004, { key: port, first: 'the node plugin of the same driver', mend: 'leave controller.hostNetwork out: the controller of ceph-csi needs nothing of its node' });
  }
  if (props.controller?.hostNetwork || (props.node?.hostNetwork ?? true)) {
    Cluster.of(scope).claim(scope, 'host port', port, CSI_RULES.CSI004, { mend });
  }
  return port;
}

/** Policies add up: this one lets the controller of csi-addons in, wherever it was declared. */
function admitController(scope: Construct, props: CephCsiDriverProps, { name, namespace, driverName, operated }: Install, port: number): void {
  const from = Lazy.any({ produce: () => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': addonsOf(scope)?.namespace ?? 'csi-addons-system' } } }] });
  const policy = k8s.KubeNetworkPolicy.manifest({
    metadata: { name: `${name}-csi-addons`, namespace },
    spec: {
      podSelector: { matchLabels: operated ? operatedPods(driverName, 'controller') : { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'controller' } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }] }],
    },
  });
  policy.spec.ingress[0].from = from;
  emit(scope, 'AddonsNetworkPolicy', policy, props);
}
