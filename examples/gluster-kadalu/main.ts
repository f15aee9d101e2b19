import { App, Chart, Size } from 'cdk8s';
import {
  AccessMode, Distribution, GlusterCluster, GlusterStorage, KadaluBrick, KadaluOperator, KadaluPoolType, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, WhenDeleted,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// Kadalu, in a file of its own: its CRD has to be there before the first pool.
const operator = new Chart(app, 'kadalu');
const driver = new KadaluOperator(operator, 'Kadalu');

// Two pools on disks of the nodes: one for files that must not be lost, one for much data that can be had again.
const storage = new Chart(app, 'gluster');
const disks = (disk: string, ...nodes: string[]) => nodes.map(node => KadaluBrick.device(node, `/dev/disk/by-id/${disk}-${node}`));
const gluster = new GlusterStorage(storage, 'Gluster', {
  driver,
  cluster: GlusterCluster.kadalu({
    pools: [
      {
        name: 'files',
        type: KadaluPoolType.REPLICA3,
        bricks: disks('nvme-data', 'node1', 'node2', 'node3'),
        capacity: Size.tebibytes(1),
        // Several nodes read what one writes: what Gluster keeps in memory would be old.
        performance: { quickRead: false, openBehind: false, statPrefetch: false },
      },
      {
        name: 'bulk',
        type: KadaluPoolType.DISPERSE,
        disperse: { data: 4, redundancy: 2 },
        bricks: disks('ata-bulk', 'node1', 'node2', 'node3', 'node4', 'node5', 'node6'),
        capacity: Size.tebibytes(16),
        whenDeleted: WhenDeleted.DELETE,
      },
    ],
  }),
});
const files = gluster.addStorageClass('gluster-files', { pool: 'files', expansion: true });
const bulk = gluster.addStorageClass('gluster-bulk', { pool: 'bulk' });

// Who uses them.
const media = new Chart(app, 'media', { namespace: 'media' });
new Namespace(media, 'Namespace', { name: 'media', holdsData: true });
new PersistentVolumeClaim(media, 'Pages', { name: 'pages', storageClass: files, size: Size.gibibytes(50), accessModes: [AccessMode.READ_WRITE_MANY] });
new PersistentVolumeClaim(media, 'Renditions', { name: 'renditions', storageClass: bulk, size: Size.tebibytes(2), accessModes: [AccessMode.READ_WRITE_MANY] });

app.synth();
