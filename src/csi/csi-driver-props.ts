import { Duration } from 'cdk8s';
import { CsiCapabilities } from './capabilities';
import { CsiPodOptions } from './csi-pod-options';
import { CsiSidecars } from './csi-sidecar-options';
import { ServiceAccountReference } from './service-account-reference';
import { ManifestProps } from '../manifest/manifest-props';

/** How volumes are given to a pod's `fsGroup`. @see https://kubernetes-csi.github.io/docs/support-fsgroup.html */
export enum FsGroupPolicy {
  /** The kubelet changes owner and permissions only for ReadWriteOnce volumes with a file system type. */
  READ_WRITE_ONCE_WITH_FS_TYPE = 'ReadWriteOnceWithFSType',
  /** The kubelet always changes them. */
  FILE = 'File',
  /** The kubelet never does. */
  NONE = 'None',
}

/** Ports of health endpoints. On the host network they are ports of the node. */
export interface CsiPorts {
  /**
   * The controller's livenessprobe.
   *
   * @default 9808
   */
  readonly controllerHealth?: number;

  /**
   * The node plugin's livenessprobe.
   *
   * @default 9809
   */
  readonly nodeHealth?: number;

  /**
   * The node-driver-registrar.
   *
   * @default 9810
   */
  readonly registrarHealth?: number;

  /**
   * The first port for metrics of the controller's sidecars, with `monitoring`; six sidecars have one each from there on.
   *
   * @default 9820
   */
  readonly metrics?: number;
}

/** The controller's Deployment. */
export interface CsiControllerOptions extends CsiPodOptions {
  /**
   * How many copies run; one is active, elected by a lease.
   *
   * @default - 2, or 1 where the platform has a single node
   */
  readonly replicas?: number;

  /**
   * Whether it uses the node's network. Only for drivers that mount from within the controller.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * Whether the driver's container is privileged. Only for drivers that mount from within the controller.
   *
   * @default false
   */
  readonly privileged?: boolean;

  /**
   * Linux capabilities that the driver's container has, all others being dropped; without the prefix `CAP_`. For drivers whose controller works on files of
   * other users, on a volume of the pod: `['CHOWN', 'DAC_OVERRIDE', 'FOWNER']`. Not together with `privileged`, which means all of them.
   *
   * @default - none
   */
  readonly addCapabilities?: string[];
}

/** When node plugins take up a changed manifest. */
export enum NodeUpdateStrategy {
  /** One after the other, at once. */
  ROLLING_UPDATE = 'RollingUpdate',
  /** When somebody deletes the pod, such as after a node was drained. For drivers whose mounts die with the pod: FUSE, NBD. */
  ON_DELETE = 'OnDelete',
}

/** The node plugin's DaemonSet. */
export interface CsiNodeOptions extends CsiPodOptions {
  /**
   * Whether it uses the node's network: network file systems need it, or mounts break when the plugin restarts.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * How many nodes are updated at one time: a number or a percentage.
   *
   * @default 10%
   */
  readonly maxUnavailable?: string;

  /**
   * When node plugins take up a changed manifest.
   *
   * @default NodeUpdateStrategy.ROLLING_UPDATE
   */
  readonly updateStrategy?: NodeUpdateStrategy;
}

/** Metrics of the sidecars, for the Prometheus operator. @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor */
export interface CsiMonitoring {
  /**
   * Labels of the PodMonitor, by which a Prometheus selects it.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * How often it is scraped.
   *
   * @default - that of the Prometheus
   */
  readonly interval?: Duration;
}

/** What csi-snapshot-metadata needs to serve changed blocks; its CRD comes with `SnapshotController`. @see https://kubernetes-csi.github.io/docs/external-snapshot-metadata.html */
export interface CsiChangedBlocks {
  /** A Secret of type `kubernetes.io/tls` in the driver's namespace, for the name `<name>-snapshot-metadata.<namespace>`. */
  readonly tlsSecretName: string;

  /** The certificate of the authority that signed it, in PEM. */
  readonly caCertificate: string;

  /**
   * For whom the tokens of backup programs have to be made out.
   *
   * @default - the driver's name
   */
  readonly audience?: string;
}

/** Properties of a CSI driver that is installed. */
export interface CsiDriverProps extends ManifestProps {
  /** The name that the driver's `GetPluginInfo` returns, such as `nfs.csi.k8s.io`. */
  readonly driverName: string;

  /** The driver's image, with a tag or digest. */
  readonly image: string;

  /**
   * What the driver can do.
   *
   * @default - provisioning only
   */
  readonly capabilities?: CsiCapabilities;

