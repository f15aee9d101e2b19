/** The level that the cluster enforces on namespaces without Pod Security labels. */
export enum PodSecurityLevel {
  /** Everything is allowed. */
  PRIVILEGED = 'privileged',
  /** Known privilege escalations are refused. */
  BASELINE = 'baseline',
  /** Only hardened pods. */
  RESTRICTED = 'restricted',
}

/** What the library has to know of a distribution. */
export interface DistributionProps {
  /** A name for messages. */
  readonly name: string;

  /**
   * The kubelet's root directory (`--root-dir`), the same on all nodes.
   *
   * @default /var/lib/kubelet
   */
  readonly kubeletDirectory?: string;

  /**
   * Whether SELinux is enforcing on the nodes.
   *
   * @default false
   */
  readonly seLinux?: boolean;

  /**
   * The name of the StorageClass that the distribution installs and marks as default.
   *
   * @default - none
   */
  readonly defaultStorageClass?: string;

  /**
   * Whether the distribution installs the VolumeSnapshot CRDs and the snapshot-controller.
   *
   * @default false
   */
  readonly snapshotController?: boolean;

  /**
   * What is enforced on a namespace without Pod Security labels.
   *
   * @default PodSecurityLevel.PRIVILEGED
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * A ClusterRole that lets a service account run privileged pods, where Pod Security labels are not enough.
   *
   * @default - none
   */
  readonly privilegedClusterRole?: string;
}

/** A Kubernetes distribution, as far as storage depends on it. A managed cluster is `VANILLA` or `custom`. */
export class Distribution {
  /** kubeadm and whatever behaves like it. @see https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/ */
  public static readonly VANILLA = new Distribution({ name: 'vanilla' });

  /** kind, with its local-path class. @see https://kind.sigs.k8s.io/ */
  public static readonly KIND = new Distribution({ name: 'kind', defaultStorageClass: 'standard' });

  /** K3s, with its local-path class. @see https://docs.k3s.io/storage */
  public static readonly K3S = new Distribution({ name: 'k3s', defaultStorageClass: 'local-path' });

  /** RKE2, with its snapshot-controller. @see https://docs.rke2.io/ */
  public static readonly RKE2 = new Distribution({ name: 'rke2', snapshotController: true });

  /** k0s. @see https://docs.k0sproject.io/stable/storage/ */
  public static readonly K0S = new Distribution({ name: 'k0s', kubeletDirectory: '/var/lib/k0s/kubelet' });

  /** MicroK8s, without its hostpath-storage add-on (with it: `custom`, `defaultStorageClass: 'microk8s-hostpath'`). @see https://microk8s.io/docs */
  public static readonly MICROK8S = new Distribution({ name: 'microk8s', kubeletDirectory: '/var/snap/microk8s/common/var/lib/kubelet' });

  /** OpenShift: SELinux, its snapshot-controller and its SecurityContextConstraints. Its default class depends on the cloud: declare it by `custom`. @see https://docs.openshift.com/ */
  public static readonly OPENSHIFT = new Distribution({
    name: 'openshift',
    seLinux: true,
    snapshotController: true,
    podSecurity: PodSecurityLevel.RESTRICTED,
    privilegedClusterRole: 'system:openshift:scc:privileged',
  });

  /** Talos Linux. @see https://www.talos.dev/latest/kubernetes-guides/configuration/pod-security/ */
  public static readonly TALOS = new Distribution({ name: 'talos', podSecurity: PodSecurityLevel.BASELINE });

  /** VMware Tanzu Kubernetes Grid Integrated (formerly PKS). */
  public static readonly TKGI = new Distribution({ name: 'tkgi', kubeletDirectory: '/var/vcap/data/kubelet' });

  /** Any other distribution, or one of the above that was changed. */
  public static custom(props: DistributionProps): Distribution {
    return new Distribution(props);
  }

  /** A name for messages. */
  public readonly name: string;
  /** The kubelet's root directory, the same on all nodes. */
  public readonly kubeletDirectory: string;
  /** Whether SELinux is enforcing on the nodes. */
  public readonly seLinux: boolean;
  /** The StorageClass that the distribution marks as default, if any. */
  public readonly defaultStorageClass?: string;
  /** Whether the VolumeSnapshot CRDs and the snapshot-controller are there already. */
  public readonly snapshotController: boolean;
  /** What is enforced on a namespace without Pod Security labels. */
  public readonly podSecurity: PodSecurityLevel;
  /** A ClusterRole that allows privileged pods, where labels are not enough. */
  public readonly privilegedClusterRole?: string;

  private constructor(props: DistributionProps) {
    this.name = props.name;
    this.kubeletDirectory = props.kubeletDirectory ?? '/var/lib/kubelet';
    this.seLinux = props.seLinux ?? false;
    this.defaultStorageClass = props.defaultStorageClass;
    this.snapshotController = props.snapshotController ?? false;
    this.podSecurity = props.podSecurity ?? PodSecurityLevel.PRIVILEGED;
    this.privilegedClusterRole = props.privilegedClusterRole;
  }
}
