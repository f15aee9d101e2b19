import { Duration } from 'cdk8s';
import { CsiAddonsSchedulePrecedence } from './csi-addons-schedule-precedence';
import { ManifestProps } from '../../../manifest/manifest-props';

/** Properties of a CsiAddonsController. */
export interface CsiAddonsControllerProps extends ManifestProps {
  /**
   * Its own namespace.
   *
   * @default csi-addons-system
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the CRDs are written too. They are protected from pruning: deleting that of VolumeReplication ends the mirroring of every volume.
   *
   * @default true
   */
  readonly installCrds?: boolean;

  /**
   * The registry (and path) in front of `csiaddons/k8s-controller`; for mirrors.
   *
   * @default quay.io
   */
  readonly imageRegistry?: string;

  /**
   * The image, with a tag or digest. Flags, permissions and CRDs stay those of v0.14.0.
   *
   * @default - `<imageRegistry>/csiaddons/k8s-controller:v0.14.0`
   */
  readonly image?: string;

  /**
   * Secrets of its namespace with which the image is pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Where it looks for schedules in annotations.
   *
   * @default CsiAddonsSchedulePrecedence.STORAGE_CLASS
   */
  readonly schedulePrecedence?: CsiAddonsSchedulePrecedence;

  /**
   * How long reclaiming the space of one volume may take, unless its schedule says otherwise.
   *
   * @default - its own: 3 minutes
   */
  readonly reclaimSpaceTimeout?: Duration;

  /**
   * How many objects of a kind it works on at one time.
   *
   * @default - its own: 100
   */
  readonly maxConcurrentReconciles?: number;
}

/** What is known of a csi-addons controller that exists already. */
export interface ExistingCsiAddonsControllerOptions {
  /**
   * The namespace in which it runs.
   *
   * @default csi-addons-system
   */
  readonly namespace?: string;

  /**
   * Where it looks for schedules in annotations; its own default is CLAIM.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly schedulePrecedence?: CsiAddonsSchedulePrecedence;
}
