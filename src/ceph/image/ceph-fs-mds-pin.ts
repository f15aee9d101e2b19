/**
 * Which metadata servers (MDS) serve a volume: exactly one of these. ceph-csi v3.18.
 *
 * @see https://docs.ceph.com/en/latest/cephfs/fs-volumes/#pinning-subvolumes-and-subvolume-groups
 */
export interface CephFsMdsPin {
  /**
   * One metadata server, by its rank; -1 takes a pin away.
   *
   * @default - none
   */
  readonly export?: number;

  /**
   * Whether its directories are spread over all of them.
   *
   * @default - they are not
   */
  readonly distributed?: boolean;

  /**
   * How likely a directory is given to another one by chance, from 0 to 1. Ceph recommends at most 0.01.
   *
   * @default - none
   */
  readonly random?: number;
}
