import { Size, Testing } from 'cdk8s';
import { CustomResource, Distribution, NodeCount, ResourceScope, SchemaField, StorageOperator, StorageOperatorProps } from '../../src';
import { testChart } from '../support';

const THING = CustomResource.fromDefinition({ group: 'example.com', kind: 'Thing' });

function written(props: Partial<StorageOperatorProps> = {}, chart = testChart()): any[] {
  new StorageOperator(chart, 'Operator', { image: 'registry.example.com/things:v1.0.0', watches: [{ resource: THING }], ...props });
  return Testing.synth(chart);
}

const only = (objects: any[], kind: string) => {
  const found = objects.filter(object => object.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
};

test('an operator with all of its options', () => {
  const objects = written({
    name: 'things', namespace: 'things-system', command: ['/manager'], args: ['--leader-elect'], leaseName: 'things.example.com', networkPolicy: true, monitoring: { labels: { team: 'storage' } },
    owns: [{ resource: 'persistentvolumeclaims' }, { apiGroup: 'batch', resource: 'cronjobs', ownNamespace: true }, { resource: 'configmaps', resourceNames: ['settings'], ownNamespace: true }],
    reads: [{ apiGroup: 'storage.k8s.io', resource: 'storageclasses' }, { resource: 'secrets', resourceNames: ['credentials'], ownNamespace: true }],
    labels: { team: 'storage' }, imagePullSecrets: ['pull'],
    pod: { env: [{ name: 'LOG', value: 'debug' }], extraVolumes: [{ name: 'tmp', emptyDir: {} }], extraVolumeMounts: [{ name: 'tmp', mountPath: '/tmp' }], memoryLimit: Size.gibibytes(1) },
  });
  expect(objects).toMatchSnapshot();
});

test('it is granted exactly what is declared, and the lease by its name', () => {
  const objects = written({ owns: [{ resource: 'persistentvolumeclaims' }], reads: [{ resource: 'secrets', resourceNames: ['credentials'], ownNamespace: true }], eventVerbs: ['create'] });
  expect(only(objects, 'ClusterRole').rules).toEqual([
    { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['list', 'watch', 'create', 'patch', 'delete'] },
    { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] },
    { apiGroups: ['example.com'], resources: ['things'], verbs: ['list', 'watch', 'patch'] },
    { apiGroups: ['example.com'], resources: ['things/status'], verbs: ['patch'] },
  ]);
  expect(only(objects, 'Role').rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['credentials'], verbs: ['get'] },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['storage-operator'], verbs: ['get', 'update'] },
  ]);
});

test('a token is granted by the name of its account, and a small limit has no larger request', () => {
  const objects = written({ owns: [{ resource: 'serviceaccounts/token', verbs: ['create'], resourceNames: ['runner'] }], eventVerbs: [], pod: { memoryLimit: Size.mebibytes(48) } });
  expect(only(objects, 'ClusterRole').rules[0]).toEqual({ apiGroups: [''], resources: ['serviceaccounts/token'], resourceNames: ['runner'], verbs: ['create'] });
  expect(only(objects, 'Deployment').spec.template.spec.containers[0].resources).toEqual({ requests: { cpu: '10m', memory: '48Mi' }, limits: { memory: '48Mi' } });
});

test('roles for users: parts of those of Kubernetes unless it is said otherwise, with scale, and not of kinds that are defined elsewhere', () => {
  const roles = (props: Partial<StorageOperatorProps> = {}, scope = ResourceScope.NAMESPACED) => {
    const chart = testChart();
    const fields = { replicas: SchemaField.integer() };
    const resource = new CustomResource(chart, 'Kind', {
      group: 'example.com', kind: 'Thing', scope,
      versions: [{ name: 'v1', spec: SchemaField.object(fields), status: SchemaField.object(fields), scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } }],
    });
    return written({ watches: [{ resource }], ...props }, chart).filter(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name.startsWith('things.'));
  };
  expect(roles().map(({ metadata }) => metadata)).toEqual([
    { name: 'things.example.com-admin', labels: { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' } },
    { name: 'things.example.com-editor', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } },
    { name: 'things.example.com-viewer', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
  ]);
  expect(roles()[1].rules.map(({ resources, verbs }: any) => [resources[0], verbs])).toEqual([
    ['things', ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']], ['things/status', ['get']], ['things/scale', ['get', 'update', 'patch']],
  ]);
  expect(roles({ aggregateUserRoles: false }).map(({ metadata }) => metadata.labels)).toEqual([undefined, undefined, undefined]);
  expect(roles({}, ResourceScope.CLUSTER).map(({ metadata }) => metadata.labels)).toEqual([undefined, undefined, undefined]);
  expect(roles({ userRoles: false })).toEqual([]);
  expect(written().filter(({ metadata }) => metadata.name.startsWith('things.'))).toEqual([]);
});

test('a kind without status subresource, and a program of controller-runtime', () => {
  const objects = written({ watches: [{ resource: CustomResource.fromDefinition({ group: 'example.com', kind: 'Thing', status: false }), verbs: ['get', 'list', 'watch', 'update'], blocksOwnerDeletion: true }], eventVerbs: [] });
  expect(only(objects, 'ClusterRole').rules).toEqual([
    { apiGroups: ['example.com'], resources: ['things'], verbs: ['get', 'list', 'watch', 'update'] },
    { apiGroups: ['example.com'], resources: ['things/finalizers'], verbs: ['update'] },
  ]);
});

test('copies: two that elect one, one on a single node, and one that ends before the next begins without election', () => {
  const shape = (objects: any[]) => {
    const { replicas, strategy } = only(objects, 'Deployment').spec;
    return { replicas, strategy: strategy?.type, budgets: objects.filter(object => object.kind === 'PodDisruptionBudget').length };
  };
  expect(shape(written())).toEqual({ replicas: 2, strategy: undefined, budgets: 1 });
  expect(shape(written({}, testChart({ nodes: NodeCount.SINGLE })))).toEqual({ replicas: 1, strategy: undefined, budgets: 0 });
  const alone = written({ leaderElection: false });
  expect(shape(alone)).toEqual({ replicas: 1, strategy: 'Recreate', budgets: 0 });
  expect(alone.filter(object => object.kind === 'Role')).toEqual([]);
  expect(JSON.stringify(alone)).not.toContain('LEASE_NAME');
});

test('its pod is one that the level restricted admits', () => {
  const { spec } = only(written(), 'Deployment').spec.template;
  expect(spec.securityContext).toEqual({ runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } });
  expect(spec.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
  expect(only(written(), 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  const openShift = only(written({}, testChart({ distribution: Distribution.OPENSHIFT })), 'Deployment').spec.template.spec;
  expect(openShift.securityContext).not.toHaveProperty('runAsUser');
});
