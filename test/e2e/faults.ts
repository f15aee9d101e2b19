import { Size } from 'cdk8s';
import { crash, onTestCluster, testIf } from './machine';
import {
  clearFaults, CONTROLLER, DATA, deploy, DRIVER_NAMESPACE, field, newOnDisk, NODE, onDisk, onNode, pod, ready, remove, removePod, replacePods, setFault, sh,
  snapshotReady, volumeOf, waitForPod, PATIENCE,
} from './storage';
import { PersistentVolumeClaim, VolumeSnapshot } from '../../src';
import { eventually, kubectl } from '../kubectl';

const NS = 'e2e-faults';
const SIZE = Size.mebibytes(320);
const LARGE = Size.mebibytes(400);
/** Longer than the test takes to see it, shorter than the sidecars' patience with one call. */
const SLOW = 45;

/** Waits until a slow call is under way, and takes every copy of the controller away from under it. */
async function killDuring(call: string, start: () => void): Promise<void> {
  // The work is done and the answer never comes: a driver that is asked again must not do it twice.
  setFault(call, { after: SLOW });
  start();
  const logs = () => kubectl('-n', DRIVER_NAMESPACE, 'logs', '-l', CONTROLLER, '-c', 'csi-local', '--tail=200');
  await eventually(`${call} is under way`, () => new RegExp(`${call} .*waits ${SLOW} s`).test(logs()), PATIENCE);
  kubectl('-n', DRIVER_NAMESPACE, 'delete', 'pods', '-l', CONTROLLER, '--force', '--grace-period=0');
  clearFaults();
}

/** A pod that counts into its volume, and notes what fails. */
const COUNTER = 'i=0; while true; do i=$((i+1)); echo $i >> /data/count || echo $i >> /tmp/failed; sleep 0.2; done';

export function counts(namespace: string, name: string): number {
  const lines = sh(namespace, name, 'cat /data/count').split('\n').map(Number);
  expect(lines).toEqual(lines.map((_, index) => index + 1));
  expect(sh(namespace, name, 'cat /tmp/failed 2>/dev/null || true')).toBe('');
  expect(field(namespace, `pod/${name}`, '.status.containerStatuses[0].restartCount')).toBe('0');
  return lines.length;
}

export const startCounter = (namespace: string, name: string) => deploy(namespace, (chart, { xfs }) => {
  const claim = new PersistentVolumeClaim(chart, `Claim-${name}`, { name, storageClass: xfs, size: SIZE });
  pod(chart, name, { '/data': claim }, { command: COUNTER });
});

/** The controller is taken away under its work. With whatever number of copies is installed. */
export function controllerFaultTests(): void {
  const fresh = newOnDisk();
  afterAll(() => remove(NS));
  afterEach(async () => {
    clearFaults();
    await ready();
  });

  test('killed during provisioning: one volume, and no second one', async () => {
    await killDuring('CreateVolume', () => deploy(NS, (chart, { xfs }) => {
      new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: xfs, size: SIZE });
    }));
    const volume = await volumeOf(NS, 'data');
    expect(fresh('volumes')).toEqual([volume]);
  });

  test('killed during an expansion: it is done', async () => {
    const use = (size: Size) => deploy(NS, (chart, { xfs }) => {
      pod(chart, 'user', { '/data': new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: xfs, size }) });
    });
    use(SIZE);
    waitForPod(NS, 'user');
    sh(NS, 'user', 'echo kept > /data/file');
    await killDuring('ControllerExpandVolume', () => use(LARGE));
    await eventually('the claim has its new size', () => field(NS, 'pvc/data', '.status.capacity.storage') === '400Mi', PATIENCE);
    expect(sh(NS, 'user', 'cat /data/file')).toBe('kept');
  });

  test('killed during a snapshot: one snapshot, with the data', async () => {
    const source = (classes: any) => PersistentVolumeClaim.fromClaimName('data', { namespace: NS, storageClass: classes.xfs, size: LARGE });
    await killDuring('CreateSnapshot', () => deploy(NS, (chart, classes) => {
      new VolumeSnapshot(chart, 'Snapshot', { name: 'data', claim: source(classes), snapshotClass: classes.snapshots });
    }));
    await snapshotReady(NS, 'data');
    expect(fresh('snapshots')).toHaveLength(1);
    deploy(NS, (chart, classes) => {
      const dataSource = VolumeSnapshot.fromVolumeSnapshotName('data', { namespace: NS, snapshotClass: classes.snapshots, size: LARGE });
      const restored = new PersistentVolumeClaim(chart, 'Restored', { name: 'restored', storageClass: classes.xfs, size: LARGE, dataSource });
      pod(chart, 'restored', { '/data': restored });
    });
    waitForPod(NS, 'restored');
    expect(sh(NS, 'restored', 'cat /data/file')).toBe('kept');
  });

  test('what a killed driver left half done is cleaned up, and nothing else', async () => {
    const whole = onDisk('volumes');
    onNode(`mkdir -p ${DATA}/volumes/half && echo partial > ${DATA}/volumes/half/disk.img`);
    await replacePods(DRIVER_NAMESPACE, CONTROLLER, '--force', '--grace-period=0');
    await eventually('the rest is gone', () => !onDisk('volumes').includes('half'), PATIENCE);
    expect(onDisk('volumes')).toEqual(whole);
  });

  test('all of it is deleted once', async () => {
    await remove(NS);
    await eventually('nothing is on the disk', () => fresh('volumes').length + fresh('snapshots').length === 0, PATIENCE);
  });
}

/** What else may end under a pod that writes. */
export function nodeFaultTests(): void {
  beforeAll(() => {
    startCounter(NS, 'counter');
    waitForPod(NS, 'counter');
  });
  afterAll(() => remove(NS));

  const goesOn = async () => {
    let before = Infinity;
    // A kubelet that has just started does not know its pods yet.
    await eventually('the pod can be asked', () => {
      before = counts(NS, 'counter');
      return true;
    }, PATIENCE);
    await eventually('it still counts', () => counts(NS, 'counter') > before + 5);
  };
  /** The volume can be taken away from the pod and given to another one. */
  const stillWorks = async () => {
    await goesOn();
    deploy(NS, (chart, { xfs }) => {
      pod(chart, 'second', { '/data': PersistentVolumeClaim.fromClaimName('counter', { namespace: NS, storageClass: xfs }) }, { readOnly: true });
    });
    waitForPod(NS, 'second');
    expect(Number(sh(NS, 'second', 'wc -l < /data/count'))).toBeGreaterThan(0);
    removePod(NS, 'second');
  };

  test('the node plugin is restarted: no write fails', async () => {
    await replacePods(DRIVER_NAMESPACE, NODE);
    await ready();
    await stillWorks();
  });

  testIf(onTestCluster)('the API server is killed: no write fails', async () => {
    await crash('kube-apiserver');
    await ready();
    await stillWorks();
  });

  testIf(onTestCluster)('the kubelet is killed: no write fails', async () => {
    await crash('kubelet');
    await ready();
    await stillWorks();
  });
}
