import { Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  accessModes, account, anyDriver, common, flag, host, id, label, members, mostly, mountOptions, name, number, path, size, some, Step, text,
} from './basics';
import { controller, existing, fitting, image, monitoring, node, ports, pullSecrets, registry, running, sidecars } from './csi';
import { serverOptions, serverStorage } from './nfs-server';
import {
  FsGroupPolicy, ICsiDriver, NfsCsiDriver, NfsCsiDriverProps, NfsNodeService, NfsOnDelete, NfsProtocol, NfsServer, NfsServerAlias, NfsSquash, NfsStorage, NfsVersion,
  PersistentVolumeClaim, PersistentVolumeClaimProps, SnapshotDeletionPolicy, VolumeBindingMode, VolumeMode, WhenDeleted,
} from '../../src';

const version = text(['v4.13.4', '4.13.3'], ['v4.13.2', 'v4.10.0', 'v4.13', 'latest']);
const permissions = text(['0770', '777', '0'], ['0999', 'rwx']);
const minutes = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 1, max: 120 }).map(amount => Duration.minutes(amount)) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 100000 }).map(amount => Duration.seconds(amount)) },
);
const driverName = text(['nfs.csi.k8s.io', 'nfs2.example.com'], ['kubernetes.io/nfs', 'NFS']);

const driver = some({
  ...common,
  driverName,
  name: label,
  namespace: label,
  createNamespace: flag,
  snapshots: flag,
  expansion: flag,
  inlineVolumes: flag,
  fsGroupPolicy: members(FsGroupPolicy),
  defaultOnDelete: members(NfsOnDelete),
  mountPermissions: permissions,
  removeArchivedVolumePath: flag,
  snapshotCompression: flag,
  useTarCommandInSnapshot: flag,
  volumeStatsCacheExpiry: minutes,
  hostMountOptions: flag,
  operationTimeout: minutes,
  logLevel: number(fc.integer({ min: 0, max: 10 })),
  version,
  image: fc.oneof({ weight: 1, arbitrary: image }, { weight: 1, arbitrary: text(['mirror.example.com/nfsplugin:v4.13.4'], ['nfsplugin:v4.9.0']) }),
  imageRegistry: registry,
  imagePullSecrets: pullSecrets,
  sidecars,
  monitoring,
  ports,
  controller,
  node,
}, []);
/** Few of them at a time: among so many, one is wrong nearly always. */
const fewProps = fc.tuple(driver, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }))
  .map(([props, dice]) => Object.fromEntries(Object.entries(props).filter((_, index) => dice[index] < 3)) as typeof props);

/** The same driver, with what does not go together left out: an unprivileged controller, an image of another release, a policy for host ports. */
function matching(props: NfsCsiDriverProps): NfsCsiDriverProps {
  const able = { expand: props.expansion ?? true, snapshot: props.snapshots };
  const controllerOptions = fitting(props.controller);
  return {
    ...props,
    version: props.image === undefined ? props.version : undefined,
    sidecars: running(props.sidecars, able),
    controller: controllerOptions && { ...controllerOptions, privileged: undefined, affinity: undefined, replicas: undefined },
    node: fitting(props.node),
  };
}

/** It throws by itself what it finds, so it is made within a step. */
const existingNfs: fc.Arbitrary<() => ICsiDriver> = some({
  driverName,
  version,
  controllerServiceAccount: account,
  snapshots: flag,
  expansion: flag,
  inlineVolumes: flag,
  defaultOnDelete: members(NfsOnDelete),
  fsGroupPolicy: members(FsGroupPolicy),
  mountPermissions: permissions,
  operationTimeout: minutes,
}, []).map(options => () => NfsCsiDriver.existing(options));

const alias = some({
  ...common,
  name: text(['nas', 'filer-2'], ['2nas', 'nas.eu']),
  namespace: text(['storage']),
  externalName: text(['nas.example.com', 'nas.example.com.', 'nas'], ['10.0.0.1', 'NAS.example.com']),
  clusterIp: text(['10.96.0.77'], ['None', '10.96.0']),
  addresses: fc.uniqueArray(text(['10.0.0.1', '10.0.0.2', '192.168.7.7'], ['127.0.0.1', 'fe80::1', 'fd00::1%eth0', 'FD00::1', 'nas', '10.0.0.01']), { minLength: 1, maxLength: 2 }),
  clusterDomain: text(['cluster.local', 'k8s.example.com'], ['.local']),
}, ['name', 'namespace', 'externalName', 'addresses']);
/** One target in most cases: both is a finding, as none is. Only a virtual IP has an address of its own. */
const aliased = fc.tuple(alias, fc.integer({ min: 0, max: 60 })).map(([props, kind]) => (
  kind === 0 ? props : kind === 1 ? { ...props, addresses: undefined, externalName: undefined }
    : kind < 30 ? { ...props, addresses: undefined, clusterIp: undefined } : { ...props, externalName: undefined }));

const exported = some({ share: path, squash: members(NfsSquash) }, ['share']);
const server = fc.oneof<fc.WeightedArbitrary<(chart: Chart) => NfsServer>[]>(
  { weight: 2, arbitrary: fc.tuple(host, exported).map(([given, options]) => () => NfsServer.external({ host: given, ...options })) },
{ weight: 1, arbitrary: fc.tuple(aliased, exported).map(([props, options]) => (chart: Chart) => NfsServer.alias(new NfsServerAlias(chart, id(), props), options)) },
);

