import { CephCsiDriverProps } from './ceph-csi-driver-props';

/** Properties of a CephFsCsiDriver. */
export interface CephFsCsiDriverProps extends CephCsiDriverProps {
  /**
   * Whether what ceph-fuse serves is mounted again, when the next pod wants it, after a restart of the node plugin. For that it writes the node's Ceph key onto the
   * disk of the node, below the kubelet's directory.
   *
   * @default false
   */
  readonly fuseRecovery?: boolean;

  /**
   * Whether volumes are attached to nodes before they are mounted. Without, mounting is faster, but a ReadWriteOnce volume of a node that was lost may be
   * mounted elsewhere while it is still written there. It cannot be changed later.
   *
   * @see https://github.com/kubernetes/kubernetes/issues/103305
   * @default true
   */
  readonly attach?: boolean;
}
