import { randomUUID } from 'crypto';
import { Cache, keyOf } from './cache';
import { ApiError, Call, CALL_SECONDS, Client } from './client';
import { isLastSnapshot, prefix } from './deletion';
import type { Claim, CronJob, KubernetesObject, VolumeSnapshot } from './kubernetes';
import { log } from './log';
import { ANNOTATION, GROUP, MANAGED_BY, MANAGER } from './names';
import type { Caches } from './observe';
import { RESOURCES } from './resources';
import { cut, statusPatch } from './status';
import type { Action, Note, Outcome, Refusal, Storage } from './types';

/** An action that the API server refused, and why. */
export interface RefusedAction {
  readonly kind: Action['kind'];
  readonly refusal: Refusal;
}

export interface ActorOptions {
  readonly client: Client;
  readonly caches: Caches;
  /** Says who did it, in events. */
  readonly pod: string;
  /** For how many seconds no other copy may be at work. Throws where one may be. */
  readonly mayWrite: () => number;
}

/** Answers that come again until something else changes: people have to know of them. */
const REFUSED = [400, 403, 404, 405, 409, 413, 422];
/** What is asked of the user's objects and quotas. The rest is of this operator alone: where it is refused, that is a failure. */
const MAY_BE_REFUSED: readonly Action['kind'][] = ['createClaim', 'growClaim', 'createSnapshot', 'createCronJob', 'replaceCronJob'];
/** What is not as the cache has it: the next look is at what it is. */
const STALE: { readonly [kind in Action['kind']]?: readonly number[] } = { growClaim: [404], createCronJob: [409], replaceCronJob: [404] };
/** An event's note may not be longer. */
const NOTE_BYTES = 1024;

/** Carries out what was decided. */
export class Actor {
  public constructor(private readonly options: ActorOptions) {}

  /** Does it all, or up to the first action that is refused: what follows from that has to be decided anew. */
  public async act(outcome: Outcome, storage: Storage | undefined): Promise<RefusedAction | undefined> {
    // Each write starts from what the one before left.
    const latest = { storage };
    const versions = new Map<string, string>();
    for (const action of outcome.actions) {
      try {
        await this.perform(action, outcome, latest, versions);
      } catch (error) {
        const refusal = refusalOf(action, error as Error);
        if (!refusal) {
          throw error;
        }
        log('refused', { action: action.kind, storage: storage && keyOf(storage), error: refusal.message });
        return { kind: action.kind, refusal };
      }
    }
    await this.writeStatus(outcome, latest);
    if (storage) {
      for (const note of outcome.notes) {
        await this.note(storage, note);
      }
    }
    return undefined;
  }

