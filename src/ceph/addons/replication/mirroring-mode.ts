/** How an image is mirrored. @see https://docs.ceph.com/en/latest/rbd/rbd-mirroring/ */
export enum MirroringMode {
  /** What changed between two mirror snapshots is copied. The replica is as old as the last one. */
  SNAPSHOT = 'snapshot',

  /** Every write is in a journal first, from which it is repeated. For images that rbd-nbd maps: the kernel writes no journal. */
  JOURNAL = 'journal',
}
