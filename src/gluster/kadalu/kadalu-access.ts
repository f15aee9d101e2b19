import { Construct } from 'constructs';
import { KadaluQuota } from './kadalu-access-options';
import { KADALU_NAMESPACE } from './kadalu-brick';
import { isAsRead, KadaluOperator } from './kadalu-operator';
import { KadaluPoolType } from './kadalu-pool-options';
import { checkDirectory, KADALU_DRIVER_NAME } from './kadalu-profile';
import { checkMountFlags } from './mount-flags';
import { isPlainText } from './plain-text';
import { checkPool, checkPoolName } from './pool-checks';
import { checkPoolTypes, poolSpec, reclaimPolicy } from './pool-spec';
import { notePool } from './pools';
import { volumeIdOf } from './volume-id';
import { KadaluStorage, KadaluStorageSpec } from '../../../imports/kadalu-operator.storage';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { checkAtSynth, fail, report, unchecked } from '../../findings/report';
import { GLUSTERD_PORT } from '../../ganesha/backend';
import { emit } from '../../manifest/emit';
import { freeId, merged } from '../../manifest/named-child';
import { all, checkShape, FLAG, listOf, oneOf, struct, TEXT } from '../../manifest/shapes';
import { shown } from '../../manifest/validate';
import { WhenDeleted } from '../../nfs/nfs-storage-props';
import { VolumeSnapshotClass } from '../../snapshot/volume-snapshot-class';
import { AccessMode, ReclaimPolicy } from '../../volume/modes';
import { PersistentVolume } from '../../volume/persistent-volume';
import { PersistentVolumeSource } from '../../volume/persistent-volume-source';
import { StorageClass } from '../../volume/storage-class';
import { GlusterSnapshotClassOptions, GlusterStaticVolumeOptions, GlusterStorageClassOptions, GlusterStorageProps } from '../gluster-storage-props';
import { GLUSTER_RULES } from '../rules';

/** A pool as classes and volumes have to know it. */
interface Pool {
  readonly name: string;
  readonly whenDeleted?: WhenDeleted;
  readonly singleVolume: boolean;
  /** What finds it, in a class. */
  readonly parameters: Record<string, string>;
  /** What finds it, in a volume. */
  readonly attributes: Record<string, string>;
}

const OPTIONS = struct({
  ...all(TEXT, 'name'), quota: oneOf(KadaluQuota), whenDeleted: oneOf(WhenDeleted), singleVolume: FLAG, mountFlags: listOf(TEXT),
});
/** Beside what GlusterStorage checks for every access. */
const CLASS = struct({ pool: TEXT, whenDeleted: oneOf(WhenDeleted) });
const VOLUME = struct(all(TEXT, 'pool', 'subDir'));
const CONNECTED = "hand over new KadaluOperator(chart, 'Kadalu') with the version that runs, or KadaluOperator.existing({ version: '1.2.0' })";

/** The access by the CSI driver of Kadalu, to pools of its own and to a Gluster that exists. */
export function kadaluAccess(storage: Construct, props: GlusterStorageProps): KadaluAccess {
  return new KadaluAccess(storage, props);
}

class KadaluAccess {
  public readonly driver: ICsiDriver;
  private readonly pools: Pool[];

  public constructor(private readonly storage: Construct, private readonly props: GlusterStorageProps) {
    const { cluster, labels, annotations, kadalu } = props;
    if (props.driver && props.driver.driverName !== KADALU_DRIVER_NAME) {
      fail(storage, GLUSTER_RULES.GLU047, { driver: `'${props.driver.driverName}'` });
    }
    if (cluster.pools && kadalu !== undefined) {
      fail(storage, GLUSTER_RULES.GLU049, { what: 'kadalu', problem: 'it is for a Gluster that exists, and these are pools of Kadalu', expected: 'say it of each pool: pools: [{ name, type, bricks, whenDeleted, singleVolume }]' });
    }
    this.driver = props.driver ?? new KadaluOperator(storage, 'Driver', { labels, annotations });
    this.pools = cluster.pools ? this.ownPools() : [this.externalPool()];
  }

