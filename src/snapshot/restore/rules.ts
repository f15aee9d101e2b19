import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

const RESTORE = 'docs/restore.md';
const CONTENTS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#volume-snapshot-contents';

export const RESTORE_RULES = defineRules('snapshot', {
  SNP040: {
    level: FindingLevel.ERROR,
    check: 'a restore makes a new claim, and never replaces the one of which the snapshot was taken',
    message: "the restore would be the claim '{claim}', of which the snapshot was taken: a claim is filled once, when it is created, so the data can only come back by deleting it, "
      + 'and with it all that was written since, before anybody has seen that the restore is good',
    fix: "give the restore another name, such as '{other}', look at the data, and let the workload mount that one; for a StatefulSet, restore for another name of it, "
      + 'or scale it to 0 and delete the claim knowingly: then say so, sourceIsGone: true',
    reference: RESTORE + '#what-is-never-done',
  },
  SNP041: {
    level: FindingLevel.ERROR,
    check: 'a restore is told its snapshot, its class and its size',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: RESTORE,
  },
  SNP042: {
    level: FindingLevel.ERROR,
    check: 'a restore of a StatefulSet has a claim template that there is, and one snapshot for each member',
    message: 'the restore of the StatefulSet {name}: {problem}',
    fix: '{expected}',
    reference: RESTORE + '#a-statefulset',
  },
  SNP043: {
    level: FindingLevel.WARNING,
    check: 'every member of a StatefulSet is restored',
    message: 'the StatefulSet {name} starts with {missing} empty: there is a snapshot for other members only',
    fix: 'give a snapshot for each member; acknowledge this where a member that comes up empty gets its data from the others, or has its claim already',
    reference: RESTORE + '#a-statefulset',
  },
  SNP044: {
    level: FindingLevel.ERROR,
    check: 'a claim that is restored for a StatefulSet has the volume mode of its claim template',
    message: "the claim '{claim}' has volumeMode {mode}, the template '{template}' of the StatefulSet {name} has {other}: its pods would not start",
    fix: 'give both the volumeMode of the snapshot',
    reference: RESTORE + '#a-statefulset',
  },
  SNP045: {
    level: FindingLevel.WARNING,
    check: 'a claim that is restored for a StatefulSet is what its claim template would make',
    message: "the claim '{claim}' has {property} {value}, the template '{template}' of the StatefulSet {name} has {other}: the member takes the claim as it is, and those that come later differ from it",
    fix: 'hand over the template itself: template: the ClaimTemplate, without {property}; acknowledge this where the difference is meant',
    reference: RESTORE + '#a-statefulset',
  },
  SNP046: {
    level: FindingLevel.ERROR,
    check: 'no VolumeSnapshotContent deletes the data of another one',
    message: 'the snapshot {key} is that of {first} as well, and one of both has deletionPolicy Delete: deleting that one deletes the data of both',
    fix: 'give both SnapshotDeletionPolicy.RETAIN, and delete the snapshot in the storage system when nobody needs it any more',
    reference: CONTENTS,
  },
  SNP047: {
    level: FindingLevel.WARNING,
    check: 'an imported snapshot is kept when its object is deleted',
    message: 'deletionPolicy Delete on an imported snapshot: deleting the object, or its namespace, deletes what may be the only copy of the data',
    fix: 'leave deletionPolicy out: it is Retain; acknowledge this where the cluster is to own the snapshot from now on',
    reference: CONTENTS,
  },
  SNP048: {
    level: FindingLevel.WARNING,
    check: 'the volume mode of a snapshot is not changed by its restore',
    message: 'allowVolumeModeChange: whoever can create claims in the namespace can have the snapshot of a device mounted as a file system, and the kernel of the node reads what was written there',
    fix: 'leave allowVolumeModeChange out; acknowledge this where a backup program reads file systems as devices, and who writes to the device is trusted',
    reference: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#convert-volume-mode',
  },
  SNP049: {
    level: FindingLevel.WARNING,
    check: 'a snapshot that another namespace uses is not deleted with its original',
    message: "the snapshot '{original}' is of the class '{class}' with deletionPolicy Delete: whoever deletes it, be it a SnapshotPolicy that has enough of them, deletes the data of this one too",
    fix: 'restore from it soon and then remove it; to keep it, take the original by a class with SnapshotDeletionPolicy.RETAIN; acknowledge this once the restore is done',
    reference: RESTORE + '#into-another-namespace',
  },
});
