/** Who writes the pods of a driver. */
export enum CephDeployment {
  /** This library: every line of them is in Git. */
  STANDALONE = 'standalone',

  /**
   * The ceph-csi-operator (`CephCsiOperator`), from a `Driver` object: what its makers recommend from ceph-csi 3.19 on. Accounts, permissions, classes and Secrets are written here all the same.
   *
   * @see https://github.com/ceph/ceph-csi-operator
   */
  OPERATOR = 'operator',
}
