import { Cache } from './cache';
import { usable } from './claim';
import { ApiError, Client } from './client';
import { finalSnapshotName } from './deletion';
import type { Claim, CronJob, KubernetesObject, StorageClass, VolumeSnapshot } from './kubernetes';
import { ANNOTATION, CONFIG_FILE, templateName } from './names';
import { Resource, RESOURCES } from './resources';
import { isDue } from './schedule';
import type { Observed, Refused, Storage } from './types';

export interface Caches {
  readonly storages: Cache<Storage>;
  readonly claims: Cache<Claim>;
  readonly classes: Cache<StorageClass>;
  readonly snapshots: Cache<VolumeSnapshot>;
  readonly cronJobs: Cache<CronJob>;
}

type RunnerConfig = Observed['runnerConfig'];

/** Puts together what is known of one Storage: from the caches, and by a call only what nothing watches. */
export class Observer {
  /** What was read of a policy, for as long as its CronJob is the same. */
  private readonly configs = new Map<string, { readonly version: string; readonly config: RunnerConfig }>();

  public constructor(private readonly client: Client, private readonly caches: Caches, private readonly operatorNamespace: string) {}

  public async observe(key: string, refused: Refused): Promise<Observed> {
    const { storages, claims, classes, snapshots, cronJobs } = this.caches;
    const [namespace, name] = key.split('/');
    const storage = storages.get(key);
    const known: Observed = {
      now: `${new Date().toISOString().slice(0, 19)}Z`,
      operatorNamespace: this.operatorNamespace,
      namespace,
      name,
      storage,
      claim: claims.get(key),
      storageClass: storage && classes.get(storage.spec.storageClassName),
      finalSnapshot: storage && this.own(storage, snapshots.get(`${namespace}/${finalSnapshotName(storage)}`)),
      template: storage?.spec.snapshotPolicy ? cronJobs.get(`${this.operatorNamespace}/${templateName(storage.spec.snapshotPolicy)}`) : undefined,
      cronJobs: [...cronJobs.values()].filter(({ metadata }) => metadata.annotations?.[ANNOTATION.storage] === key),
      refused,
    };
    return storage && !storage.metadata.deletionTimestamp ? { ...known, ...await this.asked(known, storage) } : known;
  }

  private own<T extends KubernetesObject>(storage: Storage, object: T | undefined): T | undefined {
    return object?.metadata.annotations?.[ANNOTATION.storageUid] === storage.metadata.uid ? object : undefined;
  }

  private async asked(known: Observed, storage: Storage): Promise<Partial<Observed>> {
    const { snapshotName } = storage.spec.restoreFrom ?? {};
    const isRestored = snapshotName !== undefined && !known.claim && known.storageClass !== undefined && !known.refused.createClaim;
    return {
      ...(isRestored ? { restoreSource: await this.get<VolumeSnapshot>(RESOURCES.snapshots, known.namespace, snapshotName) } : {}),
      ...(isDue({ ...known, claim: usable(known, storage) }) ? { runnerConfig: await this.runnerConfig(known.template!) } : {}),
    };
  }

  private async runnerConfig({ metadata: { name, resourceVersion } }: CronJob): Promise<RunnerConfig> {
    const read = this.configs.get(name);
    if (read?.config && read.version === resourceVersion) {
      return read.config;
    }
    const configMap = await this.get<KubernetesObject & { readonly data?: Readonly<Record<string, string>> }>(RESOURCES.configMaps, this.operatorNamespace, name);
    const config = parsed(configMap?.data?.[CONFIG_FILE]);
    this.configs.set(name, { version: resourceVersion!, config });
    return config;
  }

  private async get<T>(resource: Resource, namespace: string, name: string): Promise<T | null> {
    try {
      return await this.client.call<T>({ verb: 'get', resource, namespace, name });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) {
        return null;
      }
      throw error;
    }
  }
}

function parsed(text: string | undefined): RunnerConfig {
  try {
    const value = JSON.parse(text ?? '') as unknown;
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
}
