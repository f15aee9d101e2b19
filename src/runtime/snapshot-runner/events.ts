import { ApiClient } from './api-client';
import { Claim } from './claims';
import { warn } from './log';

const LONGEST = 1024;

/** What users see in `kubectl describe pvc`. */
export async function tell(api: ApiClient, claims: readonly Claim[], type: 'Normal' | 'Warning', reason: string, message: string): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+/, '');
  for (const { namespace, name, uid } of claims) {
    try {
      await api.request('POST', `/api/v1/namespaces/${namespace}/events`, {
        body: {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { namespace, generateName: 'snapshot-policy-' },
          involvedObject: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
          type,
          reason,
          message: message.length > LONGEST ? `${message.slice(0, LONGEST - 1)}…` : message,
          source: { component: 'cdk8s-storage' },
          firstTimestamp: now,
          lastTimestamp: now,
          count: 1,
        },
      });
    } catch (problem) {
      // An event is for information; what it tells is done, and in the log.
      warn('no event could be written', { claim: `${namespace}/${name}`, reason, why: (problem as Error).message });
    }
  }
}
