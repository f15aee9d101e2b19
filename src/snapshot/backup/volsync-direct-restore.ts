import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { malformed } from './checks';
import { restoreManifest } from './restore-parts';
import { BACKUP_RULES } from './rules';
import { isBackedUp } from './volsync';
import { VolSyncRestoreOptions } from './volsync-restore-options';
import { checkAtSynth, report, unchecked } from '../../findings/report';
import { emit } from '../../manifest/emit';
import { Cluster } from '../../platform/cluster';
import { existing, notHandedOver } from '../../volume/checks';
import { VolumeMode } from '../../volume/modes';
import { isMounted } from '../../volume/mounts';
import { IPersistentVolumeClaim, PersistentVolumeClaim } from '../../volume/persistent-volume-claim';

/** Properties of a VolSyncDirectRestore. */
export interface VolSyncDirectRestoreProps extends VolSyncRestoreOptions {
  /** The claim that is written into: a new and empty one, which no pod mounts yet. Files that are in it are overwritten where the backup has them too. */
  readonly into: IPersistentVolumeClaim;

  /**
   * Whether files are deleted that the backup does not have. `lost+found` is one of them, which takes a privileged mover.
   *
   * @default false
   */
  readonly deleteOtherFiles?: boolean;
}

/**
 * A restore of VolSync that writes into a new, empty claim: for drivers without snapshots, or clusters without the VolumePopulator CRD. Prefer
 * `VolSyncRestore`, which nothing can start too early.
 *
 * Remove it before the claim is used: if the object is ever created anew, as when all of a cluster is, it restores once more, over what is there then.
 *
 * @see https://volsync.readthedocs.io/en/stable/usage/restic/index.html#performing-a-restore
 */
export class VolSyncDirectRestore extends Construct {
  /** The ReplicationDestination object. */
  public readonly apiObject: ApiObject;

  /** @throws SNP051; SNP062 is found when the app is synthesized */
  public constructor(scope: Construct, id: string, props: VolSyncDirectRestoreProps) {
    super(scope, id);
    const { into } = props;
    if (typeof into?.claimName !== 'string') {
      malformed(this, 'the claim', notHandedOver(into), `hand one over: into: ${existing('PersistentVolumeClaim.fromClaimName', into, 'data-restored')}`);
    }
    Cluster.requireSame(this, into, `PersistentVolumeClaim.fromClaimName('${into.claimName}')`);
    if (into.dataSourceVolumeMode === VolumeMode.BLOCK) {
      malformed(this, `the claim '${into.claimName}'`, 'it is a device, and restic writes files', 'a claim with volumeMode: VolumeMode.FILESYSTEM');
    }
    this.apiObject = emit(this, 'Resource', restoreManifest(this, into.namespace, props, {
      copyMethod: 'Direct',
      destinationPVC: into.claimName,
      ...(props.deleteOtherFiles ? { enableFileDeletion: true } : {}),
    }), props);
    checkAtSynth(this, () => this.checkUnused(into));
  }

  /** SNP062 */
  private checkUnused(into: IPersistentVolumeClaim): void {
    const problem = isBackedUp(this, into) ? 'which a BackupPolicy of this app backs up'
      : isMounted(this, into) ? 'which a pod of this app mounts'
        : into instanceof PersistentVolumeClaim && isFilled(into) ? 'which gets its data from a volume or a data source that is there already' : undefined;
    if (problem !== undefined) {
      report(this, BACKUP_RULES.SNP062, { claim: into.claimName, problem, expected: 'a claim of another name that nothing uses yet; or VolSyncRestore as the dataSource of a new claim, which pods wait for' });
    } else {
      unchecked(this, BACKUP_RULES.SNP062, `whether the claim '${into.claimName}' is empty and unused in the cluster`);
    }
  }
}

function isFilled(claim: PersistentVolumeClaim): boolean {
  const { volumeName, dataSource, dataSourceRef } = claim.apiObject.toJson().spec;
  return [volumeName, dataSource, dataSourceRef].some(part => part !== undefined);
}
