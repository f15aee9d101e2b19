import { App, Chart, Duration, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, Distribution, FsGroupPolicy, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, SecretReference, SnapshotController, StorageClass,
  VolumeBindingMode, VolumeMode, VolumeSnapshotClass,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// What all drivers of the cluster share. It is applied first: its CRDs have to be there.
const cluster = new Chart(app, 'cluster');
new SnapshotController(cluster, 'SnapshotController');

// A driver of one's own: say what it can do, and its sidecars, their flags and their permissions follow.
const storage = new Chart(app, 'driver');
const driver = new CsiDriver(storage, 'Driver', {
  driverName: 'disk.csi.example.com',
  name: 'example-disk',
  image: 'registry.example.com/storage/disk-csi:v1.0.0',
  capabilities: { attach: true, stage: true, block: true, expand: true, snapshot: true, clone: true, topology: true, modify: true },
  fsGroupPolicy: FsGroupPolicy.FILE,
  defaultFsType: 'ext4',
  operationTimeout: Duration.minutes(2),
  imagePullSecrets: ['registry-example-com'],
  controller: {
    env: [{ name: 'API_TOKEN', secretName: 'disk-api', secretKey: 'token' }],
    extraVolumes: [{ name: 'config', configMap: { name: 'disk-csi' } }],
    extraVolumeMounts: [{ name: 'config', mountPath: '/etc/disk-csi', readOnly: true }],
  },
  // Detaches what is still attached before its node goes away.
  node: { preStopCommand: ['/disk-csi', 'pre-stop'], terminationGracePeriod: Duration.minutes(1) },
  sidecars: { provisioner: { extraArgs: ['--strict-topology=true'] }, attacher: { workers: 100 } },
  networkPolicy: true,
});

const credentials = SecretReference.fromName('disk-api', driver.namespace);
const fast = new StorageClass(storage, 'Fast', {
  name: 'disk-fast',
  driver,
  parameters: { tier: 'nvme' },
  secrets: { provisioner: credentials, controllerPublish: credentials, controllerExpand: credentials },
  volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER,
  expansion: true,
});
new VolumeSnapshotClass(storage, 'Snapshots', { name: 'disk-snapshots', driver, secrets: { snapshotter: credentials } });

const database = new Chart(app, 'database', { namespace: 'database' });
new Namespace(database, 'Namespace', { name: 'database', holdsData: true });
new PersistentVolumeClaim(database, 'Data', { name: 'data', storageClass: fast, size: Size.gibibytes(50), accessModes: [AccessMode.READ_WRITE_ONCE_POD] });
new PersistentVolumeClaim(database, 'Log', { name: 'log', storageClass: fast, size: Size.gibibytes(10), volumeMode: VolumeMode.BLOCK });

app.synth();
