import { Size, Testing } from 'cdk8s';
import { CsiDriver, Findings, GaneshaLogLevel, NfsServer, NfsServerDeploymentOptions, NfsSquash, StorageClass } from '../../src';
import { code, containerOf, one, testChart, uncheckedCodes } from '../support';

const storageClass = StorageClass.fromStorageClassName('block', { driver: CsiDriver.fromDriverName('block.example.com') });

function deploy(options: Partial<NfsServerDeploymentOptions> = {}) {
  const chart = testChart();
  const server = NfsServer.deploy(chart, 'Server', {
    name: 'nfs', image: 'registry.example.com/nfs-ganesha:4.3', clients: ['10.0.0.0/16'], exports: [{ name: 'shared' }], storage: { storageClass, size: Size.gibibytes(10) }, ...options,
  });
  return { chart, server };
}

const configuration = (options: Partial<NfsServerDeploymentOptions>): string => one(deploy(options).chart, 'ConfigMap').data['ganesha.conf'];

test('a server with most of what can be said', () => {
  const { chart } = deploy({
    namespace: 'storage', logLevel: GaneshaLogLevel.INFO, evictable: false, minorVersions: [2, 1],
    exports: [{ name: 'shared' }, { name: 'published', path: 'it is "read"', readOnly: true, squash: NfsSquash.ALL, clients: ['fd00::/64', '10.1.0.1'], exportId: 7 }],
  });
  expect(Testing.synth(chart)).toMatchSnapshot();
});

test('what volumes know of it is its name and its first export', () => {
  const { server } = deploy({ namespace: 'storage', exports: [{ name: 'first', squash: NfsSquash.ROOT }, { name: 'second' }] });
  expect([server.host, server.share, server.squash]).toEqual(['nfs.storage.svc.cluster.local', '/first', NfsSquash.ROOT]);
});

test('its pod may do what serving takes, and is replaced even when it never became ready', () => {
  const { chart } = deploy();
  const { spec } = one(chart, 'StatefulSet');
  expect([spec.replicas, spec.podManagementPolicy, spec.template.spec.automountServiceAccountToken]).toEqual([1, 'Parallel', false]);
  expect(containerOf(one(chart, 'StatefulSet'), 'nfs-ganesha').securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'], add: ['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'SETGID', 'SETUID'] },
  });
});

test('the pod starts anew when its configuration is another, and only then', () => {
  const hash = (options: Partial<NfsServerDeploymentOptions>) => one(deploy(options).chart, 'StatefulSet').spec.template.metadata.annotations['cdk8s-storage/configuration'];
  expect(hash({})).toBe(hash({ evictable: false }));
  expect(hash({})).not.toBe(hash({ exports: [{ name: 'shared' }, { name: 'added' }] }));
});

test('the id of an export is made of its name, whatever is beside it', () => {
  const id = (text: string) => /Export_Id = (\d+);[^}]*Pseudo = "\/shared"/.exec(text)![1];
  expect(id(configuration({}))).toBe(id(configuration({ exports: [{ name: 'other' }, { name: 'shared', path: 'elsewhere' }] })));
});

test('what is odd in a path is escaped', () => {
  expect(configuration({ exports: [{ name: 'a', path: 'a "b\\c' }] })).toContain('Path = "/data/a \\"b\\\\c";');
});

test('who is not listed gets nothing, from the server or the network', () => {
  expect(configuration({}).match(/Access_Type = \w+/g)).toEqual(['Access_Type = None', 'Access_Type = None', 'Access_Type = RW']);
  const { spec } = one(deploy({ exports: [{ name: 'a' }, { name: 'b', clients: ['10.1.0.1'] }] }).chart, 'NetworkPolicy');
  expect(spec.ingress[0].from).toEqual([{ ipBlock: { cidr: '10.0.0.0/16' } }, { ipBlock: { cidr: '10.1.0.1/32' } }]);
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
});

test('NFSv4.0 calls its clients back, so nothing is said of what goes out', () => {
  expect(one(deploy({ minorVersions: [0, 1] }).chart, 'NetworkPolicy').spec.policyTypes).toEqual(['Ingress']);
});

test('a class whose file system is not known is not taken for right', () => {
  expect(uncheckedCodes(deploy().chart)).toContain('NFS131');
});

test('no options at all end in a finding', () => {
  expect(code(() => NfsServer.deploy(testChart(), 'Server', undefined as any))).toBe('GAN001');
  expect(code(() => NfsServer.deploy(testChart(), 'Server', {} as any))).toBe('GAN001');
  expect(Findings.of(deploy().chart).list()).toEqual([]);
});
