import { WhenDeleted } from '../../nfs/nfs-storage-props';

/** Who keeps the claims on an external Gluster to their sizes. */
export enum KadaluQuota {
  /** Nobody: a claim may write until the volume is full. */
  NONE = 'none',
  /**
   * Kadalu, by `gluster volume quota` over SSH. The Secret `glusterquota-ssh-secret` in the namespace kadalu has user and key
   * (`glusterquota-ssh-username`, `ssh-privatekey`), and has to be there before Kadalu; it counts for every external Gluster of the cluster.
   */
  SSH_SECRET = 'ssh-secret',
  /** kadalu-quotad, which runs on the servers. @see https://kadalu.io/docs/k8s-storage/devel/external-gluster-storage */
  SERVER_SIDE = 'server-side',
}

/** How Kadalu serves an external Gluster. */
export interface KadaluAccessOptions {
  /**
   * The name by which Kadalu knows it; no name of a pool may begin another one's.
   *
   * @default - that of the Gluster volume
   */
  readonly name?: string;

  /**
   * Who keeps claims to their sizes.
   *
   * @default - not said, which is a warning (GLU045)
   */
  readonly quota?: KadaluQuota;

  /**
   * What becomes of a volume when its claim is deleted: DELETE, ARCHIVE or KEEP_DATA. For KEEP_VOLUME say it of the class.
   *
   * @default - WhenDeleted.ARCHIVE; with `singleVolume` WhenDeleted.KEEP_DATA, as Kadalu never deletes a whole volume
   */
  readonly whenDeleted?: WhenDeleted;

  /**
   * Whether the whole Gluster volume is one volume, for one claim.
   *
   * @default false
   */
  readonly singleVolume?: boolean;

  /**
   * Flags of the program glusterfs for every mount, without `--`: `log-level=WARNING`. Options of mount.glusterfs are none.
   *
   * @default - none
   */
  readonly mountFlags?: string[];
}
