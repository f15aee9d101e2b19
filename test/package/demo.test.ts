import { execFileSync } from 'child_process';
import { join } from 'path';

test('npm run demo prints what it wrote, where, how long it took, and how to apply it', () => {
  const printed = execFileSync('npx', ['tsx', '--tsconfig', 'test/tsconfig.json', 'tools/demo.ts'], { cwd: join(__dirname, '..', '..'), encoding: 'utf8' });
  expect(printed.replace(/[\d.]+ s$/m, 'N s')).toBe([
    'file          objects  findings',
    'nfs.k8s.yaml       15         0',
    'web.k8s.yaml        4         0',
    '',
    'dist/quickstart: 19 objects, 0 errors, 0 warnings, in N s',
    'Apply it: kubectl apply -f dist/quickstart',
    '',
  ].join('\n'));
});
