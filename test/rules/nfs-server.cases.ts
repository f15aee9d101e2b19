import { Chart, Size } from 'cdk8s';
import { Cases } from './case';
import { AccessMode, CsiDriver, NfsProtocol, NfsServer, NfsServerDeploymentOptions, NfsSquash, NfsVersion, PersistentVolumeClaim, StorageClass, VolumeMode } from '../../src';
import { existingNfs, nfs, testChart } from '../support';

const DRIVER = CsiDriver.fromDriverName('block.example.com', { capabilities: { block: true, expand: true } });
export const BLOCK = StorageClass.fromStorageClassName('block', { driver: DRIVER });
const SIZE = Size.gibibytes(10);

function deploy(chart: Chart, options: Partial<NfsServerDeploymentOptions> = {}): NfsServer {
  return NfsServer.deploy(chart, 'Server', {
    name: 'nfs', image: 'registry.example.com/nfs-ganesha:4.3', clients: ['10.0.0.0/16'], exports: [{ name: 'shared' }], storage: { storageClass: BLOCK, size: SIZE }, ...options,
  });
}

const server = (options: Partial<NfsServerDeploymentOptions>, chart = testChart()) => {
  deploy(chart, options);
  return chart;
};

function onClaim(namespace: string | undefined, volumeMode?: VolumeMode) {
  const chart = testChart();
  const claim = new PersistentVolumeClaim(chart, 'Claim', { name: 'data', namespace, storageClass: BLOCK, size: SIZE, volumeMode });
  return server({ storage: undefined, claim }, chart);
}

const ofClass = (fsType: string) => {
  const chart = testChart();
  return server({ storage: { storageClass: new StorageClass(chart, 'Class', { name: 'fast', driver: DRIVER, fsType }), size: SIZE } }, chart);
};

function used(options: Partial<NfsServerDeploymentOptions>, use: (storage: ReturnType<typeof nfs>) => unknown, protocol?: NfsProtocol) {
  const chart = testChart();
  const storage = nfs(chart, { server: deploy(chart, options), protocol });
  use(storage);
  return chart;
}

export const NFS_SERVER_CASES: Cases = {
  NFS020: {
    trips: {
      'no place': () => server({ storage: undefined }),
      'two places': () => server({ claim: PersistentVolumeClaim.fromClaimName('data') }),
      'a claim elsewhere': () => onClaim('web'),
      'a device': () => onClaim('nfs', VolumeMode.BLOCK),
      'a network file system': () => server({ storage: { storageClass: StorageClass.fromStorageClassName('nfs', { driver: existingNfs() }), size: SIZE } }),
      'a claim of many writers': () => server({ storage: { storageClass: BLOCK, size: SIZE, accessMode: AccessMode.READ_WRITE_MANY } }),
    },
    passes: { 'a claim of its namespace': () => onClaim('nfs'), 'a class of devices': () => server({}) },
  },
  NFS130: {
    trips: { 'a version that is not served': () => used({ minorVersions: [2] }, storage => storage.addStorageClass('shared')) },
    passes: { 'one that is': () => used({ minorVersions: [2] }, storage => storage.addStorageClass('shared'), { version: NfsVersion.V4_2 }) },
  },
  NFS131: { trips: { XFS: () => ofClass('xfs') }, passes: { ext4: () => ofClass('ext4') } },
  NFS132: {
    trips: {
      'a share that is not exported': () => used({}, storage => storage.addStaticVolume('data', { capacity: SIZE, share: '/other' })),
      'a class in a read-only export': () => used({ exports: [{ name: 'shared', readOnly: true }] }, storage => storage.addStorageClass('shared')),
      'a volume that is written there': () => used({ exports: [{ name: 'shared', readOnly: true }] }, storage => storage.addStaticVolume('data', { capacity: SIZE })),
      'a class in one that all become nobody in': () => used({ exports: [{ name: 'all' }, { name: 'shared', squash: NfsSquash.ALL }] }, storage => storage.addStorageClass('shared', { share: '/shared' })),
    },
    passes: {
      'a class in one that is written': () => used({}, storage => storage.addStorageClass('shared')),
      'a volume that is read': () => used({ exports: [{ name: 'shared', readOnly: true }] }, storage => storage.addStaticVolume('data', { capacity: SIZE, readOnly: true })),
    },
  },
};
