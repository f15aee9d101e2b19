import { IConstruct } from 'constructs';
import { ICsiDriver } from './i-csi-driver';
import { DRIVERS } from './installed';
import { CSI_RULES } from './rules';
import { RESERVED } from './secret-reference';
import { attempt, fail, report } from '../findings/report';
import { isOurs } from '../manifest/emit';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';
import { KubernetesVersion } from '../platform/kubernetes-version';
import { Platform } from '../platform/platform';

/** What a driver is shown of a class. */
export interface ClassFacts {
  readonly name: string;
  /**
   * The driver, as far as it is known.
   *
   * @default - only its name is, in a class that the user wrote
   */
  readonly driver?: ICsiDriver;
  readonly parameters: Readonly<Record<string, string>>;
  /** The parameters that belong to the sidecars, without what they have in common: `fstype`, `provisioner-secret-name`… */
  readonly reserved: Readonly<Record<string, string>>;
  readonly reclaimPolicy: string;
  readonly mountOptions: readonly string[];
  readonly expansion: boolean;
  readonly volumeBindingMode: string;
}

/** What a driver is shown of a volume of its own. */
export interface VolumeFacts {
  readonly volumeHandle: string;
  readonly volumeAttributes: Readonly<Record<string, string>>;
  readonly reclaimPolicy: string;
  readonly mountOptions: readonly string[];
  readonly accessModes: readonly string[];
  readonly volumeMode?: string;
  /** Only of a volume that the user wrote: ours are checked before. */
  readonly readOnly?: boolean;
}

/** What a driver is shown of a claim on one of its classes. */
export interface ClaimFacts {
  readonly accessModes: readonly string[];
  readonly volumeMode?: string;
  /** What its class says to the driver, where that is written here; the same of its VolumeAttributesClass. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** What the class of the claim that fills it says, where that is written here. */
  readonly sourceParameters?: Readonly<Record<string, string>>;
  /** Whether it is filled from something. */
  readonly isFilled: boolean;
  /** Whether every pod that is known to mount it does so read-only; to be asked when the app is complete. */
  readonly isMountedReadOnly: () => boolean;
}

/** What a driver is shown of a volume that is written into a pod. */
export interface InlineFacts {
  readonly volumeAttributes: Readonly<Record<string, string>>;
  /** Whether a PodVolume writes it; else the user did. */
  readonly isTyped: boolean;
}

/**
 * What a storage system knows of the objects that name its driver. The rooms
 * below do not know the storage systems; each adds its profile by name. A check
 * throws or reports findings.
 */
export interface DriverProfile {
  /**
   * Whether its volumes can be mounted into pods with a user namespace (`hostUsers: false`), which takes idmapped mounts.
   *
   * @default true
   */
  readonly idmappedMounts?: boolean;
  /**
   * Whether it may want a Secret to enlarge a volume for which it wants one to create it.
   *
   * @default true
   */
  readonly expandsBySecret?: boolean;
  /**
   * Whether writes to its file systems can be stopped by `fsfreeze`.
   *
   * @default true
   */
  readonly freezable?: boolean;
  /**
   * Whether an NFS server can serve its file systems: files have handles that last, and are not on another server.
   *
   * @default true
   */
  readonly servable?: boolean;
  readonly checkClass?: (scope: IConstruct, facts: ClassFacts) => void;
  readonly checkVolume?: (scope: IConstruct, facts: VolumeFacts) => void;
  readonly checkInline?: (scope: IConstruct, facts: InlineFacts) => void;
  readonly checkClaim?: (scope: IConstruct, facts: ClaimFacts) => void;
  readonly checkSnapshotClass?: (scope: IConstruct, parameters: Readonly<Record<string, string>>) => void;
}

/** A class of such a provisioner, as its user wrote it; only the provisioner where it is named as a driver. */
export interface LegacyClass {
  readonly provisioner: string;
  readonly name?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mountOptions: readonly string[];
  readonly reclaimPolicy?: string;
  readonly volumeBindingMode?: string;
  readonly expansion: boolean;
  readonly isDefault: boolean;
}

/** A provisioner that no longer exists, or never did. */
export interface LegacyProvisioner {
  readonly why: string;
  /** What to write instead, with the values of the class. */
  readonly mapping: (legacy: LegacyClass) => string;
  /** Throws what is wrong beyond the provisioner, which is reported instead. */
  readonly check?: (scope: IConstruct | undefined, legacy: LegacyClass) => void;
  /**
   * Whether it works where it is still installed.
   *
   * @default false
   */
  readonly works?: boolean;
  /**
   * The release of Kubernetes that has it no longer; in older ones it works.
   *
   * @default - all that are known here
   */
  readonly goneSince?: KubernetesVersion;
}

const ownProfiles = new WeakMap<ICsiDriver, DriverProfile>();
const profiles = new Map<string, DriverProfile>();
const provisionersOfThePast: { readonly names: RegExp; readonly entry: LegacyProvisioner }[] = [];

/** Adds what is known of a driver by its usual name; Rook puts its namespace in front of it. */
export function addProfile(driverName: string, profile: DriverProfile): void {
  profiles.set(driverName, profile);
}

/** Gives a driver object, which may have an unusual name, its profile. */
export function setProfile(driver: ICsiDriver, profile: DriverProfile): void {
  ownProfiles.set(driver, profile);
}