  /**
   * The base of all object names: `<name>-controller`, `<name>-node`.
   *
   * @default - the driver's name with `-` for each dot
   */
  readonly name?: string;

  /**
   * The driver's own namespace.
   *
   * @default - `name`
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too, with the Pod Security label that the node plugin needs.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Arguments of the driver in the controller; `$(NODE_ID)` and `$(CSI_ENDPOINT)` are set.
   *
   * @default - `--endpoint=$(CSI_ENDPOINT) --nodeid=$(NODE_ID)`
   */
  readonly controllerArgs?: string[];

  /**
   * Arguments of the driver on the nodes; `$(NODE_ID)` and `$(CSI_ENDPOINT)` are set.
   *
   * @default - `--endpoint=$(CSI_ENDPOINT) --nodeid=$(NODE_ID)`
   */
  readonly nodeArgs?: string[];

  /**
   * The controller.
   *
   * @default - see CsiControllerOptions
   */
  readonly controller?: CsiControllerOptions;

  /**
   * The node plugin.
   *
   * @default - see CsiNodeOptions
   */
  readonly node?: CsiNodeOptions;

  /**
   * Ports of the health endpoints.
   *
   * @default - see CsiPorts
   */
  readonly ports?: CsiPorts;

  /**
   * How long the driver may take for one operation.
   *
   * @default Duration.minutes(1)
   */
  readonly operationTimeout?: Duration;

  /**
   * The registry (and path) in front of `sig-storage/…` for the sidecars' images; for mirrors.
   *
   * @default registry.k8s.io
   */
  readonly imageRegistry?: string;

  /**
   * Secrets of the driver's namespace with which images are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The sidecars.
   *
   * @default - as the capabilities need them, in the releases that were tested with the platform
   */
  readonly sidecars?: CsiSidecars;

  /**
   * How much the sidecars log, 0 to 10.
   *
   * @default 2
   */
  readonly logLevel?: number;

  /**
   * The file system of volumes whose class names none.
   *
   * @default - none
   */
  readonly defaultFsType?: string;

  /**
   * Whether a PodMonitor is written, and the sidecars serve metrics.
   *
   * @default - no metrics
   */
  readonly monitoring?: CsiMonitoring;

  /**
   * Whether a NetworkPolicy closes the controller's pods to all but scraping and backup programs. Only without `hostNetwork`,
   * where policies have no effect.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * Changed blocks between snapshots, with the capability `changedBlocks`.
   *
   * @default - none
   */
  readonly changedBlocks?: CsiChangedBlocks;

  /**
   * How volumes are given to a pod's `fsGroup`.
   *
   * @default - Kubernetes' own: FsGroupPolicy.READ_WRITE_ONCE_WITH_FS_TYPE
   */
  readonly fsGroupPolicy?: FsGroupPolicy;

  /**
   * Whether the driver is told the pod's name, namespace and account when it mounts.
   *
   * @default - true with the capability `inline`, otherwise Kubernetes' own: false
   */
  readonly podInfoOnMount?: boolean;

  /**
   * Whether the driver is called again from time to time for mounted volumes, such as to renew tokens.
   *
   * @default - Kubernetes' own: false
   */
  readonly requiresRepublish?: boolean;

  /**
   * Whether the driver mounts with the SELinux context of the pod (`-o context`). Not for drivers whose volumes are directories of one file system.
   *
   * @default - Kubernetes' own: false
   */
  readonly seLinuxMount?: boolean;

  /**
   * How often the kubelet asks how many volumes the node can take, at least 10 seconds. Kubernetes 1.35.
   *
   * @default - once, when the driver registers
   */
  readonly nodeAllocatableUpdatePeriod?: Duration;

  /**
   * Whether tokens come as secrets of the call, instead of in the volume's attributes, which drivers log. Kubernetes 1.35; with the capability `tokens`.
   *
   * @default - Kubernetes' own: false
   */
  readonly serviceAccountTokenInSecrets?: boolean;
}

/** What is known of a driver that is installed already. */
export interface ExistingCsiDriverOptions {
  /**
   * Its release, such as `v4.13.4`.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly version?: string;

  /**
   * What it can do.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly capabilities?: CsiCapabilities;

  /**
   * The account of its controller; classes grant it their Secrets.
   *
   * @default - not declared
   */
  readonly controllerServiceAccount?: ServiceAccountReference;

  /**
   * The account of its node plugin.
   *
   * @default - not declared
   */
  readonly nodeServiceAccount?: ServiceAccountReference;
}
