import * as fc from 'fast-check';
import { claim, CONFIG, FAST, NOW, reconcile, snapshot, storage, template, UID } from './support';
import { finalSnapshotName } from '../../examples/storage-operator/controller/deletion';
import type { Claim, CronJob, StorageClass, VolumeSnapshot } from '../../examples/storage-operator/controller/kubernetes';
import { ANNOTATION, FINALIZER } from '../../examples/storage-operator/controller/names';
import { compare } from '../../examples/storage-operator/controller/quantity';
import { isDue } from '../../examples/storage-operator/controller/schedule';
import { conditionOf, statusPatch } from '../../examples/storage-operator/controller/status';
import type { Action, Observed, Refused, Storage } from '../../examples/storage-operator/controller/types';

// From whatever state, doing what it says, in a cluster that does its part, comes to an end, and never does harm.

/** A cluster with one Storage in it. */
interface World {
  storage?: Storage;
  claim?: Claim;
  /** Whether the claim has no label of ours: it is not seen then. */
  readonly foreign: boolean;
  storageClass?: StorageClass;
  readonly restoreSource?: VolumeSnapshot | null;
  finalSnapshot?: VolumeSnapshot;
  readonly template?: CronJob;
  cronJobs: CronJob[];
  readonly refuses: readonly Action['kind'][];
  readonly binds: boolean;
  readonly terminating: boolean;
  /** Whether somebody deletes the claim once its volume is in the status. */
  robbed: boolean;
}

const SIZES = ['1Gi', '1536Mi', '5Gi', '5120Mi', '10Gi', '10.5Gi', '1e10', '20G'];
const size = fc.constantFrom(...SIZES);
const maybe = <T>(arbitrary: fc.Arbitrary<T>, often = 1) => fc.oneof({ weight: often, arbitrary }, { weight: 1, arbitrary: fc.constant(undefined) });
const seldom = <T>(value: T) => fc.oneof({ weight: 1, arbitrary: fc.constant(value) }, { weight: 4, arbitrary: fc.constant(undefined) });

const storages = fc.record({
  spec: fc.record({
    size,
    storageClassName: fc.constantFrom('fast', 'slow'),
    deletionPolicy: fc.constantFrom<('Retain' | 'Delete' | 'SnapshotThenDelete' | undefined)[]>('Retain', 'Delete', 'SnapshotThenDelete', undefined),
    snapshotPolicy: fc.constantFrom(undefined, 'nightly'),
    restoreFrom: seldom({ snapshotName: 'before' }),
  }),
  finalizers: fc.constantFrom([], [FINALIZER], [FINALIZER], ['other', FINALIZER]),
  deletionTimestamp: maybe(fc.constant(NOW)),
  status: seldom({ claimName: 'data', volumeName: 'pv-1' }),
}).map(({ spec, finalizers, deletionTimestamp, status }) => storage(spec, { finalizers, deletionTimestamp }, status));

const claims = fc.record({
  request: size,
  capacity: size,
  phase: fc.constantFrom('Pending', 'Bound', 'Bound', 'Bound', 'Lost'),
  storageClassName: fc.constantFrom('fast', 'fast', 'slow'),
  of: fc.constantFrom(UID, UID, UID, 'former', undefined),
  deletionTimestamp: seldom(NOW),
  restored: fc.boolean(),
}).map(({ request, capacity, phase, storageClassName, of, deletionTimestamp, restored }) => claim(
  { storageClassName, resources: { requests: { storage: request } }, dataSource: restored ? { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'before' } : undefined },
  { phase, capacity: { storage: capacity } },
  { annotations: of ? { [ANNOTATION.storageUid]: of } : undefined, deletionTimestamp }));

const OF_ANOTHER = snapshot({ readyToUse: true }, { annotations: { [ANNOTATION.storageUid]: UID, [ANNOTATION.claimUid]: 'another' } });

