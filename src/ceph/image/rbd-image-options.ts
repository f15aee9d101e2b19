import { Size } from 'cdk8s';
import { RbdMapOptions, RbdUnmapOptions } from './rbd-map-options';

/** What an image can do. @see https://docs.ceph.com/en/latest/rbd/rbd-config-ref/#image-features */
export enum RbdImageFeature {
  /** Snapshots can be cloned. Linux 3.8. */
  LAYERING = 'layering',
  /** One client writes at a time. Linux 4.9. */
  EXCLUSIVE_LOCK = 'exclusive-lock',
  /** It is known which parts exist; needs EXCLUSIVE_LOCK. Linux 5.3. */
  OBJECT_MAP = 'object-map',
  /** What changed between snapshots is found fast; needs OBJECT_MAP. Linux 5.3. */
  FAST_DIFF = 'fast-diff',
  /** Snapshots of a clone can be cut off their origin. Linux 5.1. */
  DEEP_FLATTEN = 'deep-flatten',
  /** Writes go to a journal first, for mirroring; needs EXCLUSIVE_LOCK, and RbdMounter.NBD: no kernel has it. */
  JOURNALING = 'journaling',
}

/** What maps images on the nodes. */
export enum RbdMounter {
  /** The kernel. */
  KRBD = 'krbd',
  /** rbd-nbd, a program in the pod of the node plugin: an alpha, whose devices stand still while that pod is replaced. */
  NBD = 'rbd-nbd',
}

/** What becomes of the log of rbd-nbd when its image is unmapped. */
export enum CephLogStrategy {
  /** It is deleted. */
  REMOVE = 'remove',
  /** It is compressed. */
  COMPRESS = 'compress',
  /** It stays. */
  PRESERVE = 'preserve',
}

/** The logs of rbd-nbd. */
export interface CephLog {
  /**
   * Where they are in the pod of the node plugin, absolute.
   *
   * @default - ceph-csi's own: /var/log/ceph, which is that of the node
   */
  readonly directory?: string;

  /**
   * What becomes of them.
   *
   * @default - ceph-csi's own: CephLogStrategy.REMOVE
   */
  readonly strategy?: CephLogStrategy;
}

/** How an image is spread over objects. */
export interface RbdStriping {
  /** How much goes into one object before the next one: a divisor of the object size, in whole bytes. */
  readonly unit: Size;

  /** Over how many objects. */
  readonly count: number;
}

/** Where a pool is: a label of nodes and its value. */
export interface RbdDomainSegment {
  /** The part of a label of the driver's `domainLabels` that comes after the `/`: `zone` of `topology.kubernetes.io/zone`. */
  readonly label: string;

  /** The value that nodes have. */
  readonly value: string;
}

/** A pool for the nodes of one place. */
export interface RbdTopologyPool {
  /** The pool's name. */
  readonly pool: string;

  /**
   * The pool for the data, which may be erasure coded.
   *
   * @default - `pool`
   */
  readonly dataPool?: string;

  /** What nodes have to have to use it, all of it. The first pool that fits is taken. */
  readonly domainSegments: RbdDomainSegment[];
}

/** How images are made and mapped. All of it lands in every volume and cannot be changed there. */
export interface CephRbdImageOptions {
  /**
   * The pool for the data, which may be erasure coded with `allow_ec_overwrites`. Linux 4.11.
   *
   * @default - the pool of the images
   */
  readonly dataPool?: string;

  /**
   * What the images can do.
   *
   * @default - Ceph's own (`rbd_default_features`): layering, exclusive-lock, object-map, fast-diff and deep-flatten, for which the kernel has to be 5.3
   */
  readonly imageFeatures?: RbdImageFeature[];

  /**
   * What maps them.
   *
   * @default RbdMounter.KRBD
   */
  readonly mounter?: RbdMounter;

  /**
   * Whether rbd-nbd maps what a kernel cannot, as it lacks a feature of the image.
   *
   * @default false
   */
  readonly tryOtherMounters?: boolean;

  /**
   * Options for mapping.
   *
   * @default - none
   */
  readonly mapOptions?: RbdMapOptions;

  /**
   * Options for unmapping.
   *
   * @default - none
   */
  readonly unmapOptions?: RbdUnmapOptions;

  /**
   * Options of `mkfs`, one per entry and without blanks. They replace those of ceph-csi.
   *
   * @default - ceph-csi's own: `-m0 -Enodiscard,lazy_itable_init=1,lazy_journal_init=1` for ext4, `-K` for xfs
   */
  readonly mkfsOptions?: string[];

  /**
   * The logs of rbd-nbd.
   *
   * @default - they are deleted
   */
  readonly cephLog?: CephLog;

  /**
   * How names of images begin.
   *
   * @default - ceph-csi's own: csi-vol-
   */
  readonly volumeNamePrefix?: string;

  /**
   * How an image is spread over objects.
   *
   * @default - one object after the other
   */
  readonly striping?: RbdStriping;

  /**
   * The size of the objects: a power of two from 4 KiB to 32 MiB.
   *
   * @default - Ceph's own: 4 MiB
   */
  readonly objectSize?: Size;

  /**
   * Pools by place, for clusters whose zones have pools of their own; an alpha of ceph-csi. The driver needs `domainLabels`, which every node has to have.
   *
   * @default - all images are in one pool
   */
  readonly topologyPools?: RbdTopologyPool[];
}
