import { ApiObject, App, Chart, Size } from 'cdk8s';
import { LocalCsiDriver } from './local-csi-driver';
import {
  ClaimTemplate, Distribution, KubernetesVersion, Namespace, NodeCount, PersistentVolumeClaim, Platform, PodVolume, SnapshotController, StorageClass, VolumeBindingMode,
  VolumeMode, VolumeSnapshotClass,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, nodes: NodeCount.SINGLE });

// What all drivers of the cluster share. It is applied first: its CRDs have to be there.
const cluster = new Chart(app, 'cluster');
new SnapshotController(cluster, 'SnapshotController');

const storage = new Chart(app, 'driver');
const driver = new LocalCsiDriver(storage, 'Driver');
// A volume is made where its pod is scheduled to, which with more than one node has to be the node with the disk.
const disk = new StorageClass(storage, 'Disk', { name: 'local-disk', driver, volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER, expansion: true });
new StorageClass(storage, 'Directory', {
  name: 'local-directory', driver, parameters: { backing: 'directory' }, volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER, expansion: true,
});
new VolumeSnapshotClass(storage, 'Snapshots', { name: 'local-snapshots', driver });

const database = new Chart(app, 'database', { namespace: 'database' });
new Namespace(database, 'Namespace', { name: 'database', holdsData: true });
const server = new ApiObject(database, 'Server', {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'server' },
  spec: {
    serviceName: 'server',
    selector: { matchLabels: { app: 'server' } },
    template: {
      metadata: { labels: { app: 'server' } },
      spec: {
        terminationGracePeriodSeconds: 5,
        containers: [{ name: 'server', image: 'busybox:1.36', command: ['sh', '-c', 'while true; do date >> /data/log; sleep 10; done'] }],
      },
    },
  },
});
new ClaimTemplate({ name: 'data', storageClass: disk, size: Size.gibibytes(1) }).mountTo(server, { container: 'server', path: '/data' });
const scratch = new PersistentVolumeClaim(database, 'Scratch', { name: 'scratch', storageClass: disk, size: Size.gibibytes(1), volumeMode: VolumeMode.BLOCK });
PodVolume.fromClaim(scratch).deviceTo(server, { container: 'server', devicePath: '/dev/scratch' });

app.synth();
