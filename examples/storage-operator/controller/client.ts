import * as http from 'http';
import * as https from 'https';
import type { KubeConfig } from './kube-config.mjs' with { 'resolution-mode': 'import' };
import { apiCalls } from './metrics';
import { MANAGER } from './names';
import type { Resource } from './resources';

/** How long a call may take, unless it says otherwise. */
export const CALL_SECONDS = 15;
const METHODS = { get: 'GET', list: 'GET', watch: 'GET', create: 'POST', update: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;
/** As JSON merge patch (RFC 7396), or as JSON patch (RFC 6902) where it is a list. */
const patchType = (body: unknown) => `application/${Array.isArray(body) ? 'json-patch' : 'merge-patch'}+json`;

export interface Call {
  readonly verb: keyof typeof METHODS;
  readonly resource: Resource;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** @default 15 */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/** An answer that is none of success. */
export class ApiError extends Error {
  /** @param retryAfterSeconds what the API server asks for, if it does */
  public constructor(
    public readonly code: number, public readonly reason: string, message: string, public readonly retryAfterSeconds?: number, public readonly causes: readonly string[] = [],
  ) {
    super(message);
  }
}

/**
 * Calls of the API server, with the cluster and credentials of @kubernetes/client-node, and Node's own HTTP: connections are used again
 * (the generated clients of that library open one for each call), nothing is asked but what is written here, and every call has a time limit.
 */
export class Client {
  private readonly agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  private readonly server: string;

  public constructor(private readonly config: KubeConfig) {
    this.server = config.getCurrentCluster()!.server;
  }

  /** @throws ApiError, or another Error if there is no answer in time */
  public async call<T>(call: Call): Promise<T> {
    const limit = AbortSignal.timeout(Math.floor((call.seconds ?? CALL_SECONDS) * 1000));
    const response = await this.open(call, limit);
    const text = await textOf(response);
    if (response.statusCode! >= 300) {
      throw failure(response, text);
    }
    return JSON.parse(text) as T;
  }

  /** The stream of a watch, when it has begun. */
  public async watch(call: Call & { readonly signal: AbortSignal }): Promise<http.IncomingMessage> {
    const response = await this.open(call, call.signal);
    if (response.statusCode !== 200) {
      throw failure(response, await textOf(response));
    }
    return response;
  }

  private async open(call: Call, signal: AbortSignal): Promise<http.IncomingMessage> {
    const { verb, resource, body } = call;
    const count = (code: number | string) => apiCalls.inc({ verb, resource: resource.plural + (call.subresource ? `/${call.subresource}` : ''), code });
    try {
      const response = await this.send(call, body === undefined ? undefined : JSON.stringify(body), signal);
      count(response.statusCode!);
      return response;
    } catch (error) {
      count('none');
      throw signal.aborted ? new Error(`${verb} ${resource.plural}: no answer in time`) : error;
    }
  }

  private async send(call: Call, body: string | undefined, signal: AbortSignal): Promise<http.IncomingMessage> {
    // What is needed of the user and cluster, read anew each time: tokens change.
    const options: https.RequestOptions = {};
    await this.config.applyToHTTPSOptions(options as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
    const url = this.url(call);
    const protocol = url.protocol as keyof typeof this.agents;
    const viaProxy = this.config.getCurrentCluster()?.proxyUrl !== undefined;
    return new Promise((resolve, reject) => {
      const request = (protocol === 'http:' ? http : https).request(url, {
        ...options,
        agent: viaProxy ? options.agent : this.agents[protocol],
        method: METHODS[call.verb],
        signal,
        headers: {
          ...options.headers,
          'Accept': 'application/json',
          'User-Agent': MANAGER,
          ...(body === undefined ? {} : { 'Content-Type': call.verb === 'patch' ? patchType(call.body) : 'application/json', 'Content-Length': Buffer.byteLength(body) }),
        },
      }, resolve);
      request.on('error', reject);
      request.end(body);
    });
  }

  private url({ verb, resource, namespace, name, subresource, query }: Call): URL {
    const path = [resource.api, ...(namespace ? ['namespaces', namespace] : []), resource.plural, ...(name ? [name] : []), ...(subresource ? [subresource] : [])].join('/');
    const url = new URL(this.server.replace(/\/$/, '') + path);
    const writes = verb === 'create' || verb === 'update' || verb === 'patch';
    Object.entries({ ...(writes ? { fieldManager: MANAGER } : {}), ...query }).forEach(([key, value]) => url.searchParams.set(key, value));
    return url;
  }
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += chunk;
  }
  return text;
}

function failure({ statusCode, headers }: http.IncomingMessage, text: string): ApiError {
  const retryAfter = Number(headers['retry-after']);
  return errorOf(statusCode!, text, Number.isFinite(retryAfter) ? retryAfter : undefined);
}

function errorOf(code: number, text: string, retryAfter?: number): ApiError {
  try {
    const { reason = '', message = text, details } = JSON.parse(text) as { reason?: string; message?: string; details?: { causes?: { reason?: string }[] } };
    return new ApiError(code, reason, message, retryAfter, details?.causes?.map(cause => cause.reason ?? ''));
  } catch {
    return new ApiError(code, '', `answer ${code}: ${text.slice(0, 200)}`, retryAfter);
  }
}
