import { Size } from 'cdk8s';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { ManifestProps } from '../../manifest/manifest-props';
import { Schedule } from '../../snapshot/schedule';
import { AccessMode, ReclaimPolicy, VolumeBindingMode, VolumeMode } from '../../volume/modes';
import { ClaimReference } from '../../volume/persistent-volume';
import { CephCredentials } from '../auth/ceph-credentials';
import { CephCluster } from '../ceph-cluster';
import { CephDeployment } from '../deployment';
import { CephRbdImageOptions, RbdImageFeature, RbdMounter } from '../image';
import { RbdMapOptions, RbdUnmapOptions } from '../image/rbd-map-options';
import { CephKms, RbdEncryption } from '../kms';

/** Properties of a CephRbdStorage. */
export interface CephRbdStorageProps extends ManifestProps {
  /** The Ceph cluster. */
  readonly cluster: CephCluster;

  /** The Ceph users as which the driver's controller and its node plugin come. */
  readonly credentials: CephCredentials;

  /** The pool of images whose class names none. It has to exist, and to be initialized (`rbd pool init`). */
  readonly pool: string;

  /**
   * The driver.
   *
   * @default - ceph-csi for RBD is installed as a child of this construct
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
   * Whether the driver that is installed here takes snapshots of several volumes at one moment.
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
   * Whether the driver that is installed here has the sidecar of csi-addons.
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

/** A StorageClass of RBD. What is said here lands in every volume, and cannot be changed in a class that is in a cluster: add one of another name instead. */
export interface CephRbdStorageClassOptions extends ManifestProps, CephRbdImageOptions {
  /**
   * The pool of the images; with `dataPool` only what describes them.
   *
   * @default - that of the CephRbdStorage; with `topologyPools` theirs
   */
  readonly pool?: string;

  /**
   * Encryption of each image, before it leaves the node.
   *
   * @default - images are not encrypted
   */
  readonly encryption?: RbdEncryption;

  /**
   * The file system of its volumes: `ext4` or `xfs`.
   *
   * @default - ext4
   */
  readonly fsType?: string;

  /**
   * Options for mounting its file systems, one per entry, such as `discard`.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * What becomes of the image when its claim is deleted.
   *
   * @default - Kubernetes' own: ReclaimPolicy.DELETE
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * When a claim gets its volume.
   *
   * @default - Kubernetes' own: VolumeBindingMode.IMMEDIATE; with `topologyPools` WAIT_FOR_FIRST_CONSUMER
   */
  readonly volumeBindingMode?: VolumeBindingMode;

  /**
   * Where volumes may be made: for `domainLabels` of the driver the values that will do, such as `{ 'topology.kubernetes.io/zone': ['a'] }`. They are written as the driver
   * names them, `topology.<driver>/zone`.
   *
   * @default - wherever the pod wants it
   */
  readonly allowedTopologies?: { [label: string]: string[] };

  /**
   * Whether claims can be enlarged.
   *
   * @default false
   */
  readonly expansion?: boolean;

  /**
   * When space that files no longer use is given back to Ceph, of every volume of the class. It is an annotation, so it can be changed in a class that is in a cluster.
   *
   * @default - never; see ReclaimSpaceSchedule for single claims
   */
  readonly reclaimSpace?: Schedule;

  /**
   * When the devices of the class get new keys; with `encryption`. It is an annotation, so it can be changed in a class that is in a cluster.
   *
   * @default - never; see KeyRotationSchedule for single claims
   */
  readonly keyRotation?: Schedule;

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

/** A volume for an image that exists already. The driver cannot snapshot, clone or enlarge it. */
export interface CephRbdStaticVolumeOptions extends ManifestProps {
  /** The image's name. A second image of that name, in another pool, cannot have a volume beside it: ceph-csi#4526. */
  readonly image: string;

  /** Its size, compared with what claims ask for. */
  readonly capacity: Size;

  /**
   * The pool of the image.
   *
   * @default - that of the CephRbdStorage
   */
  readonly pool?: string;

  /**
   * The features of the image (`rbd info`).
   *
   * @default [RbdImageFeature.LAYERING]
   */
  readonly imageFeatures?: RbdImageFeature[];

  /**
   * What maps the image.
   *
   * @default - the kernel
   */
  readonly mounter?: RbdMounter;

  /**
   * Options for mapping it.
   *
   * @default - none
   */
  readonly mapOptions?: RbdMapOptions;

  /**
   * Options for unmapping it.
   *
   * @default - none
   */
  readonly unmapOptions?: RbdUnmapOptions;

  /**
   * Its file system. An image on which none is found is formatted: for a device that a database writes by itself, say `volumeMode: VolumeMode.BLOCK`.
   *
   * @default ext4
   */
  readonly fsType?: string;

  /**
   * A directory or a device.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Whether it is mounted read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Who may mount it.
   *
   * @default - [AccessMode.READ_WRITE_ONCE], with readOnly [AccessMode.READ_ONLY_MANY]
   */
  readonly accessModes?: AccessMode[];

  /**
   * Options for mounting its file system.
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
