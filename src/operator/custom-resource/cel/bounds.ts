import { Touch } from './reading';
import { StringFormat } from '../field-options';
import { Schema } from '../schema/schema';

/** Formats of which the API server knows how long they are at most. */
const BOUNDED = new Set<string | undefined>([StringFormat.DATE, StringFormat.DATE_TIME, StringFormat.DURATION]);

/** What has no limit, and which one it needs. */
export interface Unbounded {
  readonly path: string;
  readonly limit: string;
}

/** The limit that a node lacks. */
export function lackOf(schema: Schema): string | undefined {
  return schema['x-kubernetes-int-or-string'] ? (schema.maxLength === undefined ? 'maxLength' : undefined)
    : schema.type === 'string' ? (schema.maxLength === undefined && schema.enum === undefined && !BOUNDED.has(schema.format) ? 'maxLength' : undefined)
      : schema.type === 'array' ? (schema.maxItems === undefined ? 'maxItems' : undefined)
        : schema.additionalProperties ? (schema.maxProperties === undefined ? 'maxProperties' : undefined) : undefined;
}

/** The first thing without a limit in what a rule looks at. */
export function unboundedIn({ schema, path, whole }: Touch): Unbounded | undefined {
  // `size` of a text, or its type, takes as long for every text.
  const limit = !whole && (schema.type === 'string' || schema['x-kubernetes-int-or-string']) ? undefined : lackOf(schema);
  if (limit !== undefined) {
    return { path, limit };
  }
  const below = whole ? [
    ...Object.entries(schema.properties ?? {}).map(([name, child]) => [child, `${path}.${name}`] as const),
    ...(schema.items ? [[schema.items, `${path}[]`] as const] : []),
    ...(schema.additionalProperties ? [[schema.additionalProperties, `${path}.*`] as const] : []),
  ] : [];
  for (const [child, place] of below) {
    const found = unboundedIn({ schema: child, path: place, whole });
    if (found) {
      return found;
    }
  }
  return undefined;
}
