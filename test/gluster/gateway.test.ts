import { ApiObject, Duration, Size, Testing } from 'cdk8s';
import { gatewayProps, HOSTS } from './gateway';
import { Distribution, GlusterCluster, GlusterGatewayOptions, GlusterStorage, GlusterStorageProps, NfsSquash } from '../../src';
import { GATEWAY_VALUES } from '../rules/gluster-gateway.cases';
import { all, code, codes, existingNfs, one, stderr, testChart } from '../support';

/** Storage on a gateway that trips nothing, unless told otherwise. */
function storage(options: Partial<GlusterGatewayOptions> = {}, props: Partial<GlusterStorageProps> = {}, chart = testChart()): GlusterStorage {
  return new GlusterStorage(chart, 'Gluster', { cluster: GlusterCluster.external({ hosts: HOSTS, volume: 'gv0' }), driver: existingNfs(), gateway: gatewayProps(options), ...props });
}

const configurationOf = (of: GlusterStorage): string => one(of, 'ConfigMap').data['ganesha.conf'];

test('the shape', () => {
  const gluster = storage({
    exports: [{ name: 'volumes', path: '/volumes' }, { name: 'archive', volume: 'gv1', readOnly: true, clients: ['10.0.7.0/24'] }],
  });
  gluster.addStorageClass('gluster');
  gluster.addStaticVolume('archive', { capacity: Size.gibibytes(10), share: '/archive', readOnly: true });
  expect(Testing.synth(gluster.node.scope as any)).toMatchSnapshot();
  expect(codes(gluster)).toEqual([]);
});

