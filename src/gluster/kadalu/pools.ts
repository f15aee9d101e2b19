import { ApiObject, Size } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { KadaluQuota } from './kadalu-access-options';
import { KADALU_NAMESPACE } from './kadalu-brick';
import { isSingle, KADALU_DRIVER_NAME } from './kadalu-profile';
import { brickName, checkPool } from './pool-checks';
import { attempt, fail, report, unchecked } from '../../findings/report';
import { isOurs } from '../../manifest/emit';
import { liesIn } from '../../manifest/paths';
import { shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { clusterChecks } from '../../platform/cluster-checks';
import { GLUSTER_RULES } from '../rules';

const POOLS = 'pools of kadalu';
const MOST = 0.9; // of what is free, for one claim
const ACCEPTED = { allowSameNode: true, acceptSplitBrain: true };

interface NotedPool {
  readonly name: string;
  /** Of an external Gluster. */
  readonly quota?: KadaluQuota;
  readonly capacity?: Size;
  readonly scope: Construct;
}

/** Keeps what a KadaluStorage does not say. */
export function notePool(scope: Construct, pool: Omit<NotedPool, 'scope'>): void {
  Cluster.of(scope).join(POOLS, { ...pool, scope });
}

interface WrittenPool {
  readonly object: ApiObject;
  readonly name: string;
  readonly spec: any;
  readonly isExternal: boolean;
}

const list = (value: unknown): any[] => (Array.isArray(value) ? value.filter(entry => typeof entry === 'object' && entry !== null) : []);

/** Every KadaluStorage, whoever wrote it. */
function written(objects: readonly ApiObject[]): WrittenPool[] {
  return objects.filter(({ kind }) => kind === 'KadaluStorage').map(object => {
    const spec = object.toJson().spec ?? {};
    return { object, name: object.name, spec: { ...spec, storage: list(spec.storage) }, isExternal: spec.type === 'External' };
  });
}

/** GLU004, and what else one pool can be asked, for those that the user wrote. */
function checkTheirs({ object, name, spec, isExternal }: WrittenPool): void {
  if (isOurs(object)) {
    return;
  }
  const scope = object as unknown as Construct;
  if (object.metadata.namespace !== KADALU_NAMESPACE) {
    fail(scope, GLUSTER_RULES.GLU014, { namespace: shown(object.metadata.namespace) });
  }
  if (isExternal) {
    return;
  }
  for (const brick of spec.storage) {
    const places = ['device', 'path', 'pvc'].filter(place => brick[place] !== undefined);
    const problem = places.length !== 1 ? `it has ${places.length === 0 ? 'no device, path or pvc' : places.join(' and ')}, and has to have one of them`
      : brick.pvc === undefined && !brick.node ? 'it is on no node' : undefined;
    if (problem) {
      fail(scope, GLUSTER_RULES.GLU004, { brick: brickName(brick), problem, expected: 'use KadaluBrick.device(node, device), .path(node, path) or .claim(claim), with GlusterCluster.kadalu({ pools })' });
    }
  }
  checkPool(scope, { name, spec: { ...spec, options: list(spec.options), tolerations: list(spec.tolerations) } }, ACCEPTED);
}

/** GLU005 */
function checkBricks(pools: readonly WrittenPool[]): void {
  const owners = new Map<string, WrittenPool>();
  for (const pool of pools) {
    for (const brick of pool.spec.storage) {
      const name = brickName(brick);
      const first = owners.get(name);
      if (first) {
        report(pool.object, GLUSTER_RULES.GLU005, { brick: name, pool: `'${pool.name}'`, first: `the pool '${first.name}'` });
      }
      owners.set(name, first ?? pool);
    }
  }
  const paths = pools.flatMap(pool => pool.spec.storage.filter(({ path }: any) => typeof path === 'string').map((brick: any) => ({ pool, brick })));
  for (const { pool, brick } of paths) {
    const around = paths.find(other => other.brick.node === brick.node && other.brick.path !== brick.path && liesIn(brick.path, other.brick.path));
    if (around) {
      report(pool.object, GLUSTER_RULES.GLU005, { brick: brickName(brick), pool: `'${pool.name}'`, first: `the pool '${around.pool.name}'` });
    }
  }
}

/** GLU011: pods of a pool are found by how their names begin. */
function checkPrefixes(pools: readonly WrittenPool[]): void {
  for (const pool of pools) {
    const longer = pools.find(other => !other.isExternal && other.name.startsWith(`${pool.name}-`));
    if (longer) {
      report(pool.object, GLUSTER_RULES.GLU011, {
        pool: `'${pool.name}'`, problem: `its name begins that of '${longer.name}', whose pods the operator takes for its own: it would never be created`, expected: 'give one of them another name',
      });
    }
  }
}

/** GLU021 */
function checkExternalClasses(classes: readonly ApiObject[], pools: readonly WrittenPool[]): void {
  for (const object of classes) {
    const { parameters = {} } = object.toJson();
    if (parameters.hostvol_type !== 'External') {
      continue;
    }
    const text = (hosts: unknown, volume: unknown, single: boolean) => `gluster_hosts ${hosts}, gluster_volname ${volume}, single_pv_per_pool ${single}`;
    const given = text(parameters.gluster_hosts, parameters.gluster_volname, isSingle(parameters));
    const candidates = pools.filter(({ isExternal, name }) => isExternal && (parameters.storage_name === undefined || parameters.storage_name === name))
      .map(({ name, spec }) => {
        const { gluster_host: host, gluster_hosts: hosts, gluster_volname: volume } = spec.details ?? {};
        return { name, text: text([host ? [host] : [], hosts ?? []].flat(2).join(','), volume, isSingle(spec)) };
      });
    if (candidates.length === 0) {
      unchecked(object, GLUSTER_RULES.GLU021, 'the KadaluStorage of the external Gluster, in this app');
    } else if (!candidates.some(candidate => candidate.text === given)) {
      const [{ name, text: expected }] = candidates;
      report(object, GLUSTER_RULES.GLU021, { given, pool: `'${name}'`, expected });
    }
  }
}

/** GLU022 */
function checkQuota(objects: readonly ApiObject[], noted: readonly NotedPool[]): void {
  const secret = objects.find(({ kind, name, metadata }) => kind === 'Secret' && name === 'glusterquota-ssh-secret' && metadata.namespace === KADALU_NAMESPACE);
  const by = noted.find(({ quota }) => quota === KadaluQuota.SSH_SECRET);
  const first = by ? `the pool '${by.name}' has` : secret ? 'its Secret is written here' : undefined;
  for (const { name, quota, scope } of first === undefined ? [] : noted) {
    if (quota !== undefined && quota !== KadaluQuota.SSH_SECRET) {
      report(scope, GLUSTER_RULES.GLU022, { pool: `'${name}'`, first: first! });
    }
  }
}

/** GLU019 */
function checkCapacity(objects: readonly ApiObject[], classes: readonly ApiObject[], noted: readonly NotedPool[]): void {
  // An external Gluster has a quota, if only none.
  for (const { name, capacity, scope } of noted.filter(({ quota }) => quota === undefined)) {
    const ofPool = new Set(classes.filter(object => object.toJson().parameters?.storage_name === name).map(object => object.name));
    const asked = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(object => object.toJson().spec ?? {})
      .filter(({ storageClassName }) => ofPool.has(storageClassName)).map(({ resources }) => bytes(`${resources?.requests?.storage ?? ''}`));
    if (asked.length === 0) {
      continue;
    }
    const sum = asked.reduce((total, size) => total + size, 0);
    if (capacity === undefined) {
      unchecked(scope, GLUSTER_RULES.GLU019, `the capacity of the pool '${name}'`);
    } else if (sum >= MOST * bytes(capacity.asString())) {
      report(scope, GLUSTER_RULES.GLU019, { pool: `'${name}'`, asked: `${Math.ceil(sum / 2 ** 20)}Mi`, capacity: capacity.asString() });
    }
  }
}

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** A quantity as a number; what is none counts nothing, as other rules look at it. */
function bytes(quantity: string): number {
  const [, amount, unit, binary] = /^([\d.]+)([kKMGTPE]?)(i?)$/.exec(quantity) ?? [];
  return amount === undefined ? 0 : Number(amount) * (binary ? 1024 : 1000) ** UNITS.indexOf(unit.toUpperCase());
}

clusterChecks.push((objects, cluster: IConstruct) => {
  const pools = written(objects);
  const noted = Cluster.of(cluster).members<NotedPool>(POOLS);
  const classes = objects.filter(({ kind }) => kind === 'StorageClass').filter(object => object.toJson().provisioner === KADALU_DRIVER_NAME);
  pools.forEach(pool => attempt(pool.object, () => checkTheirs(pool)));
  checkBricks(pools);
  checkPrefixes(pools);
  checkExternalClasses(classes, pools);
  checkQuota(objects, noted);
  checkCapacity(objects, classes, noted);
  for (const object of objects.filter(({ kind, name }) => kind === 'CSIDriver' && name === KADALU_DRIVER_NAME)) {
    report(object, GLUSTER_RULES.GLU015, { object: "the CSIDriver 'kadalu'", expected: "leave it out: new KadaluOperator(chart, 'Kadalu') is all that there is to write" });
  }
});
