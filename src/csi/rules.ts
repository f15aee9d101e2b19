import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

export const CSI_RULES = defineRules('csi', {
  CSI001: {
    level: FindingLevel.ERROR,
    check: 'a driver name is a DNS subdomain of at most 63 characters',
    message: "'{name}' cannot be a driver's name: the CSINode entry of every node would be refused",
    fix: "write the name that the driver's GetPluginInfo returns: lower-case letters, digits, '-' and '.', at most 63, such as 'nfs.csi.k8s.io'",
    reference: 'https://github.com/container-storage-interface/spec/blob/master/spec.md#getplugininfo',
  },
  CSI002: {
    level: FindingLevel.ERROR,
    check: "the driver's socket path fits into the 107 bytes of a Unix socket address",
    message: 'the socket path {path} has {bytes} bytes; a Unix socket takes 107, so the driver could not start on any node',
    fix: 'shorten the driver name, or move the kubelet directory (Distribution.custom)',
    reference: 'https://github.com/awslabs/mountpoint-s3-csi-driver/issues/577',
  },
  CSI003: {
    level: FindingLevel.ERROR,
    check: 'a driver is installed once per cluster',
    message: 'the driver {key} is already installed in this cluster by {first}: two would fight for one socket on every node',
    fix: 'hand the first one over: driver: first.driver; for a second install, give it a driverName and ports of its own',
    reference: 'https://github.com/kubernetes-csi/csi-driver-nfs/issues/760',
  },
  CSI004: {
    level: FindingLevel.ERROR,
    check: 'host ports of drivers on the host network do not clash',
    message: 'the port {key} is already taken by {first}: whoever comes second would never become ready',
    fix: 'give this driver ports of its own: ports: { {role}: … }',
    reference: 'https://github.com/kubernetes-csi/livenessprobe/issues/82',
  },
  CSI005: {
    level: FindingLevel.ERROR,
    check: 'ports, replicas, timeouts and log levels are in range',
    message: '{what} is {value}, but has to be {expected}',
    fix: '{example}',
    reference: 'docs/csi.md',
  },
  CSI006: {
    level: FindingLevel.ERROR,
    check: 'images and registries are references that a node can pull, pinned by a tag or digest',
    message: '{what} is {value}, which is not {expected}',
    fix: '{example}',
    reference: 'https://kubernetes.io/docs/concepts/containers/images/',
  },
  CSI007: {
    level: FindingLevel.WARNING,
    check: "whoever references a Secret can grant it: the driver's accounts are declared",
    message: 'the Secret {secret} is referenced, but the service account of the driver {driver} is not declared, so nobody is granted to read it',
    fix: 'declare it: CsiDriver.fromDriverName({driver}, { controllerServiceAccount: { name, namespace } }); acknowledge this if the driver may read every Secret anyway',
    reference: 'docs/csi.md',
  },
  CSI009: {
    level: FindingLevel.ERROR,
    check: 'a namespace that is written for a driver lets its node plugin run',
    message: 'the namespace {namespace} enforces the Pod Security level {level}, which refuses the privileged pods of the node plugin',
    fix: 'give it podSecurity: PodSecurityLevel.PRIVILEGED, or leave createNamespace to the driver',
    reference: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  CSI010: {
    level: FindingLevel.WARNING,
    check: 'a namespace from elsewhere lets the node plugin of a driver run',
    message: 'the namespace {namespace} is not written here, and {distribution} enforces {level} where no label says otherwise, which refuses the privileged pods of the node plugin',
    fix: 'label it pod-security.kubernetes.io/enforce=privileged and acknowledge this, or let the driver write it: createNamespace',
    reference: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  CSI008: {
    level: FindingLevel.ERROR,
    check: 'no class or driver names a provisioner of the past',
    message: 'the provisioner {provisioner}{of}: {why}',
    fix: '{mapping}',
    reference: 'docs/nfs.md',
  },
});
