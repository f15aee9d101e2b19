/** How pods come to the data of a Gluster. */
export enum GlusterAccess {
  /** By an NFS server in the cluster, and csi-driver-nfs. Nodes need no Gluster client. */
  NFS_GATEWAY = 'nfs-gateway',
  /** By the CSI driver of Kadalu, whose Gluster client runs in a pod on each node. */
  KADALU_CSI = 'kadalu-csi',
  /** By a Gluster client that mounts the volume on each node, for volumes that are written by hand. */
  NODE_MOUNT = 'node-mount',
}
