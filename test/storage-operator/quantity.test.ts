import * as fc from 'fast-check';
import { compare, parse } from '../../examples/storage-operator/controller/quantity';

test.each([
  ['1', '1000m', 0], ['1Ki', '1024', 0], ['1k', '1000', 0], ['1Gi', '1024Mi', 0], ['1G', '1Gi', -1], ['1.5Gi', '1536Mi', 0], ['.5Gi', '512Mi', 0], ['5.', '5', 0],
  ['1e3', '1k', 0], ['1E3', '1000', 0], ['1E', '1e18', 0], ['12e6', '12M', 0], ['-1', '0', -1], ['+1', '1', 0], ['1n', '0', 1], ['1e-10', '1n', 0],
  ['9007199254740993', '9007199254740992', 1], ['8Ei', '9223372036854775808', 0], ['1e1000', '9223372036854775807', 0], ['1e18', '1e1000', -1], ['1e-1000', '1n', 0], ['0e1000', '0', 0], ['-1e1000', '0', -1], ['0.1', '100m', 0],
])('%s compared with %s is %i', (a, b, expected) => {
  expect(compare(a, b)).toBe(expected);
  expect(compare(b, a)).toBe(expected === 0 ? 0 : -expected);
});

test.each(['', '.', '1KI', 'Gi', '1 Gi', '1Gi ', '0x10', '1e', '1.2.3', 'NaN', '--1', '1ki'])("'%s' is no quantity", text => {
  expect(() => parse(text)).toThrow(`'${text}' is no quantity`);
});

test('the same number compares as equal, in whatever way it is written', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n }), (a, b) => {
    const order = a < b ? -1 : a > b ? 1 : 0;
    expect(compare(`${a}Mi`, `${b * 1024n}Ki`)).toBe(order);
    expect(compare(`${a}k`, `${b}e3`)).toBe(order);
    expect(compare(`${a}`, `${b * 1000n}m`)).toBe(order);
  }));
});
