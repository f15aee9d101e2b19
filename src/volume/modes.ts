/** Who may mount a volume, and how. It is a promise for matching and scheduling, not a protection. */
export enum AccessMode {
  /** One node, reading and writing. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** Many nodes, reading. Does not make a mount read-only: `mountTo(…, { readOnly: true })` does. */
  READ_ONLY_MANY = 'ReadOnlyMany',
  /** Many nodes, reading and writing. */
  READ_WRITE_MANY = 'ReadWriteMany',
  /** One pod, reading and writing. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
}

/** Whether a volume is mounted as a directory or handed over as a device. */
export enum VolumeMode {
  /** A directory. */
  FILESYSTEM = 'Filesystem',
  /** A raw block device. */
  BLOCK = 'Block',
}

/** What becomes of a PersistentVolume and its data when its claim is deleted. */
export enum ReclaimPolicy {
  /** The driver deletes the volume. */
  DELETE = 'Delete',
  /** Volume and data stay until somebody removes them. */
  RETAIN = 'Retain',
}

/** When a claim gets its volume. */
export enum VolumeBindingMode {
  /** At once. */
  IMMEDIATE = 'Immediate',
  /** When a pod that uses it has been scheduled. */
  WAIT_FOR_FIRST_CONSUMER = 'WaitForFirstConsumer',
}
