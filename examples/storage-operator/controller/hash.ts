import { createHash } from 'crypto';

/** The first of the hexadecimal digits of SHA-256. */
export function hash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
