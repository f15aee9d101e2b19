import { setTimeout as delay } from 'timers/promises';
import { Cache } from './cache';
import { ApiError, Client } from './client';
import type { KubernetesObject } from './kubernetes';
import { log } from './log';
import { watchRestarts } from './metrics';
import type { Resource } from './resources';

const CONNECT_SECONDS = 15;
/** How much longer than its own time a watch may take, before it is taken for dead. */
const GRACE_SECONDS = 5;
/** A watch that was up for so long was no failure. */
const STEADY_MS = 5_000;
const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 15_000;
const ABSENT_MS = 60_000;

export interface InformerOptions<T extends KubernetesObject> {
  readonly client: Client;
  readonly resource: Resource;
  readonly cache: Cache<T>;
  /** All where it is missing. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  /** Whether the cluster may not have the kind: there are none then. */
  readonly optional?: boolean;
  /** How long a watch is asked to last. Less time is lost to one that died without a word. */
  readonly watchSeconds: number;
  /** After how long all is listed again. */
  readonly resyncSeconds: number;
  /** Told after each list. */
  readonly listed?: () => void;
}

interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T & { readonly code?: number; readonly message?: string };
}

/** The stream has an error in it, or a watch took longer than it may: what was missed is not known. */
class Lost extends Error {
  public constructor(public readonly cause: string, message: string) {
    super(message);
  }
}

/**
 * Keeps a cache like what the API server has: a list, then watches, each from where the one before ended. Whatever goes wrong, it goes on:
 * after a cut from the last event that came whole, and with a new list where that is too old or not to be trusted.
 *
 * The ListWatch of @kubernetes/client-node stops at the first error but 410, and its Watch skips lines that it cannot read.
 */
export class Informer<T extends KubernetesObject> {
  /** When there was a first list. */
  public readonly synced: Promise<void>;
  private firstListed!: () => void;
  private version: string | undefined;
  private listedAt = 0;
  private failures = 0;
  private absent = false;

  public constructor(private readonly options: InformerOptions<T>) {
    this.synced = new Promise(resolve => { this.firstListed = resolve; });
  }

  /** Until it is told to stop. */
  public async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const began = Date.now();
      try {
        await this.step(signal);
        // One that ends at once, again and again, is a failure too.
        this.failures = Date.now() - began > STEADY_MS ? 0 : this.failures + 1;
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.failed(error as Error, Date.now() - began);
      }
      await this.pause(signal);
    }
  }

  private async step(signal: AbortSignal): Promise<void> {
    if (this.version === undefined || Date.now() - this.listedAt > this.options.resyncSeconds * 1000) {
      await this.list();
    }
    if (this.version !== undefined) {
      await this.follow(this.version, signal);
    }
  }

  private failed(error: Error, lasted: number): void {
    const { plural } = this.options.resource;
    const cause = error instanceof Lost ? error.cause : error instanceof ApiError ? String(error.code) : 'connection';
    watchRestarts.inc({ resource: plural, cause });
    log('watch restarts', { resource: plural, cause, error: error.message });
    if (error instanceof Lost || (error instanceof ApiError && error.code === 410)) {
      this.version = undefined;
    }
    this.failures = lasted > STEADY_MS ? 1 : this.failures + 1;
  }

  private async pause(signal: AbortSignal): Promise<void> {
    const backoff = this.failures === 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (this.failures - 1), LAST_DELAY_MS) * (0.5 + Math.random() / 2);
    await delay(this.absent ? ABSENT_MS : backoff, undefined, { signal }).catch(() => undefined);
  }

  private async list(): Promise<void> {
    const { client, resource, namespace, labelSelector, cache, optional, listed } = this.options;
    this.version = undefined;
    this.absent = false;
    try {
      // Without a version it is the state of now, and not what some server had cached.
      const list = await client.call<{ readonly metadata: { readonly resourceVersion: string }; readonly items: readonly T[] }>({
        verb: 'list', resource, namespace, query: labelSelector ? { labelSelector } : {}, seconds: 60,
      });
      cache.replace(list.items, list.metadata.resourceVersion);
      this.version = list.metadata.resourceVersion;
      this.listedAt = Date.now();
    } catch (error) {
      if (!(optional && error instanceof ApiError && error.code === 404)) {
        throw error;
      }
      this.absent = true;
      cache.replace([], '0');
    }
    this.firstListed();
    listed?.();
  }

  private async follow(from: string, signal: AbortSignal): Promise<void> {
    const { client, resource, namespace, labelSelector, watchSeconds } = this.options;
    const seconds = Math.ceil(watchSeconds * (0.75 + Math.random() / 2));
    const controller = new AbortController();
    const stop = () => controller.abort();
    signal.addEventListener('abort', stop);
    let timer = setTimeout(stop, CONNECT_SECONDS * 1000);
    try {
      const stream = await client.watch({
        verb: 'watch',
        resource,
        namespace,
        query: { watch: 'true', resourceVersion: from, allowWatchBookmarks: 'true', timeoutSeconds: String(seconds), ...(labelSelector ? { labelSelector } : {}) },
        signal: controller.signal,
      });
      clearTimeout(timer);
      timer = setTimeout(stop, (seconds + GRACE_SECONDS) * 1000);
      stream.setEncoding('utf8');
      let rest = '';
      for await (const chunk of stream) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop()!;
        lines.filter(line => line !== '').forEach(line => this.event(line));
      }
    } catch (error) {
      throw controller.signal.aborted ? new Lost('stalled', `the watch did not end within its ${seconds} s`) : error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  private event(line: string): void {
    let event: WatchEvent<T>;
    try {
      event = JSON.parse(line) as WatchEvent<T>;
    } catch {
      throw new Lost('unreadable', `the watch has a line that is no JSON: ${line.slice(0, 100)}`);
    }
    const { type, object } = event;
    if (type === 'ERROR') {
      throw new Lost(String(object.code), object.message ?? 'an error in the watch');
    }
    const version = object.metadata.resourceVersion!;
    if (type === 'BOOKMARK') {
      this.options.cache.reach(version);
    } else {
      this.options.cache.apply(type, object);
    }
    this.version = version;
  }
}
