import { EncryptionKeyRotationCronJob, ReclaimSpaceCronJob } from '../../../../imports/csiaddons.openshift.io';
import { AddonsFeature } from '../able';

/** One of the two things that csi-addons does to volumes again and again. */
export interface ScheduleKind {
  readonly feature: AddonsFeature;
  /** The property of addStorageClass. */
  readonly property: 'reclaimSpace' | 'keyRotation';
  /** What its objects are called after the claim. */
  readonly suffix: string;
  readonly annotation: string;
  readonly manifest: (props: any) => any;
}

export const RECLAIM_SPACE: ScheduleKind = {
  feature: 'reclaiming space',
  property: 'reclaimSpace',
  suffix: 'reclaimspace',
  annotation: 'reclaimspace.csiaddons.openshift.io/schedule',
  manifest: props => ReclaimSpaceCronJob.manifest(props),
};

export const KEY_ROTATION: ScheduleKind = {
  feature: 'rotating keys',
  property: 'keyRotation',
  suffix: 'keyrotation',
  annotation: 'keyrotation.csiaddons.openshift.io/schedule',
  manifest: props => EncryptionKeyRotationCronJob.manifest(props),
};
