#!/usr/bin/env -S node --max-old-space-size=160
// The heap is what Node.js collects by; the rest of a limit of 256 MiB is for what it has beside it.
import { Actor } from './act';
import { Cache } from './cache';
import { ApiError, Client } from './client';
import { serve } from './health';
import { Informer, InformerOptions } from './informer';
import type { Claim, CronJob, KubernetesObject, StorageClass, VolumeSnapshot } from './kubernetes';
import { Lease } from './lease';
import { log } from './log';
import { queueDepth, reconciles, reconcileSeconds } from './metrics';
import { ANNOTATION, MANAGED_BY, MANAGER, templateName } from './names';
import { Caches, Observer } from './observe';
import { Queue } from './queue';
import { reconcile } from './reconcile';
import { RESOURCES } from './resources';
import type { Refused, Storage } from './types';

/** After SIGTERM; a pod has 30 s. */
const STOP_MS = 25_000;
/** How often one run decides anew because an action was refused. */
const MOST_DECISIONS = 5;

function number(variable: string, fallback: number, most: number): number {
  const value = Number(process.env[variable] || fallback);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`${variable} is '${process.env[variable]}', and has to be a whole number from 1 to ${most}`);
  }
  return value;
}

function required(variable: string): string {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} is not set`);
  }
  return value;
}

const settings = () => ({
  pod: required('POD_NAME'),
  namespace: required('POD_NAMESPACE'),
  lease: process.env.LEASE_NAME || MANAGER,
  healthPort: number('HEALTH_PORT', 8081, 65_535),
  metricsPort: number('METRICS_PORT', 8080, 65_535),
  workers: number('WORKERS', 4, 64),
  resyncSeconds: number('RESYNC_SECONDS', 300, 86_400),
  watchSeconds: number('WATCH_SECONDS', 60, 3600),
});

/** In a cluster by the pod's account, elsewhere by $KUBECONFIG. */
async function configuration() {
  const { KubeConfig } = await import('./kube-config.mjs');
  const config = new KubeConfig();
  if (process.env.KUBECONFIG) {
    config.loadFromFile(process.env.KUBECONFIG);
  } else {
    config.loadFromCluster();
  }
  return config;
}

async function main(): Promise<void> {
  const { pod, namespace, lease: leaseName, healthPort, metricsPort, workers, resyncSeconds, watchSeconds } = settings();
  const client = new Client(await configuration());
  const stopping = new AbortController();
  let state: 'standby' | 'syncing' | 'leading' = 'standby';

  const lease = new Lease({
    client, namespace, name: leaseName, pod,
    lost: () => {
      // Not one write more: another copy may be at work.
      log('the lease is lost');
      process.exit(1);
    },
  });

  // What changes says which Storages are to be looked at.
  const own = ({ metadata }: KubernetesObject) => queue.add(`${metadata.namespace}/${metadata.name}`);
  const named = (key: string | undefined) => key && queue.add(key);
  const all = (which: (storage: Storage) => boolean) => [...caches.storages.values()].filter(which).forEach(own);
  const caches: Caches = {
    // Not of a status: it is this operator's own, and one that differs each time would not let the queue wait.
    storages: new Cache<Storage>(own, ({ metadata: { uid, generation, deletionTimestamp, finalizers } }) => [uid, generation, deletionTimestamp, finalizers]),
    claims: new Cache<Claim>(own),
    classes: new Cache<StorageClass>(({ metadata: { name } }) => all(({ spec }) => spec.storageClassName === name)),
    snapshots: new Cache<VolumeSnapshot>(({ metadata: { annotations } }) => all(({ metadata: { uid } }) => uid === annotations?.[ANNOTATION.storageUid])),
    cronJobs: new Cache<CronJob>(({ metadata }) => {
      named(metadata.annotations?.[ANNOTATION.storage]);
      all(({ spec }) => spec.snapshotPolicy !== undefined && templateName(spec.snapshotPolicy) === metadata.name);
    }),
  };
  const observer = new Observer(client, caches, namespace);
  const actor = new Actor({
    client, caches, pod,
    mayWrite: () => {
      const seconds = lease.secondsLeft();
      if (seconds <= 0) {
        throw new Error('the lease is not certain');
      }
      return seconds;
    },
  });

  const queue = new Queue({
    workers,
    depth: waiting => queueDepth.set(waiting),
    work: async key => {
      const end = reconcileSeconds.startTimer();
      try {
        const retry = await look(key);
        reconciles.inc({ result: retry ? 'retry' : 'success' });
        return retry;
      } finally {
        end();
      }
    },
    failed: (key, error) => {
      reconciles.inc({ result: 'error' });
      log('failed', { storage: key, error: error.message });
      return error instanceof ApiError && error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : undefined;
    },
  });

  async function look(key: string): Promise<boolean> {
    let refused: Refused = {};
    for (let decisions = 0; decisions < MOST_DECISIONS; decisions++) {
      const observed = await observer.observe(key, refused);
      const outcome = reconcile(observed);
      const refusal = await actor.act(outcome, observed.storage);
      if (!refusal) {
        return outcome.retry;
      }
      refused = { ...refused, [refusal.kind]: refusal.refusal };
    }
    return true;
  }

  const labelSelector = `${MANAGED_BY}=${MANAGER}`;
  const informer = <T extends KubernetesObject>(options: Pick<InformerOptions<T>, 'resource' | 'cache' | 'labelSelector' | 'namespace' | 'optional' | 'listed'>) =>
    new Informer<T>({ client, resyncSeconds, watchSeconds, ...options });
  const informers = [
    informer({ resource: RESOURCES.claims, cache: caches.claims, labelSelector }),
    informer({ resource: RESOURCES.classes, cache: caches.classes }),
    informer({ resource: RESOURCES.snapshots, cache: caches.snapshots, labelSelector, optional: true }),
    informer({ resource: RESOURCES.cronJobs, cache: caches.cronJobs, namespace }),
    informer({ resource: RESOURCES.storages, cache: caches.storages, listed: () => all(() => true) }),
  ];

  const closeServers = await serve({ healthPort, metricsPort, waitingFor: () => (state === 'syncing' ? 'the first lists' : undefined) });

  let stopped = false;
  async function stop(signal: string): Promise<void> {
    if (stopped) {
      return;
    }
    stopped = true;
    log('stopping', { signal });
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await queue.stop();
    stopping.abort();
    await lease.release().catch(error => log('lease not released', { error: (error as Error).message }));
    closeServers();
    process.exit(0);
  }
  ['SIGTERM', 'SIGINT'].forEach(signal => process.on(signal, () => void stop(signal)));

  await lease.acquire(stopping.signal);
  if (stopping.signal.aborted) {
    return;
  }
  // A copy that waits for the lease watches nothing.
  state = 'syncing';
  informers.forEach(each => void each.run(stopping.signal));
  await Promise.all(informers.map(({ synced }) => synced));
  state = 'leading';
  log('caches are filled', { storages: [...caches.storages.values()].length });
  queue.start();
}

main().catch((error: Error) => {
  log('ended', { error: error.message });
  process.exit(1);
});
