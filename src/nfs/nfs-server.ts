/** An NFS server that is there already. */
export interface ExternalNfsServerOptions {
  /** Its DNS name (better) or IP address, without scheme, port or path. It is frozen into every volume. */
  readonly host: string;

  /** The exported directory, absolute; with an NFSv4 pseudo root, as clients see it. */
  readonly share: string;
}

/** Where the data lies. */
export class NfsServer {
  /** A server that is there already: a NAS, a filer, a machine. */
  public static external(options: ExternalNfsServerOptions): NfsServer {
    return new NfsServer(options.host, options.share);
  }

  private constructor(
    /** The server's name or address. */
    public readonly host: string,
    /** The exported directory. */
    public readonly share: string,
  ) {}
}
