/** Whether a snapshot can be restored. */
export enum SnapshotState {
  /** It can. */
  READY = 'ready',
  /** It is still being taken. */
  PENDING = 'pending',
  /** It was not taken. */
  FAILED = 'failed',
}

/** A snapshot in a history, real or imagined. */
export interface SnapshotRecord {
  /** When it was taken. */
  readonly time: Date;

  /**
   * Its name.
   *
   * @default - the time, in UTC
   */
  readonly name?: string;

  /**
   * Whether it can be restored.
   *
   * @default SnapshotState.READY
   */
  readonly state?: SnapshotState;

  /**
   * Whether somebody holds it.
   *
   * @default false
   */
  readonly held?: boolean;
}

/** Around a history. */
export interface PreviewOptions {
  /**
   * When the retention is applied.
   *
   * @default - when the newest snapshot was taken
   */
  readonly now?: Date;

  /**
   * Whether the claim is gone.
   *
   * @default false
   */
  readonly orphaned?: boolean;
}

/** What becomes of a snapshot. */
export interface SnapshotVerdict {
  /** Its name. */
  readonly name: string;

  /** When it was taken. */
  readonly time: Date;

  /** Whether it is kept. */
  readonly kept: boolean;

  /** The rules that keep it; none where it is deleted. */
  readonly reasons: string[];
}
