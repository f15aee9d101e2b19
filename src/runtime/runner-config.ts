import { Retention } from './retention';

/** What a SnapshotPolicy hands to the runner, as policy.json beside it in the ConfigMap. */
export interface RunnerConfig {
  /** The name of the policy; together with its namespace it tells its snapshots from those of others. */
  readonly policy: string;
  /** Where claims are looked for; all namespaces where it is missing. */
  readonly namespaces?: readonly string[];
  readonly claims: ClaimFilter;
  readonly classes: ClassChoice;
  /** Where claims of a namespace are snapshotted together. */
  readonly group?: { readonly snapshotClass: string };
  readonly retention: Retention;
  readonly timeZone: string;
  /** Added to each snapshot. */
  readonly labels: Readonly<Record<string, string>>;
  readonly readyTimeoutSeconds: number;
  readonly maxParallel: number;
  readonly jitterSeconds: number;
  /** No further snapshot is taken of a claim that has so many which are not ready. */
  readonly maxPending: number;
  readonly hooks: readonly Hook[];
  /** Whether contents are kept when their namespace goes. */
  readonly surviveNamespaceDeletion: boolean;
}

/** Which claims; all conditions that are there have to hold. */
export interface ClaimFilter {
  readonly names?: readonly { readonly namespace: string; readonly name: string }[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly storageClass?: string;
  readonly statefulSet?: string;
  readonly templates?: readonly string[];
}

/** The snapshot class of a claim: the one, or by its class, or by its driver (annotation `volume.kubernetes.io/storage-provisioner`). */
export interface ClassChoice {
  readonly only?: string;
  readonly byStorageClass?: Readonly<Record<string, string>>;
  readonly byDriver?: Readonly<Record<string, string>>;
}

/** Commands for `sh` in a container of the pods that use the claim. */
export interface Hook {
  /** Labels of the pods; those that mount the claim where they are missing. */
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly container?: string;
  readonly freeze: string;
  readonly thaw: string;
  readonly timeoutSeconds: number;
  /** Whether a snapshot is taken although freezing failed. */
  readonly optional: boolean;
}

/** Labels and annotations on snapshots that the runner makes. */
export const LABEL = {
  managedBy: 'app.kubernetes.io/managed-by',
  policy: 'cdk8s-storage/policy',
  policyNamespace: 'cdk8s-storage/policy-namespace',
  claimUid: 'cdk8s-storage/claim-uid',
  /** The UID of the Job that took it: a second pod of that Job goes on with it. */
  run: 'cdk8s-storage/run',
  hold: 'cdk8s-storage/hold',
  /** Until it is known that the application was frozen all the time: what is not known to be good never counts as good. */
  unconfirmed: 'cdk8s-storage/unconfirmed',
} as const;
/** Annotation of a group snapshot: the UIDs of the claims that are in it. */
export const MEMBERS = 'cdk8s-storage/claim-uids';
export const MANAGER = 'cdk8s-storage';
