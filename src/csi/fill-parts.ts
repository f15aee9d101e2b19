import { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { CsiDriverProps, CsiPorts } from './csi-driver-props';
import { CsiSidecars } from './csi-sidecar-options';
import { DriverParts, PlacedSidecar } from './driver-parts';
import { featuresOf } from './features';
import { checkImage, checkRegistry } from './image';
import { DEFAULT_LOG_LEVEL } from './pod-parts';
import { CSI_RULES } from './rules';
import { controllerSidecars, CONTROLLER_SIDECARS, DEFAULT_REGISTRY, SidecarFacts } from './sidecars';
import { fail } from '../findings/report';
import { withDefaults } from '../manifest/defaults';
import { checkLabel, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { NodeCount } from '../platform/node-count';

const DEFAULT_PORTS: Required<CsiPorts> = { controllerHealth: 9808, nodeHealth: 9809, registrarHealth: 9810, metrics: 9820 };
const DEFAULT_ARGS = ['--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(NODE_ID)'];
const UNIX_PATH_MAX = 107;
const SIDECAR_IMAGES = [...new Set(CONTROLLER_SIDECARS.map(row => row.image))];
const LEAST_MEMORY = 64; // MiB; the container asks for 40
const LEAST_SIDECAR_MEMORY = 40; // MiB; that is what it asks for

/** CSI005 */
export function checkRange(scope: Construct, what: string, value: number, lowest: number, highest: number): number {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    const expected = lowest === highest ? `${lowest} on this platform` : `a whole number from ${lowest} to ${highest}`;
    fail(scope, CSI_RULES.CSI005, { what, value, expected, example: `leave it out for the default, or give ${expected}` });
  }
  return value;
}

/** CSI005, in MiB. */
function checkMemory(scope: Construct, what: string, size: Size, lowest: number, most = Size.tebibytes(1)): void {
  quantity(scope, what, size);
  const [value, highest] = [size, most].map(each => each.toMebibytes({ rounding: SizeRoundingBehavior.NONE }));
  if (value < lowest || value > highest) {
    const expected = `from ${lowest} to ${highest}`;
    fail(scope, CSI_RULES.CSI005, { what: `${what} in MiB`, value, expected, example: `leave it out for the default, or give ${expected}` });
  }
}

/** A duration in whole seconds that is in range. */
export function checkSeconds(scope: Construct, what: string, duration: Duration, lowest: number, highest = 24 * 60 * 60): number {
  return checkRange(scope, `${what} in seconds`, duration.toSeconds({ integral: false }), lowest, highest);
}

/** The props with their defaults, checked. */
export function fillParts(scope: Construct, props: CsiDriverProps): DriverParts {
  const { platform } = Cluster.of(scope);
  const { kubeletDirectory, seLinux } = platform.distribution;
  const name = checkLabel(scope, 'the name of the driver', props.name ?? props.driverName.replace(/\./g, '-'));
  const capabilities = props.capabilities ?? {};
  const hostSocket = `${kubeletDirectory}/plugins/${props.driverName}/csi.sock`;
  for (const path of [hostSocket, `${kubeletDirectory}/plugins_registry/${props.driverName}-reg.sock`]) {
    if (Buffer.byteLength(path) > UNIX_PATH_MAX) {
      fail(scope, CSI_RULES.CSI002, { path, bytes: Buffer.byteLength(path) });
    }
  }
  const single = platform.nodes === NodeCount.SINGLE;
  const controller = withDefaults({ replicas: single ? 1 : 2, hostNetwork: false, privileged: false, memoryLimit: Size.mebibytes(256) }, props.controller);
  const node = withDefaults({ hostNetwork: false, memoryLimit: Size.mebibytes(300) }, props.node);
  checkRange(scope, 'controller.replicas', controller.replicas, 1, single ? 1 : 10);
  for (const [what, pods] of Object.entries({ controller, node })) {
    checkMemory(scope, `${what}.memoryLimit`, pods.memoryLimit, LEAST_MEMORY);
    if (pods.memoryRequest) {
      checkMemory(scope, `${what}.memoryRequest`, pods.memoryRequest, 1, pods.memoryLimit);
    }
  }
  const ports = withDefaults(DEFAULT_PORTS, props.ports);
  // Each sidecar takes one from there on.
  Object.entries(ports).forEach(([port, value]) => checkRange(scope, `ports.${port}`, value, 1, port === 'metrics' ? 65535 - SIDECAR_IMAGES.length + 1 : 65535));
  const facts: SidecarFacts = {
    kubernetes: platform.kubernetes,
    features: featuresOf(capabilities),
    timeoutSeconds: checkSeconds(scope, 'operationTimeout', props.operationTimeout ?? Duration.minutes(1), 1),
    defaultFsType: props.defaultFsType,
  };
  checkSidecarOptions(scope, props.sidecars ?? {});
  return {
    driverName: props.driverName,
    namespace: checkLabel(scope, 'the namespace of the driver', props.namespace ?? name),
    controllerName: checkLabel(scope, 'the name of the controller', `${name}-controller`),
    nodeName: `${name}-node`,
    pluginName: name,
    image: checkImage(scope, 'image', props.image),
    registry: checkRegistry(scope, props.imageRegistry ?? DEFAULT_REGISTRY),
    controllerArgs: props.controllerArgs ?? DEFAULT_ARGS,
    nodeArgs: props.nodeArgs ?? DEFAULT_ARGS,
    facts,
    sidecars: placeSidecars(facts, props, ports.metrics),
    sidecarOptions: props.sidecars ?? {},
    logLevel: checkRange(scope, 'logLevel', props.logLevel ?? DEFAULT_LOG_LEVEL, 0, 10),
    imagePullSecrets: props.imagePullSecrets ?? [],
    ports,
    monitoring: props.monitoring,
    changedBlocks: props.changedBlocks,
    controller,
    node,
    staging: (capabilities.stage ?? false) || (capabilities.block ?? false),
    devices: (capabilities.attach ?? false) || (capabilities.block ?? false),
    kubeletDirectory,
    hostSocket,
    seLinux,
    selector: component => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': component }),
  };
}

/** Each sidecar has a port of its own, wherever it stands: one that comes or goes moves none of the others. */
function placeSidecars(facts: SidecarFacts, props: CsiDriverProps, first: number): PlacedSidecar[] {
  return controllerSidecars(facts).map(sidecar => ({
    ...sidecar,
    // What is not elected has no other way to say that it is ready.
    httpPort: props.monitoring || !sidecar.elected ? first + SIDECAR_IMAGES.indexOf(sidecar.image) : undefined,
  }));
}

function checkSidecarOptions(scope: Construct, sidecars: CsiSidecars): void {
  for (const [sidecar, options] of Object.entries(sidecars)) {
    const what = (property: string) => `sidecars.${sidecar}.${property}`;
    if (options?.timeout) {
      checkSeconds(scope, what('timeout'), options.timeout, 1);
    }
    if (options?.workers !== undefined) {
      checkRange(scope, what('workers'), options.workers, 1, 1000);
    }
    if (options?.memoryLimit) {
      checkMemory(scope, what('memoryLimit'), options.memoryLimit, LEAST_SIDECAR_MEMORY);
    }
    if (options?.image !== undefined) {
      checkImage(scope, what('image'), options.image);
    }
  }
}
