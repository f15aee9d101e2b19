import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Findings, GitOpsTool, NfsServer, NfsServerAlias, NfsServerAliasProps, NfsStorage, PersistentVolume, PersistentVolumeSource, Platform } from '../../src';
import { all, code, codes, existingNfs, nfs, objects, one, platformProps, stderr, testApp, testChart, thrown, twoClusters, yaml } from '../support';

function alias(chart: Chart, props: Partial<NfsServerAliasProps>): NfsServerAlias {
  return new NfsServerAlias(chart, 'Alias', { name: 'nas', namespace: 'storage', ...props });
}

test('both kinds, as they are written', () => {
  const chart = testChart();
  alias(chart, { addresses: ['10.0.0.1'], clusterIp: '10.96.0.9', labels: { team: 'storage' } });
  new NfsServerAlias(chart, 'Dns', { name: 'filer', namespace: 'storage', externalName: 'filer.example.com' });
  expect(yaml(chart)).toMatchSnapshot();
});

describe('the name of a server', () => {
  test('is what cluster DNS calls the Service, in classes, volumes and handles', () => {
    const chart = testChart();
    const storage = nfs(chart, { server: NfsServer.alias(alias(chart, { addresses: ['10.0.0.1'] }), { share: '/exports' }) });
    storage.addStorageClass('fast');
    storage.addStaticVolume('archive', { capacity: Size.gibibytes(1) });
    const host = 'nas.storage.svc.cluster.local';
    expect(one(chart, 'StorageClass').parameters.server).toBe(host);
    expect(one(chart, 'PersistentVolume').spec.csi).toMatchObject({ volumeHandle: `${host}#exports##archive#retain`, volumeAttributes: { server: host } });
    expect(codes(chart)).toEqual([]); // not NFS003
  });

  test.each<[Partial<NfsServerAliasProps>, string]>([
    [{ clusterDomain: 'k8s.example.com' }, 'nas.storage.svc.k8s.example.com'],
    [{ name: 'filer' }, 'filer.storage.svc.cluster.local'],
    [{ namespace: undefined }, 'nas.apps.svc.cluster.local'],
  ])('%j is %s', (props, host) => {
    expect(alias(testChart({}, { namespace: 'apps' }), { addresses: ['10.0.0.1'], ...props }).host).toBe(host);
  });

  test('is the same for every address: moving the server changes the EndpointSlice and nothing else', () => {
    const written = (address: string) => {
      const chart = testChart();
      const server = NfsServer.alias(alias(chart, { addresses: [address] }), { share: '/exports' });
      nfs(chart, { server }).addStorageClass('fast');
      return objects(chart);
    };
    const [before, after] = [written('10.0.0.1'), written('10.0.7.7')];
    const changed = before.filter((object, index) => JSON.stringify(object) !== JSON.stringify(after[index]));
    expect(changed.map(object => object.kind)).toEqual(['EndpointSlice']);
  });

  test('is known by its namespace too, which has to be said', () => {
    expect(thrown(() => alias(testChart(), { namespace: undefined, addresses: ['10.0.0.1'] }))).toMatchObject({ code: 'NFS121', fix: expect.stringContaining('namespace') });
  });
});

describe('a virtual IP', () => {
  test('has a Service without selector and a slice that belongs to it', () => {
    const chart = testChart();
    alias(chart, { addresses: ['10.0.0.1'] });
    const service = one(chart, 'Service');
    const slice = one(chart, 'EndpointSlice');
    expect(service.spec).not.toHaveProperty('selector');
    expect(service.spec).not.toHaveProperty('clusterIP'); // the cluster's choice is not taken back by the next apply
    expect(slice.metadata.labels['kubernetes.io/service-name']).toBe(service.metadata.name);
    expect(slice.metadata.namespace).toBe(service.metadata.namespace);
    expect(slice.ports.map((port: any) => [port.name, port.port])).toEqual(service.spec.ports.map((port: any) => [port.name, port.targetPort]));
  });

  test.each([
    [['10.0.0.1'], 'IPv4'],
    [['fd00::1'], 'IPv6'],
  ])('of %j is of the family %s', (addresses, family) => {
    const chart = testChart();
    alias(chart, { addresses });
    expect(one(chart, 'Service').spec).toMatchObject({ ipFamilies: [family], ipFamilyPolicy: 'SingleStack' });
    expect(one(chart, 'EndpointSlice').addressType).toBe(family);
  });

  test('of several addresses has an endpoint for each, and sends a node back to the one it had', () => {
    const chart = testChart();
    alias(chart, { addresses: ['10.0.0.1', '10.0.0.2'] });
    Findings.of(chart).acknowledge('NFS123', 'two addresses of one filer');
    expect(one(chart, 'EndpointSlice').endpoints.map((endpoint: any) => endpoint.addresses)).toEqual([['10.0.0.1'], ['10.0.0.2']]);
    expect(one(chart, 'Service').spec.sessionAffinity).toBe('ClientIP');
  });

  test.each(['0.0.0.0', '127.0.0.1', '169.254.1.1', '224.0.0.1', '239.1.1.1', '::', '::1', 'fe80::1', 'ff02::1', 'FD00::1', 'fd00:0:0::1', '::ffff:10.0.0.1', '0:0:0:0:0:ffff:a00:1', '10.0.0.01', '', ' 10.0.0.1'])(
    'is not made of %p, which no EndpointSlice may have', address => {
      expect(code(() => alias(testChart(), { addresses: [address] }))).toBe('NFS121');
    },
  );
});

