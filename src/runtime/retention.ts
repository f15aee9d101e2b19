import { LocalTime, TimeZone } from './time-zone';

/** One snapshot, or group snapshot, of what is protected. */
export interface Snapshot {
  readonly name: string;
  /** When it was taken, in milliseconds since 1970. */
  readonly time: number;
  readonly state: 'ready' | 'pending' | 'failed';
  /** When it failed, which may be long after it was taken; `time` where it is not known. */
  readonly failedAt?: number;
  /** Why it must not be deleted, whatever the plan: somebody holds it, or a volume is being made of it. */
  readonly held?: string;
}

/** SnapshotRetention, in numbers. */
export interface Retention {
  readonly last?: number;
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
  readonly withinSeconds?: number;
  readonly maxAgeSeconds?: number;
  readonly minAgeSeconds?: number;
  readonly minReady: number;
  readonly failedAfterSeconds: number;
  readonly orphanedAfterSeconds?: number;
}

/** What becomes of a snapshot, and why. */
export interface Verdict {
  readonly name: string;
  readonly keep: boolean;
  readonly reasons: string[];
}

/** Around the history of one claim. */
export interface Circumstances {
  readonly timeZone: TimeZone;
  readonly now: number;
  /** Whether the claim is gone. */
  readonly orphaned?: boolean;
}

const BUCKETS: { readonly rule: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly'; readonly key: keyof LocalTime }[] = [
  { rule: 'hourly', key: 'hour' }, { rule: 'daily', key: 'day' }, { rule: 'weekly', key: 'week' }, { rule: 'monthly', key: 'month' }, { rule: 'yearly', key: 'year' },
];

/**
 * Decides what is kept of the history of one claim; see SnapshotRetention for what the rules mean. The verdicts come newest first.
 * Doing as it says and asking again changes nothing.
 */
export function plan(history: readonly Snapshot[], retention: Retention, { timeZone, now, orphaned }: Circumstances): Verdict[] {
  const newestFirst = [...history].sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1));
  const ready = newestFirst.filter(({ state }) => state === 'ready');
  const reasons = new Map<Snapshot, string[]>(newestFirst.map(snapshot => [snapshot, []]));
  const ageOf = ({ time }: { readonly time: number }) => (now - time) / 1000;
  const keep = (snapshot: Snapshot, reason: string) => reasons.get(snapshot)!.push(reason);

  const tooOld = (snapshot: Snapshot) => ageOf(snapshot) > (retention.maxAgeSeconds ?? Infinity);
  const young = ready.filter(snapshot => !tooOld(snapshot));
  young.slice(0, retention.last ?? 0).forEach(snapshot => keep(snapshot, 'last'));
  fillBuckets(young, retention, timeZone, keep);
  if (retention.withinSeconds !== undefined) {
    young.filter(({ time }) => ready[0].time - time < retention.withinSeconds! * 1000).forEach(snapshot => keep(snapshot, 'within'));
  }
  if (!keepsByRule(retention)) {
    young.forEach(snapshot => keep(snapshot, retention.maxAgeSeconds === undefined ? 'no rule gives it up' : 'younger than maxAge'));
  }
  ready.slice(0, retention.minReady).forEach(snapshot => keep(snapshot, 'minReady'));

  for (const snapshot of newestFirst) {
    const newerReady = ready.length > 0 && ready[0].time > snapshot.time;
    if (snapshot.state === 'pending') {
      keep(snapshot, 'not ready yet');
    } else if (snapshot.state === 'failed' && !(newerReady && ageOf({ time: snapshot.failedAt ?? snapshot.time }) > retention.failedAfterSeconds)) {
      keep(snapshot, newerReady ? 'failed a short time ago' : 'failed, and none is ready that is newer');
    }
    if (orphaned) {
      // It may be the last copy: of all rules only its own may end it.
      reasons.set(snapshot, ageOf(snapshot) > (retention.orphanedAfterSeconds ?? Infinity) ? [] : ['the claim is gone']);
    }
    if (ageOf(snapshot) < (retention.minAgeSeconds ?? -Infinity)) {
      keep(snapshot, 'younger than minAge');
    }
    if (snapshot.held !== undefined) {
      keep(snapshot, snapshot.held);
    }
  }
  return newestFirst.map(snapshot => ({ name: snapshot.name, keep: reasons.get(snapshot)!.length > 0, reasons: reasons.get(snapshot)! }));
}

function keepsByRule(retention: Retention): boolean {
  return [retention.last, retention.withinSeconds, ...BUCKETS.map(({ rule }) => retention[rule])].some(value => (value ?? 0) > 0);
}

/**
 * Newest first, of each period the first. Of a rule that is not full, the oldest of all is kept too, as restic does: so a weekly one is there in time
 * although its week had a newer one when it was taken.
 */
function fillBuckets(ready: readonly Snapshot[], retention: Retention, timeZone: TimeZone, keep: (snapshot: Snapshot, reason: string) => void): void {
  const buckets = BUCKETS.map(bucket => ({ ...bucket, left: retention[bucket.rule] ?? 0, seen: new Set<number>() }));
  for (const [index, snapshot] of ready.entries()) {
    const open = buckets.filter(({ left }) => left > 0);
    if (open.length === 0) {
      return;
    }
    const local = timeZone.at(snapshot.time);
    for (const bucket of open) {
      if (!bucket.seen.has(local[bucket.key])) {
        bucket.seen.add(local[bucket.key]);
        bucket.left--;
        keep(snapshot, bucket.rule);
      } else if (index === ready.length - 1) {
        keep(snapshot, `oldest ${bucket.rule}`);
      }
    }
  }
}