  public addStorageClass(name: string, options: GlusterStorageClassOptions): StorageClass {
    checkShape(this.storage, `the class '${name}'`, options, CLASS, GLUSTER_RULES.GLU041);
    const pool = this.poolOf(`the class '${name}'`, options.pool);
    const keeps = options.whenDeleted === WhenDeleted.KEEP_VOLUME;
    if (options.whenDeleted !== undefined && !keeps && options.whenDeleted !== pool.whenDeleted) {
      fail(this.storage, GLUSTER_RULES.GLU044, {
        value: `'${options.whenDeleted}'`, what: `the class '${name}'`, problem: `Kadalu does what the pool '${pool.name}' says, '${pool.whenDeleted}', whatever the class is`,
        expected: 'say it of the pool; a class can say WhenDeleted.KEEP_VOLUME only',
      });
    }
    return new StorageClass(this.storage, freeId(this.storage, name, 'StorageClass', name), {
      ...merged(this.props, options),
      name,
      driver: this.driver,
      parameters: { ...pool.parameters, ...(pool.singleVolume ? { single_pv_per_pool: 'true' } : {}), ...(options.virtualBlock ? { pv_type: 'Block' } : {}) },
      reclaimPolicy: keeps ? ReclaimPolicy.RETAIN : ReclaimPolicy.DELETE,
      volumeBindingMode: options.volumeBindingMode,
      expansion: options.expansion,
      isDefault: options.isDefault,
    });
  }

  public addSnapshotClass(name: string, _options: GlusterSnapshotClassOptions): VolumeSnapshotClass {
    return fail(this.storage, GLUSTER_RULES.GLU018, { what: `the VolumeSnapshotClass '${name}'` });
  }

  public addStaticVolume(name: string, options: GlusterStaticVolumeOptions): PersistentVolume {
    checkShape(this.storage, `the volume '${name}'`, options, VOLUME, GLUSTER_RULES.GLU041);
    const pool = this.poolOf(`the volume '${name}'`, options.pool);
    const path = options.subDir === undefined ? undefined : checkDirectory(this.storage, 'the subDir', options.subDir);
    return new PersistentVolume(this.storage, freeId(this.storage, `Volume-${name}`, 'PersistentVolume', name), {
      ...merged(this.props, options),
      name,
      capacity: options.capacity,
      accessModes: options.accessModes ?? [AccessMode.READ_WRITE_MANY],
      reclaimPolicy: ReclaimPolicy.RETAIN,
      claim: options.claim,
      source: PersistentVolumeSource.csi({
        driver: this.driver,
        volumeHandle: [pool.name, path ?? '', name].join('#'),
        volumeAttributes: { ...pool.attributes, pvtype: 'subvol', ...(path === undefined ? {} : { path }) },
      }),
    });
  }

  /** Writes the pools of Kadalu itself. */
  private ownPools(): Pool[] {
    return this.props.cluster.pools!.map((pool, index) => {
      checkPoolTypes(this.storage, pool, index);
      const manifest = this.manifest(pool.name, poolSpec(this.storage, pool));
      checkPool(this.storage, { name: pool.name, spec: manifest.spec }, pool);
      this.checkRelease(pool.name, { isArbiter: pool.type === KadaluPoolType.ARBITER, hasTolerations: (pool.tolerations ?? []).length > 0 });
      this.write(manifest);
      notePool(this.storage, { name: pool.name, capacity: pool.capacity });
      return {
        name: pool.name,
        whenDeleted: pool.whenDeleted ?? (pool.singleVolume ? WhenDeleted.KEEP_DATA : WhenDeleted.ARCHIVE),
        singleVolume: pool.singleVolume ?? false,
        parameters: { storage_name: pool.name },
        attributes: { type: pool.type, hostvol: pool.name },
      };
    });
  }