  private async perform(action: Action, outcome: Outcome, latest: { storage?: Storage }, versions: Map<string, string>): Promise<void> {
    const { caches } = this.options;
    const patchClaim = async (claim: Claim, change: object, metadata: object = {}) => {
      const resourceVersion = versions.get(claim.metadata.uid!) ?? claim.metadata.resourceVersion;
      const patched = await this.write<Claim>({ ...where(RESOURCES.claims, claim), verb: 'patch', body: { metadata: { ...metadata, resourceVersion }, ...change } });
      versions.set(claim.metadata.uid!, patched.metadata.resourceVersion!);
      caches.claims.put(patched);
    };
    switch (action.kind) {
      case 'setFinalizers': {
        const { resourceVersion } = latest.storage!.metadata;
        const patched = await this.write<Storage>({ ...where(RESOURCES.storages, latest.storage!), verb: 'patch', body: { metadata: { resourceVersion, finalizers: action.finalizers } } });
        latest.storage = patched;
        caches.storages.put(patched);
        break;
      }
      case 'createClaim':
        caches.claims.put(await this.createClaim(action.claim));
        break;
      case 'adoptClaim':
        await patchClaim(action.claim, {}, { annotations: action.annotations });
        break;
      case 'growClaim':
        await patchClaim(action.claim, { spec: { resources: { requests: { storage: action.size } } } });
        break;
      case 'deleteClaim':
        await this.deleteClaim(action, outcome, latest);
        break;
      case 'assertNoClaim': {
        const claim = await this.findClaim(latest.storage!);
        if (claim?.metadata.annotations?.[ANNOTATION.storageUid] === latest.storage!.metadata.uid) {
          caches.claims.put(claim!);
          throw new Error(`claim ${keyOf(claim!)} is there, and the watch has not told`);
        }
        break;
      }
      case 'createSnapshot':
        caches.snapshots.put(await this.createSnapshot(action.snapshot));
        break;
      case 'createCronJob':
        caches.cronJobs.put(await this.write<CronJob>({ ...where(RESOURCES.cronJobs, action.cronJob), name: undefined, verb: 'create', body: action.cronJob }));
        break;
      case 'replaceCronJob': {
        const { current: { metadata }, annotations, spec } = action;
        // As a JSON patch, as a merge would leave what the template has no more. With another version it is a conflict; a failed `test` would be a refusal.
        const body = [
          { op: 'replace', path: '/metadata/resourceVersion', value: metadata.resourceVersion },
          { op: 'replace', path: '/metadata/annotations', value: { ...metadata.annotations, ...annotations } },
          { op: 'replace', path: '/spec', value: spec },
        ];
        caches.cronJobs.put(await this.write<CronJob>({ ...where(RESOURCES.cronJobs, action.current), verb: 'patch', body }));
        break;
      }
      case 'deleteCronJob':
        // Of another there is nothing to delete.
        await this.delete(RESOURCES.cronJobs, action.cronJob, caches.cronJobs, { uid: action.cronJob.metadata.uid }, [404, 409]);
        break;
    }
  }

  /** Whether there was something to write. */
  private async writeStatus({ status }: Outcome, latest: { storage?: Storage }): Promise<boolean> {
    const patch = latest.storage && status ? statusPatch(latest.storage.status, status) : undefined;
    if (!patch) {
      return false;
    }
    const { resourceVersion } = latest.storage!.metadata;
    latest.storage = await this.write<Storage>({ ...where(RESOURCES.storages, latest.storage!), verb: 'patch', subresource: 'status', body: { metadata: { resourceVersion }, status: patch } });
    this.options.caches.storages.put(latest.storage);
    return true;
  }

  /** The one deed that nobody takes back. All that it was decided by has to be so at the API server, and not only in the caches. */
  private async deleteClaim({ claim, snapshotName }: Action & { kind: 'deleteClaim' }, outcome: Outcome, latest: { storage?: Storage }): Promise<void> {
    const storage = latest.storage!;
    // Both say by their version that the Storage is the one that was seen; the second changes nothing.
    if (!await this.writeStatus(outcome, latest)) {
      const { resourceVersion } = storage.metadata;
      await this.write<Storage>({ ...where(RESOURCES.storages, storage), verb: 'patch', body: { metadata: { resourceVersion } } });
    }
    if (snapshotName !== undefined) {
      const { namespace } = storage.metadata;
      const snapshot = await this.options.client.call<VolumeSnapshot>({ verb: 'get', resource: RESOURCES.snapshots, namespace, name: snapshotName });
      if (!isLastSnapshot(storage, claim, snapshot)) {
        throw new Error(`VolumeSnapshot ${namespace}/${snapshotName} is not what it was seen as: claim ${claim.metadata.name} is not deleted`);
      }
    }
    const { uid, resourceVersion } = claim.metadata;
    await this.delete(RESOURCES.claims, claim, this.options.caches.claims, { uid, resourceVersion }, [404]);
  }

  /** The claim of a Storage that has our label, as it is now. */
  private async findClaim({ metadata: { namespace, name } }: KubernetesObject): Promise<Claim | undefined> {
    const query = { fieldSelector: `metadata.name=${name}`, labelSelector: `${MANAGED_BY}=${MANAGER}` };
    const { items: [claim] } = await this.options.client.call<{ readonly items: readonly Claim[] }>({ verb: 'list', resource: RESOURCES.claims, namespace, query });
    return claim;
  }

