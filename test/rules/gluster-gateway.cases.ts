import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Build, Cases } from './case';
import {
  CsiDriver, GlusterAccess, GlusterCluster, GlusterGatewayOptions, GlusterNodeMountOptions,
  GlusterStaticVolumeOptions, GlusterStorage, GlusterStorageProps, KadaluOperator, NfsSquash, StorageClass,
} from '../../src';
import { gatewayProps, HOSTS, nodeMountProps } from '../gluster/gateway';
import { existingNfs, testChart } from '../support';

const GIBIBYTE = Size.gibibytes(1);

/** Storage on an external Gluster. */
const storage = (scope: Construct, props: Partial<GlusterStorageProps>, id = 'Gluster') => new GlusterStorage(scope, id, {
  cluster: GlusterCluster.external({ hosts: HOSTS, volume: 'gv0' }), ...props,
});
const gateway = (options: Partial<GlusterGatewayOptions>, props: Partial<GlusterStorageProps> = {}): Build => () => storage(testChart(), {
  driver: existingNfs(), gateway: gatewayProps(options), ...props,
});
const nodeMount = (options: Partial<GlusterNodeMountOptions>, props: Partial<GlusterStorageProps> = {}): Build => () => storage(testChart(), {
  access: GlusterAccess.NODE_MOUNT, nodeMount: nodeMountProps(options), ...props,
});
const mounted = (options: Partial<GlusterStaticVolumeOptions>): Build => () => (nodeMount({})() as GlusterStorage).addStaticVolume('reports', { capacity: GIBIBYTE, ...options });

/** Two gateways, the second of a volume. */
const two = (volume: string, exports: GlusterGatewayOptions['exports'] = undefined, hosts = [...HOSTS].reverse()): Build => () => {
  const chart = testChart();
  storage(chart, { driver: existingNfs(), gateway: gatewayProps({ exports }) });
  return storage(chart, { cluster: GlusterCluster.external({ hosts, volume }), driver: existingNfs(), gateway: gatewayProps({ name: 'other' }) }, 'Other');
};

/** Two mounts on the nodes. */
const twoMounts = (options: Partial<GlusterNodeMountOptions>): Build => () => {
  const chart = testChart();
  storage(chart, { access: GlusterAccess.NODE_MOUNT, nodeMount: nodeMountProps() });
  return storage(chart, { access: GlusterAccess.NODE_MOUNT, nodeMount: nodeMountProps({ name: 'other', ...options }) }, 'Other');
};

export const GLUSTER_GATEWAY_CASES: Cases = {
  GLU027: {
    trips: { 'a volume twice': two('gv0'), 'a volume twice, by one host more': two('gv0', undefined, [...HOSTS, '10.0.0.9']), 'a volume that is one of the exports of another': two('gv1', [{ name: 'gv0' }, { name: 'more', volume: 'gv1' }]) },
    passes: { 'another volume': two('gv1'), 'a volume of that name of another Gluster': two('gv0', undefined, ['10.9.0.1', '10.9.0.2']) },
  },
  GLU070: {
    trips: { 'with the pod': gateway({ recovery: undefined }) },
    passes: { 'on a claim': gateway({}) },
  },
  GLU071: {
    trips: { nothing: gateway({}, { gateway: undefined }) },
    passes: { described: gateway({}) },
  },
  GLU072: {
    trips: { 'another port': gateway({}, { cluster: GlusterCluster.external({ hosts: HOSTS, volume: 'gv0', port: 24008 }) }) },
    passes: {
      'the usual port': gateway({}, { cluster: GlusterCluster.external({ hosts: HOSTS, volume: 'gv0', port: 24007 }) }),
      'another port of a mount on the nodes': nodeMount({}, { cluster: GlusterCluster.external({ hosts: HOSTS, volume: 'gv0', port: 24008 }) }),
    },
  },
  GLU080: {
    trips: {
      'a relative directory': nodeMount({ hostDirectory: 'mounts' }),
      'a directory upwards': nodeMount({ hostDirectory: '/var/../mounts' }),
      'a directory of the system': nodeMount({ hostDirectory: '/etc' }),
      'a directory of the kubelet': nodeMount({ hostDirectory: '/var/lib/kubelet/mounts' }),
      'too little memory': nodeMount({ memoryLimit: Size.mebibytes(64) }),
      'a number for a name': nodeMount({ name: 5 as any }),
      'null for arguments': nodeMount({ extraArgs: null as any }),
      'an absolute directory of a volume': mounted({ subDir: '/reports' }),
      'a directory of a volume upwards': mounted({ subDir: '../reports' }),
      'a number for a directory': mounted({ subDir: 5 as any }),
    },
    passes: { 'a directory of its own': nodeMount({ hostDirectory: '/srv/gluster' }), 'a directory of a volume': mounted({ subDir: 'reports/2026' }) },
  },
  GLU081: {
    trips: { 'the whole volume': mounted({}) },
    passes: { 'a directory': mounted({ subDir: 'reports' }) },
  },
  GLU082: {
    trips: { 'two mounts of a volume': twoMounts({}), 'one in another': twoMounts({ hostDirectory: '/var/lib/gluster-mounts/gv0' }) },
    passes: { 'in two directories': twoMounts({ hostDirectory: '/srv/gluster' }) },
  },
  GLU083: {
    trips: { nothing: nodeMount({}, { nodeMount: undefined }) },
    passes: { described: nodeMount({}) },
  },
  GLU084: {
    trips: {
      'a class': () => (nodeMount({})() as GlusterStorage).addStorageClass('fast'),
      'a snapshot class': () => (nodeMount({})() as GlusterStorage).addSnapshotClass('daily'),
      'a driver': nodeMount({}, { driver: CsiDriver.fromDriverName('nfs.csi.k8s.io') }),
    },
    passes: { 'a static volume': mounted({ subDir: 'reports' }) },
  },
  GLU073: {
    trips: { Kadalu: gateway({}, { driver: KadaluOperator.existing() }) },
    passes: { 'an NFS driver': gateway({}) },
  },
  GLU085: {
    trips: {
      'an option of mount': nodeMount({ extraArgs: ['--backup-volfile-servers=h2'] }),
      'another volume': nodeMount({ extraArgs: ['--volfile-id=other'] }),
      'no flag': nodeMount({ extraArgs: ['log-level=WARNING'] }),
      'a flag without its value': nodeMount({ extraArgs: ['--log-level'] }),
    },
    passes: { 'flags of glusterfs': nodeMount({ extraArgs: ['--log-level=WARNING', '--acl'] }) },
  },
};

/** Of a rule of src/ganesha, whose users are its cases. */
export const GATEWAY_VALUES: Record<string, Build> = {
  'a gateway whose export has no name': gateway({ exports: [{}] as any }),
  'a gateway whose export is relative': gateway({ exports: [{ name: 'data', path: 'data' }] }),
  'a gateway whose export is of no volume': gateway({ exports: [{ name: 'data', volume: 'a/b' }] }),
  'a gateway without exports': gateway({ exports: [] }),
  'a gateway with a squash that there is not': gateway({ exports: [{ name: 'data', squash: 'some' as NfsSquash }] }),
  'a gateway with a lease that is too long': gateway({ leaseLifetime: Duration.minutes(5), gracePeriod: Duration.minutes(5) }),
  'a gateway that is a text': gateway({}, { gateway: 'gluster-nfs' as any }),
  'a gateway whose recovery is a class': gateway({ recovery: StorageClass.fromStorageClassName('block') as any, name: null as any }),
};
