import { CustomResourceProps, CustomResourceVersion, ListType, PrinterColumnType, SchemaField } from '../../src';

/** Something that is wrong: as it is written with our constructs, and as a manifest that nothing of ours has looked at. */
export interface Refused {
  readonly code: string;
  readonly props: Partial<CustomResourceProps>;
  readonly raw: any;
  /** What the API server says. */
  readonly says: RegExp;
}

const NAMES = { plural: 'storages', singular: 'storage', kind: 'Storage', listKind: 'StorageList' };

/** A definition that is right, but for what is given. */
export function definition(version: any = {}, names: any = {}, group = 'storage.example.com', metadata: any = {}): any {
  const all = { ...NAMES, ...names };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${all.plural}.${group}`, ...metadata },
    spec: {
      group,
      scope: 'Namespaced',
      names: all,
      versions: [version].flat().map((one, index) => ({ name: `v${index + 1}`, served: true, storage: index === 0, schema: { openAPIV3Schema: { type: 'object' } }, ...one })),
    },
  };
}

/** With a schema whose spec is given. */
export function definitionOf(spec: any, version: any = {}): any {
  return definition({ schema: { openAPIV3Schema: { type: 'object', properties: { spec } } }, ...version });
}

const { string, list, map } = SchemaField;
const text = string({ maxLength: 63 });
const rawText = { type: 'string', maxLength: 63 };
const rawObject = (properties: any, more: any = {}) => ({ type: 'object', properties, ...more });
const rules = (...texts: (string | object)[]) => texts.map(rule => (typeof rule === 'string' ? { rule } : rule));
const withRules = (...texts: (string | object)[]) => ({ 'x-kubernetes-validations': rules(...texts) });

const ofVersion = (code: string, says: RegExp, version: Partial<CustomResourceVersion>, raw: any): Refused => ({ code, says, props: { versions: [{ name: 'v1', ...version }] }, raw });
const named = (code: string, says: RegExp, props: Partial<CustomResourceProps>, names: any): Refused => ({ code, says, props, raw: definition({}, names) });
/** One field `a` of the spec. */
const field = (code: string, says: RegExp, a: SchemaField, raw: any): Refused => ofVersion(code, says, { spec: SchemaField.object({ a }) }, definitionOf(rawObject({ a: raw })));
/** A rule of the spec, which has these fields. */
const rule = (code: string, says: RegExp, fields: Record<string, SchemaField>, raw: any, one: string | { rule: string }): Refused => ofVersion(
  code, says, { spec: SchemaField.object(fields, { rules: rules(one) as any }) }, definitionOf(rawObject(raw, withRules(one))),
);
const item = SchemaField.object({ name: text });
const rawItem = rawObject({ name: rawText });
const rawList = (items: any, more: any = {}) => ({ type: 'array', items, ...more });
const rawMap = (...keys: string[]) => ({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys });
const column = { name: 'Size', type: PrinterColumnType.STRING, jsonPath: '.spec.a' };
const counted = SchemaField.object({ replicas: SchemaField.integer() });

/** What the API server refuses; the findings that are stricter than it say why (docs/custom-resources.md). */
export const REFUSED: Readonly<Record<string, Refused>> = {
  'a group without a dot': { code: 'OPR001', says: /at least one dot/, props: { group: 'storage' }, raw: definition({}, {}, 'storage') },
  'a kind with a blank': named('OPR001', /spec.names.kind/, { kind: 'My Storage' }, { kind: 'My Storage' }),
  'a plural with a dot': named('OPR001', /spec.names.plural/, { plural: 'my.storages' }, { plural: 'my.storages' }),
  'a list that is the kind': named('OPR001', /may not be the same/, { listKind: 'Storage' }, { listKind: 'Storage' }),
  'a short name in capitals': named('OPR001', /shortNames/, { shortNames: ['STG'] }, { shortNames: ['STG'] }),
  'a category with a dot': named('OPR001', /categories/, { categories: ['a.b'] }, { categories: ['a.b'] }),
  'a group of Kubernetes': { code: 'OPR002', says: /api-approved/, props: { group: 'storage.k8s.io' }, raw: definition({}, {}, 'storage.k8s.io') },
  'a proof that is none': {
    code: 'OPR002', says: /api-approved/, props: { group: 'a.k8s.io', annotations: { 'api-approved.kubernetes.io': 'yes' } },
    raw: definition({}, {}, 'a.k8s.io', { annotations: { 'api-approved.kubernetes.io': 'yes' } }),
  },
  'none that is stored': { code: 'OPR003', says: /exactly one version/, props: { versions: [{ name: 'v1' }, { name: 'v2' }] }, raw: definition([{ storage: false }, {}]) },
  'two that are stored': {
    code: 'OPR003', says: /exactly one version/, props: { versions: [{ name: 'v1', storage: true }, { name: 'v2', storage: true }] }, raw: definition([{ storage: true }, { storage: true }]),
  },
  'two of one name': { code: 'OPR003', says: /unique version names/, props: { versions: [{ name: 'v1', storage: true }, { name: 'v1' }] }, raw: definition([{ name: 'v1' }, { name: 'v1' }]) },
  'a version in capitals': { code: 'OPR003', says: /DNS-1035/, props: { versions: [{ name: 'V1' }] }, raw: definition({ name: 'V1' }) },
  'no version': { code: 'OPR003', says: /versions/, props: { versions: [] }, raw: definition([]) },
  'a warning of what is not deprecated': ofVersion('OPR004', /only be set for deprecated/, { deprecationWarning: 'a' }, definition({ deprecationWarning: 'a' })),
  'a warning of two lines': ofVersion('OPR004', /printable/, { deprecated: true, deprecationWarning: 'a\nb' }, definition({ deprecated: true, deprecationWarning: 'a\nb' })),
  'a long warning': ofVersion('OPR004', /256/, { deprecated: true, deprecationWarning: 'é'.repeat(129) }, definition({ deprecated: true, deprecationWarning: 'é'.repeat(129) })),

  'a default that is not allowed': field('OPR007', /Unsupported value/, string({ allowed: ['a'], defaultValue: 'b' }), { type: 'string', enum: ['a'], default: 'b' }),
  'a default that is too long': field('OPR007', /Too long/, string({ maxLength: 1, defaultValue: 'bb' }), { type: 'string', maxLength: 1, default: 'bb' }),
  'a default of another form': field('OPR007', /should match/, string({ pattern: '^a$', defaultValue: 'b' }), { type: 'string', pattern: '^a$', default: 'b' }),
  'a default with an unknown field': field('OPR007', /unknown fields/, SchemaField.object({ name: text }, { defaultValue: { nam: 'a' } }), { ...rawItem, default: { nam: 'a' } }),
  'a default without what is required': field(
    'OPR007', /Required/, SchemaField.object({ b: string({ defaultValue: 'x' }) }, { required: ['b'], defaultValue: {} }),
    rawObject({ b: { type: 'string', default: 'x' } }, { required: ['b'], default: {} }),
  ),
  'a list as the default of a map': field('OPR007', /must be of type object|Invalid value/, map(text, { defaultValue: [] }), { type: 'object', additionalProperties: rawText, default: [] }),
  'a look ahead': field('OPR009', /valid regular expression/, string({ pattern: '^(?!a)' }), { type: 'string', pattern: '^(?!a)' }),
  'a reference back': field('OPR009', /valid regular expression/, string({ pattern: '(a)\\1' }), { type: 'string', pattern: '(a)\\1' }),

  'a map without keys': field('OPR011', /must not be empty/, list(item, { listType: ListType.MAP }), rawList(rawItem, { 'x-kubernetes-list-type': 'map' })),
  'a key that is no field': field('OPR011', /names of item properties/, list(item, { listType: ListType.MAP, mapKeys: ['nam'] }), rawList(rawItem, rawMap('nam'))),
  'a key that may be missing': field('OPR011', /must have a default or be a required/, list(item, { listType: ListType.MAP, mapKeys: ['name'] }), rawList(rawItem, rawMap('name'))),
  'a key twice': field(
    'OPR011', /duplicate entries/, list(SchemaField.object({ name: text }, { required: ['name'] }), { listType: ListType.MAP, mapKeys: ['name', 'name'] }),
    rawList({ ...rawItem, required: ['name'] }, rawMap('name', 'name')),
  ),
  'keys without a map': field('OPR011', /must be map/, list(item, { mapKeys: ['name'] }), rawList(rawItem, { 'x-kubernetes-list-map-keys': ['name'] })),
  'keys of texts': field('OPR011', /must be object/, list(text, { listType: ListType.MAP, mapKeys: ['a'] }), rawList(rawText, rawMap('a'))),
  'a set of objects': field('OPR011', /must be atomic/, list(item, { listType: ListType.SET }), rawList(rawItem, { 'x-kubernetes-list-type': 'set' })),
  'a set of what may be null': field(
    'OPR011', /cannot be nullable/, list(string({ nullable: true }), { listType: ListType.SET }), rawList({ type: 'string', nullable: true }, { 'x-kubernetes-list-type': 'set' }),
  ),
  'a schema of the metadata': ofVersion('OPR012', /metadata/, { fields: { metadata: SchemaField.object({ labels: map(text) }) } }, definition({
    schema: { openAPIV3Schema: rawObject({ metadata: rawObject({ labels: { type: 'object', additionalProperties: rawText } }) }) },
  })),
  'a column without a name': ofVersion('OPR014', /name: Required/, { spec: SchemaField.object({ a: text }), printerColumns: [{ ...column, name: '' }] }, definition({ additionalPrinterColumns: [{ ...column, name: '' }] })),
  'a column without a dot': ofVersion('OPR014', /starting with \./, { printerColumns: [{ ...column, jsonPath: 'a' }] }, definition({ additionalPrinterColumns: [{ ...column, jsonPath: 'a' }] })),
  'a column of a strange format': ofVersion('OPR014', /format/, { spec: SchemaField.object({ a: text }), printerColumns: [{ ...column, format: 'a' }] }, definition({ additionalPrinterColumns: [{ ...column, format: 'a' }] })),
  'replicas of the status in the spec': ofVersion(
    'OPR015', /under .status/, { spec: counted, status: counted, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.spec.replicas' } },
    definition({ subresources: { scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.spec.replicas' } } }),
  ),
  'a selectable field that is not there': ofVersion(
    'OPR016', /invalid path/, { spec: SchemaField.object({ a: text }), selectableFields: ['.spec.b'] }, definitionOf(rawObject({ a: rawText }), { selectableFields: [{ jsonPath: '.spec.b' }] }),
  ),
  'a selectable list': ofVersion(
    'OPR016', /string, boolean or integer/, { spec: SchemaField.object({ a: list(text) }), selectableFields: ['.spec.a'] },
    definitionOf(rawObject({ a: rawList(rawText) }), { selectableFields: [{ jsonPath: '.spec.a' }] }),
  ),
  'a selectable item': ofVersion(
    'OPR016', /array notation/, { spec: SchemaField.object({ a: list(text) }), selectableFields: ['.spec.a[0]'] },
    definitionOf(rawObject({ a: rawList(rawText) }), { selectableFields: [{ jsonPath: '.spec.a[0]' }] }),
  ),
  'selectable metadata': ofVersion('OPR016', /metadata|invalid path/, { selectableFields: ['.metadata.name'] }, definition({ selectableFields: [{ jsonPath: '.metadata.name' }] })),
  'nine selectable fields': ofVersion(
    'OPR016', /Too many/, { spec: SchemaField.object(Object.fromEntries([...'abcdefghi'].map(name => [name, text]))), selectableFields: [...'abcdefghi'].map(name => `.spec.${name}`) },
    definitionOf(rawObject(Object.fromEntries([...'abcdefghi'].map(name => [name, rawText]))), { selectableFields: [...'abcdefghi'].map(name => ({ jsonPath: `.spec.${name}` })) }),
  ),

  'half an expression': rule('OPR017', /compilation failed/, { a: text }, { a: rawText }, 'self.a =='),
  'no expression': rule('OPR017', /rule is not specified/, { a: text }, { a: rawText }, ' '),
  'a message of two lines': rule('OPR017', /line breaks/, { a: text }, { a: rawText }, { rule: 'true', message: 'a\nb' } as any),
  'two lines without a message': rule('OPR017', /line breaks/, { a: text }, { a: rawText }, 'true &&\ntrue'),
  'half a messageExpression': rule('OPR017', /compilation failed/, { a: text }, { a: rawText }, { rule: 'true', messageExpression: '"a" +' } as any),
  'a field that a rule invents': rule('OPR018', /undefined field/, { a: text }, { a: rawText }, "self.b == ''"),
  'a field that has() invents': rule('OPR018', /undefined field/, { a: text }, { a: rawText }, 'has(self.b)'),
  'a variable that is not there': rule('OPR018', /undeclared reference/, { a: text }, { a: rawText }, "slef.a == ''"),
  'a field by []': rule('OPR018', /compilation failed/, { a: text }, { a: rawText }, "self['a'] == ''"),
  'a library that Kubernetes has not': rule('OPR018', /undeclared reference to 'cel'/, { a: text }, { a: rawText }, "cel.bind(n, self.a, n != '')"),
  'has() of a variable': rule('OPR018', /compilation failed/, { a: text }, { a: rawText }, 'has(self)'),
  'what is not described': rule('OPR018', /undefined field/, { a: SchemaField.any() }, { a: { 'x-kubernetes-preserve-unknown-fields': true } }, 'has(self.a)'),
  'the namespace of the object': ofVersion('OPR018', /undefined field/, { rules: [{ rule: "self.metadata.namespace == 'a'" }] }, definition({
    schema: { openAPIV3Schema: { type: 'object', ...withRules("self.metadata.namespace == 'a'") } },
  })),
  'a rule on what is not described': field(
    'OPR018', /x-kubernetes-validations/, list(SchemaField.any(), { maxItems: 3, rules: [{ rule: 'true' }] }),
    rawList({ 'x-kubernetes-preserve-unknown-fields': true }, { maxItems: 3, ...withRules('true') }),
  ),
  'two texts without a limit': rule('OPR019', /exceeds budget/, { a: string(), b: string() }, { a: { type: 'string' }, b: { type: 'string' } }, 'self.a.contains(self.b)'),
  'a list in a list without limits': rule(
    'OPR019', /exceeds budget/, { a: list(text) }, { a: rawList(rawText) }, 'self.a.all(x, self.a.exists_one(y, x == y))',
  ),
  'a list without a limit above': field(
    'OPR019', /exceeds budget/, list(string({ maxLength: 100, rules: [{ rule: "self.matches('^a+$')" }] })), rawList({ type: 'string', maxLength: 100, ...withRules("self.matches('^a+$')") }),
  ),
  'each item against each of a long list': rule(
    'OPR022', /exceeds budget/, { a: list(text, { maxItems: 4096 }) }, { a: rawList(rawText, { maxItems: 4096 }) }, 'self.a.all(x, self.a.exists_one(y, x == y))',
  ),
  'oldSelf in a list': field(
    'OPR020', /uncorrelatable/, list(string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }), { maxItems: 3 }), rawList({ type: 'string', maxLength: 3, ...withRules('self == oldSelf') }, { maxItems: 3 }),
  ),
  'optionalOldSelf without oldSelf': rule('OPR020', /oldSelf is not used/, { a: text }, { a: rawText }, { rule: 'true', optionalOldSelf: true } as any),
  'a fieldPath to nowhere': rule('OPR021', /valid path/, { a: text }, { a: rawText }, { rule: 'true', fieldPath: '.b' } as any),
  'a fieldPath without a dot': rule('OPR021', /valid path/, { a: text }, { a: rawText }, { rule: 'true', fieldPath: 'a' } as any),
  'a fieldPath into a list': rule('OPR021', /valid path/, { a: list(text, { maxItems: 3 }) }, { a: rawList(rawText, { maxItems: 3 }) }, { rule: 'true', fieldPath: '.a[0]' } as any),
};
