import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { RECLAIM_SPACE } from './kinds';
import { volumeSchedule } from './volume-schedule';
import { VolumeScheduleProps } from './volume-schedule-props';

/**
 * Gives space that files no longer use back to Ceph: a ReclaimSpaceCronJob. While a pod has the volume its file system is trimmed (fstrim), else the image is made sparse. For RBD.
 *
 * @see https://github.com/csi-addons/kubernetes-csi-addons/blob/v0.14.0/docs/reclaimspace.md
 */
export class ReclaimSpaceSchedule extends Construct {
  /** The ReclaimSpaceCronJob. */
  public readonly apiObject: ApiObject;

  /** @throws CEPH171 to CEPH177, CEPH181 */
  public constructor(scope: Construct, id: string, props: VolumeScheduleProps) {
    super(scope, id);
    this.apiObject = volumeSchedule(this, RECLAIM_SPACE, props);
  }
}
