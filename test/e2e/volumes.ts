import { readFileSync } from 'fs';
import { Size } from 'cdk8s';
import { onTestCluster, testIf } from './machine';
import {
  DATA, deploy, DRIVER_NAME, field, newOnDisk, nodeName, onDisk, onNode, pod, remove, removePod, replacePods, sh, statefulSet, TOPOLOGY_KEY, volumeOf, waitForPod, PATIENCE,
} from './storage';
import { ClaimTemplate, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, StaticStorageClass, VolumeMode } from '../../src';
import { eventually, kubectl } from '../kubectl';

const NS = 'e2e-volumes';
const SIZE = Size.mebibytes(64);
const LARGE = Size.mebibytes(256);
const kibibytes = (podName: string, path: string) => Number(sh(NS, podName, `df -k ${path} | tail -n 1 | awk '{print $2}'`));

/** Whether this machine, which is the node of the test cluster, has CAP_SYS_RESOURCE: the 24th bit of a mask in hexadecimal digits. */
function mayGrowExt4(): boolean {
  const mask = /^CapBnd:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))![1];
  return parseInt(mask[mask.length - 7], 16) % 2 === 1;
}

export function volumeTests(): void {
  const fresh = newOnDisk();
  afterAll(() => remove(NS));

  const write = (size: Size, name: string, options: { readOnly?: boolean } = {}) => deploy(NS, (chart, { disk }) => {
    const data = new PersistentVolumeClaim(chart, 'Data', { name: 'data', storageClass: disk, size });
    pod(chart, name, { '/data': data }, options);
  });

  test('a claim becomes a volume when its pod is scheduled, on the node of the pod', async () => {
    deploy(NS, (chart, { disk }) => { new PersistentVolumeClaim(chart, 'Data', { name: 'data', storageClass: disk, size: SIZE }); });
    // Right after it was made it would be Pending in any case: this says that somebody has looked at it.
    const waits = () => kubectl('-n', NS, 'get', 'events', '--field-selector=involvedObject.name=data,reason=WaitForFirstConsumer', '-o', 'name');
    await eventually('the claim waits for a pod', () => waits() !== '', PATIENCE);
    expect(field(NS, 'pvc/data', '.status.phase')).toBe('Pending');
    write(SIZE, 'writer');
    waitForPod(NS, 'writer');
    const volume = await volumeOf(NS, 'data');
    expect(JSON.parse(kubectl('get', 'pv', volume, '-o', 'json')).spec.nodeAffinity.required.nodeSelectorTerms).toEqual([
      { matchExpressions: [{ key: TOPOLOGY_KEY, operator: 'In', values: [nodeName()] }] },
    ]);
    expect(onDisk('volumes')).toContain(volume);
    // All of its space is taken, so that no pod finds the disk full in the middle of its own volume.
    const [blocks, size] = onNode(`stat -c '%b %s' ${DATA}/volumes/${volume}/disk.img`).split(' ').map(Number);
    expect(blocks * 512).toBeGreaterThanOrEqual(size);
  });

  test('what one pod wrote the next one reads', () => {
    sh(NS, 'writer', 'echo hello > /data/file');
    removePod(NS, 'writer');
    write(SIZE, 'reader');
    waitForPod(NS, 'reader');
    expect(sh(NS, 'reader', 'cat /data/file')).toBe('hello');
  });

  test('it grows while no pod has it', () => {
    const before = kibibytes('reader', '/data');
    removePod(NS, 'reader');
    write(LARGE, 'larger');
    waitForPod(NS, 'larger');
    expect(kibibytes('larger', '/data')).toBeGreaterThan(3 * before);
    expect(sh(NS, 'larger', 'cat /data/file')).toBe('hello');
  });

  const inUse = (which: 'disk' | 'xfs') => async () => {
    const use = (size: Size) => deploy(NS, (chart, classes) => {
      pod(chart, `grows-${which}`, { '/data': new PersistentVolumeClaim(chart, 'Claim', { name: `grows-${which}`, storageClass: classes[which], size }) });
    });
    use(Size.mebibytes(320));
    waitForPod(NS, `grows-${which}`);
    sh(NS, `grows-${which}`, 'echo kept > /data/file');
    use(Size.mebibytes(640));
    await eventually('the claim says so', () => field(NS, `pvc/grows-${which}`, '.status.capacity.storage') === '640Mi', PATIENCE);
    expect(kibibytes(`grows-${which}`, '/data')).toBeGreaterThan(500 * 1024);
    expect(sh(NS, `grows-${which}`, 'cat /data/file')).toBe('kept');
    removePod(NS, `grows-${which}`);
  };

  test('XFS grows while it is in use', inUse('xfs'));

  // The kernel asks for CAP_SYS_RESOURCE, and containers of the test cluster cannot have it.
  testIf(!onTestCluster || mayGrowExt4())('ext4 grows while it is in use', inUse('disk'));

  test('the kubelet tells how full it is', async () => {
    const ofClaim = [`namespace="${NS}"`, 'persistentvolumeclaim="data"'];
    const metric = () => kubectl('get', '--raw', `/api/v1/nodes/${nodeName()}/proxy/metrics`).split('\n')
      .find(line => line.startsWith('kubelet_volume_stats_capacity_bytes') && ofClaim.every(label => line.includes(label)));
    await eventually('there is a metric', () => metric() !== undefined, PATIENCE);
    expect(Number(metric()!.split(' ').pop()) / 1024).toBeCloseTo(kibibytes('larger', '/data'), -4);
  });

  test('a read-only mount refuses writes', async () => {
    removePod(NS, 'larger');
    write(LARGE, 'looker', { readOnly: true });
    waitForPod(NS, 'looker');
    expect(sh(NS, 'looker', 'cat /data/file')).toBe('hello');
    expect(() => sh(NS, 'looker', 'echo no > /data/file')).toThrow(/Read-only file system/);
    // The container's own mount would refuse it even if the driver had not been told.
    const target = `/var/lib/kubelet/pods/${field(NS, 'pod/looker', '.metadata.uid')}/volumes/kubernetes.io~csi/${await volumeOf(NS, 'data')}/mount`;
    expect(onNode(`findmnt --noheadings --output OPTIONS ${target}`).split(',')).toContain('ro');
    removePod(NS, 'looker');
  });

  test('a raw device keeps its bytes, and grows', async () => {
    const use = (size: Size, name: string) => deploy(NS, (chart, { disk }) => {
      const raw = new PersistentVolumeClaim(chart, 'Raw', { name: 'raw', storageClass: disk, size, volumeMode: VolumeMode.BLOCK });
      pod(chart, name, { '/dev/xvda': raw });
    });
    const bytes = (name: string) => Number(sh(NS, name, 'blockdev --getsize64 /dev/xvda'));
    use(SIZE, 'raw-1');
    waitForPod(NS, 'raw-1');
    expect(bytes('raw-1')).toBe(SIZE.toKibibytes() * 1024);
    sh(NS, 'raw-1', 'echo raw bytes | dd of=/dev/xvda bs=512 seek=100 conv=notrunc,fsync 2>/dev/null');
    use(Size.mebibytes(128), 'raw-1');
    await eventually('the device has grown', () => bytes('raw-1') === 128 * 1024 * 1024, PATIENCE);
    removePod(NS, 'raw-1');
    use(Size.mebibytes(128), 'raw-2');
    waitForPod(NS, 'raw-2');
    expect(sh(NS, 'raw-2', 'dd if=/dev/xvda bs=512 skip=100 count=1 2>/dev/null | head -n 1')).toBe('raw bytes');
    removePod(NS, 'raw-2');
  });

  test('a StatefulSet has a volume for each replica, which it finds again', async () => {
    deploy(NS, (chart, { disk }) => statefulSet(chart, 'db', 2, new ClaimTemplate({ name: 'data', storageClass: disk, size: SIZE })));
    kubectl('-n', NS, 'rollout', 'status', 'statefulset/db', `--timeout=${PATIENCE}s`);
    [0, 1].forEach(replica => sh(NS, `db-${replica}`, `echo ${replica} > /data/me`));
    await replacePods(NS, 'app=db');
    [0, 1].forEach(replica => expect(sh(NS, `db-${replica}`, 'cat /data/me')).toBe(`${replica}`));
    kubectl('-n', NS, 'delete', 'statefulset', 'db', '--cascade=foreground', `--timeout=${PATIENCE}s`);
  });

  test.each([
    ['a directory', 'directory' as const, undefined],
    ['a file system that the class names', 'xfs' as const, 'xfs'],
  ])('%s belongs to the group of its pod', (_, which, type) => {
    deploy(NS, (chart, classes) => {
      const claim = new PersistentVolumeClaim(chart, 'Claim', { name: which, storageClass: classes[which], size: Size.mebibytes(512) });
      pod(chart, which, { '/data': claim }, { fsGroup: 1000 });
    });
    waitForPod(NS, which);
    sh(NS, which, 'echo mine > /data/file');
    expect(sh(NS, which, 'stat -c %u:%g /data/file')).toBe('1000:1000');
    if (type) {
      expect(sh(NS, which, "awk '$2 == \"/data\" {print $3}' /proc/mounts")).toBe(type);
    }
    removePod(NS, which);
  });

  test('a volume that is kept can be written down by hand, and has its data', async () => {
    const volume = await volumeOf(NS, 'data');
    kubectl('patch', 'pv', volume, '-p', '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}');
    kubectl('-n', NS, 'delete', 'pvc', 'data', `--timeout=${PATIENCE}s`);
    kubectl('delete', 'pv', volume, `--timeout=${PATIENCE}s`);
    deploy(NS, (chart, { csi }) => {
      const kept = new StaticStorageClass(chart, 'Kept', { name: 'e2e-kept' });
      const handMade = new PersistentVolume(chart, 'HandMade', {
        name: 'e2e-kept', capacity: LARGE, storageClass: kept, source: PersistentVolumeSource.csi({ driver: csi, volumeHandle: volume }),
        nodeAffinity: { [TOPOLOGY_KEY]: [nodeName()] },
      });
      pod(chart, 'again', { '/data': new PersistentVolumeClaim(chart, 'Again', { name: 'again', volume: handMade }) });
    });
    waitForPod(NS, 'again');
    expect(sh(NS, 'again', 'cat /data/file')).toBe('hello');
    // Given back to its driver, which removes it with its claim.
    kubectl('annotate', 'pv', 'e2e-kept', `pv.kubernetes.io/provisioned-by=${DRIVER_NAME}`);
    kubectl('patch', 'pv', 'e2e-kept', '-p', '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}');
  });

  test('what is deleted leaves nothing on the disk', async () => {
    await remove(NS);
    await eventually('the volumes are gone from the disk', () => fresh('volumes').length === 0, PATIENCE);
    kubectl('delete', 'storageclass', 'e2e-kept', '--ignore-not-found');
  });
}
