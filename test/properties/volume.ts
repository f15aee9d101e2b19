import { ApiObject, Size } from 'cdk8s';
import * as fc from 'fast-check';
import {
  accessModes, account, anyDriver, common, dictionary, duration, flag, host, id, label, labels, members, mostly, mountOptions, name, number, parameters, path, secret, size,
  some, Step, text, workload,
} from './basics';
import { existing as anyExisting } from './csi';
import {
  ClaimTemplate, CsiDriver, EmptyDirMedium, ExistingClaimOptions, HostPathType, ICsiDriver, IDataSource, IStorageClass, IVolumeAttributesClass, PersistentVolume,
  PersistentVolumeClaim, PersistentVolumeClaimProps, PersistentVolumeSource, PodVolume, ReclaimPolicy, StaticStorageClass, StorageClass, StorageQuota, VolumeAlerts,
  VolumeAttributesClass, VolumeBindingMode, VolumeDeviceOptions, VolumeMode, VolumeMountOptions,
} from '../../src';

// The default more often than the device, which few drivers have.
const volumeMode = fc.oneof({ weight: 5, arbitrary: fc.constant(VolumeMode.FILESYSTEM) }, { weight: 1, arbitrary: members(VolumeMode) });
/** A driver that can do most of it, more often than one that cannot. */
const capable = some({ attach: flag, clone: flag, block: flag, inline: flag, multiNodeWriter: flag }, []).map(capabilities => () => CsiDriver.fromDriverName('csi.example.com', {
  capabilities: { expand: true, modify: true, topology: true, ...capabilities }, controllerServiceAccount: { name: 'controller', namespace: 'csi' },
}));
const unknown = fc.constant(() => CsiDriver.fromDriverName('csi.example.com'));
const existing = fc.oneof({ weight: 8, arbitrary: capable }, { weight: 4, arbitrary: unknown }, { weight: 1, arbitrary: anyExisting });
const className = fc.option(name, { nil: undefined });

const topologies = (values: fc.Arbitrary<string>) => fc.dictionary(text(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']), mostly(
  fc.uniqueArray(values, { minLength: 1, maxLength: 2 }), fc.array(values, { maxLength: 2 }),
), { maxKeys: 2, noNullPrototype: true });
const storageClass = some({
  ...common,
  fsType: text(['ext4', 'xfs'], ['EXT 4']),
  allowedTopologies: topologies(text(['a', 'b', 'node-1'])),
  name, parameters, reclaimPolicy: members(ReclaimPolicy), volumeBindingMode: members(VolumeBindingMode), expansion: flag, mountOptions, isDefault: flag,
  secrets: some({
    provisioner: secret, controllerPublish: secret, controllerExpand: secret, controllerModify: secret, nodeStage: secret, nodePublish: secret, nodeExpand: secret,
  }, []),
}, ['name']);
const staticClass = some({ ...common, name, volumeBindingMode: members(VolumeBindingMode) }, ['name']);
const attributesClass = some({ ...common, name, parameters: dictionary(text(['iops', 'throughput'], ['csi.storage.k8s.io/fstype']), text(['4000', ''])) }, ['name', 'parameters']);

const anyVolume = some({
  ...common,
  name,
  capacity: size,
  accessModes,
  volumeMode,
  reclaimPolicy: fc.oneof({ weight: 4, arbitrary: fc.constant(ReclaimPolicy.RETAIN) }, { weight: 1, arbitrary: members(ReclaimPolicy) }),
  mountOptions,
  claim: account,
  nodeAffinity: topologies(text(['node-1', 'ssd'], [''])),
}, ['name', 'capacity']);
/** As most volumes are: kept, and a directory. */
const volume = mostly(anyVolume.map(props => ({ ...props, reclaimPolicy: ReclaimPolicy.RETAIN, volumeMode: undefined })), anyVolume, 8);
const attributesOf = fc.option(name, { nil: undefined, freq: 2 });
const csiSource = some({
  volumeHandle: text(['nfs.example.com#exports##data#retain', 'h']),
  volumeAttributes: parameters,
  fsType: text(['ext4']),
  readOnly: flag,
  secrets: some({ controllerPublish: secret, controllerExpand: secret, nodeStage: secret, nodePublish: secret, nodeExpand: secret }, []),
}, ['volumeHandle']);
const nfsSource = some({ server: host, path, readOnly: flag, nodesResolve: flag }, ['server', 'path']);
const localSource = some({ path: text(['/mnt/disks/ssd1', '/dev/sdb'], ['mnt', '/mnt/../etc']), fsType: text(['ext4', 'xfs']) }, ['path']);
const hostPathSource = some({ path: text(['/var/log', '/srv'], ['var', '/a/../b']), type: members(HostPathType) }, ['path']);
const source = fc.oneof(
  nfsSource.map(options => PersistentVolumeSource.nfs(options)), localSource.map(options => PersistentVolumeSource.local(options)),
  hostPathSource.map(options => PersistentVolumeSource.hostPath(options)),
);

