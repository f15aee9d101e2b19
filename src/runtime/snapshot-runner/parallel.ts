import { setTimeout } from 'timers/promises';

/** @throws the reason of the signal, when it is given */
export const pause = (milliseconds: number, stop?: AbortSignal) => setTimeout(milliseconds, undefined, { signal: stop });

/** Does something with each, so many at a time. */
export async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker));
}

/** Lets one at a time have each of some things. */
export class Locks {
  private readonly last = new Map<string, Promise<void>>();

  /** Returns what gives them back. In one order, so that no two wait for each other. */
  public async acquire(keys: readonly string[]): Promise<() => void> {
    const releases: (() => void)[] = [];
    for (const key of [...new Set(keys)].sort()) {
      const before = this.last.get(key);
      this.last.set(key, new Promise(resolve => releases.push(resolve)));
      await before;
    }
    return () => releases.forEach(release => release());
  }
}
