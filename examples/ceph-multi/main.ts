import { App, Chart, Size } from 'cdk8s';
import { CephCluster, CephCredentials, CephRbdCsiDriver, CephRbdStorage, Distribution, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, RbdImageFeature } from 'cdk8s-storage';

// One Kubernetes cluster with three Ceph clusters and two drivers: what is fast and shared by one driver, the archive, which is kept apart, by another.
export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, kernel: '5.15' });

const drivers = new Chart(app, 'drivers');
const main = new CephRbdCsiDriver(drivers, 'Main', { clusterName: 'production' });
const apart = new CephRbdCsiDriver(drivers, 'Archive', { driverName: 'archive.rbd.csi.ceph.com', clusterName: 'production' });

const storage = new Chart(app, 'storage');
new Namespace(storage, 'Namespace', { name: 'ceph', holdsData: true });

/** Each Ceph cluster has users of its own, in Secrets of its own. */
function credentials(name: string): CephCredentials {
  return CephCredentials.fromSecrets({
    provisioner: { name: `${name}-provisioner`, namespace: 'ceph', userId: 'kubernetes-provisioner' },
    node: { name: `${name}-node`, namespace: 'ceph', userId: 'kubernetes-node' },
  });
}

const east = new CephRbdStorage(storage, 'East', {
  driver: main,
  cluster: CephCluster.external({ clusterId: 'east', monitors: ['10.1.0.1:6789', '10.1.0.2:6789', '10.1.0.3:6789'] }),
  credentials: credentials('east'),
  pool: 'kubernetes',
});
// The same driver serves a tenant of the second cluster: a RADOS namespace of its pool.
const west = new CephRbdStorage(storage, 'West', {
  driver: main,
  cluster: CephCluster.external({ clusterId: 'west-production', monitors: ['10.2.0.1:6789', '10.2.0.2:6789', '10.2.0.3:6789'], radosNamespace: 'production' }),
  credentials: credentials('west'),
  pool: 'kubernetes',
});
const archive = new CephRbdStorage(storage, 'Archive', {
  driver: apart,
  cluster: CephCluster.external({ clusterId: 'archive', monitors: ['10.3.0.1:6789'] }),
  credentials: credentials('archive'),
  pool: 'archive',
});

const options = { imageFeatures: [RbdImageFeature.LAYERING], expansion: true };
const classes = {
  east: east.addStorageClass('east', { ...options, isDefault: true }),
  west: west.addStorageClass('west', options),
  archive: archive.addStorageClass('archive', { ...options, dataPool: 'archive-data' }),
};

const team = new Chart(app, 'team', { namespace: 'team' });
new Namespace(team, 'Namespace', { name: 'team', holdsData: true });
for (const [name, storageClass] of Object.entries(classes)) {
  new PersistentVolumeClaim(team, name, { name, storageClass, size: Size.gibibytes(10) });
}

app.synth();
