import { createServer, IncomingMessage, request as plain, Server, ServerResponse } from 'http';
import { Agent, request } from 'https';
import { AddressInfo } from 'net';

/** From 0 to below 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Fault = [name: string, weight: number];

/** What may happen to a watch; the rest of the weights to 1 is nothing. */
const OF_WATCHES: readonly Fault[] = [
  ['410', 0.08], ['500', 0.04], ['429', 0.04], ['refused', 0.04], ['cut', 0.2], ['cut-in-line', 0.15], ['error-410', 0.1], ['error-500', 0.03], ['ended', 0.08], ['stall', 0.08], ['garbage', 0.02],
];
/** What may happen to any other call. */
const OF_CALLS: readonly Fault[] = [['500', 0.02], ['503', 0.01], ['429', 0.02], ['refused', 0.02], ['answer-lost', 0.03], ['slow', 0.03], ['stall', 0.004]];

/** A proxy in front of an API server that does harm, as long as it is told to. */
export class FaultProxy {
  public harm = false;
  /** What was done, and how often. */
  public readonly done: Record<string, number> = {};
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;
  /** Those that nobody ends. */
  private readonly stalled = new Set<IncomingMessage>();

  public constructor(private readonly upstream: string, private readonly random: () => number) {
    this.server = createServer((incoming, outgoing) => this.handle(incoming, outgoing));
  }

  public async listen(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
  }

  private handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const isWatch = /[?&]watch=true/.test(incoming.url!);
    const fault = this.harm ? this.choose(isWatch ? OF_WATCHES : OF_CALLS) : '';
    if (fault) {
      const name = `${isWatch ? 'watch' : 'call'} ${fault}`;
      this.done[name] = (this.done[name] ?? 0) + 1;
    }
    if (fault === 'refused') {
      incoming.socket.destroy();
    } else if (/^\d+$/.test(fault)) {
      incoming.resume();
      outgoing.writeHead(Number(fault), { 'Content-Type': 'application/json', ...(fault === '429' ? { 'Retry-After': '1' } : {}) });
      outgoing.end(JSON.stringify(status(Number(fault))));
    } else if (fault === 'stall' && !isWatch) {
      this.stalled.add(incoming.resume());
    } else {
      setTimeout(() => this.forward(incoming, outgoing, isWatch, fault), fault === 'slow' ? this.random() * 4000 : 0);
    }
  }

  private choose(faults: readonly Fault[]): string {
    let at = this.random();
    return faults.find(([, weight]) => (at -= weight) < 0)?.[0] ?? '';
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse, isWatch: boolean, fault: string): void {
    const url = new URL(incoming.url!, this.upstream);
    const tls = url.protocol === 'https:';
    const forwarded = (tls ? request : plain)(url, {
      method: incoming.method, headers: { ...incoming.headers, host: url.host }, ...(tls ? { agent: this.agent, rejectUnauthorized: false } : {}),
    }, answer => {
      if (fault === 'answer-lost') {
        answer.resume().on('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode!, answer.headers);
      outgoing.flushHeaders();
      if (isWatch && fault) {
        this.spoil(answer, outgoing, fault);
      } else {
        answer.pipe(outgoing);
      }
      answer.on('error', () => outgoing.destroy());
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  }

  /** Passes a watch on for a while. */
  private spoil(answer: IncomingMessage, outgoing: ServerResponse, fault: string): void {
    let spoilt = false;
    const end = (last: string | undefined, how: 'end' | 'destroy') => {
      if (outgoing.writableEnded || outgoing.destroyed) {
        return;
      }
      if (last === undefined) {
        outgoing[how]();
      } else {
        outgoing.write(last, () => outgoing[how]());
      }
    };
    answer.on('data', (chunk: Buffer) => {
      if (!spoilt) {
        outgoing.write(chunk);
      } else if (fault === 'cut-in-line') {
        end(chunk.toString().slice(0, Math.ceil(chunk.length / 2)), this.random() < 0.5 ? 'destroy' : 'end');
      }
    });
    answer.on('end', () => fault === 'stall' || outgoing.end());
    setTimeout(() => {
      spoilt = true;
      switch (fault) {
        case 'cut':
          return end(undefined, 'destroy');
        case 'ended':
          return end(undefined, 'end');
        case 'error-410':
        case 'error-500':
          return end(`${JSON.stringify({ type: 'ERROR', object: status(Number(fault.slice(6))) })}\n`, 'end');
        case 'garbage':
          return end('{"type":"MODIF\n', 'destroy');
        default: // stall: not a word more, and no end; cut-in-line: with the next event
          return undefined;
      }
    }, this.random() * 15_000);
  }
}

function status(code: number): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: `fault ${code}`, reason: code === 410 ? 'Expired' : 'InternalError', code };
}
