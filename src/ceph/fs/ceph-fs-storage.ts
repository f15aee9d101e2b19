import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CephFsStaticVolumeOptions, CephFsStorageClassOptions, CephFsStorageProps } from './ceph-fs-storage-props';
import { CEPHFS_PROFILE } from './fs-profile';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { isBefore } from '../../csi/release';
import { SecretReference } from '../../csi/secret-reference';
import { checkAtSynth, fail, report, unchecked } from '../../findings/report';
import { ManifestProps } from '../../manifest/manifest-props';
import { freeId, merged } from '../../manifest/named-child';
import { checkShape } from '../../manifest/shapes';
import { shown } from '../../manifest/validate';
import { objectsOf } from '../../platform/cluster-checks';
import { VolumeGroupSnapshotClass } from '../../snapshot/volume-group-snapshot-class';
import { VolumeSnapshotClass } from '../../snapshot/volume-snapshot-class';
import { checkMountOptions } from '../../volume/checks';
import { AccessMode, ReclaimPolicy } from '../../volume/modes';
import { PersistentVolume } from '../../volume/persistent-volume';
import { PersistentVolumeSource } from '../../volume/persistent-volume-source';
import { StorageClass } from '../../volume/storage-class';
import { VolumeAttributesClass } from '../../volume/volume-attributes-class';
import { NetworkFenceClass } from '../addons/network-fence-class';
import { CEPH_ADDONS_RULES } from '../addons/rules';
import { COMMON } from '../addons/shapes';
import { CephFsNeed, declareNeed } from '../auth/needs';
import { CephFsCsiDriver } from '../driver/ceph-fs-csi-driver';
import { factsOf } from '../driver/driver-facts';
import { CEPHFS } from '../driver/driver-kind';
import { CephFsMdsPin } from '../image';
import { cephFsAttributesParameters, cephFsParameters } from '../image/render';
import { cephFsEncryptionParameters } from '../kms/encryption';
import { CEPH_RULES } from '../rules';
import { connect } from '../storage/connect';
import { CephGroupSnapshotClassOptions, CephSnapshotClassOptions } from '../storage/snapshot-class-options';
import { groupSnapshotClass, snapshotClass } from '../storage/snapshot-classes';
import { checkInput, checkName, checkSwitches, classParameters, classSecrets, whereRookIs } from '../storage/storage-parts';

/** A VolumeAttributesClass of CephFS. */
export interface CephFsAttributesClassOptions extends ManifestProps {
  /** Which metadata servers serve the volumes. */
  readonly mdsPin: CephFsMdsPin;
}

/** Storage on a file system of a Ceph cluster (CephFS), which many nodes write: its driver, classes, volumes and snapshot classes. */
export class CephFsStorage extends Construct {
  /** The driver; hand it to a second CephFsStorage of the cluster. */
  public readonly driver: ICsiDriver;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /** The provisioner's Secret, granted. */
  private readonly provisioner: SecretReference;
  private readonly props: CephFsStorageProps;

  /** @throws CEPH001 to CEPH009 for what cannot work together; CSI003 when the driver is installed already; PLT005 */
  public constructor(scope: Construct, id: string, props: CephFsStorageProps) {
    super(scope, id);
    this.props = props;
    checkInput(this, CEPHFS, props);
    checkName(this, 'the file system', props.fsName, 'cephfs');
    const { snapshots, groupSnapshots, volumeAttributes, csiAddons, kms, labels, annotations, deployment } = props;
    checkSwitches(this, props.driver, { snapshots, groupSnapshots, volumeAttributes, csiAddons, kms, deployment });
    this.driver = props.driver ?? new CephFsCsiDriver(this, 'Driver', {
      snapshots, groupSnapshots, volumeAttributes, csiAddons, kms, labels, annotations, deployment, ...whereRookIs(CEPHFS, props),
    });
    this.checkKeys();
    this.provisioner = connect(this, CEPHFS, CEPHFS_PROFILE, this.driver, props);
    this.need(props.fsName);
  }

