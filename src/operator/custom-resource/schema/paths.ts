import { fieldOf, Schema } from './schema';
import { similar } from '../../../manifest/similar';

/** Where a path leads. */
export interface Found {
  /** Undefined where nothing is said of it: below what is not described, and in the metadata. */
  readonly schema?: Schema;
  /** What is wrong with the path. */
  readonly problem?: string;
  /** Whether it goes through a list or a map. */
  readonly many?: boolean;
}

/** One step of a JSONPath: `.name`, `['name']`, `[0]`, `[*]` or a filter. */
const STEP = /^(?:\.((?:[^.[\]\\\s'"()]|\\.)+)|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]|\[(\*|-?\d+|-?\d*:-?\d*)\]|\[\?\(((?:[^()'"]|'[^']*'|"[^"]*")+)\)\])/;

const nothing = (name: string, among: Schema): Found => {
  const nearest = similar(name, Object.keys(among.properties ?? {}));
  return { problem: `there is no field '${name}'${nearest ? `; '${nearest}' is near` : ''}` };
};

/** One step by name. */
function named(schema: Schema, name: string): Found {
  const child = fieldOf(schema, name);
  if (child) {
    return { schema: child };
  }
  return schema.additionalProperties ? { schema: schema.additionalProperties, many: true }
    : schema['x-kubernetes-preserve-unknown-fields'] ? {} : nothing(name, schema);
}

/** Where a JSONPath such as `.status.conditions[?(@.type=="Ready")].status` leads from the root of an object. */
export function follow(root: Schema, path: string): Found {
  let here: Found = { schema: root };
  let many = false;
  for (let rest = path, first = true; rest !== ''; first = false) {
    const [step, ...names] = STEP.exec(rest) ?? [];
    if (step === undefined) {
      return { problem: `it cannot be read from '${rest}' on` };
    }
    rest = rest.slice(step.length);
    const name = [names[0], names[1], names[2]].find(candidate => candidate !== undefined)?.replace(/\\(.)/g, '$1');
    if (first && ['metadata', 'apiVersion', 'kind'].includes(name ?? '')) {
      return {};
    }
    if (!here.schema) {
      continue;
    }
    const list = here.schema.type === 'array';
    here = name === undefined
      ? list ? { schema: here.schema.items, many: true } : { problem: `'${step}' is for a list, and this is none` }
      : list ? { problem: `'${name}' is looked for in a list: write [0], [*] or a filter before it` } : named(here.schema, name);
    if (here.problem) {
      return here;
    }
    many ||= here.many ?? false;
  }
  return { ...here, many };
}

/** Where the fieldPath of a rule leads, from the node that has the rule: names only, as the API server reads it. */
export function followFields(schema: Schema, path: string): Found {
  let here: Found = { schema };
  for (let rest = path; rest !== '';) {
    const [step, dotted, quoted] = /^(?:\.([^.[\]]+)|\['((?:[^'\\]|\\.)+)'\])/.exec(rest) ?? [];
    if (step === undefined) {
      return { problem: `it cannot be read from '${rest}' on` };
    }
    const name = dotted ?? quoted.replace(/\\(.)/g, '$1');
    here = here.schema?.properties ? (fieldOf(here.schema, name) ? { schema: fieldOf(here.schema, name) } : nothing(name, here.schema))
      : here.schema?.additionalProperties ? { schema: here.schema.additionalProperties, many: true } : { problem: `'${name}' is below what has no fields` };
    if (here.problem) {
      return here;
    }
    rest = rest.slice(step.length);
  }
  return here;
}