const existingClaim = mostly<ExistingClaimOptions>(
  some({ size: fc.constant(Size.mebibytes(1)), volumeMode: fc.constant(VolumeMode.FILESYSTEM) }, []), some({ namespace: label, size, volumeMode }, []),
);
/** A claim of which more or less is known, or something that the library has no construct for. */
const dataSource: fc.Arbitrary<(driver: ICsiDriver | undefined) => IDataSource> = fc.oneof(
  fc.tuple(name, existingClaim).map(
    ([claimName, options]) => (driver: ICsiDriver | undefined) => PersistentVolumeClaim.fromClaimName(claimName, {
      ...options, storageClass: StorageClass.fromStorageClassName('fast', { driver }),
    }),
  ),
  name.map(dataSourceName => () => ({ dataSourceKind: 'Restore', dataSourceApiGroup: 'backup.example.com', dataSourceName })),
);
/** A class of which its manifest or its user says more or less. */
const existingClass = some({ expansion: flag, provisions: mostly(fc.constant(true), flag, 8), volumeBindingMode: members(VolumeBindingMode) }, []);
const newVolume = some({ ...common, accessModes, volumeMode, size }, ['size']);
const filled = fc.record({ from: fc.option(dataSource, { nil: undefined, freq: 2 }), attributes: attributesOf, known: flag, of: existingClass });
/** A class, and what a new volume is filled from and can be changed by. */
type Origin = (drivers: ICsiDriver[]) => { storageClass: IStorageClass; dataSource?: IDataSource; volumeAttributesClass?: IVolumeAttributesClass };
const origin: fc.Arbitrary<Origin> = fc.tuple(name, filled, existing).map(([storageClassName, { from, attributes, known, of }, make]) => drivers => {
  const driver = known ? anyDriver(drivers, make) : undefined;
  return {
    storageClass: StorageClass.fromStorageClassName(storageClassName, { driver, ...of }),
    dataSource: from?.(driver),
    volumeAttributesClass: attributes === undefined ? undefined : VolumeAttributesClass.fromVolumeAttributesClassName(attributes, { driver }),
  };
});
const claim = some({ ...common, name, namespace: label, size, accessModes, volumeMode }, ['name', 'size']);

const mount: fc.Arbitrary<VolumeMountOptions> = some({
  container: text(['main'], ['sidecar']), path: text(['/data', '/var/lib/data', '/srv', '/opt/data'], ['data', '/a:b']), readOnly: flag, subPath: text(['reports', 'a/b'], ['../x', '/a']),
}, ['container', 'path']);
const device: fc.Arbitrary<VolumeDeviceOptions> = fc.record({ container: text(['main'], ['sidecar']), devicePath: text(['/dev/xvda', '/dev/sdb'], ['xvda', '/dev/../x']) });
type Use = VolumeMountOptions | VolumeDeviceOptions;
const uses: fc.Arbitrary<Use[]> = mostly<Use[]>(
  fc.array(mount, { maxLength: 1 }), fc.array(fc.oneof<fc.WeightedArbitrary<Use>[]>({ weight: 1, arbitrary: mount }, { weight: 1, arbitrary: device }), { maxLength: 2 }), 6,
);

function use(target: PodVolume | ClaimTemplate, pod: ApiObject, all: readonly Use[]): void {
  all.forEach(options => ('path' in options ? target.mountTo(pod, options) : target.deviceTo(pod, options)));
}

const podVolume: fc.Arbitrary<(drivers: ICsiDriver[]) => PodVolume> = fc.oneof(
  fc.tuple(name, mostly<ExistingClaimOptions>(some({ namespace: fc.constant('apps') }, []), some({ namespace: label, volumeMode }, []))).map(([claimName, options]) => () => PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName(claimName, options))),
  fc.tuple(label, some({ medium: members(EmptyDirMedium), sizeLimit: size }, [])).map(([volumeName, options]) => () => PodVolume.emptyDir(volumeName, options)),
  fc.tuple(label, hostPathSource).map(([volumeName, options]) => () => PodVolume.hostPath(volumeName, options)),
  fc.tuple(label, nfsSource).map(([volumeName, options]) => () => PodVolume.nfs(volumeName, options)),
  fc.tuple(label, newVolume, origin).map(([volumeName, options, of]) => (drivers: ICsiDriver[]) => PodVolume.ephemeral(volumeName, { ...options, ...of(drivers) })),
  fc.tuple(label, some({ volumeAttributes: parameters, fsType: text(['ext4'], ['EXT 4']), readOnly: flag, nodePublishSecretName: name }, []), existing)
    .map(([volumeName, options, make]) => (drivers: ICsiDriver[]) => PodVolume.csiInline(volumeName, { ...options, driver: anyDriver(drivers, make) })),
);

