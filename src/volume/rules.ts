import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const CLASSES = 'https://kubernetes.io/docs/concepts/storage/storage-classes/';
const VOLUMES = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/';

export const VOLUME_RULES = defineRules('volume', {
  VOL001: {
    level: FindingLevel.ERROR,
    check: 'a cluster has one default StorageClass',
    message: 'a second default StorageClass; {first} is the default already, and Kubernetes takes whichever was created last',
    fix: 'leave isDefault, or the annotation storageclass.kubernetes.io/is-default-class, on one class only',
    reference: CLASSES + '#default-storageclass',
  },
  VOL002: {
    level: FindingLevel.WARNING,
    check: 'a default StorageClass does not compete with the one that the distribution installs',
    message: "{distribution} installs '{bundled}' as default StorageClass, so the cluster will have two",
    fix: 'take the default mark off the bundled class: kubectl annotate storageclass {bundled} storageclass.kubernetes.io/is-default-class=false --overwrite; or declare the cluster without it by Distribution.custom',
    reference: CLASSES + '#default-storageclass',
  },
  VOL003: {
    level: FindingLevel.ERROR,
    check: 'a class that allows expansion has a driver that can expand',
    message: 'expansion is allowed, but the driver {driver} does not expand volumes: a larger claim would wait for ever',
    fix: 'leave expansion out, or declare capabilities: { expand: true } on the driver',
    reference: CLASSES + '#allow-volume-expansion',
  },
  VOL004: {
    level: FindingLevel.ERROR,
    check: 'a volume handle is used once per driver (N11)',
    message: 'the volume handle {key} is used by {first} already: a node takes both for one volume and mounts only the first',
    fix: 'give each PersistentVolume a handle of its own, also when both show the same directory',
    reference: 'https://github.com/kubernetes-csi/csi-driver-nfs/issues/369',
  },
  VOL005: {
    level: FindingLevel.ERROR,
    check: 'parameters, attributes and mount options of a class or volume are well-formed',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: CLASSES + '#parameters',
  },
  VOL006: {
    level: FindingLevel.ERROR,
    check: 'reserved parameters (csi.storage.k8s.io/…) are written by the library',
    message: "the parameter '{key}' is reserved: csi-provisioner refuses an unknown one when the first claim comes, and a Secret without its grant cannot be read",
    fix: 'use the typed property instead: secrets: { provisioner: SecretReference.fromName(name, namespace) }',
    reference: 'https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html',
  },
  VOL007: {
    level: FindingLevel.ERROR,
    check: 'a read-only CSI volume is read-only (N12)',
    message: 'readOnly on a CSI source is told to the attacher only, and the driver {driver} does not attach: the volume would be writable',
    fix: "mount it read-only instead: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true }), and mountOptions: ['ro'] on the PersistentVolume",
    reference: 'https://github.com/kubernetes-csi/csi-driver-smb/issues/987',
  },
  VOL008: {
    level: FindingLevel.ERROR,
    check: 'access modes are given, once each, and ReadWriteOncePod stands alone',
    message: 'the access modes {modes} cannot be used: {problem}',
    fix: 'give at least one mode, each once, and AccessMode.READ_WRITE_ONCE_POD only by itself',
    reference: VOLUMES + '#access-modes',
  },
  VOL009: {
    level: FindingLevel.ERROR,
    check: 'a volume is mounted into a container that exists, at a free absolute path',
    message: 'the claim {claim} cannot be mounted into {workload}: {problem}',
    fix: '{expected}',
    reference: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  },
  VOL010: {
    level: FindingLevel.ERROR,
    check: 'a pod mounts claims of its own namespace',
    message: 'the claim {claim} is in namespace {claimNamespace}, {workload} in {namespace}: its pods would wait for a claim that is not there',
    fix: 'put both into one namespace (a chart gives its namespace to both), or create the claim beside the workload',
    reference: VOLUMES + '#claims-as-volumes',
  },
  VOL011: {
    level: FindingLevel.ERROR,
    check: 'a PersistentVolume is claimed by one claim',
    message: 'the volume {volume} is already reserved for the claim {first}',
    fix: 'write a second PersistentVolume for the second claim, with a handle of its own',
    reference: VOLUMES + '#reserving-a-persistentvolume',
  },
  VOL012: {
    level: FindingLevel.ERROR,
    check: 'a claim fits the PersistentVolume that it names',
    message: 'the claim asks for {asked}, but the volume {volume} offers {offered}: they would never bind',
    fix: 'leave {property} out of the claim: it is taken from the volume',
    reference: VOLUMES + '#binding',
  },
  VOL014: {
    level: FindingLevel.ERROR,
    check: 'an NFS volume that the node mounts itself is a directory, is kept, and is on a server that nodes resolve (N10)',
    message: 'an NFS volume without a CSI driver is mounted by the node itself, and {problem}',
    fix: 'use NfsStorage.addStaticVolume, whose driver resolves names of the cluster too; or a full DNS name, reclaimPolicy Retain, and no volumeMode',
    reference: 'https://github.com/kubernetes/kubernetes/issues/44528',
  },
  VOL015: {
    level: FindingLevel.ERROR,
    check: 'the driver of a class can create volumes',
    message: 'the driver {driver} is declared not to create volumes, so every claim of this class would wait for ever',
    fix: 'declare capabilities: { provision: true } on the driver, or write the volumes: new PersistentVolume',
    reference: CLASSES + '#provisioner',
  },
  VOL013: {
    level: FindingLevel.ERROR,
    check: 'a claim names a StorageClass and a size, or a PersistentVolume',
    message: '{problem}',
    fix: 'give storageClass: nfs.addStorageClass(…) and a size: Size.gibibytes(20) for a new volume, or volume: nfs.addStaticVolume(…) for one that exists',
    reference: VOLUMES + '#class-1',
  },
});
