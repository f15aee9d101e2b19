import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { backupSteps } from './backup';
import { common, flag, id, members, mostly, name, resetIds, some, Step, text } from './basics';
import { cephSteps } from './ceph';
import { cephAddonsSteps } from './ceph-addons';
import { csiSteps } from './csi';
import { customResourceSteps } from './custom-resource';
import { glusterSteps } from './gluster';
import { glusterGatewaySteps } from './gluster-gateway';
import { nfsSteps } from './nfs';
import { restoreSteps } from './restore';
import { rookClusterSteps } from './rook';
import { rookOperatorSteps } from './rook-operator';
import { controllers, snapshotSteps } from './snapshot';
import { storageOperatorSteps } from './storage-operator';
import { volumeSteps } from './volume';
import { Distribution, GitOpsTool, ICsiDriver, KubernetesVersion, Namespace, NodeCount, Platform, PodSecurityLevel, SyncWaves } from '../../src';

const distribution = fc.oneof(
  fc.constantFrom(
    Distribution.VANILLA, Distribution.KIND, Distribution.K3S, Distribution.RKE2, Distribution.K0S, Distribution.MICROK8S, Distribution.OPENSHIFT, Distribution.TALOS,
    Distribution.TKGI,
  ),
  some({
    name,
    kubeletDirectory: text(['/var/lib/kubelet', '/data/kubelet'], ['/data/', 'data']),
    seLinux: flag,
    defaultStorageClass: name,
    snapshotController: flag,
    podSecurity: members(PodSecurityLevel),
    privilegedClusterRole: name,
  }, ['name'])
    .map(props => Distribution.custom(props)),
);
const platform = (versions: KubernetesVersion[]) => some({
  // Those of today more often: they have all that drivers may ask for.
  kubernetes: mostly(fc.constantFrom(...versions.slice(-3)), fc.constantFrom(...versions), 2), distribution, nodes: mostly(fc.constant(NodeCount.MULTIPLE), members(NodeCount), 4), kernel: text(['5.15', '4.18.0-553.el8'], ['6']), gitOps: members(GitOpsTool),
}, ['kubernetes', 'distribution']);

const platformSteps: fc.Arbitrary<Step>[] = [
  some({ ...common, name: text(['storage', 'csi-nfs', 'shop'], ['default', 'kube-system']), podSecurity: members(PodSecurityLevel), holdsData: flag }, ['name'])
    .map(props => chart => { new Namespace(chart, id(), props); }),
];

/** Every room has its share, however many constructs are in it. */
const rooms = [
  platformSteps, csiSteps, volumeSteps, [...snapshotSteps, ...restoreSteps, ...backupSteps], nfsSteps,
  [...cephSteps, ...cephAddonsSteps, ...rookClusterSteps, ...rookOperatorSteps], [...glusterSteps, ...glusterGatewaySteps], [...customResourceSteps, ...storageOperatorSteps],
];
const step = fc.oneof(...rooms.map(room => fc.oneof(...room)));

/**
 * An app of one to three constructs with random props. Building it throws what a constructor throws.
 *
 * @param versions the Kubernetes releases that it may be for
 */
export const randomApp = (versions = KubernetesVersion.all()): fc.Arbitrary<{ build(): App }> => fc.record({
  platform: platform(versions),
  namespace: fc.option(text(['apps']), { nil: undefined, freq: 4 }),
  controller: controllers,
  waves: fc.integer({ min: 0, max: 100 }),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
}).map(plan => ({
  build: () => {
    resetIds();
    const app = new App();
    Platform.set(app, plan.platform);
    const chart = new Chart(app, 'chart', { namespace: plan.namespace });
    const drivers: ICsiDriver[] = [];
    if (!plan.platform.distribution.snapshotController || plan.waves === 1) {
      plan.controller(chart, drivers);
    }
    plan.steps.forEach(add => add(chart, drivers));
    if (plan.waves === 0 || (plan.waves < 50 && plan.platform.gitOps === GitOpsTool.ARGO_CD)) {
      SyncWaves.enable(chart);
    }
    return app;
  },
}));

/** What came of it: the objects, or the message of what was wrong. */
export function outcome(plan: { build(): App }): { objects?: any[]; error?: Error } {
  try {
    const app = plan.build();
    return { objects: app.charts.flatMap(chart => chart.toJson()) };
  } catch (error) {
    return { error: error as Error };
  }
}

/** Whether an error is one of ours: each line that begins a finding has a code. */
export function isCoded(error: Error): boolean {
  return error.name === 'FindingError'
    || (error.message.startsWith('Validation failed with the following errors:') && /^ {2}\[.*\] [A-Z]{3,4}\d{3}[ :]/m.test(error.message));
}
