import { createHash } from 'crypto';

/** What an annotation of a pod changes by, and with it the pod, when what it reads at its start is another. */
export function contentHash(data: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}
