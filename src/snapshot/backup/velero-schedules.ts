import { CronExpression, MACROS, spaced, Tier, TIER_NAMES, TIERS } from '../cron';
import { SnapshotRetention } from '../snapshot-retention';

/** One Schedule of Velero. */
export interface VeleroSchedule {
  /** The tier that it fills, unless it is the only one. */
  readonly tier?: Tier;
  readonly expression: string;
  /** How long it takes from one run to the next at most, in minutes. */
  readonly gap: number;
  /** After how many minutes its backups are deleted. */
  readonly ttl: number;
}

type Preset = [minute: string, hour: string, day: string, month: string];

/** Schedules that say which of their runs is the one of a day, week, month or year: what a cron expression can say as well. */
const PRESETS: { readonly pattern: RegExp; readonly tiers: { readonly [tier in Tier]?: (...preset: Preset) => string } }[] = [
  {
    pattern: /^(\d+) \* \* \* \*$/,
    tiers: { hourly: minute => `${minute} * * * *`, daily: minute => `${minute} 23 * * *`, weekly: minute => `${minute} 23 * * 0`, monthly: minute => `${minute} 23 1 * *`, yearly: minute => `${minute} 23 1 1 *` },
  },
  {
    pattern: /^(\d+) (\d+) \* \* \*$/,
    tiers: {
      daily: (minute, hour) => `${minute} ${hour} * * *`,
      weekly: (minute, hour) => `${minute} ${hour} * * 0`,
      monthly: (minute, hour) => `${minute} ${hour} 1 * *`,
      yearly: (minute, hour) => `${minute} ${hour} 1 1 *`,
    },
  },
  { pattern: /^(\d+) (\d+) \* \* (\d)$/, tiers: { weekly: (minute, hour, day) => `${minute} ${hour} * * ${day}` } },
  {
    // Later days are not in every month.
    pattern: /^(\d+) (\d+) ([1-9]|1\d|2[0-8]) \* \*$/,
    tiers: { monthly: (minute, hour, day) => `${minute} ${hour} ${day} * *`, yearly: (minute, hour, day) => `${minute} ${hour} ${day} 1 *` },
  },
  { pattern: /^(\d+) (\d+) ([1-9]|1\d|2[0-8]) (\d+) \*$/, tiers: { yearly: (minute, hour, day, month) => `${minute} ${hour} ${day} ${month} *` } },
];

/** The tiers of a retention that keep something. */
export function tiersOf(retention: SnapshotRetention): Tier[] {
  return TIER_NAMES.filter(tier => (retention[tier] ?? 0) > 0);
}

/** The expression of the Schedule that fills a tier; nothing where it does not follow from the schedule. */
export function expressionOf(expression: string, tier: Tier): string | undefined {
  const plain = spaced(MACROS[expression.trim()] ?? expression);
  for (const { pattern, tiers } of PRESETS) {
    const match = pattern.exec(plain);
    if (match) {
      return tiers[tier]?.(...match.slice(1) as Preset);
    }
  }
  return undefined;
}

/** The Schedules of a retention whose tiers all follow from the schedule. @param maxAge in minutes */
export function veleroSchedules(expression: string, retention: SnapshotRetention, maxAge: number): VeleroSchedule[] {
  const written = (text: string, ttl: number, tier?: Tier): VeleroSchedule => ({ tier, expression: text, gap: CronExpression.parse(text).longestGap, ttl: Math.min(ttl, maxAge) });
  const tiers = tiersOf(retention);
  return tiers.length === 0
    ? [written(expression.trim(), maxAge)]
    // One more than asked for, so that a run that is late or fails leaves as many as were asked for.
    : tiers.map(tier => written(expressionOf(expression, tier)!, (retention[tier]! + 1) * TIERS[tier], tier));
}
