import { ApiObject, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ClaimTemplate, ClaimTemplateProps, CsiDriver, PersistentVolumeClaim, PodVolume, StorageClass, VolumeMode } from '../../src';
import { code, codes, object, one, testChart, thrown } from '../support';

const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { block: true } });
const storageClass = StorageClass.fromStorageClassName('fast', { driver });
const size = Size.gibibytes(20);

function template(props: Partial<ClaimTemplateProps> = {}) {
  return new ClaimTemplate({ name: 'data', storageClass, size, ...props });
}

function statefulSet(chart: Chart = testChart({}, { namespace: 'web' }), spec: object = {}) {
  return object(chart, 'StatefulSet', { metadata: { name: 'database' }, spec: { template: { spec: { containers: [{ name: 'main' }] } }, ...spec } }, 'apps/v1');
}

const DATA = { container: 'main', path: '/data' };
const CLAIM = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } }, storageClassName: 'fast' },
};

test('a template is written and mounted, and the pod has no volume of its own for it', () => {
  const workload = statefulSet();
  template().mountTo(workload, DATA);
  const { spec } = workload.toJson();
  expect(spec.volumeClaimTemplates).toEqual([CLAIM]);
  expect(spec.template.spec).toEqual({ containers: [{ name: 'main', volumeMounts: [{ mountPath: '/data', name: 'data' }] }] });
  expect(workload.toJson()).toEqual(workload.toJson());
  expect(codes(workload)).toEqual([]);
});

test('a template is written once, also when it is added and mounted twice', () => {
  const workload = statefulSet();
  const data = template();
  data.addTo(workload);
  data.addTo(workload);
  data.mountTo(workload, DATA);
  data.mountTo(workload, { ...DATA, path: '/again', subPath: 'again' });
  expect(workload.toJson().spec.volumeClaimTemplates).toEqual([CLAIM]);
});

test('a template that nothing mounts is written all the same', () => {
  const workload = statefulSet();
  template().addTo(workload);
  expect(workload.toJson().spec.volumeClaimTemplates).toEqual([CLAIM]);
});

test('a device is one for each replica', () => {
  const workload = statefulSet();
  template({ volumeMode: VolumeMode.BLOCK, labels: { team: 'a' } }).deviceTo(workload, { container: 'main', devicePath: '/dev/data' });
  const { spec } = workload.toJson();
  expect(spec.volumeClaimTemplates[0]).toMatchObject({ metadata: { name: 'data', labels: { team: 'a' } }, spec: { volumeMode: 'Block' } });
  expect(spec.template.spec.containers[0].volumeDevices).toEqual([{ devicePath: '/dev/data', name: 'data' }]);
});

test('templates stand beside those of the user, but not in their place', () => {
  const own = { metadata: { name: 'logs' }, spec: {} };
  const workload = statefulSet(undefined, { volumeClaimTemplates: [own] });
  template().mountTo(workload, DATA);
  expect(workload.toJson().spec.volumeClaimTemplates).toEqual([own, CLAIM]);
  template({ name: 'logs' }).mountTo(workload, { ...DATA, path: '/logs' });
  expect(codes(workload)).toEqual(['VOL009']);
});

test('a template and a claim of one name are refused', () => {
  const workload = statefulSet();
  template().mountTo(workload, DATA);
  PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('data')).mountTo(workload, { ...DATA, path: '/other' });
  expect(codes(workload)).toEqual(['VOL009']);
});

test('two StatefulSets may have one template', () => {
  const data = template();
  const workloads = [statefulSet(), statefulSet()];
  workloads.forEach(workload => data.mountTo(workload, DATA));
  expect(workloads[0].toJson().spec).toEqual(workloads[1].toJson().spec);
});

test('a StatefulSet of cdk8s-plus may get its container later', () => {
  const chart = testChart({}, { namespace: 'web' });
  const workload = new kplus.StatefulSet(chart, 'Database', {
    metadata: { name: 'database' }, service: new kplus.Service(chart, 'Service', { ports: [{ port: 80 }] }), containers: [{ name: 'first', image: 'busybox:1.36' }],
  });
  template().mountTo(ApiObject.of(workload), { ...DATA, container: 'late' });
  expect(codes(chart)).toEqual(['VOL009']);
  workload.addContainer({ name: 'late', image: 'busybox:1.36' });
  expect(codes(chart)).toEqual([]);
  expect(one(chart, 'StatefulSet').spec.volumeClaimTemplates).toEqual([CLAIM]);
});

test('what is no StatefulSet is told what to use instead', () => {
  const workload = object(testChart(), 'Deployment', { spec: { template: { spec: { containers: [{ name: 'main' }] } } } }, 'apps/v1');
  expect(thrown(() => template().mountTo(workload, DATA))).toMatchObject({ code: 'VOL009', fix: expect.stringContaining('PodVolume.ephemeral') });
});

test.each<[string, string, Partial<ClaimTemplateProps>]>([
  ['name', 'MAN001', { name: undefined }],
  ['class', 'VOL013', { storageClass: undefined }],
  ['size', 'VOL013', { size: undefined }],
  ['access mode', 'VOL008', { accessModes: [] }],
])('a template without %s is %s', (_, expected, props) => {
  expect(code(() => template(props).addTo(statefulSet()))).toBe(expected);
});
