import { join } from 'path';
import { ApiObject, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Cases, nowhere } from './case';
import { POD_VOLUME_CASES } from './volume-pods.cases';
import {
  AccessMode, ClaimTemplate, CsiCapabilities, CsiDriver, CsiVolumeSourceOptions, Distribution, ExistingClaimOptions, Findings, ICsiDriver, IDataSource, KubernetesVersion,
  NfsCsiDriver, NfsVolumeSourceOptions, NodeCount, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimProps, PersistentVolumeProps, PersistentVolumeSource, PodVolume,
  ReclaimPolicy, SecretReference, StaticStorageClass, StorageClass, StorageClassProps, StorageClassSecrets, StorageQuota, StorageQuotaProps, VolumeAlerts, VolumeAlertsProps,
  VolumeAttributesClass, VolumeAttributesClassProps, VolumeBindingMode, VolumeMode, VolumeMountOptions,
} from '../../src';
import { deployment, nfs, object, testChart } from '../support';

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

function podOnNfs(server: string) {
  return object(testChart(), 'Pod', { metadata: { name: 'web' }, spec: { containers: [], volumes: [{ name: 'share', nfs: { server, path: '/' } }] } });
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

const ALL: CsiCapabilities = { expand: true, snapshot: true, clone: true, modify: true, block: true };
const { fromStorageClassName } = StorageClass;
const web = () => testChart({}, { namespace: 'web' });

/** A claim that is filled from one of 1 GiB on a class of `csi(ALL)`. */
function clone(props: Partial<PersistentVolumeClaimProps> = {}, source: ExistingClaimOptions = {}, driver: ICsiDriver = csi(ALL)) {
  const dataSource = PersistentVolumeClaim.fromClaimName('source', {
    namespace: 'web', storageClass: fromStorageClassName('slow', { driver: csi(ALL) }), size: GIBIBYTE, volumeMode: VolumeMode.FILESYSTEM, ...source,
  });
  return claim({ storageClass: fromStorageClassName('fast', { driver }), size: GIBIBYTE, dataSource, ...props });
}

const SNAPSHOT: IDataSource = {
  dataSourceKind: 'VolumeSnapshot', dataSourceApiGroup: 'snapshot.storage.k8s.io', dataSourceName: 'monday', namespace: 'web', dataSourceDriver: csi(ALL), dataSourceSize: GIBIBYTE,
  dataSourceVolumeMode: VolumeMode.FILESYSTEM,
};

function attributes(props: Partial<VolumeAttributesClassProps> = {}, kubernetes = KubernetesVersion.V1_35) {
  return new VolumeAttributesClass(testChart({ kubernetes }), 'Attributes', { name: 'gold', driver: csi(ALL), parameters: { iops: '4000' }, ...props });
}

/** A claim on a class of `csi(ALL)` with attributes of another driver. */
function withAttributes(driver: ICsiDriver | undefined, kubernetes = KubernetesVersion.V1_35) {
  const volumeAttributesClass = VolumeAttributesClass.fromVolumeAttributesClassName('gold', { driver });
  return claim({ storageClass: fromStorageClassName('fast', { driver: csi(ALL) }), size: GIBIBYTE, volumeAttributesClass }, testChart({ kubernetes }, { namespace: 'web' }));
}

const MANIFESTS = join(__dirname, '..', 'volume', 'manifests');
const MANY = [AccessMode.READ_WRITE_MANY];
const CREDENTIALS = SecretReference.fromName('credentials', 'storage');

/** A class of a driver that may read Secrets. */
function withSecrets(secrets: StorageClassSecrets, expansion = true) {
  const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { expand: true }, controllerServiceAccount: { name: 'controller', namespace: 'csi' } });
  return storageClass({ driver, expansion, secrets });
}

const NODE = { 'kubernetes.io/hostname': ['node-1'] };

function local(props: Partial<PersistentVolumeProps> = {}, scope?: Construct) {
  return volume({ source: PersistentVolumeSource.local({ path: '/mnt/disks/ssd1' }), nodeAffinity: NODE, ...props }, scope);
}

