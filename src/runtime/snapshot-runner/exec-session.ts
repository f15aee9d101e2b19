import { ApiClient, ApiError } from './api-client';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
const LONGEST_OUTPUT = 2_000;

/** A process in a container: how it ended. */
export interface Ending {
  /** Undefined where the connection was lost first. */
  readonly code?: number;
  /** What it wrote to its error output, or what was wrong with the connection. */
  readonly output: string;
}

/** A process in a container whose input stays open. When the connection ends, however it does, the process reads the end of its input. */
export class ExecSession {
  /** When the process or the connection ended; never rejected. */
  public readonly ended: Promise<Ending>;

  private readonly socket: WebSocket;
  private readonly said: Record<number, string> = { [STDOUT]: '', [STDERR]: '' };
  private onOutput: () => void;

  public constructor(private readonly api: ApiClient, namespace: string, pod: string, container: string, command: readonly string[]) {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/exec`;
    const query: [string, string][] = [['container', container], ['stdin', 'true'], ['stdout', 'true'], ['stderr', 'true'], ...command.map((word): [string, string] => ['command', word])];
    this.socket = new WebSocket(this.api.url('wss', path, query), { protocols: ['v5.channel.k8s.io', 'v4.channel.k8s.io'], headers: this.api.authorization() });
    this.socket.binaryType = 'arraybuffer';
    this.onOutput = () => {};
    this.ended = new Promise(resolve => {
      let opened = false;
      const end = (code: number | undefined, output: string) => {
        resolve({ code, output: output.trim() });
        this.close();
      };
      this.socket.addEventListener('open', () => opened = true);
      this.socket.addEventListener('message', ({ data }) => {
        const [channel, ...bytes] = new Uint8Array(data);
        const text = Buffer.from(bytes).toString();
        if (channel === STATUS) {
          const status = JSON.parse(text);
          const code = status.status === 'Success' ? 0 : Number(status.details?.causes?.find(({ reason }: any) => reason === 'ExitCode')?.message ?? NaN);
          end(Number.isNaN(code) ? undefined : code, this.said[STDERR] || (status.message ?? ''));
        } else if (channel in this.said) {
          this.said[channel] = (this.said[channel] + text).slice(-LONGEST_OUTPUT);
          this.onOutput();
        }
      });
      this.socket.addEventListener('close', () => void (opened ? Promise.resolve('the connection was lost') : this.explain(path, query)).then(why => end(undefined, why)));
      this.socket.addEventListener('error', () => {}); // close follows
    });
  }

  /** When its output has this line. @throws an Error if it ends before */
  public async line(line: string): Promise<void> {
    const seen = new Promise<undefined>(resolve => this.onOutput = () => this.said[STDOUT].split('\n').includes(line) && resolve(undefined));
    this.onOutput();
    const ending = await Promise.race([seen, this.ended]);
    if (ending !== undefined) {
      throw new EndedEarly(ending);
    }
  }

  /** A line on its input. */
  public send(line: string): void {
    this.socket.send(Buffer.from([STDIN, ...Buffer.from(`${line}\n`)]));
  }

  public close(): void {
    this.socket.close();
  }

  /** Why the connection was refused: a WebSocket does not tell, but the same request without one does. */
  private async explain(path: string, query: readonly [string, string][]): Promise<string> {
    try {
      await this.api.request('GET', path, { query: Object.fromEntries(query.filter(([key]) => key !== 'command')) });
    } catch (problem) {
      if (!(problem instanceof ApiError && problem.status === 400 && /upgrade/i.test(problem.message))) {
        return (problem as Error).message;
      }
    }
    return 'no connection to the container';
  }
}

/** A process ended although it was wanted. */
export class EndedEarly extends Error {
  public constructor(public readonly ending: Ending) {
    super(ending.output);
  }
}
