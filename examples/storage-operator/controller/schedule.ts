import { hash } from './hash';
import type { Claim, CronJob, CronJobSpec } from './kubernetes';
import { ANNOTATION, CONFIG_FILE, OURS, POLICY_VOLUME, PROGRAM_FILE, templateName } from './names';
import { canonical, no } from './status';
import type { Action, Observed, Part, Storage, Verdict } from './types';

/** Part of what a CronJob is known by: with another, all are written anew. */
const FORMAT = 1;

/** The CronJob of a Storage: another for a Storage of the same name that comes later. */
export function cronJobName({ metadata: { namespace, name, uid } }: Storage): string {
  return `storage-${hash(`${namespace}/${name}/${uid}`, 32)}`;
}

/** What a CronJob is made of; with another, it has to be written anew. */
function versionOf({ spec }: CronJob): string {
  return hash(`${FORMAT} ${canonical(spec)}`, 32);
}

/** Whether the CronJob of a Storage has to be written, so that the configuration of the runner has to be read. */
export function isDue({ storage, template, cronJobs, claim }: Pick<Observed, 'storage' | 'template' | 'cronJobs' | 'claim'>): boolean {
  if (!storage?.spec.snapshotPolicy || storage.metadata.deletionTimestamp || !template || claim?.status?.phase !== 'Bound') {
    return false;
  }
  const current = cronJobs.find(({ metadata }) => metadata.name === cronJobName(storage));
  return !current || current.metadata.annotations?.[ANNOTATION.template] !== versionOf(template) || isEdited(current, template);
}

/** Whether somebody stopped it, or moved it. */
function isEdited({ spec }: CronJob, { spec: { schedule, timeZone } }: CronJob): boolean {
  return spec.suspend === true || spec.schedule !== schedule || spec.timeZone !== timeZone;
}

/** Removes all CronJobs of a Storage but one. Their Jobs go with them, the snapshots stay. */
export function deleteCronJobs({ cronJobs }: Observed, but?: string): Action[] {
  return cronJobs.filter(({ metadata: { name, deletionTimestamp } }) => name !== but && !deletionTimestamp).map(cronJob => ({ kind: 'deleteCronJob' as const, cronJob }));
}

/**
 * Has snapshots taken of the claim, by a CronJob beside the SnapshotPolicy that is its template: elsewhere the controller may not
 * make any, or it could run pods as any account of the cluster.
 */
export function schedulePart(observed: Observed, storage: Storage, bound: Claim | undefined): Part {
  const { template, runner, cronJobs, refused } = observed;
  const { snapshotPolicy } = storage.spec;
  if (!snapshotPolicy) {
    return { actions: deleteCronJobs(observed) };
  }
  const where = `${observed.operatorNamespace}/${templateName(snapshotPolicy)}`;
  if (!template?.spec.jobTemplate.spec.template.spec.volumes?.some(({ name, configMap }) => name === POLICY_VOLUME && configMap)) {
    const why = template ? `CronJob ${where} is not that of a SnapshotPolicy` : `there is no CronJob ${where}`;
    return { actions: deleteCronJobs(observed), verdict: no('PolicyNotFound', why) };
  }
  const name = cronJobName(storage);
  const current = cronJobs.find(({ metadata }) => metadata.name === name);
  const strays = deleteCronJobs(observed, name);
  const refusal = refused.createCronJob ?? refused.replaceCronJob;
  if (refusal) {
    return { actions: strays, verdict: no('ScheduleRefused', `CronJob ${name} is refused: ${refusal.message}`), retry: true };
  }
  if (!bound) {
    return { actions: deleteCronJobs(observed), verdict: no('WaitingForClaim', 'there is nothing to take a snapshot of before the claim is bound') };
  }
  if (!isDue({ ...observed, claim: bound })) {
    return { actions: strays, verdict: scheduled(template) };
  }
  if (!runner || 'problem' in runner) {
    return { actions: strays, verdict: runner?.problem, retry: true };
  }
  const unusable = unusableFor(storage, runner.config);
  if (unusable) {
    return { actions: deleteCronJobs(observed), verdict: no('PolicyNotUsable', `SnapshotPolicy ${snapshotPolicy} ${unusable}`) };
  }
  const annotations = {
    [ANNOTATION.storage]: `${storage.metadata.namespace}/${storage.metadata.name}`,
    [ANNOTATION.storageUid]: storage.metadata.uid!,
    [ANNOTATION.template]: versionOf(template),
  };
  const spec = derive(template, name, { ...runner.config, policy: name, ...scopeOf(storage) });
  const write: Action = current
    ? { kind: 'replaceCronJob', current, annotations, spec }
    : { kind: 'createCronJob', cronJob: { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name, namespace: observed.operatorNamespace, labels: OURS, annotations }, spec } };
  return { actions: [...strays, write], verdict: scheduled(template) };
}

function scheduled({ spec: { schedule, timeZone } }: CronJob): Verdict {
  return { status: 'True', reason: 'Scheduled', message: `snapshots are taken at '${schedule}'${timeZone ? `, ${timeZone}` : ''}` };
}

/** What the policy does not allow, or not for the claims of one Storage. */
function unusableFor({ metadata: { namespace } }: Storage, { group, namespaces }: Readonly<Record<string, unknown>>): string | undefined {
  if (group) {
    return 'takes snapshots of claims as a group, and a Storage has one claim: leave group out of it';
  }
  return Array.isArray(namespaces) && !namespaces.includes(namespace) ? `is not for namespace ${namespace}: that is said by its allNamespaces or namespaces` : undefined;
}

function scopeOf({ metadata: { namespace, name } }: Storage): object {
  return { namespaces: [namespace], claims: { labels: OURS, names: [{ namespace, name }] } };
}

/** The template, with a configuration of its own: the pod reads it from an annotation of itself, so that no ConfigMap is needed for each Storage. */
function derive({ spec }: CronJob, name: string, config: object): CronJobSpec {
  const { template } = spec.jobTemplate.spec;
  const { name: configMap } = template.spec.volumes!.find(volume => volume.name === POLICY_VOLUME)!.configMap!;
  const policy = {
    name: POLICY_VOLUME,
    projected: {
      sources: [
        { configMap: { name: configMap, items: [{ key: PROGRAM_FILE, path: PROGRAM_FILE }] } },
        { downwardAPI: { items: [{ path: CONFIG_FILE, fieldRef: { fieldPath: `metadata.annotations['${ANNOTATION.policy}']` } }] } },
      ],
    },
  };
  const pod = {
    ...template,
    metadata: {
      ...template.metadata,
      labels: { ...template.metadata?.labels, 'app.kubernetes.io/instance': name },
      annotations: { ...template.metadata?.annotations, [ANNOTATION.policy]: JSON.stringify(config) },
    },
    spec: { ...template.spec, volumes: template.spec.volumes?.map(volume => (volume.name === POLICY_VOLUME ? policy : volume)) },
  };
  return { ...spec, suspend: false, jobTemplate: { ...spec.jobTemplate, spec: { ...spec.jobTemplate.spec, template: pod } } };
}
