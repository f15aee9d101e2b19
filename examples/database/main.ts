import { App, Chart, Duration } from 'cdk8s';
import { ledger, REPLICAS, snapshotClass } from './database';
import { ClaimSelector, Distribution, KubernetesVersion, Namespace, Platform, Schedule, SnapshotController, SnapshotPolicy } from 'cdk8s-storage';

export const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
SnapshotController.existing(app);

const chart = new Chart(app, 'ledger', { namespace: 'ledger' });
new Namespace(chart, 'Namespace', { name: 'ledger', holdsData: true });
ledger(chart, 'ledger');
new SnapshotPolicy(chart, 'Nightly', {
  name: 'nightly',
  schedule: Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' }),
  claims: ClaimSelector.statefulSet('ledger', { templates: ['data'], replicas: REPLICAS }),
  snapshotClass,
  retention: { daily: 7, weekly: 4, monthly: 6 },
  hooks: [{ freeze: 'node /program/ledger.js freeze', thaw: 'node /program/ledger.js thaw', timeout: Duration.seconds(20) }],
  readyTimeout: Duration.minutes(10),
  surviveNamespaceDeletion: true,
  alerts: { labels: { release: 'prometheus' } },
});

app.synth();
