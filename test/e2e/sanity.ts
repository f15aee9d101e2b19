import { ChildProcess, spawn, spawnSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync } from 'fs';
import { homedir, tmpdir } from 'os';
import { join } from 'path';
import { eventually, run } from '../kubectl';

const DRIVER = join(__dirname, '..', '..', 'examples', 'custom-csi-driver', 'driver');
const CACHE = process.env.CLUSTER_CACHE ?? join(homedir(), '.cache', 'storage-cluster');
const SANITY = ['csi-sanity', join(CACHE, 'bin', 'csi-sanity')].find(program => spawnSync(program, ['--help']).error === undefined);

/** csi-sanity of kubernetes-csi/csi-test, against the driver as a process of this machine. */
export function sanityTests(): void {
  const withSanity = SANITY !== undefined && process.getuid?.() === 0 ? test : test.skip;
  let directory: string;
  let driver: ChildProcess | undefined;

  beforeAll(() => { directory = mkdtempSync(join(tmpdir(), 'csi-sanity-')); });
  afterAll(() => {
    driver?.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  withSanity.each(['image', 'directory'])('the driver passes csi-sanity, with volumes that are a %s', async backing => {
    const socket = join(directory, 'csi.sock');
    const parameters = join(directory, 'parameters.yaml');
    run('bash', ['-c', `echo 'backing: ${backing}' > ${parameters}`]);
    driver = spawn(join(DRIVER, 'dist', 'driver'), [`--endpoint=unix://${socket}`, '--nodeid=sanity', `--data=${join(directory, 'data')}`], { stdio: 'ignore' });
    await eventually('the driver listens', () => existsSync(socket));
    // Without a cluster nobody has driver errors retried, so what it prints is what is wrong.
    const output = run(SANITY!, [
      `--csi.endpoint=${socket}`, `--csi.stagingdir=${join(directory, 'staging')}`, `--csi.mountdir=${join(directory, 'mount')}`,
      `--csi.testvolumesize=${64 * 1024 * 1024}`, `--csi.testvolumeexpandsize=${128 * 1024 * 1024}`, `--csi.testvolumeparameters=${parameters}`, '--ginkgo.no-color',
    ]);
    expect(output).toMatch(/\d+ Passed \| 0 Failed/);
    driver.kill();
    await eventually('the driver has ended', () => driver!.exitCode !== null || driver!.signalCode !== null);
  });
}
