import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const OPERATOR = 'docs/operator.md';

export const OPERATOR_RULES = defineRules('operator', {
  OPR050: {
    level: FindingLevel.ERROR,
    check: 'options of an operator have the types and ranges that are declared',
    message: '{what}: {value} is not {expected}',
    fix: '{example}',
    reference: OPERATOR,
  },
  OPR051: {
    level: FindingLevel.ERROR,
    check: 'what an operator is granted is what RBAC knows',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
  },
  OPR052: {
    level: FindingLevel.WARNING,
    check: 'an operator is not granted what amounts to the whole cluster',
    message: '{what}: {verbs} on {resource} in every namespace lets whoever gets into the operator {power}',
    fix: 'say ownNamespace: true and keep these objects in its namespace, or name those that are there (resourceNames; what is created has no name yet); acknowledge it if the operator cannot do without',
    reference: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  },
  OPR053: {
    level: FindingLevel.ERROR,
    check: 'a kind is reconciled by one operator of a cluster',
    message: '{key} is reconciled by {first} already: both would answer every change, and each undo what the other did',
    fix: "watch it in one of them; the other may read it: reads: [{ apiGroup: '{group}', resource: '{plural}' }]",
    reference: OPERATOR,
  },
  OPR054: {
    level: FindingLevel.ERROR,
    check: 'only an elected operator has several copies',
    message: '{replicas} copies without leader election would each answer every change: two claims, two snapshots, two deletions',
    fix: 'leave leaderElection out, and let the program take the Lease that LEASE_NAME says; or leave replicas out',
    reference: 'https://kubernetes.io/docs/concepts/architecture/leases/#leader-election',
  },
  OPR055: {
    level: FindingLevel.ERROR,
    check: "what is added to an operator's pods is admitted to its namespace",
    message: '{problem}, and the namespace is written with the Pod Security level restricted: no pod would start',
    fix: "give extra containers securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } and volumes that are no part of the node, or write the namespace yourself (createNamespace: false) with the level that they need",
    reference: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  },
  OPR056: {
    level: FindingLevel.ERROR,
    check: 'operators of a cluster have different names',
    message: "'{key}' is the name of {first} already, and of its ClusterRole: one would have the rights of the other",
    fix: "give it a name of its own: name: '{key}-2'",
    reference: OPERATOR,
  },
});
