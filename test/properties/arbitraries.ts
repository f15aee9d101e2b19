import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { common, flag, id, label, members, name, resetIds, some, Step, text } from './basics';
import { csiSteps } from './csi';
import { nfsSteps } from './nfs';
import { snapshotSteps } from './snapshot';
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
  kubernetes: fc.constantFrom(...versions), distribution, nodes: members(NodeCount), kernel: text(['5.15', '4.18.0-553.el8'], ['6']), gitOps: members(GitOpsTool),
}, ['kubernetes', 'distribution']);

const platformSteps: fc.Arbitrary<Step>[] = [
  some({ ...common, name: label, podSecurity: members(PodSecurityLevel), holdsData: flag }, ['name']).map(props => chart => { new Namespace(chart, id(), props); }),
  fc.constant(chart => SyncWaves.enable(chart)),
];

/** Every room has its share, however many constructs are in it. */
const step = fc.oneof(...[platformSteps, csiSteps, volumeSteps, snapshotSteps, nfsSteps].map(room => fc.oneof(...room)));

/**
 * An app of one to three constructs with random props. Building it throws what a constructor throws.
 *
 * @param versions the Kubernetes releases that it may be for
 */
export const randomApp = (versions = KubernetesVersion.all()): fc.Arbitrary<{ build(): App }> => fc.record({
  platform: platform(versions),
  namespace: fc.option(text(['apps']), { nil: undefined }),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
}).map(plan => ({
  build: () => {
    resetIds();
    const app = new App();
    Platform.set(app, plan.platform);
    const chart = new Chart(app, 'chart', { namespace: plan.namespace });
    const drivers: ICsiDriver[] = [];
    plan.steps.forEach(add => add(chart, drivers));
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
    || (error.message.startsWith('Validation failed with the following errors:') && /^ {2}\[.*\] [A-Z]{3}\d{3}[ :]/m.test(error.message));
}
