import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ROOK_CLUSTER_RULES } from './rules';
import { report } from '../../../findings/report';
import { Cluster } from '../../../platform/cluster';
import { clusterChecks } from '../../../platform/cluster-checks';

const PLACES = 'places of rook clusters';

/** What a clusterID of a cluster that is written here stands for. */
export interface Place {
  readonly clusterId: string;
  /** The pools by their names in Ceph, and whether they are erasure coded. */
  readonly pools: ReadonlyMap<string, boolean>;
  /** The file systems, each with its data pools by their names in Ceph. */
  readonly filesystems: ReadonlyMap<string, readonly string[]>;
  /** Of a RADOS namespace: the only pool that has it; of a group of subvolumes: the only file system. */
  readonly only?: { readonly pool?: string; readonly filesystem?: string };
}

export function notePlace(scope: IConstruct, place: Place): void {
  Cluster.of(scope).join(PLACES, place);
}

interface Use {
  readonly object: ApiObject;
  readonly what: string;
  readonly driver: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What volumes, and those that a class makes, are told. */
function useOf(object: ApiObject): Use | undefined {
  const json = object.kind === 'StorageClass' || object.kind === 'PersistentVolume' ? object.toJson() : {};
  const { provisioner: driver, parameters } = object.kind === 'StorageClass' ? json : { provisioner: json.spec?.csi?.driver, parameters: json.spec?.csi?.volumeAttributes };
  return typeof driver === 'string' && typeof parameters?.clusterID === 'string' ? { object, what: `the ${object.kind} '${object.name}'`, driver, parameters } : undefined;
}

const known = (names: Iterable<string>, none: string) => [...names].map(name => `'${name}'`).join(', ') || none;

/** CEPH158 */
function check({ object, what, driver, parameters }: Use, { clusterId, pools, filesystems, only = {} }: Place): void {
  const say = (place: string, problem: string, expected: string) => report(object, ROOK_CLUSTER_RULES.CEPH158, { what, clusterId, place, problem, expected });
  const { pool, dataPool, fsName } = parameters;
  if (/(^|\.)rbd\.csi\.ceph\.com$/.test(driver)) {
    const missing = [pool, dataPool].find(name => name !== undefined && !pools.has(name));
    if (missing !== undefined) {
      say(`the pool '${missing}'`, `which its cluster has not: it has ${known(pools.keys(), 'none')}`, `add it: addBlockPool('${missing}'), or name one that is there`);
    } else if (pool !== undefined && pools.get(pool)) {
      say(`the pool '${pool}'`, 'which is erasure coded and cannot keep what belongs to an image beside its data', `give a replicated pool as pool, and this one as dataPool: '${pool}'`);
    } else if (only.pool !== undefined && pool !== undefined && pool !== only.pool) {
      say(`the pool '${pool}'`, `but the RADOS namespace of that clusterID is in the pool '${only.pool}'`, `pool: '${only.pool}', or addRadosNamespace('${pool}', …)`);
    }
  } else if (/(^|\.)cephfs\.csi\.ceph\.com$/.test(driver) && fsName !== undefined) {
    if (!filesystems.has(fsName)) {
      say(`the file system '${fsName}'`, `which its cluster has not: it has ${known(filesystems.keys(), 'none')}`, `add it: addFilesystem('${fsName}'), or name one that is there`);
    } else if (only.filesystem !== undefined && fsName !== only.filesystem) {
      say(`the file system '${fsName}'`, `but the group of subvolumes of that clusterID is in '${only.filesystem}'`, `fsName: '${only.filesystem}', or addSubvolumeGroup('${fsName}', …)`);
    } else if (pool !== undefined && !filesystems.get(fsName)!.includes(pool)) {
      const meant = filesystems.get(fsName)!.find(name => name === `${fsName}-${pool}`);
      say(`the pool '${pool}'`, `which the file system '${fsName}' has not: its data pools are called ${known(filesystems.get(fsName)!, 'nothing')} in Ceph`,
        meant === undefined ? `name one of them, or add it to dataPools of addFilesystem('${fsName}', …)` : `pool: '${meant}'`);
    }
  }
}

clusterChecks.push((objects, cluster) => {
  const places = Cluster.of(cluster).members<Place>(PLACES);
  for (const use of places.length > 0 ? objects.map(useOf) : []) {
    const place = use && places.find(({ clusterId }) => clusterId === use.parameters.clusterID);
    if (place) {
      check(use, place);
    }
  }
});
