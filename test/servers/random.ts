import { isIP } from 'net';
import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { connect, deployed, Ganesha } from './ganesha';
import { NfsServerDeploymentOptions } from '../../src';
import { isCoded } from '../properties/arbitraries';
import { serverOptions } from '../properties/nfs-server';
import { testApp } from '../support';

const SAMPLES = 100;
/** Of no client below, whatever is drawn. */
const STRANGERS: Record<number, string> = { 4: '198.18.0.1', 6: 'fd99::1' };

/** An address of a client: of a network its second. */
function addressOf(client: string): string {
  const [address, prefix] = client.split('/');
  if (prefix === undefined || prefix === '32' || prefix === '128') {
    return address;
  }
  return isIP(address) === 6 ? address.replace(/::$/, '::1') : address.replace(/0$/, '1');
}

async function looksUp(options: NfsServerDeploymentOptions): Promise<void> {
  const versions = options.minorVersions ?? [1, 2];
  for (const each of options.exports) {
    const clients = each.clients ?? options.clients;
    for (const [index, client] of clients.entries()) {
      const minor = versions[index % versions.length];
      const connection = await connect(addressOf(client), minor);
      const handle = await connection.lookup(`/${each.name}`).catch(error => { throw new Error(`${client} by 4.${minor} in /${each.name}: ${error.message}`); });
      expect(handle.length).toBeGreaterThan(0);
      if ((each.squash ?? 'none') === 'none') {
        const made = await connection.makeDirectory(handle, `made-${index}`).then(() => 'yes', error => error.message);
        expect(made).toBe(each.readOnly ? 'ROFS' : 'yes');
      }
      connection.close();
    }
    const stranger = await connect(STRANGERS[isIP(clients[0].split('/')[0])], versions[0]);
    await expect(stranger.lookup(`/${each.name}`)).rejects.toThrow(/^(NOENT|ACCES|WRONGSEC)$/);
    stranger.close();
  }
}

export function randomTests(): void {
  test('each that renders is served whole, to who may mount it; all else ends in a finding', async () => {
    let served = 0;
    await fc.assert(fc.asyncProperty(serverOptions, async options => {
      let objects;
      try {
        const app = testApp();
        objects = deployed(options, new Chart(app, 'chart', { namespace: 'apps' }));
        app.synthYaml();
      } catch (error) {
        if (isCoded(error as Error)) {
          return;
        }
        throw error;
      }
      const server = await Ganesha.start(objects);
      try {
        await looksUp(options);
        served++;
      } catch (error) {
        throw new Error(`${(error as Error).message}\n${server.log}`);
      } finally {
        await server.kill();
      }
    }), { numRuns: SAMPLES, seed: 20261126, endOnFailure: true });
    expect(served).toBeGreaterThan(0.5 * SAMPLES);
  });
}