  /**
   * Adds a StorageClass: each claim gets a subvolume.
   *
   * @param name the name of the class
   * @throws CEPH010, CEPH011; CEPH030 to CEPH059 for how it cannot be mounted; CEPH060 to CEPH079 for `encryption`
   */
  public addStorageClass(name: string, options: CephFsStorageClassOptions = {}): StorageClass {
    const id = freeId(this, name, 'StorageClass', name);
    const { encryption, expansion } = options;
    const { cluster, credentials, fsName } = this.props;
    const { version } = factsOf(this.driver);
    this.need(fsName, { encryption: encryption !== undefined });
    return new StorageClass(this, id, {
      ...merged(this.props, options),
      name,
      driver: this.driver,
      parameters: classParameters(this, {
        clusterID: cluster.clusterId,
        fsName,
        ...cephFsParameters(this, options, { monitors: this.monitors }),
        ...cephFsEncryptionParameters(this, encryption, { credentials, mounter: options.mounter, version, clusterId: cluster.clusterId }),
      }, options.extraParameters),
      secrets: classSecrets(this.provisioner, credentials.node.secret),
      mountOptions: options.mountOptions,
      reclaimPolicy: options.reclaimPolicy,
      volumeBindingMode: options.volumeBindingMode,
      expansion,
      isDefault: options.isDefault,
    });
  }

  /**
   * Adds a VolumeSnapshotClass. A snapshot is taken at one moment and shares its data with the subvolume; a restore copies it, unless the class has `backingSnapshot`.
   *
   * @param name the name of the class
   * @throws SNP004 when the driver takes no snapshots (`snapshots: true`)
   */
  public addSnapshotClass(name: string, options: CephSnapshotClassOptions = {}): VolumeSnapshotClass {
    return snapshotClass(this, this.parts, name, options);
  }

  /**
   * Adds a VolumeGroupSnapshotClass, for snapshots of several subvolumes of the file system at one moment.
   *
   * @param name the name of the class
   * @throws SNP008 when the driver takes none (`groupSnapshots: true`); CEPH019 when Ceph is too old
   */
  public addGroupSnapshotClass(name: string, options: CephGroupSnapshotClassOptions = {}): VolumeGroupSnapshotClass {
    const { cluster, fsName } = this.props;
    if (cluster.release === undefined) {
      checkAtSynth(this, () => unchecked(this, CEPH_RULES.CEPH019, `the release of the Ceph cluster '${cluster.clusterId}': release`));
    } else if (cluster.release < 19) {
      fail(this, CEPH_RULES.CEPH019, { release: cluster.release });
    }
    return groupSnapshotClass(this, this.parts, { fsName }, name, options);
  }

  /**
   * Adds a VolumeAttributesClass: which metadata servers serve a volume, changed by naming another class in its claim.
   *
   * @param name the name of the class
   * @throws VOL023, VOL025; CEPH030 to CEPH059 where ceph-csi is too old
   */
  public addAttributesClass(name: string, options: CephFsAttributesClassOptions): VolumeAttributesClass {
    return new VolumeAttributesClass(this, freeId(this, `AttributesClass-${name}`, 'VolumeAttributesClass', name), {
      ...merged(this.props, options),
      name,
      driver: this.driver,
      parameters: cephFsAttributesParameters(this, options.mdsPin, { version: factsOf(this.driver).version }),
    });
  }

