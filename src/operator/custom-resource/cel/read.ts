import { LIST, LOOP, MAP, SELECTED, sizeOf, stepsOf } from './cost';
import { celName, GLOBALS, OPTIONAL_FIELDS, sinceOf, TWO_VARIABLES } from './names';
import { CelNode } from './parse';
import { isSeen, Reading, Since, Touch, Value } from './reading';
import { similar } from '../../../manifest/similar';
import { fieldOf, Schema } from '../schema/schema';

const MADE: Value = {};

type Variables = ReadonlyMap<string, Value>;

/** Macros over the elements of a list or the keys of a map; the last argument is what is made of each. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter', 'transformList', 'transformMap', 'transformMapEntry']);
const KEEPS = new Set(['filter', 'distinct', 'sort', 'slice', 'reverse', 'value']);
const OPTIONAL_MACROS = new Set(['optMap', 'optFlatMap']);
/** They look at how large a value is, or of what type, and at nothing in it. */
const SHALLOW = new Set(['size', 'type', 'dyn', 'hasValue']);

/** Reads one expression. */
export class Reader implements Reading {
  public readonly touches: Touch[] = [];
  public readonly problems: { problem: string; nearest?: string }[] = [];
  public readonly needs: Since[] = [];
  public usesOldSelf = false;
  public cost = 0;
  /** How often what is being read is done: within macros, once for each element. */
  private times = 1;

  public constructor(private readonly schema: Schema) {}

  public read(ast: CelNode): this {
    const self = (path: string): [string, Value] => [path, { schema: this.schema, path }];
    this.use(this.value(ast, new Map([self('self'), self('oldSelf')])));
    return this;
  }

  /** Remembers that a value is looked at. */
  private use(value: Value, whole = true): void {
    if (value.schema) {
      this.touches.push({ schema: value.schema, path: value.path!, whole });
    } else if (whole && value.elements) {
      this.use(value.elements);
    }
  }

  private useAll(nodes: readonly CelNode[], variables: Variables): Value[] {
    return nodes.map(child => {
      const value = this.value(child, variables);
      this.use(value);
      return value;
    });
  }

  private need(since: Since | undefined): void {
    if (since && !this.needs.includes(since)) {
      this.needs.push(since);
    }
  }

  /** Adds what an operation costs. */
  private spend(units: number): void {
    this.cost += units * this.times;
  }

  private size({ schema, elements, size }: Value): number {
    return size ?? (schema ? sizeOf(schema) : elements ? 1 : 0);
  }

  private value({ op, args }: CelNode, variables: Variables): Value {
    switch (op) {
      case 'value': return { size: typeof args === 'string' ? Buffer.byteLength(args) : 0 };
      case 'id': return this.named(args, variables);
      case '.': return this.member(this.value(args[0], variables), args[1]);
      case '.?':
        this.need(OPTIONAL_FIELDS);
        return this.member(this.value(args[0], variables), args[1]);
      case '[]': case '[?]': {
        const from = this.value(args[0], variables);
        this.spend(SELECTED);
        this.useAll([args[1]], variables);
        if (from.schema?.type === 'object' && !from.schema.additionalProperties) {
          this.problems.push({ problem: `${from.path} is an object, whose fields are read with a dot, not with []` });
        }
        return this.element(from);
      }
      case 'call': return this.call(args[0], args[1], variables);
      case 'rcall': return this.method(args[0], args[1], args[2], variables);
      case '?:':
        this.useAll([args[0]], variables);
        return this.either(this.value(args[1], variables), this.value(args[2], variables));
      case '+': return this.sum(args, variables);
      case 'list':
        this.spend(LIST);
        return { elements: this.useAll(args, variables)[0], size: args.length };
      case 'map':
        this.spend(MAP);
        this.useAll(args.flat(), variables);
        return MADE;
      default:
        // Operators: of one or two operands.
        this.operate(op, this.useAll((Array.isArray(args) ? args : [args]).filter(isNode), variables));
        return MADE;
    }
  }

  /** What an operator or a function costs, and how large what it makes can be. */
  private operate(name: string, values: readonly Value[]): Value {
    const sizes = values.map(value => this.size(value));
    const [first] = values;
    this.spend(stepsOf(name, sizes, first ? this.size(this.element(first)) : 0));
    return { size: sizes.reduce((sum, size) => sum + size, 0) };
  }

  private either(one: Value, other: Value): Value {
    // Both may come out; the one that is not followed any further is looked at.
    const [kept, rest] = one.schema || one.elements ? [one, other] : [other, one];
    this.use(rest);
    return kept;
  }

  private sum(operands: readonly CelNode[], variables: Variables): Value {
    const [left, right] = this.useAll(operands, variables);
    const sum = this.operate('+', [left, right]);
    const list = [left, right].find(({ schema, elements }) => schema?.type === 'array' || elements);
    return list ? { ...sum, elements: this.element(list) } : sum;
  }

  private named(name: string, variables: Variables): Value {
    const value = variables.get(name);
    if (!value && !GLOBALS.has(name)) {
      const nearest = similar(name, [...variables.keys()]);
      this.problems.push({ problem: `'${name}' is neither self nor oldSelf nor a variable of a macro`, nearest });
    }
    this.spend(SELECTED);
    // A macro may have a variable of that name.
    this.usesOldSelf ||= name === 'oldSelf' && value?.path === 'oldSelf';
    return value ?? MADE;
  }

