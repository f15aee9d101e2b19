import { Duration } from 'cdk8s';

/**
 * Which snapshots of a claim are kept, with the meaning that restic gives to these words: of each hour, day, week (from Monday), month and
 * year, in the time zone of the schedule, the newest is kept; only those count that have a snapshot; and whatever one rule keeps, is kept.
 *
 * Only snapshots that are ready count. What is still being taken is neither counted nor deleted.
 *
 * @see https://restic.readthedocs.io/en/stable/060_forget.html
 */
export interface SnapshotRetention {
  /**
   * How many are kept, whenever they were taken.
   *
   * @default - none by this rule
   */
  readonly last?: number;

  /**
   * Of how many hours the newest is kept.
   *
   * @default - none by this rule
   */
  readonly hourly?: number;

  /**
   * Of how many days the newest is kept.
   *
   * @default - none by this rule
   */
  readonly daily?: number;

  /**
   * Of how many weeks the newest is kept.
   *
   * @default - none by this rule
   */
  readonly weekly?: number;

  /**
   * Of how many months the newest is kept.
   *
   * @default - none by this rule
   */
  readonly monthly?: number;

  /**
   * Of how many years the newest is kept.
   *
   * @default - none by this rule
   */
  readonly yearly?: number;

  /**
   * All are kept that were taken within this time before the newest one.
   *
   * @default - none by this rule
   */
  readonly within?: Duration;

  /**
   * None is kept that is older, whatever the rules above say; `minReady` and the hold label still keep it.
   *
   * @default - no limit
   */
  readonly maxAge?: Duration;

  /**
   * None is deleted that is younger.
   *
   * @default - no limit
   */
  readonly minAge?: Duration;

  /**
   * So many of the newest ready ones are never deleted, however old. By a SnapshotPolicy with the embedded engine; a BackupPolicy keeps by the other rules alone.
   *
   * @default 1
   */
  readonly minReady?: number;

  /**
   * A snapshot that failed is deleted when it is older and a newer one is ready.
   *
   * @default Duration.days(1)
   */
  readonly failedAfter?: Duration;

  /**
   * Snapshots of a claim that is gone are deleted when they are older than this, the last one too.
   *
   * @default - they are kept: they may be the last copy
   */
  readonly orphanedAfter?: Duration;
}
