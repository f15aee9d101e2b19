import { TimeZone } from '../../runtime/time-zone';
import { CronExpression } from '../cron';
import { Schedule } from '../schedule';

/** In seconds. */
const HOUR = 3600;
/** In hours. */
const YEAR = 365 * 24;

/** The longest time between two runs, in seconds. */
export function longestGapOf({ expression, timeZone }: Schedule): number {
  const cron = CronExpression.parse(expression);
  return cron.longestGap * 60 + changeOf(cron, new TimeZone(timeZone));
}

/** What a change of clocks adds to the longest time between two runs: an hour as they go back; a day, where they skip what is the only time of a day. */
function changeOf(cron: CronExpression, zone: TimeZone): number {
  const change = Array.from({ length: YEAR }, (_, hour) => Date.UTC(2026, 0, 1, hour)).find(time => zone.offset(time + HOUR * 1000) > zone.offset(time));
  if (change === undefined) {
    return 0;
  }
  const [before, after] = [zone.offset(change), zone.offset(change + HOUR * 1000)];
  const minutes = Array.from({ length: 61 }, (_, minute) => change + minute * 60_000);
  const from = (minutes.find(time => zone.offset(time) === after)! + before) / 60_000 % (24 * 60);
  return cron.firesOnly(from, from + (after - before) / 60_000) ? 24 * HOUR : HOUR;
}
