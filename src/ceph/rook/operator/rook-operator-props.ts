import { Duration, Size } from 'cdk8s';
import { RookLogLevel } from './rook-log-level';
import { Toleration } from '../../../csi/csi-pod-options';
import { ManifestProps } from '../../../manifest/manifest-props';

/** What can be set of the operator's pod. */
export interface RookOperatorPodOptions {
  /**
   * Memory that its container asks for.
   *
   * @default Size.mebibytes(128)
   */
  readonly memoryRequest?: Size;

  /**
   * Memory limit of its container. The `ceph` commands that it runs are in it too.
   *
   * @default Size.mebibytes(512)
   */
  readonly memoryLimit?: Size;

  /**
   * CPU that its container asks for, such as `100m`. There is no CPU limit.
   *
   * @default 200m
   */
  readonly cpuRequest?: string;

  /**
   * Labels that nodes must have, beside `kubernetes.io/os: linux`.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that it bears, beside those of control planes; a node that cannot be reached it leaves after 5 seconds.
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
   * Labels of the pod; the selector's own stay.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pod.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };
}

/** Properties of a RookOperator. */
export interface RookOperatorProps extends ManifestProps {
  /**
   * Its namespace, in which its Ceph cluster is too. It is part of the names of the CSI drivers: `<namespace>.rbd.csi.ceph.com`.
   *
   * @default rook-ceph
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the definitions of `ceph.rook.io` (with `objectStorage` also of `objectbucket.io`) are written too. They are protected from pruning: deleting one deletes every Ceph
   * cluster.
   *
   * @default true
   */
  readonly installCrds?: boolean;

  /**
   * The image, with a tag or digest: a patched or mirrored one. Permissions and definitions stay those of the release that the library knows.
   *
   * @default - `<imageRegistry>/rook/ceph:v1.20.6`
   */
  readonly image?: string;

  /**
   * The registry (and path) in front of `rook/ceph`; for mirrors. The image of Ceph itself is named by the Ceph cluster.
   *
   * @default docker.io
   */
  readonly imageRegistry?: string;

  /**
   * Secrets of each namespace of a Ceph cluster with which the images of Rook and Ceph are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Other namespaces with Ceph clusters that it looks after. Rook watches one namespace or all, so that with any in here the operator may read Secrets everywhere (CEPH135);
   * it writes in these only.
   *
   * @default - none: it watches its own namespace, and has no permission in others
   */
  readonly clusterNamespaces?: string[];

  /**
   * Whether it makes object stores (S3), and buckets for claims in its own namespace. Without it the definitions of `objectbucket.io`, the account of the gateways and the permissions
   * for them are left out. This library has no constructs for object stores. COSI is left out in either case.
   *
   * @default false
   */
  readonly objectStorage?: boolean;

  /**
   * Whether ceph-mgr may change Ceph clusters from within: what its module `rook` needs, by which `ceph orch` and the dashboard add and remove daemons. What they change Git
   * undoes, or fights.
   *
   * @default false
   */
  readonly orchestrator?: boolean;

  /**
   * Whether ServiceMonitors may be written for Ceph clusters with `monitoring.enabled`. Their definition is the prometheus-operator's.
   *
   * @default false
   */
  readonly serviceMonitors?: boolean;

  /**
   * Whether Services may be exported, for Ceph clusters with `network.multiClusterService`.
   *
   * @default false
   */
  readonly serviceExports?: boolean;

  /**
   * Whether commands may be run in pods of Ceph clusters: for those with `network.provider: multus`, whose network the operator does not reach by itself.
   *
   * @default false
   */
  readonly multus?: boolean;

  /**
   * Whether a privileged pod on every node lists its devices, so that OSDs are made of a device that is plugged in later.
   *
   * @default false
   */
  readonly discoveryDaemon?: boolean;

  /**
   * How often it looks.
   *
   * @default - Rook's own: 60 minutes
   */
  readonly discoveryInterval?: Duration;

  /**
   * How much the operator logs.
   *
   * @default RookLogLevel.INFO
   */
  readonly logLevel?: RookLogLevel;

  /**
   * How long a command of Ceph may take, in whole seconds.
   *
   * @default - Rook's own: 15 seconds
   */
  readonly cephCommandsTimeout?: Duration;

  /**
   * How many Ceph clusters are worked on at the same time.
   *
   * @default - Rook's own: 1
   */
  readonly concurrentClusters?: number;

  /**
   * The port on which it serves metrics, and is asked whether it lives. It has no other endpoint: where something breaks in it, it ends by itself.
   *
   * @default - no metrics, no probe
   */
  readonly metricsPort?: number;

  /**
   * Further settings of the ConfigMap `rook-ceph-operator-config`, by their names: `ROOK_CEPH_ALLOW_LOOP_DEVICES`.
   *
   * @default - none
   * @see https://github.com/rook/rook/blob/v1.20.6/deploy/examples/operator.yaml
   */
  readonly settings?: { [name: string]: string };

  /**
   * Its pod.
   *
   * @default - as RookOperatorPodOptions says
   */
  readonly pod?: RookOperatorPodOptions;
}
