import { Schema } from '../schema/schema';

/** What an expression stands for: a part of the object, or (without a schema) something that was made of it. */
export interface Value {
  readonly schema?: Schema;
  /** As the rule would write it: `self.spec.size`. */
  readonly path?: string;
  /** Its elements, where they are known, of what was made of a list. */
  readonly elements?: Value;
  /** How many bytes or elements it has at most, where it was made. */
  readonly size?: number;
  /** Whether it may be missing, and says so: `self.?a`. What is read below it may be missing too. */
  readonly optional?: boolean;
}

/** A part of the object that a rule looks at. */
export interface Touch {
  readonly schema: Schema;
  readonly path: string;
  /** Whether all of it is looked at, not only how many there are. */
  readonly whole: boolean;
}

export interface Since { readonly since: number; readonly what: string }

/** What was read out of an expression. */
export interface Reading {
  readonly touches: readonly Touch[];
  /** What it names that is not there, and what was probably meant. */
  readonly problems: readonly { readonly problem: string; readonly nearest?: string }[];
  /** Fields that are read although an object may lack them, and nothing asks whether it does. */
  readonly bare: readonly string[];
  readonly usesOldSelf: boolean;
  /** How it takes oldSelf, where that is plain: as an optional, or as the value. */
  readonly oldSelfAs?: 'optional' | 'value';
  /** What it makes, where that is plain. */
  readonly makes?: string;
  readonly needs: readonly Since[];
  /** What it costs at most, in the API server's units. */
  readonly cost: number;
}

/** Whether CEL sees a node at all: not what has no type, nor lists and maps of it. */
export function isSeen(schema: Schema): boolean {
  return schema['x-kubernetes-int-or-string'] === true
    || (schema.type !== undefined && (schema.items === undefined || isSeen(schema.items)) && (schema.additionalProperties === undefined || isSeen(schema.additionalProperties)));
}
