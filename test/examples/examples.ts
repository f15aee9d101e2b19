import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

export const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** Every app in examples/: a folder with a main.ts, or with folders of such. */
export function apps(below = ''): string[] {
  if (existsSync(join(EXAMPLES, below, 'main.ts'))) {
    return [below];
  }
  return readdirSync(join(EXAMPLES, below), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(entry => apps(join(below, entry.name)))
    .sort();
}

/** Runs an app as its user would, and returns the files that it writes. */
export function synthesize(app: string): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-storage-'));
  process.env.CDK8S_OUTDIR = outdir;
  try {
    jest.isolateModules(() => jest.requireActual(join(EXAMPLES, app, 'main.ts')));
    return Object.fromEntries(readdirSync(outdir).sort().map(file => [file, readFileSync(join(outdir, file), 'utf8')]));
  } finally {
    delete process.env.CDK8S_OUTDIR;
    rmSync(outdir, { recursive: true });
  }
}
