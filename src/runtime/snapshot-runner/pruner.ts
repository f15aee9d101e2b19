import { ApiClient } from './api-client';
import { Claim, listClaims } from './claims';
import { mortal, setDeletionPolicy } from './contents';
import { tell } from './events';
import { info, warn } from './log';
import { inParallel, pause } from './parallel';
import { GROUP, SnapshotStore, StoredSnapshot } from './snapshots';
import { histories, historyOf, Target } from './target';
import { plan } from '../retention';
import { RunnerConfig } from '../runner-config';
import { TimeZone } from '../time-zone';

/** So that the snapshot-controller has seen the deletion policy before it sees the deletion. */
const SEEN = 2_000;

/** Deletes what the plan gives up: of targets whose new snapshot is ready, and of claims that are gone. */
export class Pruner {
  private readonly timeZone: TimeZone;

  public constructor(
    private readonly api: ApiClient, private readonly config: RunnerConfig, private readonly store: SnapshotStore, private readonly now: number, private readonly dryRun: boolean,
  ) {
    this.timeZone = new TimeZone(config.timeZone);
  }

  /** From fresh lists. `taken` are the targets, with the name of the snapshot that has to be there and ready. Returns how many could not be deleted. */
  public async prune(namespace: string | undefined, taken: ReadonlyMap<Target, string>): Promise<number> {
    // The claims after the snapshots: whatever was being restored or protected then is seen.
    const snapshots = await this.store.list(namespace);
    const claims = await listClaims(this.api, namespace, this.config.claims);
    const targets = new Map([...taken].map(([target, name]) => [historyOf(target), { target, name }]));
    const there = new Set(claims.map(({ uid }) => uid));
    const restored = new Map(claims.filter(({ restoredFrom }) => restoredFrom !== undefined).map(claim => [claim.restoredFrom!, claim]));
    const given: [Target | undefined, StoredSnapshot[]][] = [];
    // A group of which a claim is gone shows what is nowhere else.
    const orphanedOf = ({ owner, members }: StoredSnapshot) => (this.store.kind === GROUP ? members : [owner]).some(uid => !there.has(uid));
    for (const [key, all] of histories(snapshots)) {
      given.push([undefined, this.givenUp(all.filter(orphanedOf), restored, true)]);
      const history = all.filter(snapshot => !orphanedOf(snapshot));
      const { target, name } = targets.get(key) ?? {};
      const complete = this.dryRun && target !== undefined ? [...history, this.imagined(target, name!)] : history;
      if (complete.some(snapshot => snapshot.name === name && snapshot.state === 'ready')) {
        given.push([target, this.givenUp(complete, restored, false, name)]);
      }
    }
    const all = given.flatMap(([, givenUp]) => givenUp);
    if (this.dryRun) {
      all.forEach(({ name, namespace: where }) => info('would delete', { snapshot: `${where}/${name}` }));
      return 0;
    }
    const stuck = new Set<StoredSnapshot>(all);
    let failures = await this.immortalize(snapshots.filter(snapshot => !stuck.has(snapshot)));
    await inParallel(all, this.config.maxParallel, async snapshot => {
      await this.attempt(snapshot, async () => {
        await this.setPolicy(snapshot, 'Delete');
        stuck.delete(snapshot);
      });
    });
    failures += stuck.size;
    await pause(all.some(({ content }) => content !== undefined) ? SEEN : 0);
    await inParallel(given, this.config.maxParallel, async ([target, givenUp]) => {
      const deleted: string[] = [];
      for (const snapshot of givenUp.filter(one => !stuck.has(one))) {
        const gone = await this.attempt(snapshot, () => this.delete(snapshot));
        failures += gone === undefined ? 1 : 0;
        if (gone === true) {
          deleted.push(snapshot.name);
        }
      }
      if (target !== undefined && deleted.length > 0) {
        await tell(this.api, target.claims, 'Normal', 'SnapshotsPruned', `Deleted what the retention of the policy ${this.config.policy} gives up: ${deleted.join(', ')}`);
      }
    });
    return failures;
  }

  /** What the plan gives up. @param taken the name of the one that this run has just taken, which stays whatever clock the storage has */
  private givenUp(history: readonly StoredSnapshot[], restored: ReadonlyMap<string, Claim>, orphaned: boolean, taken?: string): StoredSnapshot[] {
    const held = history.map(snapshot => ({ ...snapshot, held: snapshot.held ?? this.restoring(snapshot, restored) ?? (snapshot.name === taken ? 'just taken' : undefined) }));
    const kept = new Set(plan(held, this.config.retention, { timeZone: this.timeZone, now: this.now, orphaned }).filter(({ keep }) => keep).map(({ name }) => name));
    return history.filter(({ name }) => !kept.has(name));
  }

  /** Those of before the policy was told so, and those of a run that was killed in between. Returns how many could not be made so. */
  private async immortalize(kept: readonly StoredSnapshot[]): Promise<number> {
    if (!kept.some(({ content }) => content !== undefined)) {
      return 0;
    }
    const uids = await mortal(this.api);
    const open = new Set(kept.filter(({ uid }) => uids.has(uid)));
    await inParallel([...open], this.config.maxParallel, async snapshot => {
      await this.attempt(snapshot, async () => {
        await this.setPolicy(snapshot, 'Retain');
        open.delete(snapshot);
      });
    });
    return open.size;
  }

  private async delete(snapshot: StoredSnapshot): Promise<boolean> {
    const facts = { snapshot: `${snapshot.namespace}/${snapshot.name}` };
    if (await this.store.delete(snapshot)) {
      info('deleted', facts);
      return true;
    }
    info('not deleted: somebody has just changed it', facts);
    await this.setPolicy(snapshot, 'Retain');
    return false;
  }

  private async setPolicy(snapshot: StoredSnapshot, policy: 'Retain' | 'Delete'): Promise<void> {
    if (snapshot.content !== undefined) {
      await setDeletionPolicy(this.api, snapshot, policy);
    }
  }

  /** Undefined where it failed, which is logged. */
  private async attempt<T>({ namespace, name }: StoredSnapshot, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (problem) {
      warn('could not be changed', { snapshot: `${namespace}/${name}`, why: (problem as Error).message });
      return undefined;
    }
  }

  /** Of a group it is not known which of its snapshots a volume is made of. */
  private restoring({ namespace, name }: StoredSnapshot, restored: ReadonlyMap<string, Claim>): string | undefined {
    const claim = this.store.kind === GROUP ? [...restored].find(([source]) => source.startsWith(`${namespace}/`))?.[1] : restored.get(`${namespace}/${name}`);
    return claim && `the claim ${claim.namespace}/${claim.name} is being made of it`;
  }

  private imagined(target: Target, name: string): StoredSnapshot {
    return { namespace: target.namespace, name, owner: target.owner, uid: '', resourceVersion: '', run: '', time: this.now, state: 'ready', cut: true, unconfirmed: false, members: target.claims.map(({ uid }) => uid) };
  }
}

