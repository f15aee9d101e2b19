import { plan, Retention, Snapshot } from '../../src/runtime/retention';
import { TimeZone } from '../../src/runtime/time-zone';

const DAY = 86_400;

const at = (time: string, state: Snapshot['state'] = 'ready', held?: string): Snapshot => ({ name: time, time: Date.parse(time), state, held });
const ready = (...times: string[]) => times.map(time => at(time));

interface Case {
  readonly zone?: string;
  readonly now?: string;
  readonly orphaned?: boolean;
  readonly retention: Partial<Retention>;
}

function verdicts(history: readonly Snapshot[], { zone, now, orphaned, retention }: Case) {
  const all = { minReady: 1, failedAfterSeconds: DAY, ...retention };
  const newest = Math.max(...history.map(({ time }) => time));
  return plan(history, all, { timeZone: new TimeZone(zone ?? 'Etc/UTC'), now: now === undefined ? newest : Date.parse(now), orphaned });
}

/** The names that stay, oldest first. */
const kept = (history: readonly Snapshot[], given: Case) => verdicts(history, given).filter(({ keep }) => keep).map(({ name }) => name).reverse();

/** Each with its reasons, newest first. */
const reasons = (history: readonly Snapshot[], given: Case) => verdicts(history, given).map(verdict => `${verdict.name}: ${verdict.reasons.join(', ')}`);

describe('periods', () => {
  test('of each the newest is kept, and only periods count that have a snapshot', () => {
    const history = ready('2026-03-01T01:00Z', '2026-03-01T23:00Z', '2026-03-04T01:00Z', '2026-03-04T12:00Z', '2026-03-09T05:00Z');
    expect(kept(history, { retention: { daily: 2 } })).toEqual(['2026-03-04T12:00Z', '2026-03-09T05:00Z']);
    expect(kept(history, { retention: { daily: 3 } })).toEqual(['2026-03-01T23:00Z', '2026-03-04T12:00Z', '2026-03-09T05:00Z']);
  });

  test('one snapshot serves several rules, and each says so', () => {
    expect(reasons(ready('2026-03-01T01:00Z', '2026-03-09T05:00Z'), { retention: { last: 1, daily: 1, weekly: 2, monthly: 1 } }))
      .toEqual(['2026-03-09T05:00Z: last, daily, weekly, monthly, minReady', '2026-03-01T01:00Z: weekly']);
  });

  test('the oldest of all is kept while a rule is not full', () => {
    const history = ready('2026-03-02T02:00Z', '2026-03-03T02:00Z', '2026-03-04T02:00Z');
    expect(reasons(history, { retention: { weekly: 4 } })).toEqual(['2026-03-04T02:00Z: weekly, minReady', '2026-03-03T02:00Z: ', '2026-03-02T02:00Z: oldest weekly']);
    expect(kept(history, { retention: { weekly: 1 } })).toEqual(['2026-03-04T02:00Z']);
  });

  test('weeks begin on Monday, also over the end of a year', () => {
    // 2026-12-28 is a Monday: its week is 53 of 2026, and ends with the third of January.
    const history = ready('2026-12-20T12:00Z', '2026-12-27T23:59Z', '2026-12-28T00:00Z', '2026-12-31T12:00Z', '2027-01-03T23:59Z', '2027-01-04T00:00Z');
    expect(kept(history, { retention: { weekly: 3 } })).toEqual(['2026-12-27T23:59Z', '2027-01-03T23:59Z', '2027-01-04T00:00Z']);
  });

  test('months and years end by the calendar, in leap years too', () => {
    const history = ready('2027-12-31T23:59Z', '2028-02-28T12:00Z', '2028-02-29T12:00Z', '2028-03-01T00:00Z', '2028-12-31T23:59Z', '2029-01-01T00:00Z');
    expect(kept(history, { retention: { monthly: 4 } })).toEqual(['2028-02-29T12:00Z', '2028-03-01T00:00Z', '2028-12-31T23:59Z', '2029-01-01T00:00Z']);
    expect(kept(history, { retention: { yearly: 3 } })).toEqual(['2027-12-31T23:59Z', '2028-12-31T23:59Z', '2029-01-01T00:00Z']);
    expect(kept(ready('2028-02-28T01:00Z', '2028-02-29T01:00Z', '2028-03-01T01:00Z'), { retention: { daily: 3 } })).toHaveLength(3);
  });

  test.each([
    ['Etc/UTC', ['2026-03-01T16:30Z', '2026-03-02T01:00Z']],
    ['Asia/Shanghai', ['2026-03-01T15:30Z', '2026-03-02T01:00Z']],
    ['America/Los_Angeles', ['2026-03-01T15:30Z', '2026-03-02T01:00Z']], // only the oldest: all three are of one day there
  ])('days are those of %s', (zone, names) => {
    const history = ready('2026-03-01T15:30Z', '2026-03-01T16:30Z', '2026-03-02T01:00Z');
    expect(kept(history, { zone, retention: { daily: 2 } })).toEqual(names);
  });

  test.each([
    ['Asia/Kolkata', 30], ['Asia/Kathmandu', 15],
  ])('in %s hours begin %d minutes past those of UTC', (zone, minute) => {
    const history = ready(`2026-03-01T10:${minute - 1}Z`, `2026-03-01T10:${minute}Z`, `2026-03-01T11:${minute - 1}Z`, `2026-03-01T11:${minute}Z`);
    expect(kept(history, { zone, retention: { hourly: 3 } })).toEqual([history[0].name, history[2].name, history[3].name]);
  });

  test('where clocks go back, the hour that comes twice is two', () => {
    // Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
    const history = ready('2026-10-24T23:30Z', '2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T02:30Z');
    expect(kept(history, { zone: 'Europe/Berlin', retention: { hourly: 4 } })).toHaveLength(4);
    expect(kept(history, { zone: 'Europe/Berlin', retention: { daily: 1 } })).toEqual(['2026-10-25T02:30Z']);
  });

  test('a day may have 23 or 25 hours', () => {
    // Berlin, 2026-03-29 is from 23:00 to 22:00 UTC, 2026-10-25 from 22:00 to 23:00.
    const short = ready('2026-03-28T22:59Z', '2026-03-28T23:00Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z');
    expect(kept(short, { zone: 'Europe/Berlin', retention: { daily: 3 } })).toEqual(['2026-03-28T22:59Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z']);
    const long = ready('2026-10-24T21:59Z', '2026-10-24T22:00Z', '2026-10-25T22:59Z', '2026-10-25T23:00Z');
    expect(kept(long, { zone: 'Europe/Berlin', retention: { daily: 3 } })).toEqual(['2026-10-24T21:59Z', '2026-10-25T22:59Z', '2026-10-25T23:00Z']);
  });

  test('where clocks change by half an hour, no two hours become one', () => {
    // Lord Howe, 2026-10-04: 02:00 becomes 02:30 at 15:30 UTC; 2026-04-05: 02:00 becomes 01:30 at 15:00 UTC of the day before.
    const forward = ready('2026-10-03T14:45Z', '2026-10-03T15:45Z', '2026-10-03T16:15Z');
    expect(kept(forward, { zone: 'Australia/Lord_Howe', retention: { hourly: 3 } })).toHaveLength(3);
    const back = ready('2026-04-04T14:45Z', '2026-04-04T15:15Z', '2026-04-04T15:45Z');
    expect(kept(back, { zone: 'Australia/Lord_Howe', retention: { hourly: 3 } })).toHaveLength(3);
  });

  test('a day that a country left out is none', () => {
    // Samoa had no 2011-12-30.
    const history = ready('2011-12-30T09:59Z', '2011-12-30T10:00Z', '2011-12-31T09:59Z', '2011-12-31T10:00Z');
    expect(kept(history, { zone: 'Pacific/Apia', retention: { daily: 3 } })).toEqual(['2011-12-30T09:59Z', '2011-12-31T09:59Z', '2011-12-31T10:00Z']);
  });

  test('a day that clocks went back into is one', () => {
    // St. John's, 2010-11-07: 00:01 became 23:01 of the day before, at 02:31 UTC.
    const history = ready('2010-11-06T12:00Z', '2010-11-07T02:30:30Z', '2010-11-07T03:00Z', '2010-11-07T12:00Z');
    expect(kept(history, { zone: 'America/St_Johns', retention: { daily: 2 } })).toEqual(['2010-11-07T03:00Z', '2010-11-07T12:00Z']);
  });
});

