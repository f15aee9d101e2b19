/**
 * What a CSI driver can do. Sidecars, their flags, RBAC and the checks on
 * classes and claims are derived from it.
 * @see https://github.com/container-storage-interface/spec/blob/master/spec.md
 */
export interface CsiCapabilities {
  /**
   * Creates and deletes volumes (`CREATE_DELETE_VOLUME`): adds csi-provisioner.
   *
   * @default true
   */
  readonly provision?: boolean;

  /**
   * Expands volumes (`EXPAND_VOLUME`): adds csi-resizer.
   *
   * @default false
   */
  readonly expand?: boolean;

  /**
   * Takes and restores snapshots (`CREATE_DELETE_SNAPSHOT`): adds csi-snapshotter.
   * The cluster needs the VolumeSnapshot CRDs and a snapshot-controller, see `SnapshotController`.
   *
   * @default false
   */
  readonly snapshot?: boolean;

  /**
   * Clones volumes (`CLONE_VOLUME`); needs no sidecar.
   *
   * @default false
   */
  readonly clone?: boolean;
}