const percent = (min: number, max: number) => number(fc.integer({ min, max }));
const pattern = text(['shop|shop-.*', 'data-\\d+'], ['(', '(?!a)b', '"', '\\']);
const alerts = some({
  ...common,
  name,
  namespace: label,
  namespaces: pattern,
  claims: pattern,
  excludeClaims: pattern,
  excludeAccessModes: accessModes,
  warningPercent: percent(1, 89),
  criticalPercent: percent(90, 99),
  fullWithin: duration,
  warningAfter: duration,
  criticalAfter: duration,
  fullWithinAfter: duration,
  alertLabels: dictionary(text(['team', 'severity'], ['on-call', 'alertname']), text(['storage', ''])),
}, ['name']);
const count = number(fc.integer({ min: 0, max: 100 }));
const quota = fc.tuple(
  some({ ...common, name, namespace: label, size, claims: count }, ['name']), fc.array(fc.tuple(name, some({ size, claims: count }, [])), { maxLength: 2 }),
);

const existingVolume = some({ capacity: size, accessModes, volumeMode }, ['capacity']);

/** What a claim says beside the volume that it names: mostly nothing. */
const askedOfIt = mostly<Partial<PersistentVolumeClaimProps>>(some(common, []), some({ size, accessModes, volumeMode }, []));

export const volumeSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(storageClass, existing).map(([props, make]) => (chart, drivers) => { new StorageClass(chart, id(), { ...props, driver: anyDriver(drivers, make) }); }),
  fc.tuple(attributesClass, existing).map(([props, make]) => (chart, drivers) => { new VolumeAttributesClass(chart, id(), { ...props, driver: anyDriver(drivers, make) }); }),
  fc.tuple(volume, csiSource, existing, className, attributesOf).map(([props, options, make, named, attributes]) => (chart, drivers) => {
    const of = named === undefined ? undefined : StorageClass.fromStorageClassName(named);
    const volumeAttributesClass = attributes === undefined ? undefined : VolumeAttributesClass.fromVolumeAttributesClassName(attributes);
    new PersistentVolume(chart, id(), { ...props, storageClass: of, volumeAttributesClass, source: PersistentVolumeSource.csi({ ...options, driver: anyDriver(drivers, make) }) });
  }),
  fc.tuple(name, existingVolume, className, name, askedOfIt).map(([volumeName, options, of, claimName, asked]) => chart => {
    const existingOne = PersistentVolume.fromPersistentVolumeName(volumeName, { ...options, storageClass: of === undefined ? undefined : StorageClass.fromStorageClassName(of) });
    new PersistentVolumeClaim(chart, id(), { name: claimName, ...asked, volume: existingOne });
  }),
  fc.tuple(volume, source, fc.option(staticClass, { nil: undefined })).map(([props, from, of]) => chart => {
    const named = of && new StaticStorageClass(chart, id(), of);
    // A local one is on some node.
    const nodeAffinity = props.nodeAffinity ?? (from.localOptions && props.volumeMode === undefined ? { 'kubernetes.io/hostname': ['node-1'] } : undefined);
    new PersistentVolume(chart, id(), { ...props, nodeAffinity, storageClass: named, source: from });
    if (named) {
      new PersistentVolumeClaim(chart, id(), { name: 'chosen', storageClass: named, size: Size.gibibytes(1), selector: props.labels });
    }
  }),
  fc.tuple(claim, origin, mostly(fc.constant(undefined), labels, 8)).map(([props, of, selector]) => (chart, drivers) => {
    new PersistentVolumeClaim(chart, id(), { ...props, ...of(drivers), selector });
  }),
  fc.tuple(fc.array(fc.tuple(podVolume, uses), { maxLength: 2 })).map(([all]) => (chart, drivers) => {
    const pod = workload(chart);
    all.forEach(([make, mounts]) => use(make(drivers), pod, mounts));
  }),
  fc.tuple(label, newVolume, origin, uses).map(([templateName, options, of, mounts]) => (chart, drivers) => {
    const statefulSet = workload(chart, 'StatefulSet');
    const template = new ClaimTemplate({ name: templateName, ...options, ...of(drivers) });
    template.addTo(statefulSet);
    use(template, statefulSet, mounts);
  }),
  quota.map(([props, classes]) => chart => {
    new StorageQuota(chart, id(), { ...props, storageClasses: classes.map(([named, limits]) => ({ storageClass: StorageClass.fromStorageClassName(named), ...limits })) });
  }),
  alerts.map(props => chart => { new VolumeAlerts(chart, id(), props); }),
];
