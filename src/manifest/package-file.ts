import { existsSync } from 'fs';
import { dirname, join } from 'path';

/** The path of a file of this package, from its root; the code lies in src/, or in lib/src/ once it is compiled. */
export function packageFile(...path: string[]): string {
  let root = __dirname;
  while (!existsSync(join(root, 'package.json'))) {
    root = dirname(root);
  }
  return join(root, ...path);
}
