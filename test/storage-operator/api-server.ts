import { createServer, IncomingMessage, Server } from 'http';
import type { AddressInfo } from 'net';
import { Client } from '../../examples/storage-operator/controller/client';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly type?: string;
  readonly body: any;
}

/** What is answered: a code and an object; a number alone is that of a failure; nothing is a connection that is cut. */
export type Answer = readonly [code: number, body: unknown] | undefined;

/** An API server as small as can be: a test says what it answers, and sees what it was asked. */
export class ApiServer {
  public readonly requests: Request[] = [];
  private readonly server: Server = createServer((incoming, outgoing) => {
    void this.take(incoming).then(answer => {
      if (!answer) {
        incoming.socket.destroy();
        return;
      }
      const [code, body] = answer;
      outgoing.writeHead(code, { 'Content-Type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  public answer: (request: Request) => Answer | Promise<Answer> = () => [200, {}];

  /** The calls so far, as `METHOD path`. */
  public get calls(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  public async client(): Promise<Client> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    const server = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return new Client({ getCurrentCluster: () => ({ server }), applyToHTTPSOptions: async () => undefined } as unknown as ConstructorParameters<typeof Client>[0]);
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async take(incoming: IncomingMessage): Promise<Answer> {
    let text = '';
    for await (const chunk of incoming) {
      text += chunk;
    }
    const { pathname, searchParams } = new URL(incoming.url!, 'http://localhost');
    const request = { method: incoming.method!, path: pathname, query: searchParams, type: incoming.headers['content-type'], body: text === '' ? undefined : JSON.parse(text) };
    this.requests.push(request);
    return this.answer(request);
  }
}

export const status = (code: number, reason: string): Answer => [code, { kind: 'Status', code, reason, message: `${reason}!` }];