const worlds: fc.Arbitrary<World> = fc.record({
  storage: maybe(storages, 9),
  claim: maybe(claims, 4),
  foreign: seldom(true).map(Boolean),
  storageClass: fc.constantFrom(undefined, FAST, { ...FAST, allowVolumeExpansion: false }, { ...FAST, volumeBindingMode: 'WaitForFirstConsumer' }),
  restoreSource: fc.constantFrom(null, snapshot({ readyToUse: false }), snapshot({ readyToUse: true, restoreSize: '5Gi' })),
  finalSnapshot: fc.constantFrom(undefined, snapshot(), snapshot({ readyToUse: true }), snapshot({ readyToUse: true }, { deletionTimestamp: NOW }), OF_ANOTHER),
  template: fc.constantFrom(undefined, template()),
  cronJobs: fc.subarray([{ ...template(), metadata: { name: 'storage-stray', uid: 'stray' } }]),
  refuses: fc.oneof(fc.constant([]), fc.subarray<Action['kind']>(['createClaim', 'growClaim', 'createSnapshot', 'createCronJob', 'replaceCronJob'])),
  binds: fc.boolean(),
  terminating: seldom(true).map(Boolean),
  robbed: seldom(true).map(Boolean),
});

function observe(world: World, refused: Refused): Observed {
  const seen = world.foreign ? undefined : world.claim;
  const known = { storage: world.storage, template: world.template, cronJobs: world.cronJobs, claim: seen };
  return {
    ...known, now: NOW, operatorNamespace: 'operator', refused,
    storageClass: world.storageClass, restoreSource: world.restoreSource, finalSnapshot: world.finalSnapshot, runner: isDue(known) ? { config: CONFIG } : undefined,
  };
}

/** What the API server does. It answers false where it refuses. */
function perform(world: World, action: Action): boolean {
  if (world.refuses.includes(action.kind)) {
    return false;
  }
  const isMade = action.kind === 'createClaim' || action.kind === 'createSnapshot';
  if (isMade && world.terminating) {
    return false;
  }
  switch (action.kind) {
    case 'setFinalizers':
      world.storage = { ...world.storage!, metadata: { ...world.storage!.metadata, finalizers: action.finalizers } };
      break;
    case 'createClaim':
      expect(world.storage!.metadata.finalizers).toContain(FINALIZER);
      expect(world.storage!.status?.volumeName).toBeUndefined();
      if (world.claim) {
        return false;
      }
      world.claim = { ...action.claim, metadata: { ...action.claim.metadata, uid: 'new', resourceVersion: '1' }, status: { phase: 'Pending' } };
      break;
    case 'adoptClaim':
      unharmed(world, action.claim);
      expect(world.claim!.spec.storageClassName).toBe(world.storage!.spec.storageClassName);
      world.claim = { ...world.claim!, metadata: { ...world.claim!.metadata, annotations: { ...world.claim!.metadata.annotations, ...action.annotations } } };
      break;
    case 'growClaim':
      unharmed(world, action.claim);
      expect(compare(action.size, world.claim!.spec.resources!.requests!.storage!)).toBeGreaterThan(0);
      world.claim = { ...world.claim!, spec: { ...world.claim!.spec, resources: { requests: { storage: action.size } } } };
      break;
    case 'deleteClaim': {
      unharmed(world, action.claim);
      const { spec, metadata } = world.storage!;
      expect(metadata.deletionTimestamp).toBeDefined();
      expect(['Delete', 'SnapshotThenDelete']).toContain(spec.deletionPolicy);
      expect(world.claim!.metadata.annotations![ANNOTATION.storageUid]).toBe(metadata.uid);
      if (spec.deletionPolicy === 'SnapshotThenDelete' && world.claim!.status!.phase === 'Bound') {
        expect(action.snapshotName).toBe(world.finalSnapshot!.metadata.name);
        expect(world.finalSnapshot!.metadata.annotations![ANNOTATION.claimUid]).toBe(world.claim!.metadata.uid);
        expect(world.finalSnapshot!.status!.readyToUse).toBe(true);
        expect(world.finalSnapshot!.metadata.deletionTimestamp).toBeUndefined();
      }
      world.claim = { ...world.claim!, metadata: { ...world.claim!.metadata, deletionTimestamp: NOW } };
      break;
    }
    case 'assertNoClaim':
      expect(world.foreign ? undefined : world.claim?.metadata.annotations?.[ANNOTATION.storageUid]).not.toBe(world.storage!.metadata.uid);
      break;
    case 'createSnapshot':
      expect(action.snapshot.metadata.name).toBe(finalSnapshotName(world.storage!));
      world.finalSnapshot = action.snapshot;
      break;
    case 'createCronJob':
      world.cronJobs = [...world.cronJobs, { ...action.cronJob, metadata: { ...action.cronJob.metadata, uid: 'new' } }];
      break;
    case 'replaceCronJob':
      world.cronJobs = world.cronJobs.map(each => (
        each.metadata.name === action.current.metadata.name ? { ...each, spec: action.spec, metadata: { ...each.metadata, annotations: action.annotations } } : each));
      break;
    case 'deleteCronJob':
      world.cronJobs = world.cronJobs.filter(({ metadata }) => metadata.name !== action.cronJob.metadata.name);
      break;
  }
  return true;
}

