import { NfsServerAlias } from './nfs-server-alias';

/** As whom the server takes the root of a node, which is what the driver and the kubelet are. */
export enum NfsSquash {
  /** Root is an anonymous user (`root_squash`), the default of most servers. */
  ROOT = 'root_squash',
  /** Everybody is an anonymous user (`all_squash`). */
  ALL = 'all_squash',
  /** Root is root (`no_root_squash`). */
  NONE = 'no_root_squash',
}

/** What a server exports. */
export interface NfsExportOptions {
  /** The exported directory, absolute; with an NFSv4 pseudo root, as clients see it. */
  readonly share: string;

  /**
   * As whom the server takes root, as in its exports.
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly squash?: NfsSquash;
}

/** An NFS server that is there already. */
export interface ExternalNfsServerOptions extends NfsExportOptions {
  /** Its DNS name (better) or IP address, without scheme, port or path. It is frozen into every volume. */
  readonly host: string;
}

/** Where the data lies. */
export class NfsServer {
  /** A server that is there already: a NAS, a filer, a machine. */
  public static external(options: ExternalNfsServerOptions): NfsServer {
    return new NfsServer(options?.host, options);
  }

  /**
   * A server that is there already, by a name in the cluster that stays when the server moves.
   *
   * @param alias the name
   * @param options what the server exports
   */
  public static alias(alias: NfsServerAlias, options: NfsExportOptions): NfsServer {
    return new NfsServer(alias?.host, options, alias);
  }

  /** The exported directory. */
  public readonly share: string;

  /** As whom the server takes root, if declared. */
  public readonly squash?: NfsSquash;

  private constructor(
    /** The server's name or address. */
    public readonly host: string,
    options: NfsExportOptions,
    /** The alias, if it is reached by one. */
    public readonly serverAlias?: NfsServerAlias,
  ) {
    this.share = options?.share;
    this.squash = options?.squash;
  }
}
