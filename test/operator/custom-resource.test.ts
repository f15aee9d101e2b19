import { storageResource } from '../../examples/storage-operator/storage-resource';
import { CustomResource, CustomResourceProps, Findings, GitOpsTool, KubernetesVersion, ListType, ResourceScope, SchemaField, StringFormat } from '../../src';
import { complaints, pasted, run } from '../pasted-code';
import { kind, rules, schemaOf, spec, version } from './kinds';
import { all, codes, object, one, testChart, thrown, uncheckedCodes, yaml } from '../support';

const { string, integer, list, map } = SchemaField;
const text = string({ maxLength: 63 });

test('the kind Storage is one definition, as small as it can be', () => {
  const chart = testChart({ gitOps: GitOpsTool.ARGO_CD });
  const storage = storageResource(chart);
  expect(storage).toMatchObject({
    group: 'storage.example.com', kind: 'Storage', plural: 'storages', singular: 'storage', scope: ResourceScope.NAMESPACED, hasStatus: true, hasScale: false, versions: ['v1'], storageVersion: 'v1',
    apiVersion: 'storage.example.com/v1', crdName: 'storages.storage.example.com',
  });
  expect(codes(chart)).toEqual([]);
  // The types of each rule in CEL, and the rules that a default has to keep.
  expect(new Set(uncheckedCodes(chart))).toEqual(new Set(['OPR007', 'OPR018']));
  expect(yaml(chart)).toMatchSnapshot();
});

test('a definition outlives a pruning, and has no namespace', () => {
  const chart = testChart({ gitOps: GitOpsTool.ARGO_CD }, { namespace: 'apps' });
  kind({}, {}, chart);
  expect(one(chart, 'CustomResourceDefinition').metadata).toEqual({
    name: 'storages.storage.example.com', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  });
});

describe('names', () => {
  test.each([['Storage', 'storages'], ['Policy', 'policies'], ['Class', 'classes'], ['Proxy', 'proxies'], ['Gateway', 'gateways'], ['Branch', 'branches'], ['Box', 'boxes']])('the plural of %s is %s', (name, plural) => {
    expect(kind({ kind: name }).plural).toBe(plural);
  });

  test('all of them can be given', () => {
    const names = { plural: 'data', singular: 'datum', listKind: 'Data', shortNames: ['dt'], categories: ['all'] };
    expect(kind({ kind: 'Datum', ...names }).apiObject.toJson().spec.names).toEqual({ kind: 'Datum', ...names });
  });

  test('a kind that exists is a value', () => {
    expect(CustomResource.fromDefinition({ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshotClass', scope: ResourceScope.CLUSTER, status: false, version: 'v1beta1' })).toEqual({
      group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshotClass', plural: 'volumesnapshotclasses', scope: ResourceScope.CLUSTER, hasStatus: false, hasScale: false, versions: ['v1beta1'],
    });
    expect(CustomResource.fromDefinition({ group: 'apps', kind: 'Deployment', scale: true })).toMatchObject({ group: 'apps', plural: 'deployments', hasScale: true });
    expect(CustomResource.fromDefinition({ group: '', kind: 'ConfigMap' })).toMatchObject({ group: '', plural: 'configmaps' });
  });
});

describe('versions', () => {
  test('the stored one is first, and each has its own schema', () => {
    const versions = [{ name: 'v1beta1', deprecated: true, spec: SchemaField.object({ old: text }) }, { name: 'v1', storage: true, spec: SchemaField.object({ size: text }) }];
    const resource = kind({ versions });
    expect(resource.versions).toEqual(['v1', 'v1beta1']);
    expect(resource.apiVersion).toBe('storage.example.com/v1');
    expect(resource.hasStatus).toBe(false);
    expect(resource.apiObject.toJson().spec.versions.map((entry: any) => [
      entry.name, entry.served, entry.storage, entry.deprecated, Object.keys(entry.schema.openAPIV3Schema.properties.spec.properties),
    ])).toEqual([
      ['v1beta1', true, false, true, ['old']], ['v1', true, true, undefined, ['size']],
    ]);
  });

  test('a spec is asked for as soon as something in it is', () => {
    expect(schemaOf(spec({ size: text })).required).toBeUndefined();
    expect(schemaOf(spec({ size: text }, { required: ['size'] })).required).toEqual(['spec']);
  });

  test('subresources, columns and fields to select by are of a version', () => {
    const counted = SchemaField.object({ replicas: integer() });
    const { subresources, selectableFields } = version({
      spec: SchemaField.object({ replicas: integer(), className: text }), status: counted, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
      selectableFields: ['.spec.className'],
    }).apiObject.toJson().spec.versions[0];
    expect(subresources).toEqual({ status: {}, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } });
    expect(selectableFields).toEqual([{ jsonPath: '.spec.className' }]);
  });
});

