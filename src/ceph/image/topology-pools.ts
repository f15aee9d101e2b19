import { IConstruct } from 'constructs';
import { once } from './once';
import { CEPH_IMAGE_RULES } from './rules';
import { checkAtSynth, fail, unchecked } from '../../findings/report';
import { shown } from '../../manifest/validate';

interface Segment {
  readonly domainLabel: string;
  readonly value: string;
}

interface Pool {
  readonly poolName: string;
  readonly dataPool?: string;
  readonly domainSegments: readonly Segment[];
}

const SHAPE = '[{"poolName":"a","domainSegments":[{"domainLabel":"zone","value":"a"}]}]';

/** CEPH040 to CEPH042 */
export function checkTopologyPools(scope: IConstruct, written: string, volumeBindingMode: string | undefined, domainLabels: readonly string[] | undefined): void {
  const pools = parse(scope, written);
  pools.forEach((pool, index) => {
    const before = pools.slice(0, index).find(other => other.poolName === pool.poolName || other.domainSegments.every(segment => has(pool, segment)));
    if (before) {
      refuse(scope, pool, before.poolName === pool.poolName ? 'the pool is listed twice, and only the first place would count' : `it would never be chosen: '${before.poolName}' comes first and fits all of its nodes`,
        before.poolName === pool.poolName ? 'list a pool once; nodes of several places share one by a label that they have in common' : 'list the pool of the smaller place first, or give each its own value of a label');
    }
  });
  const labels = [...new Set(pools.flatMap(pool => pool.domainSegments.map(segment => segment.domainLabel)))];
  if (volumeBindingMode !== undefined && volumeBindingMode !== 'WaitForFirstConsumer') {
    fail(scope, CEPH_IMAGE_RULES.CEPH041, { mode: volumeBindingMode });
  }
  if (domainLabels === undefined) {
    once(scope, 'CEPH042', () => checkAtSynth(scope, () => unchecked(scope, CEPH_IMAGE_RULES.CEPH042, 'the labels that the driver looks at: domainLabels')));
    return;
  }
  once(scope, 'CEPH042', () => undefined);
  const strange = labels.find(label => !domainLabels.some(known => lastPart(known) === label));
  if (strange !== undefined) {
    fail(scope, CEPH_IMAGE_RULES.CEPH042, {
      label: strange,
      known: domainLabels.length === 0 ? 'none' : domainLabels.join(', '),
      expected: domainLabels.length === 0 ? `give the driver the label of the nodes: new CephRbdCsiDriver(…, { domainLabels: ['topology.kubernetes.io/${strange}'] }), and that to the storage` : `write ${domainLabels.map(label => `'${lastPart(label)}'`).join(' or ')}`,
    });
  }
}

function lastPart(label: string): string {
  return label.replace(/^[^/]*\//, '');
}

function has(pool: Pool, { domainLabel, value }: Segment): boolean {
  return pool.domainSegments.some(segment => segment.domainLabel === domainLabel && segment.value === value);
}

/** CEPH040 */
function refuse(scope: IConstruct, pool: Partial<Pool> | undefined, problem: string, expected: string): never {
  return fail(scope, CEPH_IMAGE_RULES.CEPH040, { which: typeof pool?.poolName === 'string' ? `, ${shown(pool.poolName)}` : '', problem, expected });
}

function parse(scope: IConstruct, written: string): Pool[] {
  let pools: any;
  try {
    pools = JSON.parse(written.replace(/\n/g, ' '));
  } catch {
    refuse(scope, undefined, 'it is no JSON', `write a text such as '${SHAPE}', or use topologyPools`);
  }
  if (!Array.isArray(pools) || pools.length === 0) {
    refuse(scope, undefined, 'there are no pools', `list at least one: '${SHAPE}'`);
  }
  for (const pool of pools) {
    checkPool(scope, pool);
  }
  return pools;
}

function checkPool(scope: IConstruct, pool: any): void {
  const isName = (value: unknown) => typeof value === 'string' && value.trim() !== '';
  const strange = Object.keys(pool ?? {}).find(key => !['poolName', 'dataPool', 'domainSegments'].includes(key));
  if (!isName(pool?.poolName) || (pool.dataPool !== undefined && !isName(pool.dataPool)) || strange !== undefined) {
    refuse(scope, pool, strange === undefined ? 'a pool has no name' : `a pool has no '${strange}'`, `write poolName, domainSegments and perhaps dataPool: '${SHAPE}'`);
  }
  const segments = pool.domainSegments;
  if (!Array.isArray(segments) || segments.length === 0) {
    refuse(scope, pool, 'it is nowhere, so it would be chosen for every node', `say where it is: '${SHAPE}'`);
  }
  const labels = segments.map((segment: any) => segment?.domainLabel);
  const wrong = segments.find((segment: any) => !isName(segment?.domainLabel) || !isName(segment.value));
  if (wrong !== undefined || labels.includes(undefined)) {
    refuse(scope, pool, 'a place has no label or no value', "write both: { label: 'zone', value: 'a' } ({\"domainLabel\":\"zone\",\"value\":\"a\"})");
  }
  const whole = labels.find((label: string) => label.includes('/'));
  if (whole !== undefined) {
    refuse(scope, pool, `the label '${whole}' has a prefix, without which the driver names it`, `write what comes after the /: '${lastPart(whole)}'`);
  }
  const again = labels.find((label: string, index: number) => labels.indexOf(label) < index);
  if (again !== undefined) {
    refuse(scope, pool, `it has the label '${again}' twice, and no node has two values of it`, 'give a label once');
  }
}
