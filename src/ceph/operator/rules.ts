import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

const DOCS = 'docs/proof/ceph-csi-operator.md';
const SOURCE = 'https://github.com/ceph/ceph-csi-operator/blob/v1.0.4';
const DRIVER = `${SOURCE}/internal/controller/driver_controller.go`;
const PROFILE = `${SOURCE}/internal/controller/clientprofile_controller.go`;
const DESIGN = `${SOURCE}/docs/design/operator.md`;

export const CEPH_OPERATOR_RULES = defineRules('ceph', {
  CEPH100: {
    level: FindingLevel.ERROR,
    check: 'values for ceph-csi-operator are of the type and form that it takes',
    message: '{what} is {value}, and has to be {expected}',
    fix: '{example}',
    reference: DOCS,
  },
  CEPH101: {
    level: FindingLevel.ERROR,
    check: 'a driver that ceph-csi-operator is to deploy has one in its cluster',
    message: 'the driver {driver} is left to ceph-csi-operator (deployment OPERATOR), but nothing says that there is one: its Driver object would lie there, and no pod would start',
    fix: '{expected}',
    reference: DESIGN,
  },
  CEPH102: {
    level: FindingLevel.ERROR,
    check: 'what is asked of a driver can be had of ceph-csi-operator',
    message: '{property} cannot be had with deployment OPERATOR: {problem}',
    fix: '{expected}',
    reference: DRIVER,
  },
  CEPH103: {
    level: FindingLevel.ERROR,
    check: 'ceph-csi-operator knows by its name what a driver is',
    message: 'the driverName {driver}: {problem}',
    fix: "use '{example}', or with something of your own in front of it 'second.{example}', of at most {length} characters",
    reference: `${SOURCE}/api/v1/driver_types.go`,
  },
  CEPH104: {
    level: FindingLevel.WARNING,
    check: 'limits that the kernel keeps are asked of a driver that is told of pods',
    message: 'the driver {driver} has volumeAttributes, but ceph-csi-operator writes podInfoOnMount: false into its CSIDriver: it is not told which pod mounts, so limits by the kernel (qos.krbd) are passed over',
    fix: 'use limits of rbd-nbd (qos.nbd) and acknowledge this, or deployment: CephDeployment.STANDALONE',
    reference: DRIVER,
  },
  CEPH105: {
    level: FindingLevel.ERROR,
    check: 'a cluster has one ceph-csi-operator',
    message: '{first} is the ceph-csi-operator of this cluster already: two of them would each write the pods of the same drivers',
    fix: 'leave one out; Rook brings one of its own, unless it is told new RookOperator(…, { csiOperator: false })',
    reference: DESIGN,
  },
  CEPH106: {
    level: FindingLevel.ERROR,
    check: 'a clusterId can be the name of a ClientProfile',
    message: "the clusterId '{clusterId}' cannot be the name of an object, and ceph-csi-operator takes the name of the ClientProfile for it",
    fix: "use the fsid (ceph fsid), or lower case letters, digits, '-' and '.'; where volumes with this clusterId exist, stay with deployment: CephDeployment.STANDALONE",
    reference: PROFILE,
  },
  CEPH107: {
    level: FindingLevel.ERROR,
    check: 'what a Ceph cluster has of extraConfiguration has a home in a ClientProfile',
    message: "extraConfiguration of the Ceph cluster '{clusterId}': {problem}, and ceph-csi-operator writes config.json from what it has fields for",
    fix: "leave it out, or use deployment: CephDeployment.STANDALONE; of cephFS it takes kernelMountOptions and fuseMountOptions, such as 'ms_mode=secure'",
    reference: PROFILE,
  },
  CEPH108: {
    level: FindingLevel.WARNING,
    check: 'the number of rbd-mirror daemons reaches ceph-csi',
    message: "mirrorDaemonCount of the Ceph cluster '{clusterId}' has no effect: ceph-csi-operator 1.0.4 writes it as mirrorCount, and ceph-csi looks for mirrorDaemonCount, so it goes on with 1",
    fix: 'acknowledge this if one daemon is enough to wait for, or use deployment: CephDeployment.STANDALONE',
    reference: PROFILE,
  },
  CEPH109: {
    level: FindingLevel.ERROR,
    check: 'ceph-csi-operator watches the namespace of the driver',
    message: "the ceph-csi-operator in '{operator}' watches {watched}, but the driver {driver} is in '{namespace}', where it sees nothing",
    fix: "add '{namespace}' to watchedNamespaces (of one that is installed elsewhere to its WATCH_NAMESPACE too), or give the driver namespace: '{operator}' and createNamespace: false",
    reference: `${SOURCE}/cmd/main.go`,
  },
  CEPH110: {
    level: FindingLevel.ERROR,
    check: 'a leader election is given whole',
    message: 'leaderElection has no {missing}: what is left out becomes 0 s, and no sidecar starts',
    fix: 'give all three, such as leaderElection: { leaseDuration: 137, renewDeadline: 107, retryPeriod: 26 }, or none',
    reference: DRIVER,
  },
  CEPH111: {
    level: FindingLevel.ERROR,
    check: 'logs are rotated by size',
    message: 'log.rotation has periodicity but no maxLogSize: the API server takes it, and ceph-csi-operator stops with an error at each attempt',
    fix: "give maxLogSize too, such as maxLogSize: '100Mi'",
    reference: DRIVER,
  },
  CEPH112: {
    level: FindingLevel.ERROR,
    check: "the client of CephFS is one of those of the Driver's schema",
    message: "cephFsClientType is {value}, which the API server refuses; Rook's example has 'fuse' there",
    fix: "write 'kernel' or 'autodetect', or leave it out; a class chooses ceph-fuse by its parameter mounter",
    reference: `${SOURCE}/config/crd/bases/csi.ceph.io_drivers.yaml`,
  },
  CEPH113: {
    level: FindingLevel.ERROR,
    check: 'the name of a Driver is taken once in the cluster',
    message: "the name '{driver}' of the Driver is taken by {first}: ceph-csi-operator refuses it ('invalid driver name')",
    fix: '{expected}',
    reference: DRIVER,
  },
  CEPH114: {
    level: FindingLevel.ERROR,
    check: 'the OperatorConfig is the one that is read',
    message: "the OperatorConfig '{name}' in '{namespace}' is read by nobody",
    fix: "call it ceph-csi-operator-config, in the namespace of the operator ('{operator}')",
    reference: `${SOURCE}/internal/controller/defaults.go`,
  },
  CEPH115: {
    level: FindingLevel.ERROR,
    check: 'a ClientProfile is beside its CephConnection, and beside the Driver that needs it',
    message: "the ClientProfile '{name}' is in '{namespace}', where it looks for the {missing}",
    fix: 'put Driver, ClientProfile and CephConnection into one namespace: the driver reads the ConfigMap ceph-csi-config of its own',
    reference: PROFILE,
  },
  CEPH116: {
    level: FindingLevel.ERROR,
    check: 'a Ceph cluster of Rook is used by a driver where Rook tells of it',
    message: "Rook writes how the Ceph cluster '{clusterId}' is reached into the namespace '{operator}', but the driver {driver} is {where}",
    fix: "leave driver and deployment out, or give the driver deployment: CephDeployment.OPERATOR, namespace: '{operator}' and createNamespace: false",
    reference: 'docs/ceph.md',
  },
  CEPH117: {
    level: FindingLevel.ERROR,
    check: 'drivers of one namespace reach a Ceph cluster in one way',
    message: "the drivers {driver} and {other} are both in '{namespace}', where one ClientProfile '{clusterId}' is for both, but go to another place, or by other monitors or read affinity",
    fix: 'give both the same CephCluster, or a namespace each',
    reference: PROFILE,
  },
  CEPH118: {
    level: FindingLevel.WARNING,
    check: 'Kubernetes is of a release that ceph-csi-operator is made for',
    message: 'ceph-csi-operator 1.0.4 is made for Kubernetes 1.32 and later, and this is {kubernetes}',
    fix: 'upgrade Kubernetes, or use deployment: CephDeployment.STANDALONE; acknowledge this after a test',
    reference: `${SOURCE}/README.md`,
  },
});
