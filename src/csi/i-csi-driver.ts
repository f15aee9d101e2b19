import { CsiCapabilities } from './capabilities';
import { ServiceAccountReference } from './service-account-reference';

/** A CSI driver that classes and volumes can name: installed by a construct, or there already. */
export interface ICsiDriver {
  /** The name it answers to, as in `provisioner:` of its classes. */
  readonly driverName: string;

  /**
   * Its release, such as `v4.13.4`: some have bugs that the rules know of.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly version?: string;

  /**
   * What it can do.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly capabilities?: CsiCapabilities;

  /**
   * The account of its controller, which reads the Secrets of its classes.
   *
   * @default - not declared
   */
  readonly controllerServiceAccount?: ServiceAccountReference;

  /**
   * The account of its node plugin.
   *
   * @default - not declared
   */
  readonly nodeServiceAccount?: ServiceAccountReference;
}
