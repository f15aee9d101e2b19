import { warn } from './log';
import { pause } from './parallel';
import { SnapshotStore, StoredSnapshot } from './snapshots';

const FIRST_INTERVAL = 1_000;
/** While an application is frozen. */
const URGENT_INTERVAL = 500;
const LONGEST_INTERVAL = 10_000;
const GROWTH = 1.5;
/** A list may still be from before the snapshot was made. */
const MISSING_IN = 3;
/** What failed before and does not any more has been mended. */
const MENDED = 30_000;

/** What is waited for; times are those of the clock, in milliseconds. */
export interface Wait {
  readonly what: string;
  readonly is: (snapshot: StoredSnapshot) => boolean;
  readonly until: number;
  /** How long after the first error another one counts: the controller tries again, and its own conflicts are errors for a moment. */
  readonly errorFor: number;
  /** Whether an application is frozen until then. */
  readonly urgent?: boolean;
}

interface Waiting extends Wait {
  readonly resolve: (snapshot: StoredSnapshot) => void;
  readonly reject: (problem: Error) => void;
  missing: number;
  failedSince: number;
  failedLast: number;
}

/** Looks at the snapshots of a run: all that somebody waits for by one list, so that calls do not grow with how many are waiting. */
export class Watcher {
  private readonly waiting = new Map<string, Waiting>();
  private readonly errors = new Map<string, string>();
  private interval = FIRST_INTERVAL;
  private running = false;
  private nap = new AbortController();

  public constructor(private readonly store: SnapshotStore, private readonly namespace: string | undefined, private readonly run: string, private readonly stop: AbortSignal) {
    stop.addEventListener('abort', () => this.rejectAll(new Error('the runner was told to stop')));
  }

  public wait(namespace: string, name: string, wait: Wait): Promise<StoredSnapshot> {
    return new Promise((resolve, reject) => {
      if (this.stop.aborted) {
        reject(this.stop.reason);
        return;
      }
      this.waiting.set(`${namespace}/${name}`, { ...wait, resolve, reject, missing: 0, failedSince: 0, failedLast: 0 });
      this.interval = FIRST_INTERVAL;
      if (wait.urgent) {
        this.nap.abort(); // all others can wait for the next list
      }
      if (!this.running) {
        this.running = true;
        void this.watch();
      }
    });
  }

  /** The last error of a snapshot that was waited for: the controller takes it away when it tries again. */
  public lastError(namespace: string, name: string): string | undefined {
    return this.errors.get(`${namespace}/${name}`);
  }

  private async watch(): Promise<void> {
    while (this.waiting.size > 0) {
      this.nap = new AbortController();
      const urgent = [...this.waiting.values()].some(wait => wait.urgent);
      await pause(urgent ? URGENT_INTERVAL : this.interval, urgent ? undefined : this.nap.signal).catch(() => {});
      this.interval = Math.min(LONGEST_INTERVAL, this.interval * GROWTH);
      const asked = new Map(this.waiting);
      try {
        const found = new Map((await this.store.list(this.namespace, this.run)).map(snapshot => [`${snapshot.namespace}/${snapshot.name}`, snapshot]));
        asked.forEach((waiting, key) => this.look(key, waiting, found.get(key)));
      } catch (problem) {
        // An API server that starts refuses what it grants later; waiting goes on as long as it may.
        warn('snapshots could not be listed', { namespace: this.namespace, why: (problem as Error).message });
        asked.forEach((waiting, key) => Date.now() >= waiting.until && this.reject(key, waiting, (problem as Error).message));
      }
    }
    this.running = false;
  }

  private look(key: string, waiting: Waiting, snapshot: StoredSnapshot | undefined): void {
    waiting.missing = snapshot === undefined ? waiting.missing + 1 : 0;
    if (snapshot?.error !== undefined) {
      waiting.failedSince = Date.now() - waiting.failedLast > MENDED ? Date.now() : waiting.failedSince;
      waiting.failedLast = Date.now();
      this.errors.set(key, snapshot.error);
    }
    if (snapshot !== undefined && waiting.is(snapshot)) {
      this.waiting.delete(key);
      waiting.resolve(snapshot);
      return;
    }
    const late = Date.now() >= waiting.until;
    const problem = waiting.missing >= MISSING_IN ? 'the snapshot is not there any more, or one of its name is not ours'
      : snapshot?.error !== undefined && (late || Date.now() - waiting.failedSince >= waiting.errorFor) ? snapshot.error
        : late ? [`not ${waiting.what} in time`, this.errors.get(key)].filter(Boolean).join(': ') : undefined;
    if (problem !== undefined) {
      this.reject(key, waiting, problem);
    }
  }

  private reject(key: string, waiting: Waiting, problem: string): void {
    this.waiting.delete(key);
    waiting.reject(new Error(problem));
  }

  private rejectAll(problem: Error): void {
    this.waiting.forEach(({ reject }) => reject(problem));
    this.waiting.clear();
  }
}
