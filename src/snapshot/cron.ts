/** A field of a cron expression. */
interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const FIELDS: Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of the week', least: 0, most: 6, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

export const MACROS: Record<string, string> = {
  '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *', '@monthly': '0 0 1 * *', '@weekly': '0 0 * * 0', '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@hourly': '0 * * * *',
};

const DAY = 24 * 60;
/** The leap years come round in eight years at most, and all week days of a date in 28. */
const YEARS = 28;

/** How often something comes round, in minutes. */
export type Tier = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';
export const TIERS: Record<Tier, number> = { hourly: 60, daily: DAY, weekly: 7 * DAY, monthly: 31 * DAY, yearly: 366 * DAY };
export const TIER_NAMES = Object.keys(TIERS) as Tier[];

const DIGITS = String.raw`((\d+,)*\d+|\d+[-/]\d+|\*(/\d+)?)`;
const IN_DIGITS = new RegExp(`^(@(annually|yearly|monthly|weekly|daily|hourly)|${DIGITS}( ${DIGITS}){4})$`);

/** Whether it is what the CRDs of VolSync and SnapScheduler take: digits, and one blank between fields. */
export const isInDigits = (expression: string) => IN_DIGITS.test(expression);

/** With one blank between fields. */
export const spaced = (expression: string) => expression.trim().split(/\s+/).join(' ');

/**
 * A cron expression as Kubernetes reads it (ParseStandard of robfig/cron v3): five fields, or a macro. `@every` is refused: it
 * counts from when the controller started, not by the clock.
 */
export class CronExpression {
  /** @throws an Error that says what is wrong */
  public static parse(expression: string): CronExpression {
    const texts = (MACROS[expression] ?? expression).trim().split(/\s+/);
    if (texts.length !== FIELDS.length) {
      throw new Error(/^(TZ|CRON_TZ)=/.test(expression) ? 'the time zone does not belong in it' : `it has ${texts.length} fields, not minute, hour, day of the month, month and day of the week`);
    }
    const parsed = new CronExpression(texts.map((text, index) => parseField(text, FIELDS[index])));
    if (parsed.days.length === 0) {
      throw new Error('no year has such a day');
    }
    return parsed;
  }

  /** Minutes of a day at which it fires. */
  private readonly times: number[];
  /** Days on which it fires, counted from the first of `YEARS`. */
  private readonly days: number[] = [];

  private constructor([minutes, hours, daysOfMonth, months, weekdays]: ParsedField[]) {
    this.times = hours.values.flatMap(hour => minutes.values.map(minute => hour * 60 + minute)).sort((a, b) => a - b);
    const [dates, monthNumbers, weekdayNumbers] = [daysOfMonth, months, weekdays].map(({ values }) => new Set(values));
    calendar().forEach(([date, month, weekday], day) => {
      const [byMonth, byWeek] = [dates.has(date), weekdayNumbers.has(weekday)];
      // Where both are given, either will do.
      if (monthNumbers.has(month) && (daysOfMonth.any || weekdays.any ? byMonth && byWeek : byMonth || byWeek)) {
        this.days.push(day);
      }
    });
  }

  /** Whether it fires only at times of the day in between, in minutes. */
  public firesOnly(from: number, to: number): boolean {
    return this.times.every(time => time >= from && time < to);
  }

  /** The shortest time between two firings, in minutes. */
  public get shortestGap(): number {
    return Math.min(...this.gaps());
  }

  /** The longest time between two firings, in minutes. */
  public get longestGap(): number {
    return Math.max(...this.gaps());
  }

  /** In how many of the hours, days, weeks, months or years it fires: from 0 to 1. */
  public coverage(tier: Tier): number {
    const keyOf: Record<Exclude<Tier, 'hourly'>, (date: Date, day: number) => number> = {
      daily: (_, day) => day,
      weekly: (_, day) => Math.floor((day + 4) / 7), // the first day is a Friday
      monthly: date => date.getUTCFullYear() * 12 + date.getUTCMonth(),
      yearly: date => date.getUTCFullYear(),
    };
    const all = { hourly: YEARS * 365.25 * 24, daily: YEARS * 365.25, weekly: YEARS * 365.25 / 7, monthly: YEARS * 12, yearly: YEARS };
    const hit = tier === 'hourly'
      ? this.days.length * new Set(this.times.map(time => Math.floor(time / 60))).size
      : new Set(this.days.map(day => keyOf[tier](new Date(START + day * DAY * 60_000), day))).size;
    return Math.min(1, hit / all[tier]);
  }

  private gaps(): number[] {
    const within = this.times.slice(1).map((time, index) => time - this.times[index]);
    const overnight = DAY - this.times[this.times.length - 1] + this.times[0];
    const between = new Set(this.days.slice(1).map((day, index) => (day - this.days[index] - 1) * DAY + overnight));
    return [...within, ...between, ...(this.days.length === 1 ? [YEARS * TIERS.yearly] : [])];
  }
}

const START = Date.UTC(2021, 0, 1);
let days: readonly (readonly [number, number, number])[] | undefined;

/** Day of the month, month and day of the week of every day that is looked at; made when first needed. */
function calendar(): readonly (readonly [number, number, number])[] {
  return days ??= Array.from({ length: YEARS * 365.25 }, (_, day) => {
    const date = new Date(START + day * DAY * 60_000);
    return [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCDay()] as const;
  });
}

interface ParsedField {
  readonly values: number[];
  /** Whether it leaves the day to the other field of days. */
  readonly any: boolean;
}

function parseField(text: string, field: Field): ParsedField {
  const values = new Set<number>();
  let any = false;
  for (const part of text.split(',')) {
    const [range, step, ...rest] = part.split('/');
    const star = range === '*' || range === '?';
    const [from, to, ...more] = star ? [field.least, field.most] : range.split('-').map(value => parseValue(value, field));
    const every = step === undefined ? 1 : /^\d+$/.test(step) ? Number(step) : 0;
    const last = to ?? (step === undefined ? from : field.most);
    if (every < 1 || rest.length > 0 || more.length > 0 || !(from >= field.least && last <= field.most && from <= last)) {
      throw new Error(`'${part}' is no ${field.name}: from ${field.least} to ${field.most}`);
    }
    any ||= star && every === 1;
    for (let value = from; value <= last; value += every) {
      values.add(value);
    }
  }
  return { values: [...values].sort((a, b) => a - b), any };
}

function parseValue(text: string, { words, least }: Field): number {
  const word = words?.indexOf(text.toLowerCase()) ?? -1;
  return word >= 0 ? word + least : /^\d+$/.test(text) ? Number(text) : NaN;
}
