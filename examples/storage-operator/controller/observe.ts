import { Cache } from './cache';
import { usable } from './claim';
import { ApiError, Client } from './client';
import { finalSnapshotName } from './deletion';
import type { Claim, CronJob, KubernetesObject, StorageClass, VolumeSnapshot } from './kubernetes';
import { ANNOTATION, MANAGED_BY, MANAGER, templateName } from './names';
import { ConfigMap, runnerOf, unreadable } from './policy';
import { RESOURCES } from './resources';
import { isDue } from './schedule';
import type { Observed, Refused, Runner, Storage } from './types';

export interface Caches {
  readonly storages: Cache<Storage>;
  readonly claims: Cache<Claim>;
  readonly classes: Cache<StorageClass>;
  readonly snapshots: Cache<VolumeSnapshot>;
  readonly cronJobs: Cache<CronJob>;
}

/** Puts together what is known of one Storage: from the caches, and by a call only what nothing watches. */
export class Observer {
  /** What was read of a policy, for as long as its CronJob is the same. */
  private readonly runners = new Map<string, { readonly version: string; readonly runner: Runner }>();

  public constructor(private readonly client: Client, private readonly caches: Caches, private readonly operatorNamespace: string) {}

  public async observe(key: string, refused: Refused): Promise<Observed> {
    const { storages, claims, classes, snapshots, cronJobs } = this.caches;
    const [namespace] = key.split('/');
    const storage = storages.get(key);
    const known: Observed = {
      now: `${new Date().toISOString().slice(0, 19)}Z`,
      operatorNamespace: this.operatorNamespace,
      storage,
      claim: claims.get(key),
      storageClass: storage && classes.get(storage.spec.storageClassName),
      finalSnapshot: storage && this.own(storage, snapshots.get(`${namespace}/${finalSnapshotName(storage)}`)),
      template: storage?.spec.snapshotPolicy ? cronJobs.get(`${this.operatorNamespace}/${templateName(storage.spec.snapshotPolicy)}`) : undefined,
      cronJobs: [...cronJobs.values()].filter(({ metadata: { labels, annotations } }) => labels?.[MANAGED_BY] === MANAGER && annotations?.[ANNOTATION.storage] === key),
      refused,
    };
    return storage && !storage.metadata.deletionTimestamp ? { ...known, ...await this.asked(known, storage) } : known;
  }

  private own<T extends KubernetesObject>(storage: Storage, object: T | undefined): T | undefined {
    return object?.metadata.annotations?.[ANNOTATION.storageUid] === storage.metadata.uid ? object : undefined;
  }

  private async asked(known: Observed, storage: Storage): Promise<Partial<Observed>> {
    const { snapshotName } = storage.spec.restoreFrom ?? {};
    const isRestored = snapshotName !== undefined && !known.claim && storage.status?.volumeName === undefined && known.storageClass !== undefined && !known.refused.createClaim;
    return {
      ...(isRestored ? { restoreSource: await this.snapshot(storage.metadata.namespace!, snapshotName) } : {}),
      ...(isDue({ ...known, claim: usable(known, storage) }) ? { runner: await this.runner(known.template!) } : {}),
    };
  }

  private async runner(template: CronJob): Promise<Runner> {
    const { name, resourceVersion } = template.metadata;
    const read = this.runners.get(name);
    if (read && read.version === resourceVersion) {
      return read.runner;
    }
    this.runners.delete(name);
    const namespace = this.operatorNamespace;
    try {
      const runner = runnerOf(template, await this.client.call<ConfigMap>({ verb: 'get', resource: RESOURCES.configMaps, namespace, name }));
      if ('config' in runner) {
        this.runners.set(name, { version: resourceVersion!, runner });
      }
      return runner;
    } catch (error) {
      // The rest can be decided without.
      return unreadable(`${namespace}/${name}`, error as Error);
    }
  }

  private async snapshot(namespace: string, name: string): Promise<VolumeSnapshot | null> {
    try {
      return await this.client.call<VolumeSnapshot>({ verb: 'get', resource: RESOURCES.snapshots, namespace, name });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) {
        return null;
      }
      throw error;
    }
  }
}
