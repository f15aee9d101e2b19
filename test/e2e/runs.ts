import { field, PATIENCE } from './storage';
import { eventually, kubectl } from '../kubectl';

// What a SnapshotPolicy does on a cluster, seen from outside.

/** The snapshots of a namespace, or of one claim in it, that nobody has deleted; oldest first. */
export function snapshots(namespace: string, claim?: string): any[] {
  return JSON.parse(kubectl('-n', namespace, 'get', 'volumesnapshots', '-o', 'json')).items
    .filter(({ metadata, spec }: any) => !metadata.deletionTimestamp && (claim === undefined || spec.source.persistentVolumeClaimName === claim))
    .sort((a: any, b: any) => takenAt(a).getTime() - takenAt(b).getTime());
}

export const takenAt = ({ metadata, status }: any) => new Date(status?.creationTime ?? metadata.creationTimestamp);
export const namesOf = (found: any[]): string[] => found.map(({ metadata }) => metadata.name).sort();

/** Starts a run beside the schedule, as an administrator does. */
export function start(namespace: string, policy: string, job: string): void {
  kubectl('-n', namespace, 'create', 'job', `--from=cronjob/snapshots-${policy}`, job);
}

/** Waits until a run has ended, as it should. */
export async function ends(namespace: string, job: string, wanted = 'Complete'): Promise<void> {
  const how = () => field(namespace, `job/${job}`, '.status.conditions[?(@.status=="True")].type').split(' ').find(type => type === 'Complete' || type === 'Failed');
  await eventually(`the job ${job} has ended`, () => how() !== undefined, PATIENCE);
  if (how() !== wanted) {
    throw new Error(`${job} is ${how()}, not ${wanted}:\n${kubectl('-n', namespace, 'logs', '-l', `batch.kubernetes.io/job-name=${job}`, '--prefix', '--tail=100')}`);
  }
}

export async function run(namespace: string, policy: string, job: string): Promise<void> {
  start(namespace, policy, job);
  await ends(namespace, job);
}

/** The pod of a run that has not ended. */
export function podOf(namespace: string, job: string): any {
  return JSON.parse(kubectl('-n', namespace, 'get', 'pods', '-l', `batch.kubernetes.io/job-name=${job}`, '-o', 'json')).items.find(({ status }: any) => !['Succeeded', 'Failed'].includes(status.phase));
}

/** The claims on which there is an Event. */
export function claimsWith(namespace: string, reason: string): string[] {
  const events = JSON.parse(kubectl('-n', namespace, 'get', 'events', '--field-selector', `involvedObject.kind=PersistentVolumeClaim,reason=${reason}`, '-o', 'json')).items;
  return [...new Set<string>(events.map(({ involvedObject }: any) => involvedObject.name))].sort();
}

/** Ends what policies do, before their roles go: what they asked for without them would be refused. */
export function stop(namespace: string): void {
  kubectl('-n', namespace, 'delete', 'cronjobs,jobs', '--all', '--cascade=foreground', '--ignore-not-found', `--timeout=${PATIENCE}s`);
}
