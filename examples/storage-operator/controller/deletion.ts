import { isOf } from './claim';
import type { Claim } from './kubernetes';
import { ANNOTATION, FINALIZER, OURS } from './names';
import { deleteCronJobs } from './schedule';
import { statusOf, transitions } from './status';
import type { Action, Note, Observed, Outcome, Storage, Verdict } from './types';

/** What a Storage waits for before it may go. */
interface Wait {
  readonly reason: string;
  readonly message: string;
  readonly actions?: readonly Action[];
  readonly retry?: boolean;
}

/** The name of the last snapshot, within what a name may have. */
export function finalSnapshotName({ metadata: { name, uid } }: Storage): string {
  return `${name.slice(0, 238)}-final-${uid!.slice(0, 8)}`;
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
    return { actions: [...cronJobs, { kind: 'setFinalizers', finalizers: finalizers.filter(name => name !== FINALIZER) }], notes: [step], retry: false };
  }
  const { reason, message, actions = [], retry = false } = step;
  const verdict: Verdict = { status: 'False', reason, message };
  const { observedGeneration, conditions, ...before } = storage.status ?? {};
  const { finalSnapshot } = observed;
  const status = statusOf(observed, storage, { Ready: verdict }, { ...before, ...(finalSnapshot ? { finalSnapshotName: finalSnapshot.metadata.name } : {}) });
  return { actions: [...cronJobs, ...actions], status, notes: transitions(storage, status), retry };
}

/** What it waits for, or what is said as it goes. */
function next(observed: Observed, storage: Storage): Wait | Note {
  const { claim } = observed;
  const policy = storage.spec.deletionPolicy ?? 'Retain';
  const { name } = storage.metadata;
  if (policy === 'Retain') {
    return { type: 'Normal', reason: 'Retained', message: `claim ${name} is kept` };
  }
  if (!claim) {
    return { type: 'Normal', reason: 'Deleted', message: `nothing of it is left` };
  }
  if (!isOf(storage, claim)) {
    return { type: 'Warning', reason: 'ClaimLeft', message: `claim ${name} is not of this Storage, and is left as it is` };
  }
  const gone: Wait = { reason: 'Deleting', message: `claim ${name} is being deleted; a pod that uses it holds it until it ends` };
  if (claim.metadata.deletionTimestamp) {
    return gone;
  }
  const snapshot = policy === 'SnapshotThenDelete' && claim.status?.phase === 'Bound' ? lastSnapshot(observed, storage, claim) : undefined;
  return snapshot ?? { ...gone, actions: [{ kind: 'deleteClaim', claim }] };
}

/** What keeps the claim from being deleted; nothing when the snapshot is ready. */
function lastSnapshot({ finalSnapshot, refused: { createSnapshot: refusal } }: Observed, storage: Storage, claim: Claim): Wait | Note | undefined {
  const name = finalSnapshotName(storage);
  if (refusal?.namespaceTerminating) {
    return { type: 'Warning', reason: 'NamespaceTerminating', message: `the namespace is being deleted, so that no last snapshot can be taken: claim ${claim.metadata.name} is not deleted by this operator` };
  }
  if (refusal) {
    return { reason: 'FinalSnapshotFailed', message: `VolumeSnapshot ${name} is refused: ${refusal.message}`, retry: true };
  }
  const taking: Wait = { reason: 'TakingFinalSnapshot', message: `VolumeSnapshot ${name} is taken before claim ${claim.metadata.name} is deleted` };
  if (!finalSnapshot) {
    return { ...taking, actions: [createSnapshot(storage, name, claim)] };
  }
  // One that somebody deletes is made anew when it is gone.
  if (finalSnapshot.metadata.deletionTimestamp || !finalSnapshot.status?.readyToUse) {
    const error = finalSnapshot.status?.error?.message;
    return error ? { reason: 'FinalSnapshotFailed', message: `VolumeSnapshot ${name} fails: ${error}` } : taking;
  }
  return undefined;
}

function createSnapshot({ metadata: { namespace, uid }, spec: { snapshotClassName } }: Storage, name: string, claim: Claim): Action {
  return {
    kind: 'createSnapshot',
    snapshot: {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name, namespace, labels: OURS, annotations: { [ANNOTATION.storageUid]: uid! } },
      spec: { ...(snapshotClassName ? { volumeSnapshotClassName: snapshotClassName } : {}), source: { persistentVolumeClaimName: claim.metadata.name } },
    },
  };
}
