import * as fc from 'fast-check';
import { common, flag, id, members, mostly, some, Step, text } from './basics';
import { CelRule, CelRuleReason, CustomResource, IntegerFormat, ListType, ObjectFieldOptions, PrinterColumnType, ResourceScope, SchemaField, StringFormat } from '../../src';

const count = fc.oneof({ weight: 100, arbitrary: fc.integer({ min: 1, max: 64 }) }, { weight: 1, arbitrary: fc.constantFrom(0, -1, 1.5, 2 ** 40) });
const description = text(['How large it is.', 'What it is for, in two\nlines.']);
const noRules = { description, nullable: mostly(fc.constant(false), flag) };

/** Rules that the type of a field can bear, and some that it cannot. */
const rules = (...right: string[]): fc.Arbitrary<CelRule[]> => fc.array(some({
  rule: mostly(fc.constantFrom(...right), fc.constantFrom('self =', 'has(self.nothing)', 'slef > 0', 'oldSelf == self', ''), 200), message: text(['is not right'], ['a\nb']),
  reason: members(CelRuleReason), messageExpression: mostly(fc.constant("'it is not right'"), fc.constantFrom("'a' +", ' '), 200),
}, ['rule']), { maxLength: 2 });

const string = some({
  ...noRules, minLength: fc.constantFrom(0, 1), maxLength: count, pattern: text(['^[a-z]+$', '^a{1,3}$'], ['^(?!a)', '(a)\\1', '\\u00e9', 'a**', '[']),
  rules: rules("self != 'a'", "self != 'b'", 'self.size() < 9', "self.startsWith('a') || self.matches('^[b-z]$')"),
}, ['maxLength']).map(options => SchemaField.string(options));
const choice = some({
  description, allowed: fc.constantFrom<string[]>(['Retain', 'Delete'], ['Retain']), defaultValue: text(['Retain']), rules: rules("self != 'x'"),
}, ['allowed']).map(options => SchemaField.string(options));
const formed = fc.tuple(some({ ...noRules, format: members(StringFormat), maxLength: count }, [])).map(([options]) => SchemaField.string(options));
const integer = some({
  ...noRules, minimum: fc.constantFrom(0, 1), maximum: fc.constantFrom(3, 5), format: members(IntegerFormat),
  defaultValue: mostly(fc.constantFrom(1, 2), fc.constantFrom(1.5), 100),
  rules: rules('self < 9', 'self > 0', 'self in [1, 2, 3]'),
}, []).map(options => SchemaField.integer(options));
const preset = fc.constantFrom(
  SchemaField.quantity({ rules: [{ rule: "quantity(self).isGreaterThan(quantity('0'))" }] }), SchemaField.duration({ rules: [{ rule: "self > duration('1s')" }] }), SchemaField.dateTime(),
  SchemaField.dnsLabel(), SchemaField.dnsSubdomain({ defaultValue: 'a.b' }), SchemaField.bool({ defaultValue: true }), SchemaField.number({ minimum: 0.5, defaultValue: 1 }), SchemaField.any(),
  SchemaField.intOrString({ maxLength: 8, rules: [{ rule: "type(self) == int || self != ''" }] }), SchemaField.conditions(), SchemaField.labelSelector(),
  SchemaField.object({}, { preserveUnknownFields: true, defaultValue: { a: 1 } }),
);
const scalar = fc.oneof(string, choice, integer, formed, preset);

const names = text(['size', 'className', 'name', 'a-b', 'namespace'], ['spec', '$ref', '']);
const { field } = fc.letrec<{ field: SchemaField }>(tie => ({
  field: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.tuple(tie('field'), some({ ...noRules, maxItems: count, listType: mostly(fc.constant(ListType.ATOMIC), members(ListType), 20), rules: rules('self.size() < 9', 'self.size() > 0') }, ['maxItems']))
      .map(([items, options]) => SchemaField.list(items, options)),
    fc.tuple(tie('field'), some({ ...noRules, maxProperties: count, rules: rules('self.size() < 9', "self.all(key, key != '')") }, ['maxProperties'])).map(([values, options]) => SchemaField.map(values, options)),
    fc.tuple(string, tie('field'), some({ ...noRules, maxItems: count, mapKeys: mostly(fc.constant<string[]>(['name']), fc.constantFrom<string[]>([], ['nam'], ['name', 'name'])) }, ['mapKeys', 'maxItems'])).map(([key, value, options]) => (
      SchemaField.list(SchemaField.object({ name: key, value }, { required: ['name'] }), { ...options, listType: ListType.MAP }))),
    object(tie('field')),
  ),
}));

function object(fields: fc.Arbitrary<SchemaField>): fc.Arbitrary<SchemaField> {
  return fc.tuple(fc.dictionary(names, fields, { maxKeys: 3, noNullPrototype: true }), some({ ...noRules, required: mostly(fc.constant(true), flag), atomic: flag, rules: rules('true', 'self == self') }, []))
    .map(([known, { required, ...options }]) => SchemaField.object(known, { ...options, required: required ? Object.keys(known) : [] } as ObjectFieldOptions));
}

const spec = object(field).map(below => SchemaField.object({
  below, size: SchemaField.quantity(), names: SchemaField.list(SchemaField.string({ maxLength: 9 }), { maxItems: 4 }), replicas: SchemaField.integer(),
}));
const path = text(['.spec.size', '.spec.names[0]', '.metadata.labels.app', '.spec.below'], ['spec.size', '.spec.sise', '.spec[']);
const column = some({
  name: text(['Size']), type: mostly(fc.constant(PrinterColumnType.STRING), members(PrinterColumnType)), jsonPath: path, priority: fc.constantFrom(0, 1), description,
}, ['name', 'type', 'jsonPath']);
const reported = SchemaField.object({ conditions: SchemaField.conditions(), replicas: SchemaField.integer() });
const version = some({
  served: mostly(fc.constant(true), flag, 60), deprecated: fc.constant(true), spec, status: mostly(fc.constant(reported), object(field), 30),
  fields: fc.constantFrom({ data: SchemaField.map(SchemaField.string()) }), printerColumns: fc.array(column, { maxLength: 1 }),
  selectableFields: mostly(fc.constant<string[]>(['.spec.size']), fc.array(path, { maxLength: 2 }), 30),
  rules: rules("self.metadata.name != 'x'", "!has(self.spec) || !has(self.spec.size) || self.spec.size != ''"),
  scale: mostly(fc.constant(undefined), fc.constant({ specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' }), 4),
}, ['spec', 'status']);

export const customResourceSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(
    some({
      ...common, kind: text(['Storage', 'Backup'], ['storage', 'My Storage']), group: text(['storage.example.com', 'example.org'], ['storage', 'storage.k8s.io']), scope: members(ResourceScope),
      plural: text(['stores']), shortNames: mostly(fc.constantFrom<string[]>([], ['stg']), fc.constantFrom<string[]>(['sc'], ['STG']), 8), categories: fc.constantFrom<string[]>([], ['storage']),
    }, ['group', 'kind']),
    version, mostly(fc.constant(false), flag, 4),
  ).map(([props, first, twice]) => chart => {
    new CustomResource(chart, id(), { ...props, versions: twice ? [{ name: 'v1', ...first }, { ...first, name: 'v2', storage: true }] : [{ name: 'v1', ...first }] });
  }),
];