test.each([
  [GitOpsTool.ARGO_CD, 'argocd.argoproj.io/sync-options', 'Prune=false,Delete=false'],
  [GitOpsTool.FLUX, 'kustomize.toolkit.fluxcd.io/prune', 'disabled'],
])('an alias is kept from pruning by %s, as live mounts hang without it', (gitOps, annotation, value) => {
  const chart = testChart({ gitOps });
  alias(chart, { addresses: ['10.0.0.1'] });
  stderr(() => objects(chart)); // NFS124 is printed once
  ['Service', 'EndpointSlice'].forEach(kind => expect(one(chart, kind).metadata.annotations[annotation]).toBe(value));
});

test('an alias of another cluster is refused, with the name to write instead', () => {
  const [east, west] = twoClusters();
  const server = NfsServer.alias(new NfsServerAlias(east, 'Alias', { name: 'nas', addresses: ['10.0.0.1'] }), { share: '/exports' });
  expect(thrown(() => nfs(west, { server }))).toMatchObject({ code: 'PLT005', fix: expect.stringContaining('nas.apps.svc.cluster.local') });
});

test('an alias is not for volumes that the node mounts itself: it does not ask the DNS of the cluster', () => {
  const chart = testChart();
  const { host } = alias(chart, { addresses: ['10.0.0.1'] });
  const source = PersistentVolumeSource.nfs({ server: host, path: '/exports' });
  expect(code(() => new PersistentVolume(chart, 'Volume', { name: 'old', capacity: Size.gibibytes(1), source }))).toBe('VOL014');
});

test('one alias serves two storages, in other charts', () => {
  const app = testApp();
  const to = alias(new Chart(app, 'alias'), { addresses: ['10.0.0.1'] });
  const driver = existingNfs();
  ['a', 'b'].forEach(name => nfs(new Chart(app, name), { driver, server: NfsServer.alias(to, { share: `/${name}` }) }));
  expect(codes(app)).toEqual([]);
  expect(all(app, 'Service')).toHaveLength(1);
});

test('two clusters have each an alias of one name', () => {
  const app = twoClusters()[0].node.root as Construct;
  const third = new Construct(app, 'third');
  Platform.set(third, platformProps());
  const chart = new Chart(third, 'chart', { namespace: 'apps' });
  const written = [chart, app.node.findChild('east').node.findChild('chart') as Chart].map(scope => new NfsServerAlias(scope, 'Alias', { name: 'nas', addresses: ['10.0.0.1'] }).host);
  expect(new Set(written).size).toBe(1);
  expect(codes(app)).toEqual([]);
});

test('an alias that is not there, as from JavaScript, ends in a finding', () => {
  expect(code(() => nfs(testChart(), { server: NfsServer.alias(undefined as any, { share: '/exports' }) }))).toBe('NFS002');
  expect(code(() => new NfsStorage(testChart(), 'Nfs', { server: undefined as any, driver: existingNfs() }))).toBe('NFS002');
  expect(code(() => alias(testChart(), { name: undefined as any, addresses: ['10.0.0.1'] }))).toBe('NFS121');
  expect(code(() => alias(testChart(), { addresses: [undefined as any] }))).toBe('NFS121');
});
