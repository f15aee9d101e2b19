import { ApiObject } from 'cdk8s';
import { nameOf, WrittenVolume } from './pod-spec';
import { VOLUME_RULES } from './rules';
import { report } from '../findings/report';
import { KubernetesVersion } from '../platform/kubernetes-version';
import { Platform } from '../platform/platform';

/** A kind of volume that the kubelet no longer mounts, although the API server still accepts it. */
interface RemovedKind {
  /** The last minor release that mounted it. */
  readonly until: number;
  readonly why: string;
  /** Where each of its fields is now. */
  readonly fields: Readonly<Record<string, string>>;
  readonly instead: string;
}

const READ_ONLY = 'mountTo(workload, { …, readOnly: true })';

/** @see https://kubernetes.io/docs/concepts/storage/volumes/#volume-types */
const REMOVED: Readonly<Record<string, RemovedKind>> = {
  glusterfs: {
    until: 25,
    why: 'it was removed in Kubernetes 1.26',
    instead: "serve the Gluster volume over NFS, by NFS-Ganesha: new NfsStorage(…).addStaticVolume('data', …), and a claim with that volume",
    fields: {
      endpoints: 'host of NfsServer.external, an address of the NFS server; the Endpoints object is needed no longer',
      endpointsNamespace: 'not needed',
      path: 'share, as the NFS server exports the Gluster volume',
      readOnly: READ_ONLY,
    },
  },
  cephfs: {
    until: 30,
    why: 'it is deprecated since Kubernetes 1.28 and removed in 1.31',
    instead: "a PersistentVolume of ceph-csi, and a claim with that volume: PersistentVolumeSource.csi({ driver: CsiDriver.fromDriverName('cephfs.csi.ceph.com'), volumeHandle, volumeAttributes: { staticVolume: 'true', … } })",
    fields: {
      monitors: 'monitors of a cluster in the configuration of ceph-csi, whose clusterID is in volumeAttributes',
      path: 'rootPath in volumeAttributes',
      user: "userID in the Secret, without 'client.'",
      secretFile: 'userKey in the Secret: a key on the node is not read',
      secretRef: 'secrets: { nodeStage: SecretReference.fromName(name, namespace) }; what was under key is under userKey',
      readOnly: READ_ONLY,
    },
  },
  rbd: {
    until: 30,
    why: 'it is deprecated since Kubernetes 1.28 and removed in 1.31',
    instead: "a PersistentVolume of ceph-csi, and a claim with that volume: PersistentVolumeSource.csi({ driver: CsiDriver.fromDriverName('rbd.csi.ceph.com'), volumeHandle, volumeAttributes: { staticVolume: 'true', … } })",
    fields: {
      monitors: 'monitors of a cluster in the configuration of ceph-csi, whose clusterID is in volumeAttributes',
      image: 'volumeHandle',
      pool: "pool in volumeAttributes; it was 'rbd' where none was given",
      fsType: 'fsType of the source',
      user: "userID in the Secret, without 'client.'; it was 'admin' where none was given",
      keyring: 'userKey in the Secret: a keyring on the node is not read',
      secretRef: 'secrets: { nodeStage: SecretReference.fromName(name, namespace) }; what was under key is under userKey',
      readOnly: READ_ONLY,
    },
  },
};

const DEPRECATED_SINCE = KubernetesVersion.V1_28;

/** What to write instead, field by field of those that are there. */
function mapping({ instead, fields }: RemovedKind, source: object): string {
  const moved = Object.keys(source).map(field => `${field} → ${fields[field] ?? 'not needed'}`);
  return [instead, ...moved].join('; ');
}

/** VOL033, VOL034 */
export function checkRemoved(object: ApiObject, { name, source }: WrittenVolume): void {
  const { kubernetes } = Platform.of(object);
  const kind = Object.keys(REMOVED).find(candidate => source[candidate]);
  if (kind && (kubernetes.minor > REMOVED[kind].until || kubernetes.isAtLeast(DEPRECATED_SINCE))) {
    report(object, kubernetes.minor > REMOVED[kind].until ? VOLUME_RULES.VOL033 : VOLUME_RULES.VOL034, {
      kind, volume: name, object: nameOf(object), why: REMOVED[kind].why, mapping: mapping(REMOVED[kind], source[kind]),
    });
  }
}
