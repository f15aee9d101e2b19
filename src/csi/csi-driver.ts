import { ApiObject, Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { writeAccount, writeControllerAccount } from './account';
import { CsiCapabilities } from './capabilities';
import { controllerDeployment, controllerSidecars } from './controller';
import { CsiDriverProps, CsiPorts, ExistingCsiDriverOptions } from './csi-driver-props';
import { DriverParts } from './driver-parts';
import { refuseLegacy } from './driver-profile';
import { ICsiDriver } from './i-csi-driver';
import { checkImage, checkRegistry } from './image';
import { DRIVERS } from './installed';
import { nodeDaemonSet } from './node';
import { disruptionBudget } from './pod-parts';
import { RBAC } from './rbac';
import { CSI_RULES } from './rules';
import { ServiceAccountReference } from './service-account-reference';
import { DEFAULT_REGISTRY, Feature } from './sidecars';
import { fail, report } from '../findings/report';
import { withDefaults } from '../manifest/defaults';
import { emit } from '../manifest/emit';
import { Namespace } from '../manifest/namespace';
import { checkLabel, checkSubdomain, isSubdomain, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { clusterChecks, objectsOf } from '../platform/cluster-checks';
import { PodSecurityLevel } from '../platform/distribution';
import { NodeCount } from '../platform/node-count';

const DEFAULT_PORTS: Required<CsiPorts> = { controllerHealth: 9808, nodeHealth: 9809, registrarHealth: 9810 };
const DEFAULT_ARGS = ['--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(NODE_ID)'];
const UNIX_PATH_MAX = 107;
const LEAST_MEMORY = 64; // MiB; the container asks for 40
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** A driver that is installed already. */
class ExistingCsiDriver implements ICsiDriver {
  public readonly capabilities?: CsiCapabilities;
  public readonly controllerServiceAccount?: ServiceAccountReference;
  public readonly nodeServiceAccount?: ServiceAccountReference;

  public constructor(public readonly driverName: string, options: ExistingCsiDriverOptions) {
    this.capabilities = options.capabilities;
    this.controllerServiceAccount = options.controllerServiceAccount;
    this.nodeServiceAccount = options.nodeServiceAccount;
  }
}

/**
 * Installs a CSI driver: CSIDriver, controller, node plugin, accounts and the
 * permissions that its sidecars need for exactly what it can do.
 */
export class CsiDriver extends Construct implements ICsiDriver {
  /**
   * A driver that is installed already: by Helm, by the cloud, or by another repository.
   *
   * @param driverName the name it answers to, such as `nfs.csi.k8s.io`
   * @param options what is known of it
   * @throws CSI001 when no driver can have that name; CSI008 when it is a provisioner of the past
   */
  public static fromDriverName(driverName: string, options: ExistingCsiDriverOptions = {}): ICsiDriver {
    refuseLegacy(undefined, driverName);
    checkDriverName(undefined, driverName);
    for (const account of [options.controllerServiceAccount, options.nodeServiceAccount]) {
      if (account) {
        checkSubdomain(undefined, 'the service account', account.name);
        checkLabel(undefined, 'the namespace of the service account', account.namespace);
      }
    }
    return new ExistingCsiDriver(driverName, options);
  }

  public readonly driverName: string;
  public readonly capabilities?: CsiCapabilities;
  public readonly controllerServiceAccount?: ServiceAccountReference;
  public readonly nodeServiceAccount?: ServiceAccountReference;

  /** The namespace in which the driver runs. */
  public readonly namespace: string;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /**
   * @throws CSI001, CSI002 for a name that cannot work; CSI003, CSI004 for a second driver of that name or on its ports;
   * CSI005, CSI006 for values out of range
   */
  public constructor(scope: Construct, id: string, props: CsiDriverProps) {
    super(scope, id);
    const cluster = Cluster.of(this);
    refuseLegacy(this, props.driverName);
    checkDriverName(this, props.driverName);
    cluster.claim(this, 'driver', `'${props.driverName}'`, CSI_RULES.CSI003);
    cluster.join(DRIVERS, this);
    const parts = this.fill(props);
    this.driverName = props.driverName;
    this.capabilities = props.capabilities ?? {};
    this.namespace = parts.namespace;
    // Without a sidecar there is nothing for a controller to do.
    this.controllerServiceAccount = parts.features.size > 0 ? { name: parts.controllerName, namespace: parts.namespace } : undefined;
    this.nodeServiceAccount = { name: parts.nodeName, namespace: parts.namespace };
    this.claimPorts(cluster, parts);

    if (props.createNamespace ?? true) {
      // Secrets that volumes need lie in it.
      new Namespace(this, 'Namespace', {
        name: parts.namespace, podSecurity: PodSecurityLevel.PRIVILEGED, holdsData: true, labels: props.labels, annotations: props.annotations,
      });
    }
    emit(this, 'CSIDriver', k8s.KubeCsiDriver.manifest({
      metadata: { name: this.driverName },
      spec: { attachRequired: false, fsGroupPolicy: props.fsGroupPolicy, volumeLifecycleModes: ['Persistent'] },
    }), props);
    this.writeAccounts(parts, props, cluster.platform.distribution.privilegedClusterRole);
    if (parts.features.size > 0) {
      emit(this, 'Controller', k8s.KubeDeployment.manifest(controllerDeployment(parts)), props);
      if (parts.controller.replicas > 1) {
        emit(this, 'ControllerBudget', k8s.KubePodDisruptionBudget.manifest(
          disruptionBudget(parts.controllerName, parts.namespace, parts.selector('controller'))), props);
      }
    }
    emit(this, 'Node', k8s.KubeDaemonSet.manifest(nodeDaemonSet(parts)), props);
  }

  /** The props with their defaults, checked. */
  private fill(props: CsiDriverProps): DriverParts {
    const { platform } = Cluster.of(this);
    const name = checkLabel(this, 'the name of the driver', props.name ?? props.driverName.replace(/\./g, '-'));
    const capabilities = props.capabilities ?? {};
    const hostSocket = `${platform.distribution.kubeletDirectory}/plugins/${props.driverName}/csi.sock`;
    if (Buffer.byteLength(hostSocket) > UNIX_PATH_MAX) {
      fail(this, CSI_RULES.CSI002, { path: hostSocket, bytes: Buffer.byteLength(hostSocket) });
    }
    const replicas = props.controller?.replicas ?? (platform.nodes === NodeCount.SINGLE ? 1 : 2);
    this.checkRange('controller.replicas', replicas, 1, platform.nodes === NodeCount.SINGLE ? 1 : 10);
    const timeoutSeconds = (props.operationTimeout ?? Duration.minutes(1)).toSeconds({ integral: false });
    this.checkRange('operationTimeout in seconds', timeoutSeconds, 1, 24 * 60 * 60);
    const ports = withDefaults(DEFAULT_PORTS, props.ports);
    Object.entries(ports).forEach(([port, value]) => this.checkRange(`ports.${port}`, value, 1, 65535));
    const memoryLimit = (what: string, size: Size) => {
      quantity(this, what, size);
      this.checkRange(`${what} in MiB`, Math.floor(size.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR }) / 1024), LEAST_MEMORY, 1024 * 1024);
      return size;
    };
    return {
      namespace: checkLabel(this, 'the namespace of the driver', props.namespace ?? name),
      controllerName: checkLabel(this, 'the name of the controller', `${name}-controller`),
      nodeName: `${name}-node`,
      pluginName: name,
      image: checkImage(this, 'image', props.image),
      registry: checkRegistry(this, props.imageRegistry ?? DEFAULT_REGISTRY),
      controllerArgs: props.controllerArgs ?? DEFAULT_ARGS,
      nodeArgs: props.nodeArgs ?? DEFAULT_ARGS,
      features: new Set<Feature>([
        ...(capabilities.provision ?? true ? ['provision' as const] : []),
        ...(capabilities.expand ? ['expand' as const] : []),
        ...(capabilities.snapshot ? ['snapshot' as const] : []),
      ]),
      flagFacts: { kubernetes: platform.kubernetes, timeoutSeconds },
      ports,
      controller: {
        replicas,
        hostNetwork: props.controller?.hostNetwork ?? false,
        privileged: props.controller?.privileged ?? false,
        memoryLimit: memoryLimit('controller.memoryLimit', props.controller?.memoryLimit ?? Size.mebibytes(256)),
      },
      node: {
        hostNetwork: props.node?.hostNetwork ?? false,
        memoryLimit: memoryLimit('node.memoryLimit', props.node?.memoryLimit ?? Size.mebibytes(300)),
      },
      kubeletDirectory: platform.distribution.kubeletDirectory,
      hostSocket,
      seLinux: platform.distribution.seLinux,
      selector: component => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': component }),
    };
  }

  private checkRange(what: string, value: number, lowest: number, highest: number): void {
    if (!Number.isInteger(value) || value < lowest || value > highest) {
      const expected = lowest === highest ? `${lowest} on this platform` : `a whole number from ${lowest} to ${highest}`;
      fail(this, CSI_RULES.CSI005, { what, value, expected, example: `leave it out for the default, or give ${expected}` });
    }
  }

  private claimPorts(cluster: Cluster, parts: DriverParts): void {
    const used = [
      ...(parts.controller.hostNetwork ? ['controllerHealth' as const] : []),
      ...(parts.node.hostNetwork ? ['nodeHealth' as const, 'registrarHealth' as const] : []),
    ];
    const { controllerHealth, nodeHealth, registrarHealth } = parts.ports;
    // The first two share a pod, and on the host network all three may meet on a node.
    const same = nodeHealth === registrarHealth ? 'registrarHealth' : used.length === 3 && [nodeHealth, registrarHealth].includes(controllerHealth) ? 'controllerHealth' : undefined;
    if (same) {
      fail(this, CSI_RULES.CSI004, { key: parts.ports[same], first: 'the same driver', role: same });
    }
    used.forEach(role => cluster.claim(this, 'host port', parts.ports[role], CSI_RULES.CSI004, { role }));
  }

  /** Accounts, and what the controller may do; the node plugin gets no token at all. */
  private writeAccounts(parts: DriverParts, props: CsiDriverProps, privilegedRole?: string): void {
    const { namespace, controllerName: name, nodeName, features } = parts;
    if (features.size > 0) {
      const grants = controllerSidecars(parts).flatMap(sidecar => sidecar.grants);
      // A driver's name is unique in a cluster.
      writeControllerAccount(this, { name, namespace, clusterRole: `${props.driverName}-controller`, grants, conditions: features }, props);
    }
    writeAccount(this, nodeName, namespace, props);
    if (privilegedRole) {
      const privileged = [nodeName, ...(features.size > 0 && (parts.controller.privileged || parts.controller.hostNetwork) ? [name] : [])];
      emit(this, 'PrivilegedRoleBinding', k8s.KubeRoleBinding.manifest({
        metadata: { name: `${nodeName}-privileged`, namespace },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: privilegedRole },
        subjects: privileged.map(account => ({ kind: 'ServiceAccount', name: account, namespace })),
      }), props);
    }
  }
}

/** CSI009, CSI010, for the namespaces of all drivers, whoever wrote them. */
clusterChecks.push((objects, scope) => {
  const cluster = Cluster.of(scope);
  const { distribution } = cluster.platform;
  for (const driver of cluster.members<CsiDriver>(DRIVERS)) {
    const written = objects.find(object => object.kind === 'Namespace' && object.name === driver.namespace);
    const level = written?.metadata.getLabel(ENFORCE) ?? distribution.podSecurity;
    if (level !== PodSecurityLevel.PRIVILEGED) {
      report(driver, written ? CSI_RULES.CSI009 : CSI_RULES.CSI010, { namespace: `'${driver.namespace}'`, level, distribution: distribution.name });
    }
  }
});

function checkDriverName(scope: Construct | undefined, name: string): void {
  if (!isSubdomain(name, 63)) {
    fail(scope, CSI_RULES.CSI001, { name });
  }
}
