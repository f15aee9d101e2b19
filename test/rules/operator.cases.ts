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
      'a watched kind without a verb': () => operator({ watches: [{ resource: THING, verbs: [] }] }),
      'a list of statuses': () => operator({ watches: [{ resource: THING, statusVerbs: ['list'] }] }),
      'a status that is no subresource': () => operator({ watches: [{ resource: CustomResource.fromDefinition({ group: 'example.com', kind: 'Plain', status: false }), statusVerbs: ['patch'] }] }),
      'CronJobs of the core group': () => operator({ owns: [{ resource: 'cronjobs', ownNamespace: true }] }),
      'snapshots of the core group': () => operator({ reads: [{ resource: 'volumesnapshots' }] }),
      'Jobs among the apps': () => operator({ reads: [{ apiGroup: 'apps', resource: 'jobs' }] }),
      'the core group by a name': () => operator({ reads: [{ apiGroup: 'core', resource: 'pods' }] }),
      'a short name of kubectl': () => operator({ owns: [{ resource: 'pvc' }] }),
      'one claim': () => operator({ owns: [{ resource: 'persistentvolumeclaim' }] }),
      'classes in its own namespace': () => operator({ reads: [{ apiGroup: 'storage.k8s.io', resource: 'storageclasses', ownNamespace: true }] }),
    },
    passes: {
      'a subresource, and a name': () => operator({ reads: [{ resource: 'persistentvolumeclaims/status', verbs: ['get'] }, { resource: 'configmaps', resourceNames: ['settings'] }], eventVerbs: [] }),
      'a plural with a dash': () => operator({ reads: [{ apiGroup: 'example.com', resource: 'my-things' }] }),
      'jobs of somebody else': () => operator({ owns: [{ apiGroup: 'batch.volcano.sh', resource: 'jobs' }] }),
      'verbs of single resources': () => operator({ owns: [{ resource: 'configmaps', verbs: ['deletecollection'] }, { apiGroup: 'security.openshift.io', resource: 'securitycontextconstraints', verbs: ['use'], resourceNames: ['nonroot-v2'] }] }),
      'events of both groups': () => operator({ owns: [{ resource: 'events', verbs: ['create', 'patch'] }] }),
    },
  },
  OPR052: {
    trips: {
      'every Secret': () => operator({ reads: [{ resource: 'secrets' }] }),
      'CronJobs everywhere': () => operator({ owns: [{ apiGroup: 'batch', resource: 'cronjobs' }] }),
      'commands in every pod': () => operator({ owns: [{ resource: 'pods/exec', verbs: ['create'] }] }),
      'every token': () => operator({ owns: [{ resource: 'serviceaccounts/token', verbs: ['create'] }] }),
      'pods that are made, whatever those are called that are there': () => operator({ owns: [{ resource: 'pods', resourceNames: ['one'] }] }),
      'volumes': () => operator({ owns: [{ resource: 'persistentvolumes' }] }),
      'whoever one likes': () => operator({ owns: [{ resource: 'users', verbs: ['impersonate'] }] }),
    },
    passes: {
      'a Secret by its name': () => operator({ reads: [{ resource: 'secrets', resourceNames: ['credentials'] }] }),
      'CronJobs in its own namespace': () => operator({ owns: [{ apiGroup: 'batch', resource: 'cronjobs', ownNamespace: true }] }),
      'the token of one account': () => operator({ owns: [{ resource: 'serviceaccounts/token', verbs: ['create'], resourceNames: ['runner'] }] }),
      'pods that are only looked at': () => operator({ reads: [{ resource: 'pods' }] }),
    },
  },
  OPR053: {
    trips: { 'two operators of one kind': () => operator({}, operator(), 'second') },
    passes: {
      'the second reads it': () => operator({ watches: [{ resource: OTHER }], reads: [{ apiGroup: 'example.com', resource: 'things' }] }, operator(), 'second'),
    },
  },
  OPR055: {
    trips: {
      'a container beside it that may gain privileges': () => operator({ pod: { extraContainers: [{ name: 'proxy', image: 'proxy:1' }] } }),
      'a directory of the node': () => operator({ pod: { extraVolumes: [{ name: 'data', hostPath: { path: '/data' } }] } }),
    },
    passes: {
      'a container that may not': () => operator({ pod: { extraContainers: [{ name: 'proxy', image: 'proxy:1', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }] } }),
      'a namespace of one\'s own': () => operator({ createNamespace: false, pod: { extraVolumes: [{ name: 'data', hostPath: { path: '/data' } }] } }),
    },
  },
  OPR056: {
    trips: { 'two operators of one name': () => operator({ name: 'storage', namespace: 'second', watches: [{ resource: OTHER }] }, operator({ name: 'storage' }), 'second') },
    passes: { 'two names': () => operator({ watches: [{ resource: OTHER }] }, operator(), 'second') },
  },
  OPR054: {
    trips: { 'two copies without election': () => operator({ leaderElection: false, replicas: 2 }) },
    passes: { 'one copy without election': () => operator({ leaderElection: false }, testChart({ nodes: NodeCount.MULTIPLE })) },
  },
};
