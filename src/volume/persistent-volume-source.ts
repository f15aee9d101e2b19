import { ICsiDriver } from '../csi/i-csi-driver';
import { SecretReference } from '../csi/secret-reference';

/** Secrets that a volume hands to its driver. They are read as long as the volume exists. */
export interface CsiVolumeSecrets {
  /**
   * For attaching the volume. The driver's controller reads it.
   *
   * @default - none
   */
  readonly controllerPublish?: SecretReference;

  /**
   * For enlarging the volume in the controller, which reads it.
   *
   * @default - none
   */
  readonly controllerExpand?: SecretReference;

  /**
   * For staging the volume on a node. The kubelet reads it.
   *
   * @default - none
   */
  readonly nodeStage?: SecretReference;

  /**
   * For mounting the volume on a node. The kubelet reads it.
   *
   * @default - none
   */
  readonly nodePublish?: SecretReference;

  /**
   * For enlarging the file system on a node. The kubelet reads it.
   *
   * @default - none
   */
  readonly nodeExpand?: SecretReference;
}

/** Where the data of a CSI volume lies. */
export interface CsiVolumeSourceOptions {
  /** The driver that mounts it. */
  readonly driver: ICsiDriver;

  /** The driver's own name for the volume, unique among its volumes in the cluster. */
  readonly volumeHandle: string;

  /**
   * What the driver is told when it mounts the volume.
   *
   * @default - none
   */
  readonly volumeAttributes?: { [key: string]: string };

  /**
   * The file system on the volume.
   *
   * @default - the driver's
   */
  readonly fsType?: string;

  /**
   * Whether it is attached read-only. Has no effect on drivers that do not attach; see VOL007.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Secrets that are handed to the driver; its controller is granted to read those that it needs, by name.
   *
   * @default - none
   */
  readonly secrets?: CsiVolumeSecrets;
}

/** Where the data of an NFS volume lies, without a CSI driver: the node itself mounts it. */
export interface NfsVolumeSourceOptions {
  /** The server's name or address, as the *node* resolves it: names of cluster Services do not work here. */
  readonly server: string;

  /** The exported path, absolute. */
  readonly path: string;

  /**
   * Whether it is mounted read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Whether every node resolves the server's name, although it is a short one or that of a Service.
   *
   * @default false
   */
  readonly nodesResolve?: boolean;
}

/** A disk or directory of one node. The PersistentVolume needs `nodeAffinity`. @see https://kubernetes.io/docs/concepts/storage/volumes/#local */
export interface LocalVolumeSourceOptions {
  /** The path on the node, absolute: a directory, or a device. It has to exist. */
  readonly path: string;

  /**
   * The file system that a device gets when it is mounted for the first time.
   *
   * @default - the kubelet's: ext4
   */
  readonly fsType?: string;
}

/** What the kubelet makes sure of before it mounts a path of its node. */
export enum HostPathType {
  /** A directory that is made if there is none, with mode 0755, of the kubelet's user. */
  DIRECTORY_OR_CREATE = 'DirectoryOrCreate',
  /** A directory that exists. */
  DIRECTORY = 'Directory',
  /** A file that is made if there is none, with mode 0644, of the kubelet's user. Its directory has to exist. */
  FILE_OR_CREATE = 'FileOrCreate',
  /** A file that exists. */
  FILE = 'File',
  /** A Unix socket that exists. */
  SOCKET = 'Socket',
  /** A character device that exists. */
  CHARACTER_DEVICE = 'CharDevice',
  /** A block device that exists. */
  BLOCK_DEVICE = 'BlockDevice',
}

/** A path of whichever node the pod runs on. @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath */
export interface HostPathVolumeSourceOptions {
  /** The path on the node, absolute. */
  readonly path: string;

  /**
   * What has to be there.
   *
   * @default - nothing is checked
   */
  readonly type?: HostPathType;
}

/** Where the data of a PersistentVolume lies. */
export class PersistentVolumeSource {
  /** A volume of a CSI driver. */
  public static csi(options: CsiVolumeSourceOptions): PersistentVolumeSource {
    return new PersistentVolumeSource(options);
  }

  /** A directory of an NFS server, mounted by the node itself. */
  public static nfs(options: NfsVolumeSourceOptions): PersistentVolumeSource {
    return new PersistentVolumeSource(undefined, options);
  }

  /** A disk or directory of one node, which `nodeAffinity` names. */
  public static local(options: LocalVolumeSourceOptions): PersistentVolumeSource {
    return new PersistentVolumeSource(undefined, undefined, options);
  }

  /** A directory of whichever node the pod runs on. For clusters of one node; otherwise `local`. */
  public static hostPath(options: HostPathVolumeSourceOptions): PersistentVolumeSource {
    return new PersistentVolumeSource(undefined, undefined, undefined, options);
  }

  private constructor(
    /** The CSI source, if it is one. */
    public readonly csiOptions?: CsiVolumeSourceOptions,
    /** The NFS source, if it is one. */
    public readonly nfsOptions?: NfsVolumeSourceOptions,
    /** The local source, if it is one. */
    public readonly localOptions?: LocalVolumeSourceOptions,
    /** The hostPath source, if it is one. */
    public readonly hostPathOptions?: HostPathVolumeSourceOptions,
  ) {}
}