export function profileOf(driver: ICsiDriver): DriverProfile {
  const usual = [...profiles.keys()].find(name => driver.driverName === name || `${driver.driverName}`.endsWith(`.${name}`));
  return ownProfiles.get(driver) ?? (usual === undefined ? {} : profiles.get(usual)!);
}

/** @param names what such provisioners are called */
export function addLegacyProvisioner(names: RegExp, entry: LegacyProvisioner): void {
  provisionersOfThePast.push({ names, entry });
}

/** The profile of a driver of which a manifest has only the name; one that is installed here may have an unusual one. */
export function profileByName(scope: IConstruct, driverName: string): DriverProfile {
  const installed = Cluster.of(scope).members<ICsiDriver>(DRIVERS).find(driver => driver.driverName === driverName);
  return profileOf(installed ?? { driverName });
}

function legacyOf(provisioner: string): LegacyProvisioner | undefined {
  return provisionersOfThePast.find(({ names }) => names.test(provisioner))?.entry;
}

/** A StorageClass in the words that its manifest has. */
export function legacyClass(manifest: any): LegacyClass {
  const { metadata, provisioner, parameters, mountOptions, reclaimPolicy, volumeBindingMode, allowVolumeExpansion } = manifest;
  return {
    provisioner: text(provisioner),
    name: metadata?.name === undefined ? undefined : text(metadata.name),
    parameters: textMap(parameters),
    mountOptions: texts(mountOptions),
    reclaimPolicy,
    volumeBindingMode,
    expansion: allowVolumeExpansion === true,
    isDefault: text(metadata?.annotations?.['storageclass.kubernetes.io/is-default-class']) === 'true',
  };
}

/** Refuses the name of a provisioner of the past, for a driver or for the driver of a class. @param alsoWorking also one that works here and there: it is no CSI driver all the same */
export function refuseLegacy(scope: IConstruct | undefined, legacy: LegacyClass, alsoWorking = true): void {
  const entry = legacyOf(legacy.provisioner);
  if (entry && (alsoWorking || !(entry.works || entry.goneSince))) {
    entry.check?.(scope, legacy);
    fail(scope, CSI_RULES.CSI008, legacyFacts(entry, legacy));
  }
}

function legacyFacts({ why, mapping }: LegacyProvisioner, legacy: LegacyClass) {
  return { of: legacy.name === undefined ? '' : ` of the StorageClass '${legacy.name}'`, provisioner: `'${legacy.provisioner}'`, why, mapping: mapping(legacy) };
}

/** CSI008, CSI021 and the checks of each driver, for classes and volumes that the user wrote beside ours. */
clusterChecks.push((objects, cluster) => {
  const { kubernetes } = Platform.of(cluster);
  const theirs = objects.filter(object => !isOurs(object));
  for (const object of theirs.filter(candidate => candidate.kind === 'StorageClass')) {
    const json = object.toJson();
    const { provisioner, parameters, mountOptions, reclaimPolicy = 'Delete', allowVolumeExpansion, volumeBindingMode = 'Immediate' } = json;
    const entry = legacyOf(provisioner);
    if (entry) {
      attempt(object, () => {
        const written = legacyClass(json);
        const works = entry.works || (entry.goneSince !== undefined && !kubernetes.isAtLeast(entry.goneSince));
        entry.check?.(object, written);
        report(object, works ? CSI_RULES.CSI021 : CSI_RULES.CSI008, legacyFacts(entry, written));
      });
    }
    attempt(object, () => profileByName(object, provisioner).checkClass?.(object, {
      name: object.name,
      parameters: withoutReserved(parameters),
      reserved: onlyReserved(parameters),
      mountOptions: texts(mountOptions),
      reclaimPolicy: text(reclaimPolicy),
      expansion: allowVolumeExpansion === true,
      volumeBindingMode: text(volumeBindingMode),
    }));
  }
  for (const object of theirs.filter(candidate => candidate.kind === 'VolumeSnapshotClass')) {
    const { driver, parameters } = object.toJson();
    attempt(object, () => profileByName(object, driver).checkSnapshotClass?.(object, withoutReserved(parameters)));
  }
  for (const object of theirs.filter(candidate => candidate.kind === 'PersistentVolume')) {
    const { spec } = object.toJson();
    attempt(object, () => profileByName(object, spec?.csi?.driver).checkVolume?.(object, {
      volumeHandle: text(spec.csi.volumeHandle),
      volumeAttributes: textMap(spec.csi.volumeAttributes),
      mountOptions: texts(spec.mountOptions),
      reclaimPolicy: text(spec.persistentVolumeReclaimPolicy ?? 'Retain'),
      accessModes: texts(spec.accessModes),
      volumeMode: spec.volumeMode,
      readOnly: spec.csi.readOnly,
    }));
  }
});

/** What the user wrote may be anything; the checks of drivers are for texts. */
const text = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const texts = (values: unknown) => (Array.isArray(values) ? values.map(text) : []);
export const textMap = (values: unknown): Record<string, string> => Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, text(value)]));

/** The secrets of a class belong to the sidecars, not to the driver. */
function withoutReserved(parameters: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(textMap(parameters)).filter(([key]) => !key.startsWith(RESERVED)));
}

export function onlyReserved(parameters: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(textMap(parameters)).filter(([key]) => key.startsWith(RESERVED)).map(([key, value]) => [key.slice(RESERVED.length), value]));
}
