import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CephRbdStaticVolumeOptions, CephRbdStorageClassOptions, CephRbdStorageProps } from './ceph-rbd-storage-props';
import { RBD_PROFILE } from './rbd-profile';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { SecretReference } from '../../csi/secret-reference';
import { fail } from '../../findings/report';
import { ManifestProps } from '../../manifest/manifest-props';
import { freeId, merged } from '../../manifest/named-child';
import { checkShape } from '../../manifest/shapes';
import { shown } from '../../manifest/validate';
import { objectsOf } from '../../platform/cluster-checks';
import { VolumeGroupSnapshotClass } from '../../snapshot/volume-group-snapshot-class';
import { VolumeSnapshotClass } from '../../snapshot/volume-snapshot-class';
import { AccessMode, ReclaimPolicy, VolumeBindingMode, VolumeMode } from '../../volume/modes';
import { PersistentVolume } from '../../volume/persistent-volume';
import { PersistentVolumeSource } from '../../volume/persistent-volume-source';
import { StorageClass } from '../../volume/storage-class';
import { VolumeAttributesClass } from '../../volume/volume-attributes-class';
import { NetworkFenceClass } from '../addons/network-fence-class';
import { checkHandle, imageAttributes } from '../addons/replication/mirrored-volume';
import { CephRbdMirroredVolumeOptions } from '../addons/replication/mirrored-volume-options';
import { VolumeReplicationClass } from '../addons/replication/volume-replication-class';
import { CephReplicationClassOptions } from '../addons/replication/volume-replication-class-props';
import { CEPH_ADDONS_RULES } from '../addons/rules';
import { classAnnotations, noteSchedules } from '../addons/schedule/class-schedules';
import { grantNodeSecret } from '../addons/secret-grants';
import { COMMON, MIRRORED_VOLUME, REPLICATION_CLASS } from '../addons/shapes';
import { declareNeed } from '../auth/needs';
import { CephRbdCsiDriver } from '../driver/ceph-rbd-csi-driver';
import { factsOf } from '../driver/driver-facts';
import { RBD } from '../driver/driver-kind';
import { CephRbdImageOptions, RbdQos } from '../image';
import { rbdAttributesParameters, rbdImageParameters } from '../image/render';
import { rbdEncryptionParameters } from '../kms/encryption';
import { CEPH_RULES } from '../rules';
import { connect } from '../storage/connect';
import { checkKms } from '../storage/kms-checks';
import { CephGroupSnapshotClassOptions, CephSnapshotClassOptions } from '../storage/snapshot-class-options';
import { groupSnapshotClass, snapshotClass } from '../storage/snapshot-classes';
import { checkInput, checkName, checkSwitches, classParameters, classSecrets, grantNode, whereRookIs } from '../storage/storage-parts';

/** A VolumeAttributesClass of RBD. */
export interface CephRbdAttributesClassOptions extends ManifestProps {
  /** How much the volumes may do. */
  readonly qos: RbdQos;
}

/** Storage on images of a Ceph cluster (RBD): its driver, classes, volumes and snapshot classes. */
export class CephRbdStorage extends Construct {
  /** The driver; hand it to a second CephRbdStorage of the cluster. */
  public readonly driver: ICsiDriver;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /** The provisioner's Secret, granted. */
  private readonly provisioner: SecretReference;
  private readonly props: CephRbdStorageProps;

  /** @throws CEPH001 to CEPH009 for what cannot work together; CSI003 when the driver is installed already; PLT005 */
  public constructor(scope: Construct, id: string, props: CephRbdStorageProps) {
    super(scope, id);
    this.props = props;
    checkInput(this, RBD, props);
    checkName(this, 'the pool', props.pool, 'kubernetes');
    const { snapshots, groupSnapshots, volumeAttributes, csiAddons, kms, labels, annotations, deployment } = props;
    checkSwitches(this, props.driver, { snapshots, groupSnapshots, volumeAttributes, csiAddons, kms, deployment });
    this.driver = props.driver ?? new CephRbdCsiDriver(this, 'Driver', {
      snapshots, groupSnapshots, volumeAttributes, csiAddons, kms, labels, annotations, deployment, ...whereRookIs(RBD, props),
    });
    this.provisioner = connect(this, RBD, RBD_PROFILE, this.driver, props);
    grantNode(this, this.driver, props.credentials.node, props);
    grantNodeSecret(this, this.driver, props.credentials.node, props);
    this.need(props.pool);
  }

