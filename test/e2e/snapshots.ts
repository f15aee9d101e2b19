import { Size } from 'cdk8s';
import { deploy, newOnDisk, pod, remove, removePod, sh, snapshotReady, waitForPod, PATIENCE } from './storage';
import { PersistentVolumeClaim, VolumeMode, VolumeSnapshot } from '../../src';
import { eventually, kubectl } from '../kubectl';

const NS = 'e2e-snapshots';
const SIZE = Size.mebibytes(64);
const KINDS = ['disk', 'directory'] as const;

export function snapshotTests(): void {
  const fresh = newOnDisk();
  afterAll(() => remove(NS));

  describe.each(KINDS)('of a %s', kind => {
    const source = (chart: any, classes: any) => new PersistentVolumeClaim(chart, 'Source', { name: kind, storageClass: classes[kind], size: SIZE });

    test('a restored volume has the old data, in a larger volume too', async () => {
      deploy(NS, (chart, classes) => pod(chart, `${kind}-source`, { '/data': source(chart, classes) }));
      waitForPod(NS, `${kind}-source`);
      sh(NS, `${kind}-source`, 'echo old > /data/file; mkdir /data/private; echo secret > /data/private/file; chown -R 1234:1234 /data/private; chmod 700 /data/private');
      deploy(NS, (chart, classes) => { new VolumeSnapshot(chart, 'Snapshot', { name: kind, claim: source(chart, classes), snapshotClass: classes.snapshots }); });
      await snapshotReady(NS, kind);
      sh(NS, `${kind}-source`, 'echo new > /data/file');
      deploy(NS, (chart, classes) => {
        const dataSource = VolumeSnapshot.fromVolumeSnapshotName(kind, { namespace: NS, snapshotClass: classes.snapshots, size: SIZE });
        const restored = new PersistentVolumeClaim(chart, 'Restored', { name: `${kind}-restored`, storageClass: classes[kind], size: Size.mebibytes(256), dataSource });
        pod(chart, `${kind}-restored`, { '/data': restored });
      });
      waitForPod(NS, `${kind}-restored`);
      expect(sh(NS, `${kind}-restored`, 'cat /data/file')).toBe('old');
      expect(sh(NS, `${kind}-restored`, 'stat -c %u:%g:%a /data/private /data/private/file | tr "\\n" " "')).toBe('1234:1234:700 1234:1234:644');
      if (kind === 'disk') {
        expect(Number(sh(NS, `${kind}-restored`, "df -k /data | tail -n 1 | awk '{print $2}'"))).toBeGreaterThan(200 * 1024);
      }
    });

    test('a clone has the data of now, beside its source', () => {
      deploy(NS, (chart, classes) => {
        const clone = new PersistentVolumeClaim(chart, 'Clone', { name: `${kind}-clone`, storageClass: classes[kind], size: SIZE, dataSource: source(chart, classes) });
        pod(chart, `${kind}-clone`, { '/data': clone });
      });
      waitForPod(NS, `${kind}-clone`);
      expect(sh(NS, `${kind}-clone`, 'cat /data/file')).toBe('new');
      sh(NS, `${kind}-clone`, 'echo other > /data/file');
      expect(sh(NS, `${kind}-source`, 'cat /data/file')).toBe('new');
    });
  });

  test('an XFS volume is restored beside its source, although both have one UUID', async () => {
    const size = Size.mebibytes(400);
    deploy(NS, (chart, classes) => {
      const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'xfs', storageClass: classes.xfs, size });
      pod(chart, 'xfs', { '/data': claim });
    });
    waitForPod(NS, 'xfs');
    sh(NS, 'xfs', 'echo xfs > /data/file');
    deploy(NS, (chart, classes) => {
      const claim = PersistentVolumeClaim.fromClaimName('xfs', { namespace: NS, storageClass: classes.xfs, size });
      const copy = new PersistentVolumeClaim(chart, 'Copy', { name: 'xfs-copy', storageClass: classes.xfs, size, dataSource: claim });
      pod(chart, 'xfs-copy', { '/data': copy });
    });
    waitForPod(NS, 'xfs-copy');
    expect(sh(NS, 'xfs-copy', 'cat /data/file')).toBe('xfs');
  });

  test('a raw device is restored byte by byte', async () => {
    const raw = (chart: any, classes: any) => new PersistentVolumeClaim(chart, 'Raw', { name: 'raw', storageClass: classes.disk, size: SIZE, volumeMode: VolumeMode.BLOCK });
    deploy(NS, (chart, classes) => pod(chart, 'raw', { '/dev/xvda': raw(chart, classes) }));
    waitForPod(NS, 'raw');
    const sum = (name: string) => sh(NS, name, 'md5sum < /dev/xvda');
    sh(NS, 'raw', 'dd if=/dev/urandom of=/dev/xvda bs=1M count=4 conv=fsync 2>/dev/null');
    const before = sum('raw');
    deploy(NS, (chart, classes) => { new VolumeSnapshot(chart, 'Snapshot', { name: 'raw', claim: raw(chart, classes), snapshotClass: classes.snapshots }); });
    await snapshotReady(NS, 'raw');
    removePod(NS, 'raw');
    deploy(NS, (chart, classes) => {
      const dataSource = VolumeSnapshot.fromVolumeSnapshotName('raw', { namespace: NS, snapshotClass: classes.snapshots, size: SIZE, volumeMode: VolumeMode.BLOCK });
      pod(chart, 'raw-restored', {
        '/dev/xvda': new PersistentVolumeClaim(chart, 'Restored', { name: 'raw-restored', storageClass: classes.disk, size: SIZE, volumeMode: VolumeMode.BLOCK, dataSource }),
      });
    });
    waitForPod(NS, 'raw-restored');
    expect(sum('raw-restored')).toBe(before);
  });

  test('snapshots outlive their source, and what is deleted leaves nothing on the disk', async () => {
    kubectl('-n', NS, 'delete', 'pod', '--all', `--timeout=${PATIENCE}s`);
    kubectl('-n', NS, 'delete', 'pvc', '--all', `--timeout=${PATIENCE}s`);
    await eventually('the volumes are gone', () => fresh('volumes').length === 0, PATIENCE);
    expect(fresh('snapshots')).toHaveLength(KINDS.length + 1);
    deploy(NS, (chart, classes) => {
      const dataSource = VolumeSnapshot.fromVolumeSnapshotName('disk', { namespace: NS, snapshotClass: classes.snapshots, size: SIZE });
      pod(chart, 'late', { '/data': new PersistentVolumeClaim(chart, 'Late', { name: 'late', storageClass: classes.disk, size: SIZE, dataSource }) });
    });
    waitForPod(NS, 'late');
    expect(sh(NS, 'late', 'cat /data/file')).toBe('old');
    removePod(NS, 'late');
    kubectl('-n', NS, 'delete', 'pvc', 'late', `--timeout=${PATIENCE}s`);
    kubectl('-n', NS, 'delete', 'volumesnapshot', '--all', `--timeout=${PATIENCE}s`);
    await eventually('nothing is left', () => fresh('volumes').length + fresh('snapshots').length === 0, PATIENCE);
  });
}
