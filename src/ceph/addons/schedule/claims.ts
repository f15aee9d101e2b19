import { ICsiDriver } from '../../../csi/i-csi-driver';
import { PersistentVolume } from '../../../volume/persistent-volume';
import { IPersistentVolumeClaim, PersistentVolumeClaim } from '../../../volume/persistent-volume-claim';

/** The volume of a claim, if it was written here. */
export function volumeOf(claim: IPersistentVolumeClaim): PersistentVolume | undefined {
  return claim instanceof PersistentVolumeClaim && claim.volume instanceof PersistentVolume ? claim.volume : undefined;
}

export function driverOf(claim: IPersistentVolumeClaim): ICsiDriver | undefined {
  return claim.storageClass?.driver ?? claim.dataSourceDriver;
}

/** Whether ceph-csi did not make its volume. */
export function isStatic(claim: IPersistentVolumeClaim): boolean {
  return volumeOf(claim)?.source.csiOptions?.volumeAttributes?.staticVolume === 'true';
}
