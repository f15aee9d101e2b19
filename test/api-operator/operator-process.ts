import { ChildProcess, execFileSync, spawn } from 'child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { CACHE } from '../e2e/machine';
import { kubectl } from '../kubectl';

const ROOT = resolve(__dirname, '../..');
const CONTROLLER = join(ROOT, 'examples/storage-operator/controller');
export const BUNDLE = join(CONTROLLER, 'dist/controller.js');
/** Those of the first line of main.ts. */
const OPTIONS = ['--max-old-space-size=160'];
const HAVE = [process.env.NODE_22 ?? '', ...(existsSync(CACHE) ? readdirSync(CACHE).filter(name => name.startsWith('node-')).map(name => join(CACHE, name, 'package/bin/node')) : []), process.execPath];

function isNewEnough(node: string): boolean {
  const [major, minor] = execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1).split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}

/** Node.js 22.19 or newer, as the client needs it: that of $NODE_22, of the test cluster, or this one. */
export const NODE = HAVE.filter(existsSync).find(isNewEnough) ?? '';

/** Tests that run an operator. */
export const describeOperator: typeof describe.skip = NODE === '' ? describe.skip : describe;
if (NODE === '') {
  console.warn('SKIPPED: there is no Node.js 22.19 or newer ($NODE_22), so no operator is run');
}

/** The API server of $KUBECONFIG, and a token of an account for three hours. */
export function signIn(namespace: string, account: string): { readonly server: string; readonly token: string } {
  return {
    server: kubectl('config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}'),
    token: kubectl('create', 'token', account, '--namespace', namespace, '--duration', '3h').trim(),
  };
}

/** A file by which a program signs in with a token, and returns its path. */
export function writeKubeconfig(path: string, server: string, token: string): string {
  writeFileSync(path, JSON.stringify({
    'apiVersion': 'v1', 'kind': 'Config', 'current-context': 'test',
    'clusters': [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    'users': [{ name: 'test', user: { token } }],
    'contexts': [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  }), { mode: 0o600 });
  return path;
}

/** As its Dockerfile does it, with the programs of this repository. */
export function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: CONTROLLER, stdio: 'pipe', env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` } });
}

export interface OperatorOptions {
  readonly directory: string;
  readonly pod: string;
  readonly namespace: string;
  /** Spoken to without asking for its certificate. */
  readonly server: string;
  readonly token: string;
  readonly ports: readonly [health: number, metrics: number];
  readonly env?: Record<string, string>;
  /** Started again when it ends, as a kubelet does. */
  readonly restart?: boolean;
}

/** The bundled controller, as a process. */
export class OperatorProcess {
  public log = '';
  public starts = 0;
  public readonly exits: (number | NodeJS.Signals | null)[] = [];
  private child!: ChildProcess;
  private stopping = false;

  public constructor(private readonly options: OperatorOptions) {
    mkdirSync(options.directory, { recursive: true });
    this.start();
  }

  public get pid(): number {
    return this.child.pid!;
  }

  /** Ends it, and says how it ended. */
  public async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.stopping = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      return this.child.signalCode ?? this.child.exitCode;
    }
    const ended = new Promise<number | NodeJS.Signals | null>(done => this.child.once('exit', (code, by) => done(by ?? code)));
    this.child.kill(signal);
    return ended;
  }

  public residentMebibytes(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))![1]) / 1024;
  }

  /** The value of each metric of the controller. */
  public async metrics(): Promise<Map<string, number>> {
    const text = await (await fetch(`http://127.0.0.1:${this.options.ports[1]}/metrics`)).text();
    return new Map([...text.matchAll(/^(storage_operator_\S+|process_resident\S+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]));
  }

  private start(): void {
    const { directory, pod, namespace, server, token, ports: [health, metrics], env, restart } = this.options;
    const kubeconfig = writeKubeconfig(join(directory, `${pod}.kubeconfig`), server, token);
    this.starts += 1;
    this.child = spawn(NODE, [...OPTIONS, BUNDLE], {
      env: { KUBECONFIG: kubeconfig, POD_NAME: pod, POD_NAMESPACE: namespace, HEALTH_PORT: String(health), METRICS_PORT: String(metrics), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    [this.child.stdout!, this.child.stderr!].forEach(stream => stream.on('data', data => { this.log += data; }));
    this.child.on('exit', (code, by) => {
      this.exits.push(by ?? code);
      if (restart && !this.stopping) {
        setTimeout(() => this.stopping || this.start(), 1000);
      }
    });
  }
}
