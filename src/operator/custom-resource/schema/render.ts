import { IConstruct } from 'constructs';
import { FieldKind, modelOf } from './field-model';
import { Schema, Validation } from './schema';
import { fail } from '../../../findings/report';
import { all, checkShape, FLAG, listOf, mapOf, oneOf, RAW, Shape, spelled, struct, TEXT } from '../../../manifest/shapes';
import { CelRuleReason } from '../cel-rule';
import { ListType } from '../collection-options';
import { IntegerFormat, StringFormat } from '../field-options';
import { CUSTOM_RESOURCE_RULES } from '../rules';

const COUNT: Shape = { expected: 'a whole number of zero or more', fits: value => Number.isSafeInteger(value) && value >= 0 };
const INTEGER: Shape = { expected: 'a whole number', fits: value => Number.isSafeInteger(value) };
const FINITE: Shape = { expected: 'a number', fits: value => Number.isFinite(value) };
/** Whether it is what JSON holds: no circle, and no function. */
function isJson(value: unknown): boolean {
  let isData = true;
  try {
    JSON.stringify(value, (_, inner) => {
      isData &&= typeof inner !== 'function';
      return inner;
    });
    return isData;
  } catch {
    return false;
  }
}
const ANYTHING: Shape = { expected: 'a value as in a manifest', fits: value => value !== null && isJson(value) };
const CHOICE: Shape = { ...listOf(TEXT), expected: 'a list of one text or more', fits: value => Array.isArray(value) && value.length > 0 };
const FIELD: Shape = { expected: 'a SchemaField', example: 'a field such as SchemaField.string({ maxLength: 63 })', fits: value => modelOf(value) !== undefined };

export const FIELDS = mapOf(FIELD);
export const RULES = listOf({
  ...struct({ ...all(TEXT, 'message', 'messageExpression', 'fieldPath'), reason: oneOf(CelRuleReason), optionalOldSelf: FLAG, rule: TEXT }),
  expected: "a rule such as { rule: 'self > 0' }",
  fits: value => RAW.fits(value) && value.rule !== undefined,
});
const COMMON = { description: TEXT, nullable: FLAG, rules: RULES };

/** What each kind of field takes, and what is always written for it. */
const KINDS: Readonly<Record<FieldKind, { readonly options: Record<string, Shape>; readonly fixed: Schema }>> = {
  string: { options: { ...COMMON, ...all(COUNT, 'minLength', 'maxLength'), ...all(TEXT, 'pattern', 'defaultValue'), format: oneOf(StringFormat), allowed: CHOICE }, fixed: { type: 'string' } },
  integer: { options: { ...COMMON, ...all(INTEGER, 'minimum', 'maximum', 'defaultValue'), format: oneOf(IntegerFormat) }, fixed: { type: 'integer' } },
  number: { options: { ...COMMON, ...all(FINITE, 'minimum', 'maximum', 'defaultValue') }, fixed: { type: 'number' } },
  boolean: { options: { ...COMMON, defaultValue: FLAG }, fixed: { type: 'boolean' } },
  intOrString: {
    options: { ...COMMON, pattern: TEXT, maxLength: COUNT, defaultValue: ANYTHING },
    fixed: { 'anyOf': [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
  },
  object: { options: { ...COMMON, required: listOf(TEXT), ...all(FLAG, 'preserveUnknownFields', 'atomic'), defaultValue: ANYTHING }, fixed: { type: 'object' } },
  list: { options: { ...COMMON, ...all(COUNT, 'minItems', 'maxItems'), listType: oneOf(ListType), mapKeys: listOf(TEXT), defaultValue: ANYTHING }, fixed: { type: 'array' } },
  map: { options: { ...COMMON, ...all(COUNT, 'minProperties', 'maxProperties'), defaultValue: ANYTHING }, fixed: { type: 'object' } },
  any: { options: { description: TEXT }, fixed: { 'x-kubernetes-preserve-unknown-fields': true } },
};

/** The names that options have in a schema, where they are others. */
const NAMES: Readonly<Record<string, string>> = {
  allowed: 'enum',
  defaultValue: 'default',
  listType: 'x-kubernetes-list-type',
  mapKeys: 'x-kubernetes-list-map-keys',
  preserveUnknownFields: 'x-kubernetes-preserve-unknown-fields',
};

const RULE_FIELDS = ['rule', 'message', 'messageExpression', 'reason', 'fieldPath', 'optionalOldSelf'];

/** Whether an option is worth being written: a switch that is off is what is there without it. */
const says = (value: unknown) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

const picked = (rule: Record<string, unknown>) => Object.fromEntries(
  RULE_FIELDS.filter(field => rule[field] !== undefined).map(field => [field, rule[field]]),
) as unknown as Validation;

/** Rules as they are written. */
export function renderRules(rules: unknown): Pick<Schema, 'x-kubernetes-validations'> {
  return says(rules) ? { 'x-kubernetes-validations': (rules as Record<string, unknown>[]).map(picked) } : {};
}

/** OPR005: a field as a schema; refuses what has another type than is declared. */
export function render(scope: IConstruct, path: string, field: unknown): Schema {
  checkShape(scope, path, field, FIELD, CUSTOM_RESOURCE_RULES.OPR005);
  const { kind, options, fields, element } = modelOf(field)!;
  const known = KINDS[kind];
  checkShape(scope, `the options of ${path}`, options, { ...spelled(known.options), expected: 'an object of options' }, CUSTOM_RESOURCE_RULES.OPR005);
  const given = Object.entries(options).filter(([option, value]) => option in known.options && option !== 'rules' && (option === 'defaultValue' ? value !== undefined : says(value)));
  const below = kind === 'object' && renderFields(scope, path, fields)
    || kind === 'list' && { items: render(scope, `${path}[]`, element) }
    || kind === 'map' && { additionalProperties: render(scope, `${path}.*`, element) };
  return {
    ...known.fixed,
    ...Object.fromEntries(given.map(([option, value]) => (option === 'atomic' ? ['x-kubernetes-map-type', 'atomic'] : [NAMES[option] ?? option, value]))),
    ...below,
    ...renderRules(options.rules),
  };
}

export function renderFields(scope: IConstruct, path: string, fields: unknown): Pick<Schema, 'properties'> {
  checkShape(scope, `the fields of ${path}`, fields, FIELDS, CUSTOM_RESOURCE_RULES.OPR005);
  if (Object.hasOwn(fields as object, 'constructor')) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR012, { name: 'constructor', place: path, problem: 'cdk8s takes the schema that has it for something else, and writes nothing', fix: 'choose another name' });
  }
  const rendered = Object.entries(fields as object).map(([name, child]) => [name, render(scope, `${path}.${name}`, child)]);
  return rendered.length > 0 ? { properties: Object.fromEntries(rendered) } : {};
}
