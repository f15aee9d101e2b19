import { CsiSidecars } from './csi-sidecar-options';
import { Feature } from './features';
import { Grant } from './rbac';
import { FLAGS } from './sidecar-flags';
import { KubernetesVersion } from '../platform/kubernetes-version';

/** What the choice and the flags of a sidecar depend on. */
export interface SidecarFacts {
  readonly kubernetes: KubernetesVersion;
  readonly features: ReadonlySet<Feature>;
  readonly timeoutSeconds: number;
  readonly defaultFsType?: string;
}

/**
 * One release of a sidecar. A new release is a new row here: its version, and whatever its rbac.yaml and flags
 * changed. `npm run test:upstream` holds each row against the sources of that release.
 */
export interface Sidecar {
  readonly image: string;
  readonly version: string;
  /** The property of CsiSidecars that belongs to it. */
  readonly option: keyof CsiSidecars;
  /** The name of its HTTP port. */
  readonly portName: string;
  /** The features that need it, any of them. */
  readonly features: readonly Feature[];
  /**
   * Which platforms get this release.
   *
   * @default - all that no earlier row of the same image takes
   */
  readonly only?: (facts: SidecarFacts) => boolean;
  /** What it is given. */
  readonly flags: (facts: SidecarFacts) => string[];
  /** Every flag that it has. */
  readonly knownFlags: readonly string[];
  /**
   * The flag for the number of operations at one time.
   *
   * @default - it has none
   */
  readonly workersFlag?: string;
  /** Whether one of several copies is elected; without an election each copy serves. */
  readonly elected: boolean;
  /** Cluster-wide permissions: its deploy/kubernetes/rbac.yaml, less what its code asks only under other conditions. */
  readonly grants: readonly Grant<Feature>[];
  /**
   * Permissions in the driver's namespace, besides the lease.
   *
   * @default - none
   */
  readonly ownGrants?: readonly Grant<Feature>[];
}

const CORE = '';
const STORAGE = 'storage.k8s.io';
const SNAPSHOT = 'snapshot.storage.k8s.io';
const GROUP_SNAPSHOT = 'groupsnapshot.storage.k8s.io';
/**
 * What an informer does. Where the API server streams lists (WatchList) it only watches; it lists where the server does not, and
 * after a stream that failed. `get` is granted only where the code gets single objects.
 */
const INFORM = ['list', 'watch'];
/** client-go's recorder creates, and patches what it says again; rbac.yaml grants more than it uses. */
const EVENTS: Grant<Feature> = { group: CORE, resource: 'events', verbs: ['create', 'patch'] };

/** The VolumeAttributesClass API is v1 from here on; before, it is a beta for which these releases are too new. */
const MODIFY_V1 = KubernetesVersion.V1_34;
const modifiesByBeta = (facts: SidecarFacts) => facts.features.has('modify') && !facts.kubernetes.isAtLeast(MODIFY_V1);

/** Gates are given only where a default does not fit: once set by hand, the sidecars no longer look whether the API is there. */
function gates(entries: Record<string, boolean | undefined>): string[] {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined).map(([gate, value]) => `${gate}=${value}`);
  return given.length > 0 ? [`--feature-gates=${given.join(',')}`] : [];
}

const modifyGate = (facts: SidecarFacts) => (!facts.features.has('modify') ? false : modifiesByBeta(facts) ? true : undefined);

const fsType = (facts: SidecarFacts) => (facts.defaultFsType === undefined ? [] : [`--default-fstype=${facts.defaultFsType}`]);
const timeout = (facts: SidecarFacts) => `--timeout=${facts.timeoutSeconds}s`;
const watchesNodes = ({ features }: SidecarFacts) => features.has('topology') || features.has('capacity');
/** Topology is read from the nodes; so are the segments for which capacity is published. */
const NODES: Grant<Feature>[] = (['topology', 'capacity'] as const).flatMap(when => [
  { group: STORAGE, resource: 'csinodes', verbs: INFORM, when },
  { group: CORE, resource: 'nodes', verbs: INFORM, when },
]);

/** Where csi-snapshot-metadata listens, and finds its certificate. */
export const SNAPSHOT_METADATA_PORT = 50051;
export const SNAPSHOT_METADATA_TLS = '/certificates';

