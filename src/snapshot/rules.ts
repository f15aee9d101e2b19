import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const SNAPSHOTS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/';

export const SNAPSHOT_RULES = defineRules('snapshot', {
  SNP001: {
    level: FindingLevel.ERROR,
    check: 'a cluster has one snapshot-controller',
    message: 'a second snapshot-controller; {first} is one already, and two race for the same snapshots',
    fix: 'keep one per cluster, in the chart of the cluster, not in that of a driver',
    reference: 'https://github.com/kubernetes-csi/csi-driver-nfs/issues/456',
  },
  SNP002: {
    level: FindingLevel.ERROR,
    check: 'a snapshot-controller is not installed where the distribution brings one',
    message: '{distribution} installs the VolumeSnapshot CRDs and a snapshot-controller itself, and would overwrite these',
    fix: 'remove this SnapshotController; if the bundled one was switched off, declare it: Distribution.custom({ …, snapshotController: false })',
    reference: 'https://github.com/rancher/rke2/issues/9808',
  },
  SNP003: {
    level: FindingLevel.ERROR,
    check: 'snapshot classes and drivers with snapshots are in a cluster with a snapshot-controller',
    message: 'the VolumeSnapshot CRDs and a snapshot-controller are needed here, but neither this app nor the distribution brings them: the sidecar would not start and no snapshot ever be taken',
    fix: "new SnapshotController(chart, 'Snapshots') once in the cluster, or SnapshotController.existing(scope) when another repository installs it",
    reference: 'https://github.com/kubernetes-csi/external-snapshotter#usage',
  },
  SNP004: {
    level: FindingLevel.ERROR,
    check: 'the driver of a snapshot class can take snapshots',
    message: 'the driver {driver} is not declared to take snapshots, so it has no csi-snapshotter and every VolumeSnapshot would wait for ever',
    fix: 'capabilities: { snapshot: true } on the driver (NfsStorage, NfsCsiDriver: snapshots: true)',
    reference: SNAPSHOTS,
  },
  SNP005: {
    level: FindingLevel.ERROR,
    check: 'reserved parameters (csi.storage.k8s.io/…) of a snapshot class are written by the library',
    message: "the parameter '{key}' is reserved: csi-snapshotter refuses an unknown one when the first snapshot comes",
    fix: 'use the typed property instead: secrets: { snapshotter: SecretReference.fromName(name, namespace) }',
    reference: 'https://kubernetes-csi.github.io/docs/secrets-and-credentials-volume-snapshot-class.html',
  },
  SNP006: {
    level: FindingLevel.ERROR,
    check: 'a driver has one default snapshot class',
    message: 'a second default snapshot class for {key}; {first} is one already, and snapshots without a class would be refused',
    fix: 'leave isDefault on one class per driver only',
    reference: SNAPSHOTS,
  },
});
