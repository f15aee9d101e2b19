import { IConstruct } from 'constructs';
import { ICsiDriver } from './i-csi-driver';
import { CSI_RULES } from './rules';
import { RESERVED } from './secret-reference';
import { attempt, fail, report } from '../findings/report';
import { isOurs } from '../manifest/emit';
import { clusterChecks } from '../platform/cluster-checks';

/** What a driver is shown of a class. */
export interface ClassFacts {
  readonly parameters: Readonly<Record<string, string>>;
  readonly reclaimPolicy: string;
  readonly mountOptions: readonly string[];
}

/** What a driver is shown of a volume of its own. */
export interface VolumeFacts {
  readonly volumeHandle: string;
  readonly volumeAttributes: Readonly<Record<string, string>>;
  readonly reclaimPolicy: string;
  readonly mountOptions: readonly string[];
  readonly accessModes: readonly string[];
  readonly volumeMode?: string;
}

/** What a driver is shown of a claim on one of its classes. */
export interface ClaimFacts {
  readonly accessModes: readonly string[];
  readonly volumeMode?: string;
  /** Whether every pod that is known to mount it does so read-only; to be asked when the app is complete. */
  readonly isMountedReadOnly: () => boolean;
}

/**
 * What a storage system knows of the objects that name its driver. The rooms
 * below do not know the storage systems; each adds its profile by name. A check
 * throws or reports findings.
 */
export interface DriverProfile {
  readonly checkClass?: (scope: IConstruct, facts: ClassFacts) => void;
  readonly checkVolume?: (scope: IConstruct, facts: VolumeFacts) => void;
  readonly checkClaim?: (scope: IConstruct, facts: ClaimFacts) => void;
  readonly checkSnapshotClass?: (scope: IConstruct, parameters: Readonly<Record<string, string>>) => void;
}

/** A provisioner that no longer exists, or never did. */
export interface LegacyProvisioner {
  readonly why: string;
  /** Where each of its parameters is now. */
  readonly mapping: string;
}

const ownProfiles = new WeakMap<ICsiDriver, DriverProfile>();
const profiles = new Map<string, DriverProfile>();
const legacy = new Map<string, LegacyProvisioner>();

/** Adds what is known of a driver by its usual name. */
export function addProfile(driverName: string, profile: DriverProfile): void {
  profiles.set(driverName, profile);
}

/** Gives a driver object, which may have an unusual name, its profile. */
export function setProfile(driver: ICsiDriver, profile: DriverProfile): void {
  ownProfiles.set(driver, profile);
}

export function profileOf(driver: ICsiDriver): DriverProfile {
  return ownProfiles.get(driver) ?? profiles.get(driver.driverName) ?? {};
}

export function addLegacyProvisioner(provisioner: string, entry: LegacyProvisioner): void {
  legacy.set(provisioner, entry);
}

/** Refuses a driver's name that belongs to a provisioner of the past. */
export function refuseLegacy(scope: IConstruct | undefined, provisioner: string): void {
  const entry = legacy.get(provisioner);
  if (entry) {
    fail(scope, CSI_RULES.CSI008, { of: '', provisioner: `'${provisioner}'`, ...entry });
  }
}

/** CSI008 and the checks of each driver, for classes and volumes that the user wrote beside ours. */
clusterChecks.push(objects => {
  const theirs = objects.filter(object => !isOurs(object));
  for (const object of theirs.filter(candidate => candidate.kind === 'StorageClass')) {
    const { provisioner, parameters = {}, mountOptions = [], reclaimPolicy = 'Delete' } = object.toJson();
    const entry = legacy.get(provisioner);
    if (entry) {
      report(object, CSI_RULES.CSI008, { of: ` of the StorageClass '${object.name}'`, provisioner: `'${provisioner}'`, ...entry });
    }
    attempt(object, () => profiles.get(provisioner)?.checkClass?.(object, { parameters: withoutReserved(parameters), mountOptions, reclaimPolicy }));
  }
  for (const object of theirs.filter(candidate => candidate.kind === 'VolumeSnapshotClass')) {
    const { driver, parameters = {} } = object.toJson();
    attempt(object, () => profiles.get(driver)?.checkSnapshotClass?.(object, withoutReserved(parameters)));
  }
  for (const object of theirs.filter(candidate => candidate.kind === 'PersistentVolume')) {
    const { spec } = object.toJson();
    attempt(object, () => profiles.get(spec?.csi?.driver)?.checkVolume?.(object, {
      volumeHandle: spec.csi.volumeHandle ?? '',
      volumeAttributes: spec.csi.volumeAttributes ?? {},
      mountOptions: spec.mountOptions ?? [],
      reclaimPolicy: spec.persistentVolumeReclaimPolicy ?? 'Retain',
      accessModes: spec.accessModes ?? [],
      volumeMode: spec.volumeMode,
    }));
  }
});

/** The secrets of a class belong to the sidecars, not to the driver. */
function withoutReserved(parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => !key.startsWith(RESERVED)));
}
