import { ApiClient } from './api-client';
import { ClaimFilter, ClassChoice } from '../runner-config';

/** What is needed of a PersistentVolumeClaim. */
export interface Claim {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly selected: boolean;
  /** Bound, and not being deleted. */
  readonly usable: boolean;
  readonly storageClass?: string;
  readonly driver?: string;
  /** The snapshot of which its volume is being made. */
  readonly restoredFrom?: string;
}

/** Of all claims, not only those that are selected: whether a claim is gone, and whether a snapshot is being restored, can be asked of any. */
export function listClaims(api: ApiClient, namespace: string | undefined, filter: ClaimFilter): Promise<Claim[]> {
  return api.list(namespace === undefined ? '/api/v1/persistentvolumeclaims' : `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, {}, ({ metadata, spec, status }): Claim => {
    const source = [spec.dataSourceRef, spec.dataSource].find(reference => reference?.kind === 'VolumeSnapshot');
    return {
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      selected: matches(filter, metadata, spec),
      usable: status?.phase === 'Bound' && metadata.deletionTimestamp === undefined,
      storageClass: spec.storageClassName ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-class'],
      driver: metadata.annotations?.['volume.kubernetes.io/storage-provisioner'] ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-provisioner'],
      // A claim of another namespace must not keep snapshots of this one for ever.
      restoredFrom: status?.phase === 'Bound' || source === undefined || (source.namespace ?? metadata.namespace) !== metadata.namespace ? undefined : `${metadata.namespace}/${source.name}`,
    };
  });
}

/** Whether the policy names what it protects, so that it is wrong if there is none. */
export const isParticular = ({ names, labels, storageClass, statefulSet }: ClaimFilter) => [names, labels, storageClass, statefulSet].some(condition => condition !== undefined);

function matches(filter: ClaimFilter, { namespace, name, labels = {} }: any, { storageClassName }: any): boolean {
  return (filter.names === undefined || filter.names.some(claim => claim.namespace === namespace && claim.name === name))
    && Object.entries(filter.labels ?? {}).every(([label, value]) => labels[label] === value)
    && (filter.storageClass === undefined || filter.storageClass === storageClassName)
    && (filter.statefulSet === undefined || isOfStatefulSet(name, filter.statefulSet, filter.templates));
}

/** `<template>-<StatefulSet>-<number>` */
function isOfStatefulSet(claim: string, statefulSet: string, templates: readonly string[] | undefined): boolean {
  const template = /^(.*)-\d+$/.exec(claim)?.[1];
  return template !== undefined && template.endsWith(`-${statefulSet}`) && (templates?.includes(template.slice(0, -statefulSet.length - 1)) ?? true);
}

/** The snapshot class of a claim; undefined where the policy has none for it. */
export function classOf({ storageClass, driver }: Claim, { only, byStorageClass, byDriver }: ClassChoice): string | undefined {
  return own(byStorageClass, storageClass) ?? own(byDriver, driver) ?? only;
}

/** Names come from the claims of users, and may be those of what every object has. */
function own(classes: Readonly<Record<string, string>> | undefined, name: string | undefined): string | undefined {
  return classes !== undefined && name !== undefined && Object.hasOwn(classes, name) ? classes[name] : undefined;
}
