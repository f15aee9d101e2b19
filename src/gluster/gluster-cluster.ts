import { isIP } from 'net';
import { KadaluPoolOptions } from './kadalu/kadalu-pool-options';
import { isVolumeName } from './names';
import { GLUSTER_RULES } from './rules';
import { fail } from '../findings/report';
import { GLUSTERD_PORT } from '../ganesha/backend';
import { checkShape, listOf, NUMBER, struct, TEXT } from '../manifest/shapes';
import { shown } from '../manifest/validate';
import { firstProblem } from '../nfs/problems';

/** A Gluster that runs outside of Kubernetes. */
export interface ExternalGlusterOptions {
  /** Its servers, by DNS name or IP address, without scheme or port. Each is asked in turn when one is away, so name all of them. */
  readonly hosts: string[];

  /** The name of the volume, as `gluster volume list` prints it. */
  readonly volume: string;

  /**
   * The port of glusterd on all servers.
   *
   * @default 24007
   */
  readonly port?: number;
}

/** A Gluster that Kadalu runs in the cluster. */
export interface KadaluClusterOptions {
  /** Its pools: each is one Gluster volume. */
  readonly pools: KadaluPoolOptions[];
}

const HOST = /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*$/;
const EXTERNAL = struct({ hosts: listOf(TEXT), volume: TEXT, port: NUMBER });
const HOST_ADVICE = "give name or address alone, one per entry: hosts: ['gluster1.example.com', 'gluster2.example.com']";

/** GLU040 */
function refuse(what: string, value: unknown, problem: string, expected: string): never {
  return fail(undefined, GLUSTER_RULES.GLU040, { what, value: shown(value), problem, expected });
}

function checkHost(host: string): void {
  const isAddress = isIP(host) > 0;
  const problem = firstProblem(
    [host.includes('://'), 'it has a scheme'],
    [host.includes('/'), 'it has a path'],
    [host.includes(','), 'it is several in one'],
    [isAddress && host.includes('%'), 'it is an address with a zone'],
    [!isAddress && host.includes(':'), 'it has a port, or brackets'],
    [!isAddress && (host.length > 253 || !HOST.test(host) || /^[\d.]+$/.test(host)), 'it is no host name'],
  );
  if (problem) {
    refuse('the host', host, problem, HOST_ADVICE);
  }
}

/** Where the data lies: on servers that exist, or on bricks that Kadalu runs. */
export class GlusterCluster {
  /**
   * A volume of a Gluster that runs outside of Kubernetes.
   *
   * @throws GLU040 for servers, a volume or a port that cannot be; GLU041 for values of another type
   */
  public static external(options: ExternalGlusterOptions): GlusterCluster {
    checkShape(undefined, 'the Gluster', options, EXTERNAL, GLUSTER_RULES.GLU041);
    const { hosts = [], volume, port = GLUSTERD_PORT } = options;
    if (hosts.length === 0) {
      refuse('the hosts', undefined, 'there are none', HOST_ADVICE);
    }
    hosts.forEach(checkHost);
    const names = hosts.map(host => host.toLowerCase());
    const again = hosts.find((_, index) => names.indexOf(names[index]) < index);
    if (again !== undefined) {
      refuse('the host', again, 'it is listed twice', 'list each once');
    }
    if (!isVolumeName(volume ?? '')) {
      refuse('the volume', volume, 'no Gluster volume has that name', "give its name alone, as gluster volume list prints it: volume: 'gv0'");
    }
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      refuse('the port', port, 'it is out of range', 'leave it out for 24007');
    }
    return new GlusterCluster([...hosts], volume, port);
  }

  /**
   * Pools that the operator of Kadalu runs on devices, directories or claims.
   *
   * @throws GLU041 for values of another type
   */
  public static kadalu(options: KadaluClusterOptions): GlusterCluster {
    checkShape(undefined, 'the Gluster', options, struct({ pools: listOf(struct({})) }), GLUSTER_RULES.GLU041);
    const { pools = [] } = options;
    if (pools.length === 0) {
      refuse('the pools', undefined, 'there are none', "list them: pools: [{ name: 'pool1', type: KadaluPoolType.REPLICA3, bricks: [KadaluBrick.device('node1', '/dev/disk/by-id/…'), …] }]");
    }
    return new GlusterCluster([], undefined, undefined, [...pools]);
  }

  private constructor(
    /** The servers of an external Gluster; none with Kadalu. */
    public readonly hosts: string[],
    /** The volume of an external Gluster. */
    public readonly volume?: string,
    /** The port of glusterd of an external Gluster. */
    public readonly port?: number,
    /** The pools that Kadalu runs. */
    public readonly pools?: KadaluPoolOptions[],
  ) {}
}
