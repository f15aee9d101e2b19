import { Chart, Size } from 'cdk8s';
import { Findings, Namespace, PersistentVolumeClaim, StorageClass } from '../../src';
import { code, codes, nfs, object, testApp, testChart } from '../support';

function claim(chart: Chart, id: string, namespace?: string) {
  return new PersistentVolumeClaim(chart, id, { name: 'data', namespace, storageClass: StorageClass.fromStorageClassName('fast'), size: Size.gibibytes(1) });
}

function found(chart: Chart): string[] {
  return Findings.of(chart.node.root).list().map(finding => `${finding.code} ${finding.path}`);
}

describe('two objects of one kind, namespace and name (MAN002)', () => {
  test('are found across charts, and the second one names the first', () => {
    const app = testApp();
    const [first, second] = ['a', 'b'].map(name => new Chart(app, name));
    [first, second].forEach(chart => new Namespace(chart, 'Namespace', { name: 'web' }));
    expect(Findings.of(app).list()).toEqual([expect.objectContaining({ code: 'MAN002', path: 'b/Namespace/Resource', message: expect.stringContaining('a/Namespace/Resource') })]);
  });

  test.each([
    ['ours first', false],
    ['the user\'s first', true],
  ])('are found where the user wrote one of them: %s', (_, theirsFirst) => {
    const chart = testChart();
    const theirs = () => object(chart, 'StorageClass', { metadata: { name: 'fast' }, provisioner: 'csi.example.com' }, 'storage.k8s.io/v1');
    const ours = () => nfs(chart).addStorageClass('fast');
    (theirsFirst ? [theirs, ours] : [ours, theirs]).forEach(write => write());
    expect(codes(chart)).toEqual(['MAN002']);
  });

  test('are found where one has the namespace of the chart and the other one names it', () => {
    const chart = testChart({}, { namespace: 'web' });
    claim(chart, 'A');
    claim(chart, 'B', 'web');
    expect(found(chart)).toEqual(['MAN002 chart/B/Resource']);
  });

  test('are found in a chart without a namespace, and in "default"', () => {
    const chart = testChart();
    claim(chart, 'A');
    claim(chart, 'B', 'default');
    expect(found(chart)).toEqual(['MAN002 chart/B/Resource']);
  });

  test('a cluster-scoped object is one, whatever namespaces the charts have', () => {
    const app = testApp();
    ['a', 'b'].forEach(name => nfs(new Chart(app, name, { namespace: name }), { secretName: name }).addStorageClass('fast'));
    expect(codes(app)).toEqual(['MAN002']);
  });

  test('of three, two are reported', () => {
    const chart = testChart({}, { namespace: 'web' });
    ['A', 'B', 'C'].forEach(id => claim(chart, id));
    expect(found(chart)).toEqual(['MAN002 chart/B/Resource', 'MAN002 chart/C/Resource']);
  });

  test('one kind in two API groups is two kinds', () => {
    const chart = testChart();
    new Namespace(chart, 'Namespace', { name: 'web' });
    object(chart, 'Namespace', { metadata: { name: 'web' } }, 'example.com/v1');
    expect(codes(chart)).toEqual([]);
  });

  test.each([
    ['addStorageClass', (storage: ReturnType<typeof nfs>) => storage.addStorageClass('fast')],
    ['addStaticVolume', (storage: ReturnType<typeof nfs>) => storage.addStaticVolume('fast', { capacity: Size.gibibytes(1) })],
    ['addSnapshotClass', (storage: ReturnType<typeof nfs>) => storage.addSnapshotClass('fast')],
  ])('of one storage are refused by code at once: %s', (_, add) => {
    const storage = nfs(testChart());
    add(storage);
    expect(code(() => add(storage))).toBe('MAN002');
  });
});