const anyProtocol = some({
  version: members(NfsVersion),
  hard: flag,
  timeout: fc.oneof(
    { weight: 40, arbitrary: fc.integer({ min: 1, max: 600 }).map(amount => Duration.millis(amount * 100)) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 1000000 }).map(amount => Duration.millis(amount)) },
  ),
  retransmissions: number(fc.integer({ min: 0, max: 5 })),
  connections: number(fc.integer({ min: 1, max: 16 })),
  locking: flag,
  extraOptions: mountOptions,
}, []);
/** NFSv3 without locks, all others with them. */
const protocol = mostly(anyProtocol.map(props => ({ ...props, locking: props.version === NfsVersion.V3 ? false : undefined })), anyProtocol);
const storage = some({
  ...common, snapshots: flag, protocol, nodesProvide: fc.array(members(NfsNodeService), { maxLength: 3 }), secretName: name, secretNamespace: label,
}, []);

const migrateFrom = some({
  pathPattern: text(['${.PVC.namespace}/${.PVC.name}', '/k8s/${.PVC.name}/', ''], ['${.PVC.labels.app}', '${.PVC.uid}', '${pvc.metadata.name}', '/', '../${.PVC.name}']),
  onDelete: text(['delete', 'retain'], ['Retain', 'archive']),
  archiveOnDelete: text(['true', 'false', '0'], ['yes']),
}, []);
const storageClass = fc.tuple(some({
  ...common,
  share: path,
  subDir: text(
    ['${pvc.metadata.namespace}/${pvc.metadata.name}-${pv.metadata.name}', '${pv.metadata.name}'],
    ['reports', '${pvc.metadata.name}', '${pvc.name}', '/abs', 'a/'],
  ),
  whenDeleted: members(WhenDeleted),
  mountPermissions: permissions,
  isDefault: flag,
  expansion: flag,
  volumeBindingMode: members(VolumeBindingMode),
  protocol: mostly<NfsProtocol | undefined>(fc.constant(undefined), protocol, 3),
}, []), migrateFrom, fc.integer({ min: 0, max: 40 })).map(([options, old, kind]) => (
  // Beside what it is translated to, hardly anything else can be said.
  kind > 8 ? options : kind > 0 ? { ...options, subDir: undefined, whenDeleted: undefined, migrateFrom: old } : { ...options, migrateFrom: old }));
const anyVolume = some({
  ...common, capacity: size, share: path, subDir: text(['reports', 'a/b'], ['${pv.metadata.name}']), readOnly: flag, accessModes, claim: account,
}, ['capacity']);
const volume = mostly(anyVolume.map(props => ({ ...props, claim: undefined })), anyVolume);
/** What the claim says beside the volume that it names: mostly nothing. */
const claim = mostly<Partial<PersistentVolumeClaimProps>>(
  some(common, []), some({ ...common, namespace: label, size, accessModes, volumeMode: members(VolumeMode) }, []),
);
const snapshotClass = some({ ...common, share: path, deletionPolicy: members(SnapshotDeletionPolicy), isDefault: flag }, []);

/** Up to two things of different names. */
const named = <T>(thing: fc.Arbitrary<T>, minLength: number) => fc.uniqueArray(fc.tuple(name, thing), { minLength, maxLength: 2, selector: ([of]) => of });

export const nfsSteps: fc.Arbitrary<Step>[] = [
  mostly(fewProps.map(matching), fewProps).map(props => (chart, drivers) => { drivers.push(new NfsCsiDriver(chart, id(), props)); }),
  aliased.map(props => chart => { new NfsServerAlias(chart, id(), props); }),
  fc.tuple(serverOptions, serverStorage).map(([options, place]) => chart => { NfsServer.deploy(chart, id(), { ...options, storage: place }); }),
  fc.tuple(
    storage,
    server,
    named(storageClass, 1),
    named(fc.tuple(volume, claim), 0),
    named(snapshotClass, 0),
    fc.option(fc.oneof({ weight: 1, arbitrary: existing }, { weight: 6, arbitrary: existingNfs }), { nil: undefined }),
    size,
    fc.integer({ min: 0, max: 30 }),
  ).map(([props, serverOf, classes, volumes, snapshots, given, claimed, dice]) => (chart, drivers) => {
    const installed = given ? anyDriver(drivers, given) : drivers.find(({ driverName: of }) => of.startsWith('nfs'));
    // Snapshots are asked of a driver that is installed here, and of one that takes them.
    const nfs = new NfsStorage(chart, id(), { ...props, snapshots: installed && dice > 0 ? undefined : props.snapshots, server: serverOf(chart), driver: installed });
    classes.forEach(([className, options]) => {
      const added = nfs.addStorageClass(className, options);
      new PersistentVolumeClaim(chart, id(), { name: `${className}-claim`, storageClass: added, size: claimed });
    });
    volumes.forEach(([volumeName, [options, claimProps]]) => {
      new PersistentVolumeClaim(chart, id(), { name: `${volumeName}-static`, ...claimProps, volume: nfs.addStaticVolume(volumeName, options) });
    });
    if (dice === 0 || nfs.driver.capabilities?.snapshot) {
      snapshots.forEach(([className, options]) => nfs.addSnapshotClass(className, options));
    }
  }),
];
