import { readFileSync } from 'fs';
import { join } from 'path';
import { apply, kubectl } from '../kubectl';

export const OPERATOR_NAMESPACE = 'storage-operator-test';
export const NAMESPACE = 'storages-test';
const ACCOUNT = 'storage-operator';
const CRD = JSON.parse(readFileSync(join(__dirname, 'storage-crd.json'), 'utf8')) as object;
const SNAPSHOT_CRDS = (JSON.parse(readFileSync(join(__dirname, '../../imports/crds/external-snapshotter-v8.6.0.json'), 'utf8')) as { items: { metadata: { name: string } }[] }).items;

const rule = (apiGroups: string, resources: string, ...verbs: string[]) => ({ apiGroups: [apiGroups], resources: [resources], verbs });
const subjects = [{ kind: 'ServiceAccount', name: ACCOUNT, namespace: OPERATOR_NAMESPACE }];
const RBAC = 'rbac.authorization.k8s.io';

/** What the controller may do, and no more. */
const RULES = [
  rule('storage.example.com', 'storages', 'list', 'watch', 'patch'),
  rule('storage.example.com', 'storages/status', 'patch'),
  rule('', 'persistentvolumeclaims', 'list', 'watch', 'create', 'patch', 'delete'),
  rule('snapshot.storage.k8s.io', 'volumesnapshots', 'get', 'list', 'watch', 'create'),
  rule('storage.k8s.io', 'storageclasses', 'list', 'watch'),
  rule('events.k8s.io', 'events', 'create'),
];
const RULES_AT_HOME = [
  rule('batch', 'cronjobs', 'list', 'watch', 'create', 'patch', 'delete'),
  rule('', 'configmaps', 'get'),
  rule('coordination.k8s.io', 'leases', 'get', 'create', 'update'),
];

const ACCESS = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace: OPERATOR_NAMESPACE } },
  { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: 'storage-operator-test' }, rules: RULES },
  { apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata: { name: 'storage-operator-test' }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'storage-operator-test' }, subjects },
  { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: ACCOUNT, namespace: OPERATOR_NAMESPACE }, rules: RULES_AT_HOME },
  { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata: { name: ACCOUNT, namespace: OPERATOR_NAMESPACE }, roleRef: { apiGroup: RBAC, kind: 'Role', name: ACCOUNT }, subjects },
];

const NAMESPACES = [OPERATOR_NAMESPACE, NAMESPACE].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));

/** Without a provisioner: what binds are volumes that were made before. */
const storageClass = (name: string, allowVolumeExpansion: boolean) => (
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner: 'kubernetes.io/no-provisioner', allowVolumeExpansion, volumeBindingMode: 'Immediate' });

/** In short what SnapshotPolicy writes: a CronJob that is suspended, and its ConfigMap. */
export function policy(name: string, schedule: string, last: number): object[] {
  const metadata = { name: `snapshots-${name}`, namespace: OPERATOR_NAMESPACE };
  const config = { policy: name, namespaces: [OPERATOR_NAMESPACE], claims: {}, classes: { only: 'snapshots' }, retention: { last } };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'policy.json': JSON.stringify(config), 'snapshot-runner.js': '' } },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: {
        schedule,
        suspend: true,
        jobTemplate: {
          spec: {
            template: {
              metadata: { annotations: { 'cdk8s-storage/content-hash': `${schedule} ${last}` } },
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'runner', image: 'none', volumeMounts: [{ name: 'policy', mountPath: '/policy' }] }],
                volumes: [{ name: 'policy', configMap: { name: metadata.name } }],
              },
            },
          },
        },
      },
    },
  ];
}

/** A volume for the first claim of its class. */
export const volume = (storageClassName: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { generateName: 'storage-operator-', labels: { test: 'storage-operator' } },
  spec: { storageClassName, capacity: { storage: '1Ti' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', hostPath: { path: '/nowhere' } },
});

/** All but the controller. The answer is what it is told. */
export function setUp(): { readonly server: string; readonly token: string } {
  apply([CRD, ...SNAPSHOT_CRDS]);
  kubectl('wait', '--for=condition=Established', '--timeout=60s', 'crd/storages.storage.example.com', ...SNAPSHOT_CRDS.map(({ metadata }) => `crd/${metadata.name}`));
  apply([...NAMESPACES, ...ACCESS, storageClass('growing', true), storageClass('fixed', false)]);
  const { server } = (JSON.parse(kubectl('config', 'view', '--minify', '-o', 'json')) as { clusters: { cluster: { server: string } }[] }).clusters[0].cluster;
  return { server, token: kubectl('create', 'token', ACCOUNT, '--namespace', OPERATOR_NAMESPACE, '--duration', '3h').trim() };
}

export function tearDown(): void {
  const finalizers = JSON.stringify({ metadata: { finalizers: [] } });
  const storages = kubectl('get', 'storages', '-n', NAMESPACE, '-o', 'name').split('\n').filter(Boolean);
  if (storages.length > 0) {
    kubectl('patch', ...storages, '-n', NAMESPACE, '--type', 'merge', '-p', finalizers);
  }
  kubectl('delete', 'namespace', ...NAMESPACES.map(({ metadata }) => metadata.name), '--timeout=280s');
  kubectl('delete', 'pv', '-l', 'test=storage-operator');
  kubectl('delete', 'storageclass', 'growing', 'fixed');
  kubectl('delete', 'clusterrole,clusterrolebinding', 'storage-operator-test');
  kubectl('delete', 'crd', 'storages.storage.example.com', ...SNAPSHOT_CRDS.map(({ metadata }) => metadata.name));
}
