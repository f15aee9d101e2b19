import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  ClaimTemplate, CsiDriver, Distribution, EmptyDirMedium, Findings, HostPathType, KubernetesVersion, Namespace, PersistentVolume, PersistentVolumeClaim,
  PersistentVolumeSource, Platform, PodSecurityLevel, PodVolume, StaticStorageClass, StorageClass, VolumeBindingMode, VolumeMode,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// A driver that somebody else installed, by what it can do, and a class of it.
const driver = CsiDriver.fromDriverName('disks.csi.example.com', { capabilities: { attach: true, expand: true, clone: true, block: true } });
const classes = new Chart(app, 'classes');
const disks = new StorageClass(classes, 'Disks', { name: 'disks', driver, expansion: true, volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER });
const localDisks = new StaticStorageClass(classes, 'LocalDisks', { name: 'local-disks' });

// A volume that one node mounts has to be let go before the next pod can have it.
const ONE_WRITER = { strategy: { type: 'Recreate' } };
const shop = new Chart(app, 'shop', { namespace: 'shop' });
new Namespace(shop, 'Namespace', { name: 'shop', podSecurity: PodSecurityLevel.BASELINE, holdsData: true });

// emptyDir: scratch space that goes with its pod, here in memory. nfs: a directory that every node mounts by itself.
// CSI: a volume that existed before the cluster.
const web = workload(shop, 'Deployment', 'web', ONE_WRITER);
PodVolume.emptyDir('cache', { medium: EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(64) }).mountTo(web, { container: 'main', path: '/cache' });
PodVolume.nfs('media', { server: 'nfs.example.com', path: '/exports/media' }).mountTo(web, { container: 'main', path: '/media', readOnly: true });
const orders = new PersistentVolume(shop, 'Orders', {
  name: 'shop-orders', capacity: Size.gibibytes(50), source: PersistentVolumeSource.csi({ driver, volumeHandle: 'disk-0815', fsType: 'ext4' }),
});
PodVolume.fromClaim(new PersistentVolumeClaim(shop, 'OrdersClaim', { name: 'orders', volume: orders })).mountTo(web, { container: 'main', path: '/orders' });

// Claim template: a volume for each replica of a StatefulSet.
const database = workload(shop, 'StatefulSet', 'database', { serviceName: 'database', replicas: 2 });
new ClaimTemplate({ name: 'data', storageClass: disks, size: Size.gibibytes(20) }).mountTo(database, { container: 'main', path: '/var/lib/database' });

// Clone: a copy of a claim, to try something on.
const catalog = new PersistentVolumeClaim(shop, 'Catalog', { name: 'catalog', storageClass: disks, size: Size.gibibytes(10) });
const copy = new PersistentVolumeClaim(shop, 'CatalogCopy', { name: 'catalog-copy', storageClass: disks, size: Size.gibibytes(10), dataSource: catalog });
PodVolume.fromClaim(catalog).mountTo(workload(shop, 'Deployment', 'catalog', ONE_WRITER), { container: 'main', path: '/catalog' });

// Ephemeral: a volume of a class that goes with its pod, for more scratch space than a node has.
const trial = workload(shop, 'Deployment', 'trial', ONE_WRITER);
PodVolume.fromClaim(copy).mountTo(trial, { container: 'main', path: '/catalog' });
PodVolume.ephemeral('scratch', { storageClass: disks, size: Size.gibibytes(100) }).mountTo(trial, { container: 'main', path: '/scratch' });

// Block: a device without a file system. Where containers are not root, as here, the container runtime has to give it to them: docs/volume.md.
const queue = workload(shop, 'Deployment', 'queue', ONE_WRITER);
const journal = new PersistentVolumeClaim(shop, 'Journal', { name: 'journal', storageClass: disks, size: Size.gibibytes(5), volumeMode: VolumeMode.BLOCK });
PodVolume.fromClaim(journal).deviceTo(queue, { container: 'main', devicePath: '/dev/journal' });

// local: a disk of one node. Its claim takes whichever disk of the class has the label, on a node where the pod can run.
new PersistentVolume(shop, 'SearchDisk', {
  name: 'search-node-1',
  capacity: Size.gibibytes(200),
  source: PersistentVolumeSource.local({ path: '/mnt/disks/ssd1' }),
  nodeAffinity: { 'kubernetes.io/hostname': ['node-1'] },
  storageClass: localDisks,
  labels: { 'example.com/disk': 'ssd' },
});
const index = new PersistentVolumeClaim(shop, 'Index', {
  name: 'index', storageClass: localDisks, size: Size.gibibytes(200), selector: { 'example.com/disk': 'ssd' },
});
PodVolume.fromClaim(index).mountTo(workload(shop, 'Deployment', 'search', ONE_WRITER), { container: 'main', path: '/index' });

// hostPath: for an agent that has to see its node. It needs a namespace that allows it.
const agents = new Chart(app, 'agents', { namespace: 'node-agents' });
new Namespace(agents, 'Namespace', { name: 'node-agents', podSecurity: PodSecurityLevel.PRIVILEGED });
const shipper = workload(agents, 'DaemonSet', 'log-shipper');
PodVolume.hostPath('logs', { path: '/var/log', type: HostPathType.DIRECTORY }).mountTo(shipper, { container: 'main', path: '/var/log', readOnly: true });
Findings.of(shipper).acknowledge('VOL030', 'it ships the logs of the node and only reads them');

app.synth();

function workload(chart: Chart, kind: string, name: string, spec: object = {}): ApiObject {
  const labels = { app: name };
  const securityContext = {
    allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' },
  };
  const resources = { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '128Mi' } };
  const container = { name: 'main', image: 'busybox:1.36', command: ['sleep', 'infinity'], resources, securityContext };
  const template = { metadata: { labels }, spec: { securityContext: { fsGroup: 1000 }, containers: [container] } };
  return new ApiObject(chart, name, { apiVersion: 'apps/v1', kind, metadata: { name }, spec: { selector: { matchLabels: labels }, template, ...spec } });
}
