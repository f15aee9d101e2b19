import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CronExpression, Tier, TIER_NAMES, TIERS } from './cron';
import { SNAPSHOT_RULES } from './rules';
import { SnapshotRetention } from './snapshot-retention';
import { span } from './spans';
import { fail, report } from '../findings/report';
import { similar } from '../manifest/similar';
import { shown } from '../manifest/validate';
import { Retention } from '../runtime/retention';

const COUNTS = ['last', ...TIER_NAMES, 'minReady'] as const;
const TIMES = ['within', 'maxAge', 'minAge', 'failedAfter', 'orphanedAfter'] as const;
const EXAMPLE = 'such as retention: { daily: 7, weekly: 4, monthly: 6 }';
/** The shortest that a month and a year can be, in days: no false alarm. */
const LEAST_DAYS: Record<Tier, number> = { hourly: 1 / 24, daily: 1, weekly: 7, monthly: 28, yearly: 365 };
const FEW = 0.25;
const YEARS = 100 * 366 * 86_400;

/** SNP021 */
function refuse(scope: IConstruct, what: string, value: unknown, problem: string, expected: string): never {
  return fail(scope, SNAPSHOT_RULES.SNP021, { what, value: shown(value), problem, expected });
}

/** SNP021: a retention in numbers. A rule that keeps none is left out. */
export function retentionOf(scope: IConstruct, given: SnapshotRetention): Retention {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    refuse(scope, 'the retention', given, 'it is no object', EXAMPLE);
  }
  const known: string[] = [...COUNTS, ...TIMES];
  const unknown = Object.keys(given).find(key => !known.includes(key));
  if (unknown !== undefined) {
    const meant = similar(unknown, known);
    refuse(scope, 'the rule', unknown, 'a retention has none of that name', meant === undefined ? `one of ${known.join(', ')}` : `write ${meant}`);
  }
  const count = (rule: typeof COUNTS[number]) => {
    const value = given[rule] ?? undefined;
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      refuse(scope, rule, value, 'it has to be a whole number, not negative', `such as ${rule}: 7, or leave it out`);
    }
    return value;
  };
  const kept = (rule: Exclude<typeof COUNTS[number], 'minReady'>) => count(rule) || undefined;
  const seconds = (rule: typeof TIMES[number]) => (given[rule] ?? undefined) && secondsOf(scope, rule, given[rule]!);
  const retention: Retention = {
    last: kept('last'),
    hourly: kept('hourly'),
    daily: kept('daily'),
    weekly: kept('weekly'),
    monthly: kept('monthly'),
    yearly: kept('yearly'),
    withinSeconds: seconds('within'),
    maxAgeSeconds: seconds('maxAge'),
    minAgeSeconds: seconds('minAge'),
    minReady: count('minReady') ?? 1,
    failedAfterSeconds: seconds('failedAfter') ?? Duration.days(1).toSeconds(),
    orphanedAfterSeconds: seconds('orphanedAfter'),
  };
  const { withinSeconds, maxAgeSeconds = Infinity, minAgeSeconds = 0 } = retention;
  if (![retention.last, withinSeconds, given.maxAge ?? undefined, ...TIER_NAMES.map(tier => retention[tier])].some(rule => rule !== undefined)) {
    refuse(scope, 'the retention', given, 'it keeps nothing: no rule says how many, or for how long', EXAMPLE);
  }
  if (minAgeSeconds > maxAgeSeconds) {
    refuse(scope, 'minAge', span(minAgeSeconds), `it is longer than maxAge (${span(maxAgeSeconds)}): what is too old could not be deleted yet`, 'make maxAge longer than minAge');
  }
  return retention;
}

function secondsOf(scope: IConstruct, rule: string, duration: Duration): number {
  const value = typeof duration.toSeconds === 'function' ? duration.toSeconds({ integral: false }) : NaN;
  if (!Number.isInteger(value) || value < 1 || value > YEARS) {
    const text = typeof duration.toSeconds === 'function' ? duration.toHumanString() : duration;
    refuse(scope, rule, text, 'it has to be a time of whole seconds, at least one and at most a hundred years', `such as ${rule}: Duration.days(30)`);
  }
  return value;
}

/** SNP023 to SNP026: a retention against the schedule that has to fill it. */
export function checkReach(scope: IConstruct, retention: Retention, expression: string): void {
  const cron = CronExpression.parse(expression);
  const gap = cron.shortestGap * 60;
  checkTiers(scope, retention, expression, cron);
  const times: [string, number | undefined, string, string][] = [
    ['within', retention.withinSeconds, 'only the newest is ever kept by it', 'make it longer, or use last: 1'],
    ['maxAge', retention.maxAgeSeconds, 'a snapshot is too old before the next one is taken', 'make it longer than the time between two snapshots'],
  ];
  for (const [what, seconds, consequence, expected] of times) {
    if (seconds !== undefined && seconds <= gap) {
      fail(scope, SNAPSHOT_RULES.SNP025, { what, value: span(seconds), expression, gap: span(gap), consequence, expected });
    }
  }
  const { maxAgeSeconds } = retention;
  if (maxAgeSeconds === undefined) {
    return;
  }
  const reach: [string, number][] = [
    ['last', ((retention.last ?? 1) - 1) * gap],
    ['within', retention.withinSeconds ?? 0],
    ...TIER_NAMES.map((tier): [string, number] => [tier, ((retention[tier] ?? 1) - 1) * LEAST_DAYS[tier] * 86_400]),
  ];
  const cut = reach.filter(([, seconds]) => seconds > maxAgeSeconds).map(([rule]) => rule);
  if (cut.length > 0) {
    report(scope, SNAPSHOT_RULES.SNP026, { age: span(maxAgeSeconds), rules: cut.join(', ') });
  }
}

/** SNP023, SNP024 */
function checkTiers(scope: IConstruct, retention: Retention, expression: string, cron: CronExpression): void {
  for (const tier of TIER_NAMES.filter(name => retention[name] !== undefined)) {
    const count = retention[tier]!;
    if (cron.shortestGap > TIERS[tier]) {
      const fitting = TIER_NAMES.find(name => TIERS[name] >= cron.shortestGap);
      fail(scope, SNAPSHOT_RULES.SNP023, { count, tier, expression, gap: span(cron.shortestGap * 60), instead: `${fitting ?? 'last'}: ${count}` });
    }
    const coverage = cron.coverage(tier);
    if (count > 1 && coverage < FEW) {
      report(scope, SNAPSHOT_RULES.SNP024, { count, tier, expression, percent: Math.round(coverage * 1000) / 10, times: Math.round(1 / coverage) });
    }
  }
}
