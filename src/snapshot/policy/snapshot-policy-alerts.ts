import { Duration } from 'cdk8s';

/** The alerts of a SnapshotPolicy. */
export interface SnapshotPolicyAlerts {
  /**
   * Labels of the PrometheusRule, by which a Prometheus selects it.
   *
   * @default - none but those of the policy
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of every alert, for routing. `severity` is `warning` or `critical` unless it is given here.
   *
   * @default - none
   */
  readonly alertLabels?: { [key: string]: string };

  /**
   * How much later than the longest time between two runs the next successful one may be.
   *
   * @default - `startingDeadline` and `runTimeout` together; an hour more where clocks change
   */
  readonly slack?: Duration;
}
