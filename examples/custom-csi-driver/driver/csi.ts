import { status } from '@grpc/grpc-js';

// The messages of csi.proto as @grpc/proto-loader hands them over: camelCase, enums by name, nothing undefined but messages.

export interface VolumeCapability {
  readonly block?: object;
  readonly mount?: { readonly fsType: string; readonly mountFlags: string[] };
  readonly accessMode?: { readonly mode: string };
}

export interface CapacityRange {
  readonly requiredBytes: number;
  readonly limitBytes: number;
}

export interface Topology {
  readonly segments: { [key: string]: string };
}

export interface ContentSource {
  readonly snapshot?: { readonly snapshotId: string };
  readonly volume?: { readonly volumeId: string };
}

/** What a call ends with when it fails. The sidecars act on the code: which code means what is fixed by the CSI specification. */
export class CsiError extends Error {
  public constructor(public readonly code: status, message: string) {
    super(message);
  }
}

const error = (code: status) => (message: string) => new CsiError(code, message);
export const invalid = error(status.INVALID_ARGUMENT);
export const notFound = error(status.NOT_FOUND);
export const alreadyExists = error(status.ALREADY_EXISTS);
export const failedPrecondition = error(status.FAILED_PRECONDITION);
export const outOfRange = error(status.OUT_OF_RANGE);
export const exhausted = error(status.RESOURCE_EXHAUSTED);
/** Somebody else works on it, or the caller's token is no longer good: it tries again. */
export const aborted = error(status.ABORTED);

/** Refuses a call without a field that it needs. */
export function required(fields: { [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
      throw invalid(`${name} is missing`);
    }
  }
}
