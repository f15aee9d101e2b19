import { spawn } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { eventually, refusal, run } from '../../kubectl';

const PACKAGES = ['glusterfs-server', 'glusterfs-client', 'nfs-ganesha', 'nfs-ganesha-gluster'];

/** Why no Gluster can be had here, after an attempt to install it. */
export function whyNoGluster(): string | undefined {
  if (refusal(() => run('dpkg', ['--status', ...PACKAGES])) === '') {
    return undefined;
  }
  return refusal(() => {
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-qy', '--no-install-recommends', ...PACKAGES], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  }) || undefined;
}

/** Brick processes keep theirs there. */
const PROCESSES = '/var/run/gluster/vols';

const gluster = (...args: string[]) => run('gluster', ['--mode=script', ...args]);

/** A volume of a real Gluster, whose bricks lie in a directory of its own. */
export class GlusterVolume {
  public constructor(public readonly name: string, private readonly directory: string, private readonly host: string, private readonly replicas: number) {
    this.delete(); // what a test left that was killed
    mkdirSync(directory);
    gluster('volume', 'create', name, ...(replicas > 1 ? ['replica', `${replicas}`] : []), ...this.bricks.map(brick => `${host}:${brick}`), 'force');
    gluster('volume', 'start', name);
  }

  /** Its bricks' directories. */
  public get bricks(): string[] {
    return Array.from({ length: this.replicas }, (_, index) => join(this.directory, `brick${index + 1}`));
  }

  /** What each brick has of a file, or why it has not. */
  public contents(file: string): string[] {
    return this.bricks.map(brick => (existsSync(join(brick, file)) ? readFileSync(join(brick, file), 'utf8') : 'not there'));
  }

  /** Does something in a directory where the volume is mounted, as an administrator would. */
  public async mounted(work: (directory: string) => void): Promise<void> {
    const directory = join(this.directory, 'mount');
    mkdirSync(directory, { recursive: true });
    const pidFile = join(this.directory, 'client.pid');
    run('glusterfs', [`--volfile-server=${this.host}`, `--volfile-id=${this.name}`, `--pid-file=${pidFile}`, '--log-file=/dev/null', directory]);
    try {
      await eventually('the volume answers', () => run('stat', ['--file-system', '--format=%T', directory]).trim() === 'fuseblk');
      work(directory);
    } finally {
      run('umount', [directory]);
    }
  }

  /** Kills a brick as the kernel does when memory runs out. */
  public async killBrick(index: number): Promise<void> {
    const file = readdirSync(join(PROCESSES, this.name)).find(name => name.endsWith(`-brick${index + 1}.pid`))!;
    const pid = readFileSync(join(PROCESSES, this.name, file), 'utf8').trim();
    process.kill(Number(pid), 'SIGKILL');
    // Until it is reaped, glusterd takes it for one that runs, and would not start another.
    await eventually('nothing is left of it', () => !existsSync(join('/proc', pid)));
  }

  /** Starts bricks that are down. */
  public startBricks(): void {
    gluster('volume', 'start', this.name, 'force');
  }

  public delete(): void {
    refusal(() => run('umount', ['--lazy', join(this.directory, 'mount')]));
    refusal(() => gluster('volume', 'stop', this.name, 'force'));
    refusal(() => gluster('volume', 'delete', this.name));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/**
 * The Gluster of this machine, with volumes of the tests. Its daemon is taken if it runs, and else started and ended: there is one on a machine, as its port
 * and directory are fixed.
 */
export class GlusterServer {
  /** @param host an address of this machine that pods reach */
  public static async start(host: string): Promise<GlusterServer> {
    const server = new GlusterServer(host);
    await eventually('glusterd answers', () => gluster('pool', 'list') !== '');
    return server;
  }

  private readonly directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-gluster-'));
  private readonly volumes: GlusterVolume[] = [];
  private readonly daemon?: number;

  private constructor(private readonly host: string) {
    if (refusal(() => gluster('pool', 'list')) !== '') {
      // It looks up the name of whoever asks it, and answers nobody meanwhile: where a name server is slow, that was a minute. So it asks none.
      const names = join(this.directory, 'nsswitch.conf');
      writeFileSync(names, 'passwd: files\ngroup: files\nhosts: files\n');
      const child = spawn('unshare', ['--mount', 'sh', '-c', 'mount --bind "$0" /etc/nsswitch.conf && exec glusterd --no-daemon', names], { stdio: 'ignore', detached: true });
      child.unref();
      this.daemon = child.pid;
    }
  }

  public volume(name: string, replicas: number): GlusterVolume {
    const volume = new GlusterVolume(name, join(this.directory, name), this.host, replicas);
    this.volumes.push(volume);
    return volume;
  }

  public stop(): void {
    this.volumes.forEach(volume => volume.delete());
    if (this.daemon !== undefined) {
      process.kill(this.daemon, 'SIGTERM');
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}
