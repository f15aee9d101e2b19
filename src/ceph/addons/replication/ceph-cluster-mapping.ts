/**
 * Two Ceph clusters, of which one holds replicas of the other's volumes. Volumes keep the handle that they got where they were made, which names that cluster and,
 * by its number, the pool. The same in both directions, so both sides may be told the same.
 *
 * @see https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/design/proposals/clusterid-mapping.md
 */
export interface CephClusterMapping {
  /** The clusterId of the one that this driver knows. */
  readonly clusterId: string;

  /** The clusterId of the other one. */
  readonly peerClusterId: string;

  /**
   * For pools of images, by their numbers (`ceph osd pool ls detail`): here and there, such as `{ '2': '3' }`.
   *
   * @default - the numbers are the same
   */
  readonly rbdPools?: { [id: string]: string };

  /**
   * For file systems, by their numbers (`ceph fs dump`): here and there.
   *
   * @default - the numbers are the same
   */
  readonly cephFsFileSystems?: { [id: string]: string };
}
