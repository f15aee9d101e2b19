import { spawn, spawnSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { CACHE, testIf } from './machine';
import { ROOT } from '../docs/markdown';
import { eventually, run } from '../kubectl';

const DRIVER = join(ROOT, 'examples', 'custom-csi-driver', 'driver');
const SANITY = ['csi-sanity', join(CACHE, 'bin', 'csi-sanity')].find(program => spawnSync(program, ['--help']).error === undefined);

/** Whether csi-sanity is here, and drivers may mount. */
export const haveSanity = SANITY !== undefined && process.getuid?.() === 0;

/** What a driver that was killed leaves below a folder: mounts, and loop devices of its images. */
const CLEAN_UP = `
findmnt --raw --noheadings --output TARGET | grep "^$1/" | tac | xargs -r -n 1 umount
find "$1" -name disk.img -exec losetup --noheadings --output NAME --associated {} \\; | xargs -r -n 1 losetup --detach
`;

/** Lets csi-sanity of kubernetes-csi/csi-test call a driver that is a process of this machine, and returns how many of its tests passed. */
export async function sanity(start: (endpoint: string, data: string) => string[], parameters: Record<string, string> = {}, ...args: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'csi-sanity-'));
  const socket = join(folder, 'csi.sock');
  writeFileSync(join(folder, 'parameters.yaml'), JSON.stringify(parameters));
  const [program, ...rest] = start(`unix://${socket}`, join(folder, 'data'));
  const driver = spawn(program, rest, { stdio: 'ignore' });
  let failure: Error | undefined;
  driver.on('error', error => { failure = error; });
  try {
    await eventually('the driver listens', () => {
      if (failure) {
        throw failure;
      }
      return existsSync(socket);
    });
    // Without a cluster nobody has driver errors retried, so what it prints is what is wrong.
    const output = run(SANITY!, [
      `--csi.endpoint=${socket}`, `--csi.stagingdir=${join(folder, 'staging')}`, `--csi.mountdir=${join(folder, 'mount')}`, `--csi.testvolumeparameters=${join(folder, 'parameters.yaml')}`,
      '--ginkgo.no-color', ...args,
    ]);
    return Number(/(\d+) Passed \| 0 Failed/.exec(output)?.[1]);
  } finally {
    driver.kill('SIGKILL');
    await eventually('the driver has ended', () => failure !== undefined || driver.exitCode !== null || driver.signalCode !== null);
    run('bash', ['-c', CLEAN_UP, 'bash', folder]);
    rmSync(folder, { recursive: true });
  }
}

/** The driver of the example. */
export function sanityTests(): void {
  // As its package.json says, with what is installed here.
  beforeAll(() => run('npm', ['run', '--silent', 'build'], { cwd: DRIVER, env: { PATH: `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` } }));

  // At least so many tests: csi-sanity leaves out, without a word, what a driver says that it cannot do.
  testIf(haveSanity).each([
    ['image', 'mount', 70],
    ['directory', 'mount', 70],
    ['image', 'block', 51],
  ])('the driver passes csi-sanity, with volumes that are a %s, for access by %s', async (backing, access, least) => {
    const passed = await sanity(
      (endpoint, data) => [join(DRIVER, 'dist', 'driver'), `--endpoint=${endpoint}`, '--nodeid=sanity', `--data=${data}`],
      { backing }, `--csi.testvolumeaccesstype=${access}`, `--csi.testvolumesize=${64 * 1024 * 1024}`, `--csi.testvolumeexpandsize=${128 * 1024 * 1024}`,
    );
    expect(passed).toBeGreaterThanOrEqual(least);
  });
}
