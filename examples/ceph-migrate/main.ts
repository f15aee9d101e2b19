import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  CephCluster, CephCredentials, CephFsStorage, CephRbdStorage, ClaimTemplate, Distribution, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, PodVolume,
  RbdImageFeature,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, kernel: '5.15' });

// monitors, adminId and userId of the old class, once; the Secrets are made from the old ones, see README.md.
const ceph = new Chart(app, 'ceph');
new Namespace(ceph, 'Namespace', { name: 'ceph', holdsData: true });
const cluster = CephCluster.external({
  clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8',
  monitors: ['10.0.0.1:6789', '10.0.0.2:6789', '10.0.0.3:6789'],
});
const credentials = CephCredentials.fromSecrets({
  provisioner: { name: 'ceph-admin-secret-csi', namespace: 'ceph', userId: 'admin' },
  node: { name: 'ceph-user-secret-csi', namespace: 'ceph', userId: 'kube' },
});
const rbd = new CephRbdStorage(ceph, 'Rbd', { cluster, credentials, pool: 'kube' });
const fs = new CephFsStorage(ceph, 'Fs', {
  cluster,
  credentials: CephCredentials.fromSecret({ name: 'ceph-web-secret-csi', namespace: 'ceph', userId: 'web' }),
  fsName: 'cephfs',
});
const uploads = fs.addStaticVolume('shop-uploads', { rootPath: '/shop/uploads', capacity: Size.gibibytes(100) });

// New claims get a volume of ceph-csi. The class has the name of the old one, which the StatefulSet's template cannot change.
const fast = rbd.addStorageClass('fast', { imageFeatures: [RbdImageFeature.LAYERING], fsType: 'ext4' });

// The image that is there. The volume has its old name, so it can be applied only when the old one is gone: in a chart of its own.
const kept = new Chart(app, 'kept');
const orders = new CephRbdStorage(kept, 'Rbd', { cluster, credentials, pool: 'kube', driver: rbd.driver }).addStaticVolume('pvc-0b6c1d9e-5a0f-4c3a-9a57-1f1f9c6f2a10', {
  image: 'kubernetes-dynamic-pvc-2f4c61a8-7f3e-11e9-8c1d-0242ac110002',
  fsType: 'ext4',
  capacity: Size.gibibytes(20),
});

const shop = new Chart(app, 'shop', { namespace: 'shop' });
new PersistentVolumeClaim(shop, 'Orders', { name: 'data-orders-0', volume: orders });

const database = new ApiObject(shop, 'Database', {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: {
    replicas: 1,
    serviceName: 'orders',
    selector: { matchLabels: { app: 'orders' } },
    template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [{ name: 'database', image: 'postgres:17.2' }] } },
  },
});
new ClaimTemplate({ name: 'data', storageClass: fast, size: Size.gibibytes(20) }).mountTo(database, { container: 'database', path: '/var/lib/postgresql/data', subPath: 'pgdata' });

// The directory that was written into the pods: they name a claim now.
const claim = new PersistentVolumeClaim(shop, 'Uploads', { name: 'uploads', volume: uploads });
const web = new ApiObject(shop, 'Web', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27.3' }] } } },
});
PodVolume.fromClaim(claim).mountTo(web, { container: 'web', path: '/uploads' });

app.synth();
