import { Size } from 'cdk8s';
import { ICsiDriver } from '../csi/i-csi-driver';

/** Where and how a volume is mounted. */
export interface VolumeMountOptions {
  /** The name of the container. */
  readonly container: string;

  /** The path in the container, absolute. */
  readonly path: string;

  /**
   * Whether the container may only read. Sets every lever that works: the
   * mount, its submounts (from Kubernetes 1.31), and the pod's volume once no
   * other container of the pod writes to it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * A directory of the volume to mount instead of its root.
   *
   * @default - the volume's root
   */
  readonly subPath?: string;
}

/** Where a raw device is handed over. */
export interface VolumeDeviceOptions {
  /** The name of the container. */
  readonly container: string;

  /** The path of the device in the container, absolute, such as `/dev/xvda`. */
  readonly devicePath: string;
}

/** What an emptyDir is kept on. */
export enum EmptyDirMedium {
  /** The disk that the kubelet's directory is on. */
  NODE = '',
  /** Memory (tmpfs). What is written counts as memory of the container. */
  MEMORY = 'Memory',
  /** Huge pages; the pod has to ask for them in its resources. */
  HUGE_PAGES = 'HugePages',
}

/** A directory that lives as long as its pod. */
export interface EmptyDirOptions {
  /**
   * What it is kept on.
   *
   * @default EmptyDirMedium.NODE
   */
  readonly medium?: EmptyDirMedium;

  /**
   * How much may be written; a pod that writes more is evicted.
   *
   * @default - no limit: what the node, or for memory the pod, has
   */
  readonly sizeLimit?: Size;
}

/** A volume of a CSI driver that is written into the pod and lives as long as it. */
export interface InlineCsiOptions {
  /** The driver: `capabilities: { inline: true }`. */
  readonly driver: ICsiDriver;

  /**
   * What the driver is told. Whoever may create pods chooses them.
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
   * Whether the volume is read-only for the whole pod.
   *
   * @default - true when every container mounts it read-only
   */
  readonly readOnly?: boolean;

  /**
   * The Secret for mounting the volume, in the namespace of the pod. The kubelet reads it.
   *
   * @default - none
   */
  readonly nodePublishSecretName?: string;
}
