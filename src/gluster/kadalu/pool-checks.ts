import { Construct, IConstruct } from 'constructs';
import { KadaluPoolType } from './kadalu-pool-options';
import { isPlainText } from './plain-text';
import { PERFORMANCE } from './pool-spec';
import { Toleration } from '../../csi/csi-pod-options';
import { checkToleration } from '../../csi/pod-extensions';
import { fail, report } from '../../findings/report';
import { shown } from '../../manifest/validate';
import { GLUSTER_RULES } from '../rules';

/** What was accepted of a pool. */
export interface Accepted {
  readonly allowSameNode?: boolean;
  readonly acceptSplitBrain?: boolean;
}

/** A pool as its KadaluStorage has it, ours or the user's own. */
export interface PoolFacts {
  readonly name: string;
  readonly spec: any;
}

const EC_MOST = 16; // bricks of data of one set
const STATEFUL_SET = 52; // with the hash behind it, a label of its pods has 63 characters
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const GROUPS: Record<string, number> = { Replica1: 1, Replica2: 2, Replica3: 3, Arbiter: 3 };

/** How many bricks make one set. */
function groupOf({ type, disperse }: any): number {
  return type === KadaluPoolType.DISPERSE ? disperse.data + disperse.redundancy : GROUPS[type] ?? 1;
}

/** The bricks of a pool, set by set. */
function setsOf(spec: any): any[][] {
  const group = groupOf(spec);
  return Array.from({ length: spec.storage.length / group }, (_, set) => spec.storage.slice(set * group, (set + 1) * group));
}

/** A brick as messages name it, and by which it is told from others. */
export const brickName = ({ node, device, path, pvc }: any) => (pvc === undefined ? `'${node ?? ''}:${device ?? path ?? ''}'` : `the claim '${pvc}'`);

/** GLU011: a name that its Service, its pods and the variables in them can have. */
export function checkPoolName(scope: Construct, name: string, bricks: number): void {
  const last = `server-${name}-${Math.max(bricks - 1, 0)}`;
  const problem = !/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) ? 'its Service has this name, which has to begin with a letter, and have lower-case letters, digits and - only'
    : last.length > STATEFUL_SET ? `the pods of '${last}' would have a label of more than 63 characters`
      : !isPlainText(name) ? 'the operator writes the name without quotes, and YAML takes it for no text' : undefined;
  if (problem) {
    fail(scope, GLUSTER_RULES.GLU011, { pool: shown(name), problem, expected: `give it a name of up to ${STATEFUL_SET - last.length + name.length} characters, such as 'pool1'` });
  }
}

/** GLU010, GLU050 */
function checkDisperse(scope: Construct, pool: string, { type, disperse }: any): void {
  const { data, redundancy } = disperse ?? {};
  const refuse = (problem: string, expected: string) => fail(scope, GLUSTER_RULES.GLU010, { pool, problem, expected });
  if (type !== KadaluPoolType.DISPERSE) {
    return disperse === undefined ? undefined : refuse(`it is for Disperse, and the pool is ${type}`, 'leave disperse out, or type: KadaluPoolType.DISPERSE');
  }
  const example = 'such as disperse: { data: 4, redundancy: 2 }, with 6 bricks';
  const problem = ![data, redundancy].every(Number.isInteger) ? 'data or redundancy is missing, or no whole number'
    : redundancy < 1 ? 'with a redundancy of 0 the loss of any brick is the loss of all data'
      : data <= redundancy ? `more than half of the bricks have to be there, but of ${data + redundancy} ${redundancy} may be lost`
        : data % 2 !== 0 ? `data is ${data}, and the operator refuses an odd number`
          : data > EC_MOST ? `data is ${data}, and Gluster spreads a file over ${EC_MOST} at most` : undefined;
  if (problem) {
    refuse(problem, example);
  }
  if (!Number.isInteger(Math.log2(data))) {
    report(scope, GLUSTER_RULES.GLU050, { pool, data });
  }
}

