import { Size } from 'cdk8s';
import { CephMsMode, CephReadFromReplica } from './ms-mode';

/** What mounts volumes on the nodes. */
export enum CephFsMounter {
  /** The kernel. Linux 4.17, else sizes are not kept. */
  KERNEL = 'kernel',
  /** ceph-fuse, a program in the pod of the node plugin: mounts end with that pod. */
  FUSE = 'fuse',
}

/** What the kernel does once Ceph has cut it off. */
export enum CephFsRecoverSession {
  /** Nothing: the volume fails until it is mounted again. */
  NO = 'no',
  /** It connects again, and loses what was not written yet and all locks. */
  CLEAN = 'clean',
}

/** How the kernel mounts volumes. @see https://docs.ceph.com/en/latest/man/8/mount.ceph/ */
export interface CephFsKernelMountOptions {
  /**
   * What is spoken with Ceph (`ms_mode`). It has to fit the ports of the monitors: only LEGACY with those that are all on 6789, never LEGACY with those that are all on 3300.
   *
   * @default - the kernel's: CephMsMode.LEGACY
   */
  readonly msMode?: CephMsMode;

  /**
   * What happens once Ceph has cut the node off (`recover_session`). Linux 5.4.
   *
   * @default - the kernel's: CephFsRecoverSession.NO
   */
  readonly recoverSession?: CephFsRecoverSession;

  /**
   * Which copy is read (`read_from_replica`). Linux 5.8. Where nodes are in several places, say it of the cluster: `CephCluster.external({ readAffinity })`.
   *
   * @default - the kernel's: CephReadFromReplica.NO
   */
  readonly readFromReplica?: CephReadFromReplica;

  /**
   * Where all nodes are in the CRUSH map (`crush_location`), such as `['zone:a', 'region:east']`. Linux 5.8.
   *
   * @default - nowhere
   */
  readonly crushLocation?: string[];

  /**
   * How much is read ahead (`rasize`), in whole bytes.
   *
   * @default - the kernel's: 8 MiB
   */
  readonly readAhead?: Size;

  /**
   * Whether creating and deleting files waits for the metadata server (`wsync`). Linux 5.7.
   *
   * @default - the kernel's: since 5.17 it does not wait
   */
  readonly wsync?: boolean;

  /**
   * Options for which there is no property, one per entry.
   *
   * @default - none
   */
  readonly extraOptions?: string[];
}

/** How volumes are mounted. All of it lands in every volume and cannot be changed there. */
export interface CephFsClientOptions {
  /**
   * What mounts them.
   *
   * @default - ceph-csi's own: the kernel where it is 4.17 or newer, else ceph-fuse
   */
  readonly mounter?: CephFsMounter;

  /**
   * Options for the kernel.
   *
   * @default - none
   */
  readonly kernelMountOptions?: CephFsKernelMountOptions;

  /**
   * Options for ceph-fuse, one per entry.
   *
   * @default - none
   */
  readonly fuseMountOptions?: string[];
}

/** How volumes are made and mounted. All of it lands in every volume and cannot be changed there. */
export interface CephFsMountOptions extends CephFsClientOptions {
  /**
   * The pool of the data of the file system in which volumes are (`ceph fs add_data_pool`).
   *
   * @default - that of the directory, usually the first one of the file system
   */
  readonly pool?: string;

  /**
   * Whether a claim that is ReadOnlyMany and filled from a snapshot shows the snapshot itself, without a copy.
   *
   * @default - ceph-csi's own: true for such claims
   */
  readonly backingSnapshot?: boolean;

  /**
   * How names of subvolumes begin.
   *
   * @default - ceph-csi's own: csi-vol-
   */
  readonly volumeNamePrefix?: string;
}
