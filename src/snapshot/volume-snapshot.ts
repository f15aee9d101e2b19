import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { SNAPSHOT_CLASS } from './class-kinds';
import { checkCapability } from './class-parts';
import { SNAPSHOT_GROUP } from './controller-grants';
import { noteClassless } from './default-class';
import { needController } from './presence';
import { SNAPSHOT_RULES } from './rules';
import { checkSourceClaim } from './source-claim';
import { IVolumeSnapshotClass } from './volume-snapshot-class';
import { VolumeSnapshot as VolumeSnapshotL1 } from '../../imports/snapshot.storage.k8s.io';
import { ICsiDriver } from '../csi/i-csi-driver';
import { checkAtSynth, fail, unchecked } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { checkHandedOver } from '../volume/checks';
import { IDataSource } from '../volume/data-source';
import { VolumeMode } from '../volume/modes';
import { IPersistentVolumeClaim } from '../volume/persistent-volume-claim';

/** A VolumeSnapshot that new claims can be filled from: written by a construct, or there already. */
export interface IVolumeSnapshot extends IDataSource {
  /** The name of the snapshot. */
  readonly snapshotName: string;

  /**
   * The class by which it is taken.
   *
   * @default - not known, or the default class of its driver
   */
  readonly snapshotClass?: IVolumeSnapshotClass;

  /**
   * The claim of which it was taken, and to which it is never restored.
   *
   * @default - not known
   */
  readonly sourceClaim?: IPersistentVolumeClaim;
}

/** What is known of a VolumeSnapshot that exists already. */
export interface ExistingVolumeSnapshotOptions {
  /**
   * The claim of which it was taken. What is known of that need not be said again.
   *
   * @default - not known
   */
  readonly sourceClaim?: IPersistentVolumeClaim;

  /**
   * Its namespace.
   *
   * @default - that of `sourceClaim`
   */
  readonly namespace?: string;

  /**
   * The driver that took it.
   *
   * @default - that of `snapshotClass`, else that of `sourceClaim`
   */
  readonly driver?: ICsiDriver;

  /**
   * How large a volume has to be to restore it (`status.restoreSize`).
   *
   * @default - that of `sourceClaim`
   */
  readonly size?: Size;

  /**
   * Whether it was taken of a file system or a device.
   *
   * @default - that of `sourceClaim`
   */
  readonly volumeMode?: VolumeMode;

  /**
   * The class by which it was taken.
   *
   * @default - not known
   */
  readonly snapshotClass?: IVolumeSnapshotClass;
}

/** Properties of a VolumeSnapshot. */
export interface VolumeSnapshotProps extends ManifestProps {
  /** The name of the snapshot. A restore counts on it: it does not depend on the construct tree. */
  readonly name: string;

  /** The claim of which it is taken. */
  readonly claim: IPersistentVolumeClaim;

  /**
   * The namespace, which has to be that of the claim.
   *
   * @default - that of the claim, else the chart's
   */
  readonly namespace?: string;

  /**
   * The class by which it is taken.
   *
   * @default - the default class of the claim's driver
   */
  readonly snapshotClass?: IVolumeSnapshotClass;
}

const KIND = 'VolumeSnapshot';

