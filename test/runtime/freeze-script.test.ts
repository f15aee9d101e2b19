import { ChildProcess, execFileSync, spawn } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { homedir, tmpdir } from 'os';
import { join } from 'path';
import { FREEZE_SCRIPT } from '../../src/runtime/snapshot-runner/freeze-script';

// The script in the container of the application, with each shell that this machine has, and real processes.

const BUSYBOX = [join(homedir(), '.cache/storage-cluster/busybox/bin/busybox'), '/bin/busybox', '/usr/bin/busybox'].find(existsSync);
const SHELLS: [string, string[]][] = [['dash', ['/bin/dash']], ['bash', ['/bin/bash']], ['bash --posix', ['/bin/bash', '--posix']], ['busybox sh', [BUSYBOX ?? '', 'sh']], ['sh', ['/bin/sh']]];
const there = SHELLS.filter(([name, [file]]) => existsSync(file) && (name !== 'sh' || !existsSync('/bin/dash')));

jest.setTimeout(30_000);

let directory: string;
beforeEach(() => directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-freeze-')));
afterEach(() => rmSync(directory, { recursive: true }));

describe.each(there)('%s', (_, [command, ...flags]) => {
  class Script {
    public output = '';
    public errors = '';
    /** When all of its outputs are closed, as whoever reads them sees it. */
    public readonly ended: Promise<number | null>;
    private readonly child: ChildProcess;

    public constructor(seconds: number, freeze: string, thaw: string) {
      this.child = spawn(command, [...flags, '-c', FREEZE_SCRIPT, 'sh', String(seconds), freeze, thaw], { cwd: directory });
      this.child.stdout!.on('data', data => this.output += data);
      this.child.stderr!.on('data', data => this.errors += data);
      this.child.stdin!.on('error', () => {}); // it may end before it reads
      this.ended = new Promise(done => this.child.on('close', done));
    }

    public async frozen(): Promise<void> {
      for (let tries = 0; !this.output.includes('frozen\n'); tries++) {
        expect(tries).toBeLessThan(500);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }

    public thaw(): void {
      this.child.stdin!.write('thaw\n');
    }

    public hangUp(): void {
      this.child.stdin!.destroy();
      this.child.stdout!.destroy();
      this.child.stderr!.destroy();
    }
  }

  const did = () => existsSync(join(directory, 'did')) ? readFileSync(join(directory, 'did'), 'utf8').trim().split('\n') : [];

  /** Sleeps of ours that somebody left behind; the seconds tell them from those of others. */
  const sleeps = (seconds: number) => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n').filter(line => line.trim().endsWith(`sleep ${seconds}`));

  test('thaws when a line comes, once, and leaves no process', async () => {
    const script = new Script(4711, 'echo freeze >>did; echo noise', 'echo thaw >>did; echo done');
    await script.frozen();
    expect(did()).toEqual(['freeze']);
    script.thaw();
    expect(await script.ended).toBe(0);
    expect(did()).toEqual(['freeze', 'thaw']);
    expect(script.output).toBe('frozen\n');
    expect(script.errors).toBe('noise\ndone\n');
    expect(sleeps(4711)).toEqual([]);
  });

  test('thaws when the connection is lost, although nobody hears what it prints', async () => {
    const script = new Script(4712, 'echo freeze >>did', 'echo one; echo two; echo thaw >>did');
    await script.frozen();
    script.hangUp();
    await script.ended;
    for (let tries = 0; did().length < 2 && tries < 250; tries++) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(did()).toEqual(['freeze', 'thaw']);
    expect(sleeps(4712)).toEqual([]);
  });

  test('thaws when time is over, and says so', async () => {
    const script = new Script(1, 'echo freeze >>did', 'echo thaw >>did');
    await script.frozen();
    expect(await script.ended).toBe(72);
    expect(did()).toEqual(['freeze', 'thaw']);
  });

  test('thaws when freezing fails, without saying that it is frozen', async () => {
    const script = new Script(4713, 'echo freeze >>did; echo broken >&2; exit 3', 'echo thaw >>did');
    expect(await script.ended).toBe(71);
    expect(did().slice(0, 2)).toEqual(['freeze', 'thaw']);
    expect(script.output).toBe('');
    expect(script.errors).toBe('broken\n');
    expect(sleeps(4713)).toEqual([]);
  });

  test('a freeze that takes too long is thawed in time, and once more after its end', async () => {
    const script = new Script(1, 'sleep 2; echo freeze >>did', 'echo thaw >>did');
    expect(await script.ended).toBe(72);
    expect(did()).toEqual(['thaw', 'freeze', 'thaw']);
  });

  test('a connection that is lost while it freezes is followed by a thaw after the freeze', async () => {
    const script = new Script(4714, 'sleep 1; echo freeze >>did', 'echo thaw >>did');
    await new Promise(resolve => setTimeout(resolve, 300));
    script.hangUp();
    await script.ended;
    for (let tries = 0; did().length < 3 && tries < 250; tries++) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(did()).toEqual(['thaw', 'freeze', 'thaw']);
  });

  test('says when thawing failed', async () => {
    const script = new Script(4715, 'true', 'echo why; exit 5');
    await script.frozen();
    script.thaw();
    expect(await script.ended).toBe(73);
    expect(script.errors).toBe('why\nthaw ended with 5\n');
  });

  test('takes commands as they are', async () => {
    const script = new Script(4716, 'printf \'%s\n\' "it\'s \\$HOME" >>did', 'cat >>did; echo "$0" >>did');
    await script.frozen();
    script.thaw();
    expect(await script.ended).toBe(0);
    expect(did()).toEqual(["it's $HOME", 'sh']); // and there is nothing to read
  });
});
