import { LIST, LOOP, MAP, SELECTED, sizeOf, stepsOf } from './cost';
import { resultOf, UNKNOWN } from './functions';
import { libraryOf, OPTIONAL_FIELDS, sinceOf, TWO_VARIABLES } from './names';
import { CelNode, isNode } from './parse';
import { callProblem, Problem, selected, typeOf } from './problems';
import { Reading, Since, Touch, Value } from './reading';
import { similar } from '../../../manifest/similar';
import { fieldOf, Schema } from '../schema/schema';

const MADE: Value = {};

type Variables = ReadonlyMap<string, Value>;

/** Macros over the elements of a list or the keys of a map; the last argument is what is made of each. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter', 'sortBy', 'transformList', 'transformMap', 'transformMapEntry']);
const KEEPS = new Set(['distinct', 'sort', 'slice', 'reverse']);
/** Of a list: they make one of its elements. */
const ONE_OF = new Set(['max', 'min', 'first', 'last']);
/** Methods of what may be missing. */
const OF_OPTIONALS = new Set(['optMap', 'optFlatMap', 'or', 'orValue', 'hasValue', 'value']);
const OPTIONAL_MACROS = new Set(['optMap', 'optFlatMap']);
/** They look at how large a value is, or of what type, and at nothing in it. */
const SHALLOW = new Set(['size', 'type', 'dyn', 'hasValue']);
/** Texts that CEL reads as a number of seconds. */
const TIMES = new Set<string | undefined>(['date', 'date-time', 'duration']);

/** Reads one expression. */
export class Reader implements Reading {
  public readonly touches: Touch[] = [];
  public readonly problems: Problem[] = [];
  public readonly needs: Since[] = [];
  public usesOldSelf = false;
  public oldSelfAs?: 'optional' | 'value';
  public makes?: string;
  private readonly taken = new Set<string>();
  private readonly asks = new Set<string>();
  public cost = 0;
  /** How often what is being read is done: within macros, once for each element. */
  private times = 1;

  /** @param minor of Kubernetes */
  public constructor(private readonly schema: Schema, private readonly minor: number) {}

  public read(ast: CelNode): this {
    const self = (path: string): [string, Value] => [path, { schema: this.schema, path }];
    const value = this.value(ast, new Map([self('self'), self('oldSelf')]));
    this.use(value);
    this.makes = typeOf(ast, value);
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
    return size ?? (schema ? sizeOf(schema, this.minor) : elements ? 1 : 0);
  }

  /** A value of which the API server no longer knows how large it is, unless it is one number or the like. */
  private unsized(value: Value): Value {
    const { schema } = value;
    const isOne = schema ? ['integer', 'number', 'boolean'].includes(schema.type!) || TIMES.has(schema.format) : this.size(value) === 0;
    return { ...value, optional: false, ...(!isOne && { size: UNKNOWN }) };
  }

