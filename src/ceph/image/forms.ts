import { IConstruct } from 'constructs';
import { CEPH_IMAGE_RULES } from './rules';
import { fail } from '../../findings/report';
import { bytesOf } from '../../manifest/bytes';
import { similar } from '../../manifest/similar';
import { shown } from '../../manifest/validate';

/** Checks what the user gave and says what is written for it. `what` is the property's name. */
export type Form<T> = (scope: IConstruct, what: string, value: unknown) => T;

/** CEPH030 */
export function malformed(scope: IConstruct, what: string, value: unknown, problem: string, expected: string): never {
  return fail(scope, CEPH_IMAGE_RULES.CEPH030, { what, value: shown(value), problem, expected });
}

/** From JavaScript, and from languages that have no undefined, what is left out may be null. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** An object with the properties of a struct: by name what each of them is in the result, in the order of `forms`. */
export function properties<T>(scope: IConstruct, what: string, value: unknown, forms: Readonly<Record<string, Form<T>>>): Record<string, T> {
  const names = Object.keys(forms);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    malformed(scope, what, value, 'it does not say which', `write an object, such as ${what}: { ${names[0]}: … }`);
  }
  const given = Object.entries(value as object).filter(entry => isGiven(entry[1]));
  const unknown = given.find(([name]) => !names.includes(name))?.[0];
  if (unknown !== undefined) {
    malformed(scope, `${what}.${unknown}`, Object.fromEntries(given)[unknown], 'there is no such property', `write ${similar(unknown, names) ?? `one of ${names.join(', ')}`}`);
  }
  const values = Object.fromEntries(given);
  return Object.fromEntries(names.filter(name => name in values).map(name => [name, forms[name](scope, `${what}.${name}`, values[name])]));
}

export const yesOrNo: Form<boolean> = (scope, what, value) => (
  typeof value === 'boolean' ? value : malformed(scope, what, value, 'it is neither true nor false', `write ${what}: true, or leave it out`));

export function member<T extends string>(type: Readonly<Record<string, T>>, name: string): Form<T> {
  return (scope, what, value) => (Object.values(type).includes(value as T) ? value as T
    : malformed(scope, what, value, 'there is no such thing', `use one of ${name}.${Object.keys(type).join(', ')}`));
}

export const text: Form<string> = (scope, what, value) => (
  typeof value === 'string' && value !== '' ? value : malformed(scope, what, value, 'it is no text, or an empty one', 'write it in quotes, or leave it out'));

/** A list of texts, none of which is empty or has something in it that would divide it in two. */
export function texts(dividers: RegExp, example: string): Form<string[]> {
  return (scope, what, value) => {
    if (!Array.isArray(value)) {
      return malformed(scope, what, value, 'it is no list', `write ${what}: ${example}`);
    }
    const wrong = value.find(each => typeof each !== 'string' || each === '' || dividers.test(each));
    return value.every(each => each !== wrong) ? value : malformed(scope, `an entry of ${what},`, wrong, 'it is no text, or empty, or several in one', `give one per entry: ${what}: ${example}`);
  };
}

/** A whole number of at least `least`. */
export function whole(least: number): Form<number> {
  return (scope, what, value) => (Number.isSafeInteger(value) && (value as number) >= least ? value as number
    : malformed(scope, what, value, 'it is out of range', `write a whole number of at least ${least}`));
}

export const bytes: Form<number> = (scope, what, value) => {
  const amount = bytesOf((value as { asString?: () => string })?.asString?.());
  return amount !== undefined && Number.isSafeInteger(amount) && amount > 0 ? amount
    : malformed(scope, what, value, 'it is no size in whole bytes', `write ${what}: Size.kibibytes(64)`);
};

export const seconds: Form<number> = (scope, what, value) => {
  const amount = (value as { toMilliseconds?: (options: object) => number })?.toMilliseconds?.({ integral: false }) ?? NaN;
  return Number.isSafeInteger(amount / 1000) && amount >= 0 ? amount / 1000
    : malformed(scope, what, value, 'it is no time in whole seconds', `write ${what}: Duration.seconds(30)`);
};

/** Options of a program as they are written: `name`, or `name=value`. */
export function option<T>(name: string, form: Form<T>): Form<string[]> {
  return (scope, what, value) => {
    const given = form(scope, what, value);
    return given === false ? [] : [given === true ? name : `${name}=${given}`];
  };
}
