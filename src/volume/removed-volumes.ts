import { ApiObject } from 'cdk8s';
import { Find } from './mapped-users';
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
  /** The annotations of that PersistentVolume. */
  readonly annotations?: Readonly<Record<string, unknown>>;
  /** The namespace of the pod. */
  readonly namespace?: string;
  /** Finds other objects of the cluster that the volume names. */
  readonly find: Find;
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

const DEPRECATED_SINCE = KubernetesVersion.V1_28;

/** VOL033, VOL034 */
export function checkRemoved(object: ApiObject, { name, source }: WrittenVolume, find: Find): void {
  const { kubernetes } = Platform.of(object);
  const [kind, entry] = [...removed].find(([candidate]) => source[candidate]) ?? [];
  if (kind && entry && (kubernetes.minor > entry.until || kubernetes.isAtLeast(DEPRECATED_SINCE))) {
    const place = object.kind === 'PersistentVolume' ? { persistentVolume: source, annotations: object.toJson().metadata?.annotations } : { namespace: object.metadata.namespace };
    const volume = { name, source: typeof source[kind] === 'object' ? source[kind] : {}, ...place, find };
    report(object, kubernetes.minor > entry.until ? VOLUME_RULES.VOL033 : VOLUME_RULES.VOL034, {
      kind, volume: name, object: nameOf(object), why: entry.why, mapping: entry.mapping(volume),
    });
  }
}