/** What it works on is there, and has our label. */
function unharmed(world: World, { metadata }: Claim): void {
  expect(world.foreign).toBe(false);
  expect(metadata.uid).toBe(world.claim!.metadata.uid);
}

/** What others do: the binder, the driver, whoever removes what is deleted. */
function others(world: World): void {
  if (world.claim?.metadata.deletionTimestamp) {
    world.claim = undefined;
  } else if (world.robbed && world.claim && world.storage?.status?.volumeName) {
    world.robbed = false;
    world.claim = { ...world.claim, metadata: { ...world.claim.metadata, deletionTimestamp: NOW } };
  } else if (world.claim?.status?.phase === 'Pending' && world.binds) {
    world.claim = { ...world.claim, status: { phase: 'Bound', capacity: { storage: world.claim.spec.resources!.requests!.storage } }, spec: { ...world.claim.spec, volumeName: 'pv-new' } };
  }
  if (world.finalSnapshot?.metadata.deletionTimestamp) {
    world.finalSnapshot = undefined;
  } else if (world.finalSnapshot) {
    world.finalSnapshot = { ...world.finalSnapshot, status: { readyToUse: true } };
  }
  if (world.storage?.metadata.deletionTimestamp && world.storage.metadata.finalizers!.length === 0) {
    world.storage = undefined;
  }
}

/** One run, as the controller does it. It answers whether anything was done. */
function run(world: World): boolean {
  let refused: Refused = {};
  let done = 0;
  for (let decisions = 0; decisions < 5; decisions++) {
    const { storage: before } = world;
    const outcome = reconcile(observe(world, refused));
    const failed = outcome.actions.find(action => {
      const performed = perform(world, action);
      done += performed ? 1 : 0;
      return !performed;
    });
    if (!failed) {
      const patch = world.storage && outcome.status ? statusPatch(before?.status, outcome.status) : undefined;
      if (patch) {
        world.storage = { ...world.storage!, status: outcome.status };
      }
      return done > 0 || patch !== undefined;
    }
    const alreadyThere = failed.kind === 'createClaim' && world.claim !== undefined && !world.terminating;
    refused = { ...refused, [failed.kind]: { code: 403, reason: alreadyThere ? 'AlreadyExists' : 'Forbidden', message: 'no', namespaceTerminating: world.terminating } };
  }
  throw new Error('it decides for ever');
}

test('it comes to an end from everywhere, and does no harm on its way', () => {
  fc.assert(fc.property(worlds, start => {
    const world = { ...start };
    let rounds = 0;
    for (let changed = true; changed; rounds++) {
      expect(rounds).toBeLessThan(15);
      const before = JSON.stringify([world.claim, world.finalSnapshot, world.storage]);
      const did = run(world);
      others(world);
      changed = did || JSON.stringify([world.claim, world.finalSnapshot, world.storage]) !== before;
    }
    expect(world.cronJobs.some(({ metadata }) => metadata.name === 'storage-stray')).toBe(false);
    if (start.claim && (!start.robbed || world.robbed) && !start.claim.metadata.deletionTimestamp && (start.foreign || !start.storage?.metadata.deletionTimestamp || (start.storage.spec.deletionPolicy ?? 'Retain') === 'Retain')) {
      expect(world.claim?.metadata.uid).toBe(start.claim.metadata.uid);
    }
    if (world.storage && !world.storage.metadata.deletionTimestamp && !world.claim && world.storage.status?.volumeName) {
      expect(conditionOf(world.storage, 'Ready')!.reason).toBe('ClaimGone');
      expect(world.cronJobs).toEqual([]);
    }
    if (start.storage?.metadata.deletionTimestamp) {
      // Only what cannot be made keeps it.
      const isHeld = world.storage?.metadata.finalizers?.includes(FINALIZER) ?? false;
      expect(isHeld && !world.refuses.includes('createSnapshot') && start.finalSnapshot !== OF_ANOTHER).toBe(false);
      expect(world.cronJobs).toEqual([]);
    }
  }), { numRuns: 3000 });
});
