import { Size } from 'cdk8s';
import { counts, startCounter } from './faults';
import { deploy, DRIVER_NAMESPACE, field, install, pod, remove, restarts, sh, snapshotReady, storage, waitForPod, PATIENCE } from './storage';
import { NodeCount, PersistentVolumeClaim, VolumeSnapshot } from '../../src';
import { eventually, kubectl } from '../kubectl';

const NS = 'e2e-upgrade';

/** From the releases of the sidecar table to those after them. */
const NEWER = { 'csi-attacher': ['v4.12.0', 'v4.13.0'], 'csi-resizer': ['v2.2.0', 'v2.3.0'], 'csi-snapshotter': ['v8.6.0', 'v8.7.0'], 'snapshot-controller': ['v8.6.0', 'v8.7.0'] };

const newer = (manifests: string) => Object.entries(NEWER).reduce((text, [image, [from, to]]) => {
  expect(text.includes(`/${image}:`) ? text : `/${image}:${from}`).toContain(`/${image}:${from}`);
  return text.replaceAll(`/${image}:${from}`, `/${image}:${to}`);
}, manifests);

export function upgradeTests(): void {
  const running = (namespace: string) => kubectl('-n', namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].spec.containers[*].image}');
  afterAll(() => remove(NS));

  test('newer sidecars take over while volumes are in use: no pod is restarted, no write fails', async () => {
    startCounter(NS, 'counter');
    waitForPod(NS, 'counter');
    await install(storage(NodeCount.MULTIPLE), newer);
    const images = () => `${running(DRIVER_NAMESPACE)} ${running('snapshot-controller')}`;
    await eventually('only the newer ones run', () => Object.entries(NEWER).every(([image, [from, to]]) => images().includes(`${image}:${to}`) && !images().includes(`${image}:${from}`)), PATIENCE);
    const before = counts(NS, 'counter');
    await eventually('it still counts', () => counts(NS, 'counter') > before);
    expect(restarts(DRIVER_NAMESPACE) + restarts('snapshot-controller')).toBe(0);
  });

  test('they attach, expand, take and restore snapshots with the same permissions', async () => {
    const size = Size.mebibytes(400);
    const source = (chart: any, { xfs }: any) => new PersistentVolumeClaim(chart, 'Claim', { name: 'counter', storageClass: xfs, size });
    deploy(NS, (chart, classes) => {
      new VolumeSnapshot(chart, 'Snapshot', { name: 'counter', claim: source(chart, classes), snapshotClass: classes.snapshots });
    });
    await eventually('the volume has grown', () => field(NS, 'pvc/counter', '.status.capacity.storage') === '400Mi', PATIENCE);
    await snapshotReady(NS, 'counter');
    deploy(NS, (chart, classes) => {
      const dataSource = VolumeSnapshot.fromVolumeSnapshotName('counter', { namespace: NS, snapshotClass: classes.snapshots, size });
      pod(chart, 'restored', { '/data': new PersistentVolumeClaim(chart, 'Restored', { name: 'restored', storageClass: classes.xfs, size, dataSource }) });
    });
    waitForPod(NS, 'restored');
    expect(Number(sh(NS, 'restored', 'head -n 1 /data/count'))).toBe(1);
  });
}
