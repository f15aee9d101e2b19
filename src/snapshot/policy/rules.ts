import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

const PAGE = 'docs/protect.md';
const CRON_JOBS = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';

export const POLICY_RULES = defineRules('snapshot', {
  SNP027: {
    level: FindingLevel.ERROR,
    check: 'what a run waits for fits into the time that it has',
    message: 'a run may take {run}, but for one claim alone it may wait {wait}: {parts}. It would be ended before it is done, and prune nothing',
    fix: 'shorten what it waits for, or set runTimeout: Duration.minutes({minutes}) or more',
    reference: `${PAGE}#schedule`,
  },
  SNP028: {
    level: FindingLevel.WARNING,
    check: 'a run ends before the next one is due',
    message: "a run may take {run}, but '{expression}' fires every {gap}: while one is running the next is left out (concurrencyPolicy: Forbid)",
    fix: 'set runTimeout to at most {gap}, or fire less often',
    reference: CRON_JOBS + '#concurrency-policy',
  },
  SNP029: {
    level: FindingLevel.ERROR,
    check: 'a policy names one snapshot class, or one for each driver, and has one for every claim that it knows',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: `${PAGE}#claims`,
  },
  SNP030: {
    level: FindingLevel.ERROR,
    check: 'the namespaces of a policy are known, and its claims are in them',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: `${PAGE}#claims`,
  },
  SNP031: {
    level: FindingLevel.WARNING,
    check: 'what a policy prunes is deleted from the storage too',
    message: "the class '{class}' has the deletion policy Retain: a snapshot that is pruned leaves its data on the storage for ever",
    fix: 'use a class with SnapshotDeletionPolicy.DELETE. To keep snapshots when their namespace is deleted, set surviveNamespaceDeletion: true, which prunes all the same',
    reference: `${PAGE}#pitfalls`,
  },
  SNP032: {
    level: FindingLevel.ERROR,
    check: 'group snapshots are of claims that are selected by labels, and live as long as their namespace',
    message: 'groupSnapshotClass: {problem}',
    fix: '{expected}',
    reference: 'https://kubernetes-csi.github.io/docs/group-snapshot-restore-feature.html',
  },
  SNP033: {
    level: FindingLevel.ERROR,
    check: 'a hook has commands to freeze and to thaw, and a time after which it thaws',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: `${PAGE}#hooks`,
  },
  SNP034: {
    level: FindingLevel.ERROR,
    check: 'file systems are frozen only where that is possible',
    message: "{what} calls fsfreeze, but volumes of the driver '{driver}' are directories of a server: they cannot be frozen, and every snapshot would fail",
    fix: "flush and lock in the application instead, or call sync: freeze: 'sync', thaw: 'true'",
    reference: 'https://github.com/vmware-tanzu/velero/issues/2042',
  },
  SNP035: {
    level: FindingLevel.ERROR,
    check: 'what a SnapshotPolicy is told is complete and in range',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: PAGE,
  },
  SNP036: {
    level: FindingLevel.ERROR,
    check: 'policies for claims of one namespace have different names',
    message: "a second policy '{name}' for claims of the same namespace; {first} is one already, and both would give their snapshots the same names",
    fix: 'give it another name; two policies may protect the same claims',
    reference: PAGE,
  },
  SNP037: {
    level: FindingLevel.ERROR,
    check: 'an engine can do what a policy asks for',
    message: 'the engine {engine} cannot do what {property} asks for: {why}',
    fix: '{instead}; or leave out engine: the embedded one can',
    reference: `${PAGE}#engines`,
  },
  SNP038: {
    level: FindingLevel.WARNING,
    check: 'the last good snapshot outlives failures',
    message: 'minReady is 0 beside maxAge: when no snapshot succeeds for {age}, the last good one is deleted too',
    fix: 'leave out minReady: one is kept then, however old',
    reference: 'https://github.com/backube/snapscheduler/issues/688',
  },
  SNP039: {
    level: FindingLevel.ERROR,
    check: 'labels by which a policy knows its snapshots are not given by hand',
    message: "snapshotLabels: '{key}' is one of those by which the policy finds its own snapshots, or by which one is held",
    fix: 'choose another key, such as that of your team: example.com/tier',
    reference: `${PAGE}#hold`,
  },
});
