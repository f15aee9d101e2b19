import { Size } from 'cdk8s';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { ManifestProps } from '../../manifest/manifest-props';
import { AccessMode, ReclaimPolicy, VolumeBindingMode } from '../../volume/modes';
import { ClaimReference } from '../../volume/persistent-volume';
import { CephCredentials } from '../auth/ceph-credentials';
import { CephCluster } from '../ceph-cluster';
import { CephDeployment } from '../deployment';
import { CephFsClientOptions, CephFsMountOptions } from '../image';
import { CephFsEncryption, CephKms } from '../kms';

/** Properties of a CephFsStorage. */
export interface CephFsStorageProps extends ManifestProps {
  /** The Ceph cluster. */
  readonly cluster: CephCluster;

  /** The Ceph users as which the driver's controller and its node plugin come. */
  readonly credentials: CephCredentials;

  /** The file system's name (`ceph fs ls`). */
  readonly fsName: string;

  /**
   * The driver.
   *
   * @default - ceph-csi for CephFS is installed as a child of this construct
   */
  readonly driver?: ICsiDriver;

  /**
   * Who writes the pods of the driver that is installed here.
   *
   * @default - CephDeployment.STANDALONE; CephDeployment.OPERATOR for a Ceph cluster of Rook, which tells only that of it
   */
  readonly deployment?: CephDeployment;

  /**
   * Whether the driver that is installed here takes snapshots.
   *
   * @default false
   */
  readonly snapshots?: boolean;

  /**
   * Whether the driver that is installed here takes snapshots of several volumes at one moment. Ceph 19.
   *
   * @default false
   */
  readonly groupSnapshots?: boolean;

  /**
   * Whether the driver that is installed here changes volumes by a VolumeAttributesClass.
   *
   * @default false
   */
  readonly volumeAttributes?: boolean;

  /**
   * Whether the driver that is installed here has the sidecar of csi-addons, for `addNetworkFenceClass`.
   *
   * @default false
   */
  readonly csiAddons?: boolean;

  /**
   * Key management systems of the driver that is installed here, for encrypted classes.
   *
   * @default - none
   */
  readonly kms?: CephKms[];
}

/** A StorageClass of CephFS. What is said here lands in every volume, and cannot be changed in a class that is in a cluster: add one of another name instead. */
export interface CephFsStorageClassOptions extends ManifestProps, CephFsMountOptions {
  /**
   * Encryption of each volume by the client (fscrypt). Linux 6.6.
   *
   * @default - volumes are not encrypted
   */
  readonly encryption?: CephFsEncryption;

  /**
   * Options for mounting its volumes, one per entry, whatever mounts them.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * What becomes of the subvolume when its claim is deleted.
   *
   * @default - Kubernetes' own: ReclaimPolicy.DELETE
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * When a claim gets its volume.
   *
   * @default - Kubernetes' own: VolumeBindingMode.IMMEDIATE
   */
  readonly volumeBindingMode?: VolumeBindingMode;

  /**
   * Whether claims can be enlarged.
   *
   * @default false
   */
  readonly expansion?: boolean;

  /**
   * Whether claims without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Parameters of ceph-csi for which there is no property.
   *
   * @default - none
   */
  readonly extraParameters?: { [key: string]: string };
}

/** A volume for a directory of CephFS that exists already. The driver cannot snapshot, clone or enlarge it. */
export interface CephFsStaticVolumeOptions extends ManifestProps, CephFsClientOptions {
  /** The directory in the file system, such as `/volumes/csi/data` (`ceph fs subvolume getpath`). */
  readonly rootPath: string;

  /** Its size, compared with what claims ask for. */
  readonly capacity: Size;

  /**
   * The file system's name.
   *
   * @default - that of the CephFsStorage
   */
  readonly fsName?: string;

  /**
   * Whether it is mounted read-only.
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
   * Options for mounting it, one per entry, whatever mounts it.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * The one claim that may bind it. A `PersistentVolumeClaim` with `volume` reserves it by itself.
   *
   * @default - any claim that names it
   */
  readonly claim?: ClaimReference;
}
