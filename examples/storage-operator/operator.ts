import { Construct } from 'constructs';
import { CustomResource, StorageOperator } from 'cdk8s-storage';

/**
 * The controller, with what it may do and no more.
 *
 * @param policies the names of the SnapshotPolicies beside it that a Storage may name
 */
export function storageOperator(scope: Construct, storage: CustomResource, policies: string[]): StorageOperator {
  return new StorageOperator(scope, 'Operator', {
    image: 'registry.example.com/storage/storage-operator:v1.0.0',
    watches: [{ resource: storage }],
    owns: [
      { resource: 'persistentvolumeclaims' },
      { apiGroup: 'snapshot.storage.k8s.io', resource: 'volumesnapshots', verbs: ['get', 'list', 'watch', 'create'] },
      // In its own namespace: who may make CronJobs elsewhere may run pods as any account there.
      { apiGroup: 'batch', resource: 'cronjobs', ownNamespace: true },
    ],
    reads: [
      { apiGroup: 'storage.k8s.io', resource: 'storageclasses' },
      { resource: 'configmaps', resourceNames: policies.map(policy => `snapshots-${policy}`), ownNamespace: true },
    ],
    eventVerbs: ['create'],
  });
}
