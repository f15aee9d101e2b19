import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, Distribution, KubernetesVersion, Namespace, NfsServer, NfsStorage, PersistentVolumeClaim, Platform, PodVolume, StorageClass,
} from 'cdk8s-storage';

const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// The server, in a chart of its own: it holds data, and has to be there before and after everything that mounts from it.
const block = StorageClass.fromStorageClassName('block', {
  driver: CsiDriver.fromDriverName('block.csi.example.com', { capabilities: { expand: true } }), expansion: true,
});
const server = NfsServer.deploy(new Chart(app, 'nfs-server'), 'Server', {
  name: 'shared',
  namespace: 'shared-storage',
  image: 'registry.example.com/storage/nfs-ganesha:4.3', // built by image/Dockerfile
  storage: { storageClass: block, size: Size.gibibytes(100) },
  clients: ['10.0.0.0/16'], // the nodes
  exports: [
    { name: 'volumes' },
    { name: 'datasets', readOnly: true },
  ],
});

// Classes and volumes on it, as on any other NFS server.
const nfs = new NfsStorage(new Chart(app, 'nfs'), 'Nfs', { server });
const shared = nfs.addStorageClass('shared');
const datasets = nfs.addStaticVolume('datasets', { capacity: Size.gibibytes(50), share: '/datasets', readOnly: true });

const web = new Chart(app, 'web', { namespace: 'web' });
new Namespace(web, 'Namespace', { name: 'web', holdsData: true });
const pages = new PersistentVolumeClaim(web, 'Pages', {
  name: 'pages', storageClass: shared, size: Size.gibibytes(20), accessModes: [AccessMode.READ_WRITE_MANY],
});
const data = new PersistentVolumeClaim(web, 'Data', { name: 'datasets', volume: datasets });
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
PodVolume.fromClaim(data).mountTo(deployment, { container: 'web', path: '/pages/datasets', readOnly: true });

app.synth();
