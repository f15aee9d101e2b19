/** Names that are in clusters already: to change one is to lose what has it. */
export const GROUP = 'storage.example.com';
export const FINALIZER = `${GROUP}/storage`;
export const MANAGER = 'storage-operator';
/** What makes an object ours. It is of our own domain: charts and tools write the usual `app.kubernetes.io/managed-by` on what is theirs. */
export const MANAGED_BY = `${GROUP}/managed-by`;
export const OURS = { [MANAGED_BY]: MANAGER };
/** On claims, for people. */
export const FOR_PEOPLE = { 'app.kubernetes.io/managed-by': MANAGER };

/** Annotations. */
export const ANNOTATION = {
  /** Of which Storage a claim, snapshot or CronJob is. */
  storageUid: `${GROUP}/storage-uid`,
  /** Of which Storage a CronJob is, as namespace/name. */
  storage: `${GROUP}/storage`,
  /** Of which claim a last snapshot is. */
  claimUid: `${GROUP}/claim-uid`,
  /** What a CronJob was made of. */
  template: `${GROUP}/template`,
  /** What the runner is told. */
  policy: `${GROUP}/policy.json`,
} as const;

/** The CronJob and the ConfigMap that a SnapshotPolicy of this name is. */
export const templateName = (policy: string) => `snapshots-${policy}`;
export const CONFIG_FILE = 'policy.json';
export const PROGRAM_FILE = 'snapshot-runner.js';
/** On the pods of a SnapshotPolicy's CronJob: of what its ConfigMap holds. */
export const CONTENT_HASH = 'cdk8s-storage/content-hash';
/** The volume of the runner's pod with both. */
export const POLICY_VOLUME = 'policy';
