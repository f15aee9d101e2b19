import { ApiObject, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { malformed } from './checks';
import { checkCopies, checkSnapshotClass } from './copies';
import { notePopulated } from './populator';
import { DESTINATION, restoreManifest } from './restore-parts';
import { VolSyncRestoreOptions } from './volsync-restore-options';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { emit } from '../../manifest/emit';
import { quantity } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { checkAccessModes, checkHandedOver, notHandedOver } from '../../volume/checks';
import { IDataSource } from '../../volume/data-source';
import { AccessMode, VolumeMode } from '../../volume/modes';
import { IStorageClass } from '../../volume/storage-class';
import { IVolumeSnapshotClass } from '../volume-snapshot-class';

/** Properties of a VolSyncRestore. */
export interface VolSyncRestoreProps extends VolSyncRestoreOptions {
  /**
   * The namespace, which has to be that of the new claims.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /** How large the volume is that the backup is restored into. It has to hold all of it; a new claim is at least as large. */
  readonly capacity: Size;

  /** The class of that volume. Its driver takes a snapshot of it, of which the new claims are made. */
  readonly storageClass: IStorageClass;

  /**
   * The access modes of that volume.
   *
   * @default [AccessMode.READ_WRITE_ONCE]
   */
  readonly accessModes?: AccessMode[];

  /**
   * The class of that snapshot.
   *
   * @default - the default class of the driver
   */
  readonly snapshotClass?: IVolumeSnapshotClass;

  /**
   * Whether the cluster has the CRD `volumepopulators.populator.storage.k8s.io`, and VolSync was started after it.
   *
   * @default - only if this app writes it; else a warning (`SNP063`)
   */
  readonly populatorInstalled?: boolean;
}

/**
 * A backup of VolSync that new claims are filled from: hand it over as their `dataSource`. A claim waits until the restore is complete, and so does every pod
 * that mounts it. No claim that is there already is touched.
 *
 * It may be removed when the claims are bound.
 *
 * @see https://volsync.readthedocs.io/en/stable/usage/volume-populator/index.html
 */
export class VolSyncRestore extends Construct implements IDataSource {
  public readonly namespace?: string;
  public readonly dataSourceKind: string = DESTINATION.kind;
  public readonly dataSourceApiGroup?: string = DESTINATION.group;
  public readonly dataSourceName: string;
  public readonly dataSourceDriver?: ICsiDriver;
  public readonly dataSourceSize?: Size;
  public readonly dataSourceVolumeMode?: VolumeMode = VolumeMode.FILESYSTEM;

  /** The ReplicationDestination object. */
  public readonly apiObject: ApiObject;

  /** @throws SNP011, SNP051, SNP061, VOL005, VOL008 */
  public constructor(scope: Construct, id: string, props: VolSyncRestoreProps) {
    super(scope, id);
    const { storageClass, snapshotClass } = props;
    checkHandedOver(this, 'the class', storageClass, 'storageClassName', 'StorageClass.fromStorageClassName');
    checkHandedOver(this, 'the snapshot class', snapshotClass, 'snapshotClassName', 'VolumeSnapshotClass.fromVolumeSnapshotClassName');
    if (!storageClass) {
      malformed(this, 'the class', notHandedOver(storageClass), "hand one over: storageClass: StorageClass.fromStorageClassName('fast', { driver })");
    }
    Cluster.requireSame(this, storageClass, `StorageClass.fromStorageClassName('${storageClass.storageClassName}')`);
    Cluster.requireSame(this, snapshotClass, `VolumeSnapshotClass.fromVolumeSnapshotClassName('${snapshotClass?.snapshotClassName}')`);
    const what = `class '${storageClass.storageClassName}'`;
    checkCopies(this, 'Snapshot', storageClass.driver, what, 'VolSyncDirectRestore into a new claim');
    checkSnapshotClass(this, snapshotClass, storageClass.driver, what);
    notePopulated(this, props.populatorInstalled ?? false);

    this.apiObject = emit(this, 'Resource', restoreManifest(this, props.namespace, props, {
      copyMethod: 'Snapshot',
      capacity: quantity(this, 'capacity', props.capacity),
      accessModes: checkAccessModes(this, props.accessModes ?? [AccessMode.READ_WRITE_ONCE]),
      storageClassName: storageClass.storageClassName,
      ...(snapshotClass ? { volumeSnapshotClassName: snapshotClass.snapshotClassName } : {}),
      // The next restore begins on an empty volume, and until then none is paid for.
      cleanupTempPVC: true,
    }), props);
    this.dataSourceName = props.name;
    this.namespace = props.namespace ?? Chart.of(this).namespace;
    this.dataSourceDriver = storageClass.driver;
    this.dataSourceSize = props.capacity;
  }
}
