import { Construct } from 'constructs';
import { MDS, resourcesOf } from './pod-spec';
import { mirroringSpec, poolSpec, refusePool } from './pool-spec';
import { RookFilesystemOptions } from './rook-filesystem-options';
import { RookBlockPoolOptions } from './rook-pool-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { report } from '../../../findings/report';
import { checkSubdomain, shown } from '../../../manifest/validate';

/** Pools that Ceph has by itself, and whose names no object of Kubernetes can have. */
const BUILT_IN = ['.mgr', '.nfs', '.rgw.root'];

/** The spec of a CephBlockPool. CEPH156 */
export function blockPoolSpec(scope: Construct, name: string, options: RookBlockPoolOptions): any {
  const pool = `the pool ${shown(name)}`;
  const { cephName, mirroring, rbdStats, erasureCoding } = options;
  if (BUILT_IN.includes(name)) {
    refusePool(scope, pool, 'Ceph has it by itself, and no object of Kubernetes can be called so', `addBlockPool('builtin${name.replace(/\./g, '-')}', { cephName: '${name}' })`);
  }
  checkSubdomain(scope, 'the name of the CephBlockPool', name);
  if (cephName !== undefined && !BUILT_IN.includes(cephName)) {
    refusePool(scope, pool, `cephName ${shown(cephName)} is none of the pools that Ceph has by itself`, `leave it out, or take one of ${BUILT_IN.join(', ')}`);
  }
  if (cephName !== undefined && erasureCoding) {
    refusePool(scope, pool, `the pool ${cephName} keeps more than data, and cannot be erasure coded`, 'leave erasureCoding out');
  }
  return {
    name: cephName,
    ...poolSpec(scope, pool, options),
    enableRbdStats: rbdStats,
    mirroring: mirroring && mirroringSpec(scope, pool, mirroring, true),
  };
}

/** The spec of a CephFilesystem. CEPH156, CEPH157 */
export function filesystemSpec(scope: Construct, name: string, options: RookFilesystemOptions): any {
  checkSubdomain(scope, 'the name of the CephFilesystem', name);
  const { metadataPool = {}, dataPools = [{}], metadataServer = {}, preserveOnDelete, mirroring } = options;
  const filesystem = `the file system '${name}'`;
  const say = (problem: string, expected: string) => refusePool(scope, filesystem, problem, expected);
  if (dataPools.length === 0) {
    say('it has no data pools', 'leave dataPools out for one with three copies');
  }
  if (metadataPool.erasureCoding) {
    say('metadata cannot be erasure coded', 'leave metadataPool out, or give it replicas');
  }
  if (dataPools[0].erasureCoding) {
    report(scope, ROOK_CLUSTER_RULES.CEPH157, { filesystem: name });
  }
  const names = dataPools.map((pool, index) => pool.name ?? `data${index}`);
  const wrong = names.find((pool, index) => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(pool) || pool === 'metadata' || names.indexOf(pool) < index);
  if (wrong !== undefined) {
    say(`the name of the data pool '${wrong}' is used already, or is none of small letters, digits and '-'`, "give each a name of its own: { name: 'archive', … }");
  }
  const { activeCount = 1, activeStandby = true, resources, priorityClassName = 'system-cluster-critical' } = metadataServer;
  if (!(Number.isInteger(activeCount) && activeCount >= 1 && activeCount <= 50)) {
    say(`${shown(activeCount)} is no number of active metadata servers`, 'metadataServer: { activeCount: 1 }, at most 50');
  }
  return {
    metadataPool: poolSpec(scope, `the metadata pool of ${filesystem}`, metadataPool),
    dataPools: dataPools.map((pool, index) => ({ name: names[index], ...poolSpec(scope, `dataPools[${index}] of ${filesystem}`, pool) })),
    metadataServer: { activeCount, activeStandby, resources: resourcesOf(scope, MDS, resources), priorityClassName: checkSubdomain(scope, 'priorityClassName', priorityClassName) },
    preserveFilesystemOnDelete: preserveOnDelete,
    mirroring: mirroring && mirroringSpec(scope, filesystem, mirroring, false),
  };
}

/** What pools are called in Ceph; those of file systems begin with its name. */
export function poolNames(filesystems: ReadonlyMap<string, readonly string[]>, pools: ReadonlyMap<string, boolean>): string[] {
  return [...pools.keys(), ...[...filesystems].flatMap(([name, data]) => [`${name}-metadata`, ...data])];
}
