import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

const VOLSYNC = 'https://volsync.readthedocs.io/en/stable/usage/restic/index.html';
const VELERO_CSI = 'https://velero.io/docs/main/csi/';

export const BACKUP_RULES = defineRules('snapshot', {
  SNP050: {
    level: FindingLevel.ERROR,
    check: 'the engine of a backup can express everything that the policy asks for',
    message: '{property}: {engine} cannot do that. {why}',
    fix: '{instead}',
    reference: 'docs/backup.md#what-each-engine-can-express',
  },
  SNP051: {
    level: FindingLevel.ERROR,
    check: 'what a backup or its restore is made of is complete and well-formed',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: 'docs/backup.md',
  },
  SNP052: {
    level: FindingLevel.ERROR,
    check: 'each claim is backed up into a restic repository of its own',
    message: "the Secret '{key}' would be the repository of {claims}: VolSync gives all backups one host and one path, so the retention of each would count, and delete, those of the other",
    fix: "one Secret per claim, with another path in RESTIC_REPOSITORY: repository: 'restic-${pvc.name}', in which the token stands for the name of the claim; or repositories: { orders: 'restic-orders', … }",
    reference: VOLSYNC,
  },
  SNP053: {
    level: FindingLevel.ERROR,
    check: 'the retention of a backup is in numbers and hours that its engine can count',
    message: 'retention: {problem}',
    fix: '{expected}',
    reference: 'https://restic.readthedocs.io/en/stable/060_forget.html',
  },
  SNP055: {
    level: FindingLevel.WARNING,
    check: 'a backup is of one point in time',
    message: "the claim '{claim}' is read while it is written to (copyMethod Direct): what is backed up is of no single moment, and a database may not start from it",
    fix: 'copyMethod: CopyMethod.SNAPSHOT or CLONE if the driver can, or stop the application while it runs; else acknowledge this with the reason why files of different moments are fine here',
    reference: VOLSYNC,
  },
  SNP056: {
    level: FindingLevel.ERROR,
    check: 'Velero finds one snapshot class for each driver',
    message: 'Velero has no way to choose between the {count} snapshot classes of the driver {driver}: {problem}',
    fix: "labels: { 'velero.io/csi-volumesnapshot-class': 'true' } on exactly one of them, or BackupEngine.velero({ snapshotClasses: [theOne] })",
    reference: VELERO_CSI,
  },
  SNP057: {
    level: FindingLevel.WARNING,
    check: 'the snapshot class that Velero is to use is marked as such',
    message: "the snapshot class '{class}' of the driver {driver} is not marked for Velero, which takes it only as long as the driver has no other one",
    fix: "labels: { 'velero.io/csi-volumesnapshot-class': 'true' } on it, or BackupEngine.velero({ snapshotClasses: [theOne] })",
    reference: VELERO_CSI,
  },
  SNP058: {
    level: FindingLevel.WARNING,
    check: 'the namespaces that Velero backs up are those in which something is',
    message: "nothing in this app is in the namespace '{namespace}'; Velero takes a name that does not exist as well, and calls each empty backup a success",
    fix: 'hand over the claims themselves: ClaimSelector.of(claim); or check the name, and acknowledge this if the namespace is written elsewhere',
    reference: 'https://github.com/zacheryph/k8s-gitops/pull/3424',
  },
  SNP059: {
    level: FindingLevel.WARNING,
    check: 'a backup leaves the storage of which it is',
    message: 'with moveData: false Velero leaves the data in snapshots on the same storage: when that is lost, so is every backup',
    fix: 'leave out moveData; or acknowledge this if the snapshots of the storage outlive it, as those of some clouds do',
    reference: 'https://velero.io/docs/main/csi-snapshot-data-movement/',
  },
  SNP060: {
    level: FindingLevel.ERROR,
    check: 'Velero keeps a backup until at least two more were due',
    message: "the Schedule '{schedule}' runs every {gap}, and its backups are deleted after {ttl}, the last good one too: after one failed run nothing is left",
    fix: '{expected}',
    reference: 'https://github.com/velero-io/velero/issues/9061',
  },
  SNP061: {
    level: FindingLevel.ERROR,
    check: 'the driver of a claim that is backed up can make the copy that is read',
    message: 'the {what} is copied by {method}, but the driver {driver} is not declared to {verb}, and no backup would ever be made',
    fix: '{expected}',
    reference: 'https://volsync.readthedocs.io/en/stable/usage/restic/index.html#backup-options',
  },
  SNP062: {
    level: FindingLevel.ERROR,
    check: 'a direct restore writes into a claim that nothing else uses',
    message: "the restore would write into the claim '{claim}', {problem}: what is in it now would be lost",
    fix: '{expected}',
    reference: 'docs/backup.md#restore-by-volsync',
  },
  SNP063: {
    level: FindingLevel.WARNING,
    check: 'a claim that is filled by VolSync is in a cluster with the VolumePopulator CRD',
    message: 'nothing in this app brings the CRD volumepopulators.populator.storage.k8s.io, without which VolSync leaves its populator off and says nothing: a claim with this data source would stay Pending for ever',
    fix: 'look whether the cluster has it (kubectl get crd volumepopulators.populator.storage.k8s.io), restart VolSync after it was installed, and say so: populatorInstalled: true',
    reference: 'https://github.com/kubernetes-csi/volume-data-source-validator',
  },
});
