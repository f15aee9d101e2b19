import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/**
 * The definitions of projects whose licence, or size, keeps them out of this repository. They lie beside it where we work; where they do not, tests of what
 * needs them are left out, and say so.
 */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'crds', 'test-only');

/** Definitions by the name of their file; nothing where they are not there. */
export function testOnlyCrds(file: string): object[] | undefined {
  const path = join(FOLDER, file);
  if (!existsSync(path)) {
    process.stderr.write(`\n*** LEFT OUT: ${path} is not there, so nothing is validated against it ***\n\n`);
    return undefined;
  }
  const content = JSON.parse(readFileSync(path, 'utf8'));
  return content.items ?? [content].flat();
}
