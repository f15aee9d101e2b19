import { list, literal, memberCode, quoted } from '../../../manifest/code';
import { ListType } from '../collection-options';
import { IntegerFormat, StringFormat } from '../field-options';

/** A name as a key of an object in TypeScript; with a capital it would be taken for a class. */
const key = (name: string) => (/^[a-z_]\w*$/.test(name) ? name : quoted(name));
const json = (value: unknown) => (typeof value === 'string' ? quoted(value) : value === undefined ? undefined : JSON.stringify(value));
const texts = (values: unknown) => (Array.isArray(values) && values.length > 0 ? list(values.map(value => quoted(`${value}`))) : undefined);
const call = (factory: string, args: readonly string[], options: Record<string, string | undefined>) => {
  const given = literal(options);
  return `SchemaField.${factory}(${[...args, ...(given === '{}' ? [] : [given])].join(', ')})`;
};

/** Options that are called alike, of each type; with `default` and `description` for all. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern'], integer: ['minimum', 'maximum'], number: ['minimum', 'maximum'], boolean: [], array: ['minItems', 'maxItems'], object: ['minProperties', 'maxProperties'],
};
const FACTORIES: Readonly<Record<string, string>> = { boolean: 'bool' };
/** What is read of a node besides. */
const READ = ['type', 'description', 'nullable', 'default', 'format', 'enum', 'required', 'properties', 'items', 'additionalProperties', 'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-int-or-string', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type', 'title', 'example', 'externalDocs'];

const FREE = 'SchemaField.object({}, { preserveUnknownFields: true })';

/** A field of a schema of the past as TypeScript. @param notes what could not be taken along is added to it */
export function fieldCode(schema: any, path: string, notes: string[]): string {
  if (typeof schema !== 'object' || schema === null) {
    return 'SchemaField.any()';
  }
  const { type, format, items, additionalProperties, properties } = schema;
  const same = SAME[type] ?? [];
  const common = {
    description: json(schema.description || undefined),
    nullable: schema.nullable ? 'true' : undefined,
    ...Object.fromEntries(same.map(option => [option, json(schema[option])])),
    defaultValue: json(schema.default),
  };
  const lost = Object.keys(schema).filter(keyword => !READ.includes(keyword) && !same.includes(keyword) && !(keyword === 'anyOf' && schema['x-kubernetes-int-or-string']));
  if (lost.length > 0) {
    notes.push(`${path}: ${lost.join(', ')} → a rule in CEL, or dropped: no field takes it`);
  }
  if (schema['x-kubernetes-int-or-string']) {
    return call('intOrString', [], { description: common.description, pattern: json(schema.pattern) });
  }
  switch (type) {
    case 'string': case 'integer': case 'number': case 'boolean': {
      const known = type === 'string' ? memberCode('StringFormat', StringFormat, format) : type === 'integer' ? memberCode('IntegerFormat', IntegerFormat, format) : undefined;
      if (format !== undefined && known === undefined) {
        notes.push(`${path}: format ${format} is dropped: it says nothing to the API server`);
      }
      if (schema.enum && type !== 'string') {
        notes.push(`${path}: enum → a rule in CEL: { rule: 'self in ${JSON.stringify(schema.enum)}' }`);
      }
      return call(FACTORIES[type] ?? type, [], { ...common, format: known, allowed: type === 'string' ? texts(schema.enum) : undefined });
    }
    case 'array':
      return call('list', [fieldCode(items, `${path}[]`, notes)], {
        ...common, listType: memberCode('ListType', ListType, schema['x-kubernetes-list-type']), mapKeys: texts(schema['x-kubernetes-list-map-keys']),
      });
    case 'object': {
      if (typeof additionalProperties === 'object' && additionalProperties !== null && !properties) {
        return call('map', [fieldCode(additionalProperties, `${path}.*`, notes)], common);
      }
      const isFree = !properties || schema['x-kubernetes-preserve-unknown-fields'] || additionalProperties === true;
      const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
      const lacking = isFree ? [] : required.filter(name => !Object.hasOwn(properties, `${name}`));
      if (lacking.length > 0) {
        notes.push(`${path}: ${lacking.join(', ')} was required, and not described → describe it, and name it in required`);
      }
      return call('object', [fieldsCode(properties, path, notes)], {
        ...common,
        minProperties: undefined,
        maxProperties: undefined,
        required: texts(required.filter(name => !lacking.includes(name))),
        preserveUnknownFields: isFree ? 'true' : undefined,
      });
    }
    default:
      return call('any', [], { description: common.description });
  }
}

function fieldsCode(properties: any, path: string, notes: string[]): string {
  return literal(Object.fromEntries(Object.entries(properties ?? {}).map(([name, child]) => [key(name), fieldCode(child, `${path}.${name}`, notes)])));
}

/** What the root of a schema of the past holds: spec, status, and fields beside them. Where nothing was described, anything was kept. */
export function rootCode(root: any, hasStatus: boolean, notes: string[]): Record<string, string | undefined> {
  const { apiVersion, kind, metadata, spec, status, ...fields } = root?.properties ?? {};
  const part = (schema: any, path: string) => (schema?.type === 'object' ? fieldCode(schema, path, notes) : FREE);
  if (status && !hasStatus) {
    notes.push('status → it becomes a subresource, so the controller writes it by updateStatus');
  }
  return {
    spec: part(spec, '.spec'),
    status: status || hasStatus ? part(status, '.status') : undefined,
    fields: Object.keys(fields).length > 0 ? fieldsCode(fields, '', notes) : undefined,
  };
}
