import { Chart, Duration, Size } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Cases } from './case';
import {
  CephCluster, CephClusterMapping, CephCredentials, CephFsCsiDriver, CephKms, CephRbdCsiDriver, CephRbdCsiDriverProps, CephRbdMirroredVolumeOptions, CephRbdStorage,
  CephRbdStorageClassOptions, CephReplicationClassOptions, CsiAddonsController, CsiAddonsControllerProps, CsiAddonsSchedulePrecedence, CsiDriver,
  ExistingCephCsiDriverOptions, ICsiDriver, KeyRotationSchedule, MirroringMode, NetworkFenceClass, NodeUpdateStrategy, PersistentVolumeClaim, PersistentVolumeClaimProps,
  RbdEncryptionType, RbdImageFeature, RbdMounter, ReclaimSpaceSchedule, ReplicationState, Schedule, SecretReference, SnapshotController, StorageClass, VolumeMode,
  VolumeReplication, VolumeReplicationClass, VolumeReplicationProps, VolumeScheduleProps,
} from '../../src';
import { object, testApp, twoClusters } from '../support';

const NIGHTLY = Schedule.daily({ hour: 2 });
const PASSPHRASE = CephCredentials.fromSecret({ name: 'ceph-csi', namespace: 'ceph', encryptionPassphrase: true });
const KEYS = CephKms.secretMetadata({ id: 'keys', secretName: 'keys', secretNamespace: 'ceph' });
const CEPH = CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:6789'] });
const CHANGED_BLOCKS = { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' };
const HANDLE = '0001-0004-ceph-0000000000000002-b0285c97-a0ce-11eb-8c66-0242ac110002';
const AWAY = '0001-0004-east-0000000000000002-b0285c97-a0ce-11eb-8c66-0242ac110002';
const IMAGE = 'csi-vol-b0285c97-a0ce-11eb-8c66-0242ac110002';
const MAPPING: CephClusterMapping = { clusterId: 'ceph', peerClusterId: 'east', rbdPools: { 2: '3' } };

/** A chart of a cluster that has a snapshot-controller and, unless nothing is said of it, csi-addons. */
function chart(precedence: CsiAddonsSchedulePrecedence | undefined = CsiAddonsSchedulePrecedence.STORAGE_CLASS, addons = true): Chart {
  const app = testApp();
  SnapshotController.existing(app, { changedBlocks: true });
  if (addons) {
    CsiAddonsController.existing(app, { schedulePrecedence: precedence });
  }
  return new Chart(app, 'chart', { namespace: 'web' });
}

function storage(scope: Construct = chart(), props: CephRbdCsiDriverProps = {}, kms?: CephKms[]): CephRbdStorage {
  const driver = new CephRbdCsiDriver(scope, 'Driver', { csiAddons: true, kms, ...props });
  return new CephRbdStorage(scope, 'Rbd', { driver, cluster: CEPH, credentials: PASSPHRASE, pool: 'kubernetes' });
}

const controller = (props: CsiAddonsControllerProps) => () => new CsiAddonsController(new Chart(testApp(), 'chart'), 'Controller', props);
const driver = (props: CephRbdCsiDriverProps, addons?: boolean) => () => new CephRbdCsiDriver(chart(undefined, addons), 'Driver', props);

/** A class, a claim of it, and its schedule. */
function scheduled(
  props: Partial<VolumeScheduleProps> = {}, options: CephRbdStorageClassOptions = {}, claim: Partial<PersistentVolumeClaimProps> = {},
  Kind: typeof ReclaimSpaceSchedule = ReclaimSpaceSchedule, scope = chart(),
) {
  return () => {
    const storageClass = storage(scope, {}, options.encryption?.kms && [options.encryption.kms]).addStorageClass('fast', options);
    const data = new PersistentVolumeClaim(scope, 'Data', { name: 'data', storageClass, size: Size.gibibytes(1), ...claim });
    return new Kind(scope, 'Schedule', { claim: data, schedule: NIGHTLY, ...props });
  };
}
const rotated = (options: CephRbdStorageClassOptions) => scheduled({}, options, {}, KeyRotationSchedule);
function classOf(options: CephRbdStorageClassOptions, precedence?: CsiAddonsSchedulePrecedence) {
  return () => storage(chart(precedence), {}, options.encryption?.kms && [options.encryption.kms]).addStorageClass('fast', options);
}
const annotated = (annotation: string, precedence?: CsiAddonsSchedulePrecedence) => () => {
  const scope = chart(precedence);
  return object(scope, 'Namespace', { metadata: { name: 'web', annotations: { [annotation]: '@daily' } } });
};
const raw = (fields: object, name = 'nightly', annotations?: object) => () => object(chart(), 'ReclaimSpaceCronJob', {
  metadata: { name, annotations }, spec: { schedule: '@daily', jobTemplate: { spec: { target: { persistentVolumeClaim: 'data' } } }, ...fields },
}, 'csiaddons.openshift.io/v1alpha1');

const EVERY_15: CephReplicationClassOptions = { schedulingInterval: Duration.minutes(15) };
const mirroring = (options: CephReplicationClassOptions) => () => storage().addReplicationClass('mirror', options);

/** A mirrored volume of RBD. */
function replicated(
  props: Partial<VolumeReplicationProps> = {}, options: CephReplicationClassOptions = EVERY_15, ofClass: CephRbdStorageClassOptions = {}, driverProps: CephRbdCsiDriverProps = {},
) {
  return () => {
    const scope = chart();
    const rbd = storage(scope, driverProps);
    const storageClass = rbd.addStorageClass('fast', ofClass);
    const claim = new PersistentVolumeClaim(scope, 'Data', { name: 'data', storageClass, size: Size.gibibytes(1) });
    return new VolumeReplication(scope, 'Replication', { claim, replicationClass: rbd.addReplicationClass('mirror', options), state: ReplicationState.PRIMARY, ...props });
  };
}

/** Storage by a driver that was installed elsewhere. */
function elsewhere(scope: Construct, options: ExistingCephCsiDriverOptions, cluster = CephCluster.existing('ceph')): CephRbdStorage {
  const existing = CephRbdCsiDriver.existing({ csiAddons: true, ...options });
  return new CephRbdStorage(scope, 'Rbd', { driver: existing, cluster, credentials: PASSPHRASE, pool: 'kubernetes' });
}

/** The sides of one volume in two clusters of an app. */
function sides(first: ReplicationState, second: ReplicationState, declared = true) {
  return () => {
    const [east, west] = twoClusters();
    const side = (scope: Chart, state: ReplicationState, peer?: VolumeReplication) => {
      CsiAddonsController.existing(scope, { schedulePrecedence: CsiAddonsSchedulePrecedence.STORAGE_CLASS });
      const rbd = elsewhere(scope, { omapGenerator: true });
      const volume = rbd.addMirroredVolume('data', { volumeHandle: HANDLE, imageName: IMAGE, capacity: Size.gibibytes(1) });
      const claim = new PersistentVolumeClaim(scope, 'Data', { name: 'data', volume });
      return new VolumeReplication(scope, 'Replication', { claim, replicationClass: rbd.addReplicationClass('mirror', EVERY_15), state, peer });
    };
    const here = side(east, first);
    return side(west, second, declared ? here : undefined);
  };
}

const mirrored = (
  options: Partial<CephRbdMirroredVolumeOptions> = {}, known: ExistingCephCsiDriverOptions = { omapGenerator: true }, cluster?: CephCluster,
) => () => elsewhere(chart(), known, cluster)
  .addMirroredVolume('data', { volumeHandle: HANDLE, imageName: IMAGE, capacity: Size.gibibytes(1), ...options });

/** A claim of the replica of a volume. */
const replica = (volume: Partial<CephRbdMirroredVolumeOptions>, options: CephReplicationClassOptions) => () => {
  const scope = chart();
  const rbd = elsewhere(scope, { omapGenerator: true });
  const claim = new PersistentVolumeClaim(scope, 'Data', {
    name: 'data', volume: rbd.addMirroredVolume('data', { volumeHandle: HANDLE, imageName: IMAGE, capacity: Size.gibibytes(1), ...volume }),
  });
  return new VolumeReplication(scope, 'Replication', { claim, replicationClass: rbd.addReplicationClass('mirror', options), state: ReplicationState.SECONDARY });
};

/** A claim of an image that ceph-csi did not make. */
function ofStatic(make: (scope: Chart, claim: PersistentVolumeClaim, rbd: CephRbdStorage) => IConstruct) {
  return () => {
    const scope = chart();
    const rbd = storage(scope);
    const volume = rbd.addStaticVolume('old', { image: 'disk1', capacity: Size.gibibytes(1) });
    return make(scope, new PersistentVolumeClaim(scope, 'Data', { name: 'data', volume }), rbd);
  };
}

/** Two claims, or one twice. */
function twice(make: (scope: Chart, claims: PersistentVolumeClaim[], rbd: CephRbdStorage) => IConstruct, options: CephRbdStorageClassOptions = {}) {
  return () => {
    const scope = chart();
    const rbd = storage(scope);
    const storageClass = rbd.addStorageClass('fast', options);
    return make(scope, ['first', 'second'].map(name => new PersistentVolumeClaim(scope, name, { name, storageClass, size: Size.gibibytes(1) })), rbd);
  };
}
const bothScheduled = (second: number, name?: string) => twice((scope, claims) => {
  new ReclaimSpaceSchedule(scope, 'One', { claim: claims[0], schedule: NIGHTLY });
  return new ReclaimSpaceSchedule(scope, 'Two', { claim: claims[second], schedule: NIGHTLY, name });
});
const overClass = (name: string | undefined) => twice(
  (scope, [claim]) => new ReclaimSpaceSchedule(scope, 'One', { claim, schedule: NIGHTLY, name }), { reclaimSpace: Schedule.weekly({ day: 0, hour: 3 }) },
);
const bothReplicated = (second: number) => twice((scope, claims, rbd) => {
  const replicationClass = rbd.addReplicationClass('mirror', EVERY_15);
  new VolumeReplication(scope, 'One', { claim: claims[0], replicationClass, state: ReplicationState.PRIMARY });
  return new VolumeReplication(scope, 'Two', { claim: claims[second], replicationClass, state: ReplicationState.PRIMARY, name: 'two' });
});
const classFor = (of: (scope: Chart) => ICsiDriver) => () => {
  const scope = chart();
  return new VolumeReplicationClass(scope, 'Class', { name: 'mirror', driver: of(scope), secret: SecretReference.fromName('ceph-csi', 'ceph'), ...EVERY_15 });
};
const JOURNAL = { mirroringMode: MirroringMode.JOURNAL };
const NBD: CephRbdStorageClassOptions = { mounter: RbdMounter.NBD, imageFeatures: [RbdImageFeature.LAYERING, RbdImageFeature.EXCLUSIVE_LOCK, RbdImageFeature.JOURNALING] };
const ON_DELETE = { node: { updateStrategy: NodeUpdateStrategy.ON_DELETE } };
const UNMANAGED = { 'csiaddons.openshift.io/state': 'unmanaged' };

export const CEPH_ADDONS_CASES: Cases = {
  CEPH170: {
    trips: {
      'two controllers': () => {
        const scope = chart();
        return new CsiAddonsController(scope, 'Controller');
      },
    },
    passes: { 'one controller': controller({}), 'one in each cluster': () => twoClusters().map(scope => new CsiAddonsController(scope, 'Controller'))[0] },
  },
  CEPH171: {
    trips: {
      'a driver with the sidecar': driver({ csiAddons: true }, false),
      'a schedule': scheduled({}, {}, {}, ReclaimSpaceSchedule, chart(undefined, false)),
      'an object that its user wrote': () => object(chart(undefined, false), 'NetworkFence', { metadata: { name: 'fence' } }, 'csiaddons.openshift.io/v1alpha1'),
    },
    passes: { 'a driver with the sidecar, and a controller': driver({ csiAddons: true }), 'a driver without it': driver({}, false) },
  },
  CEPH172: {
    trips: {
      'a class that is to reclaim space': () => storage(chart(), { csiAddons: false }).addStorageClass('fast', { reclaimSpace: NIGHTLY }),
      'a replication class of a driver that has none': classFor(() => CephRbdCsiDriver.existing({ csiAddons: false })),
    },
    passes: { 'with it': classOf({ reclaimSpace: NIGHTLY }), 'a driver that was installed with it': classFor(() => CephRbdCsiDriver.existing({ csiAddons: true })) },
  },
  CEPH173: {
    trips: {
      'mirroring by CephFS': classFor(scope => new CephFsCsiDriver(scope, 'Driver', { csiAddons: true })),
      'reclaiming space of another driver': () => {
        const scope = chart();
        const storageClass = StorageClass.fromStorageClassName('nfs', { driver: CsiDriver.fromDriverName('nfs.csi.k8s.io') });
        return new ReclaimSpaceSchedule(scope, 'Schedule', { claim: PersistentVolumeClaim.fromClaimName('data', { storageClass }), schedule: NIGHTLY });
      },
    },
    passes: {
      'fencing by CephFS': () => {
        const scope = chart();
        const fs = new CephFsCsiDriver(scope, 'Driver', { csiAddons: true });
        return new NetworkFenceClass(scope, 'Class', { name: 'fence', driver: fs, cluster: CEPH, secret: SecretReference.fromName('ceph-csi', 'ceph') });
      },
      'mirroring by RBD': classFor(scope => new CephRbdCsiDriver(scope, 'Driver', { csiAddons: true })),
    },
  },
  CEPH174: {
    trips: {
      'a precedence that there is not': controller({ schedulePrecedence: 'class' as any }),
      'a property that is misspelt': controller({ schedulePrecedance: 'pvc' } as any),
      'a backoff limit of nothing, which would be six': scheduled({ backoffLimit: 0 }),
      'a timeout that is too short': scheduled({ timeout: Duration.seconds(30) }),
      'a schedule as a text': scheduled({ schedule: '@daily' as any }),
      'no claim': () => new ReclaimSpaceSchedule(chart(), 'Schedule', { schedule: NIGHTLY } as any),
      'half a minute': mirroring({ schedulingInterval: Duration.seconds(90) }),
      'a handle of another origin': mirrored({ volumeHandle: 'disk1' }),
      'an image of another volume': mirrored({ imageName: 'csi-vol-b0285c97-a0ce-11eb-8c66-0242ac110003' }),
      'a property of a mirrored volume that is misspelt': mirrored({ journalpool: 'x' } as any),
      'a mirrored volume that is none': () => elsewhere(chart(), { omapGenerator: true }).addMirroredVolume('data', undefined as any),
      'no VolumeReplicationClass': () => storage().addReplicationClass('mirror', null as any),
      'no NetworkFenceClass': () => storage().addNetworkFenceClass('fence', null as any),
      'a cluster that maps to itself': driver({ clusterMappings: [{ clusterId: 'ceph', peerClusterId: 'ceph' }] }),
      'a pool by its name': driver({ clusterMappings: [{ ...MAPPING, rbdPools: { kubernetes: '3' } }] }),
      'autoResync on the primary side': replicated({ autoResync: true }),
      'a state that there is not': replicated({ state: 'Primary' as any }),
      'a sidecar that is switched by a text': driver({ csiAddons: 'false' as any }),
      'a Secret as a text': () => new VolumeReplicationClass(chart(), 'Class', { name: 'mirror', driver: CephRbdCsiDriver.existing({ csiAddons: true }), secret: 'ceph-csi' as any }),
    },
    passes: {
      'a precedence': controller({ schedulePrecedence: CsiAddonsSchedulePrecedence.CLAIM, reclaimSpaceTimeout: Duration.minutes(10), maxConcurrentReconciles: 10 }),
      'a schedule with limits': scheduled({ backoffLimit: 1, timeout: Duration.minutes(1), retryDeadline: Duration.minutes(30), startingDeadline: Duration.hours(1) }),
      'an interval in minutes': mirroring({ schedulingInterval: Duration.seconds(120), schedulingStartTime: '14:00:00-05:00' }),
      'a mapping': driver({ clusterMappings: [MAPPING] }),
      'a cluster that has the same id as its peer': driver({ clusterMappings: [{ clusterId: 'ceph', peerClusterId: 'ceph', rbdPools: { 2: '3' } }] }),
      'an image of another prefix': mirrored({ imageName: 'shop-b0285c97-a0ce-11eb-8c66-0242ac110002' }),
    },
  },
  CEPH175: {
    trips: {
      'a schedule': ofStatic((scope, claim) => new ReclaimSpaceSchedule(scope, 'Schedule', { claim, schedule: NIGHTLY })),
      'a replication': ofStatic((scope, claim, rbd) => new VolumeReplication(scope, 'Replication', { claim, replicationClass: rbd.addReplicationClass('mirror', EVERY_15), state: ReplicationState.PRIMARY })),
    },
    passes: { 'a volume that ceph-csi made': scheduled() },
  },
  CEPH176: {
    trips: { 'every ten minutes': scheduled({ schedule: Schedule.cron('*/10 * * * *') }), 'a deadline that is too long': scheduled({ schedule: Schedule.cron('* * * * *'), startingDeadline: Duration.hours(2) }) },
    passes: { 'every ten minutes, with a deadline': scheduled({ schedule: Schedule.cron('*/10 * * * *'), startingDeadline: Duration.minutes(30) }), 'every hour': scheduled({ schedule: Schedule.hourly() }) },
  },
  CEPH177: {
    trips: {
      'two of one claim': bothScheduled(0, 'two'),
      'beside that of the class': overClass('nightly'),
    },
    passes: { 'one of each of two claims': bothScheduled(1), 'in the place of that of the class': overClass(undefined) },
  },
  CEPH178: {
    trips: { 'a controller that heeds claims first': classOf({ reclaimSpace: NIGHTLY }, CsiAddonsSchedulePrecedence.CLAIM) },
    passes: { 'a controller that heeds classes': classOf({ reclaimSpace: NIGHTLY }) },
  },
  CEPH179: {
    trips: { 'a namespace': annotated('reclaimspace.csiaddons.openshift.io/schedule') },
    passes: { 'a controller that looks there': annotated('reclaimspace.csiaddons.openshift.io/schedule', CsiAddonsSchedulePrecedence.CLAIM), 'another annotation': annotated('example.com/schedule') },
  },
  CEPH180: {
    trips: {
      'a class that is not encrypted': rotated({}),
      'a passphrase for all volumes': classOf({ encryption: {}, keyRotation: NIGHTLY }),
      'encrypted files': rotated({ encryption: { kms: KEYS, type: RbdEncryptionType.FILE } }),
    },
    passes: { 'keys by volume': rotated({ encryption: { kms: KEYS } }), 'keys by volume, of a class': classOf({ encryption: { kms: KEYS }, keyRotation: NIGHTLY }) },
  },
  CEPH181: {
    trips: { 'an encrypted device': scheduled({}, { encryption: { kms: KEYS } }), 'a raw device': scheduled({}, {}, { volumeMode: VolumeMode.BLOCK }) },
    passes: { 'a file system': scheduled(), 'encrypted files': scheduled({}, { encryption: { kms: KEYS, type: RbdEncryptionType.FILE } }) },
  },
  CEPH182: {
    trips: {
      'an interval for a journal': mirroring({ ...JOURNAL, ...EVERY_15 }),
      'a time for a journal': mirroring({ ...JOURNAL, schedulingStartTime: '14:00:00' }),
      'a time without an interval': mirroring({ schedulingStartTime: '14:00:00' }),
    },
    passes: { 'a journal': mirroring(JOURNAL), 'an interval with a time': mirroring({ ...EVERY_15, schedulingStartTime: '14:00' }) },
  },
  CEPH183: {
    trips: { 'no interval': mirroring({}) },
    passes: { 'an interval': mirroring(EVERY_15), 'a journal': mirroring(JOURNAL) },
  },
  CEPH184: {
    trips: {
      'a class of another driver': replicated({ replicationClass: VolumeReplicationClass.fromReplicationClassName('other', { driver: CephRbdCsiDriver.existing({ driverName: 'rook-ceph.rbd.csi.ceph.com', csiAddons: true }) }) }),
    },
    passes: { 'a class of its driver': replicated() },
  },
  CEPH185: {
    trips: {
      'both are primary': sides(ReplicationState.PRIMARY, ReplicationState.PRIMARY),
      'both are primary, as their handle says': sides(ReplicationState.PRIMARY, ReplicationState.PRIMARY, false),
      'copied from what is not primary': sides(ReplicationState.SECONDARY, ReplicationState.RESYNC),
    },
    passes: {
      'one of them': sides(ReplicationState.PRIMARY, ReplicationState.SECONDARY),
      'none of them, for a moment': sides(ReplicationState.SECONDARY, ReplicationState.SECONDARY),
      'copied from the primary one': sides(ReplicationState.PRIMARY, ReplicationState.RESYNC, false),
    },
  },
  CEPH186: {
    trips: { autoResync: replicated({ state: ReplicationState.SECONDARY, autoResync: true }) },
    passes: { 'no autoResync': replicated({ state: ReplicationState.SECONDARY, autoResync: false }) },
  },
  CEPH187: {
    trips: { 'two of one claim': bothReplicated(0) },
    passes: { 'one of each': bothReplicated(1) },
  },
  CEPH188: {
    trips: { 'the kernel': replicated({}, JOURNAL), 'the kernel, of a volume of another cluster': replica({}, JOURNAL) },
    passes: {
      'rbd-nbd': replicated({}, JOURNAL, NBD, ON_DELETE),
      'rbd-nbd, of a volume of another cluster': replica({ attributes: { mounter: 'rbd-nbd' } }, JOURNAL),
      'the kernel by snapshots': replicated(),
    },
  },
  CEPH189: {
    trips: {
      'a driver that is installed without': () => storage().addMirroredVolume('data', { volumeHandle: HANDLE, imageName: IMAGE, capacity: Size.gibibytes(1) }),
      'a cluster that it does not know': mirrored({ volumeHandle: AWAY }, { omapGenerator: true, clusterMappings: [] }),
      'a pool that it does not know': mirrored({ volumeHandle: AWAY }, { omapGenerator: true, clusterMappings: [{ ...MAPPING, rbdPools: { 7: '9' } }] }),
    },
    passes: { 'a driver with it': mirrored(), 'a cluster that is mapped': mirrored({ volumeHandle: AWAY }, { omapGenerator: true, clusterMappings: [{ ...MAPPING, clusterId: 'east', peerClusterId: 'ceph' }] }) },
  },
  CEPH190: {
    trips: { omapGenerator: driver({ omapGenerator: true }) },
    passes: { none: driver({ omapGenerator: false }) },
  },
  CEPH191: {
    trips: { 'a release before': driver({ version: 'v3.14.2', snapshots: true, changedBlocks: CHANGED_BLOCKS }) },
    passes: { 'that of the library': driver({ snapshots: true, changedBlocks: CHANGED_BLOCKS }) },
  },
  CEPH192: {
    trips: { Replace: raw({ concurrencyPolicy: 'Replace' }) },
    passes: { Forbid: raw({ concurrencyPolicy: 'Forbid' }) },
  },
  CEPH193: {
    trips: { 'the usual name': raw({}, 'data-reclaimspace') },
    passes: { 'the usual name, unmanaged': raw({}, 'data-reclaimspace', UNMANAGED), 'another name': raw({}, 'data-nightly') },
  },
  CEPH194: {
    trips: { 'a RADOS namespace': mirrored({}, { omapGenerator: true }, CephCluster.existing('ceph', { radosNamespace: 'shop' })) },
    passes: { 'none': mirrored(), 'an image that is not mirrored': () => elsewhere(chart(), {}, CephCluster.existing('ceph', { radosNamespace: 'shop' })).addStaticVolume('old', { image: 'disk1', capacity: Size.gibibytes(1) }) },
  },
};
