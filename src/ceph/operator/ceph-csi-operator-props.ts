import { Duration, Size } from 'cdk8s';
import { CsiMonitoring } from '../../csi/csi-driver-props';
import { Toleration } from '../../csi/csi-pod-options';
import { ManifestProps } from '../../manifest/manifest-props';
import { PodSecurityLevel } from '../../platform/distribution';

/** What can be set of the pods of ceph-csi-operator. */
export interface CephCsiOperatorPodOptions {
  /**
   * Memory that its container asks for.
   *
   * @default Size.mebibytes(64)
   */
  readonly memoryRequest?: Size;

  /**
   * Memory limit of its container.
   *
   * @default Size.mebibytes(256)
   */
  readonly memoryLimit?: Size;

  /**
   * CPU that its container asks for, such as `10m`.
   *
   * @default 10m
   */
  readonly cpuRequest?: string;

  /**
   * Labels that nodes must have, beside `kubernetes.io/os: linux`.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that it bears, beside those of control planes.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

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
}

/** What drivers get that say nothing of it: those that were written without this library. Drivers of this library say all of it themselves. */
export interface CephCsiDriverDefaults {
  /**
   * How much they log, 0 to 5.
   *
   * @default - the operator's own: 0
   */
  readonly logLevel?: number;

  /**
   * How long one operation may take.
   *
   * @default - the operator's own: 150 seconds
   */
  readonly operationTimeout?: Duration;

  /**
   * Images by the operator's names: `plugin`, `provisioner`, `attacher`, `resizer`, `snapshotter`, `registrar`, `addons`, `snapshot-metadata`.
   *
   * @default - those of its release
   */
  readonly images?: { [key: string]: string };
}

/** Properties of a CephCsiOperator. */
export interface CephCsiOperatorProps extends ManifestProps {
  /**
   * The namespace in which it runs.
   *
   * @default ceph-csi-operator-system
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * The name of its objects, and of its account.
   *
   * @default ceph-csi-operator
   */
  readonly name?: string;

  /**
   * Whether the CRDs are written too. They are protected from pruning: deleting them deletes every driver and what it knows of Ceph.
   *
   * @default true
   */
  readonly installCrds?: boolean;

  /**
   * Its image, with a tag or digest.
   *
   * @default - `<imageRegistry>/cephcsi/ceph-csi-operator:v1.0.4`
   */
  readonly image?: string;

  /**
   * The registry (and path) in front of `cephcsi/…`; for mirrors.
   *
   * @default quay.io
   */
  readonly imageRegistry?: string;

  /**
   * Secrets of its namespace with which its image is pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Its pods.
   *
   * @default - see CephCsiOperatorPodOptions
   */
  readonly pod?: CephCsiOperatorPodOptions;

  /**
   * Whether a PodMonitor is written, and metrics are served, over HTTP.
   *
   * @default - no metrics
   */
  readonly monitoring?: CsiMonitoring;

  /**
   * Whether a NetworkPolicy closes its pods to all but scraping.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * Namespaces of Driver objects that are written without this library. It watches them, and may write there; those of drivers of this library follow by themselves.
   *
   * @default - none
   */
  readonly watchedNamespaces?: string[];

  /**
   * The Pod Security level of its namespace. Where drivers are in it too, PodSecurityLevel.PRIVILEGED.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * What drivers get that say nothing of it (`OperatorConfig`).
   *
   * @default - no OperatorConfig is written
   */
  readonly driverDefaults?: CephCsiDriverDefaults;
}
