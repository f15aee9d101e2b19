import { Chart, Size } from 'cdk8s';
import { CsiDriver, Finding, Findings, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, StorageClass } from '../../src';
import { existingNfs, nfs, object, testChart, thrown } from '../support';

/** The class of a well-known example, as people copied it. */
function legacyClass(chart: Chart) {
  return object(chart, 'StorageClass', {
    metadata: { name: 'example-nfs' },
    provisioner: 'kubernetes.io/nfs',
    parameters: { server: 'nfs-server.example.com', path: '/share', readOnly: 'false' },
  }, 'storage.k8s.io/v1');
}

function expectMapping(finding: Finding | undefined): void {
  expect(finding).toMatchObject({ code: 'CSI008', level: 'error' });
  expect(finding!.message).toContain('kubernetes.io/nfs');
  expect(finding!.message).toContain('Pending for ever');
  for (const word of ['NfsStorage', 'server is host', 'path is share', 'readOnly is mountTo(', 'mountOptions']) {
    expect(finding!.fix).toContain(word);
  }
}

describe('provisioner: kubernetes.io/nfs is diagnosed, with a new place for each of its parameters', () => {
  test('named as a driver', () => {
    expectMapping(thrown(() => CsiDriver.fromDriverName('kubernetes.io/nfs')));
  });

  test('installed as a driver', () => {
    expectMapping(thrown(() => new CsiDriver(testChart(), 'Driver', { driverName: 'kubernetes.io/nfs', image: 'driver:v1' })));
  });

  const BESIDE: [string, (chart: Chart) => unknown][] = [
    ['one of our classes', chart => nfs(chart).addStorageClass('fast')],
    ['one of our drivers', chart => new CsiDriver(chart, 'Driver', { driverName: 'csi.example.com', image: 'driver:v1' })],
    ['a claim on it', chart => new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('example-nfs'), size: Size.gibibytes(1) })],
    ['a volume', chart => new PersistentVolume(chart, 'Volume', { name: 'v', capacity: Size.gibibytes(1), source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/' }) })],
    ['an NfsStorage', chart => nfs(chart, { driver: existingNfs() })],
    ['nothing of ours but the platform', () => undefined],
  ];

  test.each(BESIDE)('written by the user beside %s', (_, beside) => {
    const chart = testChart({}, { namespace: 'apps' });
    beside(chart);
    const written = legacyClass(chart);
    const [finding, ...more] = Findings.of(chart).list();
    expect(more).toEqual([]);
    expectMapping(finding);
    expect(finding.path).toBe(written.node.path);
    expect(finding.message).toContain("'example-nfs'");
  });

  test('written by the user in another chart, before ours', () => {
    const chart = testChart();
    legacyClass(chart);
    nfs(new Chart(chart.node.root as any, 'ours')).addStorageClass('fast');
    expectMapping(Findings.of(chart.node.root).list()[0]);
  });
});

describe('what the user wrote of csi-driver-nfs beside ours is looked at', () => {
  const found = (kind: string, apiVersion: string, fields: object) => {
    const chart = testChart();
    object(chart, kind, { metadata: { name: 'theirs' }, ...fields }, apiVersion);
    return Findings.of(chart).list().map(finding => `${finding.code} ${finding.message}`);
  };
  const parameters = { server: 'nfs.example.com', share: '/exports' };
  const ofClass = (fields: object) => found('StorageClass', 'storage.k8s.io/v1', { provisioner: 'nfs.csi.k8s.io', parameters, ...fields });
  const ofVolume = (spec: object, csi: object = {}) => found('PersistentVolume', 'v1', {
    spec: { csi: { driver: 'nfs.csi.k8s.io', volumeHandle: 'nfs.example.com#exports##', volumeAttributes: parameters, ...csi }, accessModes: ['ReadOnlyMany'], ...spec },
  });

  test('without the parameters of the sidecars', () => {
    expect(ofClass({ parameters: { ...parameters, 'csi.storage.k8s.io/provisioner-secret-name': 'a', 'csi.storage.k8s.io/provisioner-secret-namespace': 'b' } })).toEqual(ofClass({}));
  });

  test('with the reclaimPolicy of Kubernetes where it says none', () => {
    const deleting = { parameters: { ...parameters, onDelete: 'archive' } };
    expect(ofClass(deleting)).toEqual(ofClass({ ...deleting, reclaimPolicy: 'Delete' }));
    expect(ofClass(deleting)).not.toEqual(ofClass({ ...deleting, reclaimPolicy: 'Retain' }));
    expect(ofVolume({})).toEqual(ofVolume({ persistentVolumeReclaimPolicy: 'Retain' }));
    expect(ofVolume({})).not.toEqual(ofVolume({ persistentVolumeReclaimPolicy: 'Delete' }));
  });

  test('with its readOnly', () => {
    const volumeHandle = 'nfs.example.com#exports###retain';
    expect(ofVolume({}, { volumeHandle, readOnly: true })).not.toEqual(ofVolume({}, { volumeHandle }));
  });
});

test('readOnly and path in a class of csi-driver-nfs are told their new place', () => {
  const fix = (key: string) => thrown(() => new StorageClass(testChart(), 'Class', {
    name: 'fast', driver: existingNfs(), parameters: { server: 'nfs.example.com', share: '/exports', [key]: 'x' },
  }))!.fix;
  expect(fix('path')).toContain('share');
  expect(fix('readOnly')).toContain('mountTo(workload, { container, path, readOnly: true })');
  expect(fix('mountOptions')).toContain('protocol');
  expect(fix('archiveOnDelete')).toContain('WhenDeleted.ARCHIVE');
  expect(fix('onDelte')).toContain('server, share, subDir, onDelete, mountPermissions');
});
