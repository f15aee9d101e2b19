import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { SNAPSHOT_CLASS } from './class-kinds';
import { classParts } from './class-parts';
import { needController } from './presence';
import { VolumeSnapshotClass as VolumeSnapshotClassL1 } from '../../imports/snapshot.storage.k8s.io';
import { profileOf } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { grantSecrets, SecretReference } from '../csi/secret-reference';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain } from '../manifest/validate';

/** What becomes of a snapshot's content when the VolumeSnapshot is deleted. */
export enum SnapshotDeletionPolicy {
  /** The driver deletes the snapshot. */
  DELETE = 'Delete',
  /** The snapshot stays until somebody removes it. */
  RETAIN = 'Retain',
}

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

  /**
   * What becomes of a snapshot when its VolumeSnapshot is deleted.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;
}

/** What is known of a VolumeSnapshotClass that exists already. */
export interface ExistingSnapshotClassOptions {
  /**
   * The driver that takes the snapshots.
   *
   * @default - not declared
   */
  readonly driver?: ICsiDriver;

  /**
   * What becomes of a snapshot when its VolumeSnapshot is deleted (`deletionPolicy` of the class).
   *
   * @default - not declared
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;
}

/** Secrets that a snapshot class hands to its driver. @see https://kubernetes-csi.github.io/docs/secrets-and-credentials-volume-snapshot-class.html */
export interface SnapshotClassSecrets {
  /**
   * For taking and deleting snapshots.
   *
   * @default - none
   */
  readonly snapshotter?: SecretReference;

  /**
   * For asking about snapshots that were there before (a VolumeSnapshotContent with a `snapshotHandle`).
   *
   * @default - none
   */
  readonly snapshotterList?: SecretReference;
}

/** Properties of a VolumeSnapshotClass. */
export interface VolumeSnapshotClassProps extends ManifestProps {
  /** The name of the class. */
  readonly name: string;

  /** The driver that takes the snapshots. It has to be the driver of the volumes. */
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
  public readonly deletionPolicy?: SnapshotDeletionPolicy;

  /** The VolumeSnapshotClass object. */
  public readonly apiObject: ApiObject;

  /** @throws SNP004, SNP005, SNP006, SNP013, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: VolumeSnapshotClassProps) {
    super(scope, id);
    const { name, manifest, secrets } = classParts(this, SNAPSHOT_CLASS, props);
    this.snapshotClassName = name;
    this.driver = props.driver;
    this.deletionPolicy = manifest.deletionPolicy;
    profileOf(props.driver).checkSnapshotClass?.(this, props.parameters ?? {});
    needController(this);
    this.apiObject = emit(this, 'Resource', VolumeSnapshotClassL1.manifest(manifest), props);
    grantSecrets(this, `volumesnapshotclass-${this.snapshotClassName}-secrets`, props.driver, secrets, props);
  }
}
