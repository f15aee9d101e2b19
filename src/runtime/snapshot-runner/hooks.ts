import { ApiClient } from './api-client';
import { EndedEarly, ExecSession } from './exec-session';
import { ENDINGS, FREEZE_SCRIPT } from './freeze-script';
import { info, warn } from './log';
import { Locks } from './parallel';
import { Pod, PodLister } from './pods';
import { Hook } from '../runner-config';

/** To connect, beside the time that freezing may take; and for the thaw. */
const GRACE = 15_000;
const THAW_LIMIT = 60_000;

interface Held {
  readonly where: string;
  readonly hook: Hook;
  readonly session: ExecSession;
}

/** Applications that are frozen for one snapshot. */
export class Freezer {
  private readonly held: Held[] = [];
  private release?: () => void;

  public constructor(
    private readonly api: ApiClient, private readonly pods: PodLister, private readonly locks: Locks, private readonly hooks: readonly Hook[],
    private readonly namespace: string, private readonly claims: readonly string[],
  ) {}

  /** In the order of the hooks. @throws an Error if one fails that is not optional; what is frozen then has to be thawed all the same */
  public async freeze(): Promise<void> {
    const found = new Map<Hook, Pod[]>();
    await this.eachHook(async hook => { found.set(hook, await this.podsOf(hook)); });
    // Two claims of one pod: the thaw of the first would end the freeze of the second.
    this.release = await this.locks.acquire([...found.values()].flat().map(({ name }) => `${this.namespace}/${name}`));
    await this.eachHook(async hook => {
      for (const pod of found.get(hook) ?? []) {
        await this.freezeOne(hook, pod);
      }
    });
  }

  /** As soon as one that has to be frozen is no longer. @throws an Error then */
  public async over(): Promise<void> {
    await new Promise((_, reject) => {
      for (const { where, session } of this.held.filter(({ hook }) => !hook.optional)) {
        void session.ended.then(() => reject(new Error(`${where}: thawed before the snapshot was taken`)));
      }
    });
  }

  /** In the reverse order; returns what was wrong: those that were not frozen all the time, and those that could not be thawed. */
  public async thaw(): Promise<string[]> {
    const problems: string[] = [];
    for (const { where, hook, session } of this.held.reverse()) {
      session.send('thaw');
      const limit = new Promise<undefined>(resolve => setTimeout(resolve, THAW_LIMIT, undefined).unref());
      const ending = await Promise.race([session.ended, limit]);
      session.close();
      const problem = ending === undefined ? `thawing did not end within ${THAW_LIMIT / 1000} s` : ending.code === 0 ? undefined : explain(ending);
      if (problem === undefined) {
        info('thawed', { pod: where });
      } else {
        warn('not frozen until the snapshot was taken, or not thawed', { pod: where, why: problem });
        if (!hook.optional) {
          problems.push(`${where}: ${problem}`);
        }
      }
    }
    this.held.length = 0;
    this.release?.();
    return problems;
  }

  private async eachHook(work: (hook: Hook) => Promise<void>): Promise<void> {
    for (const hook of this.hooks) {
      try {
        await work(hook);
      } catch (problem) {
        if (!hook.optional) {
          throw problem;
        }
        warn('not frozen, and taken all the same', { namespace: this.namespace, why: (problem as Error).message });
      }
    }
  }

  private async freezeOne(hook: Hook, pod: Pod): Promise<void> {
    const container = hook.container ?? pod.container;
    const where = `${this.namespace}/${pod.name}/${container}`;
    const session = new ExecSession(this.api, this.namespace, pod.name, container, ['sh', '-c', FREEZE_SCRIPT, 'sh', String(hook.timeoutSeconds), hook.freeze, hook.thaw]);
    let timer: NodeJS.Timeout;
    const limit = new Promise((_, reject) => timer = setTimeout(reject, hook.timeoutSeconds * 1000 + GRACE, new Error('it does not answer')));
    try {
      await Promise.race([session.line('frozen'), limit]);
      this.held.push({ where, hook, session });
      info('frozen', { pod: where });
    } catch (problem) {
      session.close();
      throw new Error(`${where}: ${problem instanceof EndedEarly ? explain(problem.ending) : (problem as Error).message}`);
    } finally {
      clearTimeout(timer!);
    }
  }

  private async podsOf({ podLabels }: Hook): Promise<Pod[]> {
    const pods = await this.pods.list(this.namespace);
    const users = pods.filter(({ claims }) => claims.some(claim => this.claims.includes(claim)));
    if (podLabels === undefined) {
      return users; // where none runs, nothing writes
    }
    const chosen = pods.filter(({ labels }) => Object.entries(podLabels).every(([label, value]) => labels[label] === value));
    if (chosen.length === 0 && users.length > 0) {
      throw new Error(`no pod with the labels ${JSON.stringify(podLabels)} is running in ${this.namespace}, but ${users[0].name} uses the claim`);
    }
    return chosen;
  }
}

function explain({ code, output }: { readonly code?: number; readonly output: string }): string {
  return [code === undefined ? undefined : ENDINGS[code] ?? `ended with ${code}`, output].filter(Boolean).join(': ');
}
