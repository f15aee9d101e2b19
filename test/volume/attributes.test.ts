import { Size } from 'cdk8s';
import {
  CsiDriver, Findings, KubernetesVersion, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, StorageClass, VolumeAttributesClass, VolumeAttributesClassProps,
} from '../../src';
import { code, codes, one, testChart, uncheckedCodes } from '../support';

const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { modify: true } });
const size = Size.gibibytes(1);

function attributes(kubernetes = KubernetesVersion.V1_35, props: Partial<VolumeAttributesClassProps> = {}) {
  const chart = testChart({ kubernetes }, { namespace: 'web' });
  return { chart, gold: new VolumeAttributesClass(chart, 'Gold', { name: 'gold', driver, parameters: { iops: '4000' }, ...props }) };
}

test('a class is cluster-wide, and says driver and parameters', () => {
  const { chart } = attributes();
  expect(one(chart, 'VolumeAttributesClass')).toEqual({
    apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttributesClass', metadata: { name: 'gold' }, driverName: 'csi.example.com', parameters: { iops: '4000' },
  });
});

test.each([
  [KubernetesVersion.V1_31, 'storage.k8s.io/v1beta1', ['VOL024']],
  [KubernetesVersion.V1_33, 'storage.k8s.io/v1beta1', ['VOL024']],
  [KubernetesVersion.V1_34, 'storage.k8s.io/v1', []],
  [KubernetesVersion.V1_37, 'storage.k8s.io/v1', []],
])('on %s its API is %s', (kubernetes, apiVersion, warnings) => {
  const { chart } = attributes(kubernetes);
  expect(one(chart, 'VolumeAttributesClass').apiVersion).toBe(apiVersion);
  expect(codes(chart)).toEqual(warnings);
});

test('a claim names it', () => {
  const { chart, gold } = attributes();
  new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('fast', { driver }), size, volumeAttributesClass: gold });
  expect(one(chart, 'PersistentVolumeClaim').spec.volumeAttributesClassName).toBe('gold');
  expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
});

test('a claim on a volume with attributes names them too, or the two would not bind', () => {
  const { chart, gold } = attributes();
  const volume = new PersistentVolume(chart, 'Volume', { name: 'archive', capacity: size, source: PersistentVolumeSource.csi({ driver, volumeHandle: 'one' }), volumeAttributesClass: gold });
  new PersistentVolumeClaim(chart, 'Claim', { name: 'data', volume });
  expect(one(chart, 'PersistentVolume').spec.volumeAttributesClassName).toBe('gold');
  expect(one(chart, 'PersistentVolumeClaim').spec.volumeAttributesClassName).toBe('gold');
});

test('what is not known is listed', () => {
  const { chart } = attributes(KubernetesVersion.V1_35, { driver: CsiDriver.fromDriverName('csi.example.com') });
  const volumeAttributesClass = VolumeAttributesClass.fromVolumeAttributesClassName('silver');
  new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('fast', { driver }), size, volumeAttributesClass });
  expect(uncheckedCodes(chart)).toEqual(['VOL025', 'VOL026']);
});

test('a claim warns of the beta once: where its class is ours, the class does', () => {
  const { chart, gold } = attributes(KubernetesVersion.V1_33);
  new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: StorageClass.fromStorageClassName('fast', { driver }), size, volumeAttributesClass: gold });
  expect(Findings.of(chart).list().map(finding => finding.path)).toEqual(['chart/Gold']);
});

test.each([
  ['driver', { driver: undefined as any }],
  ['parameters', { parameters: undefined as any }],
  ['value of a parameter', { parameters: { iops: undefined as any } }],
])('a missing %s is VOL005', (_, props) => {
  expect(code(() => attributes(KubernetesVersion.V1_35, props))).toBe('VOL005');
});

test('a reference carries what it was told', () => {
  expect(VolumeAttributesClass.fromVolumeAttributesClassName('gold', { driver })).toEqual({ volumeAttributesClassName: 'gold', driver });
});
