import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { anyDriver, common, dictionary, flag, id, label, members, name, secret, size, some, Step, text } from './basics';
import { existing, image, registry } from './csi';
import {
  IVolumeSnapshotClass, PersistentVolumeClaim, SnapshotController, SnapshotDeletionPolicy, StorageClass, VolumeGroupSnapshotClass, VolumeMode, VolumeSnapshot, VolumeSnapshotClass,
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
/** By a class that is there already, or by none; of a claim of which more or less is known. */
const volumeSnapshot = fc.record({
  props: some({ ...common, name, namespace: label }, ['name']),
  claim: fc.tuple(name, some({ namespace: label, size, volumeMode: members(VolumeMode) }, [])),
  className: fc.option(name, { nil: undefined }),
  known: flag,
});

export const snapshotSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(snapshotClass, existing).map(([props, make]) => (chart, drivers) => { new VolumeSnapshotClass(chart, id(), { ...props, driver: anyDriver(drivers, make) }); }),
  fc.tuple(groupSnapshotClass, existing).map(([props, make]) => (chart, drivers) => { new VolumeGroupSnapshotClass(chart, id(), { ...props, driver: anyDriver(drivers, make) }); }),
  fc.tuple(volumeSnapshot, existing).map(([{ props, claim: [claimName, options], className, known }, make]) => (chart, drivers) => {
    const driver = known ? anyDriver(drivers, make) : undefined;
    const storageClass = StorageClass.fromStorageClassName('fast', { driver });
    const byClass: IVolumeSnapshotClass | undefined = className === undefined ? undefined : VolumeSnapshotClass.fromVolumeSnapshotClassName(className, { driver });
    const taken = new VolumeSnapshot(chart, id(), { ...props, claim: PersistentVolumeClaim.fromClaimName(claimName, { ...options, storageClass }), snapshotClass: byClass });
    // A restore of it.
    new PersistentVolumeClaim(chart, id(), { name: `${claimName}-restored`, storageClass, size: options.size ?? Size.gibibytes(1), volumeMode: options.volumeMode, dataSource: taken });
  }),
  some({ ...common, namespace: label, createNamespace: flag, installCrds: flag, imageRegistry: registry, image: controllerImage, groupSnapshots: flag }, [])
    .map(props => chart => { new SnapshotController(chart, id(), props); }),
  some({ groupSnapshots: flag }, []).map(options => chart => SnapshotController.existing(chart, options)),
];