  /**
   * Adds a StorageClass: each claim gets an image.
   *
   * @param name the name of the class
   * @throws CEPH010 to CEPH012; CEPH030 to CEPH059 for what images cannot be; CEPH060 to CEPH079 for `encryption`
   */
  public addStorageClass(name: string, options: CephRbdStorageClassOptions = {}): StorageClass {
    const id = freeId(this, name, 'StorageClass', name);
    const { topologyPools, encryption, fsType, expansion, mountOptions } = options;
    const { cluster, credentials } = this.props;
    const pool = topologyPools ? options.pool : options.pool ?? this.props.pool;
    const { version, domainLabels } = factsOf(this.driver);
    const volumeBindingMode = options.volumeBindingMode ?? (topologyPools ? VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER : undefined);
    const image = rbdImageParameters(this, options, { monitors: cluster.connection?.monitors, volumeBindingMode, domainLabels });
    if (pool !== undefined) {
      checkName(this, 'the pool', pool, 'kubernetes');
      this.need(pool, options.dataPool);
    }
    topologyPools?.forEach(each => this.need(each.pool, each.dataPool));
    const parameters = classParameters(this, {
      clusterID: cluster.clusterId,
      pool,
      ...image,
      ...rbdEncryptionParameters(this, encryption, { credentials, expansion, fsType, mounter: options.mounter, version, clusterId: cluster.clusterId }),
    }, options.extraParameters);
    const { labels, annotations } = merged(this.props, options);
    const storageClass = new StorageClass(this, id, {
      labels,
      annotations: { ...annotations, ...classAnnotations(this, this.driver, options, parameters) },
      name,
      driver: this.driver,
      parameters,
      // The kernel is limited where volumes are published, and volumes keep what their class said.
      secrets: { ...classSecrets(this.provisioner, credentials.node.secret), ...(this.driver.capabilities?.modify ? { nodePublish: credentials.node.secret } : {}) },
      fsType,
      mountOptions,
      reclaimPolicy: options.reclaimPolicy,
      volumeBindingMode,
      allowedTopologies: this.topologies(options.allowedTopologies, domainLabels),
      expansion,
      isDefault: options.isDefault,
    });
    noteSchedules(storageClass, options);
    return storageClass;
  }

  /**
   * Adds a VolumeSnapshotClass. A snapshot is taken at one moment and shares its data with the image.
   *
   * @param name the name of the class
   * @throws SNP004 when the driver takes no snapshots (`snapshots: true`)
   */
  public addSnapshotClass(name: string, options: CephSnapshotClassOptions = {}): VolumeSnapshotClass {
    return snapshotClass(this, this.parts, name, options);
  }

  /**
   * Adds a VolumeGroupSnapshotClass, for snapshots of several images of the pool at one moment.
   *
   * @param name the name of the class
   * @throws SNP008 when the driver takes none (`groupSnapshots: true`)
   */
  public addGroupSnapshotClass(name: string, options: CephGroupSnapshotClassOptions = {}): VolumeGroupSnapshotClass {
    return groupSnapshotClass(this, this.parts, { pool: this.props.pool }, name, options);
  }

  /**
   * Adds a VolumeAttributesClass: how much a volume may do, changed by naming another class in its claim.
   *
   * @param name the name of the class
   * @throws VOL023, VOL025; CEPH030 to CEPH059 for numbers that cannot be
   */
  public addAttributesClass(name: string, options: CephRbdAttributesClassOptions): VolumeAttributesClass {
    return new VolumeAttributesClass(this, freeId(this, `AttributesClass-${name}`, 'VolumeAttributesClass', name), {
      ...merged(this.props, options),
      name,
      driver: this.driver,
      parameters: rbdAttributesParameters(this, options.qos, { version: factsOf(this.driver).version }),
    });
  }

  /**
   * Adds a PersistentVolume for an image that exists. Deleting its claim never deletes the image.
   *
   * @param name the name of the volume
   * @throws CEPH001 for names that cannot be; VOL004 when another volume has an image of that name
   */
  public addStaticVolume(name: string, options: CephRbdStaticVolumeOptions): PersistentVolume {
    const { credentials, cluster } = this.props;
    const pool = checkName(this, 'the pool', options.pool ?? this.props.pool, 'kubernetes');
    const image = checkName(this, 'the image', options.image, 'disk1');
    const { imageFeatures, mounter, mapOptions, unmapOptions, readOnly } = options;
    this.need(pool);
    return new PersistentVolume(this, freeId(this, `Volume-${name}`, 'PersistentVolume', name), {
      ...merged(this.props, options),
      name,
      capacity: options.capacity,
      accessModes: options.accessModes ?? [readOnly ? AccessMode.READ_ONLY_MANY : AccessMode.READ_WRITE_ONCE],
      volumeMode: options.volumeMode,
      reclaimPolicy: ReclaimPolicy.RETAIN,
      mountOptions: options.mountOptions,
      claim: options.claim,
      source: PersistentVolumeSource.csi({
        driver: this.driver,
        volumeHandle: image,
        volumeAttributes: classParameters(this, {
          clusterID: cluster.clusterId,
          pool,
          staticVolume: 'true',
          // It is asked for, although the image has its own: without, the nodes do not check whether they can map it.
          imageFeatures: 'layering',
          ...rbdImageParameters(this, { imageFeatures, mounter, mapOptions, unmapOptions } as CephRbdImageOptions, {
            monitors: cluster.connection?.monitors,
          }),
        }),
        fsType: options.fsType ?? (options.volumeMode === VolumeMode.BLOCK ? undefined : 'ext4'),
        readOnly,
        secrets: { controllerPublish: this.provisioner, nodeStage: credentials.node.secret },
      }),
    });
  }

