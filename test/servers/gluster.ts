import { spawn } from 'child_process';
import { once } from 'events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { GlusterCluster, GlusterGatewayOptions, GlusterStorage } from '../../src';
import { GlusterServer, GlusterVolume } from '../e2e/gluster/gluster-server';
import { eventually, run } from '../kubectl';
import { isCoded } from '../properties/arbitraries';
import { gatewayOptions } from '../properties/gluster-gateway';
import { existingNfs, testApp } from '../support';

const SAMPLES = 40;
/** nobody, as whom the pod runs. */
const USER = 65534;

/** Runs what the pod runs until it is ready, and returns what it said if it is not. The paths of the pod are below a directory. */
async function starts(files: Record<string, string>, host: string): Promise<string> {
  const pod = mkdtempSync(join(tmpdir(), 'gluster-gateway-'));
  const here = (text: string) => text.replace(/\/etc\/ganesha-server|\/run\/ganesha|\/data\/recovery/g, path => join(pod, path));
  ['etc/ganesha-server', 'run/ganesha', 'data/recovery'].forEach(directory => mkdirSync(join(pod, directory), { recursive: true }));
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(pod, 'etc/ganesha-server', name), here(text)));
  run('chown', ['-R', `${USER}:${USER}`, pod]);
  const server = spawn('setpriv', [`--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--inh-caps=-all', 'bash', join(pod, 'etc/ganesha-server/start.sh'), join(pod, 'data/recovery')], {
    env: { PATH: `${process.env.PATH}:/usr/sbin`, GLUSTER_HOSTS: host }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  [server.stdout, server.stderr].forEach(stream => stream.on('data', text => { log += text; }));
  const ended = once(server, 'close');
  try {
    await eventually('it is ready or has ended', () => server.exitCode !== null || existsSync(join(pod, 'run/ganesha/ready')), 60);
    return server.exitCode === null ? '' : log;
  } catch (error) {
    return `${(error as Error).message}\n${log}`;
  } finally {
    // Its shutdown takes ten seconds with a volume of Gluster.
    if (existsSync(join(pod, 'run/ganesha/pid'))) {
      run('sh', ['-c', 'kill -KILL "$(cat "$1")" || true', '-', join(pod, 'run/ganesha/pid')]);
    }
    await ended;
    rmSync(pod, { recursive: true, force: true });
  }
}

/** The gateway's files, of volumes that are there instead of those that were drawn, and of hosts by their address: no name is known here. */
function filesOf(objects: readonly any[], volumes: ReadonlyMap<string, GlusterVolume>): Record<string, string> {
  const files: Record<string, string> = objects.find(({ kind }) => kind === 'ConfigMap').data;
  return { ...files, 'ganesha.conf': files['ganesha.conf'].replace(/(\svolume = )"(.*)"/g, (_, before, name) => `${before}"${volumes.get(name)!.name}"`) };
}

function build(options: GlusterGatewayOptions): any[] {
  const app = testApp();
  const cluster = GlusterCluster.external({ hosts: ['10.0.0.1', '10.0.0.2'], volume: 'gv0' });
  const chart = new Chart(app, 'chart');
  new GlusterStorage(chart, 'Gluster', { cluster, driver: existingNfs(), gateway: options });
  app.synthYaml();
  return chart.toJson();
}

/** Every configuration of a gateway that renders is taken whole by NFS-Ganesha of this machine, as the pod starts it. */
export function glusterGatewayTests(server: () => GlusterServer, host: () => string): void {
  test('each that renders is served whole; all else ends in a finding', async () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const volumes = new Map(['gv0', 'data_1'].map(name => [name, server().volume(`random-${name}`, 1)]));
    let served = 0;
    await fc.assert(fc.asyncProperty(gatewayOptions, async options => {
      let objects;
      try {
        objects = build(options);
      } catch (error) {
        if (isCoded(error as Error)) {
          return;
        }
        throw error;
      }
      for (const { volume = 'gv0', path = '/' } of options.exports ?? []) {
        await volumes.get(volume)!.mounted(directory => { mkdirSync(join(directory, path), { recursive: true }); });
      }
      const said = await starts(filesOf(objects, volumes), host());
      if (said !== '') {
        throw new Error(said);
      }
      served++;
    }), { numRuns: SAMPLES, seed: 20261126, endOnFailure: true });
    stderr.mockRestore();
    expect(served).toBeGreaterThan(0.5 * SAMPLES);
  });
}
