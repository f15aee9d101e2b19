import { Construct } from 'constructs';
import { BACKUP_RULES } from './rules';
import { tiersOf } from './velero-schedules';
import { fail } from '../../findings/report';
import { shown } from '../../manifest/validate';
import { CronExpression, Tier, TIERS } from '../cron';
import { Schedule } from '../schedule';
import { SnapshotRetention } from '../snapshot-retention';

const COUNTS = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
const TIMES = ['within', 'maxAge'] as const;
const PERIODS: Record<Tier, string> = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' };
const EXAMPLE = 'retention: { daily: 7, weekly: 4, monthly: 6 }';

/** SNP053 */
export function checkRetention(scope: Construct, retention: SnapshotRetention): void {
  for (const name of COUNTS) {
    const count = retention[name];
    if (count !== undefined && count !== null && !(Number.isInteger(count) && count >= 0 && count < 10_000)) {
      fail(scope, BACKUP_RULES.SNP053, { problem: `${name} is ${shown(count)}`, expected: `a whole number, less than 10000: ${EXAMPLE}` });
    }
  }
  for (const name of TIMES) {
    const time = retention[name];
    if (time !== undefined && time !== null && !(typeof time.toHours === 'function' && Number.isInteger(time.toHours({ integral: false })) && time.toHours() > 0)) {
      fail(scope, BACKUP_RULES.SNP053, { problem: `${name} is ${typeof time.toHours === 'function' ? time.toHumanString() : shown(time)}`, expected: `whole hours: ${name}: Duration.days(30)` });
    }
  }
  if (COUNTS.every(name => !retention[name]) && TIMES.every(name => !retention[name])) {
    fail(scope, BACKUP_RULES.SNP053, { problem: 'it keeps nothing, and an engine would fall back on what it thinks right: the last backup only, or 30 days', expected: `say what is kept: ${EXAMPLE}` });
  }
}

/** SNP054: what counts is the shortest time between two runs, so that working days fill days and office hours fill hours. */
export function checkFrequency(scope: Construct, schedule: Schedule, retention: SnapshotRetention): void {
  const [finest] = tiersOf(retention);
  if (finest !== undefined && CronExpression.parse(schedule.expression).shortestGap > TIERS[finest]) {
    fail(scope, BACKUP_RULES.SNP054, { tier: finest, period: PERIODS[finest], schedule: schedule.expression, count: retention[finest]! });
  }
}
