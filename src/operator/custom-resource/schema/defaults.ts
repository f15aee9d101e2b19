import { asJavaScript } from './re2';
import { fieldOf, Schema } from './schema';
import { similar } from '../../../manifest/similar';
import { shown } from '../../../manifest/validate';
import { IntegerFormat } from '../field-options';

/** Of each type: what a value of it is. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: value => typeof value === 'string',
  integer: value => Number.isSafeInteger(value),
  number: value => Number.isFinite(value),
  boolean: value => typeof value === 'boolean',
  object: value => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: value => Array.isArray(value),
};

/** Since when the API server holds whole numbers against their format. What a number of JavaScript is, int64 holds. */
const INTEGER_FORMATS_SINCE = 36;

/** What was found out of a value. */
export interface Judgement {
  /** What is wrong with it, and where in it; the first of all. */
  readonly problem?: string;
  /** What only the API server can tell. */
  readonly open?: string;
}

/** Whether the API server would take a value for a node; the first thing that is wrong. @param minor of Kubernetes */
export function judge(schema: Schema, value: unknown, minor: number, path = ''): Judgement {
  const at = path === '' ? '' : `${path} `;
  const wrong = (problem: string): Judgement => ({ problem: `${at}${problem}` });
  if (value === null) {
    return schema.nullable ? {} : wrong('is null, and nothing may be null here');
  }
  if (schema['x-kubernetes-int-or-string'] ? !TYPES.integer(value) && !TYPES.string(value) : schema.type !== undefined && !TYPES[schema.type](value)) {
    return wrong(`is ${shown(value)}, not of the type ${schema.type ?? 'integer or string'}`);
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return wrong(`is ${shown(value)}, none of ${schema.enum.join(', ')}`);
  }
  if (schema.format === IntegerFormat.INT32 && minor >= INTEGER_FORMATS_SINCE && Math.abs(Number(value) + 0.5) > 2 ** 31) {
    return wrong(`is ${shown(value)}, which int32 does not hold`);
  }
  const size = sizeProblem(schema, value) ?? (typeof value === 'string' ? textProblem(schema, value) : undefined);
  if (size) {
    return wrong(size);
  }
  return firstOf([
    ...(Array.isArray(value) ? itemJudgements(schema, value, minor, path) : TYPES.object(value) ? fieldJudgements(schema, value as Record<string, unknown>, minor, path) : []),
    ...(typeof value === 'string' && openForm(schema) ? [{ open: `${at}${openForm(schema)}` }] : []),
    // Where nothing was before, a rule on changes is not looked at.
    ...(schema['x-kubernetes-validations']?.some(({ rule }) => !/\boldSelf\b/.test(rule)) ? [{ open: `${at}has rules in CEL, which the API server holds against it` }] : []),
  ]);
}

/** The first problem, or what is open. */
function firstOf(judgements: readonly Judgement[]): Judgement {
  return judgements.find(({ problem }) => problem !== undefined) ?? judgements.find(({ open }) => open !== undefined) ?? {};
}

/** What is counted of a value, in what, and the limits of it. */
function measured(schema: Schema, value: unknown): readonly [amount: number, unit: string, least?: number, most?: number] {
  return typeof value === 'string' ? [[...value].length, ' characters', schema.minLength, schema.maxLength]
    : Array.isArray(value) ? [value.length, ' items', schema.minItems, schema.maxItems]
      : typeof value === 'object' ? [Object.keys(value!).length, ' entries', schema.minProperties, schema.maxProperties]
        : [Number(value), '', schema.minimum ?? -Infinity, schema.maximum];
}

const range = (least: number, most: number) => (most === Infinity ? `${least} is the least` : least === -Infinity ? `${most} is the most` : `it is from ${least} to ${most}`);

function sizeProblem(schema: Schema, value: unknown): string | undefined {
  const [amount, unit, least = 0, most = Infinity] = measured(schema, value);
  return typeof value === 'boolean' || (amount >= least && amount <= most) ? undefined : `${unit === '' ? 'is' : 'has'} ${amount}${unit}, where ${range(least, most)}`;
}

function textProblem(schema: Schema, value: string): string | undefined {
  const pattern = schema.pattern === undefined ? undefined : asJavaScript(schema.pattern);
  return pattern && !pattern.test(value) ? `is ${shown(value)}, which the pattern ${schema.pattern} does not take` : undefined;
}

/** What of a text only the API server checks. */
function openForm(schema: Schema): string | undefined {
  return schema.format !== undefined && schema.format !== 'password' ? `has the format ${schema.format}, which the API server checks`
    : schema.pattern !== undefined && asJavaScript(schema.pattern) === undefined ? `has the pattern ${schema.pattern}, which only Go reads` : undefined;
}

function itemJudgements(schema: Schema, value: readonly unknown[], minor: number, path: string): Judgement[] {
  const keys = schema['x-kubernetes-list-map-keys'];
  const same = schema['x-kubernetes-list-type'] === 'set' ? value.map(item => JSON.stringify(item))
    : keys ? value.map((item: any) => JSON.stringify(keys.map(key => item?.[key] ?? fieldOf(schema.items!, key)?.default))) : [];
  const repeated = same.findIndex((text, index) => same.indexOf(text) !== index);
  return [
    ...value.map((item, index) => judge(schema.items!, item, minor, `${path}[${index}]`)),
    ...(repeated < 0 ? [] : [{ problem: `${path}[${repeated}] is there twice` }]),
  ];
}

function fieldJudgements(schema: Schema, value: Readonly<Record<string, unknown>>, minor: number, path: string): Judgement[] {
  const names = Object.keys(schema.properties ?? {});
  const missing = (schema.required ?? []).find(name => !Object.hasOwn(value, name));
  const below = Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]): Judgement => {
    const child = schema.additionalProperties ?? fieldOf(schema, name);
    const nearest = similar(name, names);
    return child ? judge(child, member, minor, `${path}.${name}`)
      : schema['x-kubernetes-preserve-unknown-fields'] ? {} : { problem: `${path}.${name} is no field that is described${nearest ? `: ${nearest}?` : ''}` };
  });
  return [...(missing === undefined ? [] : [{ problem: `${path}.${missing} is required, and missing` }]), ...below];
}
