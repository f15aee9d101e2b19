import { Duration, Size } from 'cdk8s';
import { Cases } from './case';
import { CustomResource, NodeCount, StorageOperator, StorageOperatorProps } from '../../src';
import { testChart } from '../support';

const THING = CustomResource.fromDefinition({ group: 'example.com', kind: 'Thing' });
const OTHER = CustomResource.fromDefinition({ group: 'example.com', kind: 'Other' });

function operator(props: Partial<Record<keyof StorageOperatorProps, unknown>> = {}, chart = testChart(), name = 'things-operator') {
  new StorageOperator(chart, name, { name, image: 'registry.example.com/things:v1.0.0', watches: [{ resource: THING }], ...props } as StorageOperatorProps);
  return chart;
}

/** What has a type, or a range, given as another. */
const WRONG = Object.fromEntries(Object.entries({
  watches: [null, [], {}, [null], [{}], [{ resource: null }], [{ resource: 'things' }], [{ resource: {} }], [{ resource: THING, verbs: 'get' }], [{ resource: THING }, { resource: THING }]],
  owns: [null, 'claims', [null], [{ resource: 7 }], [{ resource: 'pods', verbs: [7] }]],
  reads: [{}, [{ resource: 'nodes', ownNamespace: 'yes' }]],
  name: [7],
  image: [7],
  leaseName: [7],
  leaderElection: ['yes'],
  replicas: ['2', 1.5, -1, 11],
  healthPort: [80, '8081', 70000],
  metricsPort: [8081],
  command: ['node main.js'],
  args: [[7]],
  eventVerbs: ['create'],
  monitoring: [true, { interval: 30 }],
  userRoles: ['no'],
  pod: [null, [], { memoryLimit: '1Gi' }, { memoryLimit: Size.mebibytes(16) }, { memoryRequest: Size.mebibytes(300) }, { env: [7] }, { nodeSelector: { disk: 7 } }],
}).flatMap(([key, values]) => (values as unknown[]).map(value => [`${key}: ${JSON.stringify(value)}`, () => operator({ [key]: value })])));

export const OPERATOR_CASES: Cases = {
  OPR050: {
    trips: WRONG,
    passes: {
      'all at its default': () => operator(),
      'the ends of ranges': () => operator({
        replicas: 10, healthPort: 1024, metricsPort: 65535, monitoring: { interval: Duration.seconds(30) },
        pod: { memoryLimit: Size.mebibytes(300), memoryRequest: Size.mebibytes(300) },
      }),
      'no copy for now': () => operator({ replicas: 0 }),
      'two kinds': () => operator({ watches: [{ resource: THING }, { resource: OTHER }] }),
    },
  },
  OPR051: {
    trips: {
      'a verb of kubectl': () => operator({ owns: [{ resource: 'configmaps', verbs: ['apply'] }] }),
      'all verbs by a star': () => operator({ watches: [{ resource: THING, verbs: ['*'] }] }),
      'a kind in place of its plural': () => operator({ owns: [{ resource: 'ConfigMap' }] }),
      'no resource': () => operator({ reads: [{}] }),
      'a version behind the group': () => operator({ reads: [{ apiGroup: 'storage.k8s.io/v1', resource: 'storageclasses' }] }),
      'no verbs': () => operator({ owns: [{ resource: 'configmaps', verbs: [] }] }),
      'a path for a name': () => operator({ reads: [{ resource: 'configmaps', resourceNames: ['a/b'] }] }),
      'a verb of events': () => operator({ eventVerbs: ['record'] }),
    },
    passes: {
      'a subresource, and a name': () => operator({ reads: [{ resource: 'persistentvolumeclaims/status', verbs: ['get'] }, { resource: 'configmaps', resourceNames: ['settings'] }], eventVerbs: [] }),
    },
  },
  OPR052: {
    trips: {
      'every Secret': () => operator({ reads: [{ resource: 'secrets' }] }),
      'CronJobs everywhere': () => operator({ owns: [{ apiGroup: 'batch', resource: 'cronjobs' }] }),
      'commands in every pod': () => operator({ owns: [{ resource: 'pods/exec', verbs: ['create'] }] }),
      'every token': () => operator({ owns: [{ resource: 'serviceaccounts/token', verbs: ['create'] }] }),
    },
    passes: {
      'a Secret by its name': () => operator({ reads: [{ resource: 'secrets', resourceNames: ['credentials'] }] }),
      'CronJobs in its own namespace': () => operator({ owns: [{ apiGroup: 'batch', resource: 'cronjobs', ownNamespace: true }] }),
      'pods that are only looked at': () => operator({ reads: [{ resource: 'pods' }] }),
    },
  },
  OPR053: {
    trips: { 'two operators of one kind': () => operator({}, operator(), 'second') },
    passes: {
      'the second reads it': () => operator({ watches: [{ resource: OTHER }], reads: [{ apiGroup: 'example.com', resource: 'things' }] }, operator(), 'second'),
    },
  },
  OPR054: {
    trips: { 'two copies without election': () => operator({ leaderElection: false, replicas: 2 }) },
    passes: { 'one copy without election': () => operator({ leaderElection: false }, testChart({ nodes: NodeCount.MULTIPLE })) },
  },
};
