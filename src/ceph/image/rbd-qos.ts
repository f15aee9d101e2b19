import { Size } from 'cdk8s';

/** How many operations a second a volume may do. */
export interface RbdOperations {
  /** Whatever its size; a whole number. */
  readonly base: number;

  /**
   * How many more for each GiB above `baseVolumeSize`; a whole number.
   *
   * @default - none
   */
  readonly perGibibyte?: number;

  /**
   * How many at most, with `perGibibyte`; a whole number.
   *
   * @default - no end
   */
  readonly max?: number;
}

/** How much a volume may read or write in a second. */
export interface RbdThroughput {
  /** Whatever its size; in whole bytes. */
  readonly base: Size;

  /**
   * How much more for each GiB above `baseVolumeSize`; in whole bytes.
   *
   * @default - none
   */
  readonly perGibibyte?: Size;

  /**
   * How much at most, with `perGibibyte`; in whole bytes.
   *
   * @default - no end
   */
  readonly max?: Size;
}

/** Limits of volumes that rbd-nbd maps; they grow with the volume. ceph-csi v3.17, an alpha. */
export interface NbdQos {
  /**
   * Operations.
   *
   * @default - not limited
   */
  readonly iops?: RbdOperations;

  /**
   * Reads.
   *
   * @default - not limited
   */
  readonly readIops?: RbdOperations;

  /**
   * Writes.
   *
   * @default - not limited
   */
  readonly writeIops?: RbdOperations;

  /**
   * What is read and written.
   *
   * @default - not limited
   */
  readonly throughput?: RbdThroughput;

  /**
   * What is read.
   *
   * @default - not limited
   */
  readonly readThroughput?: RbdThroughput;

  /**
   * What is written.
   *
   * @default - not limited
   */
  readonly writeThroughput?: RbdThroughput;

  /**
   * The size up to which a volume has only the `base`.
   *
   * @default - volumes of all sizes have the same limits
   */
  readonly baseVolumeSize?: Size;
}

/** Limits of volumes that the kernel maps, by the cgroup (v2) of their pods. ceph-csi v3.18. They are for pods that start afterwards, and for each container by itself. */
export interface KrbdQos {
  /**
   * Reads a second; a whole number.
   *
   * @default - not limited
   */
  readonly maxReadIops?: number;

  /**
   * Writes a second; a whole number.
   *
   * @default - not limited
   */
  readonly maxWriteIops?: number;

  /**
   * What is read in a second; in whole bytes.
   *
   * @default - not limited
   */
  readonly maxReadThroughput?: Size;

  /**
   * What is written in a second; in whole bytes.
   *
   * @default - not limited
   */
  readonly maxWriteThroughput?: Size;
}

/** How much volumes may do: one of both, by what maps them. */
export interface RbdQos {
  /**
   * For volumes of classes with RbdMounter.NBD.
   *
   * @default - none
   */
  readonly nbd?: NbdQos;

  /**
   * For volumes that the kernel maps.
   *
   * @default - none
   */
  readonly krbd?: KrbdQos;
}
