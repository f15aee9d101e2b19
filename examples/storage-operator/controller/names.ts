/** Names that are in clusters already: to change one is to lose what has it. */
export const GROUP = 'storage.example.com';
export const FINALIZER = `${GROUP}/storage`;
export const MANAGER = 'storage-operator';
export const MANAGED_BY = 'app.kubernetes.io/managed-by';
export const OURS = { [MANAGED_BY]: MANAGER };

/** Annotations. */
export const ANNOTATION = {
  /** Of which Storage a claim, snapshot or CronJob is. */
  storageUid: `${GROUP}/storage-uid`,
  /** Of which Storage a CronJob is, as namespace/name. */
  storage: `${GROUP}/storage`,
  /** What a CronJob was made of. */
  template: `${GROUP}/template`,
  /** What the runner is told. */
  policy: `${GROUP}/policy.json`,
} as const;

/** The CronJob and the ConfigMap that a SnapshotPolicy of this name is. */
export const templateName = (policy: string) => `snapshots-${policy}`;
export const CONFIG_FILE = 'policy.json';
export const PROGRAM_FILE = 'snapshot-runner.js';
/** The volume of the runner's pod with both. */
export const POLICY_VOLUME = 'policy';
