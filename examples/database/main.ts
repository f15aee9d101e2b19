import { App, Chart } from 'cdk8s';
import { ledger } from './ledger';
import { Distribution, KubernetesVersion, Namespace, Platform, SnapshotController } from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
SnapshotController.existing(app);

const chart = new Chart(app, 'ledger', { namespace: 'ledger' });
new Namespace(chart, 'Namespace', { name: 'ledger', holdsData: true });
ledger(chart, 'ledger');

app.synth();
