import { IConstruct } from 'constructs';
import { judge } from './defaults';
import { re2Problem } from './re2';
import { fieldOf, Place, Schema, shownPath } from './schema';
import { checkAtSynth, fail, unchecked } from '../../../findings/report';
import { similar } from '../../../manifest/similar';
import { KubernetesVersion } from '../../../platform/kubernetes-version';
import { StringFormat } from '../field-options';
import { CUSTOM_RESOURCE_RULES } from '../rules';

const LIMITS: readonly (readonly [least: keyof Schema, most: keyof Schema])[] = [
  ['minLength', 'maxLength'], ['minimum', 'maximum'], ['minItems', 'maxItems'], ['minProperties', 'maxProperties'],
];

/** Formats that came later; an older API server takes them, and looks at nothing. */
const NEWER_FORMATS = new Set<string | undefined>([StringFormat.K8S_SHORT_NAME, StringFormat.K8S_LONG_NAME]);

/** One look at a node. `place` is its name in messages. */
type Check = (scope: IConstruct, place: string, node: Place, kubernetes: KubernetesVersion) => void;

/** OPR006 */
const requiredFields: Check = (scope, place, { schema }) => {
  for (const name of schema['x-kubernetes-preserve-unknown-fields'] ? [] : schema.required ?? []) {
    if (!fieldOf(schema, name)) {
      const nearest = similar(name, Object.keys(schema.properties ?? {}));
      fail(scope, CUSTOM_RESOURCE_RULES.OPR006, { place, name, fix: nearest ? `required: ['${nearest}']` : `describe it, '${name}: SchemaField.string()', or take it out of required` });
    }
  }
};

/** OPR007 */
const defaults: Check = (scope, place, { schema }, kubernetes) => {
  const { problem, open } = schema.default === undefined ? {} as ReturnType<typeof judge> : judge(schema, schema.default, kubernetes.minor);
  if (problem !== undefined) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR007, { place, problem });
  }
  if (open !== undefined) {
    checkAtSynth(scope, () => unchecked(scope, CUSTOM_RESOURCE_RULES.OPR007, `the default of ${place} ${open}`));
  }
};

/** OPR008 */
const limits: Check = (scope, place, { schema }) => {
  for (const [least, most] of LIMITS) {
    const [from, to] = [schema[least], schema[most]] as (number | undefined)[];
    if (from !== undefined && to !== undefined && from > to) {
      fail(scope, CUSTOM_RESOURCE_RULES.OPR008, { place, least, most, from, to });
    }
  }
};

/** OPR009 */
const patterns: Check = (scope, place, { schema }) => {
  const problem = schema.pattern === undefined ? undefined : re2Problem(schema.pattern);
  if (problem !== undefined) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR009, { place, pattern: `${schema.pattern}`, problem });
  }
};

/** OPR010 */
const formats: Check = (scope, place, { schema }, kubernetes) => {
  if (NEWER_FORMATS.has(schema.format) && !kubernetes.isAtLeast(KubernetesVersion.V1_34)) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR010, { place, what: `the format ${schema.format}`, version: `${kubernetes}`, since: '1.34', consequence: 'any text would be taken' });
  }
};

/** What of a list that is a set or a map the API server would refuse. */
function listProblem({ items = {}, ...schema }: Schema): string | undefined {
  const type = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (type !== 'map') {
    const granular = items.type === 'object' ? items['x-kubernetes-map-type'] !== 'atomic' : items.type === 'array' && !['atomic', undefined].includes(items['x-kubernetes-list-type']);
    return keys.length > 0 ? 'mapKeys are for ListType.MAP'
      : type !== 'set' ? undefined
        : items.nullable ? 'its items may be null'
          : granular ? 'its items are owned in parts, so two of them can become the same (atomic: true makes an object one value)' : undefined;
  }
  if (items.type !== 'object' || items.additionalProperties) {
    return 'its items are no objects';
  }
  const strange = keys.find(key => !fieldOf(items, key));
  const keyProblem = (key: string) => {
    const field = fieldOf(items, key)!;
    return field.type === 'object' || field.type === 'array' ? 'is no single value'
      : field.nullable ? 'may be null'
        : !items.required?.includes(key) && field.default === undefined ? 'is neither required nor has a default' : undefined;
  };
  const wrong = strange === undefined ? keys.find(key => keyProblem(key)) : undefined;
  const nearest = strange === undefined ? undefined : similar(strange, Object.keys(items.properties ?? {}));
  return keys.length === 0 ? 'it has no mapKeys'
    : new Set(keys).size < keys.length ? 'a key is named twice'
      : strange !== undefined ? `its items have no field '${strange}'${nearest ? `; '${nearest}' is near` : ''}`
        : items.nullable ? 'its items may be null' : wrong === undefined ? undefined : `its key '${wrong}' ${keyProblem(wrong)}`;
}

/** OPR011 */
const lists: Check = (scope, place, { schema }) => {
  const problem = schema.type === 'array' ? listProblem(schema) : undefined;
  if (problem !== undefined) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR011, { place, listType: schema['x-kubernetes-list-type'] ?? 'atomic', problem });
  }
};

const CHECKS: readonly Check[] = [requiredFields, limits, patterns, formats, lists, defaults];

/** What the API server asks of each node of a schema. */
export function checkNode(scope: IConstruct, version: string, node: Place, kubernetes: KubernetesVersion): void {
  CHECKS.forEach(check => check(scope, `${shownPath(node.path)} of ${version}`, node, kubernetes));
}
