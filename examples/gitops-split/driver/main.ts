import { App, Chart } from 'cdk8s';
import { Distribution, GitOpsTool, KubernetesVersion, NfsCsiDriver, Platform, SnapshotController, SyncWaves } from 'cdk8s-storage';

// The repository of those who run the cluster: drivers, and what all drivers share.
export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, gitOps: GitOpsTool.ARGO_CD });
SyncWaves.enable(app);

new SnapshotController(new Chart(app, 'snapshot-controller'), 'SnapshotController');
new NfsCsiDriver(new Chart(app, 'csi-nfs'), 'Nfs', { snapshots: true });

app.synth();