const PROVISIONER: Sidecar = {
  image: 'csi-provisioner',
  version: 'v6.3.0',
  option: 'provisioner',
  knownFlags: FLAGS.provisioner,
  portName: 'provisioner',
  features: ['provision'],
  workersFlag: 'worker-threads',
  elected: true,
  flags: facts => [
    '--extra-create-metadata=true',
    // Off where it is not declared: a program that has it all the same, such as ceph-csi, would make this wait for nodes that it may not list.
    ...gates({ Topology: watchesNodes(facts) ? undefined : false, VolumeAttributesClass: modifyGate(facts) }),
    timeout(facts),
    '--retry-interval-max=30m',
    ...fsType(facts),
    // The owner of the objects is the Deployment: two steps up from the pod.
    ...(facts.features.has('capacity') ? ['--enable-capacity=true', '--capacity-ownerref-level=2'] : []),
  ],
  grants: [
    { group: CORE, resource: 'persistentvolumes', verbs: [...INFORM, 'create', 'patch', 'delete'] },
    { group: CORE, resource: 'persistentvolumes', verbs: ['get'], when: 'clone' },
    { group: CORE, resource: 'persistentvolumeclaims', verbs: [...INFORM, 'update'] },
    { group: STORAGE, resource: 'storageclasses', verbs: INFORM },
    { group: STORAGE, resource: 'volumeattachments', verbs: INFORM, when: 'attach' },
    { group: STORAGE, resource: 'volumeattributesclasses', verbs: ['get'], when: 'modify' }, // its rbac.yaml forgets it
    { group: SNAPSHOT, resource: 'volumesnapshots', verbs: ['get', ...INFORM, 'update'], when: 'snapshot' }, // a finalizer, since 6.2
    { group: SNAPSHOT, resource: 'volumesnapshotcontents', verbs: ['get'], when: 'snapshot' },
    ...NODES,
    EVENTS,
  ],
  ownGrants: [
    { group: STORAGE, resource: 'csistoragecapacities', verbs: [...INFORM, 'create', 'update', 'delete'], when: 'capacity' },
    { group: CORE, resource: 'pods', verbs: ['get'], when: 'capacity' },
    { group: 'apps', resource: 'replicasets', verbs: ['get'], when: 'capacity' },
  ],
};

const RESIZER: Sidecar = {
  image: 'csi-resizer',
  version: 'v2.2.0',
  option: 'resizer',
  knownFlags: FLAGS.resizer,
  portName: 'resizer',
  features: ['expand', 'modify'],
  workersFlag: 'workers',
  elected: true,
  flags: facts => [
    // Kubelets before 1.32 leave the claim's status stuck when this gate is on.
    ...gates({
      RecoverVolumeExpansionFailure: facts.kubernetes.isAtLeast(KubernetesVersion.V1_32) ? undefined : false,
      VolumeAttributesClass: modifyGate(facts),
    }),
    '--handle-volume-inuse-error=false', // with it, the sidecar would watch every pod of the cluster
    timeout(facts),
    '--retry-interval-max=30m',
  ],
  grants: [
    { group: CORE, resource: 'persistentvolumes', verbs: [...INFORM, 'patch'] },
    { group: CORE, resource: 'persistentvolumeclaims', verbs: INFORM },
    { group: CORE, resource: 'persistentvolumeclaims/status', verbs: ['patch'] },
    { group: STORAGE, resource: 'volumeattributesclasses', verbs: INFORM, when: 'modify' },
    EVENTS,
  ],
};

