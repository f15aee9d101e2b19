import { ApiObject } from 'cdk8s';

/** Where the pod template of a kind of workload is, and where it is in all others, such as a Deployment. */
const POD_SPEC = new Map([
  ['Pod', ['spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]);
const TEMPLATE_SPEC = ['spec', 'template', 'spec'];

/** Kinds that have pods, of Kubernetes itself. */
const WORKLOADS = new Set(['Pod', 'PodTemplate', 'ReplicationController', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);

/** Whether an object is a workload of Kubernetes, as opposed to one of an operator. */
export function isWorkload(object: ApiObject): boolean {
  return WORKLOADS.has(object.kind) && /^(v1|apps\/v1|batch\/v1)$/.test(object.apiVersion);
}

/** The spec of the pods of a workload, as it is rendered. */
export function podSpec(kind: string, json: any): any {
  const path = kind === 'PodTemplate' ? ['template', 'spec'] : POD_SPEC.get(kind) ?? TEMPLATE_SPEC;
  return path.reduce((value, key) => value?.[key], json) ?? {};
}

/** The user may have written anything there. */
const listed = (value: unknown): any[] => (Array.isArray(value) ? value.filter(Boolean) : []);

/** Containers, and those that run before them. */
export function containersOf(spec: any): any[] {
  return [...listed(spec.containers), ...listed(spec.initContainers)];
}

/** A volume as it is written: in a pod, or the spec of a PersistentVolume. */
export interface WrittenVolume {
  readonly name: string;
  readonly source: Readonly<Record<string, any>>;
}

/** The volumes of a pod. */
export function volumesOf(spec: any): any[] {
  return listed(spec.volumes);
}

/** A workload, for messages. */
export function nameOf(workload: ApiObject): string {
  return `${workload.kind} ${workload.name}`;
}
