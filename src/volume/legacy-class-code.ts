import { VolumeBindingMode } from './modes';
import { LegacyClass } from '../csi/driver-profile';
import { memberCode, shellWord } from '../manifest/code';

/** What a class of the past has in common with every other, in the options of addStorageClass. */
export function commonOptions({ volumeBindingMode, expansion, isDefault }: LegacyClass): Record<string, string | undefined> {
  return {
    volumeBindingMode: memberCode('VolumeBindingMode', VolumeBindingMode, volumeBindingMode),
    expansion: expansion ? 'true' : undefined,
    isDefault: isDefault ? 'true' : undefined,
  };
}

/** How the new class gets into the place of the old one. @param page where it is said what becomes of the volumes, if anything does */
export function replaceClassNote(name: string, page?: string): string {
  const volumes = page === undefined ? '' : `; what becomes of its volumes is in ${page}`;
  return `a class cannot be changed: kubectl delete storageclass ${shellWord(name)} before, which leaves its claims and volumes as they are, or choose another name${volumes}`;
}
