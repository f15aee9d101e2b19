import * as fc from 'fast-check';
import { isCoded, outcome, randomApp } from './arbitraries';
import { everything } from '../manifest/everything';
import { objects as objectsOf } from '../support';

// What renders is held against a real API server by test/api/properties.test.ts.

const SAMPLES = 4000;

test('whatever is typed renders, or ends in a finding that says where, why and what instead', () => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let rendered = 0;
  const kinds = new Set<string>();
  fc.assert(fc.property(randomApp(), plan => {
    const { objects, error } = outcome(plan);
    rendered += objects ? 1 : 0;
    objects?.forEach(({ kind }) => kinds.add(kind));
    return error === undefined || isCoded(error) || (() => { throw error; })();
  }), { numRuns: SAMPLES, seed: 20261123 });
  stderr.mockRestore();
  // The samples are neither all nonsense nor all harmless, and leave out no kind of object.
  expect(rendered).toBeGreaterThan(0.45 * SAMPLES);
  expect(rendered).toBeLessThan(0.75 * SAMPLES);
  expect([...new Set(objectsOf(everything()).map(({ kind }) => kind as string))].filter(kind => !kinds.has(kind))).toEqual([]);
});