/**
 * A VolumeSnapshot: one snapshot of one claim. The declared GitOps tool is told never to prune it.
 *
 * It is taken once, when the object is created, and never again: what lies in Git is not a schedule. Its claim cannot be
 * changed later; the next snapshot is one of another name.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class VolumeSnapshot extends Construct implements IVolumeSnapshot {
  /**
   * A snapshot that exists already.
   *
   * @param snapshotName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name; SNP013 when the claim is none
   */
  public static fromVolumeSnapshotName(snapshotName: string, options: ExistingVolumeSnapshotOptions = {}): IVolumeSnapshot {
    const { driver, size, volumeMode, snapshotClass, sourceClaim } = options;
    if (sourceClaim) {
      checkSourceClaim(undefined, sourceClaim);
    }
    const namespace = options.namespace ?? sourceClaim?.namespace;
    if (namespace !== undefined) {
      checkLabel(undefined, 'the namespace of the snapshot', namespace);
    }
    return {
      snapshotName: checkSubdomain(undefined, 'the name of the snapshot', snapshotName),
      snapshotClass,
      sourceClaim,
      namespace,
      dataSourceKind: KIND,
      dataSourceApiGroup: SNAPSHOT_GROUP,
      dataSourceName: snapshotName,
      dataSourceDriver: driver ?? snapshotClass?.driver ?? sourceClaim?.dataSourceDriver,
      dataSourceSize: size ?? sourceClaim?.dataSourceSize,
      dataSourceVolumeMode: volumeMode ?? sourceClaim?.dataSourceVolumeMode,
    };
  }

  public readonly snapshotName: string;
  public readonly snapshotClass?: IVolumeSnapshotClass;
  public readonly sourceClaim?: IPersistentVolumeClaim;
  public readonly namespace?: string;
  public readonly dataSourceKind: string = KIND;
  public readonly dataSourceApiGroup?: string = SNAPSHOT_GROUP;
  public readonly dataSourceName: string;
  public readonly dataSourceDriver?: ICsiDriver;
  public readonly dataSourceSize?: Size;
  public readonly dataSourceVolumeMode?: VolumeMode;

  /** The VolumeSnapshot object. */
  public readonly apiObject: ApiObject;

  /** @throws SNP004, SNP010, SNP011, SNP013 */
  public constructor(scope: Construct, id: string, props: VolumeSnapshotProps) {
    super(scope, id);
    const { claim, snapshotClass } = props;
    checkHandedOver(this, 'the snapshot class', snapshotClass, 'snapshotClassName', 'VolumeSnapshotClass.fromVolumeSnapshotClassName');
    checkSourceClaim(this, claim);
    Cluster.requireSame(this, claim, `PersistentVolumeClaim.fromClaimName('${claim.claimName}')`);
    Cluster.requireSame(this, snapshotClass, `VolumeSnapshotClass.fromVolumeSnapshotClassName('${snapshotClass?.snapshotClassName}')`);
    this.snapshotName = this.dataSourceName = checkSubdomain(this, 'the name of the snapshot', props.name);
    this.snapshotClass = snapshotClass;
    this.sourceClaim = claim;
    this.dataSourceDriver = claim.dataSourceDriver ?? snapshotClass?.driver;
    this.dataSourceSize = claim.dataSourceSize;
    this.dataSourceVolumeMode = claim.dataSourceVolumeMode;
    needController(this);

    this.apiObject = emit(this, 'Resource', VolumeSnapshotL1.manifest({
      metadata: { name: props.name, namespace: props.namespace ?? claim.namespace },
      spec: {
        volumeSnapshotClassName: snapshotClass?.snapshotClassName,
        source: { persistentVolumeClaimName: checkSubdomain(this, 'the name of the claim', claim.claimName) },
      },
    }), props, { holdsData: true });
    this.namespace = this.apiObject.metadata.namespace;
    this.checkNamespace(claim);
    this.checkDriver(claim);
  }

  /** SNP010 */
  private checkNamespace(claim: IPersistentVolumeClaim): void {
    if (claim.namespace === this.namespace) {
      return;
    }
    if (claim.namespace === undefined) {
      checkAtSynth(this, () => unchecked(this, SNAPSHOT_RULES.SNP010, `the namespace of the claim '${claim.claimName}'`));
    } else {
      fail(this, SNAPSHOT_RULES.SNP010, { namespace: `'${this.namespace}'`, claim: claim.claimName, other: `'${claim.namespace}'` });
    }
  }

  /** SNP004, SNP011, SNP012 */
  private checkDriver(claim: IPersistentVolumeClaim): void {
    const ofClaim = claim.dataSourceDriver;
    if (this.dataSourceDriver) {
      checkCapability(this, SNAPSHOT_CLASS, this.dataSourceDriver);
    }
    if (!this.snapshotClass) {
      noteClassless(this, ofClaim?.driverName);
      return;
    }
    const { driver: ofClass, snapshotClassName } = this.snapshotClass;
    if (!ofClass || !ofClaim) {
      const missing = ofClaim ? `the driver of the snapshot class '${snapshotClassName}'` : `the driver of the claim '${claim.claimName}'`;
      checkAtSynth(this, () => unchecked(this, SNAPSHOT_RULES.SNP011, missing));
    } else if (ofClass.driverName !== ofClaim.driverName) {
      fail(this, SNAPSHOT_RULES.SNP011, { class: snapshotClassName, driver: `'${ofClass.driverName}'`, other: `'${ofClaim.driverName}'` });
    }
  }
}
