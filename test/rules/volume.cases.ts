import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Cases } from './case';
import {
  AccessMode, CsiCapabilities, CsiDriver, CsiVolumeSourceOptions, Distribution, VolumeMountOptions, NfsVolumeSourceOptions, PersistentVolume, PersistentVolumeClaim,
  PersistentVolumeClaimProps, PersistentVolumeProps, PersistentVolumeSource, PodVolume, ReclaimPolicy, StorageClass, StorageClassProps, VolumeMode,
} from '../../src';
import { deployment, object, testChart } from '../support';

const GIBIBYTE = Size.gibibytes(1);

function csi(capabilities?: CsiCapabilities) {
  return CsiDriver.fromDriverName('csi.example.com', { capabilities });
}

function storageClass(props: Partial<StorageClassProps> = {}, scope: Construct = testChart()) {
  return new StorageClass(scope, `Class-${scope.node.children.length}`, { name: 'fast', driver: csi(), ...props });
}

function isDefault(distribution: Distribution, name = 'fast') {
  return storageClass({ name, isDefault: true }, testChart({ distribution }));
}

function volume(props: Partial<PersistentVolumeProps> = {}, scope: Construct = testChart({}, { namespace: 'web' })) {
  return new PersistentVolume(scope, `Volume-${scope.node.children.length}`, {
    name: 'archive', capacity: GIBIBYTE, source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/archive' }), ...props,
  });
}

function onCsi(source: Partial<CsiVolumeSourceOptions>, props: Partial<PersistentVolumeProps> = {}, scope?: Construct) {
  return volume({ source: PersistentVolumeSource.csi({ driver: csi(), volumeHandle: 'one', ...source }), ...props }, scope);
}

