import { Construct } from 'constructs';
import { KADALU_NAMESPACE, KadaluBrick } from './kadalu-brick';
import { KadaluPerformance, KadaluPoolOptions, KadaluPoolType } from './kadalu-pool-options';
import { volumeIdOf } from './volume-id';
import { KadaluStorageSpec } from '../../../imports/kadalu-operator.storage';
import { fail } from '../../findings/report';
import { GLUSTERD_PORT } from '../../ganesha/backend';
import { all, checkShape, FLAG, listOf, NUMBER, oneOf, SIZE, struct, TEXT } from '../../manifest/shapes';
import { WhenDeleted } from '../../nfs/nfs-storage-props';
import { GLUSTER_RULES } from '../rules';

/** The options that Kadalu documents, by the names that they have there. */
export const PERFORMANCE: Record<keyof KadaluPerformance, string> = {
  clientIoThreads: 'performance.client-io-threads',
  statPrefetch: 'performance.stat-prefetch',
  quickRead: 'performance.quick-read',
  openBehind: 'performance.open-behind',
  readAhead: 'performance.read-ahead',
  ioCache: 'performance.io-cache',
  readdirAhead: 'performance.readdir-ahead',
};

/** What each choice is called in a KadaluStorage. */
const RECLAIM: Partial<Record<WhenDeleted, string>> = { [WhenDeleted.DELETE]: 'delete', [WhenDeleted.ARCHIVE]: 'archive', [WhenDeleted.KEEP_DATA]: 'retain' };

const POOL = struct({
  ...all(TEXT, 'name', 'volumeId'),
  ...all(FLAG, 'singleVolume', 'allowSameNode', 'acceptSplitBrain'),
  type: oneOf(KadaluPoolType),
  bricks: listOf({ expected: "a KadaluBrick, such as KadaluBrick.device('node1', '/dev/disk/by-id/…')", fits: value => value instanceof KadaluBrick }),
  disperse: struct(all(NUMBER, 'data', 'redundancy')),
  tiebreaker: struct({ ...all(TEXT, 'node', 'path'), port: NUMBER }),
  whenDeleted: oneOf(WhenDeleted),
  performance: struct(all(FLAG, ...Object.keys(PERFORMANCE))),
  tolerations: listOf(struct(all(TEXT, 'key', 'operator', 'value', 'effect'))),
  capacity: SIZE,
});

/** GLU044: what becomes of deleted volumes, in the words of a KadaluStorage. */
export function reclaimPolicy(scope: Construct, pool: string, { whenDeleted, singleVolume }: { readonly whenDeleted?: WhenDeleted; readonly singleVolume?: boolean }): string {
  const value = whenDeleted ?? (singleVolume ? WhenDeleted.KEEP_DATA : WhenDeleted.ARCHIVE);
  const policy = RECLAIM[value];
  if (policy === undefined || (singleVolume && value !== WhenDeleted.KEEP_DATA)) {
    fail(scope, GLUSTER_RULES.GLU044, {
      value: `'${value}'`, what: `the pool '${pool}'`,
      problem: policy === undefined ? 'it is for a class, as Kubernetes then never asks Kadalu to delete' : 'the whole pool is one volume, which Kadalu never deletes',
      expected: policy === undefined ? "say it of the class: addStorageClass('keep', { whenDeleted: WhenDeleted.KEEP_VOLUME })" : 'leave it out with singleVolume',
    });
  }
  return policy;
}

/** The type of everything in a pool. GLU041 */
export function checkPoolTypes(scope: Construct, pool: KadaluPoolOptions, index: number): void {
  checkShape(scope, `pools[${index}]`, pool, POOL, GLUSTER_RULES.GLU041);
  for (const [what, example] of [['name', "name: 'pool1'"], ['type', 'type: KadaluPoolType.REPLICA3'], ['bricks', "bricks: [KadaluBrick.device('node1', '/dev/disk/by-id/…')]"]] as const) {
    if (pool[what] === undefined) {
      fail(scope, GLUSTER_RULES.GLU041, { what: `pools[${index}].${what}`, value: 'nothing', expected: 'given', example });
    }
  }
}

/** The spec of the KadaluStorage of a pool. */
export function poolSpec(scope: Construct, pool: KadaluPoolOptions): KadaluStorageSpec {
  const { tiebreaker } = pool;
  const options = Object.entries(pool.performance ?? {}).filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key: PERFORMANCE[key as keyof KadaluPerformance], value: value ? 'on' : 'off' }));
  return {
    type: pool.type,
    volumeId: pool.volumeId ?? volumeIdOf(KADALU_NAMESPACE, pool.name),
    pvReclaimPolicy: reclaimPolicy(scope, pool.name, pool),
    ...(pool.singleVolume ? { singlePvPerPool: true } : {}),
    storage: pool.bricks.map(({ node, devicePath, directory, claimName, decommissioned }) => ({
      ...(node === undefined ? {} : { node }),
      ...(devicePath === undefined ? {} : { device: devicePath }),
      ...(directory === undefined ? {} : { path: directory }),
      ...(claimName === undefined ? {} : { pvc: claimName }),
      ...(decommissioned ? { decommissioned: 'yes' } : {}),
    })),
    ...(pool.disperse ? { disperse: { ...pool.disperse } } : {}),
    ...(tiebreaker ? { tiebreaker: { ...tiebreaker, port: tiebreaker.port ?? GLUSTERD_PORT } } : {}),
    ...(options.length > 0 ? { options } : {}),
    // The operator puts in the word None for what is not said.
    ...(pool.tolerations?.length ? { tolerations: pool.tolerations.map(toleration => ({ ...toleration, operator: toleration.operator ?? 'Equal' })) } : {}),
  };
}
