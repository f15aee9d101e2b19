/** What takes the snapshots of a policy, and prunes them. */
export class SnapshotEngine {
  /** A CronJob with a program that the library brings: nothing has to be installed. It can do all that a SnapshotPolicy can say. */
  public static embedded(): SnapshotEngine {
    return new SnapshotEngine('embedded');
  }

  /**
   * The SnapScheduler operator (`snapscheduler.backube/v1`), which has to be installed. It deletes by number or age without looking whether a
   * snapshot is ready, so `minReady: 0` has to be said; what else it cannot do is an error (SNP037).
   *
   * @see https://backube.github.io/snapscheduler/
   */
  public static snapScheduler(): SnapshotEngine {
    return new SnapshotEngine('SnapScheduler');
  }

  private constructor(
    /** Its name. */
    public readonly name: string,
  ) {}
}
