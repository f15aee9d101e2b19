import type { Claim } from './kubernetes';
import { compare } from './quantity';
import { no } from './status';
import type { Observed, Part, Storage, Verdict } from './types';

const FAILED = ['ControllerResizeInfeasible', 'NodeResizeInfeasible', 'ControllerResizeFailed', 'NodeResizeFailed'];
const ON_NODE = ['NodeResizePending', 'NodeResizeInProgress'];

/** Lets the claim grow to spec.size. It never asks for less than the claim asked for already. */
export function resizePart(observed: Observed, { spec: { size } }: Storage, claim: Claim): Part {
  const request = claim.spec.resources?.requests?.storage ?? '0';
  const bound = claim.status?.phase === 'Bound';
  const direction = compare(size, request);
  if (direction < 0) {
    return { verdict: no('ShrinkRefused', `spec.size is ${size}, and the claim has asked for ${request}: a volume never shrinks${recovery(claim, size)}`) };
  }
  if (direction > 0) {
    return bound ? grow(observed, claim, request, size) : { verdict: no('Expanding', `the claim grows from ${request} to ${size} when it is bound`) };
  }
  return bound ? { verdict: progress(claim, request) } : {};
}

/** Kubernetes lets a claim ask for less where what it asked for cannot be. The operator does not: what a driver calls infeasible may be done in part. */
function recovery({ metadata: { name, namespace }, status }: Claim, size: string): string {
  if (!status?.allocatedResourceStatuses?.storage?.endsWith('Infeasible')) {
    return '';
  }
  const capacity = status.capacity?.storage ?? '0';
  if (compare(size, capacity) <= 0) {
    return `. It could not grow beyond ${capacity}; the claim may ask for less again, if it is more than that: set spec.size to it`;
  }
  const patch = JSON.stringify({ spec: { resources: { requests: { storage: size } } } });
  return `. It could not grow beyond ${capacity}; this takes back what the claim asks for: kubectl patch persistentvolumeclaim ${name} --namespace ${namespace} --type merge --patch '${patch}'`;
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