function hostPath(props: Partial<PersistentVolumeProps> = {}, nodes = NodeCount.MULTIPLE) {
  return volume({ source: PersistentVolumeSource.hostPath({ path: '/srv/data' }), ...props }, testChart({ nodes }));
}

function quota(props: Partial<StorageQuotaProps>) {
  return new StorageQuota(web(), 'Quota', { name: 'storage', ...props });
}

function alerts(props: Partial<VolumeAlertsProps>) {
  return new VolumeAlerts(web(), 'Alerts', { name: 'volumes', ...props });
}

export const VOLUME_CASES: Cases = {
  ...POD_VOLUME_CASES,
  VOL001: {
    trips: {
      'two defaults': () => {
        const chart = testChart();
        storageClass({ isDefault: true }, chart);
        return storageClass({ name: 'slow', isDefault: true }, chart);
      },
      'a second one of the bundled class\'s name': () => {
        const chart = testChart({ distribution: Distribution.K3S });
        storageClass({ isDefault: true }, chart);
        return storageClass({ name: 'local-path', isDefault: true }, chart);
      },
      'a second one by the old mark': () => {
        const chart = testChart();
        storageClass({ isDefault: true }, chart);
        return storageClass({ name: 'slow', annotations: { 'storageclass.beta.kubernetes.io/is-default-class': 'true' } }, chart);
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
      'a default where the app takes the mark off the bundled class': () => {
        const fast = isDefault(Distribution.K3S);
        object(fast.node.scope as Construct, 'StorageClass', { metadata: { name: 'local-path' }, provisioner: 'rancher.io/local-path' }, 'storage.k8s.io/v1');
        return fast;
      },
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
      'longer parameters than the API takes': () => storageClass({ parameters: { a: 'x'.repeat(256 * 1024) } }),
      'a file system of a class that is none': () => storageClass({ fsType: 'EXT 4' }),
      'a file system said twice': () => storageClass({ fsType: 'xfs', parameters: { fstype: 'ext4' } }),
      'a file system said twice, in other letters': () => storageClass({ fsType: 'xfs', parameters: { fsType: 'ext4' } }),
      'a file system by two parameters': () => storageClass({ parameters: { fstype: 'ext4', FSType: 'ext4' } }),
      'a zone without values': () => storageClass({ allowedTopologies: { 'topology.kubernetes.io/zone': [] } }),
      'a zone twice': () => storageClass({ allowedTopologies: { 'topology.kubernetes.io/zone': ['a', 'a'] } }),
      'no handle': () => onCsi({ volumeHandle: '' }),
      'a file system that is none': () => onCsi({ fsType: 'EXT 4' }),
      'a server with a scheme': () => onNfs({ server: 'nfs://nfs.example.com' }),
      'a server with a port': () => onNfs({ server: 'nfs.example.com:2049' }),
      'no server': () => onNfs({ server: '' }),
      'a relative path': () => onNfs({ path: 'archive' }),
      'a relative path of the node in a pod': nowhere(() => PodVolume.hostPath('logs', { path: 'var/log' })),
      'a local path that climbs': () => local({ source: PersistentVolumeSource.local({ path: '/mnt/../etc' }) }),
      'a label of a node without values': () => local({ nodeAffinity: { 'kubernetes.io/hostname': [] } }),
      'attributes of a volume without parameters': () => attributes({ parameters: {} }),
      'a parameter that is a number': () => storageClass({ parameters: { iops: 4000 as any } }),
      'an attribute without a value': () => onCsi({ volumeAttributes: { clusterID: undefined as any } }),
      'an attribute of a volume in a pod without a value': nowhere(() => PodVolume.csiInline('data', { driver: csi({ inline: true }), volumeAttributes: { clusterID: undefined as any } })),
      'attributes that can change of a volume without a CSI driver': () => volume({ volumeAttributesClass: VolumeAttributesClass.fromVolumeAttributesClassName('gold', { driver: csi(ALL) }) }),
      'a source of the core group that is no claim': () => clone({ dataSource: { ...SNAPSHOT, dataSourceApiGroup: undefined } }),
      'a class by its name': () => claim({ storageClass: 'fast' as any, size: GIBIBYTE }),
      'a volume by its name': () => claim({ volume: 'archive' as any, size: GIBIBYTE }),
      'attributes that can change by their name': () => claim({ storageClass: fromStorageClassName('fast'), size: GIBIBYTE, volumeAttributesClass: 'gold' as any }),
      'a driver by its name': () => storageClass({ driver: 'csi.example.com' as any }),
      'a class of a volume by its name': () => volume({ storageClass: 'fast' as any }),
      'a class of a quota by its name': () => quota({ storageClasses: [{ storageClass: 'fast' as any, claims: 1 }] }),
      'a source of no kind': () => clone({ dataSource: { ...SNAPSHOT, dataSourceKind: '' } }),
    },
    passes: {
      'one mount option per entry': () => storageClass({ mountOptions: ['hard', 'nfsvers=4.1'] }),
      'a file system': () => onCsi({ fsType: 'xfs' }),
      'parameters as long as the API takes': () => storageClass({ parameters: { a: 'x'.repeat(256 * 1024 - 1) } }),
      'an attribute that is empty': () => onCsi({ volumeAttributes: { pool: '' } }),
      'attributes that can change of a volume with one': () => onCsi({ driver: csi(ALL) }, { volumeAttributesClass: VolumeAttributesClass.fromVolumeAttributesClassName('gold', { driver: csi(ALL) }) }),
      'a file system of a class': () => storageClass({ fsType: 'xfs' }),
      'a file system of a class by the parameter of old': () => storageClass({ parameters: { fsType: 'xfs' } }),
      'the root of a server': () => onNfs({ path: '/' }),
    },
  },
  VOL006: {
    trips: {
      'a Secret by its parameter': () => storageClass({ parameters: { 'csi.storage.k8s.io/provisioner-secret-name': 'credentials' } }),
      'a Secret by its parameter of old': () => storageClass({ parameters: { csiNodePublishSecretName: 'credentials' } }),
      'a Secret in attributes': () => attributes({ parameters: { 'csi.storage.k8s.io/controller-modify-secret-name': 'credentials' } }),
    },
    passes: {
      'a parameter of the driver\'s own domain': () => storageClass({ parameters: { 'csi.example.com/pool': 'fast' } }),
    },
  },
  VOL007: {
    trips: {
      'a source that is read-only': () => onCsi({ readOnly: true, driver: csi({}) }),
    },
    passes: {
      'a source of a driver that attaches': () => onCsi({ readOnly: true, driver: csi({ attach: true }) }),
      'a source of a driver of which nothing is known': () => onCsi({ readOnly: true }),
      'a source that is said not to be': () => onCsi({ readOnly: false }),
      'a source that the node itself mounts': () => onNfs({ readOnly: true }),
    },
  },
  VOL008: {
    trips: {
      'none': () => volume({ accessModes: [] }),
      'one that there is not': () => volume({ accessModes: ['ReadWriteAll' as AccessMode] }),
      'one that is missing': () => claim({ storageClass: fromStorageClassName('fast'), size: GIBIBYTE, accessModes: [undefined as any] }),
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
      'no container': () => mount({ container: undefined as any }),
      'one device twice in a container': () => {
        const pod = deployment(web(), 'main');
        const disk = PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('disk', { namespace: 'web', volumeMode: VolumeMode.BLOCK }));
        ['/dev/xvda', '/dev/xvdb'].forEach(devicePath => disk.deviceTo(pod, { container: 'main', devicePath }));
        return pod;
      },
      'a subPath that is no text': () => mount({ subPath: 7 as any }),
      'a path twice': () => mountTwice({}, { readOnly: true }),
      'a path that the user mounted already': () => mount({}, object(testChart({}, { namespace: 'web' }), 'Pod', {
        spec: { containers: [{ name: 'main', volumeMounts: [{ name: 'own', mountPath: '/data' }] }] },
      })),
      'a volume of another kind by the same name': () => {
        const pod = mount({});
        PodVolume.emptyDir('data').mountTo(pod, { container: 'main', path: '/other' });
        return pod;
      },
      'a template for what is no StatefulSet': () => {
        const pod = deployment(web(), 'main');
        new ClaimTemplate({ name: 'data', storageClass: fromStorageClassName('fast'), size: GIBIBYTE }).addTo(pod);
        return pod;
      },
      'one claim as a directory and a device': () => {
        const pod = mount({});
        PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('data', { namespace: 'web' })).deviceTo(pod, { container: 'main', devicePath: '/dev/xvda' });
        return pod;
      },
      'a device at a path that climbs': () => {
        const pod = deployment(web(), 'main');
        PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('data', { namespace: 'web' })).deviceTo(pod, { container: 'main', devicePath: '/dev/../etc' });
        return pod;
      },
      'a volume name that the user took already': () => mount({}, object(testChart({}, { namespace: 'web' }), 'Pod', {
        spec: { containers: [{ name: 'main' }], volumes: [{ name: 'data', emptyDir: {} }] },
      })),
    },
    passes: {
      'one emptyDir in two containers': () => {
        const pod = deployment(web(), 'main', 'proxy');
        ['main', 'proxy'].forEach(container => PodVolume.emptyDir('tmp').mountTo(pod, { container, path: '/tmp' }));
        return pod;
      },
      'one device in two containers': () => {
        const pod = deployment(web(), 'main', 'proxy');
        const disk = PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName('disk', { namespace: 'web', volumeMode: VolumeMode.BLOCK }));
        ['main', 'proxy'].forEach(container => disk.deviceTo(pod, { container, devicePath: '/dev/xvda' }));
        return pod;
      },
      'two devices in one container': () => {
        const pod = deployment(web(), 'main');
        for (const name of ['a', 'b']) {
          PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName(name, { namespace: 'web', volumeMode: VolumeMode.BLOCK })).deviceTo(pod, { container: 'main', devicePath: `/dev/${name}` });
        }
        return pod;
      },
      'no subPath': () => mount({ subPath: null as any }),
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
      'attributes that the volume lacks': () => onVolume({ volumeAttributesClass: VolumeAttributesClass.fromVolumeAttributesClassName('gold') }),
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
      'a volume and what fills it': () => onVolume({ dataSource: SNAPSHOT }),
      'a volume and labels': () => onVolume({ selector: { disk: 'ssd' } }),
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
      'a short name': () => onNfs({ server: 'nas' }),
      'a short name in a pod': nowhere(() => PodVolume.nfs('share', { server: 'nas', path: '/exports' })),
    },
    passes: {
      'a short name that every node resolves': () => onNfs({ server: 'nas', nodesResolve: true }),
      'a directory that is kept': () => volume({ volumeMode: VolumeMode.FILESYSTEM, reclaimPolicy: ReclaimPolicy.RETAIN }),
      'an address': () => onNfs({ server: 'fd00::1' }),
      'an address in brackets': () => onNfs({ server: '[fd00::1]' }),
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
  VOL016: {
    trips: {
      'a source of another namespace': () => clone({}, { namespace: 'shop' }),
      'itself': () => clone({ name: 'source' }),
    },
    passes: {
      'a source of the same namespace': () => clone(),
      'a source whose namespace is not known': () => clone({}, { namespace: undefined }),
      'a snapshot of the claim\'s own name': () => clone({ name: 'monday', dataSource: SNAPSHOT }),
    },
  },
  VOL017: {
    trips: {
      'a source of another driver': () => clone({}, { storageClass: fromStorageClassName('other', { driver: CsiDriver.fromDriverName('other.example.com', { capabilities: ALL }) }) }),
      'a snapshot of another driver': () => clone({ dataSource: { ...SNAPSHOT, dataSourceDriver: CsiDriver.fromDriverName('other.example.com') } }),
    },
    passes: {
      'a source of another class of the driver': () => clone(),
      'a source of which nothing is known': () => clone({ dataSource: PersistentVolumeClaim.fromClaimName('source') }),
      'a class of which nothing is known': () => clone({ storageClass: fromStorageClassName('fast') }),
    },
  },
  VOL018: {
    trips: {
      'a clone by a driver that does not clone': () => clone({}, {}, csi({ snapshot: true })),
      'a restore by a driver that does not snapshot': () => clone({ dataSource: SNAPSHOT }, {}, csi({ clone: true })),
      'a source of a driver that does not clone, for a class of which nothing is known': () => clone(
        { storageClass: fromStorageClassName('fast') }, { storageClass: fromStorageClassName('slow', { driver: csi({ snapshot: true }) }) },
      ),
      'a class that creates nothing': () => clone({ storageClass: fromStorageClassName('local', { provisions: false }) }),
    },
    passes: {
      'a clone by a driver that does': () => clone({}, {}, csi({ clone: true })),
      'a restore by a driver that does': () => clone({ dataSource: SNAPSHOT }, {}, csi({ snapshot: true })),
      'a driver of which nothing is known': () => clone({}, {}, csi()),
      'a class of which nothing is known': () => clone({ storageClass: fromStorageClassName('fast') }),
      'a populator': () => clone({ dataSource: { dataSourceKind: 'Restore', dataSourceApiGroup: 'backup.example.com', dataSourceName: 'monday', namespace: 'web' } }, {}, csi({})),
    },
  },
  VOL019: {
    trips: {
      'less than the source has': () => clone({ size: Size.mebibytes(1023) }),
      'a device from a directory': () => clone({ volumeMode: VolumeMode.BLOCK }),
      'a directory from a device': () => clone({}, { volumeMode: VolumeMode.BLOCK }),
    },
    passes: {
      'as much in another unit': () => clone({ size: Size.mebibytes(1024) }),
      'a device from a device': () => clone({ volumeMode: VolumeMode.BLOCK }, { volumeMode: VolumeMode.BLOCK }),
      'a source whose size is not known': () => clone({}, { size: undefined }),
    },
  },
  VOL020: {
    trips: {
      'more than the source has, of a driver that does not expand': () => clone({ size: Size.gibibytes(2) }, {}, csi({ clone: true })),
    },
    passes: {
      'more than the source has, of a driver that does': () => clone({ size: Size.gibibytes(2) }, {}, csi({ clone: true, expand: true })),
      'more than the source has, of a class that allows it': () => clone({ size: Size.gibibytes(2), storageClass: fromStorageClassName('fast', { driver: csi(), expansion: true }) }),
      'as much as the source has': () => clone({}, {}, csi({ clone: true })),
    },
  },
  VOL021: {
    trips: {
      'labels for a class with a driver': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({}) }), size: GIBIBYTE, selector: { disk: 'ssd' } }),
      'labels for a class that is said to create volumes': () => claim({ storageClass: fromStorageClassName('fast', { provisions: true }), size: GIBIBYTE, selector: { disk: 'ssd' } }),
    },
    passes: {
      'labels for a class that creates none': () => {
        const chart = web();
        return claim({ storageClass: new StaticStorageClass(chart, 'Local', { name: 'local' }), size: GIBIBYTE, selector: { disk: 'ssd' } }, chart);
      },
      'labels for a driver that creates none': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({ provision: false }) }), size: GIBIBYTE, selector: { disk: 'ssd' } }),
      'labels for a class of which nothing is known': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi() }), size: GIBIBYTE, selector: { disk: 'ssd' } }),
      'no labels': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({}) }), size: GIBIBYTE }),
    },
  },
  VOL022: {
    trips: {
      'a claim for a device': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({}) }), size: GIBIBYTE, volumeMode: VolumeMode.BLOCK }),
      'a volume that is one': () => onCsi({ driver: csi({}) }, { volumeMode: VolumeMode.BLOCK }),
    },
    passes: {
      'a claim for a device of a driver that has them': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi(ALL) }), size: GIBIBYTE, volumeMode: VolumeMode.BLOCK }),
      'a claim for a directory': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({}) }), size: GIBIBYTE, volumeMode: VolumeMode.FILESYSTEM }),
      'a device of a driver of which nothing is known': () => onCsi({}, { volumeMode: VolumeMode.BLOCK }),
      'a local disk as a device': () => local({ volumeMode: VolumeMode.BLOCK }),
    },
  },
  VOL023: {
    trips: {
      'a class on 1.30': () => attributes({}, KubernetesVersion.V1_30),
      'a claim that names one on 1.30': () => withAttributes(csi(ALL), KubernetesVersion.V1_30),
    },
    passes: {
      'a class on 1.34': () => attributes({}, KubernetesVersion.V1_34),
    },
  },
  VOL024: {
    trips: {
      'a class on 1.31': () => attributes({}, KubernetesVersion.V1_31),
      'a claim that names one on 1.33': () => withAttributes(csi(ALL), KubernetesVersion.V1_33),
    },
    passes: {
      'a class on 1.34': () => attributes({}, KubernetesVersion.V1_34),
    },
  },
  VOL025: {
    trips: {
      'a driver that modifies nothing': () => attributes({ driver: csi({}) }),
      'a class from elsewhere, of a driver that modifies nothing': () => withAttributes(csi({})),
    },
    passes: {
      'a driver that modifies': () => attributes({ driver: csi({ modify: true }) }),
      'a driver of which nothing is known': () => attributes({ driver: csi() }),
    },
  },
  VOL026: {
    trips: {
      'classes of two drivers': () => withAttributes(CsiDriver.fromDriverName('other.example.com')),
      'a volume with attributes of another driver': () => onCsi({}, { volumeAttributesClass: VolumeAttributesClass.fromVolumeAttributesClassName('gold', { driver: CsiDriver.fromDriverName('other.example.com') }) }),
    },
    passes: {
      'two classes of one driver': () => withAttributes(csi(ALL)),
      'a class of which nothing is known': () => withAttributes(undefined),
    },
  },
  VOL027: {
    trips: {
      'a local disk of no node': () => local({ nodeAffinity: undefined }),
      'a local disk with no labels for its node': () => local({ nodeAffinity: {} }),
      'a local disk that is deleted': () => local({ reclaimPolicy: ReclaimPolicy.DELETE }),
      'a directory of the node as a device': () => hostPath({ volumeMode: VolumeMode.BLOCK }, NodeCount.SINGLE),
    },
    passes: {
      'a local disk of a node': () => local(),
      'a local disk as a device': () => local({ volumeMode: VolumeMode.BLOCK }),
    },
  },
  VOL028: {
    trips: {
      'a local disk of a class that binds at once': () => {
        const chart = web();
        return local({ storageClass: new StaticStorageClass(chart, 'Local', { name: 'local', volumeBindingMode: VolumeBindingMode.IMMEDIATE }) }, chart);
      },
    },
    passes: {
      'a local disk of a class that waits': () => {
        const chart = web();
        return local({ storageClass: new StaticStorageClass(chart, 'Local', { name: 'local' }) }, chart);
      },
      'a local disk of a class of which nothing is known': () => local({ storageClass: fromStorageClassName('local') }),
      'a local disk without a class': () => local(),
    },
  },
  VOL029: {
    trips: {
      'a directory of any node': () => hostPath(),
    },
    passes: {
      'a directory of one node': () => hostPath({ nodeAffinity: NODE }),
      'a directory of the only node': () => hostPath({}, NodeCount.SINGLE),
    },
  },
  VOL037: {
    trips: {
      'nothing': () => quota({}),
      'a class without a limit': () => quota({ size: GIBIBYTE, storageClasses: [{ storageClass: fromStorageClassName('fast') }] }),
      'a class twice': () => quota({ storageClasses: [{ storageClass: fromStorageClassName('fast'), claims: 1 }, { storageClass: fromStorageClassName('fast'), claims: 2 }] }),
      'an entry that is missing': () => quota({ storageClasses: [undefined as any] }),
      'half a claim': () => quota({ claims: 0.5 }),
      'less than no claim': () => quota({ claims: -1 }),
    },
    passes: {
      'no claim at all': () => quota({ claims: 0 }),
      'two classes': () => quota({ storageClasses: [{ storageClass: fromStorageClassName('fast'), claims: 1 }, { storageClass: fromStorageClassName('slow'), size: GIBIBYTE }] }),
    },
  },
  VOL038: {
    trips: {
      'a warning that comes after the alarm': () => alerts({ warningPercent: 95, criticalPercent: 90 }),
      'more than all': () => alerts({ criticalPercent: 100 }),
      'a fraction for a percent': () => alerts({ warningPercent: 0.85 }),
      'two fractions for percents': () => alerts({ warningPercent: 0.85, criticalPercent: 0.95 }),
      'no number': () => alerts({ warningPercent: NaN }),
      'a pattern that does not end': () => alerts({ namespaces: '(shop' }),
      'a pattern that Prometheus does not read': () => alerts({ claims: '(?!test).*' }),
      'no time to act': () => alerts({ fullWithin: Duration.seconds(0) }),
      'half a second': () => alerts({ warningAfter: Duration.millis(500) }),
      'an access mode that there is not': () => alerts({ excludeAccessModes: [undefined as any] }),
      'a label that Prometheus sets itself': () => alerts({ alertLabels: { alertname: 'mine' } }),
      'a label with a dash': () => alerts({ alertLabels: { 'on-call': 'storage' } }),
    },
    passes: {
      'the defaults': () => alerts({}),
      'a pattern': () => alerts({ namespaces: 'shop|shop-.*', claims: '(?:data|logs)-\\d+' }),
      'the least and the most': () => alerts({ warningPercent: 1, criticalPercent: 99.5 }),
      'at once': () => alerts({ criticalAfter: Duration.seconds(0) }),
    },
  },
  VOL039: {
    trips: {
      'zones of a driver that knows none': () => storageClass({ driver: csi({}), allowedTopologies: { 'topology.kubernetes.io/zone': ['a'] } }),
    },
    passes: {
      'zones of a driver that knows them': () => storageClass({ driver: csi({ topology: true }), allowedTopologies: { 'topology.kubernetes.io/zone': ['a', 'b'] } }),
      'zones of a driver of which nothing is known': () => storageClass({ allowedTopologies: { 'topology.kubernetes.io/zone': ['a'] } }),
      'no zones': () => storageClass({ driver: csi({}), allowedTopologies: {} }),
    },
  },
  VOL041: {
    trips: {
      'a claim on a disk of one node': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({ multiNodeWriter: false }) }), size: GIBIBYTE, accessModes: MANY }),
      'a claim that may be a file system too': () => claim({
        storageClass: fromStorageClassName('fast', { driver: csi({ multiNodeWriter: false, block: true }) }), size: GIBIBYTE, accessModes: MANY, volumeMode: VolumeMode.FILESYSTEM,
      }),
      'a claim on a volume from elsewhere': () => claim({
        volume: PersistentVolume.fromPersistentVolumeName('old', { capacity: GIBIBYTE, accessModes: MANY, driver: csi({ multiNodeWriter: false }) }),
      }),
      'one of several modes': () => onCsi({ driver: csi({ multiNodeWriter: false }) }, { accessModes: [AccessMode.READ_WRITE_ONCE, ...MANY] }),
      'a volume per replica': () => {
        const statefulSet = object(web(), 'StatefulSet', { metadata: { name: 'db' }, spec: { template: { spec: { containers: [{ name: 'main' }] } } } }, 'apps/v1');
        new ClaimTemplate({ name: 'data', storageClass: fromStorageClassName('fast', { driver: csi({ multiNodeWriter: false }) }), size: GIBIBYTE, accessModes: MANY }).addTo(statefulSet);
        return statefulSet;
      },
    },
    passes: {
      'a device that several nodes write': () => claim({
        storageClass: fromStorageClassName('fast', { driver: csi({ multiNodeWriter: false, block: true }) }), size: GIBIBYTE, accessModes: MANY, volumeMode: VolumeMode.BLOCK,
      }),
      'a driver that shares files': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({ multiNodeWriter: true }) }), size: GIBIBYTE, accessModes: MANY }),
      'a driver of which nothing is said': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({}) }), size: GIBIBYTE, accessModes: MANY }),
      'many that read': () => claim({ storageClass: fromStorageClassName('fast', { driver: csi({ multiNodeWriter: false }) }), size: GIBIBYTE, accessModes: [AccessMode.READ_ONLY_MANY] }),
      'a claim on csi-driver-nfs': () => claim({ storageClass: fromStorageClassName('fast', { driver: NfsCsiDriver.existing({ version: 'v4.13.4' }) }), size: GIBIBYTE, accessModes: MANY }),
    },
  },
  VOL042: {
    trips: {
      'a Secret to create volumes only': () => withSecrets({ provisioner: CREDENTIALS }),
      'a Secret to create and attach volumes': () => withSecrets({ provisioner: CREDENTIALS, controllerPublish: CREDENTIALS, nodeStage: CREDENTIALS }),
    },
    passes: {
      'a Secret to enlarge them too': () => withSecrets({ provisioner: CREDENTIALS, controllerExpand: CREDENTIALS }),
      'a Secret to enlarge them on the node': () => withSecrets({ provisioner: CREDENTIALS, nodeExpand: CREDENTIALS }),
      'no expansion': () => withSecrets({ provisioner: CREDENTIALS }, false),
      'no Secret at all': () => withSecrets({}),
      'a driver that enlarges without one': () => nfs(testChart()).addStorageClass('fast', { expansion: true }),
    },
  },
  VOL044: {
    trips: {
      'a file that is not there': nowhere(() => StorageClass.fromManifest(join(MANIFESTS, 'none.json'))),
      'YAML': nowhere(() => StorageClass.fromManifest(join(MANIFESTS, 'fast.yaml'))),
      'an object of another kind': nowhere(() => StorageClass.fromManifest(join(MANIFESTS, 'claim.json'))),
      'a list': nowhere(() => StorageClass.fromManifest(join(MANIFESTS, 'list.json'))),
      'a class of another driver than the given one': nowhere(() => StorageClass.fromManifest(join(MANIFESTS, 'fast.json'), { driver: csi() })),
    },
    passes: {
      'a class of the given driver': () => claim({
        storageClass: StorageClass.fromManifest(join(MANIFESTS, 'fast.json'), { driver: CsiDriver.fromDriverName('disks.csi.example.com') }), size: GIBIBYTE,
      }),
      'a class of Kubernetes itself that a driver serves now': () => claim({
        storageClass: StorageClass.fromManifest(join(MANIFESTS, 'ebs.json'), { driver: CsiDriver.fromDriverName('ebs.csi.aws.com') }), size: GIBIBYTE,
      }),
    },
  },
  VOL045: {
    trips: {
      'the name of a Service in a pod': () => podOnNfs('nfs.storage.svc.cluster.local'),
      'the name of a Service in a volume': () => object(testChart(), 'PersistentVolume', { metadata: { name: 'share' }, spec: { nfs: { server: 'nfs.storage.svc', path: '/' } } }),
    },
    passes: {
      'a short name, which the nodes may resolve': () => podOnNfs('nas'),
      'the name of a Service that is acknowledged': () => {
        const pod = podOnNfs('nfs.storage.svc.cluster.local');
        Findings.of(pod).acknowledge('VOL045', 'the nodes ask CoreDNS');
        return pod;
      },
    },
  },
  VOL043: {
    trips: {
      'a colon for the slash': () => storageClass({ parameters: { 'csi.storage.k8s.io:fstype': 'xfs' } }),
      'a dot for the slash': () => storageClass({ parameters: { 'csi.storage.k8s.io.fstype': 'xfs' } }),
      'no csi in front': () => storageClass({ parameters: { 'storage.k8s.io/provisioner-secret-name': 'credentials' } }),
      'capitals': () => storageClass({ parameters: { 'CSI.storage.k8s.io/fstype': 'xfs' } }),
      'Kubernetes in full': () => storageClass({ parameters: { 'csi.storage.kubernetes.io/fstype': 'xfs' } }),
      'Kubernetes without its s': () => storageClass({ parameters: { 'csi.storage.k8.io/node-stage-secret-name': 'credentials' } }),
      'a parameter of attributes': () => attributes({ parameters: { 'csi.storage.k8s.io:controller-modify-secret-name': 'credentials' } }),
    },
    passes: {
      'a key of the driver that no sidecar has': () => storageClass({ parameters: { 'storage.k8s.io/foo': 'fast' } }),
      'a parameter of the driver\'s own domain, with its own words': () => storageClass({ parameters: { 'example.com/storage': 'fast', 'storage': 'fast', 'csi-storage': 'fast' } }),
    },
  },
};
