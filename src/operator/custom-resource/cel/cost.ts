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
export const REQUEST_BYTES = 3 * 1024 * 1024;
/** A character has up to four bytes. */
const BYTES = 4;
/** What is looked at byte for byte costs a tenth of a step for each. */
const PER_BYTE = 0.1;
const PER_BYTE_OF_PATTERN = 0.25;

/** Functions that look at every place in the first for the second. */
const SEARCHES = new Set(['contains', 'indexOf', 'lastIndexOf', 'replace', 'split']);
/** Functions that look at as much of the first as the second is long. */
const ENDS = new Set(['startsWith', 'endsWith']);
/** Comparisons, which end where the shorter one ends. */
const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);
/** What costs the same for whatever it is given. */
const FLAT = new Set([
  '!_', '-_', '-', '*', '/', '%', '&&', '||', 'string', 'int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'charAt', 'format', 'isURL', 'slice', 'value', 'first', 'last',
]);
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
const ELEMENTS = new Set(['isSorted', 'sum', 'min', 'max', 'indexOf', 'lastIndexOf', 'join', 'flatten']);

/** Since when the API server looks at the values of an enum, and at the length of what may be a number or a text. */
const ENUMS_SINCE = 29;
const INT_OR_STRING_SINCE = 34;

/** How many bytes a text has at most, or how many elements a list or a map. @param minor of Kubernetes: older ones do not look at every limit */
export function sizeOf(schema: Schema, minor: number): number {
  const limit = schema['x-kubernetes-int-or-string'] && minor < INT_OR_STRING_SINCE ? undefined : schema.maxLength;
  const values = minor < ENUMS_SINCE ? undefined : schema.enum;
  return schema['x-kubernetes-int-or-string'] || schema.type === 'string'
    ? (limit !== undefined ? limit * BYTES : values ? Math.max(...values.map(value => Buffer.byteLength(`${value}`))) : schema.format ? 64 : REQUEST_BYTES)
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
  if (COMPARISONS.has(name)) {
    return 1 + Math.min(first, second) * PER_BYTE;
  }
  if (FLAT.has(name)) {
    return 1;
  }
  if (ENDS.has(name)) {
    return 1 + second * PER_BYTE;
  }
  if (name === 'in') {
    return 1 + second;
  }
  const read = 1 + sizes.reduce((sum, size) => sum + size * PER_BYTE, 0);
  return read
    + (SEARCHES.has(name) ? first * PER_BYTE * second * PER_BYTE : 0)
    + (PATTERNS.has(name) ? (1 + first * PER_BYTE) * second * PER_BYTE_OF_PATTERN : 0)
    + (LISTS[name]?.(first, second) ?? 0)
    + (ELEMENTS.has(name) ? Math.max(first, second) * (element > 0 ? 1 + element * PER_BYTE : 0) : 0);
}

/** A number as it is read: 12,500,000. */
export const count = (value: number) => (value > 1e15 ? 'more than can be counted' : Math.ceil(value).toLocaleString('en-US'));