/** The sidecars of a controller, in the order of their containers. @see docs/csi.md for the sources of each row */
export const CONTROLLER_SIDECARS: readonly Sidecar[] = [
  {
    ...PROVISIONER,
    version: 'v5.3.0',
    knownFlags: FLAGS.provisionerOfBeta,
    only: modifiesByBeta,
    grants: [
      ...PROVISIONER.grants.filter(grant => grant.resource !== 'volumesnapshots'),
      { group: SNAPSHOT, resource: 'volumesnapshots', verbs: ['get'], when: 'snapshot' },
      { group: CORE, resource: 'nodes', verbs: ['get'] }, // where it watches none for topology, it gets the one that a pod was scheduled to
    ],
  },
  PROVISIONER,
  {
    image: 'csi-attacher',
    version: 'v4.12.0',
    option: 'attacher',
    knownFlags: FLAGS.attacher,
    portName: 'attacher',
    features: ['attach'],
    workersFlag: 'worker-threads',
    elected: true,
    // Its retries stay short (5 minutes): a pod that moves to another node waits for them.
    flags: facts => [timeout(facts), ...fsType(facts)],
    grants: [
      { group: CORE, resource: 'persistentvolumes', verbs: [...INFORM, 'patch'] },
      { group: STORAGE, resource: 'csinodes', verbs: INFORM },
      { group: STORAGE, resource: 'volumeattachments', verbs: [...INFORM, 'patch'] },
      { group: STORAGE, resource: 'volumeattachments/status', verbs: ['patch'] },
    ],
    ownGrants: [EVENTS], // of the election; its rbac.yaml forgets them
  },
  { ...RESIZER, version: 'v1.14.0', knownFlags: FLAGS.resizerOfBeta, only: modifiesByBeta },
  RESIZER,
  {
    image: 'csi-snapshotter',
    version: 'v8.6.0',
    option: 'snapshotter',
    knownFlags: FLAGS.snapshotter,
    portName: 'snapshotter',
    features: ['snapshot'],
    workersFlag: 'worker-threads',
    elected: true,
    flags: facts => [
      // On only where the CRDs are: with the gate and without them it would stop plain snapshots too. Said either way, because v8.7 has it on by itself.
      ...gates({ CSIVolumeGroupSnapshot: facts.features.has('groupSnapshot') }),
      timeout(facts),
      '--retry-interval-max=30m',
    ],
    grants: [
      { group: SNAPSHOT, resource: 'volumesnapshotclasses', verbs: INFORM },
      { group: SNAPSHOT, resource: 'volumesnapshotcontents', verbs: ['get', ...INFORM, 'patch'] },
      { group: SNAPSHOT, resource: 'volumesnapshotcontents/status', verbs: ['update', 'patch'] },
      { group: GROUP_SNAPSHOT, resource: 'volumegroupsnapshotclasses', verbs: INFORM, when: 'groupSnapshot' },
      { group: GROUP_SNAPSHOT, resource: 'volumegroupsnapshotcontents', verbs: ['get', ...INFORM, 'patch'], when: 'groupSnapshot' },
      { group: GROUP_SNAPSHOT, resource: 'volumegroupsnapshotcontents/status', verbs: ['update', 'patch'], when: 'groupSnapshot' },
      EVENTS,
    ],
  },
  {
    image: 'csi-external-health-monitor-controller',
    version: 'v0.18.0',
    option: 'healthMonitor',
    knownFlags: FLAGS.healthMonitor,
    portName: 'health-monitor',
    features: ['health'],
    workersFlag: 'worker-threads',
    elected: true,
    flags: facts => [timeout(facts)],
    // Pods and nodes only with --enable-node-watcher, which is not given.
    grants: [
      { group: CORE, resource: 'persistentvolumes', verbs: INFORM },
      { group: CORE, resource: 'persistentvolumeclaims', verbs: INFORM },
      EVENTS,
    ],
  },
  {
    image: 'csi-snapshot-metadata',
    version: 'v1.1.0',
    option: 'snapshotMetadata',
    knownFlags: FLAGS.snapshotMetadata,
    portName: 'metadata',
    features: ['changedBlocks'],
    elected: false,
    flags: facts => [
      timeout(facts),
      `--port=${SNAPSHOT_METADATA_PORT}`,
      `--tls-cert=${SNAPSHOT_METADATA_TLS}/tls.crt`,
      `--tls-key=${SNAPSHOT_METADATA_TLS}/tls.key`,
    ],
    grants: [
      { group: 'cbt.storage.k8s.io', resource: 'snapshotmetadataservices', verbs: ['get'] },
      { group: 'authentication.k8s.io', resource: 'tokenreviews', verbs: ['create'] },
      { group: 'authorization.k8s.io', resource: 'subjectaccessreviews', verbs: ['create'] },
      { group: SNAPSHOT, resource: 'volumesnapshots', verbs: ['get'] },
      { group: SNAPSHOT, resource: 'volumesnapshotcontents', verbs: ['get'] },
      { group: SNAPSHOT, resource: 'volumesnapshotclasses', verbs: ['get', 'list'] }, // for the Secret of the class; its rbac.yaml forgets it
    ],
  },
];

/** The sidecars that a driver's features need, each in the release for the platform. */
export function controllerSidecars(facts: SidecarFacts): Sidecar[] {
  const taken = new Set<string>();
  return CONTROLLER_SIDECARS.filter(row => {
    const fits = !taken.has(row.image) && row.features.some(feature => facts.features.has(feature)) && (row.only?.(facts) ?? true);
    return fits && taken.add(row.image);
  });
}

/** What a leader election does; in the driver's own namespace. */
export const LEADER_ELECTION: Grant<never>[] = [
  { group: 'coordination.k8s.io', resource: 'leases', verbs: ['get', 'create', 'update'] },
];

/** Sidecars that never talk to the API server. */
export const REGISTRAR = { image: 'csi-node-driver-registrar', version: 'v2.17.0', knownFlags: FLAGS.nodeDriverRegistrar };
export const LIVENESS = { image: 'livenessprobe', version: 'v2.19.0', knownFlags: FLAGS.livenessProbe };

/** Where the sidecar images lie unless a registry of one's own mirrors them. */
export const DEFAULT_REGISTRY = 'registry.k8s.io';
