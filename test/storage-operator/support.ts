import type { Claim, CronJob, StorageClass, VolumeSnapshot } from '../../examples/storage-operator/controller/kubernetes';
import { ANNOTATION, FINALIZER, OURS } from '../../examples/storage-operator/controller/names';
import { reconcile } from '../../examples/storage-operator/controller/reconcile';
import { conditionOf } from '../../examples/storage-operator/controller/status';
import type { Observed, Outcome, Storage } from '../../examples/storage-operator/controller/types';

export const NOW = '2026-11-26T10:00:00Z';
export const EARLIER = '2026-11-26T09:00:00Z';
export const UID = '11111111-2222-3333-4444-555555555555';

export function storage(spec: Partial<Storage['spec']> = {}, metadata: Partial<Storage['metadata']> = {}, status?: Storage['status']): Storage {
  return {
    metadata: { name: 'data', namespace: 'shop', uid: UID, resourceVersion: '10', generation: 3, finalizers: [FINALIZER], ...metadata },
    spec: { storageClassName: 'fast', size: '10Gi', accessModes: ['ReadWriteOnce'], deletionPolicy: 'Retain', ...spec },
    status,
  };
}

export function claim(spec: Partial<Claim['spec']> = {}, status: Partial<NonNullable<Claim['status']>> = {}, metadata: Partial<Claim['metadata']> = {}): Claim {
  return {
    metadata: { name: 'data', namespace: 'shop', uid: 'claim-uid', resourceVersion: '20', labels: OURS, annotations: { [ANNOTATION.storageUid]: UID }, ...metadata },
    spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], volumeName: 'pv-1', resources: { requests: { storage: '10Gi' } }, ...spec },
    status: { phase: 'Bound', capacity: { storage: '10Gi' }, ...status },
  };
}

export const FAST: StorageClass = { metadata: { name: 'fast' }, provisioner: 'csi.example.com', allowVolumeExpansion: true, volumeBindingMode: 'Immediate' };

export function snapshot(status?: VolumeSnapshot['status'], metadata: Partial<VolumeSnapshot['metadata']> = {}): VolumeSnapshot {
  return { metadata: { name: 'data-final-11111111', namespace: 'shop', uid: 'snapshot-uid', labels: OURS, annotations: { [ANNOTATION.storageUid]: UID, [ANNOTATION.claimUid]: 'claim-uid' }, ...metadata }, status };
}

/** As SnapshotPolicy writes it, in short. */
export function template(spec: Partial<CronJob['spec']> = {}): CronJob {
  return {
    metadata: { name: 'snapshots-nightly', namespace: 'operator', uid: 'template-uid', resourceVersion: '30' },
    spec: {
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      suspend: true,
      jobTemplate: {
        spec: {
          template: {
            metadata: { labels: { 'app.kubernetes.io/name': 'snapshot-policy' }, annotations: { 'cdk8s-storage/content-hash': 'abc' } },
            spec: { volumes: [{ name: 'policy', configMap: { name: 'snapshots-nightly' } }, { name: 'other' }] },
          },
        },
      },
      ...spec,
    },
  };
}

/** As a policy with allNamespaces has it. */
export const CONFIG = { policy: 'nightly', claims: { labels: {} }, classes: { only: 'snap' }, retention: { last: 7 } };

export function observed(changes: Partial<Observed> = {}): Observed {
  return { now: NOW, operatorNamespace: 'operator', storage: storage(), storageClass: FAST, cronJobs: [], refused: {}, ...changes };
}

/** The conditions, as `Type=Status Reason`. */
export function said({ status }: Outcome): string[] {
  return (status?.conditions ?? []).map(({ type, status: value, reason }) => `${type}=${value} ${reason}`);
}

export function message(outcome: Outcome, type: string): string {
  return conditionOf({ ...storage(), status: outcome.status }, type)?.message ?? '';
}

/** What is done, by kind. */
export function kinds({ actions }: Outcome): string[] {
  return actions.map(({ kind }) => kind);
}

export { reconcile };
