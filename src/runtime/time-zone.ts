const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a moment is on the clocks and calendars of a time zone. Each is a number that is the same within that time, and only there. */
export interface LocalTime {
  readonly hour: number;
  readonly day: number;
  /** From Monday. */
  readonly week: number;
  readonly month: number;
  readonly year: number;
}

/** Reads the clocks of a time zone, fast: the engine is asked for the offset of each day's ends, and only between two that differ for that of a minute. */
export class TimeZone {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

  public constructor(name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  public at(time: number): LocalTime {
    const offset = this.offset(time);
    const local = new Date(time + offset);
    const day = Math.floor(local.getTime() / DAY);
    return {
      // With the offset: where clocks go back, the same hour comes twice.
      hour: Math.floor(local.getTime() / HOUR) * DAY + offset / 1000,
      day,
      week: Math.floor((day + 3) / 7), // 1970 began on a Thursday
      month: local.getUTCFullYear() * 12 + local.getUTCMonth(),
      year: local.getUTCFullYear(),
    };
  }

  /** What its clocks are ahead of UTC, in milliseconds. */
  public offset(time: number): number {
    const day = Math.floor(time / DAY) * DAY;
    const start = this.offsetOf(day);
    return start === this.offsetOf(day + DAY) ? start : this.offsetOf(Math.floor(time / MINUTE) * MINUTE);
  }

  private offsetOf(time: number): number {
    let offset = this.offsets.get(time);
    if (offset === undefined) {
      const part = Object.fromEntries(this.format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
      offset = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - time;
      this.offsets.set(time, offset);
    }
    return offset;
  }
}
