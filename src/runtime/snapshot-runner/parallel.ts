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
