import { Chart, Size } from 'cdk8s';
import { Cases } from './case';
import {
  AccessMode, CsiDriver, NfsProtocol, NfsServer, NfsServerDeploymentOptions, NfsSquash,
  NfsVersion, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, StorageClass, VolumeMode,
} from '../../src';
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

/** On a claim of a volume that is there. */
function onVolume(source: PersistentVolumeSource, accessModes = [AccessMode.READ_WRITE_ONCE]) {
  const chart = testChart();
  const volume = new PersistentVolume(chart, 'Volume', { name: 'disk', capacity: SIZE, accessModes, source });
  return server({ storage: undefined, claim: new PersistentVolumeClaim(chart, 'Claim', { name: 'data', namespace: 'nfs', volume }) }, chart);
}

const handle = (fsType?: string) => PersistentVolumeSource.csi({ driver: DRIVER, volumeHandle: 'disk', fsType });
const onDriver = (name: string) => server({ storage: { storageClass: StorageClass.fromStorageClassName('files', { driver: CsiDriver.fromDriverName(name) }), size: SIZE } });

/** Two servers, on these claims. */
function two(first: string, second: string) {
  const chart = testChart();
  [first, second].forEach((name, index) => NfsServer.deploy(chart, `Server${index}`, {
    name: `nfs-${index}`, namespace: 'nfs', createNamespace: index === 0, image: 'registry.example.com/nfs-ganesha:4.3', clients: ['10.0.0.0/16'], exports: [{ name: 'shared' }],
    claim: PersistentVolumeClaim.fromClaimName(name, { namespace: 'nfs', storageClass: BLOCK }),
  }));
  return chart;
}

/** A server whose claim is of this class, and a class on that server. */
function waiting(storageClass: string) {
  const chart = testChart();
  const deployed = deploy(chart, { storage: { storageClass: StorageClass.fromStorageClassName(storageClass, { driver: DRIVER }), size: SIZE } });
  nfs(chart, { server: deployed }).addStorageClass('shared');
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
      'CephFS': () => onDriver('cephfs.csi.ceph.com'),
      'CephFS of Rook': () => onDriver('rook-ceph.cephfs.csi.ceph.com'),
      'a directory of an NFS server': () => onVolume(PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/data' })),
      'a claim that can only be read': () => onVolume(handle('ext4'), [AccessMode.READ_ONLY_MANY]),
      'a claim of many writers': () => server({ storage: { storageClass: BLOCK, size: SIZE, accessMode: AccessMode.READ_WRITE_MANY } }),
    },
    passes: { 'a claim of its namespace': () => onClaim('nfs'), 'a class of devices': () => server({}) },
  },
  NFS130: {
    trips: { 'a version that is not served': () => used({ minorVersions: [2] }, storage => storage.addStorageClass('shared')) },
    passes: { 'one that is': () => used({ minorVersions: [2] }, storage => storage.addStorageClass('shared'), { version: NfsVersion.V4_2 }) },
  },
  NFS131: {
    trips: { 'a class of XFS': () => ofClass('xfs'), 'a volume of XFS': () => onVolume(handle('xfs')) },
    passes: { 'a class of ext4': () => ofClass('ext4'), 'a volume of ext4': () => onVolume(handle('ext4')) },
  },
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
  NFS133: {
    trips: { 'one claim': () => two('data', 'data') },
    passes: { 'a claim each': () => two('data', 'other') },
  },
  NFS134: {
    trips: { 'its own class': () => waiting('shared') },
    passes: { 'another class': () => waiting('block') },
  },
};
