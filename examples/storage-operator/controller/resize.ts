import type { Claim } from './kubernetes';
import { compare } from './quantity';
import type { Observed, Part, Storage, Verdict } from './types';

const no = (reason: string, message: string): Verdict => ({ status: 'False', reason, message });

const FAILED = ['ControllerResizeInfeasible', 'NodeResizeInfeasible', 'ControllerResizeFailed', 'NodeResizeFailed'];
const ON_NODE = ['NodeResizePending', 'NodeResizeInProgress'];

/** Lets the claim grow to spec.size. It never asks for less than the claim asked for already. */
export function resizePart(observed: Observed, { spec: { size } }: Storage, claim: Claim): Part {
  const request = claim.spec.resources?.requests?.storage ?? '0';
  const bound = claim.status?.phase === 'Bound';
  const direction = compare(size, request);
  if (direction < 0) {
    return { verdict: no('ShrinkRefused', `spec.size is ${size}, and the claim has asked for ${request}: a volume never shrinks`) };
  }
  if (direction > 0) {
    return bound ? grow(observed, claim, request, size) : { verdict: no('Expanding', `the claim grows from ${request} to ${size} when it is bound`) };
  }
  return bound ? { verdict: progress(claim, request) } : {};
}

function grow({ storageClass, refused: { growClaim: refusal } }: Observed, claim: Claim, request: string, size: string): Part {
  if (refusal) {
    return { verdict: no('ExpansionFailed', `to grow from ${request} to ${size} is refused: ${refusal.message}`), retry: true };
  }
  if (!storageClass?.allowVolumeExpansion) {
    const why = storageClass ? 'does not allow it (allowVolumeExpansion)' : 'does not exist any more';
    return { verdict: no('ExpansionNotAllowed', `spec.size is ${size}, and the claim stays at ${request}: class ${claim.spec.storageClassName} ${why}`) };
  }
  return { actions: [{ kind: 'growClaim', claim, size }], verdict: expanding(size) };
}

function expanding(size: string): Verdict {
  return no('Expanding', `the volume grows to ${size}`);
}

/** How far the volume has come with what the claim asks for. */
function progress({ status }: Claim, request: string): Verdict {
  const conditions = (status?.conditions ?? []).filter(condition => condition.status === 'True');
  const step = status?.allocatedResourceStatuses?.storage ?? '';
  const capacity = status?.capacity?.storage ?? '0';
  if (FAILED.includes(step)) {
    const detail = conditions.find(({ type }) => type.endsWith('ResizeError'))?.message;
    return no('ExpansionFailed', `the volume cannot grow from ${capacity} to ${request} (${step})${detail ? `: ${detail}` : ''}`);
  }
  if (ON_NODE.includes(step) || conditions.some(({ type }) => type === 'FileSystemResizePending')) {
    return no('NodeExpansionPending', `the volume has grown to ${request}, its file system grows when a pod has it mounted`);
  }
  return compare(capacity, request) < 0 ? expanding(request) : { status: 'True', reason: 'AtSize', message: `the volume has ${capacity}` };
}
