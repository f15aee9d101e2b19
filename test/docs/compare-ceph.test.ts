import { column, sorted, tablesOf, total } from './compare';
import { read } from './markdown';
import { Kind, ours, ROLES } from '../../tools/compare-ceph';
import { clusterVerbs, count } from '../../tools/compare-nfs';

// The numbers of docs/compare/ceph.md that are ours are counted; those of the charts add up.

const TABLES = tablesOf(read('docs/compare/ceph.md'));
const [RBD, CEPHFS] = TABLES.filter(([first]) => first[0] === 'resource').map(rows => rows.slice(2));
const KINDS: [Kind, string[][]][] = [['rbd', RBD], ['cephfs', CEPHFS]];

test.each(KINDS)('the columns of %s are what is synthesized (`npx tsx tools/compare-ceph.ts` prints them)', (kind, rows) => {
  ROLES(kind).forEach((role, index) => expect(sorted(column(rows, 2 + index))).toEqual(sorted(clusterVerbs(ours(kind), role))));
});

test.each(KINDS)('the sums of the table of %s are right', (_, rows) => {
  [0, 1, 2, 3].forEach(index => expect(total(rows, index)).toBe(`**${count(column(rows, index))}**`));
});

test('the summary has the same numbers', () => {
  const summary = TABLES.find(([first]) => first[0] === 'install')!.slice(2);
  const sums = KINDS.map(([, rows]) => [0, 2].map(index => count(column(rows, index)) + count(column(rows, index + 1))));
  expect(summary).toEqual(['RBD', 'CephFS'].map((name, index) => [name, `${sums[index][0]}`, `${sums[index][1]}`, `${Math.round(100 * sums[index][1] / sums[index][0])} %`]));
  expect(sums[0][1]).toBeLessThan(sums[0][0] / 2);
});

test('every difference is better, equal or worse, and what is worse is accepted for a reason', () => {
  const verdicts = TABLES.filter(([head]) => head[head.length - 1] === '').flatMap(rows => rows.slice(2)).map(row => row[row.length - 1]);
  expect(verdicts.length).toBeGreaterThan(30);
  expect(verdicts.filter(verdict => !/\*\*(better|equal|worse)\*\*/.test(verdict))).toEqual([]);
  expect(verdicts.filter(verdict => /\*\*worse\*\*/.test(verdict) && verdict.length < 40)).toEqual([]);
});
