import { App, Chart, Duration } from 'cdk8s';
import { Storage, StorageSpecAccessModes, StorageSpecDeletionPolicy } from './imports/storage.example.com';
import { storageOperator } from './operator';
import { storageResource } from './storage-resource';
import {
  ClaimSelector, CsiDriver, Distribution, KubernetesVersion, Namespace, Platform, Schedule, SnapshotController, SnapshotPolicy, StorageClass, VolumeSnapshotClass,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// The kind. It is applied first: its definition has to be there before the first object of it.
const definitions = new Chart(app, 'definitions');
const storage = storageResource(definitions);

// What is there already: the snapshot-controller, driver and classes of examples/custom-csi-driver.
SnapshotController.existing(app);
const driver = CsiDriver.fromDriverName('local.csi.example.com', { capabilities: { provision: true, expand: true, snapshot: true } });
const disk = StorageClass.fromStorageClassName('local-disk', { driver });
const snapshotClass = VolumeSnapshotClass.fromVolumeSnapshotClassName('local-snapshots', { driver });

const operator = new Chart(app, 'operator', { namespace: 'storage-operator' });
storageOperator(operator, storage, ['nightly']);

// What a Storage names as its snapshotPolicy. It is suspended: the operator makes a CronJob of it for each Storage.
new SnapshotPolicy(operator, 'Nightly', {
  name: 'nightly',
  suspend: true,
  schedule: Schedule.daily({ hour: 2 }),
  jitter: Duration.minutes(30), // all of them are due at the same time
  claims: ClaimSelector.labels({ 'storage.example.com/managed-by': 'storage-operator' }),
  allNamespaces: true,
  snapshotClass,
  retention: { daily: 7, weekly: 4 },
});

// What a team writes.
const shop = new Chart(app, 'shop', { namespace: 'shop' });
new Namespace(shop, 'Namespace', { name: 'shop', holdsData: true });
new Storage(shop, 'Orders', {
  metadata: { name: 'orders' },
  spec: {
    storageClassName: disk.storageClassName,
    size: '1Gi',
    accessModes: [StorageSpecAccessModes.READ_WRITE_ONCE],
    snapshotPolicy: 'nightly',
    deletionPolicy: StorageSpecDeletionPolicy.SNAPSHOT_THEN_DELETE,
    snapshotClassName: snapshotClass.snapshotClassName,
  },
});

app.synth();
