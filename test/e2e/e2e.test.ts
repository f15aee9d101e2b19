import { auditTests } from './audit';
import { controllerFaultTests, nodeFaultTests } from './faults';
import { installTests } from './install';
import { onTestCluster } from './machine';
import { operatorTests } from './operator';
import { ownDriverTests } from './own-driver';
import { protectTests } from './protect';
import { sanityTests } from './sanity';
import { secretTests } from './secrets';
import { snapshotTests } from './snapshots';
import { install, storage } from './storage';
import { upgradeTests } from './upgrade';
import { volumeTests } from './volumes';
import { NodeCount } from '../../src';
import { kubectl } from '../kubectl';

// Against the cluster of $KUBECONFIG, with the images that docs/proof.md names. One suite, in this order: installing a driver
// is a matter of the whole cluster, and the audit at the end is of all that went before.

jest.setTimeout(900_000);

if (!process.env.KUBECONFIG) {
  throw new Error('set KUBECONFIG: this suite installs a driver into that cluster');
}
// Its volumes lie on one node, and `onNode` looks at them there.
if (kubectl('get', 'nodes', '-o', 'name').match(/^node\//gm)?.length !== 1) {
  throw new Error('the cluster of $KUBECONFIG must have exactly one node');
}

const since = new Date();

describe('csi-sanity', sanityTests);

describe('with one copy of each controller', () => {
  describe('install', installTests);
  describe('controller faults', () => {
    beforeAll(() => install(storage(NodeCount.SINGLE)));
    controllerFaultTests();
  });
});

describe('with two copies of each controller', () => {
  beforeAll(() => install(storage(NodeCount.MULTIPLE)));
  describe('volumes', volumeTests);
  describe('snapshots', snapshotTests);
  describe('protect', protectTests);
  describe('secrets', secretTests);
  describe('operator', operatorTests);
  describe('controller faults', controllerFaultTests);
  describe('node faults', nodeFaultTests);
  describe('upgrade', upgradeTests);
});

describe('a driver of one\'s own', ownDriverTests);
(onTestCluster ? describe : describe.skip)('audit', () => auditTests(since));
