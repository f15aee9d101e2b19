import type { Claim, StorageClass, VolumeSnapshot } from './kubernetes';
import { ANNOTATION, FOR_PEOPLE, MANAGED_BY, MANAGER, OURS } from './names';
import { compare } from './quantity';
import { no, same } from './status';
import type { Observed, Part, Refusal, Storage, Verdict } from './types';

const SNAPSHOTS = 'snapshot.storage.k8s.io';

/** Whether the claim was made for this Storage, or taken over by it. */
export function isOf(storage: Storage, claim: Claim): boolean {
  return claim.metadata.annotations?.[ANNOTATION.storageUid] === storage.metadata.uid;
}

/** The claim, where it is there to be worked with. */
export function usable({ claim }: Pick<Observed, 'claim'>, storage: Storage): Claim | undefined {
  return claim && !claim.metadata.deletionTimestamp && (isOf(storage, claim) || !mismatch(storage, claim)) ? claim : undefined;
}

/** The volume that has the data of the Storage, as far as is known: also when its claim is gone. */
export function volumeOf({ claim }: Observed, storage: Storage): string | undefined {
  const held = claim && (isOf(storage, claim) || usable({ claim }, storage)) && claim.status?.phase !== undefined && claim.status.phase !== 'Pending';
  return (held ? claim.spec.volumeName : undefined) ?? storage.status?.volumeName;
}

/** Makes the claim, or takes over the one that a former Storage of this name left. There is no owner reference: no garbage collection may ever delete data. */
export function claimPart(observed: Observed, storage: Storage): Part {
  const { claim, storageClass } = observed;
  if (!claim) {
    return missing(observed, storage);
  }
  const difference = isOf(storage, claim) ? undefined : mismatch(storage, claim);
  if (difference) {
    return { verdict: no('ClaimConflict', `claim ${claim.metadata.name} of a former Storage has ${difference}: give this Storage another name, or delete it and write it as the claim is. Deleting the claim deletes its data`) };
  }
  if (claim.metadata.deletionTimestamp) {
    return { verdict: no('ClaimDeleting', `claim ${claim.metadata.name} is being deleted${volumeOf(observed, storage) ? ', though not by this operator; as it had data, none is made in its place' : ', and is made anew when it is gone'}`) };
  }
  const adopt = isOf(storage, claim) ? [] : [{ kind: 'adoptClaim' as const, claim, annotations: { [ANNOTATION.storageUid]: storage.metadata.uid! } }];
  return { actions: adopt, verdict: phase(claim, storage, storageClass) };
}

function phase({ metadata, spec, status }: Claim, storage: Storage, storageClass: StorageClass | undefined): Verdict {
  switch (status?.phase) {
    case 'Bound':
      return { status: 'True', reason: 'Bound', message: `claim ${metadata.name} has volume ${spec.volumeName}` };
    case 'Lost':
      return no('Lost', `volume ${spec.volumeName} of claim ${metadata.name} does not exist any more`);
    default:
      return pending(storage, storageClass, metadata.annotations?.['volume.kubernetes.io/selected-node']);
  }
}

function pending({ metadata: { name }, spec: { storageClassName } }: Storage, storageClass: StorageClass | undefined, node?: string): Verdict {
  if (!storageClass) {
    return classNotFound(storageClassName);
  }
  return storageClass.volumeBindingMode === 'WaitForFirstConsumer' && !node
    ? no('WaitingForFirstConsumer', `class ${storageClassName} makes the volume of claim ${name} when a pod that uses it is scheduled`)
    : no('Creating', `claim ${name} waits for its volume`);
}

function classNotFound(name: string): Verdict {
  return no('ClassNotFound', `there is no StorageClass ${name}`);
}

