import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, Distribution, GlusterCluster, GlusterStorage, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, PodVolume, SnapshotController,
  StorageClass,
} from 'cdk8s-storage';

const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
new SnapshotController(new Chart(app, 'snapshot-controller'), 'Controller');

// A Gluster that runs elsewhere, a gateway to it, and csi-driver-nfs. Nodes need no Gluster client.
const gluster = new GlusterStorage(new Chart(app, 'gluster'), 'Gluster', {
  cluster: GlusterCluster.external({ hosts: ['gluster1.example.com', 'gluster2.example.com', 'gluster3.example.com'], volume: 'gv0' }),
  gateway: {
    name: 'gluster-nfs',
    namespace: 'gluster',
    image: 'registry.example.com/storage/nfs-ganesha:4.3', // built by ../nfs-server/image/Dockerfile
    clients: ['10.0.0.0/16'], // the nodes
    exports: [{ name: 'volumes', path: '/volumes' }, { name: 'snapshots', path: '/snapshots' }, { name: 'archive', path: '/archive', readOnly: true }],
    // A gibibyte of another storage, so that clients get their open files and locks back when the gateway moves.
    recovery: { storageClass: StorageClass.fromStorageClassName('block', { driver: CsiDriver.fromDriverName('block.csi.example.com') }) },
    snapshots: true,
  },
});
const shared = gluster.addStorageClass('gluster-shared');
gluster.addSnapshotClass('gluster-daily', { share: '/snapshots' });
const archive = gluster.addStaticVolume('archive', { capacity: Size.tebibytes(1), share: '/archive', readOnly: true });

const web = new Chart(app, 'web', { namespace: 'web' });
new Namespace(web, 'Namespace', { name: 'web', holdsData: true });
const pages = new PersistentVolumeClaim(web, 'Pages', {
  name: 'pages', storageClass: shared, size: Size.gibibytes(20), accessModes: [AccessMode.READ_WRITE_MANY],
});
const old = new PersistentVolumeClaim(web, 'Archive', { name: 'archive', volume: archive });
const deployment = new ApiObject(web, 'Deployment', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'busybox:1.36', command: ['httpd', '-f', '-p', '8080', '-h', '/pages'] }] },
    },
  },
});
PodVolume.fromClaim(pages).mountTo(deployment, { container: 'web', path: '/pages' });
PodVolume.fromClaim(old).mountTo(deployment, { container: 'web', path: '/pages/archive', readOnly: true });

app.synth();
