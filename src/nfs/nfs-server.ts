import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { deployServer, noteDeployment } from './deploy';
import { NfsServerAlias } from './nfs-server-alias';
import { NfsServerDeploymentOptions } from './nfs-server-deployment-options';
import { NfsSquash } from './nfs-squash';
import { objectsOf } from '../platform/cluster-checks';

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

  /**
   * A server in the cluster: NFS-Ganesha, NFSv4 only, that keeps its files on a claim. One pod serves; while it moves or restarts, clients wait.
   *
   * Delete it after everything that mounts from it: nodes hang on a server that is gone.
   *
   * @param scope where its objects are written: better a chart of its own, as it holds data
   * @param id the construct's
   * @param options what it serves
   * @throws GAN001 to GAN004, GAN007 for values that the server does not take; NFS020, NFS131 for a claim that cannot be served; CSI006 for the image
   * @see https://github.com/nfs-ganesha/nfs-ganesha/wiki
   */
  public static deploy(scope: Construct, id: string, options: NfsServerDeploymentOptions): NfsServer {
    const deployment = deployServer(scope, id, options);
    const [{ name, squash }] = options.exports;
    const server = new NfsServer(deployment.host, { share: `/${name}`, squash: squash ?? NfsSquash.NONE }, undefined, deployment.node.scope as Construct);
    noteDeployment(server, deployment);
    return server;
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
    /** The construct that a deployed server is, for `Findings.of`. */
    public readonly deployment?: Construct,
  ) {
    this.share = options?.share;
    this.squash = options?.squash;
  }

  /** Every object of a server that is deployed here, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return this.deployment ? objectsOf(this.deployment) : [];
  }
}
