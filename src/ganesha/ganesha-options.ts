import { Duration, Size } from 'cdk8s';
import { Toleration } from '../csi/csi-pod-options';
import { ManifestProps } from '../manifest/manifest-props';

/** How much NFS-Ganesha writes into its log. */
export enum GaneshaLogLevel {
  /** What matters to who runs it. */
  EVENT = 'EVENT',
  /** What clients do. */
  INFO = 'INFO',
  /** Each step, for finding faults: much of it. */
  DEBUG = 'DEBUG',
}

/** An NFS-Ganesha that runs in the cluster: NFSv4 only, on port 2049. */
export interface GaneshaOptions extends ManifestProps {
  /** The name of its Service and StatefulSet, at most 52 characters. It is frozen into every volume, so it says what is stored there. */
  readonly name: string;

  /**
   * Its namespace, which is frozen into every volume too.
   *
   * @default - the name
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written, with the Pod Security level that the server needs. Without, it has to be there.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * The image, with a tag or digest: `ganesha.nfsd` of 4.3 or newer with the FSAL that is used, bash, coreutils, sed and `/etc/mtab`. Nobody publishes one
   * that is maintained; docs/nfs-server.md has a Dockerfile of five lines.
   */
  readonly image: string;

  /**
   * Names of Secrets in the namespace with which the image is pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Who may mount: IP addresses and networks, such as `10.0.0.0/16`. Volumes are mounted by nodes, so these are the nodes' own. Where pods have an
   * overlay network (Flannel, Calico with IPIP or VXLAN), also that of the pods: what a node sends to a Service gets the address of its tunnel.
   */
  readonly clients: string[];

  /**
   * Whether a NetworkPolicy lets only clients reach the server.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;

  /**
   * The virtual IP of the Service, from the cluster's Service range, so that it is the same when the Service is created anew.
   *
   * @default - the cluster picks one
   */
  readonly clusterIp?: string;

  /**
   * The DNS domain of the cluster (`clusterDomain` of the kubelets).
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;

  /**
   * Minor versions of NFSv4 that are served: 0, 1, 2.
   *
   * @default - [1, 2]
   */
  readonly minorVersions?: number[];

  /**
   * How long a client that is not heard of keeps its files and locks (`Lease_Lifetime`): 1 to 120 seconds. Clients renew it in half of that.
   *
   * @default Duration.seconds(20)
   */
  readonly leaseLifetime?: Duration;

  /**
   * How long clients may take, after a restart of the server, to get their files and locks back (`Grace_Period`): up to 180 seconds. Nobody opens a file meanwhile,
   * unless no client was there before.
   *
   * @default Duration.seconds(30)
   */
  readonly gracePeriod?: Duration;

  /**
   * How long the pod stays on a node that does not answer before it is deleted there. It starts elsewhere only once Kubernetes knows that it ended: when the
   * node comes back, is deleted, or gets the taint `node.kubernetes.io/out-of-service`.
   *
   * @default Duration.seconds(30)
   */
  readonly failover?: Duration;

  /**
   * Whether the pod may be evicted when its node is drained. Clients wait for up to a minute then. Without, a PodDisruptionBudget keeps the drain waiting.
   *
   * @default true
   */
  readonly evictable?: boolean;

  /**
   * Memory limit, at least 256 MiB.
   *
   * @default Size.gibibytes(1)
   */
  readonly memoryLimit?: Size;

  /**
   * Memory that the server asks for.
   *
   * @default Size.mebibytes(256)
   */
  readonly memoryRequest?: Size;

  /**
   * CPU that the server asks for, such as `100m`. There is no CPU limit.
   *
   * @default 100m
   */
  readonly cpuRequest?: string;

  /**
   * Labels that the node must have, beside `kubernetes.io/os: linux`.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that the pod bears.
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
   * How much it logs.
   *
   * @default GaneshaLogLevel.EVENT
   */
  readonly logLevel?: GaneshaLogLevel;

  /**
   * Blocks of ganesha.conf as they stand, after those that are written.
   *
   * @default - none
   */
  readonly extraConfiguration?: string;
}
