import { Duration, Size } from 'cdk8s';
import { CephMsMode, CephReadFromReplica } from './ms-mode';

/** What the kernel tells Ceph about the data of an image. */
export enum RbdCompressionHint {
  /** Nothing. */
  NONE = 'none',
  /** That it can be compressed, which pools with passive compression then do. */
  COMPRESSIBLE = 'compressible',
  /** That it cannot, so that pools with aggressive compression leave it. */
  INCOMPRESSIBLE = 'incompressible',
}

/** How the kernel maps images. @see https://docs.ceph.com/en/latest/man/8/rbd/#kernel-rbd-krbd-options */
export interface KrbdMapOptions {
  /**
   * What is spoken with Ceph (`ms_mode`). It has to fit the ports of the monitors: only LEGACY with those that are all on 6789, never LEGACY with those that are all on 3300.
   *
   * @default - the kernel's: CephMsMode.LEGACY
   */
  readonly msMode?: CephMsMode;

  /**
   * Which copy is read (`read_from_replica`). Where nodes are in several places, say it of the cluster: `CephCluster.external({ readAffinity })`.
   *
   * @default - the kernel's: CephReadFromReplica.NO
   */
  readonly readFromReplica?: CephReadFromReplica;

  /**
   * Where all nodes are in the CRUSH map (`crush_location`), such as `['zone:a', 'region:east']`.
   *
   * @default - nowhere
   */
  readonly crushLocation?: string[];

  /**
   * Whether data can be compressed (`compression_hint`). Linux 5.8.
   *
   * @default - the kernel's: RbdCompressionHint.NONE
   */
  readonly compressionHint?: RbdCompressionHint;

  /**
   * How many requests may wait at a time (`queue_depth`). Linux 4.2.
   *
   * @default - the kernel's: 128
   */
  readonly queueDepth?: number;

  /**
   * Whether the image is locked for reads too (`lock_on_read`). It needs RbdImageFeature.EXCLUSIVE_LOCK, and Linux 4.9.
   *
   * @default false
   */
  readonly lockOnRead?: boolean;

  /**
   * Whether a node keeps the lock that it has (`exclusive`) instead of handing it to another that writes. It needs RbdImageFeature.EXCLUSIVE_LOCK, and Linux 4.12.
   *
   * @default false
   */
  readonly exclusive?: boolean;

  /**
   * How long to wait for the lock (`lock_timeout`), in whole seconds. Linux 4.17.
   *
   * @default - for ever
   */
  readonly lockTimeout?: Duration;

  /**
   * Whether an image keeps the space that it once had (`notrim`): discards are refused. Linux 4.17.
   *
   * @default false
   */
  readonly notrim?: boolean;

  /**
   * Whether writes fail when the pool is full (`abort_on_full`) instead of waiting for space. Linux 5.0.
   *
   * @default false
   */
  readonly abortOnFull?: boolean;

  /**
   * Discards that are smaller than this are passed over (`alloc_size`). A power of two. Linux 5.1.
   *
   * @default - the kernel's: 64 KiB
   */
  readonly allocSize?: Size;

  /**
   * Whether data is received into a buffer of its own (`rxbounce`), for virtual machines whose disks make checksums fail. Linux 5.17.
   *
   * @default false
   */
  readonly rxbounce?: boolean;

  /**
   * How long mapping and unmapping may take (`mount_timeout`), in whole seconds.
   *
   * @default - the kernel's: 60 s
   */
  readonly mountTimeout?: Duration;

  /**
   * Options for which there is no property, one per entry.
   *
   * @default - none
   */
  readonly extraOptions?: string[];
}

/** How rbd-nbd maps images. ceph-csi has been seen to hand over only one of them, see CEPH037. @see https://docs.ceph.com/en/latest/man/8/rbd-nbd/ */
export interface NbdMapOptions {
  /**
   * How long the kernel waits for an rbd-nbd that ended to come back (`reattach-timeout`), in whole seconds.
   *
   * @default - ceph-csi's own: 300 s
   */
  readonly reattachTimeout?: Duration;

  /**
   * How long a request may take (`io-timeout`), in whole seconds.
   *
   * @default - ceph-csi's own: for ever, which needs Linux 5.4
   */
  readonly ioTimeout?: Duration;

  /**
   * Whether a node keeps the lock of the image (`exclusive`).
   *
   * @default false
   */
  readonly exclusive?: boolean;

  /**
   * Whether an image keeps the space that it once had (`notrim`).
   *
   * @default false
   */
  readonly notrim?: boolean;

  /**
   * Options for which there is no property, one per entry and without dashes, such as `debug-rbd=20`.
   *
   * @default - none
   */
  readonly extraOptions?: string[];
}

/** Options for mapping an image, by what maps it. */
export interface RbdMapOptions {
  /**
   * For the kernel.
   *
   * @default - none
   */
  readonly krbd?: KrbdMapOptions;

  /**
   * For rbd-nbd.
   *
   * @default - none
   */
  readonly nbd?: NbdMapOptions;
}

/** Options for unmapping an image, by what mapped it. */
export interface RbdUnmapOptions {
  /**
   * For the kernel, such as `force` (Linux 4.9), which loses what is not written yet.
   *
   * @default - none
   */
  readonly krbd?: string[];

  /**
   * For rbd-nbd, such as `force`.
   *
   * @default - none
   */
  readonly nbd?: string[];
}
