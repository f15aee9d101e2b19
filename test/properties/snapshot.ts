import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { common, dictionary, duration, flag, id, label, labels, members, memory, mostly, name, number, secret, size, some, Step, text } from './basics';
import { existing, image, registry } from './csi';
import {
  ClaimSelector, CsiDriver, ExistingClaimOptions, ICsiDriver, IVolumeSnapshotClass, PersistentVolumeClaim, Schedule, SnapshotController, SnapshotDeletionPolicy, SnapshotPolicy,
  StorageClass, VolumeGroupSnapshotClass, VolumeMode, VolumeSnapshot, VolumeSnapshotClass,
} from '../../src';

const classProps = {
  ...common,
  name,
  deletionPolicy: members(SnapshotDeletionPolicy),
  parameters: dictionary(text(['server', 'share', 'pool'], ['csi.storage.k8s.io/fstype', 'csi.storage.k8s.io/snapshotter-secret-name']), text(['nfs.example.com', '/exports', ''])),
  isDefault: flag,
};
const snapshotClass = some({ ...classProps, secrets: some({ snapshotter: secret, snapshotterList: secret }, []) }, ['name']);
const groupSnapshotClass = some({ ...classProps, secrets: some({ groupSnapshotter: secret, groupSnapshotterGet: secret }, []) }, ['name']);
const controllerImage = fc.oneof(text(['mirror.example.com/snapshot-controller:v8.6.0'], ['snapshot-controller:v8.2.0', 'snapshot-controller']), image);
/** A driver that takes snapshots, more often than one that does not. */
const taking = mostly(fc.constant((): ICsiDriver => CsiDriver.fromDriverName('csi.example.com', {
  capabilities: { snapshot: true, groupSnapshot: true, expand: true }, controllerServiceAccount: { name: 'controller', namespace: 'csi' },
})), existing);
const takes = (drivers: ICsiDriver[], capability: 'snapshot' | 'groupSnapshot', make: () => ICsiDriver) => drivers.find(driver => driver.capabilities?.[capability]) ?? make();

/** By a class that is there already, or by none; of a claim of which more or less is known. */
const volumeSnapshot = fc.record({
  props: mostly<object & { name: string; namespace?: string }>(some({ ...common, name }, ['name']), some({ ...common, name, namespace: label }, ['name'])),
  claim: fc.tuple(name, mostly<ExistingClaimOptions>(some({ size }, []), some({ namespace: label, size, volumeMode: members(VolumeMode) }, []))),
  className: fc.option(name, { nil: undefined }),
  known: flag,
});

const count = number(fc.integer({ min: 0, max: 30 }));
const days = (least: number, most: number) => mostly(fc.integer({ min: least, max: most }).map(amount => Duration.days(amount)), duration);
const timeZone = text(['Etc/UTC', 'Asia/Shanghai', 'Europe/Berlin'], ['Local', 'utc', 'Europe/Bonn']);
const minute = number(fc.integer({ min: 0, max: 59 }));
const hour = number(fc.integer({ min: 0, max: 23 }));
/** Schedules and retentions that go together, and now and then do not. Factories, because what they throw is to be thrown while the app is built. */
const schedule = mostly<() => Schedule>(
  fc.record({ minute, hour, timeZone }).map(options => () => Schedule.daily(options)),
fc.oneof(
  some({ minute, timeZone }, []).map(options => () => Schedule.hourly(options)),
  fc.record({ minute, hour, timeZone, day: number(fc.integer({ min: 0, max: 6 })) }).map(options => () => Schedule.weekly(options)),
  fc.record({ hour, day: number(fc.integer({ min: 1, max: 28 })) }).map(options => () => Schedule.monthly(options)),
  text(['*/10 * * * *', '0 2 * * MON-FRI', '@hourly'], ['0 2 30 2 *', '@every 1h', '* * *']).map(expression => () => Schedule.cron(expression)),
), 5,
);
const retention = mostly<object>(
  some({ last: count, daily: count, weekly: count, monthly: count, minReady: number(fc.integer({ min: 1, max: 5 })), failedAfter: days(1, 5), orphanedAfter: days(1, 500) }, ['last']),
  some({ last: count, hourly: count, yearly: count, within: days(1, 60), maxAge: days(1, 900), minAge: days(1, 2), minReady: count }, []), 4,
);
const labelled = (
  dictionary(text(['team', 'example.com/team']), text(['storage'])).map(matchLabels => () => ClaimSelector.labels({ app: 'shop', ...matchLabels }))
);
const claims = fc.oneof(
  labelled,
  fc.constant(() => ClaimSelector.all()),
  fc.tuple(label, some({ templates: fc.array(label, { minLength: 1, maxLength: 2 }), replicas: number(fc.integer({ min: 1, max: 5 })) }, []))
    .map(([statefulSet, options]) => () => ClaimSelector.statefulSet(statefulSet, options)),
  fc.tuple(name, mostly(fc.constant('shop'), label)).map(([claimName, namespace]) => () => ClaimSelector.of(PersistentVolumeClaim.fromClaimName(claimName, { namespace }))),
);
const kindAndClaims = mostly<['one' | 'several' | 'group', () => ClaimSelector]>(
  fc.oneof(fc.tuple(fc.constantFrom('one', 'several'), claims), fc.tuple(fc.constant('group'), labelled)) as fc.Arbitrary<['one' | 'several' | 'group', () => ClaimSelector]>,
fc.tuple(fc.constantFrom('one', 'several', 'group'), claims),
);
const hook = some({
  freeze: text(['sync', 'fsfreeze -f /data']), thaw: text(['true', 'fsfreeze -u /data']), podLabels: mostly(fc.constant({ app: 'db' }), labels), container: label, timeout: duration, optional: flag,
}, ['freeze', 'thaw']);
const randomTimes = some({ readyTimeout: duration, runTimeout: duration, jitter: duration, startingDeadline: duration }, []);
const policyProps = some({
  ...common,
  name: text(['nightly', 'hourly'], ['x'.repeat(43), 'a.b']),
  namespace: mostly(fc.constant('shop'), label),
  reach: fc.oneof<fc.Arbitrary<{ namespaces?: string[]; allNamespaces?: boolean }>[]>(
    fc.constant({}), fc.constant({ allNamespaces: true }),
    mostly<string[]>(fc.constant(['shop', 'storage', 'csi-nfs']), fc.array(label, { maxLength: 3 })).map(namespaces => ({ namespaces })),
  ),
  retention,
  hooks: fc.array(hook, { maxLength: 2 }),
  times: mostly<object>(fc.constant({ runTimeout: Duration.hours(8), readyTimeout: Duration.hours(1) }), randomTimes, 5),
  maxParallel: number(fc.integer({ min: 1, max: 20 })),
  maxPending: number(fc.integer({ min: 1, max: 5 })),
  suspend: flag,
  snapshotLabels: labels,
  surviveNamespaceDeletion: flag,
  alerts: some({ labels, alertLabels: dictionary(text(['team', 'severity'], ['alertname', 'a-b']), text(['storage'])), slack: duration }, []),
  image: text(['node:22.1.0', 'mirror.example.com/node:22@sha256:' + 'a'.repeat(64)], ['node', 'node:latest']),
  imagePullSecrets: fc.array(name, { maxLength: 2 }),
  memoryLimit: mostly(fc.integer({ min: 128, max: 1000 }).map(amount => Size.mebibytes(amount)), memory),
  nodeSelector: labels,
}, ['name', 'namespace', 'retention']);

