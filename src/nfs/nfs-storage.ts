import { isIP } from 'net';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { noteCopies } from './copy-time';
import { checkExported, checkServed } from './deployed-checks';
import { checkRelease, checkSnapshotShare, checkSquash } from './driver-checks';
import { factsOf, isDeclared } from './driver-facts';
import { renderProtocol } from './mount-options';
import { NfsCsiDriver } from './nfs-csi-driver';
import { NFS_DRIVER_NAME, NFS_PROFILE } from './nfs-profile';
import { NfsProtocol } from './nfs-protocol';
import { NfsSnapshotClassOptions, NfsStaticVolumeOptions, NfsStorageClassOptions, NfsStorageProps, WhenDeleted } from './nfs-storage-props';
import { translate } from './nfs-subdir';
import { checkHost, checkShare, checkSubDir, inHandle } from './paths';
import { NFS_RULES } from './rules';
import { noteDriver } from './snapshot-checks';
import { checkVirtualIp } from './virtual-ip';
import { setProfile } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { grantSecrets, markGranted, SecretReference } from '../csi/secret-reference';
import { checkAtSynth, fail, report } from '../findings/report';
import { withDefaults } from '../manifest/defaults';
import { emit } from '../manifest/emit';
import { freeId, merged } from '../manifest/named-child';
import { checkLabel, checkSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { objectsOf } from '../platform/cluster-checks';
import { VolumeSnapshotClass } from '../snapshot/volume-snapshot-class';
import { checkHandedOver } from '../volume/checks';
import { AccessMode, ReclaimPolicy } from '../volume/modes';
import { PersistentVolume } from '../volume/persistent-volume';
import { PersistentVolumeSource } from '../volume/persistent-volume-source';
import { StorageClass } from '../volume/storage-class';

/** What each choice is in the class: Kubernetes' half and the driver's half. */
const DELETION: Record<WhenDeleted, { readonly reclaimPolicy: ReclaimPolicy; readonly onDelete?: string }> = {
  [WhenDeleted.DELETE]: { reclaimPolicy: ReclaimPolicy.DELETE, onDelete: 'delete' },
  [WhenDeleted.ARCHIVE]: { reclaimPolicy: ReclaimPolicy.DELETE, onDelete: 'archive' },
  [WhenDeleted.KEEP_DATA]: { reclaimPolicy: ReclaimPolicy.DELETE, onDelete: 'retain' },
  [WhenDeleted.KEEP_VOLUME]: { reclaimPolicy: ReclaimPolicy.RETAIN },
};

/** Storage on an NFS server: its driver, classes, volumes and snapshot classes. */
export class NfsStorage extends Construct {
  /** The driver; hand it to a second NfsStorage of the cluster. */
  public readonly driver: ICsiDriver;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  private readonly props: NfsStorageProps;
  private readonly mountOptions: string[];
  /** The shares of its classes and volumes. */
  private readonly shares = new Set<string>();
  private readonly classes = new Set<string>();
  /** With the shares into which they are written, if they have one. */
  private readonly snapshotClasses: { readonly snapshotClass: string; readonly share?: string }[] = [];
  private secret?: SecretReference;

  /** @throws NFS002, NFS013, NFS014, NFS122 for a server or protocol that cannot work; CSI003 when the driver is installed already; PLT005 */
  public constructor(scope: Construct, id: string, props: NfsStorageProps) {
    super(scope, id);
    this.props = props;
    const { server } = props;
    checkHandedOver(this, 'the driver', props.driver, 'driverName', 'CsiDriver.fromDriverName');
    Cluster.requireSame(this, props.driver, `CsiDriver.fromDriverName('${props.driver?.driverName}', …)`);
    checkHost(this, server?.host);
    checkShare(this, server.share);
    Cluster.requireSame(this, server.deployment, `NfsServer.external({ host: '${server.host}', … })`);
    Cluster.requireSame(this, server.serverAlias, `NfsServer.external({ host: '${server.host}', … })`);
    this.mountOptions = this.render(props.protocol ?? {});
    this.driver = props.driver
      ?? new NfsCsiDriver(this, 'Driver', { snapshots: props.snapshots, labels: props.labels, annotations: props.annotations });
    setProfile(this.driver, NFS_PROFILE);
    if (this.driver.driverName !== NFS_DRIVER_NAME && !Construct.isConstruct(this.driver) && !isDeclared(this.driver)) {
      report(this, NFS_RULES.NFS120, { driver: `'${this.driver.driverName}'` });
    }
    checkRelease(this, this.driver);
    checkAtSynth(this, () => {
      this.checkSnapshotShares();
      checkSquash(this, this.driver, server);
    });
    noteDriver(this, this.driver);
    noteCopies({ storage: this, driver: this.driver, classes: this.classes, snapshotClasses: this.snapshotClasses });
    if (props.driver && props.snapshots && !props.driver.capabilities?.snapshot) {
      fail(this, NFS_RULES.NFS118, { driver: `'${props.driver.driverName}'` });
    }
    if (isIP(server.host) > 0) {
      report(this, NFS_RULES.NFS003, { host: server.host });
    }
  }

  /**
   * Adds a StorageClass: each claim gets a directory on the server.
   *
   * @param name the name of the class
   * @throws NFS002, NFS004, NFS005 for a directory that is malformed or shared by accident; NFS007, NFS015; NFS013, NFS014, NFS122 for `protocol`; NFS127 for `migrateFrom`
   */
  public addStorageClass(name: string, options: NfsStorageClassOptions = {}): StorageClass {
    const { subDir, whenDeleted = WhenDeleted.ARCHIVE } = options.migrateFrom ? translate(this, name, options.migrateFrom, options) : options;
    const { reclaimPolicy, onDelete } = DELETION[whenDeleted]
      ?? fail(this, NFS_RULES.NFS008, { onDelete: `'${whenDeleted}'`, problem: 'there is no WhenDeleted of that name' });
    const share = options.share ?? this.props.server.share;
    checkExported(this, this.props.server, share, { what: `the class '${name}'`, provisions: true, writes: true });
    const id = freeId(this, name, 'StorageClass', name);
    const protocol = Object.values(options.protocol ?? {}).some(value => value !== undefined) ? options.protocol : undefined;
    const mountOptions = protocol ? this.render(withDefaults(this.props.protocol ?? {}, protocol)) : this.mountOptions;
    const storageClass = new StorageClass(this, id, {
      ...merged(this.props, options),
      name,
      driver: this.driver,
      parameters: defined({
        server: this.props.server.host,
        share,
        subDir,
        onDelete,
        mountPermissions: options.mountPermissions,
      }),
      secrets: { provisioner: protocol ? this.ownSecret(name, mountOptions) : this.mountOptionsSecret() },
      reclaimPolicy,
      volumeBindingMode: options.volumeBindingMode,
      expansion: options.expansion,
      mountOptions,
      isDefault: options.isDefault,
    });
    this.shares.add(share);
    this.classes.add(name);
    return storageClass;
  }

  /**
   * Adds a PersistentVolume for a directory that exists. Deleting its claim never deletes data.
   *
   * @param name the name of the volume
   * @throws NFS002 for a directory that is malformed; VOL004 when another volume has the same handle
   */
  public addStaticVolume(name: string, options: NfsStaticVolumeOptions): PersistentVolume {
    const { host } = this.props.server;
    const share = checkShare(this, options.share ?? this.props.server.share);
    const subDir = options.subDir === undefined ? '' : checkSubDir(this, options.subDir);
    checkExported(this, this.props.server, share, { what: `the volume '${name}'`, provisions: false, writes: !options.readOnly });
    this.shares.add(share);
    return new PersistentVolume(this, freeId(this, `Volume-${name}`, 'PersistentVolume', name), {
      ...merged(this.props, options),
      name,
      capacity: options.capacity,
      accessModes: options.accessModes ?? [options.readOnly ? AccessMode.READ_ONLY_MANY : AccessMode.READ_WRITE_MANY],
      reclaimPolicy: ReclaimPolicy.RETAIN,
      mountOptions: [...this.mountOptions, ...(options.readOnly ? ['ro'] : [])],
      claim: options.claim,
      source: PersistentVolumeSource.csi({
        driver: this.driver,
        // The fifth part is what the driver does on deletion, whatever its default is.
        volumeHandle: [host, inHandle(share), subDir, name, 'retain'].join('#'),
        volumeAttributes: defined({ server: host, share, subDir: options.subDir, mountPermissions: this.leavesPermissions(options) ? '0' : undefined }),
      }),
    });
  }

  /**
   * Adds a VolumeSnapshotClass. A snapshot is an archive of the live directory, written by the driver's controller: stop
   * writers first, and expect it to take as long as copying.
   *
   * @param name the name of the class
   * @throws SNP004 when the driver takes no snapshots (`snapshots: true`)
   */
  public addSnapshotClass(name: string, options: NfsSnapshotClassOptions = {}): VolumeSnapshotClass {
    if (options.share !== undefined) {
      checkExported(this, this.props.server, options.share, { what: `the snapshot class '${name}'`, provisions: true, writes: true });
    }
    this.snapshotClasses.push({ snapshotClass: `'${name}'`, share: options.share });
    return new VolumeSnapshotClass(this, freeId(this, `SnapshotClass-${name}`, 'VolumeSnapshotClass', name), {
      ...merged(this.props, options),
      name,
      driver: this.driver,
      deletionPolicy: options.deletionPolicy,
      parameters: options.share === undefined ? undefined : { share: options.share },
      secrets: { snapshotter: this.mountOptionsSecret() },
      isDefault: options.isDefault,
    });
  }

  /** Where the driver sets permissions after every mount, it could not mount what is read-only. */
  private leavesPermissions(options: NfsStaticVolumeOptions): boolean {
    return options.readOnly === true && /[1-7]/.test(factsOf(this.driver).mountPermissions ?? '');
  }

  /** NFS129 */
  private checkSnapshotShares(): void {
    for (const { snapshotClass, share } of this.snapshotClasses) {
      if (share !== undefined) {
        checkSnapshotShare(this, this.driver, snapshotClass, share, this.shares);
      }
    }
  }

  /** The mount options of a protocol, checked. */
  private render(protocol: NfsProtocol): string[] {
    const { server, nodesProvide } = this.props;
    const options = renderProtocol(this, protocol, nodesProvide ?? []);
    if (server.serverAlias?.virtualIp) {
      checkVirtualIp(this, server.host, options);
    }
    checkServed(this, server, options);
    return options;
  }

  /** The Secret of all that is mounted as the storage says; written once, when first needed. */
  private mountOptionsSecret(): SecretReference {
    return this.secret ??= this.writeSecret(this, this.secretName, this.mountOptions);
  }

  /** The Secret of a class with a protocol of its own. */
  private ownSecret(storageClass: string, mountOptions: readonly string[]): SecretReference {
    return this.writeSecret(new Construct(this, `MountOptions-${storageClass}`), `${this.secretName}-${storageClass}`, mountOptions);
  }

  private get secretName(): string {
    return this.props.secretName ?? `nfs-mount-options-${this.props.server.host.toLowerCase().replace(/[^a-z0-9.]+/g, '-').replace(/[-.]+$/, '')}`;
  }

  /** Writes a Secret with mount options, and who may read it. */
  private writeSecret(scope: Construct, name: string, mountOptions: readonly string[]): SecretReference {
    const namespace = this.props.secretNamespace ?? this.driver.controllerServiceAccount?.namespace;
    if (namespace === undefined) {
      fail(this, NFS_RULES.NFS116, { driver: `'${this.driver.driverName}'` });
    }
    // Checked here, as fromName does not know whose Secret it is.
    const secret = SecretReference.fromName(checkSubdomain(this, 'secretName', name), checkLabel(this, 'secretNamespace', namespace));
    Cluster.of(this).claim(scope, 'mount options', `${namespace}/${name}`, NFS_RULES.NFS117);
    emit(scope, 'MountOptions', k8s.KubeSecret.manifest({ metadata: { name, namespace }, stringData: { mountOptions: mountOptions.join(',') } }), this.props, { holdsData: true });
    grantSecrets(scope, name, this.driver, [secret], this.props, { holdsData: true });
    return markGranted(secret);
  }
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