  /** A field of an object, or a value of a map. */
  private member(from: Value, name: string): Value {
    const { schema, path } = from;
    this.spend(SELECTED);
    if (!schema) {
      return MADE;
    }
    if (schema.additionalProperties) {
      return { schema: schema.additionalProperties, path: `${path}.${name}` };
    }
    if (schema['x-kubernetes-int-or-string']) {
      return MADE;
    }
    const known = new Map(Object.keys(schema.properties ?? {}).filter(field => isSeen(fieldOf(schema, field)!)).map(field => [celName(field), field]));
    // An API server takes reserved words as they are too.
    const field = known.get(name) ?? known.get(`__${name}__`);
    if (field !== undefined) {
      return { schema: fieldOf(schema, field), path: `${path}.${name}` };
    }
    const isHidden = fieldOf(schema, name) !== undefined;
    this.problems.push({
      problem: isHidden ? `CEL does not see ${path}.${name}, because its content is not described`
        : schema.properties || schema.type === 'object' ? `${path} has no field '${name}'` : `${path} is no object, so it has no field '${name}'`,
      nearest: isHidden ? undefined : similar(name, [...known.keys()].filter((candidate): candidate is string => candidate !== undefined)),
    });
    return MADE;
  }

  /** What is in a list or a map. */
  private element({ schema, path, elements }: Value): Value {
    const inside = schema?.items ?? schema?.additionalProperties;
    return elements ?? (inside ? { schema: inside, path: `${path}[]` } : MADE);
  }

  private call(name: string, args: readonly CelNode[], variables: Variables): Value {
    this.need(sinceOf(name));
    if (name === 'has') {
      if (args.length !== 1 || args[0].op !== '.') {
        this.problems.push({ problem: 'has() is asked of a field, such as has(self.size)' });
      } else {
        this.value(args[0], variables);
      }
      return MADE;
    }
    return this.made(name, args, variables);
  }

  /** What a function makes of its arguments. */
  private made(name: string, args: readonly CelNode[], variables: Variables): Value {
    if (!SHALLOW.has(name)) {
      return this.operate(name, this.useAll(args, variables));
    }
    this.spend(SELECTED);
    const [first = MADE] = args.map(arg => this.value(arg, variables));
    if (name === 'dyn') {
      return first;
    }
    this.use(first, false);
    return MADE;
  }

  private method(name: string, receiver: CelNode, args: readonly CelNode[], variables: Variables): Value {
    const library = receiver.op === 'id' && !variables.has(receiver.args) ? `${receiver.args}.` : '';
    this.need(sinceOf(`${library}${name}`));
    if (library === 'optional.') {
      return args.length > 0 ? this.value(args[0], variables) : MADE;
    }
    const from = this.value(receiver, variables);
    if (MACROS.has(name) && args.length > 1 && args[0].op === 'id') {
      return this.macro(name, from, args, variables);
    }
    if (OPTIONAL_MACROS.has(name) && args.length === 2 && args[0].op === 'id') {
      return this.value(args[1], new Map([...variables, [args[0].args, from]]));
    }
    if (name === 'orValue' || name === 'or') {
      return args.length > 0 ? this.either(from, this.value(args[0], variables)) : from;
    }
    if (KEEPS.has(name)) {
      this.operate(name, [from, ...this.useAll(args, variables)]);
      return from;
    }
    this.use(from, !SHALLOW.has(name));
    const values = this.useAll(args, variables);
    if (SHALLOW.has(name)) {
      this.spend(SELECTED);
      return MADE;
    }
    return this.operate(`${library}${name}`, library === '' ? [from, ...values] : values);
  }

  /** `list.all(x, …)`, `map.all(key, …)`, and the forms of two variables: index or key, and value. */
  private macro(name: string, from: Value, args: readonly CelNode[], variables: Variables): Value {
    this.use(from, false);
    const isMap = from.schema?.additionalProperties !== undefined;
    const single = name.startsWith('transform') || (args.length > 2 && args[1].op === 'id' && name !== 'map') ? undefined : args[0].args;
    if (single === undefined) {
      this.need(TWO_VARIABLES);
    }
    const bound: [string, Value][] = single !== undefined ? [[single, isMap ? MADE : this.element(from)]] : [[args[0].args, MADE], [args[1].args, this.element(from)]];
    const inner = new Map([...variables, ...bound]);
    const outside = this.times;
    this.times *= this.size(from);
    this.spend(LOOP);
    const bodies = args.slice(bound.length).map(body => this.value(body, inner));
    this.times = outside;
    if (name === 'map' || name === 'transformList') {
      bodies.slice(0, -1).forEach(body => this.use(body));
      return { elements: bodies[bodies.length - 1], size: this.size(from) };
    }
    bodies.forEach(body => this.use(body));
    return name === 'filter' ? from : name.startsWith('transform') ? { size: this.size(from) } : MADE;
  }
}

const isNode = (value: unknown): value is CelNode => typeof value === 'object' && value !== null && 'op' in value;
