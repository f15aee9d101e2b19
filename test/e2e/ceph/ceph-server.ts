import { ChildProcess, spawn } from 'child_process';
import { randomUUID } from 'crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { createServer } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { eventually, refusal, run } from '../../kubectl';

/** Debian packages by a program of each. */
const PACKAGES = { 'ceph-mon': 'ceph-mon', 'ceph-mgr': 'ceph-mgr ceph-mgr-modules-core', 'ceph-osd': 'ceph-osd', 'ceph-mds': 'ceph-mds', 'ceph': 'ceph-common', 'ceph-fuse': 'ceph-fuse' };

/** Why no Ceph can be had here, after an attempt to install it. */
export function whyNoCeph(): string | undefined {
  const missing = Object.entries(PACKAGES).filter(([program]) => refusal(() => run('which', [program])) !== '').flatMap(([, packages]) => packages.split(' '));
  if (missing.length === 0) {
    return undefined;
  }
  return refusal(() => {
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-qy', '--no-install-recommends', ...missing], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  }) || undefined;
}

/** Ports of the loopback that are free now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map(server => (server.address() as { port: number }).port);
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

const PREFIX = 'cdk8s-storage-ceph-';

/** Removes what tests left that were killed: their Ceph has ended with them, what it had on disk has not. */
function clean(): void {
  for (const name of readdirSync(tmpdir()).filter(each => each.startsWith(PREFIX))) {
    if (!existsSync(`/proc/${name.slice(PREFIX.length).split('-')[0]}`)) {
      remove(join(tmpdir(), name));
    }
  }
}

function remove(directory: string): void {
  refusal(() => run('umount', ['--lazy', join(directory, 'mount')]));
  rmSync(directory, { recursive: true, force: true });
}

/** A Ceph of one monitor, manager and OSD, with two file systems, in a directory of its own and in memory. It ends with this process, however that ends. */
export class CephServer {
  public static async start(): Promise<CephServer> {
    clean();
    const server = new CephServer(mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)), ...await freePorts(2) as [number, number]);
    try {
      await server.boot();
      return server;
    } catch (error) {
      server.stop();
      throw error;
    }
  }

  private readonly daemons: ChildProcess[] = [];

  private constructor(private readonly directory: string, private readonly v2: number, private readonly v1: number) {}

  /** Its monitors, as a CephCluster has them. */
  public get monitors(): string[] {
    return [`127.0.0.1:${this.v2}`];
  }

  /** A file of its directory. */
  public file(name: string): string {
    return join(this.directory, name);
  }

  /** Runs a command in a shell, as the administrator. */
  public sh(command: string): string {
    return run('sh', ['-ec', command], { cwd: this.directory, env: { CEPH_CONF: this.file('ceph.conf') } }).trim();
  }

  /** Runs a command as a user, as ceph-csi does: it knows monitors and a key, and no configuration. */
  public as(user: string, key: string, command: string): string {
    const keyFile = this.file(`key-${user}`);
    writeFileSync(keyFile, key);
    const [program, ...rest] = command.split(' ');
    const access = ['-m', this.monitors.join(','), '--id', user, `--keyfile=${keyFile}`];
    return run('sh', ['-ec', `timeout 30 ${program} ${access.join(' ')} ${rest.join(' ')}`], { cwd: this.directory, env: { CEPH_CONF: '/dev/null' } }).trim();
  }

  public stop(): void {
    this.daemons.forEach(daemon => daemon.kill('SIGKILL'));
    remove(this.directory);
  }

  private daemon(program: string, id: string, ...args: string[]): void {
    // The kernel kills it with this process, which may be killed itself.
    this.daemons.push(spawn('setpriv', ['--pdeathsig', 'KILL', program, '-f', '-c', this.file('ceph.conf'), '-i', id, ...args], { cwd: this.directory, stdio: 'ignore' }));
  }

  private async boot(): Promise<void> {
    const fsid = randomUUID();
    const osd = randomUUID();
    const address = `[v2:127.0.0.1:${this.v2},v1:127.0.0.1:${this.v1}]`;
    ['run', 'log', 'mon', 'mgr', 'osd', 'mds-a', 'mds-b'].forEach(name => mkdirSync(this.file(name)));
    writeFileSync(this.file('ceph.conf'), configuration(this.directory, fsid, address));
    this.sh("ceph-authtool -C keyring --gen-key -n mon. --cap mon 'allow *'");
    this.sh("ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mds 'allow *' --cap mgr 'allow *'");
    this.sh("ceph-authtool keyring --gen-key -n mgr.a --cap mon 'allow profile mgr' --cap osd 'allow *' --cap mds 'allow *'");
    this.sh(`monmaptool --create --addv a '${address}' --fsid ${fsid} monmap`);
    this.sh('ceph-mon -c ceph.conf --mkfs -i a --monmap monmap --keyring keyring');
    this.daemon('ceph-mon', 'a');
    this.daemon('ceph-mgr', 'a');
    this.sh(`ceph osd new ${osd}`);
    writeFileSync(this.file('osd/type'), 'memstore\n');
    const add = (name: string, caps: string) => appendFileSync(this.file('keyring'), `${this.sh(`ceph auth get-or-create ${name} ${caps}`)}\n`);
    add('osd.0', "mon 'allow profile osd' mgr 'allow profile osd' osd 'allow *'");
    this.sh(`ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid ${osd} --no-mon-config`);
    this.daemon('ceph-osd', '0');
    for (const id of ['a', 'b']) {
      add(`mds.${id}`, "mon 'allow profile mds' mgr 'allow profile mds' osd 'allow rwx' mds 'allow *'");
      this.daemon('ceph-mds', id, '--mds-data', this.file(`mds-${id}`));
    }
    await eventually('the OSD is up', () => this.sh('ceph osd stat').includes('1 up'));
    for (const name of ['cephfs', 'other']) {
      this.sh(`ceph osd pool create ${name}-meta 8; ceph osd pool create ${name}-data 8; ceph fs new ${name} ${name}-meta ${name}-data`);
    }
    await eventually('both file systems are up', () => (this.sh('ceph mds stat').match(/up:active/g) ?? []).length === 2);
    await eventually('the manager has its modules', () => this.sh('ceph fs subvolumegroup ls cephfs') !== '' && this.sh('ceph rbd task list') !== '');
  }
}

function configuration(directory: string, fsid: string, address: string): string {
  return `
[global]
fsid = ${fsid}
mon host = ${address}
public addr = 127.0.0.1
ms bind port min = 26800
ms bind port max = 27300
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
keyring = ${directory}/keyring
run dir = ${directory}/run
admin socket = ${directory}/run/$name.$pid.asok
pid file = ${directory}/run/$name.pid
log file = ${directory}/log/$name.log
mon data = ${directory}/mon
mgr data = ${directory}/mgr
osd data = ${directory}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
mon max pg per osd = 1000
mon allow pool size one = true
paxos propose interval = 0.05
paxos min wait = 0.01
`;
}
