import { claimPart, usable, volumeOf } from './claim';
import { deletion } from './deletion';
import { FINALIZER } from './names';
import { resizePart } from './resize';
import { cronJobName, deleteCronJobs, schedulePart } from './schedule';
import { statusOf, transitions } from './status';
import type { Action, Observed, Outcome, Storage } from './types';

/** What has to be done, given what is known. It asks nobody and changes nothing, so that every case can be tried without a cluster. */
export function reconcile(observed: Observed): Outcome {
  const { storage } = observed;
  if (!storage) {
    return { actions: deleteCronJobs(observed), notes: [], retry: false };
  }
  return storage.metadata.deletionTimestamp ? deletion(observed, storage) : living(observed, storage);
}

function living(observed: Observed, storage: Storage): Outcome {
  const claim = usable(observed, storage);
  const bound = claim?.status?.phase === 'Bound' ? claim : undefined;
  const ready = claimPart(observed, storage);
  const resize = claim ? resizePart(observed, storage, claim) : {};
  const schedule = schedulePart(observed, storage, bound);
  const parts = [ready, resize, schedule];
  const created = ready.actions?.some(({ kind }) => kind === 'createClaim');
  const lastSnapshotTime = observed.cronJobs.find(({ metadata }) => metadata.name === cronJobName(storage))?.status?.lastSuccessfulTime ?? storage.status?.lastSnapshotTime;
  const claimName = claim || created ? storage.metadata.name : storage.status?.claimName;
  const volumeName = volumeOf(observed, storage);
  const status = statusOf(observed, storage, { Ready: ready.verdict, Resized: resize.verdict, SnapshotsScheduled: schedule.verdict }, {
    // Of both it is known what was, when the claim is gone.
    ...(claimName ? { claimName } : {}),
    ...(volumeName ? { volumeName } : {}),
    ...(bound ? { capacity: bound.status?.capacity?.storage } : {}),
    ...(lastSnapshotTime ? { lastSnapshotTime } : {}),
  });
  return {
    actions: [...finalizer(storage), ...parts.flatMap(({ actions = [] }) => actions)],
    status,
    notes: transitions(storage, status),
    retry: parts.some(({ retry }) => retry),
  };
}

/** Before anything is made, or it could be left behind. */
function finalizer({ metadata: { finalizers = [] } }: Storage): Action[] {
  return finalizers.includes(FINALIZER) ? [] : [{ kind: 'setFinalizers', finalizers: [...finalizers, FINALIZER] }];
}
