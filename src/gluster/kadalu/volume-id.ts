import { createHash } from 'crypto';

/** Ours, once for all: another one would make strangers of all bricks. */
const NAMESPACE = Buffer.from('7c3f2a9e5b1d4e869c402f6d8a1b3e57', 'hex');

/** The UUID of a pool, by its name: version 5, so that a cluster that is built anew knows its bricks. @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
export function volumeIdOf(namespace: string, pool: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(`${namespace}/${pool}`).digest().subarray(0, 16);
  bytes[6] = bytes[6] % 16 + 0x50; // the version
  bytes[8] = bytes[8] % 64 + 0x80; // the variant
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
