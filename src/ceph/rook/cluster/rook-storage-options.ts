import { Size } from 'cdk8s';
import { IStorageClass } from '../../../volume/storage-class';

/** How OSDs are made. It is for disks that are taken from now on; an OSD that is there stays as it is. */
export interface RookOsdOptions {
  /**
   * The CRUSH device class, such as `hdd`, `ssd` or `nvme`, by which pools choose disks.
   *
   * @default - what the kernel says of the disk
   */
  readonly deviceClass?: string;

  /**
   * How many OSDs share a disk.
   *
   * @default 1
   */
  readonly osdsPerDevice?: number;

  /**
   * Whether the disks are encrypted by dm-crypt; whole disks only, no partitions and logical volumes.
   *
   * @default false
   */
  readonly encrypted?: boolean;

  /**
   * A fast disk, by its name as in `devices`, that takes the metadata of the slow ones. Losing it loses all OSDs that share it.
   *
   * @default - none: each disk keeps its own
   */
  readonly metadataDevice?: string;

  /**
   * How much of the `metadataDevice` each OSD gets.
   *
   * @default - Ceph's own
   */
  readonly databaseSize?: Size;
}

/** A node, and which of its disks are for Ceph. */
export interface RookStorageNode extends RookOsdOptions {
  /** The node, by its label `kubernetes.io/hostname`. */
  readonly name: string;

  /**
   * Its disks, partitions or logical volumes, by names that stay: `/dev/disk/by-id/…`.
   *
   * @default - chosen by a filter
   */
  readonly devices?: string[];

  /**
   * A regular expression (Go's) for the names that the kernel gives, such as `^nvme[1-4]n1$`. Those names may change when the node starts again.
   *
   * @default - none
   */
  readonly deviceFilter?: string;

  /**
   * A regular expression (Go's) for the links that udev makes, such as `^/dev/disk/by-id/ata-ST4000DM004_`.
   *
   * @default - none
   */
  readonly devicePathFilter?: string;
}

/** Which disks are for Ceph, on all nodes alike. Give one of `devices` and the filters. */
export interface RookDeviceSelection extends RookOsdOptions {
  /**
   * Disks by names that stay: `/dev/disk/by-id/…`. Each node takes those that it has.
   *
   * @default - chosen by a filter
   */
  readonly devices?: string[];

  /**
   * A regular expression (Go's) for the names that the kernel gives, such as `^nvme[1-4]n1$`. Those names may change when a node starts again.
   *
   * @default - none
   */
  readonly deviceFilter?: string;

  /**
   * A regular expression (Go's) for the links that udev makes, such as `^/dev/disk/by-id/ata-ST4000DM004_`.
   *
   * @default - none
   */
  readonly devicePathFilter?: string;

  /**
   * The nodes, by their labels `kubernetes.io/hostname`.
   *
   * @default - all nodes that are there, also those that come later
   */
  readonly nodes?: string[];
}

/** Disks that are claimed, in volumeMode Block: of a cloud, or local volumes. */
export interface RookDeviceSet {
  /** Its name, which is in the names of its claims. */
  readonly name: string;

  /** How many OSDs, each with a claim. */
  readonly count: number;

  /** The size of each claim. */
  readonly size: Size;

  /** The class of the claims. Its volumes have to be raw (volumeMode Block), and should be made where their pods run. */
  readonly storageClass: IStorageClass;

  /**
   * Whether an OSD may move to another node, with its volume. Not for local volumes.
   *
   * @default - Rook's own: false
   */
  readonly portable?: boolean;

  /**
   * Labels of nodes over which the OSDs are spread, the widest first.
   *
   * @default ['kubernetes.io/hostname']
   */
  readonly spreadBy?: string[];

  /**
   * The CRUSH device class.
   *
   * @default - what the kernel says of the disk
   */
  readonly deviceClass?: string;

  /**
   * Whether the volumes are encrypted by dm-crypt.
   *
   * @default false
   */
  readonly encrypted?: boolean;

  /**
   * Whether Ceph is tuned for slow disks, which those of a cloud look like.
   *
   * @default - Rook's own: false
   */
  readonly tuneDeviceClass?: boolean;

  /**
   * Whether Ceph is tuned for fast disks.
   *
   * @default - Rook's own: false
   */
  readonly tuneFastDeviceClass?: boolean;
}