  /** A claim that is there already may be ours, made by another copy a moment ago, or by a call whose answer was lost. */
  private async createClaim(claim: Claim): Promise<Claim> {
    try {
      return await this.write<Claim>({ ...where(RESOURCES.claims, claim), name: undefined, verb: 'create', body: claim });
    } catch (error) {
      if (!isReason(error, 'AlreadyExists')) {
        throw error;
      }
      const ours = await this.findClaim(claim);
      if (!ours) {
        throw error;
      }
      return ours;
    }
  }

  private async createSnapshot(snapshot: VolumeSnapshot): Promise<VolumeSnapshot> {
    try {
      return await this.write<VolumeSnapshot>({ ...where(RESOURCES.snapshots, snapshot), name: undefined, verb: 'create', body: snapshot });
    } catch (error) {
      if (!isReason(error, 'AlreadyExists')) {
        throw error;
      }
      const there = await this.options.client.call<VolumeSnapshot>({ ...where(RESOURCES.snapshots, snapshot), verb: 'get' });
      if ([ANNOTATION.storageUid, ANNOTATION.claimUid].some(key => there.metadata.annotations?.[key] !== snapshot.metadata.annotations?.[key])) {
        throw error;
      }
      return there;
    }
  }

  /** What finalizers hold is there, with the time of its deletion. After the answers of these codes it is gone. */
  private async delete<T extends KubernetesObject>(resource: Call['resource'], object: T, cache: Cache<T>, preconditions: object, gone: readonly number[]): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions, propagationPolicy: 'Background' };
    try {
      const answer = await this.write<T>({ ...where(resource, object), verb: 'delete', body });
      if (answer.kind === 'Status') {
        cache.drop(object);
      } else {
        cache.put(answer);
      }
    } catch (error) {
      if (!(error instanceof ApiError && gone.includes(error.code))) {
        throw error;
      }
      cache.drop(object);
    }
  }

  /** Once and no more: events are for people, and the condition says the same. */
  private async note({ metadata: { name, namespace, uid, resourceVersion } }: Storage, { type, reason, message }: Note): Promise<void> {
    const body = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: `${prefix(name, 236)}.${randomUUID().slice(-12)}`, namespace },
      eventTime: new Date().toISOString().replace('Z', '000Z'),
      reportingController: `${GROUP}/${MANAGER}`,
      reportingInstance: this.options.pod.slice(0, 128),
      action: 'Reconcile',
      type,
      reason,
      note: cut(message, NOTE_BYTES),
      regarding: { apiVersion: `${GROUP}/v1`, kind: 'Storage', namespace, name, uid, resourceVersion },
    };
    log(reason, { storage: `${namespace}/${name}`, note: message });
    await this.write({ verb: 'create', resource: RESOURCES.events, namespace, body }).catch(error => log('event not written', { error: (error as Error).message }));
  }

  private async write<T>(call: Call): Promise<T> {
    const seconds = Math.min(CALL_SECONDS, this.options.mayWrite());
    return this.options.client.call<T>({ ...call, seconds });
  }
}

function where(resource: Call['resource'], { metadata: { namespace, name } }: KubernetesObject): Pick<Call, 'resource' | 'namespace' | 'name'> {
  return { resource, namespace, name };
}

function isReason(error: unknown, reason: string): boolean {
  return error instanceof ApiError && error.reason === reason;
}

function refusalOf({ kind }: Action, error: Error): Refusal | undefined {
  if (!(error instanceof ApiError) || !REFUSED.includes(error.code) || !MAY_BE_REFUSED.includes(kind)) {
    return undefined;
  }
  // Somebody else wrote it since; the next look is at that.
  if (error.reason === 'Conflict' || STALE[kind]?.includes(error.code)) {
    return undefined;
  }
  return { code: error.code, reason: error.reason, message: error.message, namespaceTerminating: error.causes.includes('NamespaceTerminating') };
}
