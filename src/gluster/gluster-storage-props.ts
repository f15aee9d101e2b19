import { Size } from 'cdk8s';
import { GlusterGatewayOptions } from './gateway/gateway-options';
import { GlusterAccess } from './gluster-access';
import { GlusterCluster } from './gluster-cluster';
import { KadaluAccessOptions } from './kadalu/kadalu-access-options';
import { GlusterNodeMountOptions } from './node-mount/node-mount-options';
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
   * The NFS server between nodes and Gluster; required by GlusterAccess.NFS_GATEWAY, and with it only.
   *
   * @default - none
   */
  readonly gateway?: GlusterGatewayOptions;

  /**
   * The pods that mount the volume on their nodes; required by GlusterAccess.NODE_MOUNT, and with it only.
   *
   * @default - none
   */
  readonly nodeMount?: GlusterNodeMountOptions;

  /**
   * How Kadalu serves a Gluster that exists; with GlusterAccess.KADALU_CSI only.
   *
   * @default - see KadaluAccessOptions
   */
  readonly kadalu?: KadaluAccessOptions;

  /**
   * The driver: with GlusterAccess.NFS_GATEWAY a NfsCsiDriver, with KADALU_CSI a KadaluOperator, or what `existing()` of either gives.
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
   * The export of the gateway, `/<name>`.
   *
   * @default - the first
   */
  readonly share?: string;

  /**
   * The directory of each volume below the export, by a gateway, from text and `${pvc.metadata.namespace}`, `${pvc.metadata.name}`, `${pv.metadata.name}`.
   *
   * @default - the name of the PersistentVolume
   */
  readonly subDir?: string;

  /**
   * Permissions of each volume's directory, by a gateway, octal, such as `2770`. Kadalu opens each to everybody (0777).
   *
   * @default - usually 0755; a pod's `fsGroup` may change it
   */
  readonly mountPermissions?: string;

  /**
   * What becomes of a volume when its claim is deleted. With Kadalu the pool says it, for all its classes; a class can only say KEEP_VOLUME.
   *
   * @default - by a gateway WhenDeleted.ARCHIVE; with Kadalu what the pool says
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
   * @default - the whole Gluster volume; required by a mount on the nodes
   */
  readonly subDir?: string;

  /**
   * The export of the gateway, `/<name>`.
   *
   * @default - the first
   */
  readonly share?: string;

  /**
   * Whether nodes mount it read-only; by a gateway only. Elsewhere pods can: `mountTo(workload, { readOnly: true })`.
   *
   * @default false
   */
  readonly readOnly?: boolean;

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

/** A VolumeSnapshotClass on a Gluster, by a gateway. */
export interface GlusterSnapshotClassOptions extends ManifestProps {
  /**
   * The export of the gateway into which snapshots are written.
   *
   * @default - that of the volume
   */
  readonly share?: string;

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
