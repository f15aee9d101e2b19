import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CsiCapabilities } from './capabilities';
import { writeChangedBlocks } from './changed-blocks';
import { controllerDeployment } from './controller';
import { csiDriverObject } from './csi-driver-object';
import { CsiDriverProps, ExistingCsiDriverOptions } from './csi-driver-props';
import { writeDriverAccounts } from './driver-accounts';
import { checkExtensions } from './driver-checks';
import { DriverParts } from './driver-parts';
import { legacyClass, refuseLegacy } from './driver-profile';
import { fillParts } from './fill-parts';
import { ICsiDriver } from './i-csi-driver';
import { tagOf } from './image';
import { DRIVERS } from './installed';
import { networkPolicy, podMonitor } from './monitoring';
import { nodeDaemonSet } from './node';
import { extendPods } from './pod-extensions';
import { disruptionBudget } from './pod-parts';
import { claimPorts } from './ports';
import { CSI_RULES } from './rules';
import { ServiceAccountReference } from './service-account-reference';
import { checkCapabilityShapes, checkShapes } from './shapes';
import { SNAPSHOT_METADATA_PORT } from './sidecars';
import { fail, report } from '../findings/report';
import { emit } from '../manifest/emit';
import { Namespace } from '../manifest/namespace';
import { enforcedLevel } from '../manifest/pod-security';
import { checkLabel, checkSubdomain, isSubdomain, shown } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { clusterChecks, objectsOf } from '../platform/cluster-checks';
import { PodSecurityLevel } from '../platform/distribution';


/** A driver that is installed already. */
class ExistingCsiDriver implements ICsiDriver {
  public readonly version?: string;
  public readonly capabilities?: CsiCapabilities;
  public readonly controllerServiceAccount?: ServiceAccountReference;
  public readonly nodeServiceAccount?: ServiceAccountReference;

  public constructor(public readonly driverName: string, options: ExistingCsiDriverOptions) {
    this.version = options.version;
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
   * @throws CSI001 when no driver can have that name; CSI005 for a capability that there is not; CSI008 when it is a provisioner of the past
   */
  public static fromDriverName(driverName: string, options: ExistingCsiDriverOptions = {}): ICsiDriver {
    refuseLegacy(undefined, legacyClass({ provisioner: driverName }));
    checkDriverName(undefined, driverName);
    if (options?.capabilities) {
      checkCapabilityShapes(options.capabilities);
    }
    for (const account of [options?.controllerServiceAccount, options?.nodeServiceAccount]) {
      if (account) {
        checkSubdomain(undefined, 'the service account', account.name);
        checkLabel(undefined, 'the namespace of the service account', account.namespace);
      }
    }
    return new ExistingCsiDriver(driverName, options ?? {});
  }

  public readonly driverName: string;
  public readonly version?: string;
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
   * CSI005, CSI006 for values out of range; CSI011, CSI012 for capabilities that do not go together or with the platform;
   * CSI013, CSI014, CSI019, CSI022 for what is added to its pods
   */
  public constructor(scope: Construct, id: string, props: CsiDriverProps) {
    super(scope, id);
    const cluster = Cluster.of(this);
    checkShapes(this, props);
    refuseLegacy(this, legacyClass({ provisioner: props.driverName }));
    checkDriverName(this, props.driverName);
    cluster.claim(this, 'driver', `'${props.driverName}'`, CSI_RULES.CSI003);
    cluster.join(DRIVERS, this);
    const driverObject = csiDriverObject(this, props, cluster.platform.kubernetes);
    const parts = fillParts(this, props);
    this.driverName = props.driverName;
    this.version = tagOf(props.image);
    this.capabilities = props.capabilities ?? {};
    this.namespace = parts.namespace;
    // Without a sidecar there is nothing for a controller to do.
    const hasController = parts.sidecars.length > 0;
    this.controllerServiceAccount = hasController ? { name: parts.controllerName, namespace: parts.namespace } : undefined;
    this.nodeServiceAccount = { name: parts.nodeName, namespace: parts.namespace };
    claimPorts(this, parts);
    checkExtensions(this, parts, props);

    if (props.createNamespace ?? true) {
      // Secrets that volumes need lie in it.
      new Namespace(this, 'Namespace', {
        name: parts.namespace, podSecurity: PodSecurityLevel.PRIVILEGED, holdsData: true, labels: props.labels, annotations: props.annotations,
      });
    }
    emit(this, 'CSIDriver', driverObject, props);
    const { privileged, hostNetwork, addCapabilities = [] } = parts.controller;
    writeDriverAccounts(this, parts, props, { controllerIsPrivileged: privileged || hostNetwork || addCapabilities.length > 0 });
    if (hasController) {
      this.writeController(parts, props);
    }
    const node = k8s.KubeDaemonSet.manifest(nodeDaemonSet(parts));
    emit(this, 'Node', extendPods(this, 'node', node, parts.pluginName, parts.node, parts.imagePullSecrets), props);
  }

  private writeController(parts: DriverParts, props: CsiDriverProps): void {
    const controller = k8s.KubeDeployment.manifest(controllerDeployment(parts));
    const metadata = { name: parts.controllerName, namespace: parts.namespace };
    const pods = parts.selector('controller');
    emit(this, 'Controller', extendPods(this, 'controller', controller, parts.pluginName, parts.controller, parts.imagePullSecrets), props);
    if (parts.controller.replicas > 1) {
      emit(this, 'ControllerBudget', k8s.KubePodDisruptionBudget.manifest(disruptionBudget(metadata.name, metadata.namespace, pods)), props);
    }
    if (parts.changedBlocks) {
      writeChangedBlocks(this, parts, parts.changedBlocks, props);
    }
    if (parts.monitoring) {
      emit(this, 'Monitor', podMonitor(this, metadata, pods, parts.sidecars.map(({ portName }) => portName), parts.monitoring), props);
    }
    if (props.networkPolicy) {
      // Open for scraping, and for backup programs.
      const scraped = parts.monitoring ? parts.sidecars.flatMap(({ httpPort }) => (httpPort === undefined ? [] : [httpPort])) : [];
      emit(this, 'NetworkPolicy', k8s.KubeNetworkPolicy.manifest(networkPolicy(metadata, pods, [...scraped, ...(parts.changedBlocks ? [SNAPSHOT_METADATA_PORT] : [])])), props);
    }
  }
}

/** CSI009, CSI010, for the namespaces of all drivers, whoever wrote them. */
clusterChecks.push((objects, scope) => {
  const cluster = Cluster.of(scope);
  const { distribution } = cluster.platform;
  for (const driver of cluster.members<CsiDriver>(DRIVERS)) {
    const written = objects.find(object => object.kind === 'Namespace' && object.name === driver.namespace);
    const level = enforcedLevel(written, distribution);
    if (level !== PodSecurityLevel.PRIVILEGED) {
      report(driver, written ? CSI_RULES.CSI009 : CSI_RULES.CSI010, { namespace: `'${driver.namespace}'`, level, distribution: distribution.name });
    }
  }
});

function checkDriverName(scope: Construct | undefined, name: string): void {
  if (!isSubdomain(name, 63)) {
    fail(scope, CSI_RULES.CSI001, { name: shown(name) });
  }
}
