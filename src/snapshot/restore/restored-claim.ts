import { Construct } from 'constructs';
import { RestoreOptions } from './restore-options';
import { RESTORE_RULES } from './rules';
import { fail } from '../../findings/report';
import { cannotCheck, existing, notHandedOver } from '../../volume/checks';
import { VolumeMode } from '../../volume/modes';
import { PersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { IVolumeSnapshot } from '../volume-snapshot';

/** SNP041: a snapshot, and not only its name. */
export function checkSnapshot(scope: Construct, what: string, snapshot: IVolumeSnapshot): void {
  if (typeof snapshot?.snapshotName !== 'string') {
    fail(scope, RESTORE_RULES.SNP041, { what, problem: notHandedOver(snapshot), expected: `hand one over: snapshot, or ${existing('VolumeSnapshot.fromVolumeSnapshotName', snapshot, 'nightly')}` });
  }
}

/** SNP040 */
function checkPlace(scope: Construct, { sourceClaim }: IVolumeSnapshot, name: string, namespace: string | undefined): void {
  const other = sourceClaim?.namespace;
  if (sourceClaim?.claimName === name && (other === undefined || namespace === undefined || other === namespace)) {
    fail(scope, RESTORE_RULES.SNP040, { claim: name, other: `${name}-restored` });
  }
}

/** A new claim that is filled from a snapshot. What is not said of it is taken from the snapshot. */
export function restoredClaim(scope: Construct, id: string, snapshot: IVolumeSnapshot, name: string, options: RestoreOptions): PersistentVolumeClaim {
  const { sourceClaim, snapshotName, dataSourceSize, dataSourceVolumeMode } = snapshot;
  const namespace = options.namespace ?? snapshot.namespace;
  const storageClass = options.storageClass ?? sourceClaim?.storageClass;
  const size = options.size ?? dataSourceSize;
  if (!options.sourceIsGone) {
    checkPlace(scope, snapshot, name, namespace);
  }
  if (!storageClass) {
    fail(scope, RESTORE_RULES.SNP041, {
      what: `the class of the claim '${name}'`, problem: 'it is missing, and that of the claim of which the snapshot was taken is not known',
      expected: "storageClass: a class of the snapshot's driver, such as StorageClass.fromStorageClassName('fast', { driver })",
    });
  }
  if (!size) {
    const place = namespace === undefined ? '' : ` -n ${namespace}`;
    fail(scope, RESTORE_RULES.SNP041, {
      what: `the size of the claim '${name}'`, problem: 'it is missing, and that of the snapshot is not known',
      expected: `size: Size.gibibytes(…), not less than \`kubectl get volumesnapshot ${snapshotName}${place} -o jsonpath='{.status.restoreSize}'\` says`,
    });
  }
  const { labels, annotations, accessModes, volumeAttributesClass } = options;
  const volumeMode = options.volumeMode ?? (dataSourceVolumeMode === VolumeMode.BLOCK ? VolumeMode.BLOCK : undefined);
  const claim = new PersistentVolumeClaim(scope, id, {
    name, namespace, storageClass, size, accessModes, volumeMode, volumeAttributesClass, labels, annotations, dataSource: snapshot,
  });
  if (!sourceClaim && !options.sourceIsGone) {
    cannotCheck(claim, RESTORE_RULES.SNP040, `of which claim the snapshot '${snapshotName}' was taken: sourceClaim`);
  }
  return claim;
}
