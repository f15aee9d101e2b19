import { snapshotName, timeOfRun } from '../../src/runtime/snapshot-runner/names';

const NOW = Date.parse('2026-03-01T02:07:13.456Z');
const MINUTE = Date.parse('2026-03-01T02:00Z') / 60_000;

test('a name ends with the moment, in UTC', () => {
  expect(snapshotName('nightly', 'data', NOW)).toBe('nightly.data-20260301-020713');
  expect(snapshotName('nightly', undefined, NOW)).toBe('nightly-20260301-020713');
});

test('a name that would be too long is cut, and stays one of its own', () => {
  const [one, two] = ['a', 'b'].map(end => snapshotName('nightly', `${'x'.repeat(223)}.${'y'.repeat(28)}${end}`, NOW));
  expect(one).toMatch(/^nightly\.x+-[0-9a-f]{10}-20260301-020713$/); // a name may not have `.-` in it
  expect(one).not.toBe(two);
  expect(one.length).toBeLessThanOrEqual(253);
  expect(snapshotName('nightly', 'x'.repeat(253 - 8 - 16), NOW)).toHaveLength(253);
});

test.each([
  ['a Job of the schedule', `nightly-${MINUTE}`, MINUTE * 60_000],
  ['a Job that was made by hand', 'nightly-by-hand', NOW],
  ['a Job with a date in its name', 'nightly-20260301', NOW],
  ['no Job', '', NOW],
])('the moment of %s', (_, job, time) => {
  expect(timeOfRun(job, NOW)).toBe(time);
});
