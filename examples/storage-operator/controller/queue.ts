const FIRST_MS = 1_000;
const LAST_MS = 300_000;

export interface QueueOptions {
  readonly workers: number;
  /** Works on a key. If it throws, or answers true, the key comes again after a while. */
  readonly work: (key: string) => Promise<boolean>;
  /** Told when it throws. The answer is how long to wait at least, in milliseconds. */
  readonly failed: (key: string, error: Error) => number | undefined;
  readonly depth: (waiting: number) => void;
  /** From 0 to below 1. @default Math.random */
  readonly random?: () => number;
}

/**
 * Keys that wait for work: a key waits once, however often it is added, and only one worker has it at a time. One that is added while a
 * worker has it comes again after that.
 */
export class Queue {
  private readonly waiting = new Set<string>();
  private readonly atWork = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private stopped = false;
  private started = false;

  public constructor(private readonly options: QueueOptions) {}

  public add(key: string): void {
    if (this.atWork.has(key)) {
      this.again.add(key);
    } else {
      this.waiting.add(key);
    }
    this.next();
  }

  /** Begins; until then keys only wait, as not all may be known that is needed. */
  public start(): void {
    this.started = true;
    this.next();
  }

  /** Takes no more keys, and waits for those that are at work. */
  public async stop(): Promise<void> {
    this.stopped = true;
    this.timers.forEach(timer => clearTimeout(timer));
    await Promise.all(this.atWork.values());
  }

  private next(): void {
    for (const key of this.waiting) {
      if (!this.started || this.stopped || this.atWork.size >= this.options.workers) {
        break;
      }
      this.waiting.delete(key);
      clearTimeout(this.timers.get(key));
      this.timers.delete(key);
      this.atWork.set(key, this.run(key));
    }
    this.options.depth(this.waiting.size);
  }

  private async run(key: string): Promise<void> {
    let wait: number | undefined;
    try {
      wait = await this.options.work(key) ? 0 : undefined;
    } catch (error) {
      wait = this.options.failed(key, error as Error) ?? 0;
    }
    this.atWork.delete(key);
    if (wait === undefined) {
      this.failures.delete(key);
    } else {
      this.later(key, wait);
    }
    if (this.again.delete(key)) {
      this.waiting.add(key);
    }
    this.next();
  }

  /** Twice as long each time, and never all at once. */
  private later(key: string, atLeast: number): void {
    if (this.stopped) {
      return;
    }
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    const backoff = Math.min(FIRST_MS * 2 ** failures, LAST_MS);
    const delay = Math.max(atLeast, backoff * (0.5 + (this.options.random ?? Math.random)() / 2));
    this.timers.set(key, setTimeout(() => {
      this.timers.delete(key);
      this.add(key);
    }, delay));
  }
}
