import { IConstruct } from 'constructs';
import { report } from '../../../findings/report';
import { CronExpression, spaced } from '../../../snapshot/cron';
import { Schedule } from '../../../snapshot/schedule';
import { CEPH_ADDONS_RULES } from '../rules';
import { malformed } from '../values';

/** After so many missed times the controller gives up (getNextSchedule). */
const MOST_MISSED = 100;
const OUTAGE = 24 * 60; // minutes

/** A schedule as the controller reads it (robfig/cron); it runs in UTC. CEPH174, CEPH176 */
export function scheduleText(scope: IConstruct, what: string, schedule: Schedule, deadlineMinutes?: number): string {
  if (!(schedule instanceof Schedule)) {
    malformed(scope, what, schedule, 'a Schedule', `${what}: Schedule.weekly({ day: Weekday.SUNDAY, hour: 3 })`);
  }
  const gap = CronExpression.parse(schedule.expression).shortestGap;
  const window = deadlineMinutes ?? OUTAGE;
  if (window / gap > MOST_MISSED) {
    report(scope, CEPH_ADDONS_RULES.CEPH176, { window: deadlineMinutes === undefined ? 'a day' : 'its startingDeadline', minutes: gap * 10 });
  }
  const expression = spaced(schedule.expression);
  return schedule.timeZone === 'Etc/UTC' ? expression : `CRON_TZ=${schedule.timeZone} ${expression}`;
}