  /**
   * Adds a PersistentVolume for the replica of a volume that ceph-csi made in another cluster. Deleting its claim never deletes the image.
   *
   * @param name the name of the volume, usually that which it has where it was made
   * @throws CEPH011 for keys that the driver does not have; CEPH174, CEPH189 where the driver cannot find it; reports CEPH194
   */
  public addMirroredVolume(name: string, options: CephRbdMirroredVolumeOptions): PersistentVolume {
    checkShape(this, 'the mirrored volume', options, MIRRORED_VOLUME, CEPH_ADDONS_RULES.CEPH174);
    const { cluster, credentials } = this.props;
    const { capacity, accessModes, volumeMode, storageClass, mountOptions, claim, volumeHandle, attributes } = options;
    const pool = checkName(this, 'the pool', options.pool ?? this.props.pool, 'kubernetes');
    const journalPool = checkName(this, 'the pool of the records', options.journalPool ?? pool, 'kubernetes');
    checkHandle(this, this.driver, volumeHandle, cluster);
    checkKms(this, this.driver, attributes?.encryptionKMSID);
    const image = imageAttributes(this, volumeHandle, checkName(this, 'the image', options.imageName, 'csi-vol-…'), attributes);
    this.need(pool);
    return new PersistentVolume(this, freeId(this, `Volume-${name}`, 'PersistentVolume', name), {
      ...merged(this.props, options),
      name,
      capacity,
      accessModes,
      volumeMode,
      storageClass,
      reclaimPolicy: ReclaimPolicy.RETAIN,
      mountOptions,
      claim,
      source: PersistentVolumeSource.csi({
        driver: this.driver,
        volumeHandle,
        volumeAttributes: classParameters(this, {
          clusterID: cluster.clusterId, pool, journalPool, ...image, imageFeatures: 'layering',
        }, attributes),
        fsType: options.fsType ?? (volumeMode === VolumeMode.BLOCK ? undefined : 'ext4'),
        // The records are written with that for enlarging, or for staging.
        secrets: { controllerPublish: this.provisioner, controllerExpand: this.provisioner, nodeStage: credentials.node.secret },
      }),
    });
  }

  /**
   * Adds a VolumeReplicationClass: how volumes are mirrored to another Ceph cluster.
   *
   * @param name the name of the class
   * @throws CEPH171 to CEPH174, CEPH182
   */
  public addReplicationClass(name: string, options: CephReplicationClassOptions = {}): VolumeReplicationClass {
    checkShape(this, 'the VolumeReplicationClass', options, REPLICATION_CLASS, CEPH_ADDONS_RULES.CEPH174);
    return new VolumeReplicationClass(this, freeId(this, `ReplicationClass-${name}`, 'VolumeReplicationClass', name), {
      ...options, ...merged(this.props, options), name, driver: this.driver, secret: this.provisioner,
    });
  }

  /**
   * Adds a NetworkFenceClass, by which a `NetworkFence` keeps clients away from the Ceph cluster. The provisioner's user gets the cap for it in `authCommands()`.
   *
   * @param name the name of the class
   * @throws CEPH171 to CEPH173
   */
  public addNetworkFenceClass(name: string, options: ManifestProps = {}): NetworkFenceClass {
    checkShape(this, 'the NetworkFenceClass', options, COMMON, CEPH_ADDONS_RULES.CEPH174);
    const { cluster, pool } = this.props;
    this.need(pool, undefined, true);
    return new NetworkFenceClass(this, freeId(this, `NetworkFenceClass-${name}`, 'NetworkFenceClass', name), {
      ...merged(this.props, options), name, driver: this.driver, cluster, secret: this.provisioner,
    });
  }

  /** The labels that the driver gives the nodes, for those of the nodes' own that it was told of. */
  private topologies(given: CephRbdStorageClassOptions['allowedTopologies'], domainLabels: readonly string[] | undefined): CephRbdStorageClassOptions['allowedTopologies'] {
    const prefix = `topology.${this.driver.driverName.toLowerCase()}/`;
    const entries = Object.entries(given ?? {}).map(([label, values]) => {
      if (!label.startsWith(prefix) && domainLabels?.length && !domainLabels.includes(label)) {
        fail(this, CEPH_RULES.CEPH001, {
          what: 'the label of allowedTopologies', value: shown(label), problem: 'the driver does not look at it', expected: `use one of its domainLabels: ${domainLabels.join(', ')}`,
        });
      }
      return [label.startsWith(prefix) ? label : `${prefix}${label.replace(/^.*\//, '')}`, values] as const;
    });
    return given && Object.fromEntries(entries);
  }

  private get parts() {
    const { driver, provisioner, props } = this;
    return { driver, provisioner, props };
  }

  private need(pool: string, dataPool?: string, fencing = factsOf(this.driver).fencing ?? false): void {
    const { cluster, credentials } = this.props;
    declareNeed(credentials, {
      kind: 'rbd',
      pool,
      dataPool,
      radosNamespace: cluster.radosNamespace,
      fencing,
      groupSnapshots: this.driver.capabilities?.groupSnapshot ?? false,
    });
  }
}
