import { Duration } from 'cdk8s';
import { IVolumeSnapshotClass } from '../volume-snapshot-class';

/**
 * What is run in pods before and after the snapshots of their claims. Pods with hooks become part of the backup, and so do all claims that they mount.
 *
 * Velero does not promise the thaw: it is left out when the freeze failed, or when Velero ends in between. The freeze has to end by itself.
 *
 * @see https://velero.io/docs/main/backup-hooks/
 */
export interface VeleroHook {
  /** The name of the hook. */
  readonly name: string;

  /** The labels of the pods, all of them. */
  readonly pods: { [label: string]: string };

  /**
   * The container.
   *
   * @default - the first one
   */
  readonly container?: string;

  /** What is run before: a program and its arguments, not a line for a shell. */
  readonly freeze: string[];

  /**
   * What is run afterwards.
   *
   * @default - nothing
   */
  readonly thaw?: string[];

  /**
   * How long each may take.
   *
   * @default - Velero's: 30 s
   */
  readonly timeout?: Duration;

  /**
   * Whether the snapshot is taken all the same when the freeze failed.
   *
   * @default false
   */
  readonly continueOnError?: boolean;
}

/** How Velero makes backups. */
export interface VeleroOptions {
  /**
   * The namespace of Velero, where its Schedules have to be.
   *
   * @default velero
   */
  readonly namespace?: string;

  /**
   * The BackupStorageLocation.
   *
   * @default - Velero's default one
   */
  readonly storageLocation?: string;

  /**
   * Whether the data is moved into the storage location, off the storage that the snapshots are on.
   *
   * @default true
   */
  readonly moveData?: boolean;

  /**
   * The snapshot classes to be used, one for each driver.
   *
   * @default - the class of the driver with the label `velero.io/csi-volumesnapshot-class`, else its default one, else its only one
   */
  readonly snapshotClasses?: IVolumeSnapshotClass[];

  /**
   * How long a snapshot may take to be ready.
   *
   * @default - Velero's: 10 minutes
   */
  readonly snapshotTimeout?: Duration;

  /**
   * How long the data may take to be moved.
   *
   * @default - Velero's: 4 hours
   */
  readonly moveTimeout?: Duration;

  /**
   * What is run in pods before and after the snapshots.
   *
   * @default - nothing
   */
  readonly hooks?: VeleroHook[];
}
