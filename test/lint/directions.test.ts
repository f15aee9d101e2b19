import { join } from 'path';
import { ESLint } from 'eslint';

const ROOT = join(__dirname, '..', '..');

/** What eslint would say of a file with this import in it. */
async function lint(file: string, imported: string): Promise<string[]> {
  process.env.ESLINT_USE_FLAT_CONFIG = 'false';
  // eslint 9 keeps the class for .eslintrc files apart
  const { LegacyESLint } = jest.requireActual('eslint/use-at-your-own-risk') as { LegacyESLint: typeof ESLint };
  const text = `import * as probe from '${imported}';\n\nexport const value = probe;\n`;
  const [result] = await new LegacyESLint({ cwd: ROOT }).lintText(text, { filePath: join(ROOT, file) });
  return result.messages.map(message => `${message.ruleId}`);
}

const DIRECTIONS = ['import/no-restricted-paths', 'no-restricted-imports'];

test.each([
  ['src/findings/index.ts', '../platform/platform'],
  ['src/manifest/index.ts', '../csi/rbac'],
  ['src/csi/index.ts', '../volume/modes'],
  ['src/volume/index.ts', '../snapshot/rules'],
  ['src/snapshot/index.ts', '../nfs/rules'],
  ['examples/quickstart/main.ts', '../../src'],
])('%s may not import %s', async (file, imported) => {
  expect(await lint(file, imported)).toEqual(expect.arrayContaining([expect.stringMatching(DIRECTIONS.join('|'))]));
}, 60_000);

test.each([
  ['src/nfs/index.ts', '../volume/modes'],
  ['src/volume/index.ts', '../csi/rbac'],
  ['src/platform/index.ts', '../findings/report'],
])('%s may import %s', async (file, imported) => {
  expect((await lint(file, imported)).filter(rule => DIRECTIONS.includes(rule))).toEqual([]);
}, 60_000);
