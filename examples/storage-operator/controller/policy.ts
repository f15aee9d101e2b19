import { ApiError } from './client';
import { hash } from './hash';
import type { CronJob, KubernetesObject } from './kubernetes';
import { CONFIG_FILE, CONTENT_HASH, PROGRAM_FILE } from './names';
import { no } from './status';
import type { Runner } from './types';

export interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** What the ConfigMap of a SnapshotPolicy tells the runner. */
export function runnerOf({ spec }: CronJob, { metadata: { namespace, name }, data = {} }: ConfigMap): Runner {
  const where = `ConfigMap ${namespace}/${name}`;
  const wanted = spec.jobTemplate.spec.template.metadata?.annotations?.[CONTENT_HASH];
  // In the order that SnapshotPolicy writes them in; the API server sorts them.
  const found = hash(JSON.stringify({ [PROGRAM_FILE]: data[PROGRAM_FILE], [CONFIG_FILE]: data[CONFIG_FILE] }), 64);
  if (wanted !== undefined && wanted !== found) {
    return { problem: no('PolicyNotRead', `${where} is of another version than the CronJob of that name: either is still to be applied`) };
  }
  const config = parsed(data[CONFIG_FILE]);
  return config ? { config } : { problem: no('PolicyNotFound', `${where} has no ${CONFIG_FILE} that can be read`) };
}

/** Why the ConfigMap is not known. */
export function unreadable(where: string, error: Error): Runner {
  switch (error instanceof ApiError ? error.code : undefined) {
    case 403:
      return { problem: no('PolicyNotFound', `the operator may not read ConfigMap ${where}: name the policy in operator.ts`) };
    case 404:
      return { problem: no('PolicyNotFound', `there is no ConfigMap ${where}`) };
    default:
      return { problem: no('PolicyNotRead', `ConfigMap ${where} cannot be read: ${error.message}`) };
  }
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text ?? '') as unknown;
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