/** GLU006 to GLU008, GLU046 */
function checkSets(scope: Construct, pool: string, spec: any, accepted: Accepted): void {
  const group = groupOf(spec);
  const bricks = spec.storage.length;
  if (bricks === 0 || bricks % group !== 0) {
    fail(scope, GLUSTER_RULES.GLU006, { pool, type: spec.type, group, bricks });
  }
  const sets = setsOf(spec);
  for (const set of sets) {
    const nodes = set.map(brick => brick.node).filter(node => node !== undefined);
    const again = nodes.find((node, index) => nodes.indexOf(node) < index);
    if (again !== undefined && !accepted.allowSameNode) {
      fail(scope, GLUSTER_RULES.GLU007, { pool, node: `'${again}'` });
    }
  }
  const gone = sets.map(set => set.filter(brick => brick.decommissioned).length);
  const problem = gone.some((count, index) => count > 0 && count < sets[index].length) ? 'some bricks of a set are decommissioned and others not, which the operator refuses'
    : gone.every(count => count > 0) ? 'all of its bricks are decommissioned, so nothing is left to take their files' : undefined;
  if (problem) {
    fail(scope, GLUSTER_RULES.GLU046, { pool, problem });
  }
  checkTiebreaker(scope, pool, spec, accepted);
}

/** GLU008, GLU049 */
function checkTiebreaker(scope: Construct, pool: string, { type, tiebreaker }: any, { acceptSplitBrain }: Accepted): void {
  if (type !== KadaluPoolType.REPLICA2) {
    if (tiebreaker !== undefined) {
      fail(scope, GLUSTER_RULES.GLU049, { what: `tiebreaker of the pool ${pool}`, problem: `it is for Replica2, and the pool is ${type}`, expected: 'leave it out, or type: KadaluPoolType.REPLICA2' });
    }
  } else if (!(tiebreaker?.node && tiebreaker.path) && !acceptSplitBrain) {
    fail(scope, GLUSTER_RULES.GLU008, { pool });
  }
}

/** GLU012, GLU013, GLU048 and CSI013 */
function checkSettings(scope: Construct, pool: string, { volume_id: volumeId, options, tolerations }: any): void {
  if (volumeId !== undefined && !UUID.test(volumeId)) {
    fail(scope, GLUSTER_RULES.GLU012, { pool, value: shown(volumeId) });
  }
  const known: readonly string[] = Object.values(PERFORMANCE);
  for (const { key, value } of options ?? []) {
    const problem = !known.includes(key) ? 'Kadalu does not document it, and its volume files may not have it' : !['on', 'off'].includes(value) ? `its value is ${shown(value)}` : undefined;
    if (problem) {
      fail(scope, GLUSTER_RULES.GLU013, { option: `${key ?? ''}`, pool, problem, expected: `say on or off of these: ${known.join(', ')}` });
    }
  }
  for (const toleration of (tolerations ?? []) as Toleration[]) {
    const missing = (['key', 'operator', 'effect'] as const).find(what => !toleration?.[what]);
    if (missing !== undefined) {
      fail(scope, GLUSTER_RULES.GLU048, { pool, missing });
    }
    checkToleration(scope, `tolerations of the pool ${pool}`, toleration);
  }
}

/** GLU024, GLU026 */
function checkNames(scope: IConstruct, pool: string, spec: any): void {
  for (const brick of spec.storage) {
    if (/^\/dev\/(sd|hd|vd|xvd|nvme)[a-z0-9]*$/.test(brick.device ?? '')) {
      report(scope, GLUSTER_RULES.GLU024, { pool, brick: brickName(brick) });
    }
    if (brick.path !== undefined) {
      report(scope, GLUSTER_RULES.GLU026, { pool, brick: brickName(brick) });
    }
  }
}

/** What one pool can be asked by itself. */
export function checkPool(scope: Construct, { name, spec }: PoolFacts, accepted: Accepted): void {
  const pool = `'${name}'`;
  checkPoolName(scope, name, spec.storage.length);
  checkDisperse(scope, pool, spec);
  checkSets(scope, pool, spec, accepted);
  checkSettings(scope, pool, spec);
  checkNames(scope, pool, spec);
}
