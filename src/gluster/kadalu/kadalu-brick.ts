import { GLUSTER_RULES } from '../rules';
import { isPlainText } from './plain-text';
import { fail } from '../../findings/report';
import { isSubdomain, shown } from '../../manifest/validate';
import { IPersistentVolumeClaim } from '../../volume/persistent-volume-claim';

/** What else there is to say of a brick. */
export interface KadaluBrickOptions {
  /**
   * Whether it is being taken out: no new files come to it, and a rebalance moves those that it has. All bricks of a set together.
   *
   * @default false
   */
  readonly decommissioned?: boolean;
}

export const KADALU_NAMESPACE = 'kadalu';

/** GLU004 */
function refuse(brick: string, problem: string, expected: string): never {
  return fail(undefined, GLUSTER_RULES.GLU004, { brick, problem, expected });
}

/** GLU004: the name of a node, as its label kubernetes.io/hostname has it. */
function checkNode(node: string, place: string): string {
  const problem = !isSubdomain(node) ? 'it is on no node'
    : !isPlainText(node) ? 'the operator writes the name of its node without quotes, and YAML takes it for no text' : undefined;
  return problem ? refuse(shown(place), problem, "name the node first, by its label kubernetes.io/hostname: KadaluBrick.device('node1', '/dev/disk/by-id/…')") : node;
}

function checkAbsolute(what: string, path: string): string {
  if (typeof path !== 'string' || !/^(\/[^/\s"\\]+)+$/.test(path) || path.split('/').some(part => part === '.' || part === '..')) {
    refuse(shown(path), `its ${what} is no absolute path`, `give the ${what} as it is on the node: KadaluBrick.device('node1', '/dev/disk/by-id/…'), KadaluBrick.path('node1', '/bricks/pool1')`);
  }
  return path;
}

/** What a pool stores its data on. */
export class KadaluBrick {
  /**
   * A device of a node. Kadalu formats it with XFS if there is no file system on it.
   *
   * @param node the node, by its label `kubernetes.io/hostname`
   * @param device such as `/dev/disk/by-id/…`; a file outside of `/dev` is a device too
   * @throws GLU004
   */
  public static device(node: string, device: string, options: KadaluBrickOptions = {}): KadaluBrick {
    return new KadaluBrick({ node: checkNode(node, device), device: checkAbsolute('device', device) }, options);
  }

  /**
   * A directory of a node, on XFS and on a disk of its own. It has to be there.
   *
   * @param node the node, by its label `kubernetes.io/hostname`
   * @param path its path on the node
   * @throws GLU004
   */
  public static path(node: string, path: string, options: KadaluBrickOptions = {}): KadaluBrick {
    return new KadaluBrick({ node: checkNode(node, path), path: checkAbsolute('path', path) }, options);
  }

  /**
   * A volume of another storage system. Its claim is in the namespace kadalu.
   *
   * @throws GLU004 when it is in another one, or in none that is known
   */
  public static claim(claim: IPersistentVolumeClaim, options: KadaluBrickOptions = {}): KadaluBrick {
    if (typeof claim?.claimName !== 'string') {
      refuse(shown(claim), 'it is no claim', "hand the claim over: KadaluBrick.claim(claim), or PersistentVolumeClaim.fromClaimName('brick', { namespace: 'kadalu' })");
    }
    const { claimName, namespace } = claim;
    if (namespace !== KADALU_NAMESPACE) {
      refuse(`the claim '${claimName}'`, `it is in ${namespace === undefined ? 'no namespace that is known' : `the namespace '${namespace}'`}, and the pods of bricks are in kadalu`,
        "write the claim into that namespace: new PersistentVolumeClaim(chart, 'Brick', { namespace: 'kadalu', … }), or fromClaimName(name, { namespace: 'kadalu' })");
    }
    return new KadaluBrick({ pvc: claimName }, options);
  }

  /** The node, where it is on one. */
  public readonly node?: string;
  /** The device. */
  public readonly devicePath?: string;
  /** The directory. */
  public readonly directory?: string;
  /** The name of the claim. */
  public readonly claimName?: string;
  /** Whether it is being taken out. */
  public readonly decommissioned: boolean;

  private constructor(place: { readonly node?: string; readonly device?: string; readonly path?: string; readonly pvc?: string }, options: KadaluBrickOptions) {
    this.node = place.node;
    this.devicePath = place.device;
    this.directory = place.path;
    this.claimName = place.pvc;
    this.decommissioned = options?.decommissioned === true;
  }
}
