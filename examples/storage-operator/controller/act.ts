import { randomUUID } from 'crypto';
import { Cache, keyOf } from './cache';
import { ApiError, Call, Client } from './client';
import type { Claim, CronJob, KubernetesObject, VolumeSnapshot } from './kubernetes';
import { log } from './log';
import { ANNOTATION, GROUP, MANAGED_BY, MANAGER } from './names';
import type { Caches } from './observe';
import { RESOURCES } from './resources';
import { statusPatch } from './status';
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
  /** Throws where another copy may be at work. */
  readonly mayWrite: () => void;
}

/** Answers that come again until something else changes: people have to know of them. */
const REFUSED = [400, 403, 404, 405, 409, 413, 422];
/** What is asked of the user's objects and quotas. The rest is of this operator alone: where it is refused, that is a failure. */
const MAY_BE_REFUSED: readonly Action['kind'][] = ['createClaim', 'growClaim', 'createSnapshot', 'createCronJob', 'replaceCronJob'];
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
        await this.perform(action, latest, versions);
      } catch (error) {
        const refusal = refusalOf(action, error as Error);
        if (!refusal) {
          throw error;
        }
        log('refused', { action: action.kind, storage: storage && keyOf(storage), error: refusal.message });
        return { kind: action.kind, refusal };
      }
    }
    const patch = latest.storage && outcome.status ? statusPatch(latest.storage.status, outcome.status) : undefined;
    if (patch) {
      this.options.caches.storages.put(await this.write<Storage>({
        ...where(RESOURCES.storages, latest.storage!), verb: 'patch', subresource: 'status', body: { metadata: { resourceVersion: latest.storage!.metadata.resourceVersion }, status: patch },
      }));
    }
    if (storage) {
      for (const note of outcome.notes) {
        await this.note(storage, note);
      }
    }
    return undefined;
  }

  private async perform(action: Action, latest: { storage?: Storage }, versions: Map<string, string>): Promise<void> {
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
        await this.delete(RESOURCES.claims, action.claim, caches.claims);
        break;
      case 'createSnapshot':
        caches.snapshots.put(await this.createSnapshot(action.snapshot));
        break;
      case 'createCronJob':
        caches.cronJobs.put(await this.write<CronJob>({ ...where(RESOURCES.cronJobs, action.cronJob), name: undefined, verb: 'create', body: action.cronJob }));
        break;
      case 'replaceCronJob': {
        const { current: { metadata }, annotations, spec } = action;
        // As a JSON patch, as a merge would leave what the template has no more.
        const body = [
          { op: 'test', path: '/metadata/uid', value: metadata.uid },
          { op: 'test', path: '/metadata/resourceVersion', value: metadata.resourceVersion },
          { op: 'replace', path: '/metadata/annotations', value: { ...metadata.annotations, ...annotations } },
          { op: 'replace', path: '/spec', value: spec },
        ];
        caches.cronJobs.put(await this.write<CronJob>({ ...where(RESOURCES.cronJobs, action.current), verb: 'patch', body }));
        break;
      }
      case 'deleteCronJob':
        await this.delete(RESOURCES.cronJobs, action.cronJob, caches.cronJobs);
        break;
    }
  }

  /** A claim that is there already may be ours, made by another copy a moment ago, or by a call whose answer was lost. */
  private async createClaim(claim: Claim): Promise<Claim> {
    const { namespace, name } = claim.metadata;
    try {
      return await this.write<Claim>({ ...where(RESOURCES.claims, claim), name: undefined, verb: 'create', body: claim });
    } catch (error) {
      if (!isReason(error, 'AlreadyExists')) {
        throw error;
      }
      const query = { fieldSelector: `metadata.name=${name}`, labelSelector: `${MANAGED_BY}=${MANAGER}` };
      const { items: [ours] } = await this.options.client.call<{ readonly items: readonly Claim[] }>({ verb: 'list', resource: RESOURCES.claims, namespace, query });
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
      if (there.metadata.annotations?.[ANNOTATION.storageUid] !== snapshot.metadata.annotations?.[ANNOTATION.storageUid]) {
        throw error;
      }
      return there;
    }
  }

  /** What is gone, or another by now, is deleted. What finalizers hold is there, with the time of its deletion. */
  private async delete<T extends KubernetesObject>(resource: Call['resource'], object: T, cache: Cache<T>): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: object.metadata.uid }, propagationPolicy: 'Background' };
    try {
      const answer = await this.write<T>({ ...where(resource, object), verb: 'delete', body });
      if (answer.kind === 'Status') {
        cache.drop(object);
      } else {
        cache.put(answer);
      }
    } catch (error) {
      if (!(error instanceof ApiError && (error.code === 404 || error.code === 409))) {
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
      metadata: { name: `${name.slice(0, 236)}.${randomUUID().slice(-12)}`, namespace },
      eventTime: new Date().toISOString().replace('Z', '000Z'),
      reportingController: `${GROUP}/${MANAGER}`,
      reportingInstance: this.options.pod.slice(0, 128),
      action: 'Reconcile',
      type,
      reason,
      note: message.slice(0, NOTE_BYTES),
      regarding: { apiVersion: `${GROUP}/v1`, kind: 'Storage', namespace, name, uid, resourceVersion },
    };
    log(reason, { storage: `${namespace}/${name}`, note: message });
    await this.write({ verb: 'create', resource: RESOURCES.events, namespace, body }).catch(error => log('event not written', { error: (error as Error).message }));
  }

  private async write<T>(call: Call): Promise<T> {
    this.options.mayWrite();
    return this.options.client.call<T>(call);
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
  if (error.reason === 'Conflict') {
    return undefined;
  }
  return { code: error.code, reason: error.reason, message: error.message, namespaceTerminating: error.causes.includes('NamespaceTerminating') };
}
