import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { cannotCheck, checkFileSystem, checkHandedOver, checkPath, checkTexts, malformed } from './checks';
import { VolumeMode } from './modes';
import { ClaimTemplateJson, newVolume } from './new-volume';
import { NewVolumeOptions } from './new-volume-options';
import { nfsSource } from './nfs-source';
import { PersistentVolume } from './persistent-volume';
import { IPersistentVolumeClaim, PersistentVolumeClaim } from './persistent-volume-claim';
import { HostPathVolumeSourceOptions, NfsVolumeSourceOptions } from './persistent-volume-source';
import { nameOf } from './pod-spec';
import { EmptyDirMedium, EmptyDirOptions, InlineCsiOptions } from './pod-volume-options';
import { VOLUME_RULES } from './rules';
import { profileOf } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { checkLabel, checkSubdomain, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { objectsOf } from '../platform/cluster-checks';

/** A kind of volume that pods have. */
export interface PodVolumeKind {
  /** The name of the volume in the pod. */
  readonly volume: string;
  /** For messages. */
  readonly title: string;
  /** Who stands for the volume where mounts are noted. */
  readonly subject?: unknown;
  /** The volume in the pod's spec; `undefined` where the StatefulSet has a template for it. */
  readonly source?: (readOnly: boolean, workload: ApiObject) => object;
  /** The template in the StatefulSet. */
  readonly template?: (workload: ApiObject) => ClaimTemplateJson;
  /** A directory or a device; `undefined` when it is not known. */
  readonly volumeMode?: VolumeMode;
  /** Whether it can be mounted with mapped users, or what is missing to tell. */
  readonly mapsUsers: boolean | string;
  /** Checked when a workload gets the volume. */
  readonly check?: (workload: ApiObject) => void;
  /** Checked when the workload is complete. */
  readonly review?: (workload: ApiObject, readOnly: boolean) => void;
}

/** As the kubelet finds out when it mounts. */
export function mapsUsers(driver: ICsiDriver | undefined, what: string): boolean | string {
  return driver ? profileOf(driver).idmappedMounts ?? true : `the driver of ${what}`;
}

/** A claim's name may be longer than that of a volume in a pod, and have dots. */
function volumeName(claimName: string): string {
  return claimName.replace(/\./g, '-').slice(0, 63).replace(/-+$/, '');
}

export function claimKind(claim: IPersistentVolumeClaim): PodVolumeKind {
  checkHandedOver(undefined, 'the claim', claim, 'claimName', 'PersistentVolumeClaim.fromClaimName');
  const title = `the claim '${claim.claimName}'`;
  const volume = claim instanceof PersistentVolumeClaim ? claim.volume : undefined;
  const source = volume instanceof PersistentVolume ? volume.source : undefined;
  return {
    volume: volumeName(claim.claimName),
    title,
    subject: claim,
    source: readOnly => ({ persistentVolumeClaim: { claimName: claim.claimName, ...(readOnly ? { readOnly } : {}) } }),
    volumeMode: claim.dataSourceVolumeMode,
    mapsUsers: source?.nfsOptions ? false : source && !source.csiOptions ? true : mapsUsers(claim.dataSourceDriver, title),
    check: workload => {
      Cluster.requireSame(workload, claim, `PersistentVolumeClaim.fromClaimName('${claim.claimName}')`);
      checkNamespace(workload, claim);
    },
  };
}

/** VOL010 */
function checkNamespace(workload: ApiObject, claim: IPersistentVolumeClaim): void {
  const claimNamespace = claim.namespace;
  const { namespace } = workload.metadata;
  if (claimNamespace === namespace) {
    return; // also where neither is known: both are applied to one
  }
  if (claimNamespace === undefined || namespace === undefined) {
    cannotCheck(workload, VOLUME_RULES.VOL010, namespace === undefined ? 'the namespace of the workload or its chart' : `the namespace of the claim '${claim.claimName}'`);
  } else {
    fail(workload, VOLUME_RULES.VOL010, { claim: `'${claim.claimName}'`, claimNamespace, workload: nameOf(workload), namespace });
  }
}

export function emptyDirKind(name: string, options: EmptyDirOptions): PodVolumeKind {
  const volume = checkLabel(undefined, 'the name of the emptyDir', name);
  const { medium, sizeLimit } = options;
  return {
    volume,
    title: `the emptyDir '${volume}'`,
    volumeMode: VolumeMode.FILESYSTEM,
    mapsUsers: true,
    source: (_, workload) => ({
      emptyDir: { ...(medium ? { medium } : {}), ...(sizeLimit ? { sizeLimit: quantity(workload, 'the sizeLimit of the emptyDir', sizeLimit) } : {}) },
    }),
    check: workload => {
      if (sizeLimit) {
        quantity(workload, `the sizeLimit of the emptyDir '${volume}'`, sizeLimit);
      }
    },
    review: workload => {
      if (!sizeLimit && medium === EmptyDirMedium.MEMORY) {
        report(workload, VOLUME_RULES.VOL031, { volume });
      }
    },
  };
}

export function hostPathKind(name: string, { path, type }: HostPathVolumeSourceOptions): PodVolumeKind {
  const volume = checkLabel(undefined, 'the name of the hostPath volume', name);
  checkPath(undefined, path, '/var/log');
  return {
    volume,
    title: `the hostPath volume '${volume}'`,
    volumeMode: VolumeMode.FILESYSTEM,
    mapsUsers: true,
    source: () => ({ hostPath: { path, ...(type ? { type } : {}) } }),
    review: (workload, readOnly) => {
      const danger = readOnly ? 'shows it what other pods and the node keep there' : 'lets it change what other pods and the node keep there, and what it leaves behind stays on that node';
      report(workload, VOLUME_RULES.VOL030, { path, danger });
    },
  };
}

export function nfsKind(name: string, options: NfsVolumeSourceOptions): PodVolumeKind {
  const volume = checkLabel(undefined, 'the name of the NFS volume', name);
  const nfs = nfsSource(undefined, options);
  return {
    volume,
    title: `the NFS volume '${volume}'`,
    volumeMode: VolumeMode.FILESYSTEM,
    mapsUsers: false,
    source: readOnly => ({ nfs: { ...nfs, ...(nfs.readOnly === undefined && readOnly ? { readOnly } : {}) } }),
  };
}

export function ephemeralKind(name: string, options: NewVolumeOptions): PodVolumeKind {
  const volume = checkLabel(undefined, 'the name of the ephemeral volume', name);
  const subject = {};
  // Checked when a workload gets the volume; written each time that it is rendered.
  const templates = new WeakMap<ApiObject, ClaimTemplateJson>();
  return {
    volume,
    title: `the ephemeral volume '${volume}'`,
    subject,
    volumeMode: options.volumeMode ?? VolumeMode.FILESYSTEM,
    mapsUsers: mapsUsers(options.storageClass?.driver, `the class of the ephemeral volume '${volume}'`),
    source: (_, workload) => {
      const { metadata, spec } = templates.get(workload)!;
      return { ephemeral: { volumeClaimTemplate: { ...(Object.keys(metadata).length > 0 ? { metadata } : {}), spec } } };
    },
    check: workload => { templates.set(workload, newVolume(workload, options, workload.metadata.namespace, subject)); },
  };
}

export function inlineKind(name: string, options: InlineCsiOptions): PodVolumeKind {
  const volume = checkLabel(undefined, 'the name of the CSI volume', name);
  const { driver, volumeAttributes, fsType, readOnly, nodePublishSecretName } = options;
  if (!driver) {
    malformed(undefined, 'the driver', driver, 'it is missing', "hand one over: driver: CsiDriver.fromDriverName('secrets-store.csi.k8s.io')");
  }
  checkHandedOver(undefined, 'the driver', driver, 'driverName', 'CsiDriver.fromDriverName');
  checkFileSystem(undefined, fsType);
  checkTexts(undefined, 'the attribute', volumeAttributes ?? {});
  if (nodePublishSecretName !== undefined) {
    checkSubdomain(undefined, 'nodePublishSecretName', nodePublishSecretName);
  }
  return {
    volume,
    title: `the volume '${volume}' of the driver '${driver.driverName}'`,
    volumeMode: VolumeMode.FILESYSTEM,
    mapsUsers: mapsUsers(driver, ''),
    source: everyoneReads => ({
      csi: {
        driver: driver.driverName,
        ...(fsType ? { fsType } : {}),
        ...(nodePublishSecretName ? { nodePublishSecretRef: { name: nodePublishSecretName } } : {}),
        ...(readOnly ?? everyoneReads ? { readOnly: readOnly ?? everyoneReads } : {}),
        ...(volumeAttributes ? { volumeAttributes } : {}),
      },
    }),
    check: workload => {
      Cluster.requireSame(workload, driver, `CsiDriver.fromDriverName('${driver.driverName}')`);
      checkInline(workload, driver);
      profileOf(driver).checkInline?.(workload, { volumeAttributes: volumeAttributes ?? {}, isTyped: true });
    },
  };
}

/** VOL035: by what the driver is declared to do, else by a CSIDriver that the user wrote. */
function checkInline(workload: ApiObject, driver: ICsiDriver): void {
  const { driverName, capabilities } = driver;
  if (capabilities && !capabilities.inline) {
    fail(workload, VOLUME_RULES.VOL035, { driver: `'${driverName}'`, problem: 'it is not declared to be able to' });
  }
  if (capabilities) {
    return;
  }
  checkAtSynth(workload, () => {
    const object = findDriver(workload, driverName);
    const modes: string[] = object?.toJson().spec?.volumeLifecycleModes ?? ['Persistent'];
    if (!object) {
      unchecked(workload, VOLUME_RULES.VOL035, `the capabilities of the driver '${driverName}'`);
    } else if (!modes.includes('Ephemeral')) {
      report(workload, VOLUME_RULES.VOL035, { driver: `'${driverName}'`, problem: `volumeLifecycleModes of its CSIDriver has ${modes.join(', ')} only, so the kubelet refuses it` });
    }
  });
}

function findDriver(scope: IConstruct, driverName: string): ApiObject | undefined {
  return objectsOf(Cluster.of(scope).scope).find(object => object.kind === 'CSIDriver' && object.name === driverName);
}
