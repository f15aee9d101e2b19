import type { Claim, Condition, CronJob, CronJobSpec, KubernetesObject, StorageClass, VolumeSnapshot } from './kubernetes';

export interface Storage extends KubernetesObject {
  readonly spec: {
    readonly storageClassName: string;
    readonly size: string;
    readonly accessModes?: readonly string[];
    readonly snapshotPolicy?: string;
    readonly deletionPolicy?: 'Retain' | 'Delete' | 'SnapshotThenDelete';
    readonly snapshotClassName?: string;
    readonly restoreFrom?: { readonly snapshotName: string };
  };
  readonly status?: StorageStatus;
}

export interface StorageStatus {
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
  readonly capacity?: string;
  readonly claimName?: string;
  readonly volumeName?: string;
  readonly finalSnapshotName?: string;
  readonly lastSnapshotTime?: string;
}

/** What is known of one Storage and of what belongs to it. */
export interface Observed {
  /** In ISO 8601, in whole seconds. */
  readonly now: string;
  /** Where the controller runs, and all CronJobs are. */
  readonly operatorNamespace: string;
  /** None where it is gone, and something of it may be left. */
  readonly storage?: Storage;
  /** The claim of that name, if it has our label. */
  readonly claim?: Claim;
  readonly storageClass?: StorageClass;
  /** What a claim that is to be made is made of; null where it does not exist. */
  readonly restoreSource?: VolumeSnapshot | null;
  readonly finalSnapshot?: VolumeSnapshot;
  /** The CronJob that is the template of the policy. */
  readonly template?: CronJob;
  /** Only there where a CronJob has to be written. */
  readonly runner?: Runner;
  /** Those that were made for a Storage of this name. */
  readonly cronJobs: readonly CronJob[];
  /** What the API server refused in this run. */
  readonly refused: Refused;
}

/** What the runner of the template is told, or why that is not known. */
export type Runner = { readonly config: Readonly<Record<string, unknown>> } | { readonly problem: Verdict };

/** An answer of the API server that comes again until something else changes. */
export interface Refusal {
  readonly code: number;
  /** Such as AlreadyExists. */
  readonly reason: string;
  readonly message: string;
  /** The namespace is being deleted, so that nothing can be made in it. */
  readonly namespaceTerminating: boolean;
}

export type Refused = { readonly [kind in Action['kind']]?: Refusal };

/** What is to be done. Every action is safe to be done twice. */
export type Action =
  | { readonly kind: 'setFinalizers'; readonly finalizers: readonly string[] }
  | { readonly kind: 'createClaim'; readonly claim: Claim }
  | { readonly kind: 'adoptClaim'; readonly claim: Claim; readonly annotations: Readonly<Record<string, string>> }
  | { readonly kind: 'growClaim'; readonly claim: Claim; readonly size: string }
  /** Nothing is written; it fails where a claim of the Storage is there that the cache has not. */
  | { readonly kind: 'assertNoClaim' }
  /** By the snapshot of that name, which then has to be ready. */
  | { readonly kind: 'deleteClaim'; readonly claim: Claim; readonly snapshotName?: string }
  | { readonly kind: 'createSnapshot'; readonly snapshot: VolumeSnapshot }
  | { readonly kind: 'createCronJob'; readonly cronJob: CronJob }
  | { readonly kind: 'replaceCronJob'; readonly current: CronJob; readonly annotations: Readonly<Record<string, string>>; readonly spec: CronJobSpec }
  | { readonly kind: 'deleteCronJob'; readonly cronJob: CronJob };

/** What people read with `kubectl describe`. */
export interface Note {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What follows from what is known: first the actions in their order, then the status, then the notes. */
export interface Outcome {
  readonly actions: readonly Action[];
  /** The whole of it; none where it is to be left as it is. */
  readonly status?: StorageStatus;
  readonly notes: readonly Note[];
  /** Whether to look again although nothing that is watched may change. */
  readonly retry: boolean;
}

/** What a part of the controller has to say of a condition, before it is dated. */
export interface Verdict {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** What a part of the controller adds to an outcome. */
export interface Part {
  readonly actions?: readonly Action[];
  readonly verdict?: Verdict;
  readonly retry?: boolean;
}
