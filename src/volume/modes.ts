import { IConstruct } from 'constructs';
import { VOLUME_RULES } from './rules';
import { fail } from '../findings/report';

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

/** VOL008 */
export function checkAccessModes(scope: IConstruct, modes: readonly AccessMode[]): string[] {
  const problem = modes.length === 0 ? 'the list is empty'
    : new Set(modes).size < modes.length ? 'one is given twice'
      : modes.length > 1 && modes.includes(AccessMode.READ_WRITE_ONCE_POD) ? 'ReadWriteOncePod does not go with another one' : undefined;
  if (problem) {
    fail(scope, VOLUME_RULES.VOL008, { modes: `[${modes.join(', ')}]`, problem });
  }
  return [...modes];
}

/** VOL005, for mount options. */
export function checkMountOptions(scope: IConstruct, options: readonly string[]): string[] {
  for (const option of options) {
    if (!/^[^\s,]+$/.test(option)) {
      fail(scope, VOLUME_RULES.VOL005, {
        what: 'the mount option', value: `'${option}'`, problem: 'it is empty, or has a blank or comma in it', expected: "give one option per entry: mountOptions: ['hard', 'nfsvers=4.1']",
      });
    }
  }
  return [...options];
}
