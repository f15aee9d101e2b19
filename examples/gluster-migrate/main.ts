import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, Distribution, GlusterCluster, GlusterStorage, KubernetesVersion, PersistentVolumeClaim, Platform, PodVolume, StorageClass, WhenDeleted,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// The addresses of the old Endpoints, once. Nodes mount NFS from here on: they need no Gluster client. Heketi made a Gluster volume for each claim: one gateway serves many.
const chart = new Chart(app, 'gluster');
const gluster = new GlusterStorage(chart, 'Gluster', {
  cluster: GlusterCluster.external({ hosts: ['10.0.0.1', '10.0.0.2', '10.0.0.3'], volume: 'gv0' }),
  gateway: {
    name: 'gluster-nfs',
    namespace: 'gluster',
    image: 'registry.example.com/storage/nfs-ganesha:4.3', // built by ../nfs-server/image/Dockerfile
    clients: ['10.0.0.0/16'], // the nodes
    exports: [{ name: 'gv0' }, { name: 'uploads', volume: 'vol_1d0b2f6c9a3e4d5f8a7b6c5d4e3f2a1b' }],
    recovery: { storageClass: StorageClass.fromStorageClassName('block', { driver: CsiDriver.fromDriverName('block.csi.example.com') }) },
  },
});

// The directory that was in the pods; the volume that was made by the class, whose pods keep their group; and new claims, each in a directory of its own.
const assets = gluster.addStaticVolume('site-assets', { subDir: 'site/assets', capacity: Size.gibibytes(10), readOnly: true });
const kept = gluster.addStaticVolume('site-uploads', {
  share: '/uploads', capacity: Size.gibibytes(50), annotations: { 'pv.beta.kubernetes.io/gid': '40001' },
});
const slow = gluster.addStorageClass('slow', { whenDeleted: WhenDeleted.DELETE, mountPermissions: '2770', expansion: true });

const site = new Chart(app, 'site', { namespace: 'site' });
const uploads = new PersistentVolumeClaim(site, 'Uploads', { name: 'uploads', volume: kept });
const claim = new PersistentVolumeClaim(site, 'Assets', { name: 'assets', volume: assets });
const thumbnails = new PersistentVolumeClaim(site, 'Thumbnails', {
  name: 'thumbnails', storageClass: slow, size: Size.gibibytes(5), accessModes: [AccessMode.READ_WRITE_MANY],
});

const web = new ApiObject(site, 'Web', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'site' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      // No group comes with a new volume: fsGroup is the one of its directory.
      spec: { securityContext: { fsGroup: 40001, fsGroupChangePolicy: 'OnRootMismatch' }, containers: [{ name: 'web', image: 'nginx:1.27.3' }] },
    },
  },
});
PodVolume.fromClaim(uploads).mountTo(web, { container: 'web', path: '/uploads' });
PodVolume.fromClaim(claim).mountTo(web, { container: 'web', path: '/assets', readOnly: true });
PodVolume.fromClaim(thumbnails).mountTo(web, { container: 'web', path: '/thumbnails' });

app.synth();
