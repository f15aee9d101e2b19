import { read } from './markdown';
import { expressibleTable, PROPERTIES } from '../../src/snapshot/backup/expressible';

test('the table of docs/backup.md is the one by which policies are checked', () => {
  expect(read('docs/backup.md')).toContain(expressibleTable());
});

test('what an engine cannot do comes with what to write instead', () => {
  for (const { property, VolSync, Velero } of PROPERTIES) {
    [VolSync, Velero].forEach(answer => expect([property, 'by' in answer ? answer.by : answer.why && answer.instead]).toEqual([property, expect.stringMatching(/\S/)]));
  }
});
