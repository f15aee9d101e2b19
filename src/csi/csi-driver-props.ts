import { Duration, Size } from 'cdk8s';
import { CsiCapabilities } from './capabilities';
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
}

/** The controller's Deployment. */
export interface CsiControllerOptions {
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
   * Memory limit of the driver's container.
   *
   * @default Size.mebibytes(256)
   */
  readonly memoryLimit?: Size;
}

/** The node plugin's DaemonSet. */
export interface CsiNodeOptions {
  /**
   * Whether it uses the node's network: network file systems need it, or mounts break when the plugin restarts.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * Memory limit of the driver's container.
   *
   * @default Size.mebibytes(300)
   */
  readonly memoryLimit?: Size;
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
   * How volumes are given to a pod's `fsGroup`.
   *
   * @default - Kubernetes' own: FsGroupPolicy.READ_WRITE_ONCE_WITH_FS_TYPE
   */
  readonly fsGroupPolicy?: FsGroupPolicy;
}

/** What is known of a driver that is installed already. */
export interface ExistingCsiDriverOptions {
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