function missing(observed: Observed, storage: Storage): Part {
  const { storageClass, refused: { createClaim: refusal } } = observed;
  const { name, namespace, uid } = storage.metadata;
  const volume = storage.status?.volumeName;
  if (volume !== undefined) {
    return { verdict: no('ClaimGone', claimGone(storage, volume)) };
  }
  const { storageClassName, accessModes = ['ReadWriteOnce'], size, restoreFrom } = storage.spec;
  if (refusal) {
    return { verdict: refusedVerdict(storage, refusal), retry: true };
  }
  if (!storageClass) {
    return { verdict: classNotFound(storageClassName) };
  }
  const source = restoreFrom && sourceVerdict(restoreFrom.snapshotName, observed.restoreSource, size);
  if (source) {
    return { verdict: source, retry: true };
  }
  const claim: Claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, labels: { ...OURS, ...FOR_PEOPLE }, annotations: { [ANNOTATION.storageUid]: uid! } },
    spec: {
      storageClassName,
      accessModes,
      resources: { requests: { storage: size } },
      ...(restoreFrom ? { dataSource: { apiGroup: SNAPSHOTS, kind: 'VolumeSnapshot', name: restoreFrom.snapshotName } } : {}),
    },
  };
  return { actions: [{ kind: 'createClaim', claim }], verdict: pending(storage, storageClass) };
}

/** An empty one in its place would look well to everybody but who misses the data. */
function claimGone({ metadata: { name } }: Storage, volume: string): string {
  return `claim ${name}, which had volume ${volume}, is gone or has lost the label ${MANAGED_BY}=${MANAGER}, and no empty one is made in its place: `
    + 'restore the data under a claim of that name, class and access modes with that label, or set deletionPolicy to Retain, delete this Storage and write it anew (restoreFrom says of which snapshot)';
}

function refusedVerdict({ metadata: { name, namespace } }: Storage, { reason, message, namespaceTerminating }: Refusal): Verdict {
  if (reason === 'AlreadyExists') {
    const command = `kubectl label persistentvolumeclaim ${name} --namespace ${namespace} --overwrite ${MANAGED_BY}=${MANAGER}`;
    return no('ClaimConflict', `claim ${name} exists and is not of this operator; this hands it over: ${command}`);
  }
  return namespaceTerminating ? no('NamespaceTerminating', `namespace ${namespace} is being deleted`) : no('ClaimRefused', `claim ${name} is refused: ${message}`);
}

/** What is wrong with the snapshot that the claim is to be made of. */
function sourceVerdict(name: string, snapshot: VolumeSnapshot | null | undefined, size: string): Verdict | undefined {
  if (!snapshot) {
    return no('SnapshotNotFound', `there is no VolumeSnapshot ${name} in this namespace`);
  }
  const { readyToUse, restoreSize, error } = snapshot.status ?? {};
  if (!readyToUse || snapshot.metadata.deletionTimestamp) {
    return no('SnapshotNotReady', snapshot.metadata.deletionTimestamp ? `VolumeSnapshot ${name} is being deleted` : `VolumeSnapshot ${name} is not ready${error?.message ? `: ${error.message}` : ''}`);
  }
  return restoreSize !== undefined && compare(restoreSize, size) > 0 ? no('SnapshotTooLarge', `VolumeSnapshot ${name} needs ${restoreSize}, and spec.size is ${size}`) : undefined;
}

/** How the claim of a former Storage differs from what this one asks for and cannot be changed. */
function mismatch({ spec }: Storage, { spec: claim }: Claim): string | undefined {
  const modes = (list: readonly string[] = ['ReadWriteOnce']) => [...list].sort();
  if (claim.storageClassName !== spec.storageClassName) {
    return `class ${claim.storageClassName}, not ${spec.storageClassName}`;
  }
  if (!same(modes(claim.accessModes), modes(spec.accessModes))) {
    return `access modes ${modes(claim.accessModes).join(', ')}, not ${modes(spec.accessModes).join(', ')}`;
  }
  if ((claim.volumeMode ?? 'Filesystem') !== 'Filesystem') {
    return `volumeMode ${claim.volumeMode}, not Filesystem`;
  }
  const { apiGroup, kind, name } = claim.dataSource ?? {};
  if (spec.restoreFrom && !(apiGroup === SNAPSHOTS && kind === 'VolumeSnapshot' && name === spec.restoreFrom.snapshotName)) {
    return `other data than VolumeSnapshot ${spec.restoreFrom.snapshotName}`;
  }
  return undefined;
}
