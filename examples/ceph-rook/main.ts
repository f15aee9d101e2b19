import { App, Chart, Size } from 'cdk8s';
import {
  AccessMode, CephFsStorage, CephRbdStorage, Distribution, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, RbdImageFeature, RookCephCluster, RookOperator,
  RookStorage, SnapshotController,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, kernel: '6.8' });

// Definitions and programs that are there once per cluster: the snapshot-controller, Rook, and with Rook the ceph-csi-operator.
const operators = new Chart(app, 'operators');
new SnapshotController(operators, 'SnapshotController');
const rook = new RookOperator(operators, 'Rook');

// The Ceph cluster: three nodes, each with the disk that is named here and no other. Names of /dev/disk/by-id stay when a node starts anew; those such as /dev/sdb do not.
const ceph = new Chart(app, 'ceph');
const cluster = new RookCephCluster(ceph, 'Ceph', {
  operator: rook,
  storage: RookStorage.nodes([
    { name: 'node1', devices: ['/dev/disk/by-id/ata-ST4000NM000A_WJG0AAAA'] },
    { name: 'node2', devices: ['/dev/disk/by-id/ata-ST4000NM000A_WJG0BBBB'] },
    { name: 'node3', devices: ['/dev/disk/by-id/ata-ST4000NM000A_WJG0CCCC'] },
  ]),
});
cluster.addBlockPool('replicated');
cluster.addFilesystem('shared');

// Block devices and shared files on it. Rook makes the users, and tells the drivers where the monitors are.
const rbd = new CephRbdStorage(ceph, 'Rbd', { cluster: cluster.cluster, credentials: cluster.rbdCredentials, pool: 'replicated', snapshots: true });
const block = rbd.addStorageClass('ceph-block', { imageFeatures: [RbdImageFeature.LAYERING], expansion: true, isDefault: true });
rbd.addSnapshotClass('ceph-block');
const fs = new CephFsStorage(ceph, 'Fs', { cluster: cluster.cluster, credentials: cluster.cephFsCredentials, fsName: 'shared', snapshots: true });
const files = fs.addStorageClass('ceph-files', { expansion: true });
fs.addSnapshotClass('ceph-files');

const team = new Chart(app, 'team', { namespace: 'team' });
new Namespace(team, 'Namespace', { name: 'team', holdsData: true });
new PersistentVolumeClaim(team, 'Data', { name: 'data', storageClass: block, size: Size.gibibytes(20) });
new PersistentVolumeClaim(team, 'Uploads', { name: 'uploads', storageClass: files, size: Size.gibibytes(100), accessModes: [AccessMode.READ_WRITE_MANY] });

app.synth();
