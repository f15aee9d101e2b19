/** A node of an OpenAPI schema as a definition has it. */
export interface Schema {
  readonly 'description'?: string;
  readonly 'type'?: string;
  readonly 'format'?: string;
  readonly 'pattern'?: string;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'minProperties'?: number;
  readonly 'maxProperties'?: number;
  readonly 'enum'?: readonly unknown[];
  readonly 'default'?: unknown;
  readonly 'nullable'?: boolean;
  readonly 'required'?: readonly string[];
  readonly 'properties'?: Readonly<Record<string, Schema>>;
  readonly 'items'?: Schema;
  readonly 'additionalProperties'?: Schema;
  readonly 'anyOf'?: readonly Schema[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-validations'?: readonly Validation[];
}

/** A rule in CEL as a definition has it. */
export interface Validation {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** A node, and where it is. */
export interface Place {
  readonly schema: Schema;
  /** As in a manifest: `.spec.disks[].size`; empty at the root. */
  readonly path: string;
  /** The lists and maps that it is in, outermost first. */
  readonly within: readonly Place[];
  /** What it is in where an update cannot tell which value was which: there is no `oldSelf`. */
  readonly uncorrelated?: string;
}

/** A place as messages name it. */
export const shownPath = (path: string) => (path === '' ? 'the object' : path);

/** A member by a name that may be anything, such as `constructor`. */
export function fieldOf(schema: Schema, name: string): Schema | undefined {
  return schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
}

/** Calls `visit` for a node and all below it, in the order in which they are written. */
export function walk(place: Place, visit: (place: Place) => void): void {
  const { schema, path, within, uncorrelated } = place;
  visit(place);
  const below = (child: Schema | undefined, more: string, correlated: boolean, container: boolean) => child && walk({
    schema: child,
    path: `${path}${more}`,
    within: container ? [...within, place] : within,
    uncorrelated: uncorrelated ?? (correlated ? undefined : shownPath(path)),
  }, visit);
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    below(child, `.${name}`, true, false);
  }
  below(schema.items, '[]', schema['x-kubernetes-list-type'] === 'map', true);
  below(schema.additionalProperties, '.*', true, true);
}
