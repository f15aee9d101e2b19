import { createServer, IncomingMessage, request as plain, Server, ServerResponse } from 'http';
import { Agent, request } from 'https';
import { AddressInfo } from 'net';

const PRIME = 2 ** 31 - 1;

/** From 0 to below 1, the same for the same seed: the generator of Park and Miller. */
export function seeded(seed: number): () => number {
  let state = seed % (PRIME - 1) + 1;
  return () => {
    state = state * 48271 % PRIME;
    return (state - 1) / (PRIME - 1);
  };
}

type Fault = [name: string, weight: number];

/** What may come instead of a watch; the rest of the weights to 1 is nothing. */
const OF_WATCHES: readonly Fault[] = [['410', 0.1], ['500', 0.05], ['429', 0.05], ['refused', 0.05]];
/** What becomes of watches that are open. */
const OF_STREAMS: readonly Fault[] = [['cut', 0.25], ['cut-in-line', 0.25], ['error-410', 0.15], ['error-500', 0.05], ['ended', 0.15], ['stall', 0.1], ['garbage', 0.05]];
/** How often an open watch is harmed, of all of them. */
const EVERY_MS = 3000;
/** What may happen to any other call. */
const OF_CALLS: readonly Fault[] = [['500', 0.02], ['503', 0.01], ['429', 0.02], ['refused', 0.02], ['answer-lost', 0.03], ['slow', 0.03], ['stall', 0.004]];

/** A proxy in front of an API server that does harm, as long as it is told to. */
export class FaultProxy {
  public harm = false;
  /** What was done, and how often. */
  public readonly done: Record<string, number> = {};
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;
  private readonly timer = setInterval(() => this.harmOne(), EVERY_MS);
  private readonly streams = new Set<(fault: string) => void>();

  public constructor(private readonly upstream: string, private readonly random: () => number) {
    this.server = createServer((incoming, outgoing) => this.handle(incoming, outgoing));
  }

  public async listen(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): void {
    clearInterval(this.timer);
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
  }

  private handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const isWatch = /[?&]watch=true/.test(incoming.url!);
    const fault = this.harm ? this.choose(isWatch ? OF_WATCHES : OF_CALLS) : '';
    if (fault) {
      this.count(`${isWatch ? 'watch' : 'call'} ${fault}`);
    }
    if (fault === 'refused') {
      incoming.socket.destroy();
    } else if (/^\d+$/.test(fault)) {
      incoming.resume();
      outgoing.writeHead(Number(fault), { 'Content-Type': 'application/json', ...(fault === '429' ? { 'Retry-After': '1' } : {}) });
      outgoing.end(JSON.stringify(status(Number(fault))));
    } else if (fault === 'stall') {
      incoming.resume();
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
      if (isWatch) {
        this.pass(answer, outgoing);
      } else {
        answer.pipe(outgoing);
      }
      answer.on('error', () => outgoing.destroy());
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  }

  /** Passes a watch on, until it is harmed. */
  private pass(answer: IncomingMessage, outgoing: ServerResponse): void {
    let fault = '';
    const end = (last: string, how: 'end' | 'destroy') => {
      this.streams.delete(harm);
      outgoing.write(last, () => outgoing[how]());
    };
    const harm = (how: string) => {
      fault = how;
      this.streams.delete(harm);
      switch (how) {
        case 'cut':
          outgoing.destroy();
          break;
        case 'ended':
          outgoing.end();
          break;
        case 'error-410':
        case 'error-500':
          end(`${JSON.stringify({ type: 'ERROR', object: status(Number(how.slice(6))) })}\n`, 'end');
          break;
        case 'garbage':
          end('{"type":"MODIF\n', 'destroy');
          break;
        default: // stall: not a word more, and no end; cut-in-line: with the next event
      }
    };
    this.streams.add(harm);
    outgoing.on('close', () => this.streams.delete(harm));
    answer.on('data', (chunk: Buffer) => {
      if (outgoing.writableEnded || outgoing.destroyed) {
        return;
      }
      if (fault === '') {
        outgoing.write(chunk);
      } else if (fault === 'cut-in-line') {
        end(chunk.subarray(0, Math.ceil(chunk.length * this.random())).toString(), this.random() < 0.5 ? 'destroy' : 'end');
      }
    });
    answer.on('end', () => fault === 'stall' || outgoing.end());
  }

  private harmOne(): void {
    const streams = [...this.streams];
    if (this.harm && streams.length > 0) {
      const fault = this.choose(OF_STREAMS);
      this.count(`stream ${fault}`);
      streams[Math.floor(this.random() * streams.length)](fault);
    }
  }

  private count(name: string): void {
    this.done[name] = (this.done[name] ?? 0) + 1;
  }
}

function status(code: number): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: `fault ${code}`, reason: code === 410 ? 'Expired' : 'InternalError', code };
}
