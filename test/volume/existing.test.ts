import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Size } from 'cdk8s';
import { AccessMode, CsiDriver, PersistentVolume, PersistentVolumeClaim, StorageClass, VolumeMode } from '../../src';
import { code, codes, one, testChart, thrown, uncheckedCodes } from '../support';

// What exists already, and was written elsewhere.

const manifest = (name: string) => join(__dirname, 'manifests', name);
const fast = JSON.parse(readFileSync(manifest('fast.json'), 'utf8'));

function written(content: unknown, encoding: BufferEncoding = 'utf8'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'class-')), 'class.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), encoding);
  return path;
}

describe('a class by its manifest', () => {
  test('is what the manifest says', () => {
    expect(StorageClass.fromManifest(manifest('fast.json'))).toEqual({
      storageClassName: 'fast', driver: CsiDriver.fromDriverName('disks.csi.example.com'), expansion: true, provisions: true, volumeBindingMode: 'WaitForFirstConsumer',
    });
  });

  test('has the driver that is given', () => {
    const driver = CsiDriver.fromDriverName('disks.csi.example.com', { capabilities: { clone: true } });
    expect(StorageClass.fromManifest(manifest('fast.json'), { driver }).driver).toBe(driver);
  });

  test('has no driver where nobody creates volumes', () => {
    expect(StorageClass.fromManifest(manifest('local.json'))).toEqual({
      storageClassName: 'local', driver: undefined, expansion: false, provisions: false, volumeBindingMode: 'WaitForFirstConsumer',
    });
  });

  test('has no driver where its provisioner is none of CSI', () => {
    expect(StorageClass.fromManifest(manifest('local-path.json'))).toEqual({
      storageClassName: 'local-path', driver: undefined, expansion: false, provisions: true, volumeBindingMode: 'Immediate',
    });
  });

  test('has no driver where its provisioner is no name of one', () => {
    expect(StorageClass.fromManifest(written({ ...fast, provisioner: 'My_Provisioner' })).driver).toBeUndefined();
  });

  test('is read as PowerShell writes it, and from a list of one', () => {
    const expected = StorageClass.fromManifest(manifest('fast.json'));
    const text = `\uFEFF${JSON.stringify(fast)}`;
    expect(StorageClass.fromManifest(written(text, 'utf8'))).toEqual(expected);
    expect(StorageClass.fromManifest(written(text, 'utf16le'))).toEqual(expected);
    expect(StorageClass.fromManifest(written({ apiVersion: 'v1', kind: 'List', items: [fast] }))).toEqual(expected);
  });

  test('is refused where its provisioner is one that no longer works, and not where it does', () => {
    expect(code(() => StorageClass.fromManifest(manifest('old.json')))).toBe('CSI008');
    expect(StorageClass.fromManifest(manifest('subdir.json'))).toMatchObject({ storageClassName: 'nfs-client', driver: undefined, provisions: true });
  });

  test.each([
    ['none.json', 'it cannot be read (ENOENT)', '<name>'],
    ['fast.yaml', 'it is YAML', 'fast'],
    ['claim.json', 'it is of the kind PersistentVolumeClaim', '<name>'],
    ['list.json', 'it is a list of several, or of none', '<name>'],
  ])('%s is refused with the command that writes the right one', (file, problem, name) => {
    const finding = thrown(() => StorageClass.fromManifest(manifest(file)));
    expect(finding?.message).toContain(`cannot be taken for a StorageClass: ${problem}`);
    expect(finding?.fix).toContain(`kubectl get storageclass ${name} -o json > ${manifest(file)}`);
  });
});

describe('a volume by its name', () => {
  const driver = CsiDriver.fromDriverName('disks.csi.example.com', { capabilities: { clone: true, block: true } });

  test('is named by its claim, which gets size, access modes and mode from it, and no class', () => {
    const chart = testChart({}, { namespace: 'web' });
    const volume = PersistentVolume.fromPersistentVolumeName('pv-0815', { capacity: Size.gibibytes(10), accessModes: [AccessMode.READ_WRITE_MANY], volumeMode: VolumeMode.BLOCK, driver });
    const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'data', volume });
    expect(one(chart, 'PersistentVolumeClaim').spec).toEqual({
      volumeName: 'pv-0815', storageClassName: '', accessModes: ['ReadWriteMany'], volumeMode: 'Block', resources: { requests: { storage: '10Gi' } },
    });
    expect(claim.dataSourceDriver).toBe(driver);
    expect(codes(chart)).toEqual([]);
  });

  test('has the class that its claim has to name', () => {
    const chart = testChart({}, { namespace: 'web' });
    const storageClass = StorageClass.fromStorageClassName('fast', { driver });
    const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'data', volume: PersistentVolume.fromPersistentVolumeName('pv-0815', { capacity: Size.gibibytes(10), storageClass }) });
    expect(one(chart, 'PersistentVolumeClaim').spec).toMatchObject({ volumeName: 'pv-0815', storageClassName: 'fast', accessModes: ['ReadWriteOnce'] });
    expect(claim.dataSourceDriver).toBe(driver);
  });

  test('is compared with what the claim asks for, and is claimed once', () => {
    const chart = testChart({}, { namespace: 'web' });
    const volume = PersistentVolume.fromPersistentVolumeName('pv-0815', { capacity: Size.gibibytes(10) });
    expect(code(() => new PersistentVolumeClaim(chart, 'Large', { name: 'large', volume, size: Size.gibibytes(11) }))).toBe('VOL012');
    expect(code(() => new PersistentVolumeClaim(chart, 'Second', { name: 'second', volume }))).toBe('VOL011');
    expect(code(() => PersistentVolume.fromPersistentVolumeName('pv', undefined as any))).toBe('MAN004');
    expect(code(() => PersistentVolume.fromPersistentVolumeName('PV', { capacity: Size.gibibytes(10) }))).toBe('MAN001');
    expect(code(() => new PersistentVolumeClaim(chart, 'None', { name: 'none', volume: PersistentVolume.fromPersistentVolumeName('pv', {} as any) }))).toBe('MAN004');
  });

  test('is not reserved from here, which is listed', () => {
    const chart = testChart({}, { namespace: 'web' });
    new PersistentVolumeClaim(chart, 'Claim', { name: 'data', volume: PersistentVolume.fromPersistentVolumeName('pv-0815', { capacity: Size.gibibytes(10) }) });
    expect(uncheckedCodes(chart)).toContain('VOL011');
  });
});
