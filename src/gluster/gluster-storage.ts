import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Access } from './access';
import { ACCESSES, EFFECTIVE, OPTIONS_OF } from './accesses';
import { GlusterAccess } from './gluster-access';
import { GlusterCluster } from './gluster-cluster';
import { GlusterSnapshotClassOptions, GlusterStaticVolumeOptions, GlusterStorageClassOptions, GlusterStorageProps } from './gluster-storage-props';
import { GLUSTER_RULES } from './rules';
import { ICsiDriver } from '../csi/i-csi-driver';
import { fail, report } from '../findings/report';
import { all, checkShape, FLAG, mapOf, oneOf, Shape, struct, TEXT } from '../manifest/shapes';
import { Cluster } from '../platform/cluster';
import { objectsOf } from '../platform/cluster-checks';
import { VolumeSnapshotClass } from '../snapshot/volume-snapshot-class';
import { checkHandedOver } from '../volume/checks';
import { VolumeBindingMode } from '../volume/modes';
import { PersistentVolume } from '../volume/persistent-volume';
import { StorageClass } from '../volume/storage-class';

const METADATA = all(mapOf(TEXT), 'labels', 'annotations');

const CLUSTER: Shape = {
  expected: 'a GlusterCluster', example: "write cluster: GlusterCluster.external({ hosts: ['gluster1.example.com'], volume: 'gv0' })", fits: value => value instanceof GlusterCluster,
};
const PROPS = struct({ access: oneOf(GlusterAccess), ...METADATA });

/** Of classes and volumes: what nobody checks after this. */
const OPTIONS = struct({ ...METADATA, ...all(FLAG, 'expansion', 'isDefault', 'virtualBlock', 'readOnly'), volumeBindingMode: oneOf(VolumeBindingMode), share: TEXT });

/** Storage on a Gluster: its driver, classes and volumes. */
export class GlusterStorage extends Construct {
  /** The driver; hand it to a second GlusterStorage of the cluster. None where nodes mount by themselves. */
  public readonly driver?: ICsiDriver;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  private readonly kind: GlusterAccess;
  private readonly access: Access;

  /** @throws GLU041, GLU049 for a Gluster, an access and options that do not go together; with Kadalu GLU006 to GLU020, GLU042 to GLU051; CSI003 when the driver is installed already */
  public constructor(scope: Construct, id: string, props: GlusterStorageProps) {
    super(scope, id);
    checkShape(this, 'the storage', props, PROPS, GLUSTER_RULES.GLU041);
    const { cluster, driver } = props;
    checkShape(this, 'cluster', cluster, CLUSTER, GLUSTER_RULES.GLU041);
    checkHandedOver(this, 'the driver', driver, 'driverName', 'CsiDriver.fromDriverName');
    Cluster.requireSame(this, driver, `CsiDriver.fromDriverName('${driver?.driverName}', …)`);
    const access = props.access ?? (cluster.pools ? GlusterAccess.KADALU_CSI : GlusterAccess.NFS_GATEWAY);
    this.checkCombination(access, props);
    if (cluster.hosts.length === 1) {
      report(this, GLUSTER_RULES.GLU023, { volume: `'${cluster.volume}'`, host: cluster.hosts[0] });
    }
    this.kind = access;
    this.access = ACCESSES[access](this, props);
    this.driver = this.access.driver;
  }

  /**
   * Adds a StorageClass.
   *
   * @param name the name of the class
   * @throws GLU015, GLU017, GLU044, GLU051 with Kadalu
   */
  public addStorageClass(name: string, options: GlusterStorageClassOptions = {}): StorageClass {
    this.checkOptions(`the class '${name}'`, options);
    if (options.subDir !== undefined && this.kind === GlusterAccess.KADALU_CSI) {
      this.refuse(`subDir of the class '${name}'`, 'Kadalu names the directories of volumes itself', 'leave it out');
    }
    return this.access.addStorageClass(name, options);
  }

  /**
   * Adds a VolumeSnapshotClass.
   *
   * @param name the name of the class
   * @throws GLU018 with Kadalu, which takes no snapshots
   */
  public addSnapshotClass(name: string, options: GlusterSnapshotClassOptions = {}): VolumeSnapshotClass {
    this.checkOptions(`the snapshot class '${name}'`, options);
    return this.access.addSnapshotClass(name, options);
  }

  /**
   * Adds a PersistentVolume for a directory that exists. Deleting its claim never deletes data.
   *
   * @param name the name of the volume
   * @throws GLU051, GLU054; VOL004 when another volume has the same handle
   */
  public addStaticVolume(name: string, options: GlusterStaticVolumeOptions): PersistentVolume {
    this.checkOptions(`the volume '${name}'`, options);
    return this.access.addStaticVolume(name, options);
  }

  /** GLU049 */
  private checkCombination(access: GlusterAccess, props: GlusterStorageProps): void {
    if (props.cluster.pools && access !== GlusterAccess.KADALU_CSI) {
      this.refuse(`access ${access} to the pools of Kadalu`, 'its bricks run no glusterd, and tell clients the names of pods, which only pods of the cluster resolve',
        'leave access out for GlusterAccess.KADALU_CSI, or use a Gluster of its own: GlusterCluster.external({ hosts, volume })');
    }
    for (const [other, property] of Object.entries(OPTIONS_OF)) {
      if (other !== access && props[property] !== undefined) {
        this.refuse(property, `it is for the access ${other}, and this one is ${access}`, `leave ${property} out, or access: ${member(other)}`);
      }
    }
  }

  /** GLU041, GLU049: options that would have no effect by this access. */
  private checkOptions(what: string, options: object): void {
    checkShape(this, what, options, OPTIONS, GLUSTER_RULES.GLU041);
    for (const [property, value] of Object.entries(options)) {
      const accesses = EFFECTIVE[property];
      if (value !== undefined && accesses && !accesses.includes(this.kind)) {
        this.refuse(`${property} of ${what}`, `it has no effect by the access ${this.kind}`, `leave it out, or use ${accesses.map(member).join(' or ')}`);
      }
    }
  }

  /** GLU049 */
  private refuse(what: string, problem: string, expected: string): never {
    return fail(this, GLUSTER_RULES.GLU049, { what, problem, expected });
  }
}

function member(access: string): string {
  return `GlusterAccess.${access.toUpperCase().replace('-', '_')}`;
}
