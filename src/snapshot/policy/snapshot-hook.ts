import { Duration } from 'cdk8s';

/**
 * What is run in the pods of a claim around its snapshot, so that an application has written all that belongs together.
 *
 * Both commands are for `sh`. Thawing is guaranteed: it runs within the container, when the snapshot is cut, when it fails, when the
 * connection to the policy's own pod breaks, and at the latest after `timeout`. It also runs when freezing failed, so it has to be harmless then.
 */
export interface SnapshotHook {
  /** What stops writes, or brings the application into a state that can be restored; for `sh -c`. */
  readonly freeze: string;

  /** What undoes that; for `sh -c`. */
  readonly thaw: string;

  /**
   * Labels of the pods in which it is run.
   *
   * @default - the pods that mount the claim
   */
  readonly podLabels?: { [label: string]: string };

  /**
   * The container in which it is run.
   *
   * @default - the first one of the pod
   */
  readonly container?: string;

  /**
   * How long the application is frozen at most, in whole seconds. A snapshot that is not cut by then is deleted, and counts as failed.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * Whether a snapshot is taken even though freezing failed.
   *
   * @default false
   */
  readonly optional?: boolean;
}