describe('beside periods', () => {
  const history = ready('2026-03-01T00:00Z', '2026-03-02T00:00Z', '2026-03-03T00:00Z', '2026-03-04T00:00Z');

  test('last counts snapshots, whenever they were taken', () => {
    expect(kept(history, { retention: { last: 2 } })).toEqual(['2026-03-03T00:00Z', '2026-03-04T00:00Z']);
  });

  test('within counts from the newest that is ready, not from now', () => {
    expect(kept([...history, at('2026-03-09T00:00Z', 'pending')], { now: '2027-01-01T00:00Z', retention: { withinSeconds: 2 * DAY } }))
      .toEqual(['2026-03-03T00:00Z', '2026-03-04T00:00Z', '2026-03-09T00:00Z']);
  });

  test('maxAge overrules all of them, but not minReady', () => {
    expect(kept(history, { now: '2026-03-05T00:00Z', retention: { daily: 7, maxAgeSeconds: 2 * DAY } })).toEqual(['2026-03-03T00:00Z', '2026-03-04T00:00Z']);
    expect(kept(history, { now: '2027-01-01T00:00Z', retention: { daily: 7, maxAgeSeconds: DAY } })).toEqual(['2026-03-04T00:00Z']);
    expect(kept(history, { now: '2027-01-01T00:00Z', retention: { maxAgeSeconds: DAY, minReady: 3 } })).toEqual(['2026-03-02T00:00Z', '2026-03-03T00:00Z', '2026-03-04T00:00Z']);
  });

  test('maxAge alone keeps what is younger; no rule at all keeps everything', () => {
    expect(kept(history, { now: '2026-03-04T12:00Z', retention: { maxAgeSeconds: 2 * DAY } })).toEqual(['2026-03-03T00:00Z', '2026-03-04T00:00Z']);
    expect(kept(history, { now: '2027-01-01T00:00Z', retention: {} })).toHaveLength(4);
    expect(kept(history, { now: '2027-01-01T00:00Z', retention: { daily: 0 } })).toHaveLength(4);
  });

  test('minAge keeps what no rule does', () => {
    expect(kept(history, { now: '2026-03-04T00:00Z', retention: { last: 1, minAgeSeconds: 1.5 * DAY } })).toEqual(['2026-03-03T00:00Z', '2026-03-04T00:00Z']);
  });

  test('of two of the same moment the later name is the newer', () => {
    const same = [{ ...at('2026-03-01T00:00Z'), name: 'b' }, { ...at('2026-03-01T00:00Z'), name: 'c' }, { ...at('2026-03-01T00:00Z'), name: 'a' }];
    expect(kept(same, { retention: { last: 1 } })).toEqual(['c']);
  });

  test('no history, no verdict', () => {
    expect(plan([], { minReady: 1, failedAfterSeconds: 1, withinSeconds: 1, daily: 1 }, { timeZone: new TimeZone('Etc/UTC'), now: 0 })).toEqual([]);
  });
});

