/**
 * Two Ceph clusters, of which one holds replicas of the other's volumes. Volumes keep the handle that they got where they were made, which names that cluster and,
 * by its number, the pool. The same in both directions, so both sides may be told the same.
 *
 * Give both sides the same clusterId where you can: nothing has to be mapped then while the pools have the same numbers, and no release of ceph-csi stumbles over a clusterId that it does not know.
 *
 * @see https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/design/proposals/clusterid-mapping.md
 */
export interface CephClusterMapping {
  /** The clusterId of the one that this driver knows. */
  readonly clusterId: string;

  /** The clusterId of the other one; where it is the same, only numbers differ. */
  readonly peerClusterId: string;

  /**
   * For pools of images, by their numbers (`ceph osd pool ls detail`): here and there, such as `{ '2': '3' }`.
   *
   * Where the clusterIds differ also those that have the same number: a pool that is not here is not looked for.
   *
   * @default - none
   */
  readonly rbdPools?: { [id: string]: string };

  /**
   * For file systems, by their numbers (`ceph fs dump`): here and there.
   *
   * @default - the numbers are the same
   */
  readonly cephFsFileSystems?: { [id: string]: string };
}
