import { existsSync, mkdirSync, rmSync } from 'fs';
import { join } from 'path';
import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import { GlusterServer, GlusterVolume } from './gluster-server';
import { GlusterAccess, GlusterCluster, GlusterStorage, IPersistentVolumeClaim, Namespace, PersistentVolumeClaim, PodVolume } from '../../../src';
import { apply, deleteAndWait, eventually, kubectl, refusal, run } from '../../kubectl';
import { testApp } from '../../support';
import { killProcesses } from '../machine';

const NAME = 'e2e-gluster-mount';
const PODS = 'e2e-gluster-pods';
const DIRECTORY = '/var/lib/e2e-gluster-mounts';
const PATIENCE = 150;

function addPod(chart: Chart, name: string, claim: IPersistentVolumeClaim): void {
  const pod = new ApiObject(chart, `Pod-${name}`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', `echo by-${name} >/data/${name}; exec sleep 1000000`] }] },
  });
  PodVolume.fromClaim(claim).mountTo(pod, { container: 'main', path: '/data' });
}

const phase = (pod: string) => kubectl('-n', PODS, 'get', 'pod', pod, '-o', 'jsonpath={.status.phase}');
const inPod = (pod: string, command: string) => kubectl('-n', PODS, 'exec', pod, '--', 'sh', '-c', command);
const mounterIsReady = () => kubectl('-n', NAME, 'get', 'pods', '-o', 'jsonpath={.items[*].status.containerStatuses[*].ready}') === 'true';

/** A volume that the node mounts by FUSE, and pods that use a directory of it. */
export function nodeMountTests(server: () => GlusterServer, host: () => string): void {
  let volume: GlusterVolume;
  let mounter: Chart;
  let user: Chart;
  let late: Chart;
  let last: Chart;

  beforeAll(async () => {
    volume = server().volume(`${NAME}-volume`, 3);
    await volume.mounted(directory => mkdirSync(join(directory, 'shared')));
    const app = testApp();
    mounter = new Chart(app, 'mounter');
    const storage = new GlusterStorage(mounter, 'Gluster', {
      cluster: GlusterCluster.external({ hosts: ['192.0.2.1', host()], volume: volume.name }),
      access: GlusterAccess.NODE_MOUNT,
      nodeMount: { name: NAME, image: 'registry.example.com/storage/gluster-client:10.3', hostDirectory: DIRECTORY },
    });
    const shared = storage.addStaticVolume(NAME, { capacity: Size.gibibytes(1), subDir: 'shared' });
    user = new Chart(app, 'user', { namespace: PODS });
    new Namespace(user, 'Namespace', { name: PODS });
    const claim = new PersistentVolumeClaim(user, 'Claim', { name: 'shared', volume: shared });
    addPod(user, 'early', claim);
    [late, last] = ['late', 'last'].map(name => {
      const chart = new Chart(app, name, { namespace: PODS });
      addPod(chart, name, claim);
      return chart;
    }) as [Chart, Chart];
  });

  afterAll(() => {
    deleteAndWait('namespace', PODS, NAME);
    deleteAndWait('persistentvolume', NAME);
    while (refusal(() => run('umount', ['--lazy', join(DIRECTORY, volume.name)])) === '') { /* one by each mounter that was killed */ }
    rmSync(DIRECTORY, { recursive: true, force: true });
  });

  test('a pod waits while its node has not mounted the volume, and nothing is written to the disk of the node', async () => {
    apply([...Testing.synth(mounter).filter(({ kind }) => kind === 'PersistentVolume'), ...Testing.synth(user)]);
    await eventually('the pod cannot start', () => /does not exist/.test(kubectl('-n', PODS, 'get', 'events', '--field-selector=reason=FailedMount', '-o', 'jsonpath={.items[*].message}')), PATIENCE);
    expect(phase('early')).toBe('Pending');
    expect(existsSync(join(DIRECTORY, volume.name))).toBe(false);
  });

  test('it starts when the volume is mounted, though the first host of Gluster does not answer', async () => {
    apply(Testing.synth(mounter));
    await eventually('the volume is mounted', mounterIsReady, PATIENCE);
    await eventually('the pod runs', () => phase('early') === 'Running', PATIENCE);
    await eventually('every brick has what it wrote', () => volume.contents('shared/early').every(text => text === 'by-early\n'));
  });

  test('when its mounter is deleted it loses the mount, which is back for pods that start', async () => {
    const first = kubectl('-n', NAME, 'get', 'pods', '-o', 'jsonpath={.items[0].metadata.name}');
    kubectl('-n', NAME, 'delete', 'pod', first, '--force', '--grace-period=0');
    await eventually('another mounted it', () => mounterIsReady() && !kubectl('-n', NAME, 'get', 'pods', '-o', 'name').includes(first), PATIENCE);
    expect(refusal(() => inPod('early', 'ls /data'))).toMatch(/Transport endpoint is not connected|Socket not connected/);
    apply(Testing.synth(late));
    await eventually('a new pod runs', () => phase('late') === 'Running', PATIENCE);
    await eventually('it reads what was written before', () => inPod('late', 'cat /data/early /data/late') === 'by-early\nby-late\n');
  });

  test('a mounter that is killed mounts anew by itself, in the same pod', async () => {
    const mounterOf = () => JSON.parse(kubectl('-n', NAME, 'get', 'pods', '-o', 'json')).items[0];
    const { metadata: { name, uid } } = mounterOf();
    killProcesses(uid);
    await eventually('it was started again', () => mounterOf().status.containerStatuses[0].restartCount === 1 && mounterIsReady(), PATIENCE);
    expect(mounterOf().metadata.name).toBe(name);
    apply(Testing.synth(last));
    await eventually('a new pod runs', () => phase('last') === 'Running', PATIENCE);
    await eventually('it reads what was written before', () => inPod('last', 'cat /data/early /data/last') === 'by-early\nby-last\n');
  });
}
