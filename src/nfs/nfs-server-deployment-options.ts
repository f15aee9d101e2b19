import { Size } from 'cdk8s';
import { NfsSquash } from './nfs-squash';
import { GaneshaOptions } from '../ganesha/ganesha-options';
import { AccessMode } from '../volume/modes';
import { IPersistentVolumeClaim } from '../volume/persistent-volume-claim';
import { IStorageClass } from '../volume/storage-class';

/** A directory that a server in the cluster exports. */
export interface NfsExport {
  /** What clients mount: the share is `/<name>`. Letters, digits, `-`, `_` and `.`. */
  readonly name: string;

  /**
   * The directory on the claim, below its root. It is created.
   *
   * @default - `exports/<name>`
   */
  readonly path?: string;

  /**
   * Whether the server refuses to write: the strongest way to protect data. No class can create volumes in it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * As whom the server takes root of a node. Classes need NfsSquash.NONE: the driver creates their directories as root.
   *
   * @default NfsSquash.NONE
   */
  readonly squash?: NfsSquash;

  /**
   * Who may mount it: IP addresses and networks.
   *
   * @default - the clients of the server
   */
  readonly clients?: string[];

  /**
   * Its number, 1 to 65535. It is a part of every file's handle: when it changes, all that is open is lost to its clients (ESTALE).
   *
   * @default - made of the name
   */
  readonly exportId?: number;
}

/** The claim of a server, written beside it. */
export interface NfsServerStorageOptions {
  /** The class: a block storage system, with ext4 or btrfs. On XFS, handles of files have the number of the device in them, and are stale when it changes. */
  readonly storageClass: IStorageClass;

  /** How much is stored. It can be raised where the class can expand. */
  readonly size: Size;

  /**
   * The name of the claim.
   *
   * @default - `<name of the server>-data`
   */
  readonly claimName?: string;

  /**
   * Who may mount it: AccessMode.READ_WRITE_ONCE, or READ_WRITE_ONCE_POD where the driver can, so that two pods never write at once.
   *
   * @default AccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: AccessMode;
}

/** An NFS server in the cluster, on a claim: give `storage` or `claim`. */
export interface NfsServerDeploymentOptions extends GaneshaOptions {
  /**
   * The claim on which it keeps files, and what it has to remember of its clients.
   *
   * @default - none: `claim` is given
   */
  readonly storage?: NfsServerStorageOptions;

  /**
   * A claim that is there, or written elsewhere in the app, in the namespace of the server.
   *
   * @default - none: `storage` is given
   */
  readonly claim?: IPersistentVolumeClaim;

  /** What it exports. The first is what `NfsStorage` uses unless told otherwise. */
  readonly exports: NfsExport[];

  /**
   * Whether the pod runs under the seccomp profile of the container runtime. containerd before 1.6.22 and 1.7.3 refuses it a system call that it cannot do without.
   *
   * @default false
   * @see https://github.com/containerd/containerd/pull/8752
   */
  readonly runtimeDefaultSeccomp?: boolean;
}
