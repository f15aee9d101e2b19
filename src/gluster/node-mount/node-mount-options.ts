import { Size } from 'cdk8s';
import { Toleration } from '../../csi/csi-pod-options';
import { ManifestProps } from '../../manifest/manifest-props';

/** A pod on each node that mounts the volume there by FUSE, for pods that need what NFS does not have. Only for volumes that exist. */
export interface GlusterNodeMountOptions extends ManifestProps {
  /** The name of its DaemonSet. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - the name
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written, with the Pod Security level that the pods need. Without, it has to be there.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /** The image, with a tag or digest: the client of Gluster (`glusterfs`), a shell, coreutils, grep and mount, of the release of the servers or an older one. */
  readonly image: string;

  /**
   * Names of Secrets in the namespace with which the image is pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The directory of the nodes below which the volume is mounted. It is frozen into every volume.
   *
   * @default /var/lib/gluster-mounts
   */
  readonly hostDirectory?: string;

  /**
   * Labels of the nodes that mount it; pods with its volumes run only there. It is frozen into every volume.
   *
   * @default - `kubernetes.io/os: linux`
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that the pods bear.
   *
   * @default - every taint
   */
  readonly tolerations?: Toleration[];

  /**
   * Whether the pods are replaced when they change. Each replacement cuts the mounts of every pod on its node until those are started again, so by default a
   * pod is replaced when somebody deletes it, after its node was drained.
   *
   * @default false
   */
  readonly rollingUpdate?: boolean;

  /**
   * Memory limit, at least 128 MiB.
   *
   * @default Size.gibibytes(1)
   */
  readonly memoryLimit?: Size;

  /**
   * Arguments of `glusterfs`, which are not those of `mount`.
   *
   * @default - none
   * @see https://docs.gluster.org/en/latest/Administrator-Guide/Setting-Up-Clients/
   */
  readonly extraArgs?: string[];
}
