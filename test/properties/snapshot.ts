import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { common, dictionary, flag, id, label, members, mostly, name, secret, size, some, Step, text } from './basics';
import { existing, image, registry } from './csi';
import {
  CsiDriver, ExistingClaimOptions, ICsiDriver, IVolumeSnapshotClass, PersistentVolumeClaim, SnapshotController, SnapshotDeletionPolicy, StorageClass, VolumeGroupSnapshotClass,
  VolumeMode, VolumeSnapshot, VolumeSnapshotClass,
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