  /**
   * Adds a PersistentVolume for a directory that exists. Deleting its claim never deletes data.
   *
   * @param name the name of the volume, and its handle
   * @throws CEPH001 for a path that cannot be
   */
  public addStaticVolume(name: string, options: CephFsStaticVolumeOptions): PersistentVolume {
    const { credentials, cluster } = this.props;
    const fsName = checkName(this, 'the file system', options.fsName ?? this.props.fsName, 'cephfs');
    const { rootPath, readOnly, mounter, kernelMountOptions, fuseMountOptions } = options;
    if (typeof rootPath !== 'string' || !/^\/[^\n,]*$/.test(rootPath) || rootPath.split('/').includes('..')) {
      fail(this, CEPH_RULES.CEPH001, { what: 'the rootPath', value: shown(rootPath), problem: 'it is no directory of a file system', expected: "an absolute path: '/volumes/csi/data' (ceph fs subvolume getpath)" });
    }
    this.need(fsName, { rootPath });
    return new PersistentVolume(this, freeId(this, `Volume-${name}`, 'PersistentVolume', name), {
      ...merged(this.props, options),
      name,
      capacity: options.capacity,
      accessModes: options.accessModes ?? [readOnly ? AccessMode.READ_ONLY_MANY : AccessMode.READ_WRITE_MANY],
      reclaimPolicy: ReclaimPolicy.RETAIN,
      mountOptions: [...checkMountOptions(this, options.mountOptions ?? []), ...(readOnly ? ['ro'] : [])],
      claim: options.claim,
      source: PersistentVolumeSource.csi({
        driver: this.driver,
        volumeHandle: name,
        volumeAttributes: classParameters(this, {
          clusterID: cluster.clusterId,
          fsName,
          staticVolume: 'true',
          rootPath,
          ...cephFsParameters(this, { mounter, kernelMountOptions, fuseMountOptions }, { monitors: this.monitors }),
        }),
        secrets: { controllerPublish: this.provisioner, nodeStage: credentials.node.secret },
      }),
    });
  }

  /** By which it is told whether the kernel speaks the right version; nothing where the entry of the cluster says so for all volumes. */
  private get monitors(): string[] | undefined {
    const { connection } = this.props.cluster;
    return /\bms_mode=/.test(`${connection?.extraConfiguration?.cephFS?.kernelMountOptions}`) ? undefined : connection?.monitors;
  }

  /** CEPH020 */
  private checkKeys(): void {
    const { version } = factsOf(this.driver);
    const before = isBefore(version, '3.14.0');
    if (before) {
      report(this, CEPH_RULES.CEPH020, { version: version! });
    } else if (before === undefined) {
      checkAtSynth(this, () => unchecked(this, CEPH_RULES.CEPH020, `the release of the driver '${this.driver.driverName}': CephFsCsiDriver.existing({ version: 'v3.17.1' })`));
    }
  }

  private get parts() {
    const { driver, provisioner, props } = this;
    return { driver, provisioner, props };
  }

  /**
   * Adds a NetworkFenceClass, by which a `NetworkFence` keeps clients away from the Ceph cluster. The provisioner's user gets the cap for it in `authCommands()`.
   *
   * @param name the name of the class
   * @throws CEPH171 to CEPH173
   */
  public addNetworkFenceClass(name: string, options: ManifestProps = {}): NetworkFenceClass {
    checkShape(this, 'the NetworkFenceClass', options, COMMON, CEPH_ADDONS_RULES.CEPH174);
    this.need(this.props.fsName, { fencing: true });
    return new NetworkFenceClass(this, freeId(this, `NetworkFenceClass-${name}`, 'NetworkFenceClass', name), {
      ...merged(this.props, options), name, driver: this.driver, cluster: this.props.cluster, secret: this.provisioner,
    });
  }

  private need(fsName: string, facts: Pick<CephFsNeed, 'rootPath' | 'encryption' | 'fencing'> = {}): void {
    const { cluster, credentials } = this.props;
    declareNeed(credentials, {
      kind: 'cephfs',
      fsName,
      subvolumeGroup: cluster.subvolumeGroup ?? 'csi',
      radosNamespace: cluster.cephFsRadosNamespace,
      fencing: factsOf(this.driver).fencing ?? false,
      ...facts,
      groupSnapshots: this.driver.capabilities?.groupSnapshot ?? false,
    });
  }
}
