import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { common, dictionary, duration, flag, id, label, labels, members, mostly, name, number, size, some, Step, text } from './basics';
import {
  AccessMode, BackupEngine, BackupPolicy, ClaimSelector, CopyMethod, CsiDriver, PersistentVolumeClaim, RepositoryAuthority, Schedule, SnapshotRetention, StorageClass,
  VeleroOptions, VolSyncDirectRestore, VolSyncOptions, VolSyncRestore, VolumeSnapshotClass,
} from '../../src';

const driver = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true, clone: true, expand: true } });
const storageClass = StorageClass.fromStorageClassName('fast', { driver });
const snapshotClass = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver });

const count = number(fc.integer({ min: 1, max: 30 }));
const days = mostly(fc.integer({ min: 60, max: 900 }).map(amount => Duration.days(amount)), duration, 60);
const id32 = number(fc.integer({ min: 1, max: 65534 }));
const secretName = text(['restic-${pvc.name}', 'restic']);

const mover = {
  cacheCapacity: size,
  cacheStorageClass: fc.constant(storageClass),
  moverSecurityContext: some({ runAsUser: id32, runAsGroup: id32, fsGroup: id32, supplementalGroups: fc.array(id32, { maxLength: 2 }), runAsNonRoot: flag }, []),
  moverServiceAccount: name,
  authority: mostly<RepositoryAuthority>(fc.constant({ secretName: 'minio-ca' }), some({ secretName: name, configMapName: name, key: text(['ca.crt']) }, [])),
};
const volSync: fc.Arbitrary<VolSyncOptions> = some({
  ...mover,
  repository: secretName,
  copyMethod: mostly(fc.constant(CopyMethod.SNAPSHOT), members(CopyMethod)),
  snapshotClass: fc.constant(snapshotClass),
  storageClass: fc.constant(storageClass),
  accessModes: fc.constant([AccessMode.READ_ONLY_MANY]),
  pruneInterval: mostly(fc.constant(Duration.days(14)), duration),
  unlock: text(['once']),
}, ['repository']);
const velero: fc.Arbitrary<VeleroOptions> = some({
  namespace: label,
  storageLocation: label,
  moveData: mostly(fc.constant(true), flag),
  snapshotClasses: fc.constant([snapshotClass]),
  snapshotTimeout: duration,
  moveTimeout: duration,
  hooks: fc.array(some({ name: label, pods: mostly(fc.constant({ app: 'db' }), labels), container: label, freeze: fc.constant(['sync']), thaw: fc.constant(['true']), timeout: duration, continueOnError: flag }, ['name', 'pods', 'freeze']), { maxLength: 2 }),
}, []);

const tiers = { daily: count, weekly: count, monthly: count, yearly: count };
const ofVolSync = some<SnapshotRetention, keyof SnapshotRetention>({ ...tiers, last: count, within: days }, ['daily']);
const ofVelero = fc.oneof(some<SnapshotRetention, keyof SnapshotRetention>(tiers, ['daily']), fc.record<SnapshotRetention>({ maxAge: days }));
const anyRetention = some<SnapshotRetention, keyof SnapshotRetention>({ ...tiers, hourly: count, last: count, within: days, maxAge: days, minAge: days, minReady: count }, []);
const schedules = mostly(fc.integer({ min: 0, max: 23 }).map(hour => Schedule.daily({ hour })), fc.constantFrom(Schedule.cron('0 3 * * MON-FRI'), Schedule.weekly({ hour: 3, day: 0 }), Schedule.hourly(), Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' })));
const shared = { ...common, suspend: flag, alerts: some({ name, namespace: label, tolerance: mostly(fc.constant(Duration.hours(1)), duration), alertLabels: dictionary(text(['team']), text(['storage', ''])) }, []) };
const props = (retention: fc.Arbitrary<SnapshotRetention>) => some({ ...shared, name: label, schedule: schedules, retention: mostly(retention, anyRetention) }, ['name', 'schedule', 'retention']);

/** Which claims, by an id of the selection: constructs are made in the chart. */
const selection = mostly(fc.constantFrom('of', 'of', 'statefulSet'), fc.constantFrom('all', 'labels', 'there'));

const select = (kind: string, claim: () => PersistentVolumeClaim): ClaimSelector => ({
  of: () => ClaimSelector.of(claim()),
  there: () => ClaimSelector.of(PersistentVolumeClaim.fromClaimName('there', { namespace: 'apps', storageClass })),
  statefulSet: () => ClaimSelector.statefulSet('db', { templates: ['data'], replicas: 1 }),
  all: () => ClaimSelector.all(),
  labels: () => ClaimSelector.labels({ app: 'shop' }),
}[kind]!)();

const restore = some({
  ...common, ...mover, name, repository: name, capacity: size, snapshotClass: fc.constant(snapshotClass), restoreAsOf: text(['2026-11-24T03:00:00Z'], ['2026-11-24']), previous: count, token: text(['once']),
  populatorInstalled: flag,
}, ['name', 'repository', 'capacity']);

export const backupSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(props(ofVolSync), volSync, selection).map(([rest, options, kind]) => chart => {
    const claim = () => new PersistentVolumeClaim(chart, id(), { name: 'orders', namespace: 'apps', storageClass, size: Size.gibibytes(1) });
    new BackupPolicy(chart, id(), { ...rest, claims: select(kind, claim), engine: BackupEngine.volSync(options) });
  }),
  fc.tuple(props(ofVelero), velero, mostly(fc.constant('of'), selection)).map(([rest, options, kind]) => chart => {
    const claim = () => new PersistentVolumeClaim(chart, id(), { name: 'bills', namespace: 'apps', storageClass, size: Size.gibibytes(1) });
    new BackupPolicy(chart, id(), { ...rest, claims: select(kind, claim), engine: BackupEngine.velero(options) });
  }),
  fc.tuple(restore, flag).map(([rest, deleteOtherFiles]) => chart => {
    const { capacity, snapshotClass: byClass, populatorInstalled, ...both } = rest;
    const source = new VolSyncRestore(chart, id(), { ...both, capacity, snapshotClass: byClass, populatorInstalled, storageClass, namespace: 'apps' });
    new PersistentVolumeClaim(chart, id(), { name: 'restored', namespace: 'apps', storageClass, size: capacity, dataSource: source });
    const into = new PersistentVolumeClaim(chart, id(), { name: 'empty', namespace: 'apps', storageClass, size: capacity });
    new VolSyncDirectRestore(chart, id(), { ...both, name: `${both.name}-direct`, into, deleteOtherFiles });
  }),
];
