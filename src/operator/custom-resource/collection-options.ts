import { FieldOptions } from './field-options';

/** What an object takes. */
export interface ObjectFieldOptions extends FieldOptions {
  /**
   * The fields that have to be there. One with a default is there always, so it need not be named.
   *
   * @default - none
   */
  readonly required?: string[];

  /**
   * Whether fields that are not listed are kept, instead of being dropped without a word. Nothing checks them, and CEL does not see them.
   *
   * @default false
   */
  readonly preserveUnknownFields?: boolean;

  /**
   * Whether two who apply the object own it as a whole, not field by field (`x-kubernetes-map-type: atomic`).
   *
   * @default false
   */
  readonly atomic?: boolean;

  /**
   * What the API server writes where the field is left out, such as `{}`: then the defaults of its own fields are written too.
   *
   * @default - nothing
   */
  readonly defaultValue?: any;
}

/** Who owns the items of a list, where two apply it. @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy */
export enum ListType {
  /** Whoever applied it last owns the whole list. */
  ATOMIC = 'atomic',
  /** Each value is there once, and is owned by itself. */
  SET = 'set',
  /** Each object is found by its keys, and owned by itself. */
  MAP = 'map',
}

/** What a list takes. */
export interface ListFieldOptions extends FieldOptions {
  /**
   * Who owns the items.
   *
   * @default - atomic, said by nothing
   */
  readonly listType?: ListType;

  /**
   * For `ListType.MAP`, the fields that no two items may have alike. Each is required or has a default.
   *
   * @default - none
   */
  readonly mapKeys?: string[];

  /**
   * The fewest items.
   *
   * @default 0
   */
  readonly minItems?: number;

  /**
   * The most items. A list that a rule in CEL reads, or that is above one, needs it.
   *
   * @default - no limit but that of a request, 3 MiB
   */
  readonly maxItems?: number;

  /**
   * What the API server writes where the field is left out.
   *
   * @default - nothing
   */
  readonly defaultValue?: any;
}

/** What a map takes. */
export interface MapFieldOptions extends FieldOptions {
  /**
   * The fewest entries.
   *
   * @default 0
   */
  readonly minProperties?: number;

  /**
   * The most entries. A map that a rule in CEL reads, or that is above one, needs it.
   *
   * @default - no limit but that of a request, 3 MiB
   */
  readonly maxProperties?: number;

  /**
   * What the API server writes where the field is left out.
   *
   * @default - nothing
   */
  readonly defaultValue?: any;
}

/** What a field of any content takes. CEL does not see such a field, so it takes no rules. */
export interface AnyFieldOptions {
  /**
   * What the field means, and why its content is not described; `kubectl explain` prints it.
   *
   * @default - none
   */
  readonly description?: string;
}

/** What a list of conditions takes. */
export interface ConditionsFieldOptions {
  /**
   * What the field means.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The most conditions.
   *
   * @default 32
   */
  readonly maxItems?: number;
}
