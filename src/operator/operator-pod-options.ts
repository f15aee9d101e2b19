import { Duration, Size } from 'cdk8s';
import { CsiEnvVariable, Toleration } from '../csi/csi-pod-options';

/** What can be set of an operator's pods. */
export interface OperatorPodOptions {
  /**
   * Memory limit of its container.
   *
   * @default Size.mebibytes(256)
   */
  readonly memoryLimit?: Size;

  /**
   * Memory that its container asks for.
   *
   * @default - 64 MiB, or the limit where that is less
   */
  readonly memoryRequest?: Size;

  /**
   * CPU that its container asks for, such as `10m`. There is no CPU limit: a throttled operator loses its lease.
   *
   * @default 10m
   */
  readonly cpuRequest?: string;

  /**
   * Variables of its container; `POD_NAME`, `POD_NAMESPACE` and, with leader election, `LEASE_NAME` are there.
   *
   * @default - none
   */
  readonly env?: CsiEnvVariable[];

  /**
   * How long a pod may take to stop.
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
   * Taints that the pods bear, beside those of control planes.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * The affinity as in a manifest, instead of the default.
   *
   * @default - copies keep to different nodes
   */
  readonly affinity?: any;

  /**
   * The priority class.
   *
   * @default system-cluster-critical
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
   * Mounts of its container as in a manifest. Its root is read-only: a program that writes gets an emptyDir.
   *
   * @default - none
   */
  readonly extraVolumeMounts?: any[];

  /**
   * Containers as in a manifest.
   *
   * @default - none
   */
  readonly extraContainers?: any[];
}
