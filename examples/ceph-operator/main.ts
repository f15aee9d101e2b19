import { App, Chart, Size } from 'cdk8s';
import {
  CephCluster, CephCredentials, CephCsiOperator, CephDeployment, CephFsStorage, CephMsMode, CephRbdStorage, CsiAddonsController, Distribution, KubernetesVersion, Namespace,
  PersistentVolumeClaim, Platform, RbdImageFeature, Schedule, SnapshotController,
} from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, kernel: '6.8' });

// Definitions and programs that are there once per cluster.
const operators = new Chart(app, 'operators');
new SnapshotController(operators, 'SnapshotController');
new CephCsiOperator(operators, 'CephCsiOperator');
new CsiAddonsController(operators, 'CsiAddons');

// As in the example ceph-external but for one word, OPERATOR: ceph-csi-operator writes the pods of both drivers.
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

const rbd = new CephRbdStorage(ceph, 'Rbd', { deployment: CephDeployment.OPERATOR, cluster, credentials, pool: 'kubernetes', snapshots: true, csiAddons: true });
const block = rbd.addStorageClass('ceph-block', {
  imageFeatures: [RbdImageFeature.LAYERING],
  mapOptions: { krbd: { msMode: CephMsMode.SECURE } },
  expansion: true,
  // What files no longer use goes back to Ceph, every Sunday night.
  reclaimSpace: Schedule.weekly({ day: 0, hour: 3 }),
});
rbd.addSnapshotClass('ceph-block');

const fs = new CephFsStorage(ceph, 'Fs', { deployment: CephDeployment.OPERATOR, cluster, credentials, fsName: 'cephfs' });
fs.addStorageClass('ceph-files', { kernelMountOptions: { msMode: CephMsMode.SECURE }, expansion: true });

const team = new Chart(app, 'team', { namespace: 'team' });
new Namespace(team, 'Namespace', { name: 'team', holdsData: true });
new PersistentVolumeClaim(team, 'Data', { name: 'data', storageClass: block, size: Size.gibibytes(20) });

// Whoever runs the Ceph cluster runs these once: npx tsx main.ts
if (require.main === module) {
  console.log([...credentials.prepareCommands(), ...credentials.authCommands()].join('\n'));
}

app.synth();
