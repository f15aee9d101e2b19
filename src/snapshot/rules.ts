import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const SNAPSHOTS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/';
const GROUPS = 'https://kubernetes-csi.github.io/docs/group-snapshot-restore-feature.html';

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
    check: 'snapshots, their classes and drivers with snapshots are in a cluster with a snapshot-controller',
    message: 'the VolumeSnapshot CRDs and a snapshot-controller are needed here, but neither this app nor the distribution brings them: the sidecar would not start and no snapshot ever be taken',
    fix: "new SnapshotController(chart, 'Snapshots') once in the cluster, or SnapshotController.existing(scope) when another repository installs it",
    reference: 'https://github.com/kubernetes-csi/external-snapshotter#usage',
  },
  SNP004: {
    level: FindingLevel.ERROR,
    check: 'the driver of a snapshot or snapshot class can take snapshots',
    message: 'the driver {driver} is not declared to take snapshots, so it has no csi-snapshotter and every VolumeSnapshot would wait for ever',
    fix: 'capabilities: { snapshot: true } on the driver (NfsStorage, NfsCsiDriver: snapshots: true)',
    reference: SNAPSHOTS,
  },
  SNP005: {
    level: FindingLevel.ERROR,
    check: 'reserved parameters (csi.storage.k8s.io/…) of a snapshot class are written by the library',
    message: "the parameter '{key}' is reserved: csi-snapshotter refuses an unknown one when the first snapshot comes",
    fix: 'use the typed property instead: secrets: { {property}: SecretReference.fromName(name, namespace) }',
    reference: 'https://kubernetes-csi.github.io/docs/secrets-and-credentials-volume-snapshot-class.html',
  },
  SNP006: {
    level: FindingLevel.ERROR,
    check: 'a driver has one default snapshot class',
    message: 'a second default snapshot class for {key}; {first} is one already, and snapshots without a class would be refused',
    fix: 'leave isDefault on one class per driver only',
    reference: SNAPSHOTS,
  },
  SNP007: {
    level: FindingLevel.ERROR,
    check: 'group snapshots, their classes and drivers with group snapshots are in a cluster whose snapshot-controller handles groups',
    message: 'group snapshots are used here, but the snapshot-controller of {controller} has neither their CRDs nor their feature gate: '
      + 'without the CRDs a csi-snapshotter with that gate takes no plain snapshots either',
    fix: "new SnapshotController(chart, 'Snapshots', { groupSnapshots: true }); for one that is there already and serves groupsnapshot.storage.k8s.io/v1: "
      + 'SnapshotController.existing(scope, { groupSnapshots: true })',
    reference: 'https://github.com/kubernetes-csi/external-snapshotter/issues/1385',
  },
  SNP008: {
    level: FindingLevel.ERROR,
    check: 'the driver of a group snapshot class can take group snapshots',
    message: 'the driver {driver} is not declared to take group snapshots, so its csi-snapshotter does not look for them and every VolumeGroupSnapshot would wait for ever',
    fix: 'capabilities: { snapshot: true, groupSnapshot: true } on the driver, if it has CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT',
    reference: GROUPS,
  },
  SNP009: {
    level: FindingLevel.ERROR,
    check: 'a driver has one default group snapshot class',
    message: 'a second default group snapshot class for {key}; {first} is one already, and group snapshots without a class would be refused',
    fix: 'leave isDefault on one class per driver only',
    reference: GROUPS,
  },
  SNP010: {
    level: FindingLevel.ERROR,
    check: 'a snapshot is in the namespace of its claim',
    message: "the snapshot is in the namespace {namespace}, its claim '{claim}' in {other}; the snapshot-controller looks for the claim in the snapshot's namespace only",
    fix: 'leave out the namespace of the snapshot: it is that of its claim',
    reference: SNAPSHOTS + '#volumesnapshots',
  },
  SNP011: {
    level: FindingLevel.ERROR,
    check: 'a snapshot, its claim and its class have one driver',
    message: "the snapshot class '{class}' is of the driver {driver}, the volume of {other}: the snapshot would be handed to a driver that does not have the volume",
    fix: 'use a snapshot class of the driver {other}',
    reference: SNAPSHOTS + '#volumesnapshotclass',
  },
  SNP012: {
    level: FindingLevel.WARNING,
    check: 'a snapshot names its class, or its driver has a default one',
    message: 'the snapshot names no class, and none of the snapshot classes of the driver {driver} in this app is the default: the snapshot would fail unless another one is',
    fix: 'snapshotClass: the class to be used; or isDefault: true on one of them',
    reference: SNAPSHOTS,
  },
  SNP013: {
    level: FindingLevel.ERROR,
    check: 'what a snapshot or snapshot class is made of is complete and well-formed',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: SNAPSHOTS,
  },
  SNP014: {
    level: FindingLevel.ERROR,
    check: 'drivers with changed blocks are in a cluster that knows their definition',
    message: 'the SnapshotMetadataService of the driver needs its CRD, which {controller} does not install: the driver could not be applied',
    fix: "new SnapshotController(chart, 'Snapshots', { changedBlocks: true }); where the CRD is there already: SnapshotController.existing(scope, { changedBlocks: true })",
    reference: 'https://github.com/kubernetes-csi/external-snapshot-metadata',
  },
  SNP020: {
    level: FindingLevel.ERROR,
    check: 'a schedule is one that a CronJob takes, in a time zone that there is',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  },
  SNP021: {
    level: FindingLevel.ERROR,
    check: 'a retention keeps something, by whole numbers and positive times',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: 'docs/protect.md#retention',
  },
  SNP022: {
    level: FindingLevel.ERROR,
    check: 'a selector of claims selects something',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: 'docs/protect.md#claims',
  },
  SNP023: {
    level: FindingLevel.ERROR,
    check: 'a schedule fires often enough for the finest rule of the retention',
    message: "the retention keeps {count} by '{tier}', but '{expression}' fires at most every {gap}: there is never more than one snapshot per {gap}, and {count} of them reach back much longer than {tier} says",
    fix: 'make the schedule as frequent as the rule, or name the rule that fits the schedule: {instead}',
    reference: 'docs/protect.md#retention',
  },
  SNP024: {
    level: FindingLevel.WARNING,
    check: 'a schedule fires in a good part of the periods of which snapshots are kept',
    message: "the retention keeps {count} by '{tier}', but '{expression}' fires in only {percent} % of such periods, and those without a snapshot do not count: {count} reach back {times} times as long as they read",
    fix: 'keep fewer, or choose a coarser rule; or acknowledge it with how far back it shall reach',
    reference: 'docs/protect.md#retention',
  },
  SNP025: {
    level: FindingLevel.ERROR,
    check: 'the times of a retention are longer than the shortest time between two snapshots',
    message: "{what} is {value}, but '{expression}' fires at most every {gap}: {consequence}",
    fix: '{expected}',
    reference: 'docs/protect.md#retention',
  },
  SNP026: {
    level: FindingLevel.WARNING,
    check: 'maxAge leaves room for what the other rules of a retention keep',
    message: 'maxAge is {age}, and nothing older is kept: {rules} will never be full',
    fix: 'make maxAge longer, or leave it out; or keep fewer',
    reference: 'docs/protect.md#retention',
  },
});
