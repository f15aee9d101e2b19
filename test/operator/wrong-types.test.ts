import { CustomResource, CustomResourceProps, ListType, PrinterColumnType, SchemaField } from '../../src';
import { FindingError } from '../../src/findings/report';
import { testChart } from '../support';

// From JavaScript, anything may be anything: it is taken, or ends in a finding.

const { string, integer, list, map } = SchemaField;
const rules = [{ rule: "self != ''", message: 'no', messageExpression: "'no'", reason: 'FieldValueInvalid' as any, fieldPath: '.a', optionalOldSelf: false }];

/** What can be said of each kind of field; made anew, so that it can be spoilt. */
const options: Record<string, () => any> = {
  string: () => ({ description: 'a', nullable: true, minLength: 1, maxLength: 9, pattern: 'a', format: 'hostname', allowed: ['a'], defaultValue: 'a', rules: [{ rule: "self != ''" }] }),
  integer: () => ({ minimum: 1, maximum: 3, format: 'int32', defaultValue: 1 }),
  quantity: () => ({ maxLength: 9, defaultValue: '1Gi' }),
  intOrString: () => ({ pattern: 'a', maxLength: 9, defaultValue: 'a' }),
  any: () => ({ description: 'a' }),
  conditions: () => ({ maxItems: 3 }),
};
const below: Record<string, () => any> = {
  object: () => ({ required: ['a'], preserveUnknownFields: true, atomic: true, defaultValue: { a: 'a' } }),
  list: () => ({ listType: ListType.MAP, mapKeys: ['a'], minItems: 0, maxItems: 3, defaultValue: [{ a: 'a' }] }),
  map: () => ({ minProperties: 0, maxProperties: 3, defaultValue: { a: 'a' } }),
};
const PRESETS = [...Object.keys(options), 'number', 'bool', 'duration', 'dateTime', 'dnsLabel', 'dnsSubdomain', 'labelSelector'];
const text = string({ maxLength: 9 });
const item = SchemaField.object({ a: text }, { required: ['a'] });
const made: Record<string, (given: any) => SchemaField> = {
  object: given => SchemaField.object({ a: text }, given), list: given => list(item, given), map: given => map(text, given),
};

const props = (): CustomResourceProps => ({
  group: 'storage.example.com', kind: 'Storage', plural: 'stores', singular: 'store', listKind: 'Stores', shortNames: ['stg'], categories: ['all'], scope: 'Namespaced' as any,
  labels: { a: 'b' }, annotations: { a: 'b' },
  versions: [{
    name: 'v1', served: true, storage: true, deprecated: true, deprecationWarning: 'a', spec: SchemaField.object({ a: text, replicas: integer() }), fields: { data: map(text) },
    status: SchemaField.object({ replicas: integer() }), rules: [{ rule: 'true' }], scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
    printerColumns: [{ name: 'A', type: PrinterColumnType.STRING, jsonPath: '.spec.a', priority: 0, description: 'a', format: 'byte' }], selectableFields: ['.spec.a'],
  }],
});

const WRONG = [null, undefined, 0, -1, 1.5, NaN, '', 'ä b', true, [], {}, [null], { a: null }, () => 1];

/** Every way to a value, as keys. */
function paths(value: any, path: string[] = []): string[][] {
  const isPlain = typeof value === 'object' && value !== null && !(value instanceof SchemaField);
  return [...(path.length > 0 ? [path] : []), ...(isPlain ? Object.keys(value).flatMap(key => paths(value[key], [...path, key])) : [])];
}

/** The same, with one value in it replaced. */
function spoilt(make: () => any, path: string[], wrong: unknown): any {
  const value = make();
  path.slice(0, -1).reduce((inner, key) => inner[key], value)[path[path.length - 1]] = wrong;
  return value;
}

function survives(build: () => unknown): void {
  try {
    build();
  } catch (error) {
    expect(error).toBeInstanceOf(FindingError);
  }
}

const resource = (given: any) => new CustomResource(testChart(), 'Kind', given).apiObject.toJson();
const ofField = (field: SchemaField) => resource({ group: 'storage.example.com', kind: 'Storage', versions: [{ name: 'v1', spec: SchemaField.object({ field }) }] });

test.each(paths(props()).map(path => [path.join('.'), path] as const))('a kind with anything as %s', (_, path) => {
  WRONG.forEach(wrong => survives(() => resource(spoilt(props, path, wrong))));
});

test.each(Object.entries({ ...options, ...below }).flatMap(([kind, make]) => paths(make()).map(path => [kind, path.join('.'), path, make] as const)))('a %s with anything as %s', (kind, _, path, make) => {
  WRONG.forEach(wrong => survives(() => ofField(made[kind] ? made[kind](spoilt(make, path, wrong)) : (SchemaField as any)[kind](spoilt(make, path, wrong)))));
});

test.each(Object.keys(rules[0]))('a rule with anything as %s', field => {
  WRONG.forEach(wrong => survives(() => ofField(SchemaField.object({ a: text }, { rules: [{ ...rules[0], rule: "self.a != ''", [field]: wrong }] as any }))));
});

test('what is handed over instead of options, fields or items', () => {
  for (const wrong of WRONG as any[]) {
    PRESETS.forEach(kind => survives(() => ofField((SchemaField as any)[kind](wrong))));
    const fields = [SchemaField.object(wrong), SchemaField.object({ a: wrong }), list(wrong), map(wrong), list(text, wrong), map(text, wrong), SchemaField.object({}, wrong),
      wrong];
    fields.forEach(field => survives(() => ofField(field)));
    survives(() => CustomResource.fromDefinition(wrong));
    survives(() => resource(wrong ?? {}));
    survives(() => resource({ ...props(), versions: [{ name: 'v1', spec: wrong }] }));
  }
});
