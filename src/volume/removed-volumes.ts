import { ApiObject } from 'cdk8s';
import { nameOf, WrittenVolume } from './pod-spec';
import { VOLUME_RULES } from './rules';
import { report } from '../findings/report';
import { KubernetesVersion } from '../platform/kubernetes-version';
import { Platform } from '../platform/platform';

/** A volume of a removed kind, and where it is written. */
export interface RemovedVolume {
  /** The volume's name: that of the PersistentVolume, or the one by which the containers of a pod mount it. */
  readonly name: string;
  /** The source, as far as it is one: its user may have written anything. */
  readonly source: Readonly<Record<string, any>>;
  /** The spec of the PersistentVolume that has it; without, it is in a pod. */
  readonly persistentVolume?: Readonly<Record<string, any>>;
  /** The namespace of the pod. */
  readonly namespace?: string;
}

/** A kind of volume that the kubelet no longer mounts, although the API server still accepts it. */
export interface RemovedKind {
  /** The last minor release that mounted it. */
  readonly until: number;
  readonly why: string;
  /** What to write instead, with the values of the volume. */
  readonly mapping: (volume: RemovedVolume) => string;
}

/** @see https://kubernetes.io/docs/concepts/storage/volumes/#volume-types */
const removed = new Map<string, RemovedKind>();

/** @param kind the field of a pod's volume, and of a PersistentVolume */
export function addRemovedKind(kind: string, entry: RemovedKind): void {
  removed.set(kind, entry);
}

/** Where each field of a glusterfs volume is now. */
const GLUSTERFS: Readonly<Record<string, string>> = {
  endpoints: 'host of NfsServer.external, an address of the NFS server; the Endpoints object is needed no longer',
  endpointsNamespace: 'not needed',
  path: 'share, as the NFS server exports the Gluster volume',
  readOnly: 'mountTo(workload, { …, readOnly: true })',
};

addRemovedKind('glusterfs', {
  until: 25,
  why: 'it was removed in Kubernetes 1.26',
  mapping: ({ source }) => [
    "serve the Gluster volume over NFS, by NFS-Ganesha: new NfsStorage(…).addStaticVolume('data', …), and a claim with that volume",
    ...Object.keys(source).map(field => `${field} → ${GLUSTERFS[field] ?? 'not needed'}`),
  ].join('; '),
});

const DEPRECATED_SINCE = KubernetesVersion.V1_28;

/** VOL033, VOL034 */
export function checkRemoved(object: ApiObject, { name, source }: WrittenVolume): void {
  const { kubernetes } = Platform.of(object);
  const [kind, entry] = [...removed].find(([candidate]) => source[candidate]) ?? [];
  if (kind && entry && (kubernetes.minor > entry.until || kubernetes.isAtLeast(DEPRECATED_SINCE))) {
    const place = object.kind === 'PersistentVolume' ? { persistentVolume: source } : { namespace: object.metadata.namespace };
    const volume = { name, source: typeof source[kind] === 'object' ? source[kind] : {}, ...place };
    report(object, kubernetes.minor > entry.until ? VOLUME_RULES.VOL033 : VOLUME_RULES.VOL034, {
      kind, volume: name, object: nameOf(object), why: entry.why, mapping: entry.mapping(volume),
    });
  }
}
