import * as fc from 'fast-check';
import { plan, Retention, Snapshot } from '../../src/runtime/retention';
import { TimeZone } from '../../src/runtime/time-zone';

// The retention once more, written plainly and slowly: periods are texts that the Intl of this Node prints.

const DAY = 86_400_000;
const ZONES = ['Etc/UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca', 'America/St_Johns', 'Asia/Shanghai', 'Antarctica/Troll'];
const formats = new Map(ZONES.map(timeZone => [timeZone, new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'long' })]));

/** Such as `2026-03-29 01:00:00 GMT+1`. */
const local = (zone: string, time: number) => formats.get(zone)!.format(time);

function monday(day: string): string {
  const date = new Date(`${day}T00:00Z`);
  return new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
}

const PERIODS: Record<'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly', (text: string) => string> = {
  hourly: text => text.slice(0, 13) + text.slice(19),
  daily: text => text.slice(0, 10),
  weekly: text => monday(text.slice(0, 10)),
  monthly: text => text.slice(0, 7),
  yearly: text => text.slice(0, 4),
};

function model(history: readonly Snapshot[], retention: Retention, zone: string, now: number, orphaned: boolean): Set<string> {
  const old = (snapshot: Snapshot, seconds: number | undefined) => seconds !== undefined && now - snapshot.time > seconds * 1000;
  const all = [...history].sort((a, b) => a.time - b.time || a.name.localeCompare(b.name));
  const ready = all.filter(({ state }) => state === 'ready');
  const usable = ready.filter(snapshot => !old(snapshot, retention.maxAgeSeconds));
  const newest = ready[ready.length - 1];
  const kept = new Set<Snapshot>();
  if (!orphaned) {
    let rules = 0;
    for (const [rule, period] of Object.entries(PERIODS)) {
      const count = retention[rule as keyof typeof PERIODS] ?? 0;
      const groups = new Map<string, Snapshot>(); // the newest of a period comes last
      usable.forEach(snapshot => groups.set(period(local(zone, snapshot.time)), snapshot));
      const newestOfEach = [...groups.values()].sort((a, b) => all.indexOf(b) - all.indexOf(a));
      newestOfEach.slice(0, count).forEach(snapshot => kept.add(snapshot));
      if (newestOfEach.length < count && usable.length > 0) {
        kept.add(usable[0]);
      }
      rules += count;
    }
    const last = retention.last ?? 0;
    usable.filter((_, index) => index >= usable.length - last).forEach(snapshot => kept.add(snapshot));
    const within = retention.withinSeconds ?? 0;
    usable.filter(({ time }) => time > newest.time - within * 1000).forEach(snapshot => kept.add(snapshot));
    if (rules + last + within === 0) {
      usable.forEach(snapshot => kept.add(snapshot));
    }
    ready.filter((_, index) => index >= ready.length - retention.minReady).forEach(snapshot => kept.add(snapshot));
    all.filter(({ state }) => state === 'pending').forEach(snapshot => kept.add(snapshot));
    all.filter(({ state }) => state === 'failed')
      .filter(snapshot => !(old(snapshot, retention.failedAfterSeconds) && ready.some(({ time }) => time > snapshot.time)))
      .forEach(snapshot => kept.add(snapshot));
  } else {
    all.filter(snapshot => !old(snapshot, retention.orphanedAfterSeconds)).forEach(snapshot => kept.add(snapshot));
  }
  all.filter(({ held }) => held !== undefined).forEach(snapshot => kept.add(snapshot));
  all.filter(snapshot => retention.minAgeSeconds !== undefined && now - snapshot.time < retention.minAgeSeconds * 1000).forEach(snapshot => kept.add(snapshot));
  return new Set([...kept].map(({ name }) => name));
}

// Moments at which something may go wrong: clocks change, days are left out, weeks end in another year.
const EDGES = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-10-03T15:30Z', '2026-04-04T15:00Z', '2011-12-30T10:00Z', '2010-11-07T02:31Z', '2026-12-31T23:00Z', '2027-01-03T23:59Z', '2028-02-29T12:00Z', '2026-02-15T02:00Z']
  .map(edge => Date.parse(edge));

/** Around an edge, so many steps apart, as a schedule would have taken them. */
const time = fc.record({
  edge: fc.constantFrom(...EDGES),
  step: fc.constantFrom(60_000, 600_000, 1_800_000, 3_600_000, DAY, 7 * DAY, 30 * DAY),
  times: fc.integer({ min: -20, max: 20 }),
  off: fc.integer({ min: -90, max: 90 }),
})
  .map(({ edge, step, times, off }) => edge + step * times + off * 1000);

const history = fc.array(fc.record({
  time,
  state: fc.constantFrom<Snapshot['state'][]>('ready', 'ready', 'ready', 'ready', 'pending', 'failed'),
  held: fc.option(fc.constant('held'), { nil: undefined, freq: 15 }),
}), { maxLength: 40 }).map(items => items.map((item, index): Snapshot => ({ name: `s${String(index).padStart(2, '0')}`, ...item })));

const count = fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined });
const seconds = fc.option(fc.constantFrom(3_600, 86_400, 7 * 86_400, 60 * 86_400, 4_000 * 86_400), { nil: undefined, freq: 1 });
const retention: fc.Arbitrary<Retention> = fc.record({
  last: count, hourly: count, daily: count, weekly: count, monthly: count, yearly: count,
  withinSeconds: seconds, maxAgeSeconds: seconds, minAgeSeconds: seconds, minReady: fc.integer({ min: 1, max: 4 }),
  failedAfterSeconds: fc.constantFrom(0, 86_400), orphanedAfterSeconds: seconds,
});

test('10,000 random histories: as the model says, never below minReady, and asked again it gives up nothing more', () => {
  fc.assert(fc.property(history, retention, fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 400 }), fc.boolean(), (snapshots, rules, zone, days, orphaned) => {
    const now = Math.max(...snapshots.map(snapshot => snapshot.time), EDGES[0]) + days * 3_600_000;
    const ask = (given: readonly Snapshot[]) => plan(given, rules, { timeZone: new TimeZone(zone), now, orphaned }).filter(({ keep }) => keep).map(({ name }) => name);
    const names = ask(snapshots);
    expect(new Set(names)).toEqual(model(snapshots, rules, zone, now, orphaned));

    const left = snapshots.filter(({ name }) => names.includes(name));
    expect(ask(left)).toEqual(names);
    const ready = (given: readonly Snapshot[]) => given.filter(({ state }) => state === 'ready').length;
    expect(orphaned || ready(left) >= Math.min(ready(snapshots), rules.minReady)).toBe(true);
  }), { numRuns: 10_000 });
});