test('it has no rights, in a namespace that lets none in that has', () => {
  const gluster = storage();
  const { spec } = one(gluster, 'StatefulSet').spec.template;
  expect(one(gluster, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  expect(spec.securityContext).toMatchObject({ runAsUser: 65534, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(spec.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
});

test('the whole volume is exported by its name, unless said otherwise', () => {
  expect(configurationOf(storage())).toMatch(/Path = "\/gv0";\n\s+Pseudo = "\/gv0";/);
  expect(configurationOf(storage())).toContain('volpath = "/"');
  const two = configurationOf(storage({ exports: [{ name: 'a', path: '/x' }, { name: 'b', volume: 'gv1' }] }));
  expect([...two.matchAll(/ (volume|volpath) = (.*);/g)].map(([, key, value]) => `${key} ${value}`)).toEqual(['volume "gv0"', 'volpath "/x"', 'volume "gv1"', 'volpath "/"']);
});

test('hosts are asked in their order; which it is, is found at the start', () => {
  const gluster = storage();
  expect(one(gluster, 'StatefulSet').spec.template.spec.containers[0].env).toEqual([{ name: 'GLUSTER_HOSTS', value: '10.0.0.1 10.0.0.2 10.0.0.3' }]);
  expect(configurationOf(gluster)).toContain('hostname = "@GLUSTER_HOST@"');
});

test('classes and volumes mount what the gateway exports', () => {
  const gluster = storage({ exports: [{ name: 'volumes', path: '/volumes' }, { name: 'archive', path: '/archive', readOnly: true }] });
  gluster.addStorageClass('gluster');
  gluster.addStaticVolume('archive', { capacity: Size.gibibytes(1), share: '/archive', readOnly: true });
  const server = 'gluster-nfs.gluster-nfs.svc.cluster.local';
  expect(one(gluster, 'StorageClass').parameters).toMatchObject({ server, share: '/volumes' });
  expect(one(gluster, 'PersistentVolume').spec.csi.volumeAttributes).toMatchObject({ server, share: '/archive' });
  expect(code(() => gluster.addStorageClass('archive', { share: '/archive' }))).toBe('NFS132');
  expect(code(() => gluster.addStorageClass('other', { share: '/other' }))).toBe('NFS132');
  expect(code(() => storage({ exports: [{ name: 'volumes', squash: NfsSquash.ROOT }] }).addStorageClass('gluster'))).toMatch(/^NFS/);
});

test('what it has to remember is on its own claim; without, a restart loses it, which is said', () => {
  const kept = storage({ recovery: { ...gatewayProps().recovery!, size: Size.gibibytes(2), claimName: 'kept' } });
  expect(one(kept, 'PersistentVolumeClaim')).toMatchObject({ metadata: { name: 'kept', namespace: 'gluster-nfs' }, spec: { storageClassName: 'block', resources: { requests: { storage: '2Gi' } } } });
  expect(one(kept, 'StatefulSet').spec.template.spec.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'kept' } });
  const lost = storage({ recovery: undefined });
  stderr(() => expect(codes(lost)).toEqual(['GLU070']));
  expect(all(lost, 'PersistentVolumeClaim')).toEqual([]);
});

test('labels and annotations of the storage are on all, those of the gateway on what is the gateway', () => {
  const gluster = storage({ labels: { part: 'gateway' }, annotations: { note: 'gateway' } }, { labels: { part: 'storage', team: 'a' }, annotations: { team: 'a' } });
  gluster.addStorageClass('gluster');
  for (const kind of ['Namespace', 'ConfigMap', 'Service', 'StatefulSet', 'NetworkPolicy', 'ServiceAccount', 'PersistentVolumeClaim']) {
    expect([kind, one(gluster, kind).metadata]).toMatchObject([kind, { labels: { part: 'gateway', team: 'a' }, annotations: { note: 'gateway', team: 'a' } }]);
  }
  const { labels, annotations } = one(gluster, 'StorageClass').metadata;
  expect([labels, annotations]).toMatchObject([{ part: 'storage', team: 'a' }, { team: 'a' }]);
  expect(annotations.note).toBeUndefined();
});

test('only clients reach it', () => {
  expect(one(storage({ exports: [{ name: 'a', path: '/a' }, { name: 'b', path: '/b', clients: ['10.7.0.1', 'fd00::/64'] }] }), 'NetworkPolicy').spec).toMatchObject({
    policyTypes: ['Ingress'],
    ingress: [{ from: ['10.0.0.0/16', '10.7.0.1/32', 'fd00::/64'].map(cidr => ({ ipBlock: { cidr } })), ports: [{ port: 2049 }] }],
  });
});

test('on OpenShift its account may use what its pod asks for', () => {
  const gluster = storage({}, {}, testChart({ distribution: Distribution.OPENSHIFT }));
  expect(one(gluster, 'RoleBinding', 'gluster-nfs-scc')).toMatchObject({
    roleRef: { name: 'system:openshift:scc:nonroot-v2' }, subjects: [{ kind: 'ServiceAccount', name: 'gluster-nfs', namespace: 'gluster-nfs' }],
  });
});

test('its objects are in the order in which they are needed', () => {
  expect(storage().apiObjects.map(({ kind }: ApiObject) => kind).slice(0, 3)).toEqual(['Namespace', 'PersistentVolumeClaim', 'ConfigMap']);
});

test.each(Object.entries(GATEWAY_VALUES))('%s', (_, build) => {
  expect(code(build)).toBe('GAN001');
});

test.each([
  ['a relative path', { exports: [{ name: 'a', path: 'a' }] }],
  ['a path upwards', { exports: [{ name: 'a', path: '/../a' }] }],
  ['a path that ends with a slash', { exports: [{ name: 'a', path: '/a/' }] }],
  ['a path that ends with a backslash', { exports: [{ name: 'a', path: '/a\\' }] }],
  ['a path of two lines', { exports: [{ name: 'a', path: '/a\nb' }] }],
  ['a long path', { exports: [{ name: 'a', path: `/${'a'.repeat(1000)}` }] }],
  ['an exportId of 0', { exports: [{ name: 'a', exportId: 0 }] }],
  ['a lease of a part of a second', { leaseLifetime: Duration.millis(1500) }],
])('%s is refused', (_, options) => {
  expect(code(() => storage(options))).toBe('GAN001');
});

describe('wrong types end in findings', () => {
  const WRONG = [null, 5, 'text', true, [], [null], [5], { a: null }, Number.NaN];
  const tried = (build: (value: any) => unknown) => WRONG.forEach(value => {
    try {
      stderr(() => (build(value) as GlusterStorage).node.root && Testing.synth((build(value) as GlusterStorage).node.scope as any));
    } catch (error) {
      expect([value, (error as Error).name, (error as Error).message]).toEqual([value, 'FindingError', expect.any(String)]);
    }
  });

  test.each([
    'name', 'namespace', 'createNamespace', 'image', 'imagePullSecrets', 'clients', 'networkPolicy', 'clusterIp', 'clusterDomain', 'minorVersions', 'leaseLifetime', 'gracePeriod',
    'failover', 'evictable', 'memoryLimit', 'memoryRequest', 'cpuRequest', 'nodeSelector', 'tolerations', 'priorityClassName', 'logLevel', 'extraConfiguration', 'labels',
    'annotations', 'exports', 'recovery', 'snapshots', 'protocol',
  ])('of %s', property => tried(value => storage({ [property]: value })));

  test.each(['name', 'volume', 'path', 'readOnly', 'squash', 'clients', 'exportId'])('of %s of an export', property => tried(value => storage({ exports: [{ name: 'a', [property]: value }] })));

  test.each(['storageClass', 'size', 'claimName'])('of %s of recovery', property => tried(value => storage({ recovery: { ...gatewayProps().recovery!, [property]: value } })));

  test.each(['version', 'hard', 'timeout', 'retransmissions', 'connections', 'locking', 'extraOptions'])('of %s of the protocol', property => tried(value => storage({ protocol: { [property]: value } })));

  test.each(['cluster', 'access', 'gateway', 'nodeMount', 'kadalu', 'driver', 'labels', 'annotations'])('of %s of the storage', property => tried(value => storage({}, { [property]: value })));

  test.each([
    ['the storage', 'labels', () => storage({}, { labels: 'text' as any })],
    ['the gateway', 'labels', () => storage({ labels: 'text' as any })],
    ['the protocol', 'timeout', () => storage({ protocol: { timeout: 5 as any } })],
    ['a class', 'expansion', () => storage().addStorageClass('a', { expansion: 'yes' as any })],
    ['a class', 'labels', () => storage().addStorageClass('a', { labels: 'text' as any })],
  ])('%s with a wrong %s says so', (_, __, build) => expect(code(build)).toMatch(/^(GLU041|GAN001)$/));
});