function onNfs(source: Partial<NfsVolumeSourceOptions>) {
  return volume({ source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/archive', ...source }) });
}

function claim(props: Partial<PersistentVolumeClaimProps>, scope: Construct = testChart({}, { namespace: 'web' })) {
  return new PersistentVolumeClaim(scope, `Claim-${scope.node.children.length}`, { name: 'data', ...props });
}

/** A claim on a volume of 1 GiB that many may mount. */
function onVolume(props: Partial<PersistentVolumeClaimProps>) {
  const archive = volume({ accessModes: [AccessMode.READ_WRITE_MANY, AccessMode.READ_ONLY_MANY] });
  return claim({ volume: archive, ...props }, archive.node.scope as Construct);
}

function mount(options: Partial<VolumeMountOptions>, workload: ApiObject = deployment(testChart({}, { namespace: 'web' }), 'main')) {
  PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('data', { namespace: 'web' })).mountTo(workload, { container: 'main', path: '/data', ...options });
  return workload;
}

function mountTwice(first: Partial<VolumeMountOptions>, second: Partial<VolumeMountOptions>) {
  return mount(second, mount(first));
}

export const VOLUME_CASES: Cases = {
  VOL001: {
    trips: {
      'two defaults': () => {
        const chart = testChart();
        storageClass({ isDefault: true }, chart);
        return storageClass({ name: 'slow', isDefault: true }, chart);
      },
    },
    passes: {
      'one default of two': () => {
        const chart = testChart();
        storageClass({ isDefault: true }, chart);
        return storageClass({ name: 'slow' }, chart);
      },
    },
  },
  VOL002: {
    trips: {
      'a default beside that of K3s': () => isDefault(Distribution.K3S),
      'a default beside that of kind': () => isDefault(Distribution.KIND),
    },
    passes: {
      'a default where there is none': () => isDefault(Distribution.VANILLA),
      'the bundled default itself': () => isDefault(Distribution.K3S, 'local-path'),
      'no default beside that of K3s': () => storageClass({}, testChart({ distribution: Distribution.K3S })),
    },
  },
  VOL003: {
    trips: {
      'a driver that cannot expand': () => storageClass({ expansion: true, driver: csi({ snapshot: true }) }),
    },
    passes: {
      'a driver that can': () => storageClass({ expansion: true, driver: csi({ expand: true }) }),
      'a driver of which nothing is known': () => storageClass({ expansion: true }),
      'no expansion': () => storageClass({ expansion: false, driver: csi({}) }),
    },
  },
  VOL004: {
    trips: {
      'one handle for two volumes': () => {
        const first = onCsi({});
        return onCsi({}, { name: 'second' }, first.node.scope as Construct);
      },
    },
    passes: {
      'a handle for each': () => {
        const first = onCsi({});
        return onCsi({ volumeHandle: 'two' }, { name: 'second' }, first.node.scope as Construct);
      },
      'one handle at two drivers': () => {
        const first = onCsi({});
        return onCsi({ driver: CsiDriver.fromDriverName('other.example.com') }, { name: 'second' }, first.node.scope as Construct);
      },
    },
  },
  VOL005: {
    trips: {
      'two mount options in one entry': () => storageClass({ mountOptions: ['hard,nfsvers=4.1'] }),
      'a mount option with a blank': () => volume({ mountOptions: ['-o hard'] }),
      'an empty mount option': () => storageClass({ mountOptions: [''] }),
      'a parameter without a key': () => storageClass({ parameters: { '': 'x' } }),
      'more parameters than the API takes': () => storageClass({ parameters: Object.fromEntries([...Array(513).keys()].map(key => [`p${key}`, ''])) }),
      'no handle': () => onCsi({ volumeHandle: '' }),
      'a file system that is none': () => onCsi({ fsType: 'EXT 4' }),
      'a server with a scheme': () => onNfs({ server: 'nfs://nfs.example.com' }),
      'a server with a port': () => onNfs({ server: 'nfs.example.com:2049' }),
      'no server': () => onNfs({ server: '' }),
      'a relative path': () => onNfs({ path: 'archive' }),
    },
    passes: {
      'one mount option per entry': () => storageClass({ mountOptions: ['hard', 'nfsvers=4.1'] }),
      'a file system': () => onCsi({ fsType: 'xfs' }),
      'the root of a server': () => onNfs({ path: '/' }),
    },
  },
  VOL006: {
    trips: {
      'a Secret by its parameter': () => storageClass({ parameters: { 'csi.storage.k8s.io/provisioner-secret-name': 'credentials' } }),
    },
    passes: {
      'a parameter of the driver\'s own domain': () => storageClass({ parameters: { 'csi.example.com/pool': 'fast' } }),
    },
  },
  VOL007: {
    trips: {
      'a source that is read-only': () => onCsi({ readOnly: true }),
    },
    passes: {
      'a source that is said not to be': () => onCsi({ readOnly: false }),
      'a source that the node itself mounts': () => onNfs({ readOnly: true }),
    },
  },
  VOL008: {
    trips: {
      'none': () => volume({ accessModes: [] }),
      'one twice': () => volume({ accessModes: [AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE] }),
      'the exclusive one with another': () => onVolume({ accessModes: [AccessMode.READ_WRITE_ONCE_POD, AccessMode.READ_WRITE_MANY] }),
    },
    passes: {
      'two': () => onVolume({ accessModes: [AccessMode.READ_WRITE_MANY, AccessMode.READ_ONLY_MANY] }),
      'the exclusive one': () => volume({ accessModes: [AccessMode.READ_WRITE_ONCE_POD] }),
    },
  },
  VOL009: {
    trips: {
      'a kind without pods': () => mount({}, object(testChart({}, { namespace: 'web' }), 'ConfigMap')),
      'a relative path': () => mount({ path: 'data' }),
      'a path with a colon': () => mount({ path: '/data:ro' }),
      'a subPath that climbs': () => mount({ subPath: 'a/../../etc' }),
      'a subPath that is absolute': () => mount({ subPath: '/a' }),
      'a subPath that is empty': () => mount({ subPath: '' }),
      'a container that is not there': () => mount({ container: 'mian' }),
      'a path twice': () => mountTwice({}, { readOnly: true }),
      'a path that the user mounted already': () => mount({}, object(testChart({}, { namespace: 'web' }), 'Pod', {
        spec: { containers: [{ name: 'main', volumeMounts: [{ name: 'own', mountPath: '/data' }] }] },
      })),
      'a volume name that the user took already': () => mount({}, object(testChart({}, { namespace: 'web' }), 'Pod', {
        spec: { containers: [{ name: 'main' }], volumes: [{ name: 'data', emptyDir: {} }] },
      })),
    },
    passes: {
      'one claim at two paths': () => mountTwice({}, { path: '/again' }),
      'one path in two containers': () => mountTwice({ container: 'main' }, { container: 'main', path: '/data/sub', subPath: 'sub' }),
      'a dot in a subPath': () => mount({ subPath: 'reports..2026/.cache' }),
    },
  },
  VOL010: {
    trips: {
      'a claim of another namespace': () => mount({}, deployment(testChart({}, { namespace: 'shop' }), 'main')),
    },
    passes: {
      'a claim of the same namespace': () => mount({}),
      'a claim whose namespace is not known': () => {
        const workload = deployment(testChart({}, { namespace: 'shop' }), 'main');
        PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('data')).mountTo(workload, { container: 'main', path: '/data' });
        return workload;
      },
    },
  },
  VOL011: {
    trips: {
      'two claims on one volume': () => {
        const archive = volume();
        const scope = archive.node.scope as Construct;
        claim({ volume: archive }, scope);
        return claim({ name: 'other', volume: archive }, scope);
      },
      'a claim on a volume for another one': () => {
        const archive = volume({ claim: { name: 'other', namespace: 'web' } });
        return claim({ volume: archive }, archive.node.scope as Construct);
      },
      'the same name in another namespace': () => {
        const archive = volume({ claim: { name: 'data', namespace: 'shop' } });
        return claim({ volume: archive }, archive.node.scope as Construct);
      },
    },
    passes: {
      'the claim that the volume is for': () => {
        const archive = volume({ claim: { name: 'data', namespace: 'web' } });
        return claim({ volume: archive }, archive.node.scope as Construct);
      },
    },
  },
  VOL012: {
    trips: {
      'more than the volume has': () => onVolume({ size: Size.mebibytes(1025) }),
      'a mode that the volume lacks': () => onVolume({ accessModes: [AccessMode.READ_WRITE_ONCE] }),
      'a device from a directory': () => onVolume({ volumeMode: VolumeMode.BLOCK }),
    },
    passes: {
      'as much in another unit': () => onVolume({ size: Size.mebibytes(1024) }),
      'one of its modes': () => onVolume({ accessModes: [AccessMode.READ_ONLY_MANY] }),
      'a directory': () => onVolume({ volumeMode: VolumeMode.FILESYSTEM }),
    },
  },
  VOL013: {
    trips: {
      'neither class nor volume': () => claim({ size: GIBIBYTE }),
      'class and volume': () => onVolume({ storageClass: StorageClass.fromStorageClassName('fast') }),
      'a class but no size': () => claim({ storageClass: StorageClass.fromStorageClassName('fast') }),
    },
    passes: {
      'a class and a size': () => claim({ storageClass: StorageClass.fromStorageClassName('fast'), size: GIBIBYTE }),
      'a volume, which has a size': () => onVolume({}),
    },
  },
  VOL014: {
    trips: {
      'a device': () => volume({ volumeMode: VolumeMode.BLOCK }),
      'deletion': () => volume({ reclaimPolicy: ReclaimPolicy.DELETE }),
      'the name of a Service': () => onNfs({ server: 'nfs.storage.svc.cluster.local' }),
    },
    passes: {
      'a directory that is kept': () => volume({ volumeMode: VolumeMode.FILESYSTEM, reclaimPolicy: ReclaimPolicy.RETAIN }),
      'an address': () => onNfs({ server: 'fd00::1' }),
      'what a driver deletes': () => onCsi({}, { reclaimPolicy: ReclaimPolicy.DELETE, volumeMode: VolumeMode.BLOCK }),
    },
  },
  VOL015: {
    trips: {
      'a driver that creates none': () => storageClass({ driver: csi({ provision: false }) }),
    },
    passes: {
      'a driver that does by default': () => storageClass({ driver: csi({}) }),
      'a volume of a driver that creates none': () => onCsi({ driver: csi({ provision: false }) }),
    },
  },
};
