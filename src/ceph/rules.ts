import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const DOCS = 'docs/ceph.md';
const RBD_DOCS = 'https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/rbd/deploy.md';
const STATIC_DOCS = 'https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/static-pvc.md';
const CONFIG = 'https://github.com/ceph/ceph-csi/blob/v3.17.1/api/deploy/kubernetes/csi-config-map.go';

export const CEPH_RULES = defineRules('ceph', {
  CEPH001: {
    level: FindingLevel.ERROR,
    check: 'names, monitors and numbers of a Ceph cluster are well-formed',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: CONFIG,
  },
  CEPH002: {
    level: FindingLevel.ERROR,
    check: 'a driver that is installed elsewhere knows the Ceph cluster already',
    message: "the driver {driver} is installed elsewhere, so the Ceph cluster '{clusterId}' cannot be written into its configuration from here",
    fix: "where the driver is installed add this to its config.json: {entry} (driver.addCluster(cluster) if that is this library), and refer to it here by CephCluster.existing('{clusterId}'); or install a driver here: leave driver out",
    reference: DOCS,
  },
  CEPH003: {
    level: FindingLevel.ERROR,
    check: 'a driver that is installed here is told how to reach the Ceph cluster',
    message: "the driver {driver} is installed here, but nothing says how it reaches the Ceph cluster '{clusterId}'",
    fix: "use CephCluster.external({ clusterId: '{clusterId}', monitors: ['10.0.0.1:3300', …] }), or driver.addCluster with one; for a driver that knows it already: driver: {construct}.existing()",
    reference: DOCS,
  },
  CEPH004: {
    level: FindingLevel.ERROR,
    check: 'one clusterId stands for one connection, and one place in it',
    message: "the driver {driver} has another connection, RADOS namespace or group of subvolumes for the clusterId '{clusterId}': one of them would be lost",
    fix: 'give both the same CephCluster; two tenants (RADOS namespaces, groups of subvolumes) of one Ceph cluster have two clusterIds',
    reference: CONFIG,
  },
  CEPH005: {
    level: FindingLevel.ERROR,
    check: 'the release of ceph-csi is known where it is given',
    message: 'the version {version}: {problem}',
    fix: "give the release that the image was made from, such as version: 'v3.17.1', or leave it out",
    reference: DOCS,
  },
  CEPH006: {
    level: FindingLevel.WARNING,
    check: 'ceph-csi is of the release that the flags and permissions were read from, or newer',
    message: 'ceph-csi {version} is older than {tested}, whose flags, permissions and parameters are written here: the CSIDriver, node permissions and parameters may not fit',
    fix: 'leave version and image out for {tested}, or acknowledge this after a test',
    reference: 'docs/proof/ceph-csi.md',
  },
  CEPH007: {
    level: FindingLevel.ERROR,
    check: 'a storage has the driver of its kind',
    message: 'the driver {driver} is ceph-csi for {other}, but this is storage on {storage}',
    fix: 'leave driver out, or hand over a {construct}',
    reference: DOCS,
  },
  CEPH008: {
    level: FindingLevel.WARNING,
    check: 'a driver that is handed over is known to be ceph-csi',
    message: 'whether the driver {driver} is ceph-csi for {storage} does not show from its name',
    fix: 'declare it: driver: {construct}.existing({ driverName: {driver} })',
    reference: DOCS,
  },
  CEPH009: {
    level: FindingLevel.ERROR,
    check: 'what a driver can do is said where it is installed',
    message: '{property} is for a driver that is installed here, but {driver} is handed over',
    fix: 'leave {property} out, and say it on the driver',
    reference: DOCS,
  },
  CEPH010: {
    level: FindingLevel.ERROR,
    check: 'a parameter is said once',
    message: "extraParameters has '{key}', which is written already ('{value}')",
    fix: 'leave it out of extraParameters, and use the property for it',
    reference: RBD_DOCS,
  },
  CEPH011: {
    level: FindingLevel.ERROR,
    check: 'the driver of an encrypted class knows the key management system',
    message: "the driver {driver} does not know the key management system '{kms}': no volume of the class could be made",
    fix: '{expected}',
    reference: DOCS,
  },
  CEPH012: {
    level: FindingLevel.ERROR,
    check: 'an image that many nodes read is filled from something, and is not written by one of them',
    message: 'ReadOnlyMany cannot be had of RBD like this: {problem}',
    fix: 'use ReadOnlyMany by itself, with a dataSource (PersistentVolumeClaim or VolumeSnapshot); to write as well, CephFsStorage',
    reference: 'https://github.com/ceph/ceph-csi/issues/1406',
  },
  CEPH013: {
    level: FindingLevel.WARNING,
    check: 'a device that several nodes write is wanted so',
    message: 'a device of RBD with ReadWriteMany is mapped on several nodes at once, without a look at who else uses it: a file system on it corrupts itself',
    fix: 'use ReadWriteOnce, or CephFsStorage for files; acknowledge this for what shares devices by itself, such as virtual machines that migrate',
    reference: RBD_DOCS,
  },
  CEPH014: {
    level: FindingLevel.ERROR,
    check: 'a class of ceph-csi names its Ceph cluster, and its pool or file system',
    message: "the parameter '{key}' is missing, and ceph-csi refuses every claim or snapshot",
    fix: 'write it by CephRbdStorage or CephFsStorage.addStorageClass, addSnapshotClass; or add {key} by hand',
    reference: RBD_DOCS,
  },
  CEPH015: {
    level: FindingLevel.ERROR,
    check: 'a class of ceph-csi hands over the Secrets that its volumes need',
    message: 'the class names no {secret} Secret, so {consequence}; volumes keep what their class said',
    fix: 'write it by CephRbdStorage or CephFsStorage.addStorageClass, or give secrets: { provisioner, controllerExpand, nodeStage } (csi.storage.k8s.io/{secret}-secret-name and -namespace)',
    reference: 'https://github.com/ceph/ceph-csi/issues/783',
  },
  CEPH016: {
    level: FindingLevel.WARNING,
    check: 'volumes whose mounts end with the node plugin are not taken down by a rollout',
    message: 'volumes of this class (mounter {mounter}) lose their mounts when the node plugin restarts, and the driver {driver} restarts it with each change',
    fix: "install the driver by itself, with node: { updateStrategy: NodeUpdateStrategy.ON_DELETE }, and hand it over; or use the kernel's client",
    reference: 'https://github.com/ceph/ceph-csi/issues/703',
  },
  CEPH017: {
    level: FindingLevel.ERROR,
    check: 'a volume that was not made by ceph-csi is said to be there already, and is kept',
    message: 'the volume {handle}: {problem}',
    fix: "use CephRbdStorage or CephFsStorage.addStaticVolume, which write staticVolume: 'true' and reclaimPolicy Retain",
    reference: STATIC_DOCS,
  },
  CEPH018: {
    level: FindingLevel.ERROR,
    check: 'snapshot classes of ceph-csi have only parameters that it knows',
    message: "the parameter '{key}' has no effect in a snapshot class of ceph-csi",
    fix: '{expected}',
    reference: RBD_DOCS,
  },
  CEPH019: {
    level: FindingLevel.ERROR,
    check: 'group snapshots of CephFS are asked of a Ceph that has them',
    message: 'group snapshots of CephFS need Ceph 19 (Squid), and this is Ceph {release}',
    fix: 'leave addGroupSnapshotClass out and take snapshots one by one, or upgrade Ceph',
    reference: 'https://github.com/ceph/ceph-csi/blob/v3.17.1/README.md',
  },
  CEPH020: {
    level: FindingLevel.WARNING,
    check: 'the driver for CephFS reads the names of keys that are written (ceph-csi 3.14)',
    message: 'ceph-csi {version} looks for adminID and adminKey in the Secret of the provisioner of CephFS, and finds userID and userKey only since 3.14',
    fix: 'upgrade it, or make the Secrets with all four: kubectl create secret generic … --from-literal=userID=… --from-literal=userKey=… --from-literal=adminID=… --from-literal=adminKey=…, and acknowledge this',
    reference: 'https://github.com/ceph/ceph-csi/pull/4988',
  },
  CEPH021: {
    level: FindingLevel.ERROR,
    check: 'the limits of a volume are kept by what maps it',
    message: 'the VolumeAttributesClass has limits for {limits}, but volumes of the StorageClass are mapped by {mounter}, which passes over them',
    fix: 'name a class with limits for what maps the volume: addAttributesClass(name, { qos: { krbd } }) for the kernel (ceph-csi 3.18), { qos: { nbd } } for mounter: RbdMounter.NBD',
    reference: 'docs/ceph-images.md',
  },
});
