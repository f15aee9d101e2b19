import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const DRIVER = 'https://github.com/kubernetes-csi/csi-driver-nfs';
const PARAMETERS = DRIVER + '/blob/v4.13.4/docs/driver-parameters.md';
const MAN = 'https://man7.org/linux/man-pages/man5/nfs.5.html';

export const NFS_RULES = defineRules('nfs', {
  NFS001: {
    level: FindingLevel.ERROR,
    check: 'classes and volumes of csi-driver-nfs have only parameters that the driver knows (N1)',
    message: "the parameter '{key}' is unknown to csi-driver-nfs, {consequence}",
    fix: '{mapping}',
    reference: PARAMETERS,
  },
  NFS002: {
    level: FindingLevel.ERROR,
    check: 'server, share and directories are well-formed (N2)',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: PARAMETERS,
  },
  NFS003: {
    level: FindingLevel.WARNING,
    check: 'a server is named, not numbered (N3)',
    message: 'the server {host} is an IP address; it is frozen into every volume, so moving the server would mean to recreate every PersistentVolume',
    fix: 'give the server a DNS name that you control, or acknowledge this if the address will stay',
    reference: 'docs/nfs.md',
  },
  NFS004: {
    level: FindingLevel.ERROR,
    check: 'two claims never share a directory by accident (N4)',
    message: "the subDir '{subDir}' is the same for several claims: {consequence}",
    fix: "leave subDir out (the volume's name), or make it unique: '${pvc.metadata.namespace}/${pvc.metadata.name}'",
    reference: DRIVER + '/issues/1001',
  },
  NFS005: {
    level: FindingLevel.ERROR,
    check: 'an archived directory has a name that is used once (N5)',
    message: "WhenDeleted.ARCHIVE renames to 'archived-{subDir}': when the same claim is created and deleted a second time, that name is taken",
    fix: "add the volume's name: '{subDir}-${pv.metadata.name}', or leave subDir out",
    reference: DRIVER + '/pull/673',
  },
  NFS008: {
    level: FindingLevel.ERROR,
    check: 'what happens on deletion is said once and has an effect (N8)',
    message: 'onDelete is {onDelete}: {problem}',
    fix: 'say it once by NfsStorage.addStorageClass(name, { whenDeleted }): WhenDeleted.DELETE, ARCHIVE, KEEP_DATA or KEEP_VOLUME',
    reference: DRIVER + '/issues/531',
  },
  NFS009: {
    level: FindingLevel.ERROR,
    check: 'a static volume cannot wipe its share (N9)',
    message: 'the static volume {handle} is one deletion away from losing data: {problem}',
    fix: "use NfsStorage.addStaticVolume, which writes reclaimPolicy Retain and the handle 'server#share#subDir#name#retain'",
    reference: DRIVER + '/blob/v4.13.4/pkg/nfs/controllerserver.go',
  },
  NFS012: {
    level: FindingLevel.ERROR,
    check: 'a class is not mounted read-only (N12)',
    message: "the class has the mount option 'ro', so the driver could not even create the directory of a volume",
    fix: 'mount it read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true }); for existing data, addStaticVolume(name, { readOnly: true })',
    reference: DRIVER + '/issues/1014',
  },
  NFS013: {
    level: FindingLevel.ERROR,
    check: 'protocol options go together (N13)',
    message: 'the mount option {option}: {problem}',
    fix: '{expected}',
    reference: MAN,
  },
  NFS014: {
    level: FindingLevel.ERROR,
    check: 'mount options that need a service on every node have it declared (N14)',
    message: 'the mount option {option} needs {service} on every node, which is not declared: every mount would fail',
    fix: 'set it up on the nodes and declare it: nodesProvide: [NfsNodeService.{member}]',
    reference: DRIVER + '/issues/525',
  },
  NFS015: {
    level: FindingLevel.ERROR,
    check: 'mountPermissions are octal (N15)',
    message: "mountPermissions '{value}' are no permissions",
    fix: "write them in octal, as for chmod: '0770', or leave them out to let fsGroup decide",
    reference: PARAMETERS,
  },
  NFS018: {
    level: FindingLevel.ERROR,
    check: 'NFS volumes are file systems (N18)',
    message: 'volumeMode Block was asked for, but NFS has no block devices',
    fix: 'leave volumeMode out, or use a class of a block storage system',
    reference: DRIVER + '/blob/v4.13.4/pkg/nfs/controllerserver.go',
  },
  NFS112: {
    level: FindingLevel.WARNING,
    check: 'nobody trusts ReadOnlyMany to protect data (N12)',
    message: 'ReadOnlyMany is only compared when a claim is bound; every pod that mounts it may still write',
    fix: 'mount it with readOnly: true, or addStaticVolume(name, { readOnly: true }), or export it read-only on the server',
    reference: 'https://github.com/kubernetes/kubernetes/issues/70505',
  },
  NFS113: {
    level: FindingLevel.WARNING,
    check: 'volumes that are written are mounted hard (N13)',
    message: 'a soft mount gives up after a time-out, and what was written may be lost without the application noticing',
    fix: 'leave hard at its default, true; acknowledge this for data that is only read',
    reference: MAN,
  },
  NFS114: {
    level: FindingLevel.ERROR,
    check: 'the kernel of the nodes knows the mount option',
    message: 'the mount option {option} needs Linux {needed}, but the platform declares kernel {kernel}',
    fix: 'leave it out, or upgrade the nodes and declare it: Platform.set(…, { kernel: {needed} })',
    reference: MAN,
  },
  NFS115: {
    level: FindingLevel.WARNING,
    check: 'directories are not open to everybody (N15)',
    message: 'mountPermissions {value} let every user of every pod that mounts the volume change its files',
    fix: "use '0770' with the pods' fsGroup",
    reference: DRIVER + '/issues/434',
  },
  NFS117: {
    level: FindingLevel.ERROR,
    check: 'two storages on one server keep their mount options apart',
    message: 'the Secret {key} carries the mount options of {first} already, and whichever is applied last would win',
    fix: 'add the class to the first NfsStorage, or give this one a Secret of its own: secretName',
    reference: 'docs/nfs.md',
  },
  NFS118: {
    level: FindingLevel.ERROR,
    check: 'snapshots are asked of a driver that takes them',
    message: 'snapshots: true only concerns a driver that this NfsStorage installs, but {driver} is given, and not known to take snapshots',
    fix: 'give them to the driver: new NfsCsiDriver(…, { snapshots: true }), or CsiDriver.fromDriverName({driver}, { capabilities: { snapshot: true } })',
    reference: 'docs/nfs.md',
  },
  NFS116: {
    level: FindingLevel.ERROR,
    check: 'the namespace of the mountOptions Secret is known',
    message: 'the mountOptions Secret has no place: the driver {driver} does not declare its controllerServiceAccount, and no namespace is given',
    fix: 'declare the account: CsiDriver.fromDriverName({driver}, { controllerServiceAccount: { name, namespace } }), or give secretNamespace',
    reference: 'docs/nfs.md',
  },
});
