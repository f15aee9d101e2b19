import { App, Chart, Duration } from 'cdk8s';
import { data, disk, ledger, REPLICAS, SIZE, snapshotClass } from './database';
import { ClaimSelector, Distribution, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, Restore, Schedule, SnapshotController, SnapshotPolicy, VolumeSnapshot } from 'cdk8s-storage';

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

// A second database, of what the first one was at one time; applied when it is needed, and beside the first one. The names of the snapshots are those that
// `kubectl -n ledger get volumesnapshots` shows.
const restored = new Chart(app, 'restored', { namespace: 'ledger' });
Restore.statefulSet(restored, 'Claims', {
  statefulSet: 'ledger-restored',
  template: data,
  snapshots: Array.from({ length: REPLICAS }, (_, replica) => {
    const sourceClaim = PersistentVolumeClaim.fromClaimName(`data-ledger-${replica}`, { namespace: 'ledger', storageClass: disk, size: SIZE });
    return VolumeSnapshot.fromVolumeSnapshotName(`nightly.data-ledger-${replica}-20261125-180000`, { snapshotClass, sourceClaim });
  }),
});
ledger(restored, 'ledger-restored');

app.synth();
