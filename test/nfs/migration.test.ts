import { NfsStorageClassOptions, NfsSubdirParameters, WhenDeleted } from '../../src';
import { code, codes, nfs, object, one, testChart, thrown } from '../support';

/** The class that takes over from one of nfs-subdir-external-provisioner with these parameters. */
function migrated(migrateFrom: NfsSubdirParameters, options: NfsStorageClassOptions = {}): any {
  const chart = testChart();
  nfs(chart).addStorageClass('fast', { migrateFrom, ...options });
  return one(chart, 'StorageClass');
}

/** Another directory would be archived over or deleted: then the class says what the driver would do, and is refused. */
const KEPT = { onDelete: 'retain' };

describe('the directory, as nfs-subdir-external-provisioner v4.0.2 made it', () => {
  test.each<[string | undefined, string]>([
    [undefined, '${pvc.metadata.namespace}-${pvc.metadata.name}-${pv.metadata.name}'],
    ['', '${pvc.metadata.namespace}-${pvc.metadata.name}-${pv.metadata.name}'],
    ['${.PVC.namespace}/${.PVC.name}', '${pvc.metadata.namespace}/${pvc.metadata.name}'],
    ['/${.PVC.namespace}//${.PVC.name}/', '${pvc.metadata.namespace}/${pvc.metadata.name}'],
    ['./k8s/${.PVC.namespace}/${.PVC.name}', 'k8s/${pvc.metadata.namespace}/${pvc.metadata.name}'],
    ['${.PVC.namespace}_${.PVC.name}', '${pvc.metadata.namespace}_${pvc.metadata.name}'],
  ])('%p is %s', (pathPattern, subDir) => {
    expect(migrated({ ...KEPT, pathPattern }).parameters.subDir).toBe(subDir);
  });

  test.each([
    ['${.PVC.labels.app}', 'labels'],
    ['${.PVC.annotations.example.com/path}', 'annotations'],
    ['${.PVC.uid}-${.PVC.name}', '${.PVC.uid}'],
  ])('%s has no counterpart, and the message says why', (pathPattern, word) => {
    expect(thrown(() => migrated({ ...KEPT, pathPattern }))).toMatchObject({ code: 'NFS127', message: expect.stringContaining(word) });
  });

  test.each([
    ['${.PVC.namespace}-${.PVC.name}', {}, 'NFS004'], // a-b/c and a/b-c were one directory there, too
    ['${.PVC.namespace}/${.PVC.name}', {}, 'NFS005'],
    ['${.PVC.namespace}/${.PVC.name}', { onDelete: 'delete' }, 'NFS004'],
    ['../${.PVC.name}', KEPT, 'NFS002'],
  ])('%s with %j is held to the same rules as any other', (pathPattern, parameters, expected) => {
    expect(code(() => migrated({ pathPattern, ...(parameters as NfsSubdirParameters) }))).toBe(expected);
  });
});

describe('what becomes of a directory, as there', () => {
  test.each<[NfsSubdirParameters, string]>([
    [{}, 'archive'],
    [{ archiveOnDelete: 'true' }, 'archive'],
    [{ archiveOnDelete: '1' }, 'archive'],
    [{ archiveOnDelete: 'false' }, 'delete'],
    [{ archiveOnDelete: 'F' }, 'delete'],
    [{ onDelete: 'delete' }, 'delete'],
    [{ onDelete: 'retain' }, 'retain'],
    [{ onDelete: 'delete', archiveOnDelete: 'true' }, 'delete'],
    [{ onDelete: 'retain', archiveOnDelete: 'false' }, 'retain'],
    [{ onDelete: '', archiveOnDelete: 'false' }, 'delete'],
    [{ onDelete: 'Retain' }, 'archive'], // only the two words in lower case were known
    [{ onDelete: 'archive', archiveOnDelete: 'false' }, 'delete'],
  ])('%j: %s', (parameters, onDelete) => {
    expect(migrated(parameters)).toMatchObject({ reclaimPolicy: 'Delete', parameters: { onDelete } });
  });

  test('a class that was Retain is KEEP_VOLUME, whatever its parameters say', () => {
    const written = migrated({ archiveOnDelete: 'true' }, { whenDeleted: WhenDeleted.KEEP_VOLUME });
    expect(written.reclaimPolicy).toBe('Retain');
    expect(written.parameters).not.toHaveProperty('onDelete');
  });
});

describe('a class of the old provisioner', () => {
  test.each([
    'k8s-sigs.io/nfs-subdir-external-provisioner', 'cluster.local/nfs-subdir-external-provisioner', 'cluster.local/storage-nfs-client-provisioner', 'fuseim.pri/ifs', 'example.com/external-nfs', 'example.com/nfs',
  ])('%s is told where its parameters are now', provisioner => {
    const chart = testChart();
    object(chart, 'StorageClass', { metadata: { name: 'old' }, provisioner }, 'storage.k8s.io/v1');
    expect(codes(chart)).toEqual(['CSI021']);
  });
});
