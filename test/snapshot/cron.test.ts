import * as fc from 'fast-check';
import { CronExpression, Tier, TIERS } from '../../src/snapshot/cron';

// Which expressions Kubernetes takes is held against a real API server by test/api/schedules.test.ts.

const DAY = 86_400_000;
const START = Date.UTC(2021, 0, 1);
const END = Date.UTC(2049, 0, 1); // 28 years: leap years and days of the week have come round

/** A field as text, and the values that it stands for. */
interface Field {
  readonly text: string;
  readonly values: Set<number>;
  readonly any: boolean;
}

const between = (least: number, most: number, step = 1) => new Set(Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, index) => least + index * step));

function field(least: number, most: number): fc.Arbitrary<Field> {
  const value = fc.integer({ min: least, max: most });
  const part = fc.oneof(
    value.map((one): Field => ({ text: `${one}`, values: new Set([one]), any: false })),
    fc.tuple(value, value).map(([a, b]): Field => ({ text: `${Math.min(a, b)}-${Math.max(a, b)}`, values: between(Math.min(a, b), Math.max(a, b)), any: false })),
    fc.tuple(value, fc.integer({ min: 2, max: 10 })).map(([from, step]): Field => ({ text: `${from}/${step}`, values: between(from, most, step), any: false })),
    fc.integer({ min: 2, max: 10 }).map((step): Field => ({ text: `*/${step}`, values: between(least, most, step), any: false })),
  );
  return fc.oneof(
    fc.constantFrom<Field>({ text: '*', values: between(least, most), any: true }, { text: '?', values: between(least, most), any: true }),
    fc.array(part, { minLength: 1, maxLength: 2 }).map((parts): Field => ({ text: parts.map(({ text }) => text).join(','), values: new Set(parts.flatMap(({ values }) => [...values])), any: false })),
  );
}

const expression = fc.tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6));

/** Every minute at which it fires. */
function firings([minutes, hours, days, months, weekdays]: Field[]): Date[] {
  const fired: Date[] = [];
  const times = [...between(0, 24 * 60 - 1)].filter(minute => hours.values.has(Math.floor(minute / 60)) && minutes.values.has(minute % 60));
  for (let day = START; day < END; day += DAY) {
    const date = new Date(day);
    const [byMonth, byWeek] = [days.values.has(date.getUTCDate()), weekdays.values.has(date.getUTCDay())];
    const isOn = days.any ? byWeek : weekdays.any ? byMonth : byMonth || byWeek;
    if (isOn && months.values.has(date.getUTCMonth() + 1)) {
      fired.push(...times.map(minute => new Date(day + minute * 60_000)));
    }
  }
  return fired;
}

/** The period in which a time is, in the letters of ISO 8601; a week by its Monday. */
const PERIODS: Record<Tier, (date: Date) => string> = {
  hourly: date => date.toISOString().slice(0, 13),
  daily: date => date.toISOString().slice(0, 10),
  weekly: date => new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10),
  monthly: date => date.toISOString().slice(0, 7),
  yearly: date => date.toISOString().slice(0, 4),
};
const ALL: Record<Tier, number> = { hourly: 28 * 365.25 * 24, daily: 28 * 365.25, weekly: 28 * 365.25 / 7, monthly: 28 * 12, yearly: 28 };

test('gaps and coverage are those of all firings in 28 years', () => {
  fc.assert(fc.property(expression.filter(fields => fields[0].values.size * fields[1].values.size < 8), fields => {
    const fired = firings(fields);
    fc.pre(fired.length > 1);
    const cron = CronExpression.parse(fields.map(({ text }) => text).join(' '));
    const gaps = fired.slice(1).map((date, index) => (date.getTime() - fired[index].getTime()) / 60_000);
    expect(cron.shortestGap).toBe(gaps.reduce((least, gap) => Math.min(least, gap)));
    expect(cron.longestGap).toBe(gaps.reduce((most, gap) => Math.max(most, gap)));
    for (const tier of Object.keys(TIERS) as Tier[]) {
      expect(cron.coverage(tier)).toBeCloseTo(Math.min(1, new Set(fired.map(PERIODS[tier])).size / ALL[tier]), 10);
    }
  }), { numRuns: 30, seed: 20261125 });
}, 120_000);

test.each<[string, number, number]>([
  ['* * * * *', 1, 1],
  ['0 * * * *', 60, 60],
  ['@hourly', 60, 60],
  ['0 2 * * *', 1440, 1440],
  ['0 2 * * MON-FRI', 1440, 3 * 1440],
  ['0 8-18 * * *', 60, 14 * 60],
  ['@weekly', 7 * 1440, 7 * 1440],
  ['@monthly', 28 * 1440, 31 * 1440],
  ['0 0 29 2 *', 1461 * 1440, 1461 * 1440],
  ['0 0 1 1,2 *', 31 * 1440, 335 * 1440],
])('%s fires every %i to %i minutes', (text, shortest, longest) => {
  const cron = CronExpression.parse(text);
  expect([cron.shortestGap, cron.longestGap]).toEqual([shortest, longest]);
});

test.each<[string, Tier, number]>([
  ['0 2 * * *', 'daily', 1],
  ['0 2 * * *', 'hourly', 1 / 24],
  ['0 2 * * 1', 'weekly', 1],
  ['0 2 * * 1', 'daily', 1 / 7],
  ['0 2 1 * *', 'monthly', 1],
  ['0 2 1 1 *', 'monthly', 1 / 12],
  ['0 0 29 2 *', 'yearly', 1 / 4],
])('%s fires in so much of what is %s', (text, tier, share) => {
  expect(CronExpression.parse(text).coverage(tier)).toBeCloseTo(share, 3);
});
