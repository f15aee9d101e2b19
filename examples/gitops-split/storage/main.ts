import { App, Chart, Size } from 'cdk8s';
import {
  CsiDriver, Distribution, GitOpsTool, KubernetesVersion, Namespace, NfsServer, NfsStorage, PersistentVolumeClaim, Platform, SnapshotController, WhenDeleted,
} from 'cdk8s-storage';

// The repository of those who use the storage: classes and claims, for a driver that is installed from elsewhere.
export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, gitOps: GitOpsTool.ARGO_CD });
SnapshotController.existing(app);

const classes = new Chart(app, 'classes');
const nfs = new NfsStorage(classes, 'Nfs', {
  server: NfsServer.external({ host: 'nfs.example.com', share: '/exports/kubernetes' }),
  driver: CsiDriver.fromDriverName('nfs.csi.k8s.io', {
    capabilities: { expand: true, snapshot: true, clone: true },
    controllerServiceAccount: { name: 'csi-nfs-controller', namespace: 'csi-nfs' },
  }),
  protocol: { connections: 4 },
});
const scratch = nfs.addStorageClass('nfs-scratch', { whenDeleted: WhenDeleted.DELETE, isDefault: true });
const projects = nfs.addStorageClass('nfs-projects', {
  subDir: '${pvc.metadata.namespace}/${pvc.metadata.name}',
  whenDeleted: WhenDeleted.KEEP_DATA,
  expansion: true,
});
nfs.addSnapshotClass('nfs-daily', { share: '/exports/snapshots' });
const handbook = nfs.addStaticVolume('handbook', { share: '/exports/handbook', capacity: Size.gibibytes(5), readOnly: true });

const claims = new Chart(app, 'claims', { namespace: 'build' });
new Namespace(claims, 'Namespace', { name: 'build', holdsData: true });
new PersistentVolumeClaim(claims, 'Cache', { name: 'cache', storageClass: scratch, size: Size.gibibytes(50) });
new PersistentVolumeClaim(claims, 'Artifacts', { name: 'artifacts', storageClass: projects, size: Size.gibibytes(200) });
new PersistentVolumeClaim(claims, 'Handbook', { name: 'handbook', volume: handbook });

app.synth();
