import { ApiObject } from 'cdk8s';
import { nameOf, WrittenVolume } from './pod-spec';
import { VOLUME_RULES } from './rules';
import { profileByName } from '../csi/driver-profile';
import { report, unchecked } from '../findings/report';

/** Finds an object of a cluster by kind and name, and namespace where it has one. */
export type Find = (kind: string, name: unknown, namespace?: string) => any;

/** Whether a volume of a driver, or of the node itself, can be mounted with mapped users. */
function mapsUsers(workload: ApiObject, source: any): boolean {
  return !source.nfs && (source.csi ? profileByName(workload, source.csi.driver).idmappedMounts ?? true : true);
}

/** The same for what a claim asks for; `undefined` when it is not known who serves it, or it is no CSI driver: such names have a slash. */
function claimMapsUsers(workload: ApiObject, claim: any, find: Find): boolean | undefined {
  const volume = find('PersistentVolume', claim?.volumeName)?.spec;
  const storageClass = find('StorageClass', claim?.storageClassName);
  return claim?.volumeMode === 'Block' ? true
    : volume ? mapsUsers(workload, volume)
      : storageClass && !`${storageClass.provisioner}`.includes('/') ? mapsUsers(workload, { csi: { driver: storageClass.provisioner } }) : undefined;
}

/** VOL032, for a volume that the user wrote into a pod with a user namespace. */
export function checkMappedUsers(workload: ApiObject, { name, source }: WrittenVolume, find: Find): void {
  const { persistentVolumeClaim, ephemeral } = source;
  const claim = persistentVolumeClaim ? find('PersistentVolumeClaim', persistentVolumeClaim.claimName, workload.metadata.namespace ?? 'default')?.spec : ephemeral?.volumeClaimTemplate?.spec;
  const maps = persistentVolumeClaim || ephemeral ? claimMapsUsers(workload, claim, find) : mapsUsers(workload, source);
  if (maps === undefined) {
    unchecked(workload, VOLUME_RULES.VOL032, `the driver of the volume '${name}': its claim or class is not written here, or names no CSI driver`);
  } else if (!maps) {
    report(workload, VOLUME_RULES.VOL032, { workload: nameOf(workload), volume: `the volume '${name}'` });
  }
}
