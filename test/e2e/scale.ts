import { Size } from 'cdk8s';
import { calls, onTestCluster } from './machine';
import { deploy, DRIVER_NAMESPACE, newOnDisk, remove, PATIENCE } from './storage';
import { PersistentVolumeClaim } from '../../src';
import { eventually, kubectl } from '../kubectl';

const NS = 'e2e-scale';
const CLAIMS = 200;

export function scaleTests(): void {
  const fresh = newOnDisk();

  test(`${CLAIMS} claims at once are bound, and none is left when they are deleted`, async () => {
    const since = new Date();
    deploy(NS, (chart, { immediate }) => {
      for (let index = 0; index < CLAIMS; index++) {
        new PersistentVolumeClaim(chart, `Claim${index}`, { name: `claim-${index}`, storageClass: immediate, size: Size.mebibytes(8) });
      }
    });
    const bound = () => kubectl('-n', NS, 'get', 'pvc', '-o', 'jsonpath={.items[*].status.phase}').split(' ').filter(phase => phase === 'Bound').length;
    await eventually('all claims are bound', () => bound() === CLAIMS, 4 * PATIENCE);
    expect(fresh('volumes')).toHaveLength(CLAIMS);
    await remove(NS);
    await eventually('nothing is left on the disk', () => fresh('volumes').length === 0, 4 * PATIENCE);
    if (onTestCluster) {
      const made = calls([DRIVER_NAMESPACE], since).filter(call => !['leases', 'csistoragecapacities'].includes(call.resource));
      const perClaim = made.length / CLAIMS;
      console.log(`${perClaim.toFixed(1)} API calls of the driver per claim that is made and deleted`);
      expect(perClaim).toBeLessThan(12);
    }
  });
}
