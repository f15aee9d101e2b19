import { Duration, Size } from 'cdk8s';
import { ManifestProps } from '../../../manifest/manifest-props';

/** What no two copies of a pool have in common: a type of bucket in the CRUSH map. */
export enum RookFailureDomain {
  /** A disk: copies may be on one node. For clusters of one node. */
  OSD = 'osd',
  /** A node. */
  HOST = 'host',
  /** The nodes' label `topology.rook.io/chassis`. */
  CHASSIS = 'chassis',
  /** The nodes' label `topology.rook.io/rack`. */
  RACK = 'rack',
  /** The nodes' label `topology.rook.io/row`. */
  ROW = 'row',
  /** The nodes' label `topology.rook.io/pdu`. */
  PDU = 'pdu',
  /** The nodes' label `topology.rook.io/pod`. */
  POD = 'pod',
  /** The nodes' label `topology.rook.io/room`. */
  ROOM = 'room',
  /** The nodes' label `topology.rook.io/datacenter`. */
  DATACENTER = 'datacenter',
  /** The nodes' label `topology.kubernetes.io/zone`. */
  ZONE = 'zone',
  /** The nodes' label `topology.kubernetes.io/region`. */
  REGION = 'region',
}

/** What is compressed before it is written. */
export enum RookCompressionMode {
  /** Nothing. */
  NONE = 'none',
  /** What clients say is compressible. */
  PASSIVE = 'passive',
  /** All but what clients say is not. */
  AGGRESSIVE = 'aggressive',
  /** Everything. */
  FORCE = 'force',
}

/** What is mirrored of a pool. */
export enum RookMirroringMode {
  /** Images for which it was switched on, as by a VolumeReplication. */
  IMAGE = 'image',
  /** Every image that keeps a journal. */
  POOL = 'pool',
}

/** Data in pieces, with others from which lost pieces are computed. It takes less room than copies, and more time. It cannot be changed in a pool that is there. */
export interface RookErasureCoding {
  /** In how many pieces data is cut, 2 or more. */
  readonly dataChunks: number;

  /** How many further pieces there are: as many disks may be lost. */
  readonly codingChunks: number;

  /**
   * How they are computed: `isa` or `jerasure`.
   *
   * @default - Ceph's own
   */
  readonly algorithm?: string;
}

/** How a pool keeps its data. */
export interface RookPoolOptions {
  /**
   * How many copies there are.
   *
   * @default - 3, or none with `erasureCoding`
   */
  readonly replicas?: number;

  /**
   * Pieces instead of copies.
   *
   * @default - copies
   */
  readonly erasureCoding?: RookErasureCoding;

  /**
   * What no two copies, or pieces, have in common.
   *
   * @default RookFailureDomain.HOST
   */
  readonly failureDomain?: RookFailureDomain;

  /**
   * The disks that it uses, by their device class, such as `ssd`.
   *
   * @default - all
   */
  readonly deviceClass?: string;

  /**
   * What is compressed.
   *
   * @default - nothing
   */
  readonly compression?: RookCompressionMode;

  /**
   * Whether a single copy (`replicas: 1`) is refused.
   *
   * @default true
   */
  readonly requireSafeReplicaSize?: boolean;

  /**
   * Which share of the cluster it is expected to fill, from 0 to 1, so that Ceph chooses the number of placement groups.
   *
   * @default - Ceph sees by itself
   */
  readonly targetSizeRatio?: number;

  /**
   * How much may be stored in it.
   *
   * @default - no limit
   */
  readonly quota?: Size;

  /**
   * Settings of Ceph for which there is no property, such as `{ bulk: 'true' }` (`ceph osd pool set`).
   *
   * @default - none
   */
  readonly parameters?: { [key: string]: string };
}

/** When snapshots are taken, by which a copy elsewhere follows. */
export interface RookSnapshotSchedule {
  /** How often: whole minutes, hours or days. */
  readonly every: Duration;

  /**
   * When the first is taken, such as `14:00:00-05:00`.
   *
   * @default - when the schedule is made
   */
  readonly startTime?: string;
}

/** A copy in another cluster. */
export interface RookMirroringOptions {
  /**
   * What is mirrored; file systems have no mode.
   *
   * @default RookMirroringMode.IMAGE
   */
  readonly mode?: RookMirroringMode;

  /**
   * When snapshots are taken for the copy.
   *
   * @default - none: images keep a journal, or VolumeReplicationClass says when
   */
  readonly snapshotSchedules?: RookSnapshotSchedule[];

  /**
   * Secrets with the token of the other cluster (keys `token` and `pool`), in the namespace of this one.
   *
   * @default - none: added on the day on which the other cluster is there
   */
  readonly peerSecretNames?: string[];
}

/** A pool for images (RBD). */
export interface RookBlockPoolOptions extends ManifestProps, RookPoolOptions {
  /**
   * Its name in Ceph, if it is not that of the object: for `.mgr`, `.nfs` and `.rgw.root`, which Ceph has by itself.
   *
   * @default - the name of the object
   */
  readonly cephName?: string;

  /**
   * A copy in another cluster. `addRbdMirror` starts the daemon for it.
   *
   * @default - none
   */
  readonly mirroring?: RookMirroringOptions;

  /**
   * Whether the load on each image is measured.
   *
   * @default false
   */
  readonly rbdStats?: boolean;

  /**
   * What there is no property for, as it stands in the spec of a CephBlockPool.
   *
   * @default - none
   */
  readonly extraSpec?: { [key: string]: any };
}

/** A tenant in a pool for images. */
export interface RookRadosNamespaceOptions extends ManifestProps {
  /**
   * The clusterID by which classes name it, of at most 36 letters, digits, '-' and '_'. It cannot be changed.
   *
   * @default - what Rook makes of namespace, pool and name
   */
  readonly clusterId?: string;
}
