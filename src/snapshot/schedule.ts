import { Cron } from 'cdk8s';
import { CronExpression } from './cron';
import { SNAPSHOT_RULES } from './rules';
import { fail } from '../findings/report';
import { shown } from '../manifest/validate';

/** A day of the week. */
export enum Weekday {
  /** Sunday. */
  SUNDAY = 0,
  /** Monday. */
  MONDAY = 1,
  /** Tuesday. */
  TUESDAY = 2,
  /** Wednesday. */
  WEDNESDAY = 3,
  /** Thursday. */
  THURSDAY = 4,
  /** Friday. */
  FRIDAY = 5,
  /** Saturday. */
  SATURDAY = 6,
}

/** What every schedule may say. */
export interface ScheduleOptions {
  /**
   * The time zone by its IANA name, such as `Asia/Shanghai`; retention counts days, weeks and months in it as well.
   *
   * @default Etc/UTC
   */
  readonly timeZone?: string;
}

/** Once an hour. */
export interface HourlySchedule extends ScheduleOptions {
  /**
   * The minute, from 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;
}

/** Once a day. */
export interface DailySchedule extends HourlySchedule {
  /** The hour, from 0 to 23. Where clocks go forward at night, choose one that every day has. */
  readonly hour: number;
}

/** Once a week. */
export interface WeeklySchedule extends DailySchedule {
  /** The day of the week. */
  readonly day: Weekday;
}

/** Once a month. */
export interface MonthlySchedule extends DailySchedule {
  /**
   * The day of the month, from 1 to 28: what every month has.
   *
   * @default 1
   */
  readonly day?: number;
}

const UTC = 'Etc/UTC';

/** When something is done again and again: a cron expression in a time zone. */
export class Schedule {
  /** Once an hour. @throws SNP020 */
  public static hourly(schedule: HourlySchedule = {}): Schedule {
    return new Schedule(`${minute(schedule)} * * * *`, schedule);
  }

  /** Once a day. @throws SNP020 */
  public static daily(schedule: DailySchedule): Schedule {
    return new Schedule(`${minute(schedule)} ${hour(schedule)} * * *`, schedule);
  }

  /** Once a week. @throws SNP020 */
  public static weekly(schedule: WeeklySchedule): Schedule {
    return new Schedule(`${minute(schedule)} ${hour(schedule)} * * ${within('the day of the week', schedule.day, 0, 6)}`, schedule);
  }

  /** Once a month. @throws SNP020 */
  public static monthly(schedule: MonthlySchedule): Schedule {
    return new Schedule(`${minute(schedule)} ${hour(schedule)} ${within('the day of the month', schedule.day ?? 1, 1, 28)} * *`, schedule);
  }

  /**
   * By a cron expression as a CronJob takes it: five fields, or a macro such as `@hourly`.
   *
   * @param expression minute, hour, day of the month, month, day of the week
   * @throws SNP020 when Kubernetes would refuse it; also for `@every`, which counts from when the controller started, and for a time zone in it
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  public static cron(expression: string, options: ScheduleOptions = {}): Schedule {
    return new Schedule(expression, options);
  }

  /** By a `Cron` of cdk8s. @throws SNP020 */
  public static fromCron(cron: Cron, options: ScheduleOptions = {}): Schedule {
    return new Schedule(cron?.expressionString, options);
  }

  /** The cron expression. */
  public readonly expression: string;

  /** The time zone by its IANA name. */
  public readonly timeZone: string;

  private constructor(expression: string, options: ScheduleOptions) {
    this.expression = expression;
    this.timeZone = checkTimeZone(options?.timeZone ?? UTC);
    if (typeof expression !== 'string') {
      malformed('the cron expression', expression, 'it is no text', "Schedule.cron('0 2 * * *')");
    }
    try {
      CronExpression.parse(expression);
    } catch (error) {
      malformed('the cron expression', expression, (error as Error).message, "minute, hour, day of the month, month and day of the week, such as Schedule.cron('30 2 * * 1-5', { timeZone: 'Europe/Berlin' })");
    }
  }
}

function malformed(what: string, value: unknown, problem: string, expected: string): never {
  return fail(undefined, SNAPSHOT_RULES.SNP020, { what, value: shown(value), problem, expected });
}

function within(what: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    malformed(what, value, 'there is none', `a whole number from ${least} to ${most}`);
  }
  return value;
}

const minute = (schedule: HourlySchedule) => within('the minute', schedule?.minute ?? 0, 0, 59);
const hour = (schedule: DailySchedule) => within('the hour', schedule?.hour, 0, 23);

/** Areas of the IANA database; Node.js knows others, of old. */
const AREA = /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)\//;
const WITHOUT_AREA = new Set([
  'CET', 'CST6CDT', 'Cuba', 'EET', 'EST', 'EST5EDT', 'Egypt', 'Eire', 'GB', 'GB-Eire', 'GMT', 'GMT+0', 'GMT-0', 'GMT0', 'Greenwich', 'HST', 'Hongkong', 'Iceland', 'Iran', 'Israel',
  'Jamaica', 'Japan', 'Kwajalein', 'Libya', 'MET', 'MST', 'MST7MDT', 'NZ', 'NZ-CHAT', 'Navajo', 'PRC', 'PST8PDT', 'Poland', 'Portugal', 'ROC', 'ROK', 'Singapore', 'Turkey', 'UCT', 'UTC',
  'Universal', 'W-SU', 'WET', 'Zulu',
]);
const CAPITALS = /^(GMT[+-]?\d*|UCT|UTC|ACT|NSW|LHI)$/;

/** Names are files in the image of the controller, so letters count, which Node.js does not mind; and `Local` is whatever that is. */
function isSpelt(timeZone: string): boolean {
  const [, ...names] = timeZone.split('/');
  return (names.length === 0 ? WITHOUT_AREA.has(timeZone) : AREA.test(timeZone)) && names.every(name => CAPITALS.test(name) || /^[A-Z](?=.*[a-z])[\w-]*$/.test(name));
}

function checkTimeZone(timeZone: string): string {
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: isSpelt(timeZone) ? timeZone : '' }).resolvedOptions();
    if (known !== timeZone && known.toLowerCase() === timeZone.toLowerCase()) {
      throw new RangeError();
    }
  } catch {
    malformed('the time zone', timeZone, 'the IANA database has none of that name', "such as timeZone: 'Asia/Shanghai' or 'Etc/UTC'");
  }
  return timeZone;
}
