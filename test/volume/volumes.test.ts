import { Chart, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimProps, PersistentVolumeProps, PersistentVolumeSource, ReclaimPolicy, StorageClass,
  VolumeMode,
} from '../../src';
import { code, codes, nfs, one, testChart, yaml } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const { fromStorageClassName } = StorageClass;
const NFS = PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/old' });

function volume(chart: Chart, props: Partial<PersistentVolumeProps> = {}) {
  return new PersistentVolume(chart, 'Volume', { name: 'archive', capacity: GIBIBYTE, source: NFS, ...props });
}

function claim(chart: Chart, props: Partial<PersistentVolumeClaimProps>) {
  return new PersistentVolumeClaim(chart, 'Claim', { name: 'data', ...props });
}

const web = () => testChart({}, { namespace: 'web' });

describe('PersistentVolume', () => {
  test('is retained unless said otherwise: the data was there before', () => {
    const chart = web();
    volume(chart);
    expect(one(chart, 'PersistentVolume').spec).toEqual({
      accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, nfs: { server: 'nfs.example.com', path: '/old' }, persistentVolumeReclaimPolicy: 'Retain',
    });
  });

  test('of a CSI driver and its claim, as they are written', () => {
    const chart = web();
    const archive = volume(chart, {
      source: PersistentVolumeSource.csi({
        driver: CsiDriver.fromDriverName('csi.example.com'), volumeHandle: 'vol-1', volumeAttributes: { pool: 'ssd' }, fsType: 'xfs',
      }),
      accessModes: [AccessMode.READ_WRITE_ONCE_POD],
      volumeMode: VolumeMode.FILESYSTEM,
      reclaimPolicy: ReclaimPolicy.DELETE,
      storageClass: fromStorageClassName('fast'),
      mountOptions: ['noatime'],
    });
    claim(chart, { volume: archive });
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('mounted by the node itself is read-only where it says so', () => {
    const chart = web();
    volume(chart, { source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/old', readOnly: true }) });
    expect(one(chart, 'PersistentVolume').spec.nfs).toEqual({ server: 'nfs.example.com', path: '/old', readOnly: true });
  });
});

describe('a claim on a volume', () => {
  test('takes from it what it does not say, and reserves it', () => {
    const chart = web();
    claim(chart, { volume: volume(chart, { accessModes: [AccessMode.READ_WRITE_MANY], storageClass: fromStorageClassName('old') }) });
    expect(one(chart, 'PersistentVolumeClaim').spec).toEqual({
      accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'old', volumeName: 'archive',
    });
    expect(one(chart, 'PersistentVolume').spec.claimRef).toEqual({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'data', namespace: 'web' });
  });

  test('without a class names the empty one, or the default class would make a new volume', () => {
    const chart = web();
    claim(chart, { volume: volume(chart) });
    expect(one(chart, 'PersistentVolumeClaim').spec.storageClassName).toBe('');
  });

  test('on a device is one for a device', () => {
    const chart = web();
    const source = PersistentVolumeSource.csi({ driver: CsiDriver.fromDriverName('csi.example.com'), volumeHandle: 'vol-1' });
    claim(chart, { volume: volume(chart, { volumeMode: VolumeMode.BLOCK, source }) });
    expect(one(chart, 'PersistentVolumeClaim').spec.volumeMode).toBe('Block');
  });

  test('may ask for less, and for the same in another unit', () => {
    for (const size of [Size.mebibytes(500), Size.mebibytes(1024), Size.kibibytes(1024 * 1024)]) {
      const chart = web();
      claim(chart, { size, volume: volume(chart) });
      expect(codes(chart)).toEqual([]);
    }
  });

  test('is one, also where the namespace is that of whoever applies the manifests', () => {
    const chart = testChart();
    const archive = nfs(chart).addStaticVolume('archive', { capacity: GIBIBYTE });
    claim(chart, { volume: archive });
    expect(code(() => new PersistentVolumeClaim(chart, 'Second', { name: 'second', volume: archive })) ?? codes(chart)[0]).toBe('VOL011');
  });

  test('in another chart reserves it for its own namespace', () => {
    const chart = web();
    const archive = volume(chart);
    claim(new Chart(chart.node.root as any, 'shop', { namespace: 'shop' }), { volume: archive });
    expect(one(chart, 'PersistentVolume').spec.claimRef.namespace).toBe('shop');
  });
});

describe('a claim on a class', () => {
  test('says who may mount it, how much it asks for, and of which class', () => {
    const chart = web();
    claim(chart, { storageClass: fromStorageClassName('fast'), size: GIBIBYTE });
    expect(one(chart, 'PersistentVolumeClaim')).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'web' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' },
    });
  });

  test('knows its namespace, given or that of its chart', () => {
    const storageClass = fromStorageClassName('fast');
    expect(claim(web(), { storageClass, size: GIBIBYTE }).namespace).toBe('web');
    expect(claim(web(), { storageClass, size: GIBIBYTE, namespace: 'shop' }).namespace).toBe('shop');
    expect(claim(testChart(), { storageClass, size: GIBIBYTE }).namespace).toBeUndefined();
  });

  test('has the name that it was given, wherever it stands', () => {
    const chart = web();
    claim(new Chart(chart, 'deeper', { namespace: 'web' }), { storageClass: fromStorageClassName('fast'), size: GIBIBYTE });
    expect(one(chart, 'PersistentVolumeClaim').metadata.name).toBe('data');
  });
});

test('a reference to a claim carries what it was told', () => {
  expect(PersistentVolumeClaim.fromClaimName('data')).toEqual({ claimName: 'data' });
  expect(PersistentVolumeClaim.fromClaimName('data', { namespace: 'web' })).toEqual({ claimName: 'data', namespace: 'web' });
});
