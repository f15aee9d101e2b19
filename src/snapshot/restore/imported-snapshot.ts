import { ApiObject, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import './handle-checks';
import { ImportedSnapshotProps, OtherNamespaceOptions } from './imported-snapshot-props';
import { checkSnapshot } from './restored-claim';
import { RESTORE_RULES } from './rules';
import { VolumeSnapshotContent as VolumeSnapshotContentL1, VolumeSnapshot as VolumeSnapshotL1 } from '../../../imports/snapshot.storage.k8s.io';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { checkAtSynth, fail, report, unchecked } from '../../findings/report';
import { emit } from '../../manifest/emit';
import { checkLabel, checkSubdomain, quantity, shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { checkHandedOver, existing, notHandedOver } from '../../volume/checks';
import { VolumeMode } from '../../volume/modes';
import { IPersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { SNAPSHOT_CLASS } from '../class-kinds';
import { checkCapability } from '../class-parts';
import { SNAPSHOT_GROUP } from '../controller-grants';
import { needController } from '../presence';
import { SNAPSHOT_RULES } from '../rules';
import { checkSourceClaim } from '../source-claim';
import { IVolumeSnapshot } from '../volume-snapshot';
import { IVolumeSnapshotClass, SnapshotDeletionPolicy } from '../volume-snapshot-class';

const MODE_CHANGE = 'snapshot.storage.kubernetes.io/allow-volume-mode-change';

/** How csi-snapshotter names the contents that it makes. */
const CONTENT_NAME = /^snapcontent-[0-9a-f]{8}-/;

/**
 * A snapshot that the storage system has, made known to a namespace: a VolumeSnapshotContent with the handle and a VolumeSnapshot, each of which
 * names the other. For snapshots that outlived their namespace or cluster, or that something else took. The declared GitOps tool is told never
 * to prune them.
 *
 * A driver with LIST_SNAPSHOTS is asked for the snapshot, by the Secret `snapshotterList` of `snapshotClass`; of any other, the handle is believed.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/#static
 */
export class ImportedSnapshot extends Construct implements IVolumeSnapshot {
  /**
   * A snapshot of another namespace, made known to this one. It is always kept when its object is deleted: its data belongs to the original.
   *
   * @param scope the chart, or what else it is put in
   * @param id of the construct in its scope
   * @param original the snapshot in the other namespace; what is known of it is known of this one
   * @param options its handle, and where it is made known
   * @throws SNP041 when it is of the same namespace; what the constructor throws
   */
  public static ofOtherNamespace(scope: Construct, id: string, original: IVolumeSnapshot, options: OtherNamespaceOptions): ImportedSnapshot {
    checkSnapshot(scope, 'the original', original);
    Cluster.requireSame(scope, original, `VolumeSnapshot.fromVolumeSnapshotName('${original.snapshotName}')`);
    const imported = new ImportedSnapshot(scope, id, {
      ...options,
      snapshotClass: original.snapshotClass,
      driver: original.dataSourceDriver,
      size: original.dataSourceSize,
      volumeMode: original.dataSourceVolumeMode,
      sourceClaim: original.sourceClaim,
      deletionPolicy: SnapshotDeletionPolicy.RETAIN,
    });
    if (imported.namespace === original.namespace) {
      fail(imported, RESTORE_RULES.SNP041, {
        what: `the namespace '${imported.namespace}'`, problem: 'the original is in it as well', expected: 'restore from the original itself, or give the namespace that is to have it: namespace',
      });
    }
    imported.checkOriginal(original);
    return imported;
  }

  public readonly snapshotName: string;
  public readonly snapshotClass?: IVolumeSnapshotClass;
  public readonly sourceClaim?: IPersistentVolumeClaim;
  public readonly namespace?: string;
  public readonly dataSourceKind: string = 'VolumeSnapshot';
  public readonly dataSourceApiGroup?: string = SNAPSHOT_GROUP;
  public readonly dataSourceName: string;
  public readonly dataSourceDriver?: ICsiDriver;
  public readonly dataSourceSize?: Size;
  public readonly dataSourceVolumeMode?: VolumeMode;

  /** The name of the VolumeSnapshotContent. */
  public readonly contentName: string;

  /** The VolumeSnapshotContent object. */
  public readonly content: ApiObject;

  /** The VolumeSnapshot object. */
  public readonly apiObject: ApiObject;

  /** @throws MAN001, SNP004, SNP011, SNP013 */
  public constructor(scope: Construct, id: string, props: ImportedSnapshotProps) {
    super(scope, id);
    const { snapshotClass, sourceClaim, allowVolumeModeChange, volumeMode, size } = props;
    const deletionPolicy = props.deletionPolicy ?? SnapshotDeletionPolicy.RETAIN;
    checkHandedOver(this, 'the snapshot class', snapshotClass, 'snapshotClassName', 'VolumeSnapshotClass.fromVolumeSnapshotClassName');
    if (sourceClaim) {
      checkSourceClaim(this, sourceClaim);
    }
    const driver = this.checkDriver(props);
    Cluster.requireSame(this, snapshotClass, `VolumeSnapshotClass.fromVolumeSnapshotClassName('${snapshotClass?.snapshotClassName}')`);
    this.snapshotName = this.dataSourceName = checkSubdomain(this, 'the name of the snapshot', props.name);
    this.snapshotClass = snapshotClass;
    this.sourceClaim = sourceClaim;
    this.dataSourceDriver = driver;
    this.dataSourceSize = size;
    // Where the mode may change, a claim may have either.
    this.dataSourceVolumeMode = allowVolumeModeChange ? undefined : volumeMode;
    if (size) {
      quantity(this, 'the size of the snapshot', size);
    }
    this.checkProps(props, deletionPolicy);
    needController(this);

    // The content is written first, but names the snapshot in the namespace that the chart gives it.
    const namespace = this.namespaceOf(props);
    this.namespace = namespace;
    this.contentName = props.contentName ?? `${namespace}.${this.snapshotName}`;
    const volumeSnapshotClassName = snapshotClass?.snapshotClassName;
    this.content = emit(this, 'Content', VolumeSnapshotContentL1.manifest({
      metadata: { name: this.contentName, ...(allowVolumeModeChange ? { annotations: { [MODE_CHANGE]: 'true' } } : {}) },
      spec: {
        deletionPolicy: deletionPolicy as any,
        driver: driver.driverName,
        source: { snapshotHandle: props.snapshotHandle },
        sourceVolumeMode: volumeMode,
        volumeSnapshotClassName,
        volumeSnapshotRef: { name: this.snapshotName, namespace },
      },
    }), props, { holdsData: true });
    this.apiObject = emit(this, 'Resource', VolumeSnapshotL1.manifest({
      metadata: { name: this.snapshotName, namespace },
      spec: { volumeSnapshotClassName, source: { volumeSnapshotContentName: this.contentName } },
    }), props, { holdsData: true });
  }

  /** SNP004, SNP011, SNP013 */
  private checkDriver({ snapshotClass, sourceClaim, ...props }: ImportedSnapshotProps): ICsiDriver {
    const driver = props.driver ?? snapshotClass?.driver ?? sourceClaim?.dataSourceDriver;
    if (typeof driver?.driverName !== 'string') {
      fail(this, SNAPSHOT_RULES.SNP013, { what: 'the driver', problem: notHandedOver(driver), expected: `hand one over: driver: ${existing('CsiDriver.fromDriverName', driver, 'csi.example.com')}` });
    }
    Cluster.requireSame(this, driver, `CsiDriver.fromDriverName('${driver.driverName}')`);
    checkCapability(this, SNAPSHOT_CLASS, driver);
    const ofClass = snapshotClass?.driver;
    if (snapshotClass && !ofClass) {
      checkAtSynth(this, () => unchecked(this, SNAPSHOT_RULES.SNP011, `the driver of the snapshot class '${snapshotClass.snapshotClassName}'`));
    } else if (snapshotClass && ofClass && ofClass.driverName !== driver.driverName) {
      fail(this, SNAPSHOT_RULES.SNP011, { class: snapshotClass.snapshotClassName, driver: `'${ofClass.driverName}'`, other: `'${driver.driverName}'` });
    }
    return driver;
  }

  /** SNP013, SNP047, SNP048 */
  private checkProps({ snapshotHandle, allowVolumeModeChange, volumeMode }: ImportedSnapshotProps, deletionPolicy: SnapshotDeletionPolicy): void {
    const problem = typeof snapshotHandle !== 'string' || snapshotHandle.trim() === '' ? 'it is missing'
      : snapshotHandle !== snapshotHandle.trim() ? 'it begins or ends with a blank'
        : CONTENT_NAME.test(snapshotHandle) ? 'it is the name of a VolumeSnapshotContent, and not what the storage system calls the snapshot' : undefined;
    if (problem) {
      fail(this, SNAPSHOT_RULES.SNP013, {
        what: `the snapshot handle ${shown(snapshotHandle)}`, problem, expected: "give what the driver calls it: `kubectl get volumesnapshotcontent … -o jsonpath='{.status.snapshotHandle}'`",
      });
    }
    if (!Object.values(SnapshotDeletionPolicy).includes(deletionPolicy)) {
      fail(this, SNAPSHOT_RULES.SNP013, { what: `the deletion policy '${deletionPolicy}'`, problem: 'there is none of that name', expected: 'SnapshotDeletionPolicy.DELETE or RETAIN' });
    }
    if (volumeMode !== undefined && !Object.values(VolumeMode).includes(volumeMode)) {
      fail(this, SNAPSHOT_RULES.SNP013, { what: `the volume mode ${shown(volumeMode)}`, problem: 'there is none of that name', expected: 'VolumeMode.FILESYSTEM or BLOCK' });
    }
    if (allowVolumeModeChange && volumeMode === undefined) {
      fail(this, SNAPSHOT_RULES.SNP013, { what: 'allowVolumeModeChange', problem: 'the volume mode of the snapshot is not given, so csi-provisioner does not compare it', expected: 'leave it out, or give volumeMode' });
    }
    if (allowVolumeModeChange) {
      report(this, RESTORE_RULES.SNP048);
    }
    if (deletionPolicy === SnapshotDeletionPolicy.DELETE) {
      report(this, RESTORE_RULES.SNP047);
    }
  }

  /** SNP013: the content has to name the namespace. */
  private namespaceOf(props: ImportedSnapshotProps): string {
    const namespace = props.namespace ?? Chart.of(this).namespace;
    if (namespace === undefined) {
      fail(this, SNAPSHOT_RULES.SNP013, { what: 'the namespace of the snapshot', problem: 'it is missing, and the VolumeSnapshotContent has to name it', expected: "give it here or to the chart: namespace: 'apps'" });
    }
    return checkLabel(this, 'the namespace of the snapshot', namespace);
  }

  /** SNP049 */
  private checkOriginal({ snapshotName, snapshotClass }: IVolumeSnapshot): void {
    if (snapshotClass?.deletionPolicy === undefined) {
      checkAtSynth(this, () => unchecked(this, RESTORE_RULES.SNP049, `the class of the snapshot '${snapshotName}' and its deletionPolicy`));
    } else if (snapshotClass.deletionPolicy === SnapshotDeletionPolicy.DELETE) {
      report(this, RESTORE_RULES.SNP049, { original: snapshotName, class: snapshotClass.snapshotClassName });
    }
  }
}
