import { Size } from 'cdk8s';
import { CsiDriver, IDataSource, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimProps, PersistentVolumeSource, StorageClass, VolumeMode } from '../../src';
import { code, codes, one, testChart, thrown, twoClusters, uncheckedCodes } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { clone: true, snapshot: true, expand: true, block: true } });
const fast = StorageClass.fromStorageClassName('fast', { driver });
const web = () => testChart({}, { namespace: 'web' });

function claim(chart = web(), props: Partial<PersistentVolumeClaimProps> = {}, id = 'Claim') {
  return new PersistentVolumeClaim(chart, id, { name: id.toLowerCase(), storageClass: fast, size: GIBIBYTE, ...props });
}

const snapshot: IDataSource = {
  dataSourceKind: 'VolumeSnapshot', dataSourceApiGroup: 'snapshot.storage.k8s.io', dataSourceName: 'monday', namespace: 'web', dataSourceDriver: driver, dataSourceSize: GIBIBYTE,
};

describe('a clone', () => {
  test('names the claim that it is made from', () => {
    const chart = web();
    claim(chart, { dataSource: claim(chart, {}, 'Source') });
    expect(one(chart, 'PersistentVolumeClaim', 'claim').spec.dataSource).toEqual({ kind: 'PersistentVolumeClaim', name: 'source' });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
  });

  test('knows what the claim knows: driver, size and mode', () => {
    const source = claim(web(), { volumeMode: VolumeMode.BLOCK });
    expect(source).toMatchObject({
      dataSourceKind: 'PersistentVolumeClaim', dataSourceName: 'claim', dataSourceDriver: driver, dataSourceSize: GIBIBYTE, dataSourceVolumeMode: 'Block', namespace: 'web',
    });
    expect(source.dataSourceApiGroup).toBeUndefined();
  });

  test('of a claim on a volume knows the volume\'s', () => {
    const chart = web();
    const volume = new PersistentVolume(chart, 'Volume', { name: 'archive', capacity: Size.gibibytes(2), source: PersistentVolumeSource.csi({ driver, volumeHandle: 'one' }) });
    const source = claim(chart, { volume, storageClass: undefined, size: undefined }, 'Source');
    expect(source).toMatchObject({ dataSourceDriver: driver, dataSourceSize: Size.gibibytes(2), dataSourceVolumeMode: 'Filesystem' });
    expect(code(() => claim(chart, { dataSource: source }))).toBe('VOL019');
  });

  test('of a volume without a driver is refused', () => {
    const chart = web();
    const volume = new PersistentVolume(chart, 'Volume', { name: 'archive', capacity: GIBIBYTE, source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/' }) });
    const source = claim(chart, { volume, storageClass: undefined, size: undefined }, 'Source');
    expect(thrown(() => claim(chart, { dataSource: source }))).toMatchObject({ code: 'VOL018', message: expect.stringContaining('no CSI driver') });
  });

  test('of a claim of which nothing is known is listed with all that could not be checked', () => {
    const chart = web();
    claim(chart, { dataSource: PersistentVolumeClaim.fromClaimName('source') });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], ['VOL016', 'VOL017', 'VOL019']]);
  });

  test('by a driver of which nothing is known is listed', () => {
    const chart = web();
    const unknown = StorageClass.fromStorageClassName('slow', { driver: CsiDriver.fromDriverName('csi.example.com') });
    claim(chart, { storageClass: unknown, size: Size.gibibytes(2), dataSource: claim(chart, { storageClass: unknown }, 'Source') });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], ['VOL018', 'VOL020']]);
  });

  test('in another cluster is refused', () => {
    const [east, west] = twoClusters();
    expect(code(() => claim(west, { dataSource: claim(east, {}, 'Source') }))).toBe('PLT005');
  });

  test('of two claims without a namespace is taken to be in one', () => {
    const chart = testChart();
    claim(chart, { dataSource: claim(chart, {}, 'Source') });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
  });
});

describe('a restore', () => {
  test('names the snapshot with its group', () => {
    const chart = web();
    claim(chart, { dataSource: snapshot });
    expect(one(chart, 'PersistentVolumeClaim').spec.dataSource).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday' });
  });
});

test('what a populator fills is named where the API server keeps it, and asks nothing of the driver', () => {
  const chart = web();
  claim(chart, { dataSource: { dataSourceKind: 'Restore', dataSourceApiGroup: 'backup.example.com', dataSourceName: 'monday', namespace: 'web' } });
  const { dataSource, dataSourceRef } = one(chart, 'PersistentVolumeClaim').spec;
  expect(dataSource).toBeUndefined();
  expect(dataSourceRef).toEqual({ apiGroup: 'backup.example.com', kind: 'Restore', name: 'monday' });
  expect(uncheckedCodes(chart)).toEqual([]);
});

test('a class that allows expansion says that its driver expands', () => {
  const chart = web();
  const undeclared = CsiDriver.fromDriverName('csi.example.com');
  const storageClass = StorageClass.fromStorageClassName('slow', { driver: undeclared, expansion: true });
  claim(chart, { storageClass, size: Size.gibibytes(2), dataSource: snapshot });
  expect(uncheckedCodes(chart)).not.toContain('VOL020');
});
