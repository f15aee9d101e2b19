import { Grant } from './rbac';
import { KubernetesVersion } from '../platform/kubernetes-version';

/** What the presence of a sidecar, or one of its permissions, depends on. */
export type Feature = 'provision' | 'expand' | 'snapshot';

/** What the flags of a sidecar depend on. */
export interface FlagFacts {
  readonly kubernetes: KubernetesVersion;
  readonly timeoutSeconds: number;
}

/** One release of a sidecar. A new release is a new version here, and whatever its rbac.yaml and flags changed. */
export interface Sidecar {
  readonly image: string;
  readonly version: string;
  /** The feature that needs it. */
  readonly feature: Feature;
  readonly flags: (facts: FlagFacts) => string[];
  /** Cluster-wide permissions: its deploy/kubernetes/rbac.yaml, less what its code asks only under other conditions. */
  readonly grants: Grant<Feature>[];
}

const CORE = '';
const STORAGE = 'storage.k8s.io';
const SNAPSHOT = 'snapshot.storage.k8s.io';
const READ = ['get', 'list', 'watch'];
/** client-go's recorder creates and patches; rbac.yaml grants more than it uses. */
const EVENTS: Grant<Feature> = { group: CORE, resource: 'events', verbs: ['create', 'patch'] };

/** No driver here modifies volumes: without the gate the sidecars need neither the API nor its permissions. */
const NO_MODIFY = 'VolumeAttributesClass=false';

/** The sidecars of a controller, in the order of their containers. @see docs/csi.md for the sources of each row */
export const CONTROLLER_SIDECARS: Sidecar[] = [
  {
    image: 'csi-provisioner',
    version: 'v6.3.0',
    feature: 'provision',
    flags: facts => [
      '--extra-create-metadata=true',
      `--feature-gates=${NO_MODIFY}`,
      `--timeout=${facts.timeoutSeconds}s`,
      '--retry-interval-max=30m',
    ],
    grants: [
      { group: CORE, resource: 'persistentvolumes', verbs: [...READ, 'create', 'patch', 'delete'] },
      { group: CORE, resource: 'persistentvolumeclaims', verbs: [...READ, 'update'] },
      { group: STORAGE, resource: 'storageclasses', verbs: READ },
      { group: SNAPSHOT, resource: 'volumesnapshots', verbs: [...READ, 'update'], when: 'snapshot' }, // a finalizer, since 6.2
      { group: SNAPSHOT, resource: 'volumesnapshotcontents', verbs: ['get'], when: 'snapshot' },
      EVENTS,
    ],
  },
  {
    image: 'csi-resizer',
    version: 'v2.2.0',
    feature: 'expand',
    flags: facts => [
      // Kubelets before 1.32 leave the claim's status stuck when this gate is on.
      `--feature-gates=${facts.kubernetes.isAtLeast(KubernetesVersion.V1_32) ? '' : 'RecoverVolumeExpansionFailure=false,'}${NO_MODIFY}`,
      '--handle-volume-inuse-error=false', // with it, the sidecar would watch every pod of the cluster
      `--timeout=${facts.timeoutSeconds}s`,
      '--retry-interval-max=30m',
    ],
    grants: [
      { group: CORE, resource: 'persistentvolumes', verbs: [...READ, 'patch'] },
      { group: CORE, resource: 'persistentvolumeclaims', verbs: READ },
      { group: CORE, resource: 'persistentvolumeclaims/status', verbs: ['patch'] },
      EVENTS,
    ],
  },
  {
    image: 'csi-snapshotter',
    version: 'v8.6.0',
    feature: 'snapshot',
    flags: facts => [
      `--timeout=${facts.timeoutSeconds}s`,
      '--retry-interval-max=30m',
    ],
    grants: [
      { group: SNAPSHOT, resource: 'volumesnapshotclasses', verbs: READ },
      { group: SNAPSHOT, resource: 'volumesnapshotcontents', verbs: [...READ, 'patch'] },
      { group: SNAPSHOT, resource: 'volumesnapshotcontents/status', verbs: ['update', 'patch'] },
      EVENTS,
    ],
  },
];

/** What a leader election does; in the driver's own namespace. */
export const LEADER_ELECTION: Grant<never>[] = [
  { group: 'coordination.k8s.io', resource: 'leases', verbs: ['get', 'create', 'update'] },
];

/** Sidecars that never talk to the API server. */
export const REGISTRAR_IMAGE = 'sig-storage/csi-node-driver-registrar:v2.17.0';
export const LIVENESS_IMAGE = 'sig-storage/livenessprobe:v2.19.0';

/** Where the sidecar images lie unless a registry of one's own mirrors them. */
export const DEFAULT_REGISTRY = 'registry.k8s.io';
