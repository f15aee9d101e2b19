import { FUNCTIONS } from './functions';
import { celName } from './names';
import { CelNode } from './parse';
import { isSeen, Value } from './reading';
import { similar } from '../../../manifest/similar';
import { re2Problem } from '../schema/re2';
import { fieldOf } from '../schema/schema';

/** What of an expression the API server would not compile, and what was probably meant. */
export interface Problem {
  readonly problem: string;
  readonly nearest?: string;
}

/** A field of a value as a rule names it, or why there is none. */
export function selected({ schema, path }: Value, name: string): Value | Problem {
  if (!schema || schema['x-kubernetes-int-or-string']) {
    return {};
  }
  if (schema.additionalProperties) {
    return { schema: schema.additionalProperties, path: `${path}.${name}` };
  }
  const known = new Map(Object.keys(schema.properties ?? {}).filter(field => isSeen(fieldOf(schema, field)!)).map(field => [celName(field), field]));
  // An API server takes reserved words as they are too.
  const field = known.get(name) ?? known.get(`__${name}__`);
  if (field !== undefined) {
    return { schema: fieldOf(schema, field), path: `${path}.${name}` };
  }
  const isHidden = fieldOf(schema, name) !== undefined;
  return {
    problem: isHidden ? `CEL does not see ${path}.${name}, because its content is not described`
      : schema.properties || schema.type === 'object' ? `${path} has no field '${name}'` : `${path} is no object, so it has no field '${name}'`,
    nearest: isHidden ? undefined : similar(name, [...known.keys()].filter((candidate): candidate is string => candidate !== undefined)),
  };
}

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', '&&', '||', '!_']);
const ARITHMETIC = new Set(['-', '*', '/', '%', '-_', 'list', 'map']);
const SWITCHES = new Set(['all', 'exists', 'exists_one', 'contains', 'startsWith', 'endsWith', 'matches', 'has']);

/** The type of what an expression makes, where that is plain; `sum` may be a text, `other` is neither a text nor true or false. */
export function typeOf({ op, args }: CelNode, { schema }: Value): string | undefined {
  if (op === 'value') {
    return typeof args === 'string' || typeof args === 'boolean' ? typeof args : 'other';
  }
  if (op === '+') {
    // Of numbers, texts, lists or times: never true or false.
    return 'sum';
  }
  const name = op === 'call' ? args[0] : op === 'rcall' ? args[0] : undefined;
  return COMPARISONS.has(op) || SWITCHES.has(name) ? 'boolean'
    : ARITHMETIC.has(op) || name === 'size' ? 'other'
      : name === 'dyn' || schema === undefined || schema['x-kubernetes-int-or-string'] ? undefined
        : schema.type === 'boolean' || schema.type === 'string' && schema.format === undefined ? schema.type : schema.type === 'string' ? undefined : 'other';
}

/** Of functions: what is wrong with a text that is written into the rule as their last argument. */
const durations = (text: string) => (/^[-+]?(0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$/.test(text) ? undefined : "Go writes a span of time as '1h30m'");
const moments = (text: string) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) ? undefined : "a time is written as '2026-01-31T12:00:00Z'");
const LITERALS: Readonly<Record<string, (text: string) => string | undefined>> = {
  matches: re2Problem, find: re2Problem, findAll: re2Problem, duration: durations, timestamp: moments,
};
/** Of find and findAll, a number may follow. */
const PATTERNS = new Set(['find', 'findAll']);

/** What is wrong with a call: a function that nobody knows, or a text in it that cannot be read. */
export function callProblem(name: string, args: readonly CelNode[]): Problem[] {
  if (name === 'has' && (args.length !== 1 || args[0].op !== '.')) {
    return [{ problem: 'has() is asked of a field, such as has(self.size)' }];
  }
  if (!FUNCTIONS.has(name)) {
    return [{ problem: `there is no function '${name}' in the CEL of Kubernetes`, nearest: similar(name, [...FUNCTIONS]) }];
  }
  const text = PATTERNS.has(name) ? args[0] : args[args.length - 1];
  const problem = Object.hasOwn(LITERALS, name) && text?.op === 'value' && typeof text.args === 'string' ? LITERALS[name](text.args) : undefined;
  return problem === undefined ? [] : [{ problem: `${name}() of '${text!.args}': ${problem}` }];
}
