import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KEY_ROTATION } from './kinds';
import { volumeSchedule } from './volume-schedule';
import { VolumeScheduleProps } from './volume-schedule-props';

/**
 * Gives an encrypted device a new key again and again: an EncryptionKeyRotationCronJob. What is encrypted with stays: it is the passphrase for it that changes. While no pod has the volume each job fails. For RBD.
 *
 * @see https://github.com/csi-addons/kubernetes-csi-addons/blob/v0.14.0/docs/encryptionkeyrotation.md
 */
export class KeyRotationSchedule extends Construct {
  /** The EncryptionKeyRotationCronJob. */
  public readonly apiObject: ApiObject;

  /** @throws CEPH171 to CEPH177, CEPH180 */
  public constructor(scope: Construct, id: string, props: VolumeScheduleProps) {
    super(scope, id);
    this.apiObject = volumeSchedule(this, KEY_ROTATION, props);
  }
}
