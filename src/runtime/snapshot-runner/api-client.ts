import { readFileSync } from 'fs';
import { join } from 'path';
import { pause } from './parallel';

const TRIES = 8;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const TIMEOUT = 60_000;
const PAGE = 500;

/** What the API server refused. */
export class ApiError extends Error {
  public constructor(public readonly status: number, public readonly reason: string, message: string) {
    super(message);
  }
}

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  readonly contentType?: string;
}

/** Speaks to the API server of the cluster that it runs in, as its ServiceAccount. */
export class ApiClient {
  /** How many requests were sent, those too that were sent again. */
  public calls = 0;

  /** What time it is by the clock of the API server, which is the one of the objects' ages. */
  public serverTime?: number;

  private readonly server: string;
  private readonly account: string;

  public constructor(environment: NodeJS.ProcessEnv) {
    const { KUBERNETES_SERVICE_HOST: host = 'kubernetes.default.svc', KUBERNETES_SERVICE_PORT: port = '443' } = environment;
    // Node.js refuses addresses of IPv6 in certificates (nodejs/node#64144); the name is in the certificate as well.
    this.server = `${host.includes(':') ? 'kubernetes.default.svc' : host}:${port}`;
    this.account = environment.SERVICE_ACCOUNT_DIRECTORY ?? '/var/run/secrets/kubernetes.io/serviceaccount';
  }

  /** The namespace of the ServiceAccount. */
  public namespace(): string {
    return readFileSync(join(this.account, 'namespace'), 'utf8').trim();
  }

  /** Read each time: the kubelet replaces the token long before it ends. */
  public authorization(): Record<string, string> {
    return { authorization: `Bearer ${readFileSync(join(this.account, 'token'), 'utf8').trim()}` };
  }

  public url(scheme: string, path: string, query: Iterable<[string, string]> = []): string {
    const parameters = new URLSearchParams([...query]).toString();
    return `${scheme}://${this.server}${path}${parameters && `?${parameters}`}`;
  }

  /** Sent again, a bounded number of times, when the API server is busy or away. @throws ApiError */
  public async request(method: string, path: string, { query = {}, body, contentType = 'application/json' }: RequestOptions = {}): Promise<any> {
    const url = this.url('https', path, Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined));
    for (let attempt = 1; ; attempt++) {
      let wait = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
      try {
        this.calls++;
        const response = await fetch(url, {
          method, headers: { ...this.authorization(), 'accept': 'application/json', 'content-type': contentType }, body: body && JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT),
        });
        const text = await response.text();
        this.serverTime = Date.parse(response.headers.get('date') ?? '') || this.serverTime;
        if (response.ok) {
          return JSON.parse(text);
        }
        wait = Math.max(wait, Math.min(60, Number(response.headers.get('retry-after')) || 0) * 1000);
        throw refusal(response.status, text);
      } catch (problem) {
        const again = problem instanceof ApiError ? problem.status === 429 || problem.status >= 500 : isConnectionProblem(problem);
        if (!again || attempt === TRIES) {
          throw again && !(problem instanceof ApiError) ? new Error(`the API server does not answer: ${causes(problem)}`) : problem;
        }
        await pause(wait);
      }
    }
  }

  /** All objects of a list, page by page; of each only what is picked stays in memory. */
  public async list<T>(path: string, query: { readonly labelSelector?: string; readonly fieldSelector?: string }, pick: (item: any) => T | undefined): Promise<T[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const picked: T[] = [];
        let next: string | undefined;
        do {
          const { items, metadata } = await this.request('GET', path, { query: { ...query, limit: String(PAGE), continue: next } });
          for (const item of items) {
            const value = pick(item);
            if (value !== undefined) {
              picked.push(value);
            }
          }
          next = metadata.continue || undefined;
        } while (next !== undefined);
        return picked;
      } catch (problem) {
        // The place where the last page ended has been compacted away: from the beginning.
        if (!(problem instanceof ApiError && problem.status === 410) || attempt === TRIES) {
          throw problem;
        }
      }
    }
  }
}

function refusal(status: number, text: string): ApiError {
  try {
    const { reason, message } = JSON.parse(text);
    return new ApiError(status, String(reason), String(message));
  } catch {
    return new ApiError(status, '', `status ${status}: ${text.slice(0, 200)}`);
  }
}

/** fetch throws a TypeError when the connection is lost, and what AbortSignal throws when it lasts too long. */
const isConnectionProblem = (problem: unknown) => problem instanceof TypeError || problem instanceof DOMException;

const causes = (problem: any): string => [problem.message, problem.cause?.message].filter(Boolean).join(': ');
