import { Duration, Size } from 'cdk8s';
import { Cases } from './case';
import {
  Distribution, Findings, GlusterAccess, GlusterCluster, GlusterStorage,
  Namespace, NfsServer, NfsServerDeploymentOptions, NfsSquash, PodSecurityLevel,
} from '../../src';
import { object, testChart } from '../support';
import { BLOCK } from './nfs-server.cases';

function server(options: Partial<Record<keyof NfsServerDeploymentOptions, unknown>> = {}, chart = testChart()) {
  NfsServer.deploy(chart, 'Server', {
    name: 'nfs',
    image: 'registry.example.com/nfs-ganesha:4.3',
    clients: ['10.0.0.0/16'],
    exports: [{ name: 'shared' }],
    storage: { storageClass: BLOCK, size: Size.gibibytes(10) },
    ...options,
  } as NfsServerDeploymentOptions);
  return chart;
}

const extra = (extraConfiguration: string) => {
  const chart = server({ extraConfiguration });
  return chart;
};

/** What has a type, given as another; null and what JavaScript makes of a variable that is not set. */
const WRONG = Object.fromEntries(Object.entries({
  name: [null, 7, undefined, 'Nfs', 'x'.repeat(53)],
  namespace: [null, 7],
  image: [7],
  exports: [null, [], {}, 'shared', [null], ['shared'], [{}], [{ name: 7 }], [{ name: null }], [{ name: 'a/b' }], [{ name: 'a', path: 7 }], [{ name: 'a', path: '../a' }], [{ name: 'a', path: 'recovery/a' }], [{ name: 'a', path: 'a\\' }],
    [{ name: 'a', readOnly: 'yes' }], [{ name: 'a', squash: 'some' }], [{ name: 'a', exportId: 0 }], [{ name: 'a', exportId: 65536 }], [{ name: 'a', exportId: '1' }], [{ name: 'a', clients: null }]],
  storage: [null, 'fast', 7],
  claim: [null, 'data', 7],
  minorVersions: [null, [], 1, [3], [1, 1], ['1']],
  leaseLifetime: [null, 20, Duration.seconds(121), Duration.millis(1500)],
  gracePeriod: ['30s', Duration.seconds(181)],
  failover: [30],
  evictable: ['no'],
  networkPolicy: [null],
  createNamespace: ['no'],
  memoryLimit: ['1Gi', Size.mebibytes(128)],
  memoryRequest: [1, Size.gibibytes(2)],
  cpuRequest: [1, '0', 'much'],
  nodeSelector: [null, [], { disk: 7 }],
  tolerations: [{}, [null], [{ key: 7 }]],
  priorityClassName: [7],
  imagePullSecrets: ['pull', [7]],
  clusterIp: [7, '10.96.0'],
  clusterDomain: [7, '.local'],
  logLevel: ['LOUD', null],
  extraConfiguration: [7, null],
  runtimeDefaultSeccomp: ['yes'],
}).flatMap(([key, values]) => (values as unknown[]).map(value => [`${key}: ${value === undefined ? 'nothing' : JSON.stringify(value)}`, () => server({ [key]: value })])));

export const GANESHA_CASES: Cases = {
  GAN001: {
    trips: WRONG,
    passes: { 'all at its default': () => server(), 'the ends of ranges': () => server({ leaseLifetime: Duration.seconds(120), gracePeriod: Duration.seconds(180), minorVersions: [2], memoryLimit: Size.mebibytes(256) }) },
  },
  GAN002: {
    trips: Object.fromEntries([[], ['node1'], ['10.0.0.1/16'], ['0.0.0.0/0'], ['10.0.0.0/33'], ['::/0'], ['fd00::/120'], [null], [7], null, '10.0.0.0/16', {}, ['fe80::1%eth0'], ['::ffff:10.0.0.1'], ['10.0.0.0/8', '10.0.0.0/8'], ['']]
      .map(clients => [JSON.stringify(clients), () => server({ clients })])),
    passes: {
      'addresses and networks of both families': () => server({ clients: ['10.0.0.0/16', '10.1.0.1', '10.1.0.2/32', 'fd00::/64', 'fd01::1', 'fd01::2/128'] }),
      'clients of an export': () => server({ exports: [{ name: 'a', clients: ['10.2.0.0/16'] }] }),
    },
  },
  GAN003: {
    trips: { 'a grace period shorter than the lease': () => server({ leaseLifetime: Duration.seconds(31) }) },
    passes: { 'one as long': () => server({ leaseLifetime: Duration.seconds(30) }) },
  },
  GAN004: {
    trips: {
      'two of one name': () => server({ exports: [{ name: 'a' }, { name: 'a', path: 'b' }] }),
      'two of one id': () => server({ exports: [{ name: 'a', exportId: 1 }, { name: 'b', exportId: 1 }] }),
      'one in another': () => server({ exports: [{ name: 'a', path: 'data' }, { name: 'b', path: 'data/b' }] }),
      'two of one directory': () => server({ exports: [{ name: 'a', path: 'data' }, { name: 'b', path: 'data' }] }),
    },
    passes: { 'side by side': () => server({ exports: [{ name: 'a', path: 'data' }, { name: 'b', path: 'data-b', squash: NfsSquash.ROOT }] }) },
  },
  GAN005: {
    trips: {
      'a namespace that enforces baseline': () => {
        const chart = testChart();
        new Namespace(chart, 'Namespace', { name: 'nfs', podSecurity: PodSecurityLevel.BASELINE });
        return server({ createNamespace: false }, chart);
      },
      'a default of the distribution': () => server({ createNamespace: false }, testChart({ distribution: Distribution.TALOS })),
      'a mount on the nodes': () => {
        const chart = testChart({ distribution: Distribution.TALOS });
        const cluster = GlusterCluster.external({ hosts: ['10.0.0.1', '10.0.0.2'], volume: 'gv0' });
        return new GlusterStorage(chart, 'Gluster', { cluster, access: GlusterAccess.NODE_MOUNT, nodeMount: { name: 'mount', image: 'example.com/gluster:1', createNamespace: false } });
      },
    },
    passes: {
      'a namespace of its own there': () => server({}, testChart({ distribution: Distribution.TALOS })),
      'one that is privileged, by hand': () => {
        const chart = testChart();
        object(chart, 'Namespace', { metadata: { name: 'nfs', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } });
        return server({ createNamespace: false }, chart);
      },
    },
  },
  GAN006: {
    trips: { 'a block': () => extra('MDCACHE { Entries_HWMark = 5000; }') },
    passes: {
      'none': () => extra(''),
      'an acknowledged one': () => {
        const chart = extra('MDCACHE { Entries_HWMark = 5000; }');
        Findings.of(chart).acknowledge('GAN006', 'tried on a server of ours');
        return chart;
      },
    },
  },
  GAN007: {
    trips: {
      'a block that is written': () => extra('NFSV4 { Delegations = false; }'),
      'one in small letters, after another': () => extra('MDCACHE { Entries_HWMark = 5; }\nnfs_core_param{ Enable_Fast_Stats = true; }'),
      'one that is none': () => extra('MDCACHES { Entries_HWMark = 5; }'),
    },
    passes: {
      'its name in a comment, a text and below': () => {
        const chart = extra('# NFSV4 {\nEXPORT { Export_Id = 1; Path = "/data/NFSV4 {"; FSAL { Name = VFS; } }');
        Findings.of(chart).acknowledge('GAN006', 'tried');
        return chart;
      },
    },
  },
};
