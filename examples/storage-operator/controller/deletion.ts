import { isOf } from './claim';
import type { Claim, VolumeSnapshot } from './kubernetes';
import { ANNOTATION, FINALIZER, OURS } from './names';
import { deleteCronJobs } from './schedule';
import { no, statusOf, transitions } from './status';
import type { Action, Note, Observed, Outcome, Storage } from './types';

/** What a Storage waits for before it may go. */
interface Wait {
  readonly reason: string;
  readonly message: string;
  readonly actions?: readonly Action[];
  readonly retry?: boolean;
}

const KEEP = 'set spec.deletionPolicy to Retain and take spec.snapshotClassName away';

/** The beginning of a name, as a name may end. */
export function prefix(name: string, length: number): string {
  return name.slice(0, length).replace(/[^a-z0-9]+$/, '');
}

/** The name of the last snapshot, within what a name may have. */
export function finalSnapshotName({ metadata: { name, uid } }: Storage): string {
  return `${prefix(name, 238)}-final-${uid!.slice(0, 8)}`;
}

/** Whether a snapshot has what the claim of the Storage had, so that the claim may go. */
export function isLastSnapshot(storage: Storage, claim: Claim, { metadata: { annotations = {}, deletionTimestamp }, status }: VolumeSnapshot): boolean {
  const isOfBoth = annotations[ANNOTATION.storageUid] === storage.metadata.uid && annotations[ANNOTATION.claimUid] === claim.metadata.uid;
  return isOfBoth && !deletionTimestamp && status?.readyToUse === true;
}

/** Ends what belongs to a Storage that is being deleted, as its policy says now, and then lets it go. */
export function deletion(observed: Observed, storage: Storage): Outcome {
  const cronJobs = deleteCronJobs(observed);
  const finalizers = storage.metadata.finalizers ?? [];
  if (!finalizers.includes(FINALIZER)) {
    return { actions: cronJobs, notes: [], retry: false };
  }
  const step = next(observed, storage);
  if ('type' in step) {
    // Nobody looks after it when the Storage is gone.
    const proof: Action[] = step.reason === 'Deleted' || step.reason === 'ClaimLeft' ? [{ kind: 'assertNoClaim' }] : [];
    return { actions: [...cronJobs, ...proof, { kind: 'setFinalizers', finalizers: finalizers.filter(name => name !== FINALIZER) }], notes: [step], retry: false };
  }
  const { reason, message, actions = [], retry = false } = step;
  const { observedGeneration, conditions, ...before } = storage.status ?? {};
  const { finalSnapshot } = observed;
  const status = statusOf(observed, storage, { Ready: no(reason, message) }, { ...before, ...(finalSnapshot ? { finalSnapshotName: finalSnapshot.metadata.name } : {}) });
  return { actions: [...cronJobs, ...actions], status, notes: transitions(storage, status), retry };
}

/** What it waits for, or what is said as it goes. */
function next(observed: Observed, storage: Storage): Wait | Note {
  const { claim, finalSnapshot } = observed;
  const policy = storage.spec.deletionPolicy ?? 'Retain';
  const { name } = storage.metadata;
  if (policy === 'Retain') {
    return { type: 'Normal', reason: 'Retained', message: `claim ${name} is kept` };
  }
  if (!claim) {
    return { type: 'Normal', reason: 'Deleted', message: 'nothing of it is left' };
  }
  if (!isOf(storage, claim)) {
    return { type: 'Warning', reason: 'ClaimLeft', message: `claim ${name} is not of this Storage, and is left as it is` };
  }
  const isAsked = policy === 'SnapshotThenDelete' && claim.status?.phase === 'Bound';
  const last = isAsked && finalSnapshot && isLastSnapshot(storage, claim, finalSnapshot) ? finalSnapshot : undefined;
  const gone: Wait = { reason: 'Deleting', message: `claim ${name} is being deleted; a pod that uses it holds it until it ends${last ? since(last) : ''}` };
  if (claim.metadata.deletionTimestamp) {
    return gone;
  }
  return isAsked && !last ? lastSnapshot(observed, storage, claim) : { ...gone, actions: [{ kind: 'deleteClaim', claim, ...(last ? { snapshotName: last.metadata.name } : {}) }] };
}

function since({ metadata: { name }, status }: VolumeSnapshot): string {
  return `. VolumeSnapshot ${name} has what was written until ${status?.creationTime ?? 'it was taken'}; what is written since then is in no snapshot`;
}

/** What keeps the claim from being deleted. */
function lastSnapshot({ finalSnapshot, refused: { createSnapshot: refusal } }: Observed, storage: Storage, claim: Claim): Wait | Note {
  const name = finalSnapshotName(storage);
  const failed = (message: string): Wait => ({ reason: 'FinalSnapshotFailed', message });
  if (refusal?.namespaceTerminating) {
    return { type: 'Warning', reason: 'NamespaceTerminating', message: `the namespace is being deleted, so that no last snapshot can be taken: claim ${claim.metadata.name} is not deleted by this operator` };
  }
  if (refusal) {
    // An answer without a reason is not about the object: the API server does not know the kind.
    const why = refusal.code === 404 && refusal.reason === '' ? 'cannot be made, as this cluster has no such kind: install the snapshot-controller and its definitions' : `is refused: ${refusal.message}`;
    return { ...failed(`VolumeSnapshot ${name} ${why}. Or ${KEEP}`), retry: true };
  }
  const taking: Wait = { reason: 'TakingFinalSnapshot', message: `VolumeSnapshot ${name} is taken before claim ${claim.metadata.name} is deleted` };
  if (!finalSnapshot) {
    return { ...taking, actions: [createSnapshot(storage, name, claim)] };
  }
  // One that somebody deletes is made anew when it is gone.
  if (finalSnapshot.metadata.deletionTimestamp) {
    return taking;
  }
  if (finalSnapshot.metadata.annotations?.[ANNOTATION.claimUid] !== claim.metadata.uid) {
    return failed(`VolumeSnapshot ${name} is of another claim than the present one: delete it, if nobody needs it (it is made anew), or ${KEEP}`);
  }
  const error = finalSnapshot.status?.error?.message;
  const madeOf = otherClass(storage, finalSnapshot);
  return error
    ? failed(`VolumeSnapshot ${name} fails: ${error}${madeOf}. Set spec.snapshotClassName to a class of the volume's driver, or correct that class, and delete VolumeSnapshot ${name} (it is made anew), or ${KEEP}`)
    : { ...taking, message: `${taking.message}${madeOf}` };
}

/** A class that was set after the snapshot was made does not reach it. */
function otherClass({ spec: { snapshotClassName } }: Storage, { metadata: { name }, spec }: VolumeSnapshot): string {
  const { volumeSnapshotClassName } = spec ?? {};
  return snapshotClassName === undefined || volumeSnapshotClassName === snapshotClassName
    ? '' : `; it is of ${volumeSnapshotClassName ? `class ${volumeSnapshotClassName}` : 'no class'}, and spec.snapshotClassName is ${snapshotClassName} now: for that one, delete VolumeSnapshot ${name}`;
}

function createSnapshot({ metadata: { namespace, uid }, spec: { snapshotClassName } }: Storage, name: string, claim: Claim): Action {
  return {
    kind: 'createSnapshot',
    snapshot: {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name, namespace, labels: OURS, annotations: { [ANNOTATION.storageUid]: uid!, [ANNOTATION.claimUid]: claim.metadata.uid! } },
      spec: { ...(snapshotClassName ? { volumeSnapshotClassName: snapshotClassName } : {}), source: { persistentVolumeClaimName: claim.metadata.name } },
    },
  };
}
