import { readFileSync } from 'fs';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';
import { signIn } from './operator-process';
import { storageOperator } from '../../examples/storage-operator/operator';
import { storageResource } from '../../examples/storage-operator/storage-resource';
import { contentHash } from '../../src/manifest/content-hash';
import { apply, deleteAndWait, kubectl } from '../kubectl';
import { testApp } from '../support';

export const OPERATOR_NAMESPACE = 'storage-operator';
export const NAMESPACE = 'storages-test';
const ACCOUNT = 'storage-operator';
const SNAPSHOT_CRDS = (JSON.parse(readFileSync(join(__dirname, '../../imports/crds/external-snapshotter-v8.6.0.json'), 'utf8')) as { items: { metadata: { name: string } }[] }).items;
/** Those that a Storage may name here. */
const POLICIES = ['nightly', 'weekly'];

const app = testApp();
const definitions = new Chart(app, 'definitions');
const operator = new Chart(app, 'operator');
storageOperator(operator, storageResource(definitions), POLICIES);
/** The kind, and who may do what with it, as they are synthesized. In the place of the Deployment there is a process. */
const DEFINITIONS: object[] = Testing.synth(definitions);
const ACCESS = Testing.synth(operator).filter(({ kind }) => !['Deployment', 'PodDisruptionBudget'].includes(kind));

/** Without a provisioner: what binds are volumes that were made before. */
const storageClass = (name: string, allowVolumeExpansion: boolean) => (
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner: 'kubernetes.io/no-provisioner', allowVolumeExpansion, volumeBindingMode: 'Immediate' });

/** In short what SnapshotPolicy writes: a CronJob that is suspended, and its ConfigMap. */
export function policy(name: string, schedule: string, last: number): object[] {
  const metadata = { name: `snapshots-${name}`, namespace: OPERATOR_NAMESPACE };
  const config = { policy: name, claims: {}, classes: { only: 'snapshots' }, retention: { last } };
  const data = { 'snapshot-runner.js': '', 'policy.json': JSON.stringify(config) };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
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
              metadata: { annotations: { 'cdk8s-storage/content-hash': contentHash(data), 'test/policy': `${schedule} ${last}` } },
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
  apply([...DEFINITIONS, ...SNAPSHOT_CRDS]);
  kubectl('wait', '--for=condition=Established', '--timeout=60s', 'crd/storages.storage.example.com', ...SNAPSHOT_CRDS.map(({ metadata }) => `crd/${metadata.name}`));
  apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }, ...ACCESS, storageClass('growing', true), storageClass('fixed', false)]);
  return signIn(OPERATOR_NAMESPACE, ACCOUNT);
}

export function tearDown(): void {
  const finalizers = JSON.stringify({ metadata: { finalizers: [] } });
  const storages = kubectl('get', 'storages', '-n', NAMESPACE, '-o', 'name').split('\n').filter(Boolean);
  if (storages.length > 0) {
    kubectl('patch', ...storages, '-n', NAMESPACE, '--type', 'merge', '-p', finalizers);
  }
  kubectl('delete', 'namespace', NAMESPACE, OPERATOR_NAMESPACE, '--timeout=280s');
  kubectl('delete', 'pv', '-l', 'test=storage-operator');
  kubectl('delete', 'storageclass', 'growing', 'fixed');
  kubectl('delete', ...ACCESS.filter(({ kind }) => kind.startsWith('ClusterRole')).map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  deleteAndWait('crd', 'storages.storage.example.com', ...SNAPSHOT_CRDS.map(({ metadata }) => metadata.name));
}
