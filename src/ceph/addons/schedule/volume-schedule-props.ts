import { Duration } from 'cdk8s';
import { ManifestProps } from '../../../manifest/manifest-props';
import { Schedule } from '../../../snapshot/schedule';
import { IPersistentVolumeClaim } from '../../../volume/persistent-volume-claim';

/** Properties of a ReclaimSpaceSchedule and a KeyRotationSchedule. */
export interface VolumeScheduleProps extends ManifestProps {
  /** The claim whose volume it is done to. */
  readonly claim: IPersistentVolumeClaim;

  /** When. */
  readonly schedule: Schedule;

  /**
   * The name of the object. By its usual name it takes the place of the schedule that the class of the claim has.
   *
   * @default - `<claim>-reclaimspace` or `<claim>-keyrotation`
   */
  readonly name?: string;

  /**
   * The namespace of the claim.
   *
   * @default - that of `claim`, if it is known, else the chart's
   */
  readonly namespace?: string;

  /**
   * Whether it waits until somebody sets this to false.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * How late it may begin, where the controller was away at the time; at least one second.
   *
   * @default - however late, unless it missed more than 100 times: then never again
   */
  readonly startingDeadline?: Duration;

  /**
   * How long one call of the driver may take, at least one minute.
   *
   * @default - csi-addons' own: 3 minutes
   */
  readonly timeout?: Duration;

  /**
   * How often it is tried again, up to 60 times.
   *
   * @default - csi-addons' own: 6
   */
  readonly backoffLimit?: number;

  /**
   * For how long it is tried again, up to 30 minutes.
   *
   * @default - csi-addons' own: 10 minutes
   */
  readonly retryDeadline?: Duration;

  /**
   * How many jobs that went well are kept, up to 60.
   *
   * @default - csi-addons' own: 3
   */
  readonly successfulJobsHistoryLimit?: number;

  /**
   * How many jobs that failed are kept, up to 60.
   *
   * @default - csi-addons' own: 1
   */
  readonly failedJobsHistoryLimit?: number;
}
