import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { noteSnapshotClass } from './presence';
import { SNAPSHOT_RULES } from './rules';
import { VolumeSnapshotClass as VolumeSnapshotClassL1, VolumeSnapshotClassDeletionPolicy } from '../../imports/snapshot.storage.k8s.io';
import { profileOf } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { grantSecrets, RESERVED, SecretReference } from '../csi/secret-reference';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { clusterChecks, eachRepeated } from '../platform/cluster-checks';

/** A VolumeSnapshotClass that snapshots can name. */
export interface IVolumeSnapshotClass {
  /** The name of the class. */
  readonly snapshotClassName: string;

  /**
   * The driver that takes the snapshots.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;
}

/** What becomes of a snapshot's content when the VolumeSnapshot is deleted. */
export enum SnapshotDeletionPolicy {
  /** The driver deletes the snapshot. */
  DELETE = 'Delete',
  /** The snapshot stays until somebody removes it. */
  RETAIN = 'Retain',
}

/** What is known of a VolumeSnapshotClass that exists already. */
export interface ExistingSnapshotClassOptions {
  /**
   * The driver that takes the snapshots.
   *
   * @default - not declared
   */
  readonly driver?: ICsiDriver;
}

/** Secrets that a snapshot class hands to its driver. @see https://kubernetes-csi.github.io/docs/secrets-and-credentials-volume-snapshot-class.html */
export interface SnapshotClassSecrets {
  /**
   * For taking and deleting snapshots.
   *
   * @default - none
   */
  readonly snapshotter?: SecretReference;
}

/** Properties of a VolumeSnapshotClass. */
export interface VolumeSnapshotClassProps extends ManifestProps {
  /** The name of the class. */
  readonly name: string;

  /** The driver that takes the snapshots. */
  readonly driver: ICsiDriver;

  /**
   * What becomes of a snapshot when its VolumeSnapshot is deleted.
   *
   * @default SnapshotDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * The driver's own parameters.
   *
   * @default - none
   */
  readonly parameters?: { [key: string]: string };

  /**
   * Secrets that are handed to the driver; the driver's account is granted to read them, by name.
   *
   * @default - none
   */
  readonly secrets?: SnapshotClassSecrets;

  /**
   * Whether snapshots of the driver's volumes without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

const DEFAULT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';

/** A VolumeSnapshotClass. */
export class VolumeSnapshotClass extends Construct implements IVolumeSnapshotClass {
  /**
   * A class that exists already.
   *
   * @param snapshotClassName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name
   */
  public static fromVolumeSnapshotClassName(snapshotClassName: string, options: ExistingSnapshotClassOptions = {}): IVolumeSnapshotClass {
    return { snapshotClassName: checkSubdomain(undefined, 'the name of the VolumeSnapshotClass', snapshotClassName), ...options };
  }

  public readonly snapshotClassName: string;
  public readonly driver?: ICsiDriver;

  /** The VolumeSnapshotClass object. */
  public readonly apiObject: ApiObject;

  /** @throws SNP004, SNP005, SNP006, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: VolumeSnapshotClassProps) {
    super(scope, id);
    Cluster.requireSame(this, props.driver, `CsiDriver.fromDriverName('${props.driver.driverName}')`);
    this.snapshotClassName = checkSubdomain(this, 'the name of the VolumeSnapshotClass', props.name);
    this.driver = props.driver;
    const parameters = props.parameters ?? {};
    const reserved = Object.keys(parameters).find(key => key.startsWith(RESERVED));
    if (reserved !== undefined) {
      fail(this, SNAPSHOT_RULES.SNP005, { key: reserved });
    }
    this.checkDriver(props.driver);
    profileOf(props.driver).checkSnapshotClass?.(this, parameters);
    noteSnapshotClass(this);

    const secret = props.secrets?.snapshotter;
    const secretParameters: Record<string, string> = secret
      ? {
        [`${RESERVED}snapshotter-secret-name`]: secret.name,
        [`${RESERVED}snapshotter-secret-namespace`]: secret.namespace,
      }
      : {};
    this.apiObject = emit(this, 'Resource', VolumeSnapshotClassL1.manifest({
      metadata: { name: this.snapshotClassName, ...(props.isDefault ? { annotations: { [DEFAULT_CLASS]: 'true' } } : {}) },
      driver: props.driver.driverName,
      deletionPolicy: props.deletionPolicy === SnapshotDeletionPolicy.RETAIN ? VolumeSnapshotClassDeletionPolicy.RETAIN : VolumeSnapshotClassDeletionPolicy.DELETE,
      parameters: props.parameters || secret ? { ...parameters, ...secretParameters } : undefined,
    }), props);
    grantSecrets(this, `volumesnapshotclass-${this.snapshotClassName}-secrets`, props.driver, secret ? [secret] : [], props);
  }

  private checkDriver(driver: ICsiDriver): void {
    if (driver.capabilities === undefined) {
      checkAtSynth(this, () => unchecked(this, SNAPSHOT_RULES.SNP004, `the capabilities of the driver '${driver.driverName}'`));
    } else if (!driver.capabilities.snapshot) {
      fail(this, SNAPSHOT_RULES.SNP004, { driver: `'${driver.driverName}'` });
    }
  }
}

/** SNP006, for all classes of a cluster, whoever wrote them. */
clusterChecks.push(objects => {
  const defaultOf = (object: ApiObject): string | undefined => {
    const { driver, metadata } = object.toJson();
    return metadata.annotations?.[DEFAULT_CLASS] === 'true' ? driver : undefined;
  };
  eachRepeated(objects.filter(object => object.kind === 'VolumeSnapshotClass'), defaultOf, (object, driver, first) => {
    report(object, SNAPSHOT_RULES.SNP006, { key: `'${driver}'`, first: first.node.path });
  });
});