describe('what is not ready', () => {
  test('is neither counted nor deleted while it is being taken', () => {
    const history = [...ready('2026-03-01T00:00Z', '2026-03-02T00:00Z'), at('2026-03-03T00:00Z', 'pending'), at('2020-01-01T00:00Z', 'pending')];
    expect(kept(history, { now: '2026-03-09T00:00Z', retention: { last: 1, maxAgeSeconds: 30 * DAY } })).toEqual(['2020-01-01T00:00Z', '2026-03-02T00:00Z', '2026-03-03T00:00Z']);
  });

  test('minReady counts ready ones only', () => {
    const history = [...ready('2026-03-01T00:00Z', '2026-03-02T00:00Z'), at('2026-03-03T00:00Z', 'failed'), at('2026-03-04T00:00Z', 'pending')];
    expect(kept(history, { now: '2027-01-01T00:00Z', retention: { maxAgeSeconds: DAY, minReady: 2 } })).toHaveLength(4);
  });

  test('is deleted when it failed, is older than failedAfter, and a newer one is ready', () => {
    const history = [at('2026-03-01T00:00Z', 'failed'), at('2026-03-02T00:00Z'), at('2026-03-03T00:00Z', 'failed')];
    expect(reasons(history, { now: '2026-03-02T12:00Z', retention: { last: 1, failedAfterSeconds: 2 * DAY } })).toEqual([
      '2026-03-03T00:00Z: failed, and none is ready that is newer', '2026-03-02T00:00Z: last, minReady', '2026-03-01T00:00Z: failed a short time ago',
    ]);
    expect(kept(history, { now: '2027-01-01T00:00Z', retention: { last: 1 } })).toEqual(['2026-03-02T00:00Z', '2026-03-03T00:00Z']);
  });
});

describe('held', () => {
  test('stays whatever its state, and counts as well', () => {
    const history = [at('2026-03-01T00:00Z', 'failed', 'held'), at('2026-03-02T00:00Z', 'ready', 'held'), at('2026-03-03T00:00Z', 'ready', 'held'), at('2026-03-04T00:00Z')];
    expect(reasons(history, { now: '2027-01-01T00:00Z', retention: { last: 2 } })).toEqual([
      '2026-03-04T00:00Z: last, minReady', '2026-03-03T00:00Z: last, held', '2026-03-02T00:00Z: held', '2026-03-01T00:00Z: held',
    ]);
  });
});

describe('a claim that is gone', () => {
  const history = [...ready('2026-03-01T00:00Z', '2026-03-05T00:00Z'), at('2026-03-02T00:00Z', 'pending'), at('2026-03-03T00:00Z', 'failed')];
  const gone = { now: '2026-03-08T00:00Z', orphaned: true };

  test('leaves everything, unless told how long', () => {
    expect(reasons(history, { ...gone, retention: { last: 1, maxAgeSeconds: DAY } })).toEqual(
      ['2026-03-05T00:00Z', '2026-03-03T00:00Z', '2026-03-02T00:00Z', '2026-03-01T00:00Z'].map(name => `${name}: the claim is gone`));
  });

  test('leaves nothing that is older, the last one too', () => {
    expect(kept(history, { ...gone, retention: { last: 9, orphanedAfterSeconds: 4 * DAY } })).toEqual(['2026-03-05T00:00Z']);
    expect(kept(history, { ...gone, retention: { last: 9, orphanedAfterSeconds: DAY } })).toEqual([]);
  });

  test('leaves what is held, or younger than minAge', () => {
    const held = [at('2020-03-01T00:00Z', 'ready', 'held'), at('2026-03-05T00:00Z')];
    expect(kept(held, { ...gone, retention: { orphanedAfterSeconds: DAY, minAgeSeconds: 7 * DAY } })).toEqual(['2020-03-01T00:00Z', '2026-03-05T00:00Z']);
  });
});
