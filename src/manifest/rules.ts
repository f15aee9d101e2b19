import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const NAMES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/';
const LABELS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/';

export const MANIFEST_RULES = defineRules('manifest', {
  MAN001: {
    level: FindingLevel.ERROR,
    check: 'names and namespaces are what Kubernetes accepts',
    message: '{what} {value} is not {form}',
    fix: 'use at most {length} lower-case letters, digits{extra}, beginning and ending with a letter or digit, such as {example}',
    reference: NAMES,
  },
  MAN002: {
    level: FindingLevel.ERROR,
    check: 'a cluster has one object of each kind, namespace and name',
    message: '{object} is also written by {first}: whichever is applied last wins, and a file per resource loses one',
    fix: 'give one of them another name or namespace, or refer to the first by its fromXxx factory',
    reference: 'docs/manifest.md',
  },
  MAN003: {
    level: FindingLevel.ERROR,
    check: 'labels and annotations are what Kubernetes accepts',
    message: '{what} {key}: {problem}',
    fix: "a key is 'name' or 'domain/name', a name at most 63 letters, digits, '-', '_' or '.'; a label's value follows the same form or is empty; all annotations together take up to 256 KiB",
    reference: LABELS,
  },
  MAN004: {
    level: FindingLevel.ERROR,
    check: 'a size is a positive quantity',
    message: '{what} is {value}, but a volume needs a size above zero',
    fix: 'give a size such as Size.gibibytes(20); it is printed as given',
    reference: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  },
  MAN006: {
    level: FindingLevel.ERROR,
    check: "the cluster's own namespaces are not written",
    message: 'the namespace {name} belongs to the cluster, and writing it would change its labels for everything in it',
    fix: 'use it without writing it (createNamespace: false), or better a namespace of its own',
    reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  },
  MAN005: {
    level: FindingLevel.ERROR,
    check: 'sync waves are asked for only where Argo CD applies the manifests',
    message: 'sync waves are a feature of Argo CD, but the platform declares gitOps: {tool}',
    fix: 'declare gitOps: GitOpsTool.ARGO_CD, or leave SyncWaves out: Flux orders by one Kustomization per chart with dependsOn, Helm by kind',
    reference: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
  },
});
