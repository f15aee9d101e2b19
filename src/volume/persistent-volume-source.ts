import { ICsiDriver } from '../csi/i-csi-driver';

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
}

/** Where the data of a PersistentVolume lies. */
export class PersistentVolumeSource {
  /** A volume of a CSI driver. */
  public static csi(options: CsiVolumeSourceOptions): PersistentVolumeSource {
    return new PersistentVolumeSource(options, undefined);
  }

  /** A directory of an NFS server, mounted by the node itself. */
  public static nfs(options: NfsVolumeSourceOptions): PersistentVolumeSource {
    return new PersistentVolumeSource(undefined, options);
  }

  private constructor(
    /** The CSI source, if it is one. */
    public readonly csiOptions?: CsiVolumeSourceOptions,
    /** The NFS source, if it is one. */
    public readonly nfsOptions?: NfsVolumeSourceOptions,
  ) {}
}
