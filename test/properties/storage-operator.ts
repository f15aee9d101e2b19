import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { common, duration, flag, id, label, leastMemory, members, memory, mostly, number, some, Step, text } from './basics';
import { pullSecrets } from './csi';
import { CustomResource, OperatorAccess, OperatorWatch, ResourceScope, StorageOperator } from '../../src';

const verb = text(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'], ['*', 'apply']);
const verbs = fc.uniqueArray(verb, { minLength: 1, maxLength: 4 });
/** Where they are, and now and then where they are not. */
const resource = mostly(
  fc.constantFrom(
    { resource: 'persistentvolumeclaims' }, { apiGroup: 'batch', resource: 'cronjobs' }, { apiGroup: 'snapshot.storage.k8s.io', resource: 'volumesnapshots' }, { resource: 'secrets' },
    { resource: 'pods/exec' }, { resource: 'configmaps' }, { apiGroup: 'example.com', resource: 'my-things' },
  ),
  some({
    apiGroup: text(['', 'batch', 'storage.k8s.io', 'snapshot.storage.k8s.io'], ['storage.k8s.io/v1', 'core']),
    resource: text(['persistentvolumeclaims', 'cronjobs', 'storageclasses'], ['ConfigMap', 'pods/*', 'pod']),
  }, ['resource']),
);
const access: fc.Arbitrary<OperatorAccess> = fc.tuple(resource, some({ verbs, resourceNames: fc.uniqueArray(text(['credentials', 'settings'], ['a/b']), { maxLength: 2 }), ownNamespace: flag }, []))
  .map(([what, rest]) => ({ ...what, ...rest }));
const kind = some({ group: text(['example.com', 'storage.example.com']), kind: text(['Disk', 'Volume'], ['disk']), scope: members(ResourceScope), status: flag }, ['group', 'kind']);
/** Of a kind that is made when all is built, as it may be a finding. */
const watch: fc.Arbitrary<() => OperatorWatch> = fc.record({
  of: kind,
  rest: some({ verbs, statusVerbs: mostly(fc.uniqueArray(fc.constantFrom('get', 'update', 'patch'), { maxLength: 3 }), fc.uniqueArray(verb, { maxLength: 3 })), blocksOwnerDeletion: flag }, []),
}).map(({ of, rest: { statusVerbs, ...rest } }) => () => ({ resource: CustomResource.fromDefinition(of), ...rest, ...(of.status === false ? {} : { statusVerbs }) }));
const pod = some({
  memoryLimit: memory,
  memoryRequest: mostly(fc.integer({ min: 32, max: 64 }).map(amount => Size.mebibytes(amount)), leastMemory),
  cpuRequest: text(['10m', '0.5'], ['much']),
  env: fc.array(fc.record({ name: text(['LOG', 'LEVEL'], ['POD_NAME', 'a b']), value: text(['debug']) }), { maxLength: 1 }),
  terminationGracePeriod: duration,
  nodeSelector: fc.constant({ disk: 'ssd' }),
  priorityClassName: text(['system-cluster-critical', 'storage']),
  podLabels: fc.constant({ team: 'storage' }),
}, []);

export const storageOperatorSteps: fc.Arbitrary<Step>[] = [
  some({
    ...common,
    name: text(['disk-operator', 'volumes'], ['Operator', 'disk.operator']),
    namespace: label,
    createNamespace: flag,
    image: text(['registry.example.com/disk-operator:v1.0.0'], ['disk-operator', 'disk-operator:latest']),
    imagePullSecrets: pullSecrets,
    command: fc.constant<string[]>(['/manager']),
    args: fc.constant<string[]>(['--leader-elect']),
    watches: mostly(fc.array(watch, { minLength: 1, maxLength: 1 }), fc.array(watch, { maxLength: 2 })),
    owns: fc.array(access, { maxLength: 2 }),
    reads: fc.array(access, { maxLength: 2 }),
    eventVerbs: fc.uniqueArray(verb, { maxLength: 2 }),
    leaderElection: mostly(fc.constant(true), flag),
    leaseName: text(['disk-operator', 'disks.example.com'], ['Disks']),
    replicas: number(fc.integer({ min: 0, max: 3 })),
    healthPort: number(fc.constantFrom(8081, 9443)),
    metricsPort: number(fc.constantFrom(8080, 9090)),
    monitoring: some({ labels: fc.constant({ team: 'storage' }), interval: duration }, []),
    networkPolicy: flag,
    userRoles: flag,
    aggregateUserRoles: flag,
    pod,
  }, ['image', 'watches']).map(({ watches, ...props }) => chart => { new StorageOperator(chart, id(), { ...props, watches: watches.map(make => make()) }); }),
];