  private value({ op, args }: CelNode, variables: Variables): Value {
    switch (op) {
      case 'value': return { size: typeof args === 'string' ? Buffer.byteLength(args) : args instanceof Uint8Array ? args.length : 0 };
      case 'id': return this.named(args, variables);
      case '.': return this.field(args, variables);
      case '.?':
        this.need(OPTIONAL_FIELDS);
        return this.asked(args, variables);
      case '[]': case '[?]': {
        const from = this.value(args[0], variables);
        this.spend(SELECTED);
        this.useAll([args[1]], variables);
        if (from.schema?.type === 'object' && !from.schema.additionalProperties) {
          this.problems.push({ problem: `${from.path} is an object, whose fields are read with a dot, not with []` });
        }
        return { ...this.element(from), optional: from.optional || op === '[?]' };
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
        if ((op === '==' || op === '!=') && args.some((arg: CelNode) => this.isOldSelf(arg, variables)) && args.some(({ op: other, args: name }: CelNode) => other === 'id' && name === 'self')) {
          this.oldSelfAs ??= 'value';
        }
        return MADE;
    }
  }

  /** What an operator or a function costs, and how large what it makes can be. */
  private operate(name: string, values: readonly Value[]): Value {
    const sizes = values.map(value => this.size(value));
    const [first] = values;
    this.spend(stepsOf(name, sizes, first ? this.size(this.element(first)) : 0));
    return { size: resultOf(name, sizes) };
  }

  private either(one: Value, other: Value): Value {
    // Both may come out; the one that is not followed any further is looked at.
    const [kept, rest] = one.schema || one.elements ? [one, other] : [other, one];
    this.use(rest);
    return [kept, rest].some(({ size }) => size === UNKNOWN) ? { ...kept, size: UNKNOWN } : kept;
  }

  private sum(operands: readonly CelNode[], variables: Variables): Value {
    const [left, right] = this.useAll(operands, variables);
    this.operate('+', [left, right]);
    const list = [left, right].find(({ schema, elements }) => schema?.type === 'array' || elements);
    const size = this.size(left) + this.size(right);
    return list ? { size, elements: this.element(list) } : { size };
  }

  private named(name: string, variables: Variables): Value {
    const value = variables.get(name);
    if (!value && !libraryOf(name)) {
      const nearest = similar(name, [...variables.keys()]);
      this.problems.push({ problem: `'${name}' is neither self nor oldSelf nor a variable of a macro`, nearest });
    }
    this.spend(SELECTED);
    // A macro may have a variable of that name.
    this.usesOldSelf ||= name === 'oldSelf' && value?.path === 'oldSelf';
    return value ?? MADE;
  }

  private isOldSelf({ op, args }: CelNode, variables: Variables): boolean {
    return op === 'id' && args === 'oldSelf' && variables.get('oldSelf')?.path === 'oldSelf';
  }

  /** Fields that are read although an object may lack them, and nothing asks whether it does. */
  public get bare(): string[] {
    return [...this.taken].filter(path => !this.asks.has(path));
  }

  /** A field that is read as if it were there. */
  private field([node, name]: readonly [CelNode, string], variables: Variables): Value {
    const from = this.value(node, variables);
    const found = this.member(from, name);
    const { schema } = from;
    const isThere = from.optional || !schema?.properties || found.schema?.default !== undefined || schema.required?.some(field => fieldOf(schema, field) === found.schema);
    if (!isThere && found.path !== undefined) {
      this.taken.add(found.path);
    }
    return { ...found, optional: from.optional };
  }

  /** A field of which is asked whether it is there. */
  private asked([node, name]: readonly [CelNode, string], variables: Variables): Value {
    const found = this.member(this.value(node, variables), name);
    if (found.path !== undefined) {
      this.asks.add(found.path);
    }
    return { ...found, optional: true };
  }

  /** A field of an object, or a value of a map. */
  private member(from: Value, name: string): Value {
    this.spend(SELECTED);
    const found = selected(from, name);
    if ('problem' in found) {
      this.problems.push(found);
      return MADE;
    }
    return found;
  }

  /** What is in a list or a map. */
  private element({ schema, path, elements }: Value): Value {
    const inside = schema?.items ?? schema?.additionalProperties;
    return elements ?? (inside ? { schema: inside, path: `${path}[]` } : MADE);
  }

  private call(name: string, args: readonly CelNode[], variables: Variables): Value {
    this.need(sinceOf(name));
    this.problems.push(...callProblem(name, args));
    if (name === 'has') {
      if (args.length === 1 && args[0].op === '.') {
        this.asked(args[0].args, variables);
      }
      return MADE;
    }
    if (!SHALLOW.has(name)) {
      const values = this.useAll(args, variables);
      const made = this.operate(name, values);
      return name === 'string' ? this.text(values[0] ?? MADE) : made;
    }
    this.spend(SELECTED);
    const [first = MADE] = args.map(arg => this.value(arg, variables));
    if (name === 'dyn') {
      return first;
    }
    this.use(first, false);
    return MADE;
  }

  /** What string() makes: only of bytes does the API server know the size. */
  private text(value: Value): Value {
    const isBytes = value.schema ? value.schema.format === 'byte' || value.schema['x-kubernetes-int-or-string'] : false;
    return { size: isBytes ? this.size(value) : UNKNOWN };
  }

  private method(name: string, receiver: CelNode, args: readonly CelNode[], variables: Variables): Value {
    const library = receiver.op === 'id' && !variables.has(receiver.args) ? `${receiver.args}.` : '';
    this.need(sinceOf(`${library}${name}`));
    const from = this.value(receiver, variables);
    this.problems.push(...callProblem(libraryOf(library.slice(0, -1)) ? `${library}${name}` : name, args));
    if (OF_OPTIONALS.has(name) && this.isOldSelf(receiver, variables)) {
      this.oldSelfAs = 'optional';
    }
    if (library === 'optional.') {
      return args.length > 0 ? this.value(args[0], variables) : MADE;
    }
    if (MACROS.has(name) && args.length > 1 && args[0].op === 'id') {
      return this.macro(name, from, args, variables);
    }
    if (OPTIONAL_MACROS.has(name) && args.length === 2 && args[0].op === 'id') {
      return this.value(args[1], new Map([...variables, [args[0].args, this.unsized(from)]]));
    }
    if (name === 'orValue' || name === 'or') {
      const either = args.length > 0 ? this.either(from, this.value(args[0], variables)) : from;
      return name === 'or' ? either : this.unsized(either);
    }
    if (name === 'value') {
      return this.unsized(from);
    }
    const values = [from, ...args.map(arg => this.value(arg, variables))];
    values.forEach((value, index) => this.use(value, index > 0 || !SHALLOW.has(name)));
    if (SHALLOW.has(name)) {
      this.spend(SELECTED);
      return MADE;
    }
    const made = this.operate(`${library}${name}`, library === '' ? values : values.slice(1));
    return KEEPS.has(name) ? from : ONE_OF.has(name) ? this.unsized(this.element(from)) : made;
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
      const made = bodies[bodies.length - 1];
      // Of what it does not know the size of, the API server takes that of the elements it was made of.
      return { elements: made.size === UNKNOWN ? { ...made, size: this.size(this.element(from)) } : made, size: this.size(from) };
    }
    bodies.forEach(body => this.use(body));
    if (name === 'sortBy') {
      this.operate(name, [from]);
    }
    return name === 'filter' || name === 'sortBy' ? from : name.startsWith('transform') ? { size: this.size(from) } : MADE;
  }
}
