import { readFileSync } from 'fs';
import { join } from 'path';
import { EXAMPLES } from './examples';
import { ControllerService } from '../../examples/custom-csi-driver/driver/controller';
import { IdentityService } from '../../examples/custom-csi-driver/driver/identity';
import { NodeService } from '../../examples/custom-csi-driver/driver/node';
import { Store } from '../../examples/custom-csi-driver/driver/store';
import { LocalCsiDriver } from '../../examples/custom-csi-driver/local-csi-driver';
import { CsiCapabilities, NodeCount, SnapshotController } from '../../src';
import { one, testChart } from '../support';

const FOLDER = join(EXAMPLES, 'custom-csi-driver', 'driver');

/** What a program answers, and what it has to be declared as. */
const MEANING: Record<string, keyof CsiCapabilities | undefined> = {
  CREATE_DELETE_VOLUME: undefined, // the default
  PUBLISH_UNPUBLISH_VOLUME: 'attach',
  CREATE_DELETE_SNAPSHOT: 'snapshot',
  CLONE_VOLUME: 'clone',
  EXPAND_VOLUME: 'expand',
  GET_CAPACITY: 'capacity',
  STAGE_UNSTAGE_VOLUME: 'stage',
  VOLUME_ACCESSIBILITY_CONSTRAINTS: 'topology',
  // Nothing follows from these.
  CONTROLLER_SERVICE: undefined,
  LIST_VOLUMES: undefined,
  LIST_SNAPSHOTS: undefined,
  SINGLE_NODE_MULTI_WRITER: undefined,
  GET_VOLUME_STATS: undefined,
};

test('the manifests declare what the program says that it can do', async () => {
  const chart = testChart({ nodes: NodeCount.SINGLE });
  SnapshotController.existing(chart);
  const { capabilities } = new LocalCsiDriver(chart, 'Driver');
  const options = { root: '/', nodeId: 'node', topology: { segments: {} }, maxVolumesPerNode: 1 };
  const store = new Store<any>('/');
  const answers = await Promise.all([
    new ControllerService(options, store, store).controllerGetCapabilities(), new NodeService(options, store).nodeGetCapabilities(), new IdentityService('driver', 'v1').getPluginCapabilities(),
  ]);
  const types = answers.flatMap((answer: any) => answer.capabilities.map(({ rpc, service }: any) => (rpc ?? service)?.type)).filter(type => type !== undefined);
  expect(types.filter(type => !(type in MEANING))).toEqual([]);
  const meant = types.map(type => MEANING[type]).filter(name => name !== undefined);
  // Block devices are no capability of CSI: they are an access type that CreateVolume takes.
  expect([...new Set([...meant, 'block'])].sort()).toEqual(Object.keys(capabilities!).sort());
});

test('on several nodes it has to be said which one has the disk', () => {
  expect(() => new LocalCsiDriver(testChart(), 'Driver')).toThrow(/Give node: 'node1'/);
  const chart = testChart();
  SnapshotController.existing(chart);
  new LocalCsiDriver(chart, 'Driver', { node: 'node1' });
  expect(one(chart, 'Deployment').spec.template.spec.nodeSelector).toMatchObject({ 'kubernetes.io/hostname': 'node1' });
});

test('its image has the releases that it was tested with', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
  const ours = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).devDependencies;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(`${name} ${version}`).toBe(`${name} ${ours[name]}`);
  }
});
