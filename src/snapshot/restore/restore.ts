import { Construct } from 'constructs';
import { RestoreOptions } from './restore-options';
import { checkSnapshot, restoredClaim } from './restored-claim';
import { StatefulSetRestore, StatefulSetRestoreProps } from './stateful-set-restore';
import { checkSubdomain } from '../../manifest/validate';
import { PersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { IVolumeSnapshot } from '../volume-snapshot';

/** Properties of a claim that is restored. */
export interface RestoreProps extends RestoreOptions {
  /** The name of the new claim, which is not that of the claim of which the snapshot was taken. */
  readonly name: string;
}

/**
 * Data out of snapshots, in new claims. What exists is never replaced. The claims are protected from pruning as all claims are; they keep
 * their data when the snapshot is deleted later.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support
 */
export class Restore {
  /**
   * A new claim that is filled from a snapshot when it is created.
   *
   * @param scope the chart, or what else the claim is put in
   * @param id of the claim in its scope
   * @param snapshot of the same namespace
   * @param props of the claim
   * @throws MAN001, SNP040, SNP041, and what a claim throws (VOL016 to VOL019 among it)
   */
  public static fromSnapshot(scope: Construct, id: string, snapshot: IVolumeSnapshot, props: RestoreProps): PersistentVolumeClaim {
    checkSnapshot(scope, 'the snapshot', snapshot);
    return restoredClaim(scope, id, snapshot, checkSubdomain(scope, 'the name of the claim', props.name), props);
  }

  /**
   * The claims of a StatefulSet, filled from snapshots. They have to be there before its pods: write the restore before the StatefulSet,
   * and apply it before.
   *
   * @param scope the chart, or what else the claims are put in
   * @param id of the restore in its scope
   * @param props of the claims
   * @throws MAN001, SNP040, SNP041, SNP042, and what a claim throws (VOL016 to VOL019 among it)
   */
  public static statefulSet(scope: Construct, id: string, props: StatefulSetRestoreProps): StatefulSetRestore {
    return new StatefulSetRestore(scope, id, props);
  }

  private constructor() {}
}
