import { createHash } from 'crypto';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const LONGEST = 253;

/**
 * The moment of a run: that of the schedule, which the CronJob controller writes in minutes at the end of the Job's name, so that each pod of that Job
 * finds the same; that of the clock for a Job that somebody made.
 */
export function timeOfRun(job: string, now: number): number {
  const scheduled = Number(/-(\d{8,})$/.exec(job)?.[1]) * MINUTE;
  return Math.abs(now - scheduled) < WEEK ? scheduled : now;
}

/** `<policy>-<claim>-<yyyymmdd-hhmmss>`, in UTC; a name that would be too long is cut, and a hash tells it from others. */
export function snapshotName(policy: string, claim: string | undefined, time: number): string {
  const [date, clock] = new Date(time).toISOString().replace(/[-:]/g, '').split(/[T.]/);
  const suffix = `-${date}-${clock}`;
  const name = claim === undefined ? policy : `${policy}-${claim}`;
  if (name.length + suffix.length <= LONGEST) {
    return name + suffix;
  }
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 10);
  return `${name.slice(0, LONGEST - suffix.length - hash.length - 1).replace(/[^a-z0-9]+$/, '')}-${hash}${suffix}`;
}
