import { ApiClient } from './api-client';
import { isParticular, listClaims } from './claims';
import { tell } from './events';
import { error, info } from './log';
import { snapshotName, timeOfRun } from './names';
import { inParallel, pause } from './parallel';
import { Pruner } from './pruner';
import { SnapshotStore, StoredSnapshot } from './snapshots';
import { Taker } from './taker';
import { called, histories, historyOf, Target, targetsOf } from './target';
import { Watcher } from './watcher';
import { RunnerConfig } from '../runner-config';

export interface RunOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** What time it is taken to be. */
  readonly now?: number;
  readonly dryRun: boolean;
  readonly stop: AbortSignal;
}

/** Where claims are listed together: a namespace, or all of them. */
interface Scope {
  readonly namespace: string | undefined;
  readonly watcher: Watcher;
  readonly targets: Target[];
  readonly histories: Map<string, StoredSnapshot[]>;
  /** With the names of their snapshots. */
  readonly taken: Map<Target, string>;
}

/** Takes a snapshot of each claim, and prunes where that went well. Returns whether all went well. */
export async function run(api: ApiClient, config: RunnerConfig, { environment, now: given, dryRun, stop }: RunOptions): Promise<boolean> {
  const job = environment.RUN ?? '';
  const id = environment.RUN_UID || job || `at-${Date.now()}`;
  const store = new SnapshotStore(api, config, environment.NAMESPACE || api.namespace());
  let failures = 0;
  const failed = (what: string, facts: object, problem: unknown) => {
    failures++;
    error(what, { ...facts, why: (problem as Error).message });
  };

  if (!dryRun) {
    await pause(Math.random() * config.jitterSeconds * 1000, stop).catch(() => {});
  }
  const scopes: Scope[] = [];
  const found = new Set<string>();
  for (const namespace of config.namespaces ?? [undefined]) {
    try {
      const [claims, snapshots] = [await listClaims(api, namespace, config.claims), await store.list(namespace)];
      claims.filter(({ selected }) => selected).forEach(claim => found.add(`${claim.namespace}/${claim.name}`));
      const watcher = new Watcher(store, namespace, id, stop);
      scopes.push({ namespace, watcher, targets: targetsOf(claims, config.group !== undefined), histories: histories(snapshots), taken: new Map() });
    } catch (problem) {
      failed('claims could not be listed', { namespace }, problem);
    }
  }
  const missing = (config.claims.names ?? []).map(({ namespace, name }) => `${namespace}/${name}`).filter(name => !found.has(name));
  if (scopes.length > 0 && missing.length > 0) {
    failed('claims are missing', { claims: missing }, new Error('there are none of these names'));
  } else if (scopes.length > 0 && found.size === 0 && isParticular(config.claims)) {
    failed('no claim is selected', { claims: config.claims }, new Error('nothing is protected by this policy'));
  }

  // Names and ages go by the clock of the objects, not by that of the node.
  const now = given ?? api.serverTime ?? Date.now();
  const time = timeOfRun(job, now);
  const taker = new Taker(api, config, store, { id, time, now, stop });
  const pruner = new Pruner(api, config, store, now, dryRun);
  const waiting: Promise<void>[] = [];
  const attempt = async <T>(target: Target, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (problem) {
      failed('not taken', called(target), problem);
      await tell(api, target.claims, 'Warning', 'SnapshotFailed', `The policy ${config.policy} took none: ${(problem as Error).message}`);
      return undefined;
    }
  };
  const take = async ({ target, scope }: { target: Target; scope: Scope }) => {
    if (stop.aborted) {
      return failed('not taken', called(target), new Error('the runner was told to stop'));
    }
    if (dryRun) {
      const name = snapshotName(config.policy, target.name, time);
      info('would create', { ...called(target), snapshot: name });
      scope.taken.set(target, name);
      return;
    }
    const ready = await attempt(target, () => taker.start(target, scope.histories.get(historyOf(target)) ?? [], scope.watcher));
    if (ready !== undefined) {
      waiting.push(attempt(target, async () => {
        const { name } = await ready();
        scope.taken.set(target, name);
        info('ready', { ...called(target), snapshot: name });
        await tell(api, target.claims, 'Normal', 'SnapshotTaken', `The policy ${config.policy} took ${name}`);
      }));
    }
  };
  // Whoever has waited longest for a good one comes first, or those at the end would never get one where time is short.
  const newest = ({ target, scope }: { target: Target; scope: Scope }) => Math.max(0, ...(scope.histories.get(historyOf(target)) ?? []).filter(({ state }) => state === 'ready').map(one => one.time));
  const targets = scopes.flatMap(scope => scope.targets.map(target => ({ target, scope }))).map(each => ({ ...each, since: newest(each) })).sort((a, b) => a.since - b.since);
  await inParallel(targets, config.maxParallel, take);
  await Promise.all(waiting);

  for (const { namespace, taken } of stop.aborted ? [] : scopes) {
    try {
      failures += await pruner.prune(namespace, taken);
    } catch (problem) {
      failed('not pruned', { namespace }, problem);
    }
  }
  const count = scopes.reduce((sum, { taken }) => sum + taken.size, 0);
  (failures > 0 ? error : info)('finished', { taken: count, failures, calls: api.calls });
  return failures === 0;
}
