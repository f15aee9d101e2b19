import { Construct } from 'constructs';
import { PRESETS } from './expressible';
import { emit } from '../../../manifest/emit';
import { Retention } from '../../../runtime/retention';
import { Tier, TIER_NAMES } from '../../cron';
import { SnapshotPolicyProps } from '../snapshot-policy-props';

/** What SnapshotSchedules are made of. */
export interface ScheduleParts {
  readonly name: string;
  readonly namespaces: readonly string[];
  readonly retention: Retention;
}

interface Rule {
  readonly name: string;
  readonly schedule: string;
  readonly maxCount?: number;
}

/** When the newest snapshot of each period is taken: weeks begin on Monday. A month's last day cannot be written, so it is the first of the next. */
const NEWEST: Record<Exclude<Tier, 'hourly'>, (minute: string, hour: string) => string> = {
  daily: (minute, hour) => `${minute} ${hour} * * *`,
  weekly: (minute, hour) => `${minute} ${hour} * * 0`,
  monthly: (minute, hour) => `${minute} ${hour} 1 * *`,
  yearly: (minute, hour) => `${minute} ${hour} 1 1 *`,
};
const LAST_HOUR = '23';

/** One schedule for each rule of the retention. */
function rulesOf(expression: string, retention: Retention): Rule[] {
  const preset = PRESETS.find(({ pattern }) => pattern.test(expression));
  const { minute, hour = LAST_HOUR } = preset?.pattern.exec(expression)?.groups ?? {};
  const tiers = TIER_NAMES.filter(tier => retention[tier] !== undefined);
  // Where every snapshot is one of the tier, the last ones are among them.
  const own = tiers.find(tier => tier === preset?.tier);
  const rules = tiers.map((tier): Rule => ({
    name: tier,
    schedule: tier === own ? expression : NEWEST[tier as Exclude<Tier, 'hourly'>](minute, hour),
    maxCount: tier === own ? Math.max(retention[tier]!, retention.last ?? 0) : retention[tier],
  }));
  const last: Rule[] = retention.last !== undefined && own === undefined ? [{ name: 'last', schedule: expression, maxCount: retention.last }] : [];
  return rules.length + last.length > 0 ? [...last, ...rules] : [{ name: 'age', schedule: expression }];
}

const expires = (seconds?: number) => (seconds === undefined ? undefined : seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds}s`);

/** Writes SnapshotSchedules, one for each namespace and rule. What they cannot say was refused before. @see https://github.com/backube/snapscheduler */
export function writeSnapshotSchedules(scope: Construct, { name, namespaces, retention }: ScheduleParts, props: SnapshotPolicyProps): void {
  const { snapshotLabels, claims, schedule, suspend, snapshotClass } = props;
  for (const namespace of namespaces) {
    for (const rule of rulesOf(schedule.expression, retention)) {
      emit(scope, `${namespace}-${rule.name}`, {
        apiVersion: 'snapscheduler.backube/v1',
        kind: 'SnapshotSchedule',
        metadata: { name: `${name}-${rule.name}`, namespace },
        spec: {
          claimSelector: claims.matchLabels ? { matchLabels: { ...claims.matchLabels } } : undefined,
          disabled: suspend ?? undefined,
          retention: { expires: expires(retention.maxAgeSeconds), maxCount: rule.maxCount },
          schedule: rule.schedule,
          snapshotTemplate: { labels: snapshotLabels, snapshotClassName: snapshotClass!.snapshotClassName },
        },
      }, props);
    }
  }
}
