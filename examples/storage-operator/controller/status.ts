import type { Condition } from './kubernetes';
import type { Note, Observed, Storage, StorageStatus, Verdict } from './types';

/** What the definition allows of a message; bytes are never fewer than its characters. */
const MESSAGE_BYTES = 32_768;

export const no = (reason: string, message: string): Verdict => ({ status: 'False', reason, message });

/** The text, or as much of it as so many bytes of UTF-8 hold. */
export function cut(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  return whole.length <= bytes ? text : whole.subarray(0, bytes).toString().replace(/\uFFFD$/, '');
}

/** The conditions that the verdicts make; what is not judged is not said. */
function conditions({ now }: Observed, storage: Storage, verdicts: Readonly<Record<string, Verdict | undefined>>): Condition[] {
  return Object.entries(verdicts).flatMap(([type, verdict]) => {
    if (!verdict) {
      return [];
    }
    const before = conditionOf(storage, type);
    const lastTransitionTime = before?.status === verdict.status ? before.lastTransitionTime ?? now : now;
    return [{ type, ...verdict, message: cut(verdict.message, MESSAGE_BYTES), lastTransitionTime, observedGeneration: storage.metadata.generation }];
  });
}

export function conditionOf(storage: Storage, type: string): Condition | undefined {
  return storage.status?.conditions?.find(condition => condition.type === type);
}

/** The whole status of a Storage. */
export function statusOf(observed: Observed, storage: Storage, verdicts: Readonly<Record<string, Verdict | undefined>>, rest: Partial<StorageStatus>): StorageStatus {
  return { observedGeneration: storage.metadata.generation, conditions: conditions(observed, storage, verdicts), ...rest };
}

/** A note for each condition that has another reason now. What is well from the start goes without saying, but for Ready. */
export function transitions(storage: Storage, status: StorageStatus): Note[] {
  return (status.conditions ?? []).flatMap(({ type, status: now, reason, message }) => {
    const before = conditionOf(storage, type);
    if (before?.reason === reason || (!before && now === 'True' && type !== 'Ready')) {
      return [];
    }
    return [{ type: now === 'True' || QUIET.has(reason!) ? 'Normal' as const : 'Warning' as const, reason: reason!, message: message! }];
  });
}

/** What is not so yet, and nothing is wrong. */
const QUIET = new Set(['Creating', 'WaitingForFirstConsumer', 'Expanding', 'NodeExpansionPending', 'WaitingForClaim', 'Deleting', 'TakingFinalSnapshot']);

/** What a merge patch of the status has to say; none where nothing changes. */
export function statusPatch(before: StorageStatus = {}, after: StorageStatus): Record<string, unknown> | undefined {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof StorageStatus)[];
  const changes = keys.filter(key => !same(before[key], after[key])).map(key => [key, after[key] ?? null]);
  return changes.length > 0 ? Object.fromEntries(changes) : undefined;
}

/** Whether two values are the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with its keys in order, and without what is undefined. */
export function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner) => (
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
}
