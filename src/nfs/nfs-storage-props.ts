import { Size } from 'cdk8s';
import { NfsNodeService, NfsProtocol } from './nfs-protocol';
import { NfsServer } from './nfs-server';
import { ICsiDriver } from '../csi/i-csi-driver';
import { ManifestProps } from '../manifest/manifest-props';
import { SnapshotDeletionPolicy } from '../snapshot/volume-snapshot-class';
import { AccessMode, VolumeBindingMode } from '../volume/modes';
import { ClaimReference } from '../volume/persistent-volume';

/** What becomes of a claim's directory on the server when the claim is deleted. */
export enum WhenDeleted {
  /** The directory is deleted. */
  DELETE = 'delete',
  /** The directory is renamed to `archived-<directory>`; someone has to remove it later. */
  ARCHIVE = 'archive',
  /** The directory stays as it is; the PersistentVolume is deleted. */
  KEEP_DATA = 'keep-data',
  /** The directory and the PersistentVolume stay; someone has to remove both later. */
  KEEP_VOLUME = 'keep-volume',
}

/** Properties of an NfsStorage. */
export interface NfsStorageProps extends ManifestProps {
  /** The server. */
  readonly server: NfsServer;

  /**
   * The driver.
   *
   * @default - csi-driver-nfs is installed as a child of this construct
   */
  readonly driver?: ICsiDriver;

  /**
   * Whether the driver that is installed here takes snapshots.
   *
   * @default false
   */
  readonly snapshots?: boolean;

  /**
   * How volumes are mounted.
   *
   * @default - NFSv4.1, hard
   */
  readonly protocol?: NfsProtocol;

  /**
   * Services that run on every node, for mount options that need them.
   *
   * @default - none
   */
  readonly nodesProvide?: NfsNodeService[];

  /**
   * The name of the Secret that carries the mount options to the driver. Nothing in it is secret: it is the only way
   * to mount with the same options when a volume or snapshot is deleted.
   *
   * @default - `nfs-mount-options-<host>`
   */
  readonly secretName?: string;

  /**
   * The namespace of that Secret.
   *
   * @default - that of the driver's controller
   */
  readonly secretNamespace?: string;
}

/** Parameters of a StorageClass of nfs-subdir-external-provisioner, as they stand there. @see https://github.com/kubernetes-sigs/nfs-subdir-external-provisioner */
export interface NfsSubdirParameters {
  /**
   * The directory of each volume, from text, `${.PVC.namespace}` and `${.PVC.name}`. Labels and annotations have no counterpart.
   *
   * @default - `<namespace>-<claim>-<volume>`, as there
   */
  readonly pathPattern?: string;

  /**
   * `delete` or `retain`; it wins over `archiveOnDelete`. Anything else has no effect, as there.
   *
   * @default - `archiveOnDelete` decides
   */
  readonly onDelete?: string;

  /**
   * Whether the directory is archived, `true` or `false`.
   *
   * @default - `true`, as there
   */
  readonly archiveOnDelete?: string;
}

/** A StorageClass of an NFS server. */
export interface NfsStorageClassOptions extends ManifestProps {
  /**
   * The exported directory.
   *
   * @default - that of the server
   */
  readonly share?: string;

  /**
   * The directory of each volume below the share, from text and `${pvc.metadata.namespace}`, `${pvc.metadata.name}`, `${pv.metadata.name}`.
   *
   * @default - the name of the PersistentVolume; with `migrateFrom`, as it says
   */
  readonly subDir?: string;

  /**
   * What becomes of a claim's directory when the claim is deleted. It cannot be changed in a class that is in a cluster: add one
   * of another name instead; volumes that exist keep what they were made with.
   *
   * @default - WhenDeleted.ARCHIVE; with `migrateFrom`, as it says
   */
  readonly whenDeleted?: WhenDeleted;

  /**
   * The parameters of the class of nfs-subdir-external-provisioner that this one replaces; `subDir` and `whenDeleted` are
   * translated from it. If its reclaimPolicy was Retain, give WhenDeleted.KEEP_VOLUME too.
   *
   * @default - none
   */
  readonly migrateFrom?: NfsSubdirParameters;

  /**
   * How volumes of this class are mounted, where that differs from the storage: what is left out here is as it is there. It goes into a Secret of
   * its own, named `<secretName>-<class>`. It cannot be changed in a class that is in a cluster: add one of another name instead. Volumes that exist keep the options that they were made with; snapshots are taken by those of the storage.
   *
   * @default - the protocol of the NfsStorage
   */
  readonly protocol?: NfsProtocol;

  /**
   * Permissions of each volume's directory, octal, such as `2770`; the set-group-id bit (2) belongs to a pod's `fsGroup`.
   *
   * @default - as the server creates it, usually 0755; a pod's `fsGroup` may change it
   */
  readonly mountPermissions?: string;

  /**
   * Whether claims without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Whether claims can be enlarged. NFS does not limit sizes, so only the number changes.
   *
   * @default false
   */
  readonly expansion?: boolean;

  /**
   * When a claim gets its volume.
   *
   * @default - Kubernetes' own: VolumeBindingMode.IMMEDIATE
   */
  readonly volumeBindingMode?: VolumeBindingMode;
}

/** A volume for a directory that exists already. */
export interface NfsStaticVolumeOptions extends ManifestProps {
  /** Its size, compared with what claims ask for. NFS limits nothing. */
  readonly capacity: Size;

  /**
   * The exported directory.
   *
   * @default - that of the server
   */
  readonly share?: string;

  /**
   * The directory below the share.
   *
   * @default - the share itself
   */
  readonly subDir?: string;

  /**
   * Whether nodes mount it read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Who may mount it.
   *
   * @default - [AccessMode.READ_WRITE_MANY], with readOnly [AccessMode.READ_ONLY_MANY]
   */
  readonly accessModes?: AccessMode[];

  /**
   * The one claim that may bind it. A `PersistentVolumeClaim` with `volume` reserves it by itself.
   *
   * @default - any claim that names it
   */
  readonly claim?: ClaimReference;
}

/** A VolumeSnapshotClass of an NFS server. */
export interface NfsSnapshotClassOptions extends ManifestProps {
  /**
   * The exported directory into which snapshots are written, each in a directory of its own.
   *
   * @default - the share of the volume
   */
  readonly share?: string;

  /**
   * What becomes of a snapshot when its VolumeSnapshot is deleted.
   *
   * @default SnapshotDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * Whether snapshots of the driver's volumes without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}
