import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { GROUP_SNAPSHOT_CLASS } from './class-kinds';
import { classParts } from './class-parts';
import { needGroupSnapshots } from './presence';
import { ExistingSnapshotClassOptions, SnapshotDeletionPolicy } from './volume-snapshot-class';
import { VolumeGroupSnapshotClass as VolumeGroupSnapshotClassL1 } from '../../imports/groupsnapshot.storage.k8s.io';
import { ICsiDriver } from '../csi/i-csi-driver';
import { grantSecrets, SecretReference } from '../csi/secret-reference';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain } from '../manifest/validate';

/** A VolumeGroupSnapshotClass that group snapshots can name. */
export interface IVolumeGroupSnapshotClass {
  /** The name of the class. */
  readonly groupSnapshotClassName: string;

  /**
   * The driver that takes the group snapshots.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;

  /**
   * What becomes of a group snapshot when its VolumeGroupSnapshot is deleted.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;
}

/** Secrets that a group snapshot class hands to its driver. */
export interface GroupSnapshotClassSecrets {
  /**
   * For taking and deleting group snapshots, and the snapshots of their members.
   *
   * @default - none
   */
  readonly groupSnapshotter?: SecretReference;

  /**
   * For asking about group snapshots that were there before (a VolumeGroupSnapshotContent with `groupSnapshotHandles`).
   *
   * @default - none
   */
  readonly groupSnapshotterGet?: SecretReference;
}

/** Properties of a VolumeGroupSnapshotClass. */
export interface VolumeGroupSnapshotClassProps extends ManifestProps {
  /** The name of the class. */
  readonly name: string;

  /** The driver that takes the group snapshots; it needs the capability `groupSnapshot`. */
  readonly driver: ICsiDriver;

  /**
   * What becomes of a group snapshot when its VolumeGroupSnapshot is deleted.
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
  readonly secrets?: GroupSnapshotClassSecrets;

  /**
   * Whether group snapshots of the driver's volumes without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/**
 * A VolumeGroupSnapshotClass: for snapshots of several volumes, taken at one moment.
 *
 * Its driver, deletion policy and parameters, the Secrets among them, cannot be changed later: write a class of another name instead.
 *
 * @see https://kubernetes-csi.github.io/docs/group-snapshot-restore-feature.html
 */
export class VolumeGroupSnapshotClass extends Construct implements IVolumeGroupSnapshotClass {
  /**
   * A class that exists already.
   *
   * @param groupSnapshotClassName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name
   */
  public static fromVolumeGroupSnapshotClassName(groupSnapshotClassName: string, options: ExistingSnapshotClassOptions = {}): IVolumeGroupSnapshotClass {
    return { groupSnapshotClassName: checkSubdomain(undefined, 'the name of the VolumeGroupSnapshotClass', groupSnapshotClassName), ...options };
  }

  public readonly groupSnapshotClassName: string;
  public readonly driver?: ICsiDriver;
  public readonly deletionPolicy?: SnapshotDeletionPolicy;

  /** The VolumeGroupSnapshotClass object. */
  public readonly apiObject: ApiObject;

  /** @throws SNP005, SNP008, SNP009, SNP013 */
  public constructor(scope: Construct, id: string, props: VolumeGroupSnapshotClassProps) {
    super(scope, id);
    const { name, manifest, secrets } = classParts(this, GROUP_SNAPSHOT_CLASS, props);
    this.groupSnapshotClassName = name;
    this.driver = props.driver;
    this.deletionPolicy = manifest.deletionPolicy;
    needGroupSnapshots(this);
    this.apiObject = emit(this, 'Resource', VolumeGroupSnapshotClassL1.manifest(manifest), props);
    grantSecrets(this, `volumegroupsnapshotclass-${this.groupSnapshotClassName}-secrets`, props.driver, secrets, props);
  }
}
