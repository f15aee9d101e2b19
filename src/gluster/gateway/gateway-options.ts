import { Size } from 'cdk8s';
import { GaneshaOptions } from '../../ganesha/ganesha-options';
import { NfsProtocol } from '../../nfs/nfs-protocol';
import { NfsSquash } from '../../nfs/nfs-squash';
import { IStorageClass } from '../../volume/storage-class';

/** A directory of a Gluster volume that the gateway exports. */
export interface GlusterExport {
  /** What clients mount: the share is `/<name>`. Letters, digits, `-`, `_` and `.`. */
  readonly name: string;

  /**
   * Another volume of the same Gluster: one gateway can serve many.
   *
   * @default - the volume of the cluster
   */
  readonly volume?: string;

  /**
   * The directory in the volume, absolute. It has to be there.
   *
   * @default - the whole volume
   */
  readonly path?: string;

  /**
   * Whether the gateway refuses to write. No class can create volumes in it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * As whom the gateway takes root of a node. Classes need NfsSquash.NONE: the driver creates their directories as root.
   *
   * @default NfsSquash.NONE
   */
  readonly squash?: NfsSquash;

  /**
   * Who may mount it: IP addresses and networks.
   *
   * @default - the clients of the gateway
   */
  readonly clients?: string[];

  /**
   * Its number, 1 to 65535. It is a part of every file's handle: when it changes, all that is open is lost to its clients (ESTALE).
   *
   * @default - made of the name
   */
  readonly exportId?: number;
}

/** A small claim for what the gateway has to remember of its clients; the data is in Gluster. */
export interface GlusterRecoveryOptions {
  /** The class. Any storage that follows the pod will do, but not that of this gateway. */
  readonly storageClass: IStorageClass;

  /**
   * The size.
   *
   * @default Size.gibibytes(1)
   */
  readonly size?: Size;

  /**
   * The name of the claim.
   *
   * @default - `<name of the gateway>-recovery`
   */
  readonly claimName?: string;
}

/** An NFS gateway to a Gluster volume: NFS-Ganesha, with the FSAL GLUSTER in its image. It runs without root and capabilities; nodes need nothing of Gluster. */
export interface GlusterGatewayOptions extends GaneshaOptions {
  /**
   * What it exports. The first is what classes and volumes use unless told otherwise.
   *
   * @default - the whole volume, by its name
   */
  readonly exports?: GlusterExport[];

  /**
   * Where it remembers which clients had files open, so that they get them back after a restart.
   *
   * @default - with the pod: open files and locks are lost when it moves (GLU070)
   */
  readonly recovery?: GlusterRecoveryOptions;

  /**
   * Whether the NFS driver that is installed here takes snapshots.
   *
   * @default false
   */
  readonly snapshots?: boolean;

  /**
   * How nodes mount from it.
   *
   * @default - NFSv4.1, hard
   */
  readonly protocol?: NfsProtocol;
}