  /** Tells Kadalu of a Gluster that exists. */
  private externalPool(): Pool {
    const { cluster: { hosts, volume, port } } = this.props;
    const given = this.props.kadalu ?? {};
    checkShape(this.storage, 'kadalu', given, OPTIONS, GLUSTER_RULES.GLU041);
    const { quota, singleVolume = false, mountFlags = [] } = given;
    const name = given.name ?? volume!;
    checkPoolName(this.storage, name, 0);
    if (port !== GLUSTERD_PORT) {
      fail(this.storage, GLUSTER_RULES.GLU042, { port: port! });
    }
    const unread = [volume!, ...hosts].find(word => !isPlainText(word));
    if (unread !== undefined) {
      fail(this.storage, GLUSTER_RULES.GLU040, { what: 'the name', value: `'${unread}'`, problem: 'the operator writes it without quotes, and YAML takes it for no text, so that the operator stops', expected: 'use another name: a DNS name for a server; another volume, or GlusterAccess.NFS_GATEWAY' });
    }
    checkMountFlags(this.storage, mountFlags);
    if (quota === undefined) {
      report(this.storage, GLUSTER_RULES.GLU045, { pool: `'${name}'` });
    }
    const options = mountFlags.join(',');
    this.write(this.manifest(name, {
      type: 'External',
      volumeId: volumeIdOf(KADALU_NAMESPACE, name),
      pvReclaimPolicy: reclaimPolicy(this.storage, name, given),
      ...(singleVolume ? { singlePvPerPool: true } : {}),
      details: { glusterHosts: hosts, glusterVolname: volume, ...(options === '' ? {} : { glusterOptions: options }) },
    }));
    notePool(this.storage, { name, quota: quota ?? KadaluQuota.NONE });
    const server = hosts.join(',');
    return {
      name,
      whenDeleted: given.whenDeleted ?? (singleVolume ? WhenDeleted.KEEP_DATA : WhenDeleted.ARCHIVE),
      singleVolume,
      parameters: { hostvol_type: 'External', storage_name: name, gluster_hosts: server, gluster_volname: volume! },
      attributes: { type: 'External', hostvol: name, gserver: server, gvolname: volume!, ...(options === '' ? {} : { options }) },
    };
  }

  private manifest(name: string, spec: KadaluStorageSpec): any {
    return KadaluStorage.manifest({ metadata: { name, namespace: KADALU_NAMESPACE }, spec });
  }

  private write(manifest: any): void {
    const { name } = manifest.metadata;
    emit(this.storage, freeId(this.storage, `Pool-${name}`, 'KadaluStorage', name), manifest, this.props, { holdsData: true });
  }

  /** GLU009, GLU025: what was read in 1.2.0. */
  private checkRelease(pool: string, { isArbiter, hasTolerations }: { readonly isArbiter: boolean; readonly hasTolerations: boolean }): void {
    const rules = [...(isArbiter ? [GLUSTER_RULES.GLU009] : []), ...(hasTolerations ? [GLUSTER_RULES.GLU025] : [])];
    for (const rule of rules) {
      checkAtSynth(this.storage, () => {
        const asRead = isAsRead(this.driver);
        if (asRead) {
          report(this.storage, rule, { pool: `'${pool}'`, version: this.driver.version! });
        } else if (asRead === undefined) {
          unchecked(this.storage, rule, `the release of Kadalu: ${CONNECTED}`);
        }
      });
    }
  }

  /** GLU051 */
  private poolOf(what: string, name: string | undefined): Pool {
    const names = this.pools.map(pool => pool.name);
    const found = name === undefined && names.length === 1 ? this.pools[0] : this.pools.find(pool => pool.name === name);
    return found ?? fail(this.storage, GLUSTER_RULES.GLU051, {
      what: `the pool of ${what},`, name: shown(name), problem: name === undefined ? 'there are several, and it is not said which' : 'there is none of that name here', expected: `say which: pool: '${names[0]}' (of ${names.join(', ')})`,
    });
  }
}
