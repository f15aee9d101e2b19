/** What fields are made of. */
export type FieldKind = 'string' | 'integer' | 'number' | 'boolean' | 'intOrString' | 'object' | 'list' | 'map' | 'any';

/** What a SchemaField was told; it is looked at, and rendered, when a CustomResource takes it. */
export interface FieldModel {
  readonly kind: FieldKind;
  readonly options: Readonly<Record<string, unknown>>;
  /** Of an object: its fields, by name. From JavaScript it may be anything. */
  readonly fields?: unknown;
  /** Of a list or a map: what is in it. */
  readonly element?: unknown;
}

const MODELS = new WeakMap<object, FieldModel>();

export function describe(field: object, model: FieldModel): void {
  MODELS.set(field, model);
}

/** What a field was told; undefined where it is no SchemaField. */
export function modelOf(field: unknown): FieldModel | undefined {
  return typeof field === 'object' && field !== null ? MODELS.get(field) : undefined;
}
