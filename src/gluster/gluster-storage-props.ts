import { Size } from 'cdk8s';
import { GlusterAccess } from './gluster-access';
import { GlusterCluster } from './gluster-cluster';
import { KadaluAccessOptions } from './kadalu/kadalu-access-options';
import { ICsiDriver } from '../csi/i-csi-driver';
import { ManifestProps } from '../manifest/manifest-props';
import { WhenDeleted } from '../nfs/nfs-storage-props';
import { SnapshotDeletionPolicy } from '../snapshot/volume-snapshot-class';
import { AccessMode, VolumeBindingMode } from '../volume/modes';
import { ClaimReference } from '../volume/persistent-volume';

/** Properties of a GlusterStorage. */
export interface GlusterStorageProps extends ManifestProps {
  /** The Gluster: one that exists, or one that Kadalu runs. */
  readonly cluster: GlusterCluster;

  /**
   * How pods come to the data.
   *
   * @default - GlusterAccess.NFS_GATEWAY for a Gluster that exists, GlusterAccess.KADALU_CSI for one that Kadalu runs
   */
  readonly access?: GlusterAccess;

  /**
   * How Kadalu serves a Gluster that exists; with GlusterAccess.KADALU_CSI only.
   *
   * @default - see KadaluAccessOptions
   */
  readonly kadalu?: KadaluAccessOptions;

  /**
   * The driver: a KadaluOperator, or `KadaluOperator.existing()`, with GlusterAccess.KADALU_CSI.
   *
   * @default - it is installed as a child of this construct
   */
  readonly driver?: ICsiDriver;
}

/** A StorageClass on a Gluster. */
export interface GlusterStorageClassOptions extends ManifestProps {
  /**
   * The pool, of a Gluster that Kadalu runs.
   *
   * @default - the only one
   */
  readonly pool?: string;

  /**
   * What becomes of a volume when its claim is deleted. With Kadalu the pool says it, for all its classes; a class can only say KEEP_VOLUME.
   *
   * @default - what the pool says
   */
  readonly whenDeleted?: WhenDeleted;

  /**
   * Whether each volume is a file with an XFS file system in it, for one node at a time, instead of a directory; with Kadalu only. For
   * programs with many small files, or that Gluster's own semantics do not suit.
   *
   * @default false
   */
  readonly virtualBlock?: boolean;

  /**
   * Whether claims can be enlarged.
   *
   * @default - Kubernetes' own: false
   */
  readonly expansion?: boolean;

  /**
   * When a claim gets its volume.
   *
   * @default - Kubernetes' own: VolumeBindingMode.IMMEDIATE
   */
  readonly volumeBindingMode?: VolumeBindingMode;

  /**
   * Whether claims without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/** A PersistentVolume for a directory that exists. */
export interface GlusterStaticVolumeOptions extends ManifestProps {
  /** How large it is said to be. Nothing is limited by it. */
  readonly capacity: Size;

  /**
   * The pool, of a Gluster that Kadalu runs.
   *
   * @default - the only one
   */
  readonly pool?: string;

  /**
   * The directory, from the root of the Gluster volume: `reports/2026`. With Kadalu it is created if it is not there, and each mount opens it to everybody (0777).
   *
   * @default - the whole Gluster volume
   */
  readonly path?: string;

  /**
   * How nodes may mount it.
   *
   * @default - ReadWriteMany
   */
  readonly accessModes?: AccessMode[];

  /**
   * The claim that it is for.
   *
   * @default - any that asks for it by name
   */
  readonly claim?: ClaimReference;
}

/** A VolumeSnapshotClass on a Gluster. */
export interface GlusterSnapshotClassOptions extends ManifestProps {
  /**
   * What becomes of a snapshot when its VolumeSnapshot is deleted.
   *
   * @default SnapshotDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * Whether snapshots without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}
