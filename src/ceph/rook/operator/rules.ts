import { FindingLevel } from '../../../findings/finding';
import { defineRules } from '../../../findings/rule';

const PAGE = 'docs/ceph-rook-operator.md';
const PROOF = 'docs/proof/rook.md';

export const ROOK_OPERATOR_RULES = defineRules('ceph', {
  CEPH130: {
    level: FindingLevel.ERROR,
    check: 'what is said of the operator of Rook has its type',
    message: '{what} is {value}, but has to be {expected}',
    fix: '{example}',
    reference: PAGE,
  },
  CEPH131: {
    level: FindingLevel.ERROR,
    check: 'at most one operator of Rook looks after a namespace',
    message: "{first} is the operator of Rook of {what} already: two of them would undo each other's work",
    fix: "hand the first one over, operator: first; or give each a namespace of its own and leave clusterNamespaces out: new RookOperator(chart, 'Second', { namespace: 'rook-second', installCrds: false, csiOperator: false })",
    reference: PAGE,
  },
  CEPH132: {
    level: FindingLevel.WARNING,
    check: 'the operator of Rook is of the release that its permissions and definitions were read from',
    message: 'rook/ceph {tag} is asked for, but permissions and definitions are those of {tested}: what another release renamed or added is missing',
    fix: 'leave image out, or pin {tested} by digest; acknowledge this after reading the release notes between the two',
    reference: PROOF,
  },
  CEPH133: {
    level: FindingLevel.WARNING,
    check: 'Kubernetes is not older than what Rook is made for',
    message: 'Kubernetes {kubernetes} is older than {oldest}, the first release that Rook {tested} supports',
    fix: 'update Kubernetes first; acknowledge this after a test',
    reference: 'https://rook.io/docs/rook/v1.20/Getting-Started/Prerequisites/prerequisites/',
  },
  CEPH134: {
    level: FindingLevel.ERROR,
    check: 'the namespace of the operator of Rook lets privileged pods run',
    message: "the namespace '{namespace}' enforces the Pod Security level {level}{whence}, which refuses the pods that Rook starts there: monitors and managers keep their data on the node, and OSDs and the discovery daemon are privileged",
    fix: "leave createNamespace out, or give the one that is there the label pod-security.kubernetes.io/enforce: privileged: new Namespace(chart, 'Namespace', { name: '{namespace}', podSecurity: PodSecurityLevel.PRIVILEGED })",
    reference: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  CEPH135: {
    level: FindingLevel.WARNING,
    check: 'the operator of Rook reads nothing of other namespaces',
    message: 'to find the Ceph clusters of {namespaces} the operator watches every namespace, as Rook knows only one or all: it can read every Secret, ConfigMap, Service, pod and Deployment of this cluster',
    fix: "leave clusterNamespaces out, and put one operator and its Ceph cluster into each namespace: new RookOperator(chart, 'Second', { namespace: 'rook-second', installCrds: false, csiOperator: false }); acknowledge this where one operator has to do",
    reference: PAGE,
  },
  CEPH136: {
    level: FindingLevel.ERROR,
    check: 'an object store is written only where the operator of Rook may make it',
    message: 'the operator of Rook in {operator} may not make {object}: it was installed without objectStorage',
    fix: "say so where it is installed: new RookOperator(chart, 'Rook', { objectStorage: true })",
    reference: PAGE,
  },
  CEPH137: {
    level: FindingLevel.WARNING,
    check: 'an object of Rook lies where an operator of Rook looks',
    message: "no operator of Rook that is installed here looks at the namespace '{namespace}' of {object}: nothing would come of it",
    fix: 'move it into {namespaces}; or add its namespace to clusterNamespaces of the operator; acknowledge this where another one looks after it',
    reference: PAGE,
  },
  CEPH138: {
    level: FindingLevel.ERROR,
    check: 'values of the operator of Rook are such that it understands them',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: PAGE,
  },
  CEPH139: {
    level: FindingLevel.ERROR,
    check: 'what a Ceph cluster asks of the operator of Rook, that may do',
    message: 'the CephCluster {cluster} has {field}, but the operator of Rook in {operator} may not do what that takes: it was installed without {option}',
    fix: "say so where it is installed: new RookOperator(chart, 'Rook', { {option}: true }); or leave {field} out",
    reference: PAGE,
  },
});
