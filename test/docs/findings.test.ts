import { readFileSync } from 'fs';
import { join } from 'path';
import { findingsDoc } from '../../tools/findings-doc';

test('docs/findings.md is what `npm run findings-doc` writes', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'findings.md'), 'utf8')).toBe(findingsDoc());
});
