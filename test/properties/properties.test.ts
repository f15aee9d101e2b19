import * as fc from 'fast-check';
import { isCoded, outcome, randomApp } from './arbitraries';

// What renders is held against a real API server by test/api/properties.test.ts.

test('whatever is typed renders, or ends in a finding that says where, why and what instead', () => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let rendered = 0;
  fc.assert(fc.property(randomApp(), plan => {
    const { objects, error } = outcome(plan);
    rendered += objects ? 1 : 0;
    return error === undefined || isCoded(error) || (() => { throw error; })();
  }), { numRuns: 4000, seed: 20261123 });
  stderr.mockRestore();
  expect(rendered).toBeGreaterThan(100); // the samples are not all nonsense
});
