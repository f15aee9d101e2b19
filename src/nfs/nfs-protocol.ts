import { Duration } from 'cdk8s';

/** A version of the NFS protocol. */
export enum NfsVersion {
  /** NFSv3; needs `locking: false`, see NFS013. */
  V3 = '3',
  /** NFSv4.0. */
  V4_0 = '4.0',
  /** NFSv4.1: sessions, one port. */
  V4_1 = '4.1',
  /** NFSv4.2. */
  V4_2 = '4.2',
}

/** A service that some mount options need on every node. */
export enum NfsNodeService {
  /** rpc.gssd with a keytab, for `sec=krb5…`. */
  RPC_GSSD = 'rpc.gssd',
  /** tlshd, for `xprtsec=…`. */
  TLSHD = 'tlshd',
  /** cachefilesd, for `fsc`. */
  CACHEFILESD = 'cachefilesd',
}

/** How volumes are mounted. @see https://man7.org/linux/man-pages/man5/nfs.5.html */
export interface NfsProtocol {
  /**
   * The version (`nfsvers`).
   *
   * @default NfsVersion.V4_1
   */
  readonly version?: NfsVersion;

  /**
   * Whether to wait for a server that does not answer (`hard`) instead of giving up (`soft`).
   *
   * @default true
   */
  readonly hard?: boolean;

  /**
   * How long to wait for an answer before asking again (`timeo`), in steps of 100 ms.
   *
   * @default - the kernel's: 60 s
   */
  readonly timeout?: Duration;

  /**
   * How often to ask again before a `soft` mount fails or a `hard` one says so in the kernel's log (`retrans`).
   *
   * @default - the kernel's: 2
   */
  readonly retransmissions?: number;

  /**
   * How many connections a node opens to the server (`nconnect`), 1 to 16. Needs Linux 5.3.
   *
   * @default - the kernel's: 1
   */
  readonly connections?: number;

  /**
   * Whether locks are known to the server. NFSv4 always does; NFSv3 would need rpc.statd, which the driver's pod does not run.
   *
   * @default true
   */
  readonly locking?: boolean;

  /**
   * Options that have no property here, one per entry.
   *
   * @default - none
   */
  readonly extraOptions?: string[];
}
