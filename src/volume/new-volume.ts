import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { checkAttributes } from './attributes-checks';
import { cannotCheck, checkAccessModes, checkClassHandedOver } from './checks';
import { IDataSource } from './data-source';
import { checkDataSource } from './data-source-checks';
import { AccessMode, VolumeMode } from './modes';
import { isMountedReadOnly } from './mounts';
import { NewVolumeOptions } from './new-volume-options';
import { VOLUME_RULES } from './rules';
import { IStorageClass } from './storage-class';
import { IVolumeAttributesClass } from './volume-attributes-class';
import { parametersOf } from './written-classes';
import { profileOf } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { fail } from '../findings/report';
import { checkMetadata, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';

/** What a claim is written from. */
export interface ClaimFields {
  readonly accessModes: string[];
  readonly storage: string;
  readonly storageClassName: string;
  readonly volumeMode?: VolumeMode;
  readonly volumeName?: string;
  readonly selector?: Record<string, string>;
  readonly dataSource?: IDataSource;
  readonly volumeAttributesClass?: IVolumeAttributesClass;
}

/** Kinds that `dataSource` takes; the API server drops others from it, and wants them in `dataSourceRef`. */
const DATA_SOURCES = ['PersistentVolumeClaim', 'VolumeSnapshot'];

/** The spec of a claim: one of its own, of a StatefulSet, or of a pod. */
export function claimSpec(fields: ClaimFields): any {
  const { dataSource, volumeAttributesClass } = fields;
  const source = dataSource ? { apiGroup: dataSource.dataSourceApiGroup, kind: dataSource.dataSourceKind, name: dataSource.dataSourceName } : undefined;
  const isPlain = DATA_SOURCES.includes(source?.kind ?? '');
  const spec = k8s.toJson_PersistentVolumeClaimSpec({
    accessModes: fields.accessModes,
    dataSource: isPlain ? source : undefined,
    dataSourceRef: isPlain ? undefined : source,
    resources: { requests: { storage: k8s.Quantity.fromString(fields.storage) } },
    selector: fields.selector ? { matchLabels: fields.selector } : undefined,
    storageClassName: fields.storageClassName,
    volumeMode: fields.volumeMode,
    volumeName: fields.volumeName,
  });
  return volumeAttributesClass ? { ...spec, volumeAttributesClassName: volumeAttributesClass.volumeAttributesClassName } : spec;
}

/** VOL022 */
export function checkBlock(scope: IConstruct, driver: ICsiDriver | undefined, volumeMode: VolumeMode | undefined): void {
  if (volumeMode !== VolumeMode.BLOCK) {
    return;
  }
  if (!driver?.capabilities) {
    cannotCheck(scope, VOLUME_RULES.VOL022, driver ? `the capabilities of the driver '${driver.driverName}'` : 'the driver of the class');
  } else if (!driver.capabilities.block) {
    fail(scope, VOLUME_RULES.VOL022, { driver: `'${driver.driverName}'` });
  }
}

/** VOL041 */
export function checkWriters(scope: IConstruct, driver: ICsiDriver | undefined, accessModes: readonly string[], volumeMode: VolumeMode | undefined): void {
  if (volumeMode === VolumeMode.BLOCK || !accessModes.includes(AccessMode.READ_WRITE_MANY)) {
    return;
  }
  const writes = driver?.capabilities?.multiNodeWriter;
  if (writes === undefined) {
    cannotCheck(scope, VOLUME_RULES.VOL041, driver ? `multiNodeWriter among the capabilities of the driver '${driver.driverName}'` : 'the driver of the class');
  } else if (!writes) {
    fail(scope, VOLUME_RULES.VOL041, { driver: `'${driver!.driverName}'` });
  }
}

/** What a claim asks of a class. */
export interface AskedVolume {
  readonly storageClass: IStorageClass;
  readonly size: Size;
  readonly accessModes: string[];
  readonly volumeMode?: VolumeMode;
  readonly dataSource?: IDataSource;
  readonly volumeAttributesClass?: IVolumeAttributesClass;
}

/**
 * What the driver of a class says to a claim, VOL022 to VOL026, and VOL041.
 *
 * @param mounted what pods mount, as `noteMount` is told of it
 */
export function checkAsked(scope: IConstruct, asked: AskedVolume, mounted: unknown): void {
  const { storageClass, accessModes, volumeMode } = asked;
  if (storageClass.driver) {
    profileOf(storageClass.driver).checkClaim?.(scope, {
      accessModes,
      volumeMode,
      parameters: parametersOf(storageClass),
      attributes: parametersOf(asked.volumeAttributesClass),
      sourceParameters: parametersOf((asked.dataSource as { readonly storageClass?: IStorageClass } | undefined)?.storageClass),
      isFilled: asked.dataSource !== undefined,
      isMountedReadOnly: () => isMountedReadOnly(scope, mounted),
    });
  }
  if (storageClass.provisions !== false) {
    checkBlock(scope, storageClass.driver, volumeMode);
    checkWriters(scope, storageClass.driver, accessModes, volumeMode);
  }
  checkAttributes(scope, asked.volumeAttributesClass, storageClass.driver);
}

/** A claim that Kubernetes makes from a template: metadata and spec. */
export interface ClaimTemplateJson {
  readonly metadata: { readonly name?: string; readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: any;
}

/** Checks a volume that a workload asks for, and writes the template of its claim. */
export function newVolume(workload: IConstruct, options: NewVolumeOptions, namespace: string | undefined, mounted: unknown): ClaimTemplateJson {
  const { storageClass, labels, annotations, dataSource, volumeMode, volumeAttributesClass } = options;
  if (!storageClass || !options.size) {
    fail(workload, VOLUME_RULES.VOL013, { problem: `the claim names no ${storageClass ? 'size' : 'class'}` });
  }
  checkClassHandedOver(workload, storageClass);
  Cluster.requireSame(workload, storageClass, `StorageClass.fromStorageClassName('${storageClass.storageClassName}')`);
  checkMetadata(workload, labels ?? undefined, annotations ?? undefined);
  const accessModes = checkAccessModes(workload, options.accessModes ?? [AccessMode.READ_WRITE_ONCE]);
  const storage = quantity(workload, 'the size of the claim', options.size);
  checkAsked(workload, { ...options, accessModes }, mounted);
  if (dataSource) {
    checkDataSource(workload, { storageClass, size: options.size, volumeMode, namespace, dataSource });
  }
  return {
    metadata: { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
    spec: claimSpec({ accessModes, storage, storageClassName: storageClass.storageClassName, volumeMode, dataSource, volumeAttributesClass }),
  };
}
