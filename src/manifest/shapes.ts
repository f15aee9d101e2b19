import { IConstruct } from 'constructs';
import { similar } from './similar';
import { shown } from './validate';
import { fail } from '../findings/report';
import { Rule } from '../findings/rule';

/** What a value has to be. From JavaScript it may be anything, and without this check would end in a TypeError or in YAML. */
export interface Shape {
  readonly expected: string;
  /**
   * What to write instead.
   *
   * @default - what is expected, or nothing
   */
  readonly example?: string;
  readonly fits: (value: any) => boolean;
  /**
   * What lies below a key of it.
   *
   * @default - anything
   */
  readonly below?: (key: string) => Shape | undefined;
  /** Whether what lies below it may be missing. */
  readonly sparse?: boolean;
}

/** A member by a name that may be anything, such as `constructor`. */
export const own = (members: Record<string, Shape>, key: string) => (Object.hasOwn(members, key) ? members[key] : undefined);
const isObject = (value: any) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const TEXT: Shape = { expected: 'a text', fits: value => typeof value === 'string' };
export const FLAG: Shape = { expected: 'true or false', fits: value => typeof value === 'boolean' };
export const NUMBER: Shape = { expected: 'a number', fits: value => typeof value === 'number' };
export const SIZE: Shape = { expected: 'a Size, such as Size.mebibytes(256)', fits: value => typeof value?.asString === 'function' };
export const DURATION: Shape = { expected: 'a Duration, such as Duration.minutes(1)', fits: value => typeof value?.toSeconds === 'function' };
export const RAW: Shape = { expected: 'an object as in a manifest', fits: isObject };

export const listOf = (shape: Shape): Shape => ({ expected: 'a list', fits: Array.isArray, below: () => shape });
export const mapOf = (shape: Shape): Shape => ({ expected: 'a map', fits: isObject, below: () => shape });
export const struct = (members: Record<string, Shape>): Shape => ({ expected: 'an object', fits: isObject, below: key => own(members, key), sparse: true });
/**
 * A struct in which a property that is nearly one of its members is refused: it would be dropped without a word. Others may come with objects that are used for more
 * than one thing. To be known, a member that is looked at elsewhere is there as ANY.
 */
export function spelled(members: Record<string, Shape>): Shape {
  const known = Object.keys(members);
  return {
    ...struct(members),
    below: key => {
      const meant = Object.hasOwn(members, key) ? undefined : similar(key, known);
      return meant === undefined ? own(members, key) : { expected: `a value of one of ${known.join(', ')}`, example: `there is no '${key}': write ${meant}`, fits: () => false };
    },
  };
}
export const ANY: Shape = { expected: 'anything', fits: () => true };
export const oneOf = (values: Record<string, string>): Shape => ({ expected: `one of ${Object.values(values).join(', ')}`, fits: value => Object.values(values).includes(value) });
export const all = (shape: Shape, ...names: string[]) => Object.fromEntries(names.map(name => [name, shape]));

/** Refuses what has another type than is declared. @param rule one whose facts are what, value, expected and example */
export function checkShape(scope: IConstruct | undefined, what: string, value: any, shape: Shape, rule: Rule): void {
  if (!shape.fits(value)) {
    fail(scope, rule, { what, value: shown(value), expected: shape.expected, example: shape.example ?? `leave it out for the default, or give ${shape.expected}` });
  }
  for (const [key, member] of shape.below ? Object.entries(value) : []) {
    const below = shape.below!(key);
    if (below && !(shape.sparse && member === undefined)) {
      checkShape(scope, `${what}${Array.isArray(value) ? `[${key}]` : `${what && '.'}${key}`}`, member, below, rule);
    }
  }
}
