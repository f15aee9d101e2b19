import { Duration } from 'cdk8s';
import { MirroringFlattenMode } from './flatten-mode';
import { MirroringMode } from './mirroring-mode';
import { ICsiDriver } from '../../../csi/i-csi-driver';
import { SecretReference } from '../../../csi/secret-reference';
import { ManifestProps } from '../../../manifest/manifest-props';

/**
 * How volumes are mirrored. It cannot be changed in a cluster, nor the class of a VolumeReplication that is there: a class of another name is for volumes that are mirrored from now on.
 * The interval of others is changed in Ceph: `rbd mirror snapshot schedule`.
 */
export interface CephReplicationClassOptions extends ManifestProps {
  /**
   * How.
   *
   * @default - ceph-csi's own: MirroringMode.SNAPSHOT
   */
  readonly mirroringMode?: MirroringMode;

  /**
   * How often a mirror snapshot is taken, in whole minutes. Not with MirroringMode.JOURNAL.
   *
   * @default - as the pool, or its RADOS namespace, says
   */
  readonly schedulingInterval?: Duration;

  /**
   * From when on, with `schedulingInterval`, such as `14:00:00-05:00`.
   *
   * @default - at once
   */
  readonly schedulingStartTime?: string;

  /**
   * What becomes of images that are clones.
   *
   * @default - ceph-csi's own: MirroringFlattenMode.NEVER
   */
  readonly flattenMode?: MirroringFlattenMode;
}

/** Properties of a VolumeReplicationClass. */
export interface VolumeReplicationClassProps extends CephReplicationClassOptions {
  /** The name of the class. Both clusters may have one of the same name. */
  readonly name: string;

  /** The driver of the volumes: ceph-csi for RBD. */
  readonly driver: ICsiDriver;

  /** The Secret of the Ceph user who mirrors, usually that of the provisioner. The driver's controller is granted to read it. */
  readonly secret: SecretReference;
}
