import { Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  accessModes, account, anyDriver, common, flag, host, id, label, members, mountOptions, name, number, path, size, some, Step, text,
} from './basics';
import { controller, existing, image, monitoring, node, ports, pullSecrets, registry, sidecars } from './csi';
import {
  FsGroupPolicy, ICsiDriver, NfsCsiDriver, NfsNodeService, NfsOnDelete, NfsServer, NfsServerAlias, NfsSquash, NfsStorage, NfsVersion, PersistentVolumeClaim,
  SnapshotDeletionPolicy, VolumeBindingMode, VolumeMode, WhenDeleted,
} from '../../src';

const version = text(['v4.13.4', '4.13.3'], ['v4.13.2', 'v4.10.0', 'v4.13', 'latest']);
const permissions = text(['0770', '777', '0'], ['0999', 'rwx']);
const minutes = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 120 }).map(amount => Duration.minutes(amount)) },
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
/** Few of them at a time: among so many, one is wrong nearly always. An unprivileged controller is always. */
const fewProps = fc.tuple(driver, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 })).map(([props, dice]) => {
  const few = Object.fromEntries(Object.entries(props).filter((_, index) => dice[index] < 3)) as typeof props;
  return few.controller?.privileged === false && dice[39] > 0 ? { ...few, controller: { ...few.controller, privileged: undefined } } : few;
});

/** It throws by itself what it finds, so it is made within a step. */
const existingNfs: fc.Arbitrary<() => ICsiDriver> = some({
  driverName,
  version,
  controllerServiceAccount: account,
  snapshots: flag,
  expansion: flag,
  defaultOnDelete: members(NfsOnDelete),
  fsGroupPolicy: members(FsGroupPolicy),
  mountPermissions: permissions,
  operationTimeout: minutes,
}, []).map(options => () => NfsCsiDriver.existing(options));

const alias = some({
  ...common,
  name: text(['nas', 'filer-2'], ['2nas', 'nas.eu']),
  namespace: label,
  externalName: text(['nas.example.com', 'nas.example.com.', 'nas'], ['10.0.0.1', 'NAS.example.com']),
  addresses: fc.array(text(['10.0.0.1', '10.0.0.2', '192.168.7.7'], ['127.0.0.1', 'fe80::1', 'fd00::1%eth0', 'FD00::1', 'nas', '10.0.0.01']), { minLength: 1, maxLength: 2 }),
  clusterDomain: text(['cluster.local', 'k8s.example.com'], ['.local']),
}, ['name', 'externalName', 'addresses']);
/** One target in most cases: both is a finding, as none is. */
const aliased = fc.tuple(alias, fc.integer({ min: 0, max: 20 })).map(([props, kind]) => (
  kind === 0 ? props : { ...props, addresses: kind < 10 || kind === 20 ? undefined : props.addresses, externalName: kind < 10 ? props.externalName : undefined }));

const exported = some({ share: path, squash: members(NfsSquash) }, ['share']);
const server = fc.oneof<fc.WeightedArbitrary<(chart: Chart) => NfsServer>[]>(
  { weight: 2, arbitrary: fc.tuple(host, exported).map(([given, options]) => () => NfsServer.external({ host: given, ...options })) },
{ weight: 1, arbitrary: fc.tuple(aliased, exported).map(([props, options]) => (chart: Chart) => NfsServer.alias(new NfsServerAlias(chart, id(), props), options)) },
);

const protocol = some({
  version: members(NfsVersion),
  hard: flag,
  timeout: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 600 }).map(amount => Duration.millis(amount * 100)) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 1000000 }).map(amount => Duration.millis(amount)) },
  ),
  retransmissions: number(fc.integer({ min: 0, max: 5 })),
  connections: number(fc.integer({ min: 1, max: 16 })),
  locking: flag,
  extraOptions: mountOptions,
}, []);
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
}, []), migrateFrom, fc.integer({ min: 0, max: 9 })).map(([options, old, kind]) => (
  // Beside what it is translated to, hardly anything else can be said.
  kind > 2 ? options : kind > 0 ? { ...options, subDir: undefined, whenDeleted: undefined, migrateFrom: old } : { ...options, migrateFrom: old }));
const volume = some({
  ...common, capacity: size, share: path, subDir: text(['reports', 'a/b'], ['${pv.metadata.name}']), readOnly: flag, accessModes, claim: account,
}, ['capacity']);
const claim = some({ ...common, name, namespace: label, size, accessModes, volumeMode: members(VolumeMode) }, ['name']);
const snapshotClass = some({ ...common, share: path, deletionPolicy: members(SnapshotDeletionPolicy), isDefault: flag }, []);

export const nfsSteps: fc.Arbitrary<Step>[] = [
  fewProps.map(props => (chart, drivers) => { drivers.push(new NfsCsiDriver(chart, id(), props)); }),
  aliased.map(props => chart => { new NfsServerAlias(chart, id(), props); }),
  fc.tuple(
    storage,
    server,
    fc.array(fc.tuple(name, storageClass), { maxLength: 2 }),
    fc.array(fc.tuple(name, volume, claim), { maxLength: 2 }),
    fc.array(fc.tuple(name, snapshotClass), { maxLength: 1 }),
    fc.option(fc.oneof(existing, existingNfs), { nil: undefined }),
    size,
  ).map(([props, serverOf, classes, volumes, snapshots, given, claimed]) => (chart, drivers) => {
    const nfs = new NfsStorage(chart, id(), { ...props, server: serverOf(chart), driver: given ? anyDriver(drivers, given) : drivers[drivers.length - 1] });
    classes.forEach(([className, options]) => {
      const added = nfs.addStorageClass(className, options);
      new PersistentVolumeClaim(chart, id(), { name: `${className}-claim`, storageClass: added, size: claimed });
    });
    volumes.forEach(([volumeName, options, claimProps]) => {
      new PersistentVolumeClaim(chart, id(), { ...claimProps, volume: nfs.addStaticVolume(volumeName, options) });
    });
    snapshots.forEach(([className, options]) => nfs.addSnapshotClass(className, options));
  }),
];
