import { Schema } from '../schema/schema';

/** What the API server allows one expression, and all of a schema. */
export const MOST_PER_RULE = 10_000_000;
export const MOST_PER_SCHEMA = 100_000_000;

/** What a name or a field costs; a list and a map that are made; and, beside its body, each round of a macro. */
export const SELECTED = 1;
export const LIST = 10;
export const MAP = 30;
export const LOOP = 14;

/** The most that fits into one request. */
const REQUEST_BYTES = 3 * 1024 * 1024;
/** A character has up to four bytes. */
const BYTES = 4;
/** What is looked at byte for byte costs a tenth of a step for each. */
const PER_BYTE = 0.1;
const PER_BYTE_OF_PATTERN = 0.25;

/** Functions that look at every place in the first for the second. */
const SEARCHES = new Set(['contains', 'indexOf', 'lastIndexOf', 'replace', 'split', 'startsWith', 'endsWith']);
const PATTERNS = new Set(['matches', 'find', 'findAll']);
/** Both ways, and what each step takes besides. */
const TWICE = 2.2;
/** Functions that take each element, or hold each against each: of one list, of two, and of two in both ways. */
const LISTS: Readonly<Record<string, (first: number, second: number) => number>> = {
  'distinct': first => TWICE * first * first,
  'sort': first => TWICE * first * first,
  'sortBy': first => TWICE * first * first,
  'reverse': first => first,
  'sets.contains': (first, second) => first * second,
  'sets.intersects': (first, second) => first * second,
  'sets.equivalent': (first, second) => TWICE * first * second,
};
/** Functions that look at each element. */
const ELEMENTS = new Set(['in', 'isSorted', 'sum', 'min', 'max', 'indexOf', 'lastIndexOf', 'join', 'flatten']);

/** How many bytes a text has at most, or how many elements a list or a map. */
export function sizeOf(schema: Schema): number {
  return schema['x-kubernetes-int-or-string'] || schema.type === 'string'
    ? (schema.maxLength !== undefined ? schema.maxLength * BYTES : schema.enum ? Math.max(...schema.enum.map(value => Buffer.byteLength(`${value}`))) : schema.format ? 64 : REQUEST_BYTES)
    : schema.type === 'array' ? schema.maxItems ?? REQUEST_BYTES : schema.additionalProperties ? schema.maxProperties ?? REQUEST_BYTES : 1;
}

/**
 * What an operator or a function costs at most.
 *
 * @param sizes of what it is given, the receiver first
 * @param element how large an element of the first is
 */
export function stepsOf(name: string, sizes: readonly number[], element: number): number {
  const [first = 0, second = 0] = sizes;
  if (name === '==' || name === '!=') {
    return 1 + Math.min(first, second) * PER_BYTE;
  }
  const read = 1 + sizes.reduce((sum, size) => sum + size * PER_BYTE, 0);
  return read
    + (SEARCHES.has(name) ? first * PER_BYTE * second * PER_BYTE : 0)
    + (PATTERNS.has(name) ? (1 + first * PER_BYTE) * second * PER_BYTE_OF_PATTERN : 0)
    + (LISTS[name]?.(first, second) ?? 0)
    + (ELEMENTS.has(name) ? Math.max(first, second) * (element > 0 || name === 'in' ? 1 + element * PER_BYTE : 0) : 0);
}

/** A number as it is read: 12,500,000. */
export const count = (value: number) => (value > 1e15 ? 'more than can be counted' : Math.ceil(value).toLocaleString('en-US'));
