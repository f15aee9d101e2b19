import { Duration, Size } from 'cdk8s';
import { CsiPermission } from './csi-permission';

/** A taint that pods bear. @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export interface Toleration {
  /**
   * The taint's key.
   *
   * @default - all keys; `operator` has to be `Exists`
   */
  readonly key?: string;

  /**
   * `Equal` or `Exists`.
   *
   * @default - Kubernetes' own: Equal
   */
  readonly operator?: string;

  /**
   * The taint's value, with `Equal`.
   *
   * @default - none
   */
  readonly value?: string;

  /**
   * `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - all effects
   */
  readonly effect?: string;
}

/** A variable of the driver's container: give one of value, Secret and field. */
export interface CsiEnvVariable {
  /** Its name. */
  readonly name: string;

  /**
   * Its value, as it may stand in Git.
   *
   * @default - none
   */
  readonly value?: string;

  /**
   * The name of a Secret in the driver's namespace that has the value.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * The key in that Secret.
   *
   * @default - the variable's name
   */
  readonly secretKey?: string;

  /**
   * A field of the pod, such as `status.hostIP`.
   *
   * @default - none
   */
  readonly fieldPath?: string;
}

/** What can be set of the controller's pods and of the node plugin's. */
export interface CsiPodOptions {
  /**
   * Memory limit of the driver's container, at least 64 MiB.
   *
   * @default - 256 MiB in the controller, 300 MiB on the nodes
   */
  readonly memoryLimit?: Size;

  /**
   * Memory that the driver's container asks for.
   *
   * @default Size.mebibytes(40)
   */
  readonly memoryRequest?: Size;

  /**
   * CPU that the driver's container asks for, such as `10m`. There is no CPU limit: throttling a storage driver stalls every pod.
   *
   * @default 10m
   */
  readonly cpuRequest?: string;

  /**
   * Variables of the driver's container; `NODE_ID` and `CSI_ENDPOINT` are there.
   *
   * @default - none
   */
  readonly env?: CsiEnvVariable[];

  /**
   * What the driver's own program asks of the API server, beside what its sidecars do. It has a token only where that, or a sidecar, needs one.
   *
   * @default - nothing
   */
  readonly permissions?: CsiPermission[];

  /**
   * A command that the driver's container runs before it is stopped: the program and each of its arguments by itself, as no shell splits them.
   *
   * @default - none
   */
  readonly preStopCommand?: string[];

  /**
   * How long the pod may take to stop.
   *
   * @default - Kubernetes' own: 30 seconds
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Labels that nodes must have, beside `kubernetes.io/os: linux`.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that the pods bear, beside the defaults.
   *
   * @default - the controller: those of control planes; the node plugin: every taint
   */
  readonly tolerations?: Toleration[];

  /**
   * The affinity as in a manifest, instead of the default.
   *
   * @default - copies of the controller keep to different nodes
   */
  readonly affinity?: any;

  /**
   * The priority class.
   *
   * @default - the controller: system-cluster-critical; the node plugin: system-node-critical
   */
  readonly priorityClassName?: string;

  /**
   * Labels of the pods; the selector's own stay.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Volumes as in a manifest, for `extraVolumeMounts` and `extraContainers`.
   *
   * @default - none
   */
  readonly extraVolumes?: any[];

  /**
   * Mounts of the driver's container as in a manifest.
   *
   * @default - none
   */
  readonly extraVolumeMounts?: any[];

  /**
   * Containers as in a manifest. The volume `socket-dir` has the driver's socket.
   *
   * @default - none
   */
  readonly extraContainers?: any[];
}
