import { spawn } from 'child_process';
import { existsSync, readdirSync } from 'fs';
import { homedir } from 'os';
import { join, resolve } from 'path';

/** Node 22 as in the pod, where this machine has it; this Node otherwise, with what 22 has without being asked. */
const CACHE = join(homedir(), '.cache/storage-cluster');
const node22 = existsSync(CACHE) ? readdirSync(CACHE).filter(name => name.startsWith('node-22')).map(name => join(CACHE, name, 'package/bin/node')).find(existsSync) : undefined;
export const NODE = [node22 ?? process.execPath, '--experimental-websocket'];

const BUNDLE = resolve(__dirname, '../../imports/runtime/snapshot-runner.js');

export interface Finished {
  readonly code: number | null;
  /** What it wrote, one object for each line. */
  readonly log: any[];
  readonly output: string;
}

/** The bundle as a process. */
export class RunnerProcess {
  public readonly finished: Promise<Finished>;
  private readonly child;
  private output = '';

  public constructor(args: readonly string[], environment: Record<string, string>) {
    const [node, ...flags] = NODE;
    this.child = spawn(node, [...flags, BUNDLE, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (data: Buffer) => this.output += data);
    }
    this.finished = new Promise(done => this.child.on('close', code => done({ code, output: this.output, log: this.log() })));
  }

  public kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  public log(): any[] {
    return this.output.split('\n').filter(line => line.startsWith('{') && line.endsWith('}')).map(line => JSON.parse(line));
  }
}

/** What a run did, in the words of its log. */
export const messages = ({ log }: Finished) => log.map(({ message }) => message);
