import { randomUUID } from 'crypto';
import { setTimeout as delay } from 'timers/promises';
import { ApiError, Client } from './client';
import type { KubernetesObject } from './kubernetes';
import { log } from './log';
import { isLeader } from './metrics';
import { RESOURCES } from './resources';

const DURATION_SECONDS = 15;
const RENEW_DEADLINE_MS = 10_000;
const RETRY_MS = 2_000;
const CALL_SECONDS = 4;

/** What time it is, by a clock that nobody sets, and by one that goes on while the machine is suspended. */
const clocks = () => ({ steady: performance.now(), wall: Date.now() });

interface LeaseObject extends KubernetesObject {
  readonly spec?: {
    readonly holderIdentity?: string;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
  };
}

export interface LeaseOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly name: string;
  /** The pod; each start of it is a holder of its own. */
  readonly pod: string;
  /** Told when another may have the lease. Nothing may be written after that. */
  readonly lost: () => void;
}

/** The right to be the one copy that works. Other clocks are not trusted: a lease has run out when it stayed the same for its whole time here. */
export class Lease {
  private readonly identity: string;
  private held: LeaseObject | undefined;
  private renewedAt = { steady: 0, wall: 0 };
  private seen: { readonly version: string; readonly at: number } | undefined;
  private readonly stopping = new AbortController();
  private renewing: Promise<void> | undefined;

  public constructor(private readonly options: LeaseOptions) {
    this.identity = `${options.pod}_${randomUUID()}`;
  }

  /** Waits for the lease, and then keeps it. */
  public async acquire(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (await this.take()) {
          isLeader.set(1);
          log('leader', { lease: this.options.name, identity: this.identity });
          this.renewing = this.keep();
          return;
        }
      } catch (error) {
        log('lease not taken', { error: (error as Error).message });
      }
      await delay(RETRY_MS * (0.9 + Math.random() / 5), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Whether it is ours beyond doubt; asked before each write, as a machine may have stood still. */
  public isHeld(): boolean {
    return this.held !== undefined && this.age() < RENEW_DEADLINE_MS;
  }

  /** For how long nobody else has it; nothing where it is not ours beyond doubt. */
  public secondsLeft(): number {
    return this.isHeld() ? DURATION_SECONDS - this.age() / 1000 : 0;
  }

  /** Gives it back, so that another copy takes it at once. */
  public async release(): Promise<void> {
    this.stopping.abort();
    await this.renewing;
    if (this.held && this.isHeld()) {
      await this.write({ ...this.held.spec, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime() });
      isLeader.set(0);
    }
  }

  /** In milliseconds. Where one clock was set back, the other one counts. */
  private age(): number {
    const { steady, wall } = clocks();
    return Math.max(steady - this.renewedAt.steady, wall - this.renewedAt.wall);
  }

  private async take(): Promise<boolean> {
    const lease = await this.read();
    const now = clocks();
    const spec = { holderIdentity: this.identity, leaseDurationSeconds: DURATION_SECONDS, acquireTime: microTime(), renewTime: microTime() };
    if (!lease) {
      this.held = await this.options.client.call<LeaseObject>({
        ...this.where(), name: undefined, verb: 'create',
        body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: this.options.name, namespace: this.options.namespace }, spec: { ...spec, leaseTransitions: 0 } },
      });
    } else {
      const { resourceVersion } = lease.metadata;
      if (this.seen?.version !== resourceVersion) {
        this.seen = { version: resourceVersion!, at: now.steady };
      }
      const { holderIdentity, leaseDurationSeconds = DURATION_SECONDS, leaseTransitions = 0 } = lease.spec ?? {};
      // Ours already: the answer to a call that took it was lost.
      if (holderIdentity && holderIdentity !== this.identity && now.steady - this.seen!.at < leaseDurationSeconds * 1000) {
        return false;
      }
      this.held = lease;
      await this.write({ ...spec, leaseTransitions: leaseTransitions + 1 }).catch(error => {
        this.held = undefined;
        throw error;
      });
    }
    this.renewedAt = now;
    return true;
  }

  private async keep(): Promise<void> {
    for (;;) {
      await delay(RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) {
        return;
      }
      // It counts from before the call: the API server may have had it then.
      const now = clocks();
      try {
        await this.renew();
        this.renewedAt = now;
      } catch (error) {
        log('lease not renewed', { error: (error as Error).message });
      }
      if (!this.isHeld()) {
        isLeader.set(0);
        this.options.lost();
        return;
      }
    }
  }

  private async renew(): Promise<void> {
    try {
      await this.write({ ...this.held!.spec, renewTime: microTime() });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) {
        this.held = undefined;
      }
      // The answer to an earlier write may have been lost on its way: then it is ours in another version.
      if (!(error instanceof ApiError && error.code === 409)) {
        throw error;
      }
      const lease = await this.read();
      if (lease?.spec?.holderIdentity !== this.identity) {
        this.held = undefined;
        throw new Error(`${lease?.spec?.holderIdentity || 'nobody'} has the lease`);
      }
      this.held = lease;
    }
  }

  private async write(spec: LeaseObject['spec']): Promise<void> {
    this.held = await this.options.client.call<LeaseObject>({ ...this.where(), verb: 'update', body: { ...this.held, spec } });
  }

  private async read(): Promise<LeaseObject | undefined> {
    try {
      return await this.options.client.call<LeaseObject>({ ...this.where(), verb: 'get' });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) {
        return undefined;
      }
      throw error;
    }
  }

  private where() {
    return { resource: RESOURCES.leases, namespace: this.options.namespace, name: this.options.name, seconds: CALL_SECONDS };
  }
}

function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
