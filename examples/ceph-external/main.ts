import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  AccessMode, CephCluster, CephCredentials, CephFsStorage, CephKms, CephMsMode, CephRbdStorage, ClaimSelector, ClaimTemplate, Distribution, KubernetesVersion, Namespace,
  PersistentVolumeClaim, Platform, PodVolume, RbdImageFeature, Schedule, SnapshotController, SnapshotPolicy,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, kernel: '6.8' });

new SnapshotController(new Chart(app, 'cluster'), 'SnapshotController');

// The Ceph cluster: fsid and monitors as `ceph fsid` and `ceph mon dump` show them, and the users that the commands printed below make.
const ceph = new Chart(app, 'ceph');
new Namespace(ceph, 'Namespace', { name: 'ceph', holdsData: true });
const cluster = CephCluster.external({
  clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8',
  monitors: ['10.0.0.1:3300', '10.0.0.2:3300', '10.0.0.3:3300'],
  release: 19,
});
const credentials = CephCredentials.fromSecrets({
  provisioner: { name: 'ceph-provisioner', namespace: 'ceph', userId: 'kubernetes-provisioner' },
  node: { name: 'ceph-node', namespace: 'ceph', userId: 'kubernetes-node' },
});
const kms = CephKms.secretMetadata({ id: 'volume-keys', secretName: 'ceph-volume-keys', secretNamespace: 'ceph' });

const rbd = new CephRbdStorage(ceph, 'Rbd', { cluster, credentials, pool: 'kubernetes', snapshots: true, kms: [kms] });
rbd.addStorageClass('ceph-block', {
  imageFeatures: [RbdImageFeature.LAYERING, RbdImageFeature.EXCLUSIVE_LOCK, RbdImageFeature.OBJECT_MAP, RbdImageFeature.FAST_DIFF, RbdImageFeature.DEEP_FLATTEN],
  mapOptions: { krbd: { msMode: CephMsMode.SECURE } },
  expansion: true,
  isDefault: true,
});
const encrypted = rbd.addStorageClass('ceph-block-encrypted', {
  imageFeatures: [RbdImageFeature.LAYERING],
  mapOptions: { krbd: { msMode: CephMsMode.SECURE } },
  encryption: { kms },
  expansion: true,
});
const snapshots = rbd.addSnapshotClass('ceph-block');

const fs = new CephFsStorage(ceph, 'Fs', { cluster, credentials, fsName: 'cephfs', snapshots: true });
const shared = fs.addStorageClass('ceph-files', { kernelMountOptions: { msMode: CephMsMode.SECURE }, expansion: true });
fs.addSnapshotClass('ceph-files');

// A database on encrypted volumes, a snapshot of each every night (as after a power cut, from which PostgreSQL recovers), and files that all web servers write.
const shop = new Chart(app, 'shop', { namespace: 'shop' });
new Namespace(shop, 'Namespace', { name: 'shop', holdsData: true });

const PASSWORD = [{ name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: 'orders', key: 'password' } } }];
const database = new ApiObject(shop, 'Database', {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: {
    replicas: 3,
    serviceName: 'orders',
    selector: { matchLabels: { app: 'orders' } },
    template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [{ name: 'database', image: 'postgres:17.2', env: PASSWORD }] } },
  },
});
new ClaimTemplate({ name: 'data', storageClass: encrypted, size: Size.gibibytes(50) }).mountTo(database, { container: 'database', path: '/var/lib/postgresql/data', subPath: 'pgdata' });
new SnapshotPolicy(shop, 'Nightly', {
  name: 'orders',
  schedule: Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' }),
  claims: ClaimSelector.statefulSet('orders', { templates: ['data'], replicas: 3 }),
  snapshotClass: snapshots,
  retention: { daily: 7, weekly: 4, monthly: 6 },
});

const web = new ApiObject(shop, 'Web', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27.3' }] } } },
});
const uploads = new PersistentVolumeClaim(shop, 'Uploads', { name: 'uploads', storageClass: shared, size: Size.gibibytes(100), accessModes: [AccessMode.READ_WRITE_MANY] });
PodVolume.fromClaim(uploads).mountTo(web, { container: 'web', path: '/uploads' });

// Whoever runs the Ceph cluster runs these once: npx tsx main.ts
if (require.main === module) {
  console.log([...credentials.prepareCommands(), ...credentials.authCommands()].join('\n'));
}

app.synth();
