import { Size } from 'cdk8s';
import { KadaluBrick } from './kadalu-brick';
import { Toleration } from '../../csi/csi-pod-options';
import { WhenDeleted } from '../../nfs/nfs-storage-props';

/** How a pool spreads files over its bricks. @see https://kadalu.io/docs/k8s-storage/devel/storage-classes */
export enum KadaluPoolType {
  /** Each file is on one brick. When that is lost, so is the file. */
  REPLICA1 = 'Replica1',
  /** Each file is on two bricks, which may come to differ (split-brain). */
  REPLICA2 = 'Replica2',
  /** Each file is on three bricks. */
  REPLICA3 = 'Replica3',
  /** Each file is on two bricks, and a third has its name and attributes only. The third of each three is that one. */
  ARBITER = 'Arbiter',
  /** Each file is spread over several bricks, some of which may be lost. */
  DISPERSE = 'Disperse',
}

/** The bricks of each set of a dispersed pool. */
export interface KadaluDisperse {
  /** How many hold data: an even number up to 16; powers of two are faster. */
  readonly data: number;

  /** How many may be lost: less than `data`. */
  readonly redundancy: number;
}

/** A server that tells two replicas which of them goes on. Kadalu does not run it: it has to be there. */
export interface KadaluTiebreaker {
  /** Where it runs: a host that the bricks reach. */
  readonly node: string;

  /** Its directory. */
  readonly path: string;

  /**
   * Its port.
   *
   * @default 24007
   */
  readonly port?: number;
}

/** What Gluster does for speed in a pool: those that Kadalu documents. Where one node writes what another one reads, the last five show old content. */
export interface KadaluPerformance {
  /**
   * Threads for requests in the client.
   *
   * @default - Gluster's own
   */
  readonly clientIoThreads?: boolean;

  /**
   * Attributes are kept for a second.
   *
   * @default - Gluster's own
   */
  readonly statPrefetch?: boolean;

  /**
   * Small files come with their name.
   *
   * @default - Gluster's own
   */
  readonly quickRead?: boolean;

  /**
   * Files are opened when they are read.
   *
   * @default - Gluster's own
   */
  readonly openBehind?: boolean;

  /**
   * What comes next in a file is read before it is asked for.
   *
   * @default - Gluster's own
   */
  readonly readAhead?: boolean;

  /**
   * What was read is kept in memory.
   *
   * @default - Gluster's own
   */
  readonly ioCache?: boolean;

  /**
   * What comes next in a directory is read before it is asked for.
   *
   * @default - Gluster's own
   */
  readonly readdirAhead?: boolean;
}

/** A pool: one Gluster volume that Kadalu runs, in which each claim gets a directory. */
export interface KadaluPoolOptions {
  /** Its name, of lower-case letters, digits and `-`, beginning with a letter. No name of a pool may begin another one's (`a`, `a-b`). */
  readonly name: string;

  /** How it spreads files. */
  readonly type: KadaluPoolType;

  /** Its bricks, set by set: Replica3 takes the first three as one set, the next three as another one. */
  readonly bricks: KadaluBrick[];

  /**
   * The bricks of each set, with KadaluPoolType.DISPERSE.
   *
   * @default - none
   */
  readonly disperse?: KadaluDisperse;

  /**
   * Who decides between two replicas, with KadaluPoolType.REPLICA2.
   *
   * @default - none, which takes `acceptSplitBrain`
   */
  readonly tiebreaker?: KadaluTiebreaker;

  /**
   * What becomes of a volume when its claim is deleted: DELETE, ARCHIVE or KEEP_DATA. For KEEP_VOLUME say it of the class.
   *
   * @default - WhenDeleted.ARCHIVE; with `singleVolume` WhenDeleted.KEEP_DATA, as Kadalu never deletes a pool
   */
  readonly whenDeleted?: WhenDeleted;

  /**
   * Whether the whole pool is one volume, for one claim. Its size is then not looked at, and it cannot be enlarged.
   *
   * @default false
   */
  readonly singleVolume?: boolean;

  /**
   * What Gluster does for speed.
   *
   * @default - Gluster's own
   */
  readonly performance?: KadaluPerformance;

  /**
   * Taints that its bricks bear, each with key, operator and effect. The node plugin bears all anyway.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * The UUID that marks its bricks. Bricks of a pool that was lost are taken up again only by a pool with the same one. A pool that the operator
   * knows keeps the one it has.
   *
   * @default - follows from the name of the pool, so that a cluster that is built anew finds its data
   */
  readonly volumeId?: string;

  /**
   * How much it can hold, for the check whether claims fit (GLU019).
   *
   * @default - not declared: the rule is listed as unchecked
   */
  readonly capacity?: Size;

  /**
   * Whether bricks of one set may be on one node. When it fails, their data is away.
   *
   * @default false
   */
  readonly allowSameNode?: boolean;

  /**
   * Whether two replicas without a tiebreaker are meant.
   *
   * @default false
   */
  readonly acceptSplitBrain?: boolean;
}
