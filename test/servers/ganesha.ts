import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { isIP } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Size } from 'cdk8s';
import { Nfs4Client } from './nfs4';
import { CsiDriver, NfsServer, NfsServerDeploymentOptions, StorageClass } from '../../src';
import { eventually, refusal, run } from '../kubectl';
import { testChart } from '../support';

/** The objects of a server on a block volume; of NFSv4.0 too, which our client speaks best. */
export function deployed(options: Partial<NfsServerDeploymentOptions> = {}, chart: Chart = testChart()): ApiObject[] {
  const storageClass = StorageClass.fromStorageClassName('block', { driver: CsiDriver.fromDriverName('block.example.com') });
  return NfsServer.deploy(chart, 'Server', {
    name: 'nfs',
    image: 'registry.example.com/nfs-ganesha:4.3',
    clients: ['127.0.0.0/8'],
    minorVersions: [0, 1, 2],
    exports: [{ name: 'shared' }],
    storage: { storageClass, size: Size.gibibytes(10) },
    ...options,
  }).apiObjects;
}

/** What a pod has: a root that cannot be written to, devices of no disk, and processes of its own. The rest is this machine's, with Debian's packages. */
const CONTAINER = `
set -eu
root=$1 directory=$2 data=$3 capabilities=$4; shift 4
mount -t tmpfs tmpfs $root
mkdir $root/up $root/work $root/pod
mount -t overlay overlay -o lowerdir=/,upperdir=$root/up,workdir=$root/work $root/pod
cd $root/pod
mkdir -p data etc/ganesha-server
mount -t proc proc proc
mount -t tmpfs tmpfs run; mkdir run/ganesha
mount -t tmpfs tmpfs tmp
mount -t tmpfs tmpfs dev
for name in null zero random urandom; do touch dev/$name; mount --bind /dev/$name dev/$name; done
ln -s /proc/self/fd dev/fd
mount --bind $data data
mount --bind $directory/run run/ganesha
mount --bind -o ro $directory/configuration etc/ganesha-server
mount -o remount,bind,ro .
# Not the shell that sets it up is to be its first process, but what the pod begins with.
exec chroot . setpriv --no-new-privs --bounding-set=$capabilities --inh-caps=$capabilities --reuid=0 --regid=0 --clear-groups "$@"
`;

/** Where the pod's root is mounted, in namespaces that end with it. */
const ROOT = mkdtempSync(join(tmpdir(), 'ganesha-root-'));

/** A pod's end, as Kubernetes would have it. */
export interface Ended {
  readonly code: number;
  readonly log: string;
}

/** A directory that outlives servers, as a claim does. */
export function claim(): string {
  return mkdtempSync(join(tmpdir(), 'ganesha-claim-'));
}

/** The pod of a synthesized server, as processes on this machine: its files, command, arguments, probe and capabilities are read from the manifests. */
export class Ganesha {
  /** Begins it. @param without a capability that it does not get */
  public static begin(objects: readonly ApiObject[], { data = claim(), without = '' } = {}): Ganesha {
    const [{ data: files }, { spec: { template } }] = ['ConfigMap', 'StatefulSet'].map(kind => objects.find(object => object.kind === kind)!.toJson());
    const [{ command, args, startupProbe, securityContext: { capabilities: { drop, add } } }] = template.spec.containers;
    const directory = mkdtempSync(join(tmpdir(), 'ganesha-pod-'));
    ['run', 'configuration'].forEach(name => mkdirSync(join(directory, name)));
    Object.entries<string>(files).forEach(([name, text]) => writeFileSync(join(directory, 'configuration', name), text));
    const granted = [`-${drop[0].toLowerCase()}`, ...add.filter((name: string) => name !== without).map((name: string) => `+${name.toLowerCase()}`)].join(',');
    return new Ganesha(directory, data, startupProbe.exec.command, [granted, ...command, ...args]);
  }

  /** Begins it, and waits until its probe succeeds. */
  public static async start(...[objects, options]: Parameters<typeof Ganesha.begin>): Promise<Ganesha> {
    const server = Ganesha.begin(objects, options);
    await server.ready();
    return server;
  }

  private readonly process: ChildProcess;
  private readonly end: Promise<Ended>;
  private output = '';
  private over = false;

  private constructor(private readonly directory: string, public readonly data: string, private readonly probe: string[], begin: string[]) {
    const isolated = ['--mount', '--pid', '--fork', '--kill-child', 'bash', '-c', CONTAINER, '-'];
    this.process = spawn('unshare', [...isolated, realpathSync(ROOT), directory, data, ...begin], { stdio: ['ignore', 'pipe', 'pipe'] });
    [this.process.stdout!, this.process.stderr!].forEach(stream => stream.on('data', text => { this.output += text; }));
    this.end = once(this.process, 'close').then(([code]) => {
      this.over = true;
      return { code, log: this.output };
    });
  }

  public get log(): string {
    return this.output;
  }

  /** As the kubelet judges it. */
  public async ready(): Promise<void> {
    await eventually('the server is ready', () => {
      if (this.over) {
        return true;
      }
      return existsSync(join(this.directory, 'run', 'ready'));
    }, 20).catch(error => { throw new Error(`${error.message}\n${this.output}`); });
    if (this.over) {
      throw new Error(`the server ended\n${this.output}`);
    }
    this.inside(...this.probe);
  }

  /** Runs a program in the pod. */
  public inside(...command: string[]): string {
    const first = readFileSync(`/proc/${this.process.pid}/task/${this.process.pid}/children`, 'utf8').trim();
    return run('nsenter', [`--target=${first}`, '--mount', '--pid', '--root', '--wd=/', ...command]);
  }

  /** What ended it, once it does. */
  public async ended(): Promise<Ended> {
    await eventually('the server ended', () => this.over, 20).catch(async error => {
      await this.kill();
      throw new Error(`${error.message}\n${this.output}`);
    });
    return this.end;
  }

  /** Ends it as a node does that fails: nothing in it is asked. */
  public async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.end;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Gives this machine an address, in the network of the tests. */
export function addAddress(address: string): void {
  if (!run('ip', ['-oneline', 'address', 'show', 'dev', 'lo']).includes(` ${address}/`)) {
    run('ip', isIP(address) === 6 ? ['address', 'add', `${address}/128`, 'dev', 'lo', 'nodad'] : ['address', 'add', `${address}/32`, 'dev', 'lo']);
  }
}

/** A client with an address. */
export function connect(from = '127.0.0.1', minor = 0): Promise<Nfs4Client> {
  addAddress(from);
  return Nfs4Client.connect(isIP(from) === 6 ? '::1' : '127.0.0.1', { from, minor });
}

/** Removes what tests leave that are over. */
export function clean(): void {
  for (const name of readdirSync(tmpdir()).filter(each => /^ganesha-(root|pod|claim)-/.test(each))) {
    refusal(() => rmSync(join(tmpdir(), name), { recursive: true }));
  }
}