export const snapshotSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(snapshotClass, taking).map(([props, make]) => (chart, drivers) => { new VolumeSnapshotClass(chart, id(), { ...props, driver: takes(drivers, 'snapshot', make) }); }),
  fc.tuple(groupSnapshotClass, taking).map(([props, make]) => (chart, drivers) => {
    new VolumeGroupSnapshotClass(chart, id(), { ...props, driver: takes(drivers, 'groupSnapshot', make) });
  }),
  fc.tuple(volumeSnapshot, taking).map(([{ props, claim: [claimName, options], className, known }, make]) => (chart, drivers) => {
    const driver = known ? takes(drivers, 'snapshot', make) : undefined;
    const storageClass = StorageClass.fromStorageClassName('fast', { driver });
    const byClass: IVolumeSnapshotClass | undefined = className === undefined ? undefined : VolumeSnapshotClass.fromVolumeSnapshotClassName(className, { driver });
    const taken = new VolumeSnapshot(chart, id(), { ...props, claim: PersistentVolumeClaim.fromClaimName(claimName, { ...options, storageClass }), snapshotClass: byClass });
    // A restore of it.
    new PersistentVolumeClaim(chart, id(), { name: `${claimName}-restored`, storageClass, size: options.size ?? Size.gibibytes(1), volumeMode: options.volumeMode, dataSource: taken });
  }),
  fc.tuple(policyProps, schedule, kindAndClaims, taking).map(([{ reach, times, ...props }, when, [kind, which], make]) => (chart, drivers) => {
    const driver = takes(drivers, kind === 'group' ? 'groupSnapshot' : 'snapshot', make);
    const snapshotClassOf = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver });
    const classes = {
      one: { snapshotClass: snapshotClassOf },
      several: { snapshotClasses: [snapshotClassOf] },
      group: { groupSnapshotClass: VolumeGroupSnapshotClass.fromVolumeGroupSnapshotClassName('daily', { driver }) },
    }[kind];
    new SnapshotPolicy(chart, id(), { ...props, ...reach, ...times, ...classes, schedule: when(), claims: which() });
  }),
];

const able = { groupSnapshots: mostly(fc.constant(true), flag, 4), changedBlocks: mostly(fc.constant(true), flag, 4) };
const installed = some({ ...common, namespace: text(['snapshot-controller'], ['default']), createNamespace: flag, installCrds: flag, imageRegistry: registry, image: controllerImage, ...able }, []);

/** Who handles snapshots in the cluster: one that is there, ours, nobody; and now and then two. */
export const controllers: fc.Arbitrary<Step> = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 12, arbitrary: some(able, []).map(options => chart => SnapshotController.existing(chart, options)) },
  { weight: 6, arbitrary: installed.map(props => chart => { new SnapshotController(chart, id(), props); }) },
  { weight: 2, arbitrary: fc.constant(() => undefined) },
  { weight: 1, arbitrary: installed.map(props => chart => { ['first', 'second'].forEach(namespace => new SnapshotController(chart, id(), { ...props, namespace })); }) },
);
