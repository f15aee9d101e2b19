import { GROUP } from './names';

/** Where the API server has a kind. */
export interface Resource {
  readonly api: string;
  readonly plural: string;
}

export const RESOURCES = {
  storages: { api: `/apis/${GROUP}/v1`, plural: 'storages' },
  claims: { api: '/api/v1', plural: 'persistentvolumeclaims' },
  configMaps: { api: '/api/v1', plural: 'configmaps' },
  classes: { api: '/apis/storage.k8s.io/v1', plural: 'storageclasses' },
  snapshots: { api: '/apis/snapshot.storage.k8s.io/v1', plural: 'volumesnapshots' },
  cronJobs: { api: '/apis/batch/v1', plural: 'cronjobs' },
  leases: { api: '/apis/coordination.k8s.io/v1', plural: 'leases' },
  events: { api: '/apis/events.k8s.io/v1', plural: 'events' },
} as const satisfies Readonly<Record<string, Resource>>;
