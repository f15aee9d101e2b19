import { VeleroOptions } from './velero-options';
import { VolSyncOptions } from './volsync-options';

/** Who makes the backups of a BackupPolicy. It is installed by other means; the policy writes its custom resources only. */
export class BackupEngine {
  /**
   * VolSync 0.11 or later, with restic: a ReplicationSource for each claim, which copies the files of the claim into a repository of its own.
   *
   * @see https://volsync.readthedocs.io/en/stable/usage/restic/index.html
   */
  public static volSync(options: VolSyncOptions): BackupEngine {
    return new BackupEngine('VolSync', options ?? {});
  }

  /**
   * Velero 1.14 or later, with CSI snapshots whose data is moved into its storage location: a Schedule for each tier of the retention.
   *
   * @see https://velero.io/docs/main/csi-snapshot-data-movement/
   */
  public static velero(options: VeleroOptions = {}): BackupEngine {
    return new BackupEngine('Velero', undefined, options ?? {});
  }

  private constructor(
    /** The name of the engine. */
    public readonly engineName: string,
    /** What was said of VolSync, if it is that one. */
    public readonly volSyncOptions?: VolSyncOptions,
    /** What was said of Velero, if it is that one. */
    public readonly veleroOptions?: VeleroOptions,
  ) {}
}
