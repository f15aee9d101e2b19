import { VolSyncMoverOptions } from './volsync-options';
import { ManifestProps } from '../../manifest/manifest-props';

/** What every restore by VolSync takes. */
export interface VolSyncRestoreOptions extends ManifestProps, VolSyncMoverOptions {
  /** The name of the ReplicationDestination. */
  readonly name: string;

  /** The Secret of the repository, in the namespace of the restore: the one of the backup, or one that names the same repository. */
  readonly repository: string;

  /**
   * The newest backup that is looked at: one that was made at that time or before. As RFC 3339 has it: `2026-11-24T03:00:00Z`.
   *
   * @default - the newest there is
   */
  readonly restoreAsOf?: string;

  /**
   * How many backups before that one are passed over.
   *
   * @default 0
   */
  readonly previous?: number;

  /**
   * Which restore this is. It is done once for each text: change it to have it done again.
   *
   * @default restore-once
   */
  readonly token?: string;
}
