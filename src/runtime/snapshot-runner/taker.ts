import { ApiClient } from './api-client';
import { classOf } from './claims';
import { setDeletionPolicy } from './contents';
import { Freezer } from './hooks';
import { info, warn } from './log';
import { snapshotName } from './names';
import { Locks } from './parallel';
import { PodLister } from './pods';
import { SnapshotStore, StoredSnapshot } from './snapshots';
import { called, Target } from './target';
import { Watcher } from './watcher';
import { RunnerConfig } from '../runner-config';

/** An error of the driver counts so long after its first one; sooner while an application is frozen. */
const ERROR_STANDS = 60_000;
const ERROR_STANDS_FROZEN = 10_000;

/** Which run this is. */
export interface Run {
  /** The same for all pods of a Job. */
  readonly id: string;
  /** The moment for names. */
  readonly time: number;
  /** What time it is. */
  readonly now: number;
  readonly stop: AbortSignal;
}

/** Takes snapshots, and sees to it that they are what was promised. */
export class Taker {
  private readonly pods: PodLister;
  private readonly locks = new Locks();

  public constructor(private readonly api: ApiClient, private readonly config: RunnerConfig, private readonly store: SnapshotStore, private readonly run: Run) {
    this.pods = new PodLister(api);
  }

  /**
   * Takes one, and returns as soon as it is cut: what is left is to wait until it is ready, which takes no turn of others. `earlier` are the snapshots of
   * the target that are there already.
   *
   * @throws an Error that says why there is none
   */
  public async start(target: Target, earlier: readonly StoredSnapshot[], watcher: Watcher): Promise<() => Promise<StoredSnapshot>> {
    const own = earlier.filter(({ run }) => run === this.run.id);
    // What was not confirmed may have been cut after its pod ended, and so after the application was thawed.
    const doubtful = own.filter(({ unconfirmed }) => unconfirmed).map(({ name }) => name);
    const good = own.find(({ unconfirmed }) => !unconfirmed)?.name;
    if (own.length === 0) {
      this.checkWaiting(earlier);
    }
    if (target.unbound.length > 0) {
      throw new Error(`of the group, these claims have no volume yet, or are being deleted: ${target.unbound.join(', ')}`);
    }
    const name = good ?? this.newName(target, doubtful);
    if (good !== undefined) {
      info('going on with the snapshot of an earlier pod', { ...called(target), snapshot: name });
    }
    const until = good === undefined ? await this.create(target, name, watcher) : this.limit();
    return async () => {
      const ready = await watcher.wait(target.namespace, name, { what: 'ready', is: ({ state }) => state === 'ready', until, errorFor: ERROR_STANDS });
      if (this.config.surviveNamespaceDeletion) {
        await setDeletionPolicy(this.api, ready, 'Retain');
      }
      if (doubtful.length > 0) {
        await this.discard(target, doubtful);
      }
      return ready;
    };
  }

  /** Those that failed long ago, and would go if a newer one were ready, must not be in the way of it. */
  private checkWaiting(earlier: readonly StoredSnapshot[]): void {
    const { maxPending, retention } = this.config;
    const waiting = earlier.filter(({ state, time }) => state === 'pending' || (state === 'failed' && this.run.now - time < retention.failedAfterSeconds * 1000));
    if (waiting.length >= maxPending) {
      throw new Error(`${waiting.length} snapshots of it are not ready, so no further one is taken; see why, or delete them: ${waiting.map(({ name }) => name).join(', ')}`);
    }
  }

  /** By the time of the run; beside doubtful ones of that run, by the clock. */
  private newName({ name }: Target, doubtful: readonly string[]): string {
    let time = doubtful.length === 0 ? this.run.time : Date.now();
    while (doubtful.includes(snapshotName(this.config.policy, name, time))) {
      time += 1_000;
    }
    return snapshotName(this.config.policy, name, time);
  }

  /** Until when it has to be ready. */
  private limit(): number {
    return Date.now() + this.config.readyTimeoutSeconds * 1000;
  }

  /** Returns until when it has to be ready. */
  private async create(target: Target, name: string, watcher: Watcher): Promise<number> {
    const spec = this.spec(target);
    const frozen = this.config.hooks.length > 0;
    const freezer = new Freezer(this.api, this.pods, this.locks, this.config.hooks, target.namespace, target.claims.map(claim => claim.name));
    const problems: string[] = [];
    let tried = false;
    let until = 0;
    try {
      await freezer.freeze();
      this.run.stop.throwIfAborted();
      tried = true;
      await this.store.create({
        namespace: target.namespace, name, owner: target.owner, run: this.run.id, spec, unconfirmed: frozen, members: target.claims.map(({ uid }) => uid),
      });
      info('created', { ...called(target), snapshot: name });
      until = this.limit();
      const cut = watcher.wait(target.namespace, name, {
        what: 'taken', is: snapshot => snapshot.cut, until, errorFor: frozen ? ERROR_STANDS_FROZEN : ERROR_STANDS, urgent: frozen,
      });
      await Promise.race([cut, ...(frozen ? [freezer.over()] : [])]);
    } catch (problem) {
      problems.push((problem as Error).message);
    } finally {
      problems.push(...await freezer.thaw());
    }
    if (problems.length > 0) {
      const said = watcher.lastError(target.namespace, name);
      if (said !== undefined && !problems.includes(said)) {
        problems.push(said);
      }
      if (tried && frozen) {
        await this.discard(target, [name]);
      }
      throw new Error(problems.join('; '));
    }
    if (frozen) {
      await this.store.confirm(target.namespace, name);
    }
    return until;
  }

  private spec({ claims: [claim], name }: Target): object {
    const { claims, classes, group } = this.config;
    if (group !== undefined) {
      return { source: { selector: { matchLabels: claims.labels } }, volumeGroupSnapshotClassName: group.snapshotClass };
    }
    const volumeSnapshotClassName = classOf(claim, classes);
    if (volumeSnapshotClassName === undefined) {
      throw new Error(`the policy has no snapshot class for it: its class is ${claim.storageClass ?? 'none'}, its driver ${claim.driver ?? 'not known'}`);
    }
    return { source: { persistentVolumeClaimName: name }, volumeSnapshotClassName };
  }

  /** What was taken while the application wrote is not what was promised. */
  private async discard(target: Target, names: readonly string[]): Promise<void> {
    try {
      for (const snapshot of await this.store.list(target.namespace, this.run.id)) {
        if (names.includes(snapshot.name) && snapshot.held === undefined) {
          if (snapshot.content !== undefined) {
            await setDeletionPolicy(this.api, snapshot, 'Delete');
          }
          await this.store.delete({ ...snapshot, resourceVersion: undefined }); // its status may be changing all the time
        }
      }
    } catch (problem) {
      warn('a snapshot that is not consistent could not be deleted', { ...called(target), snapshots: names, why: (problem as Error).message });
    }
  }
}
