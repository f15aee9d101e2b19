import { Chart } from 'cdk8s';
import { everything } from './everything';
import { GitOpsTool, Namespace, SyncWaves } from '../../src';
import { code, object, objects, one, testApp, testChart } from '../support';

const WAVE = 'argocd.argoproj.io/sync-wave';
const ARGO_CD = { gitOps: GitOpsTool.ARGO_CD };

function waveOf({ metadata }: any): number {
  return Number(metadata.annotations?.[WAVE] ?? 0);
}

describe('SyncWaves', () => {
  const chart = everything(ARGO_CD);
  SyncWaves.enable(chart);
  const written = objects(chart);
  const wavesOf = (...kinds: string[]) => written.filter(candidate => kinds.includes(candidate.kind)).map(waveOf);

  test.each([
    [['CustomResourceDefinition'], ['VolumeSnapshotClass']],
    [['CustomResourceDefinition'], ['Deployment']], // the snapshot-controller gives up without them
    [['Namespace'], ['ServiceAccount', 'Secret', 'Role', 'RoleBinding', 'Deployment', 'DaemonSet', 'PersistentVolumeClaim']],
    [['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'], ['Deployment', 'DaemonSet']],
    [['CSIDriver', 'Deployment', 'DaemonSet', 'NetworkPolicy', 'PodDisruptionBudget'], ['StorageClass', 'VolumeSnapshotClass', 'PodMonitor', 'ResourceQuota']],
    [['Namespace', 'PrometheusRule'], ['PersistentVolumeClaim']],
    [['ServiceAccount', 'ConfigMap', 'ClusterRole', 'ClusterRoleBinding', 'Deployment'], ['CronJob']],
    [['CustomResourceDefinition'], ['SnapshotMetadataService', 'VolumeGroupSnapshotClass']],
    [['Secret', 'StorageClass', 'Service', 'EndpointSlice', 'VolumeAttributesClass'], ['PersistentVolumeClaim']],
  ])('%j come before %j', (before, after) => {
    expect(wavesOf(...before).length).toBeGreaterThan(0);
    expect(wavesOf(...after).length).toBeGreaterThan(0);
    expect(Math.max(...wavesOf(...before))).toBeLessThan(Math.min(...wavesOf(...after)));
  });

  test('claims, volumes and servers stay with the workloads: a wave would wait for a claim that waits for its pod', () => {
    expect(wavesOf('PersistentVolumeClaim', 'PersistentVolume', 'StatefulSet')).toEqual(Array(18).fill(0));
  });

  test('are opt-in', () => {
    expect(objects(everything(ARGO_CD)).filter(candidate => waveOf(candidate) !== 0)).toEqual([]);
  });

  test('leave the user\'s objects alone, and his waves', () => {
    const own = testChart(ARGO_CD);
    SyncWaves.enable(own);
    object(own, 'Namespace', { metadata: { name: 'theirs' } });
    new Namespace(own, 'Ours', { name: 'ours', annotations: { [WAVE]: '7' } });
    expect(waveOf(one(own, 'Namespace', 'theirs'))).toBe(0);
    expect(waveOf(one(own, 'Namespace', 'ours'))).toBe(7);
  });

  test('reach what is added later, and no further than their scope', () => {
    const app = testApp(ARGO_CD);
    const [first, second] = ['a', 'b'].map(name => new Chart(app, name));
    SyncWaves.enable(first);
    new Namespace(first, 'Namespace', { name: 'first' });
    new Namespace(second, 'Namespace', { name: 'second' });
    expect([waveOf(one(app, 'Namespace', 'first')), waveOf(one(app, 'Namespace', 'second'))]).toEqual([-4, 0]);
  });

  test('are the same after a second synthesis, and when enabled twice', () => {
    const again = everything(ARGO_CD);
    SyncWaves.enable(again);
    SyncWaves.enable(again);
    expect(objects(again)).toEqual(written);
    expect(objects(again)).toEqual(written);
  });

  test('say which tool is declared instead', () => {
    expect(code(() => SyncWaves.enable(testApp({ gitOps: GitOpsTool.HELM })))).toBe('MAN005');
    expect(() => SyncWaves.enable(testApp({ gitOps: GitOpsTool.HELM }))).toThrow('gitOps: helm');
  });
});
