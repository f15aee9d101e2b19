import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { builtinModules } from 'module';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '../..');
const FILE = 'imports/runtime/snapshot-runner.js';
const bundle = readFileSync(join(ROOT, FILE), 'utf8');

test('the bundle is what bundling gives now: npx projen import', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-bundle-'));
  const steps: { readonly exec: string }[] = JSON.parse(readFileSync(join(ROOT, '.projen/tasks.json'), 'utf8')).tasks.import.steps;
  const [command, ...args] = steps.find(({ exec }) => exec.includes(FILE))!.exec.split(' ');
  execFileSync(join(ROOT, 'node_modules/.bin', command), args.map(arg => arg.replace(FILE, join(directory, 'bundle.js'))), { cwd: ROOT });
  expect(readFileSync(join(directory, 'bundle.js'), 'utf8')).toBe(bundle);
  rmSync(directory, { recursive: true });
});

test('the bundle needs nothing but Node, says nothing of the machine that made it, and is small enough to read', () => {
  const required = [...bundle.matchAll(/\b(?:require|import)\(([^)]*)\)/g)].map(([, module]) => JSON.parse(module).replace('node:', ''));
  expect(required.filter(module => !builtinModules.includes(module))).toEqual([]);
  expect(bundle).not.toContain(ROOT);
  expect(Buffer.byteLength(bundle)).toBeLessThan(60_000);
});
