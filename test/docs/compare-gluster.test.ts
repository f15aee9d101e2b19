import { column, sorted, tablesOf, total } from './compare';
import { read } from './markdown';
import { ours, ownVerbs, ROLES } from '../../tools/compare-gluster';
import { clusterVerbs, count } from '../../tools/compare-nfs';

// The numbers of docs/compare/gluster.md that are ours are counted; those of Kadalu's manifests add up.

const TABLES = tablesOf(read('docs/compare/gluster.md'));
const [WIDE, OWN] = TABLES.filter(([first]) => first[0] === 'resource').map(rows => rows.slice(2));

test('the columns are what is synthesized (`npx tsx tools/compare-gluster.ts` prints them)', () => {
  ROLES.forEach((role, index) => expect(sorted(column(WIDE, 3 + index))).toEqual(sorted(clusterVerbs(ours(), role))));
  expect(sorted(column(OWN, 1))).toEqual(sorted(ownVerbs(ours())));
});

test('the sums are right', () => {
  [0, 1, 2, 3, 4].forEach(index => expect(total(WIDE, index)).toBe(`**${count(column(WIDE, index))}**`));
  [0, 1].forEach(index => expect(total(OWN, index)).toBe(`**${count(column(OWN, index))}**`));
});

test('the summary has the same numbers', () => {
  const [summary] = TABLES.filter(([first]) => first[0] === 'grants').map(rows => rows.slice(2));
  const theirs = [0, 1, 2].reduce((sum, index) => sum + count(column(WIDE, index)), 0);
  const mine = [3, 4].reduce((sum, index) => sum + count(column(WIDE, index)), 0);
  expect(summary).toEqual([['in the whole cluster', `${theirs}`, `${mine}`], ['in the namespace', `${count(column(OWN, 0))}`, `${count(column(OWN, 1))}`]]);
});

test('every difference is better, equal or worse, and what is worse is accepted for a reason', () => {
  const verdicts = TABLES.filter(([head]) => head[head.length - 1] === '').flatMap(rows => rows.slice(2)).map(row => row[row.length - 1]);
  expect(verdicts.length).toBeGreaterThan(20);
  expect(verdicts.filter(verdict => !/\*\*(better|equal|worse)\*\*/.test(verdict))).toEqual([]);
  expect(verdicts.filter(verdict => /\*\*worse\*\*/.test(verdict) && verdict.length < 40)).toEqual([]);
});