describe('fields', () => {
  const rendered = (field: SchemaField) => schemaOf(spec({ field })).properties.spec.properties.field;

  test.each<[string, SchemaField, object]>([
    ['a text', string({ minLength: 1, maxLength: 3, pattern: '^a', format: StringFormat.HOSTNAME, allowed: ['a', 'ab'], description: 'What.', defaultValue: 'a', nullable: true }), {
      description: 'What.', type: 'string', format: 'hostname', pattern: '^a', minLength: 1, maxLength: 3, enum: ['a', 'ab'], nullable: true, default: 'a',
    }],
    ['a text of which nothing is said', string({ nullable: false, rules: [] }), { type: 'string' }],
    ['an empty default', string({ defaultValue: '' }), { type: 'string', default: '' }],
    ['a switch that is off by default', SchemaField.bool({ defaultValue: false }), { type: 'boolean', default: false }],
    ['a number', integer({ minimum: 0, maximum: 3, defaultValue: 0 }), { type: 'integer', minimum: 0, maximum: 3, default: 0 }],
    ['a port', SchemaField.intOrString({ pattern: '^a$' }), { 'anyOf': [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true, 'pattern': '^a$' }],
    ['a map', map(text, { maxProperties: 3 }), { type: 'object', maxProperties: 3, additionalProperties: { type: 'string', maxLength: 63 } }],
    ['a list', list(text, { listType: ListType.SET, maxItems: 3, defaultValue: [] }), { 'type': 'array', 'default': [], 'maxItems': 3, 'x-kubernetes-list-type': 'set', 'items': { type: 'string', maxLength: 63 } }],
    ['an object of anything', SchemaField.object({}, { preserveUnknownFields: true }), { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true }],
    ['one value', SchemaField.object({ a: text }, { atomic: true }), { 'type': 'object', 'x-kubernetes-map-type': 'atomic', 'properties': { a: { type: 'string', maxLength: 63 } } }],
    ['anything', SchemaField.any({ description: 'A pod.' }), { 'description': 'A pod.', 'x-kubernetes-preserve-unknown-fields': true }],
    ['a time', SchemaField.dateTime(), { type: 'string', format: 'date-time' }],
  ])('%s is written with what was said of it, and nothing else', (_, field, schema) => {
    expect(rendered(field)).toEqual(schema);
  });

  test('what has a form may be shorter', () => {
    expect(rendered(SchemaField.dnsLabel({ maxLength: 42 }))).toMatchObject({ maxLength: 42, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' });
  });

  test('one field can be in two places', () => {
    const { properties } = schemaOf(spec({ one: text, other: list(text) })).properties.spec;
    expect(properties.other.items).toEqual(properties.one);
  });

  test('names that objects have of themselves are names as others', () => {
    const { properties } = schemaOf(spec({ valueOf: text, toString: text } as any, { required: ['valueOf'] })).properties.spec;
    expect(Object.keys(properties).sort()).toEqual(['toString', 'valueOf']);
    expect(thrown(() => spec({ a: text }, { required: ['toString'] }))?.code).toBe('OPR006');
    expect(thrown(() => rules({ a: text }, "self.constructor == ''"))?.code).toBe('OPR018');
  });
});

describe('what is found', () => {
  const message = (build: () => unknown) => {
    const { code, message: said, fix } = thrown(build)!;
    return `${code}: ${said}. ${fix}`;
  };

  test('says where it is, and which name is near', () => {
    const disk = SchemaField.object({ size: text });
    expect(message(() => spec({ disks: list(disk, { maxItems: 3 }) }, { rules: [{ rule: "self.disks.all(d, d.sise != '')" }] }))).toBe(
      "OPR018: a rule of .spec of v1, self.disks.all(d, d.sise != ''): self.disks[] has no field 'sise'. write 'size'",
    );
    expect(message(() => spec({ disk }, { required: ['disc'] }))).toContain("required: ['disk']");
    expect(message(() => spec({ disks: list(string({ maxLength: 3, rules: [{ rule: "self != ''" }] })) }))).toMatch(/costs as much as \.spec\.disks is long.*maxItems: 64/);
    expect(message(() => version({ rules: [{ rule: "self.metadata.labels.a == ''" }] }))).toContain('self.metadata.name');
  });

  test('says what it costs', () => {
    expect(message(() => rules({ names: list(text, { maxItems: 4096 }) }, 'self.names.all(a, self.names.exists_one(b, a == b))'))).toMatch(/it costs up to \d+,\d{3},\d{3}, and 10,000,000 are allowed/);
  });
});

test('what only the API server can tell is listed', () => {
  const chart = testChart();
  kind({
    versions: [{
      name: 'v1',
      spec: SchemaField.object({ 'a-b': string({ maxLength: 9, format: StringFormat.EMAIL, defaultValue: 'a@b.ex' }) }, { rules: [{ rule: 'self.`a-b` != ""' }] }),
    }],
  }, {}, chart);
  expect(uncheckedCodes(chart)).toEqual(['OPR007', 'OPR017', 'OPR018']);
});

test.each(KubernetesVersion.all())('the kind Storage is written alike for Kubernetes %s, or needs a newer one', kubernetes => {
  const build = () => storageResource(testChart({ kubernetes })).apiObject.toJson();
  if (kubernetes.minor < 29) {
    expect(thrown(build)).toMatchObject({ code: 'OPR010', message: expect.stringContaining('quantities in CEL') });
  } else {
    expect(build()).toEqual(storageResource(testChart()).apiObject.toJson());
  }
});

describe('from v1beta1', () => {
  const old = (more: object = {}) => {
    const chart = testChart();
    object(chart, 'CustomResourceDefinition', {
      metadata: { name: 'storages.storage.example.com' },
      spec: { group: 'storage.example.com', version: 'v1alpha1', scope: 'Namespaced', names: { kind: 'Storage', plural: 'storages' }, ...more },
    }, 'apiextensions.k8s.io/v1beta1');
    return Findings.of(chart).list()[0];
  };
  const schema = {
    type: 'object',
    properties: {
      apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' },
      spec: {
        type: 'object', required: ['size'], properties: {
          'size': { type: 'string', description: "The size's\nunit is Gi.", pattern: '^\\d+Gi$' }, 'replicas': { type: 'integer', format: 'int32', minimum: 0 }, 'labels': { type: 'object', additionalProperties: { type: 'string' } },
          'Mode-2': { type: 'string', enum: ['a', 'b'] }, 'port': { 'x-kubernetes-int-or-string': true }, 'template': { type: 'object' }, 'free': {},
          'hosts': { type: 'array', uniqueItems: true, minItems: 1, items: { type: 'string', format: 'hostname' } }, 'level': { type: 'integer', enum: [1, 2] },
        },
      },
      status: { type: 'object', properties: { phase: { type: 'string', format: 'phase' } } },
      data: { type: 'object', additionalProperties: { type: 'string' } },
    },
  };
  const samples: Record<string, object> = {
    'nothing described': {},
    'all of it': {
      scope: 'Cluster', preserveUnknownFields: false, names: { kind: 'Storage', plural: 'stores', singular: 'store', listKind: 'Stores', shortNames: ['stg'], categories: ['all'] },
      versions: [{ name: 'v1alpha1', served: true, storage: false }, { name: 'v1beta1', served: true, storage: true }], validation: { openAPIV3Schema: schema },
      subresources: { status: {}, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } }, conversion: { strategy: 'None' },
      additionalPrinterColumns: [{ name: 'Size', type: 'string', JSONPath: '.spec.size', priority: 1, description: 'How large.' }],
    },
    'a field that is required and not described': { scope: undefined, validation: { openAPIV3Schema: { properties: { spec: { type: 'object', required: ['size', 'class'], properties: { size: { type: 'string' } } } } } } },
    'a status without a subresource': { validation: { openAPIV3Schema: schema } },
  };

  test('the code compiles', () => {
    expect(complaints(Object.fromEntries(Object.entries(samples).map(([name, more]) => [name, pasted(old(more).fix)])))).toEqual([]);
  }, 120_000);

  test('a definition of which nothing was described keeps what it kept', () => {
    const chart = run(pasted(old().fix), testChart());
    expect(codes(chart)).toEqual([]);
    expect(one(chart, 'CustomResourceDefinition').spec).toEqual({
      group: 'storage.example.com', names: { kind: 'Storage', plural: 'storages', singular: 'storage', listKind: 'StorageList' }, scope: 'Namespaced',
      versions: [{ name: 'v1alpha1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } } } } }],
    });
  });

  test('all of a definition is taken along, or it is said that it is not', () => {
    const { fix } = old(samples['a status without a subresource']);
    const chart = run(pasted(fix), testChart());
    const { properties } = one(chart, 'CustomResourceDefinition').spec.versions[0].schema.openAPIV3Schema;
    expect(properties.spec.properties).toMatchObject({
      'size': { type: 'string', description: "The size's\nunit is Gi.", pattern: '^\\d+Gi$' }, 'labels': { type: 'object', additionalProperties: { type: 'string' } }, 'Mode-2': { enum: ['a', 'b'] },
      'template': { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true }, 'free': { 'x-kubernetes-preserve-unknown-fields': true }, 'hosts': { minItems: 1, items: { format: 'hostname' } },
    });
    expect(properties.data).toEqual({ type: 'object', additionalProperties: { type: 'string' } });
    expect(fix).toContain('validation → versions[].schema.openAPIV3Schema');
    expect(fix).toContain('.spec.hosts: uniqueItems → a rule in CEL, or dropped');
    expect(fix).toContain("{ rule: 'self in [1,2]' }");
    expect(fix).toContain('status → it becomes a subresource');
  });

  test('a field that is required and not described is said, and so is what was kept', () => {
    const { fix } = old(samples['a field that is required and not described']);
    const chart = run(pasted(fix), testChart());
    expect(codes(chart)).toEqual([]);
    expect(one(chart, 'CustomResourceDefinition').spec.scope).toBe('Namespaced');
    expect(fix).toContain('.spec: class was required, and not described');
    expect(fix).toContain('preserveUnknownFields was not said, so it was true');
  });

  test('two versions, columns and subresources are taken along', () => {
    const text2 = pasted(old({ ...samples['all of it'], validation: undefined, subresources: { status: {} }, additionalPrinterColumns: [{ name: 'Age', type: 'date', JSONPath: '.metadata.creationTimestamp' }] }).fix);
    const { spec: { names, scope, versions } } = one(run(text2, testChart()), 'CustomResourceDefinition');
    expect([names.plural, names.shortNames, scope]).toEqual(['stores', ['stg'], 'Cluster']);
    expect(versions.map((one2: any) => [one2.name, one2.storage, one2.subresources, one2.additionalPrinterColumns[0].jsonPath])).toEqual([
      ['v1alpha1', false, { status: {} }, '.metadata.creationTimestamp'], ['v1beta1', true, { status: {} }, '.metadata.creationTimestamp'],
    ]);
  });

  test.each<[string, any]>([['spec', undefined], ['names', { spec: { names: null } }], ['versions', { spec: { versions: [null, 3] } }], ['a schema', { spec: { validation: { openAPIV3Schema: { properties: { spec: { type: 'object', properties: { a: null } } } } } } }]])(
    'what cannot be read ends in a finding: %s', (_, fields) => {
      const chart = testChart();
      object(chart, 'CustomResourceDefinition', { metadata: { name: 'a' }, ...fields }, 'apiextensions.k8s.io/v1beta1');
      expect(codes(chart)).toEqual(['OPR030']);
    });
});

test('two kinds are two definitions', () => {
  const chart = testChart();
  (['Storage', 'Backup'] as const).forEach(name => kind({ kind: name } as Partial<CustomResourceProps>, {}, chart));
  expect(all(chart, 'CustomResourceDefinition').map(({ metadata }) => metadata.name)).toEqual(['storages.storage.example.com', 'backups.storage.example.com']);
});
