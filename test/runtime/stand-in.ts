import { execFileSync, spawn } from 'child_process';
import { createHash } from 'crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { IncomingMessage, ServerResponse } from 'http';
import { createServer, Server } from 'https';
import { AddressInfo } from 'net';
import { join } from 'path';
import { Duplex } from 'stream';
import { RunnerProcess } from './node';
import { RunnerConfig } from '../../src/runtime/runner-config';

/** What a request is answered with: a status and a body; nothing to have it answered as usual. */
export type Answer = { readonly status: number; readonly body: object; readonly headers?: Record<string, string> } | 'hang up' | undefined;

/**
 * An API server for what a test cannot have of a real one without nodes: faults at a given moment, and exec. Commands run on this machine, in `directory`,
 * over the protocol of the real one (v5.channel.k8s.io); what happens is appended to the file `did`.
 */
export class StandIn {
  public pods: object[] = [];
  public claims = ['data'];
  public readonly snapshots = new Map<string, any>();
  public readonly requests: string[] = [];
  public readonly tokens: (string | undefined)[] = [];
  /** Asked first. */
  public fault: (request: string) => Answer;
  /** What the storage says of a snapshot when it is listed. */
  public status: () => object | undefined;
  private readonly server: Server;
  private version = 1;

  public constructor(private readonly directory: string) {
    this.fault = () => undefined;
    this.status = () => ({ readyToUse: true, creationTime: '2026-03-01T02:00:00Z' });
    const [key, cert] = ['key.pem', 'cert.pem'].map(file => join(directory, file));
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=stand-in', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
    mkdirSync(join(directory, 'account'));
    writeFileSync(join(directory, 'account', 'token'), 'first');
    writeFileSync(join(directory, 'account', 'namespace'), 'shop');
    this.server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => void this.answer(request, response));
    this.server.on('upgrade', (request, socket) => this.exec(request, socket));
  }

  public listen(): Promise<void> {
    return new Promise(done => this.server.listen(0, '127.0.0.1', done));
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  public did(what?: string): string[] {
    const file = join(this.directory, 'did');
    appendFileSync(file, what === undefined ? '' : `${what}\n`);
    return readFileSync(file, 'utf8').split('\n').filter(line => line !== '');
  }

  public start(policy: Partial<RunnerConfig> = {}, run = 'nightly-1'): RunnerProcess {
    const config: RunnerConfig = {
      policy: 'nightly', namespaces: ['shop'], claims: {}, classes: { only: 'snap' }, retention: { minReady: 1, failedAfterSeconds: 60 }, timeZone: 'Etc/UTC', labels: {}, readyTimeoutSeconds: 10,
      maxParallel: 2, jitterSeconds: 0, maxPending: 3, hooks: [], surviveNamespaceDeletion: false, ...policy,
    };
    const file = join(this.directory, 'policy.json');
    writeFileSync(file, JSON.stringify(config));
    return new RunnerProcess([file], {
      KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String((this.server.address() as AddressInfo).port), NODE_EXTRA_CA_CERTS: join(this.directory, 'cert.pem'),
      SERVICE_ACCOUNT_DIRECTORY: join(this.directory, 'account'), RUN: run,
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'https://stand-in');
    const what = `${request.method} ${pathname.split('/').slice(-1)[0]}`;
    this.requests.push(what);
    this.tokens.push(request.headers.authorization);
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const answer = this.fault(what) ?? this.usual(request.method!, pathname, searchParams.get('labelSelector') ?? '', text === '' ? {} : JSON.parse(text));
    if (answer === 'hang up') {
      request.socket.destroy();
    } else {
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.body));
    }
  }

  private usual(method: string, path: string, selector: string, body: any): Exclude<Answer, 'hang up' | undefined> {
    const list = (items: object[]) => ({ status: 200, body: { metadata: {}, items } });
    const name = path.split('/').slice(-1)[0];
    if (path.endsWith('/exec')) {
      return { status: 400, body: { reason: 'BadRequest', message: 'Upgrade request required' } };
    } else if (name === 'persistentvolumeclaims') {
      return list(this.claims.map(claim => (
        { metadata: { namespace: 'shop', name: claim, uid: claim === 'data' ? 'uid' : `uid-of-${claim}` }, spec: { storageClassName: 'fast' }, status: { phase: 'Bound' } })));
    } else if (name === 'pods') {
      return list(this.pods);
    } else if (name === 'volumesnapshots' && method === 'POST') {
      this.did('create');
      const { metadata } = body;
      this.snapshots.set(metadata.name, { ...body, metadata: { ...metadata, uid: `uid-${this.version}`, resourceVersion: String(this.version++), creationTimestamp: new Date().toISOString() } });
    } else if (name === 'volumesnapshots') {
      const wanted = selector.split(',').map(pair => pair.split('='));
      const found = [...this.snapshots.values()].filter(({ metadata }) => wanted.every(([label, value]) => metadata.labels[label] === value));
      for (const snapshot of found.filter(({ status }) => !status?.creationTime)) {
        snapshot.status = this.status();
        this.did(snapshot.status?.creationTime && 'cut');
      }
      return list(found);
    } else if (method === 'PATCH') {
      const { labels } = this.snapshots.get(name).metadata;
      Object.keys(body.metadata.labels).forEach(label => delete labels[label]);
    } else if (method === 'DELETE') {
      this.did('delete');
      this.snapshots.delete(name);
    }
    return { status: 200, body: {} };
  }

  /** WebSocket, as far as it is needed: RFC 6455, messages below 64 KiB to the client, and below 126 bytes from it. */
  private exec(request: IncomingMessage, socket: Duplex): void {
    const url = new URL(request.url!, 'https://stand-in');
    this.requests.push('EXEC');
    const fault = this.fault('EXEC');
    if (fault !== undefined) {
      socket.end(`HTTP/1.1 ${fault === 'hang up' ? 500 : fault.status} No\r\nConnection: close\r\n\r\n`);
      return;
    }
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    const [protocol] = request.headers['sec-websocket-protocol']!.split(',');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${protocol.trim()}\r\n\r\n`);
    const send = (channel: number, data: string | Buffer) => {
      const payload = Buffer.concat([Buffer.from([channel]), Buffer.from(data)]);
      const head = payload.length < 126 ? [0x82, payload.length] : [0x82, 126, Math.floor(payload.length / 256), payload.length % 256];
      socket.write(Buffer.concat([Buffer.from(head), payload]));
    };
    const [command, ...args] = url.searchParams.getAll('command');
    const child = spawn(command, args, { cwd: this.directory, env: { ...process.env, POD: url.pathname.split('/')[6], CONTAINER: url.searchParams.get('container')! } });
    child.stdout.on('data', data => send(1, data));
    child.stderr.on('data', data => send(2, data));
    child.stdin.on('error', () => {});
    child.on('close', code => {
      send(3, JSON.stringify(code === 0 ? { status: 'Success' } : {
        status: 'Failure', reason: 'NonZeroExitCode', message: `command terminated with exit code ${code}`, details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
      }));
      socket.end(Buffer.from([0x88, 2, 3, 232]));
    });
    let buffered = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => {
      buffered = Buffer.concat([buffered, data]);
      while (buffered.length >= 6) {
        const length = buffered[1] % 128;
        if (buffered.length < 6 + length) {
          return;
        }
        // eslint-disable-next-line no-bitwise
        const payload = buffered.subarray(6, 6 + length).map((byte, index) => byte ^ buffered[2 + index % 4]);
        if (buffered[0] % 16 === 8) {
          socket.end(Buffer.from([0x88, 0]));
        } else if (payload[0] === 0) {
          child.stdin.write(payload.subarray(1));
        }
        buffered = buffered.subarray(6 + length);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => child.stdin.end());
  }
}
