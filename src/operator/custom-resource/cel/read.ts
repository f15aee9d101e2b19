import { celName, GLOBALS, OPTIONAL_FIELDS, sinceOf, TWO_VARIABLES } from './names';
import { CelNode } from './parse';
import { similar } from '../../../manifest/similar';
import { fieldOf, Schema } from '../schema/schema';

/** What an expression stands for: a part of the object, or (without a schema) something that was made of it. */
interface Value {
  readonly schema?: Schema;
  /** As the rule would write it: `self.spec.size`. */
  readonly path?: string;
  /** Its elements, where they are known, of what was made of a list. */
  readonly elements?: Value;
}

const MADE: Value = {};

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
  readonly usesOldSelf: boolean;
  readonly needs: readonly Since[];
}

type Variables = ReadonlyMap<string, Value>;

/** Macros over the elements of a list or the keys of a map; the last argument is what is made of each. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter', 'transformList', 'transformMap', 'transformMapEntry']);
const KEEPS = new Set(['filter', 'distinct', 'sort', 'slice', 'reverse', 'value']);
const OPTIONAL_MACROS = new Set(['optMap', 'optFlatMap']);
/** They look at how large a value is, or of what type, and at nothing in it. */
const SHALLOW = new Set(['size', 'type', 'dyn', 'hasValue']);

/** Whether CEL sees a node at all: not what has no type, nor lists and maps of it. */
export function isSeen(schema: Schema): boolean {
  return schema['x-kubernetes-int-or-string'] === true
    || (schema.type !== undefined && (schema.items === undefined || isSeen(schema.items)) && (schema.additionalProperties === undefined || isSeen(schema.additionalProperties)));
}

/** Reads one expression. */
export class Reader implements Reading {
  public readonly touches: Touch[] = [];
  public readonly problems: { problem: string; nearest?: string }[] = [];
  public readonly needs: Since[] = [];
  public usesOldSelf = false;

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

  private value({ op, args }: CelNode, variables: Variables): Value {
    switch (op) {
      case 'value': return MADE;
      case 'id': return this.named(args, variables);
      case '.': return this.member(this.value(args[0], variables), args[1]);
      case '.?':
        this.need(OPTIONAL_FIELDS);
        return this.member(this.value(args[0], variables), args[1]);
      case '[]': case '[?]': {
        const from = this.value(args[0], variables);
        this.useAll([args[1]], variables);
        return args[1].op === 'value' && typeof args[1].args === 'string' && from.schema?.properties ? this.member(from, args[1].args) : this.element(from);
      }
      case 'call': return this.call(args[0], args[1], variables);
      case 'rcall': return this.method(args[0], args[1], args[2], variables);
      case '?:':
        this.useAll([args[0]], variables);
        return this.either(this.value(args[1], variables), this.value(args[2], variables));
      case '+': return this.sum(args, variables);
      case 'list': return { elements: this.useAll(args, variables)[0] };
      case 'map':
        this.useAll(args.flat(), variables);
        return MADE;
      default:
        // Operators: of one or two operands.
        this.useAll((Array.isArray(args) ? args : [args]).filter(isNode), variables);
        return MADE;
    }
  }

  private either(one: Value, other: Value): Value {
    // Both may come out; the one that is not followed any further is looked at.
    const [kept, rest] = one.schema || one.elements ? [one, other] : [other, one];
    this.use(rest);
    return kept;
  }

  private sum(operands: readonly CelNode[], variables: Variables): Value {
    const [left, right] = this.useAll(operands, variables);
    return left.schema?.type === 'array' || left.elements ? { elements: this.element(left) } : right.schema?.type === 'array' ? { elements: this.element(right) } : MADE;
  }

  private named(name: string, variables: Variables): Value {
    const value = variables.get(name);
    if (!value && !GLOBALS.has(name)) {
      const nearest = similar(name, [...variables.keys()]);
      this.problems.push({ problem: `'${name}' is neither self nor oldSelf nor a variable of a macro`, nearest });
    }
    // A macro may have a variable of that name.
    this.usesOldSelf ||= name === 'oldSelf' && value?.path === 'oldSelf';
    return value ?? MADE;
  }

  /** A field of an object, or a value of a map. */
  private member(from: Value, name: string): Value {
    const { schema, path } = from;
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
    const field = known.get(name);
    if (field !== undefined) {
      return { schema: fieldOf(schema, field), path: `${path}.${name}` };
    }
    const isHidden = fieldOf(schema, name) && celName(name) === name;
    const written = fieldOf(schema, name) && celName(name);
    this.problems.push({
      problem: isHidden ? `CEL does not see ${path}.${name}, because its content is not described`
        : schema.properties || schema.type === 'object' ? `${path} has no field '${name}'` : `${path} is no object, so it has no field '${name}'`,
      nearest: isHidden ? undefined : written || similar(name, [...known.keys()].filter((candidate): candidate is string => candidate !== undefined)),
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
      this.useAll(args, variables);
      return MADE;
    }
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
    if (library === 'cel.' && name === 'bind' && args.length === 3 && args[0].op === 'id') {
      return this.value(args[2], new Map([...variables, [args[0].args, this.value(args[1], variables)]]));
    }
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
      this.useAll(args, variables);
      return from;
    }
    this.use(from, !SHALLOW.has(name));
    this.useAll(args, variables);
    return MADE;
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
    const bodies = args.slice(bound.length).map(body => this.value(body, inner));
    if (name === 'map' || name === 'transformList') {
      bodies.slice(0, -1).forEach(body => this.use(body));
      return { elements: bodies[bodies.length - 1] };
    }
    bodies.forEach(body => this.use(body));
    return name === 'filter' ? from : MADE;
  }
}

const isNode = (value: unknown): value is CelNode => typeof value === 'object' && value !== null && 'op' in value;
