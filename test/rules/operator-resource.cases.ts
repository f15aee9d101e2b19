import { Chart } from 'cdk8s';
import { Cases, nowhere } from './case';
import {
  CustomResource, GitOpsTool, IntegerFormat, KubernetesVersion, ListType, PrinterColumnType, ResourceScope, SchemaField, SnapshotController, StringFormat,
} from '../../src';
import { kind, rules, spec, version } from '../operator/kinds';
import { object, testChart, twoClusters } from '../support';

const { string, integer, list, map } = SchemaField;
const text = string({ maxLength: 63 });
const item = SchemaField.object({ name: text, size: SchemaField.quantity() }, { required: ['name'] });
const column = { name: 'Size', type: PrinterColumnType.STRING, jsonPath: '.spec.size' };
const sized = SchemaField.object({ size: SchemaField.quantity(), replicas: integer(), ready: SchemaField.bool(), names: list(text), labels: map(text) });
const counted = SchemaField.object({ replicas: integer(), selector: text });
const scale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', labelSelectorPath: '.status.selector' };
const old = { kubernetes: KubernetesVersion.V1_27 };

/** A definition as the user writes it. */
function definition(chart: Chart, names: Record<string, unknown>, group = 'storage.example.com') {
  return object(chart, 'CustomResourceDefinition', { metadata: { name: `${names.plural}.${group}` }, spec: { group, names } }, 'apiextensions.k8s.io/v1');
}

function pair(first: Partial<Parameters<typeof kind>[0]>, second: Partial<Parameters<typeof kind>[0]>) {
  const chart = testChart();
  kind(first, {}, chart);
  return kind(second, {}, chart);
}

export const OPERATOR_RESOURCE_CASES: Cases = {
  OPR001: {
    trips: {
      'a group without a dot': () => kind({ group: 'storage' }),
      'a group in capitals': () => kind({ group: 'Storage.example.com' }),
      'a kind in small letters': () => kind({ kind: 'storage' }),
      'a kind with a blank': () => kind({ kind: 'My Storage' }),
      'a plural in capitals': () => kind({ plural: 'Storages' }),
      'a plural with a dot': () => kind({ plural: 'my.storages' }),
      'a singular that begins with a digit': () => kind({ singular: '1storage' }),
      'a list of the name of the kind': () => kind({ listKind: 'Storage' }),
      'a short name in capitals': () => kind({ shortNames: ['STG'] }),
      'a category with a dot': () => kind({ categories: ['my.storage'] }),
      'a name that is too long': () => kind({ group: `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.io`, plural: 'storages-of-the-company' }),
      'a kind that exists, in a group that cannot be': nowhere(() => CustomResource.fromDefinition({ group: 'Snapshot', kind: 'VolumeSnapshot' })),
      'a version of a kind that exists': nowhere(() => CustomResource.fromDefinition({ group: 'example.com', kind: 'Thing', version: 'V1' })),
    },
    passes: {
      'all names given': () => kind({ plural: 'storage-s', singular: 'storage1', listKind: 'Storages', shortNames: ['stg', 's3'], categories: ['all', 'storage'] }),
      'a kind of several words': () => kind({ kind: 'MyStorage2' }),
      'a kind that exists': () => {
        CustomResource.fromDefinition({ group: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot' });
        CustomResource.fromDefinition({ group: '', kind: 'ConfigMap' });
        CustomResource.fromDefinition({ group: 'apps', kind: 'Deployment', scale: true });
        return testChart();
      },
    },
  },
  OPR002: {
    trips: {
      'a group of Kubernetes': () => kind({ group: 'storage.k8s.io' }),
      'a group of kubernetes.io': () => kind({ group: 'example.kubernetes.io' }),
      'a proof that is none': () => kind({ group: 'example.k8s.io', annotations: { 'api-approved.kubernetes.io': 'yes' } }),
    },
    passes: {
      'a group that ends alike': () => kind({ group: 'storage.mykubernetes.io' }),
      'a group that was approved': () => kind({ group: 'example.k8s.io', annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes/kubernetes/pull/1' } }),
      'a group that was not, and says so': () => kind({ group: 'example.k8s.io', annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' } }),
    },
  },
  OPR003: {
    trips: {
      'no version': () => kind({ versions: [] }),
      'a version in capitals': () => kind({ versions: [{ name: 'V1' }] }),
      'two of one name': () => kind({ versions: [{ name: 'v1', storage: true }, { name: 'v1' }] }),
      'two versions, none stored': () => kind({ versions: [{ name: 'v1' }, { name: 'v2' }] }),
      'two versions, both stored': () => kind({ versions: [{ name: 'v1', storage: true }, { name: 'v2', storage: true }] }),
      'one version that is not stored': () => kind({ versions: [{ name: 'v1', storage: false }] }),
      'none that is served': () => kind({ versions: [{ name: 'v1', served: false }] }),
    },
    passes: {
      'one version': () => kind({ versions: [{ name: 'v1alpha1' }] }),
      'two versions, one stored': () => kind({ versions: [{ name: 'v1beta1', served: false }, { name: 'v1', storage: true }] }),
    },
  },
  OPR004: {
    trips: {
      'a warning of a version that is not deprecated': () => version({ deprecationWarning: 'use v2' }),
      'an empty warning': () => version({ deprecated: true, deprecationWarning: '' }),
      'a long warning': () => version({ deprecated: true, deprecationWarning: 'é'.repeat(129) }),
      'a warning of two lines': () => version({ deprecated: true, deprecationWarning: 'use\nv2' }),
    },
    passes: {
      'a deprecated version': () => version({ deprecated: true }),
      'a warning': () => version({ deprecated: true, deprecationWarning: 'use v2 – it is better' }),
    },
  },
  OPR005: {
    trips: {
      'a spec that is no field': () => version({ spec: { type: 'object' } as any }),
      'a field that is missing': () => spec({ size: undefined as any }),
      'fields that are none': () => version({ spec: SchemaField.object(null as any) }),
      'the items of a list that are none': () => spec({ disks: list('string' as any) }),
      'options that are a text': () => spec({ size: string('20Gi' as any) }),
      'a length that is a text': () => spec({ size: string({ maxLength: '3' as any }) }),
      'a negative length': () => spec({ size: string({ maxLength: -1 }) }),
      'a default of another type': () => spec({ size: integer({ defaultValue: '3' as any }) }),
      'no text that is allowed': () => spec({ size: string({ allowed: [] }) }),
      'a format that nobody knows': () => spec({ size: string({ format: 'quantity' as any }) }),
      'a rule that is a text': () => spec({ size: string({ maxLength: 3, rules: ['self != ""' as any] }) }),
      'a reason that nobody knows': () => spec({ size: string({ maxLength: 3, rules: [{ rule: 'self != ""', reason: 'Invalid' as any }] }) }),
      'versions that are none': () => kind({ versions: 'v1' as any }),
      'a column of a type that nobody knows': () => version({ spec: sized, printerColumns: [{ ...column, type: 'quantity' as any }] }),
      'a scope that nobody knows': () => kind({ scope: 'Global' as any }),
      'an option with a mistake': () => spec({ size: string({ maxlength: 5 } as any) }),
      'a member of a version with a capital': () => version({ Spec: sized } as any),
      'a property with a mistake': () => kind({ shortnames: ['stg'] } as any),
      'a default that leads to itself': () => {
        const circle: any = {};
        circle.circle = circle;
        return spec({ size: SchemaField.object({}, { preserveUnknownFields: true, defaultValue: circle }) });
      },
      'a default that is a function': () => spec({ size: SchemaField.object({}, { preserveUnknownFields: true, defaultValue: { size: () => 1 } }) }),
      'nothing at all': nowhere(() => CustomResource.fromDefinition(null as any)),
    },
    passes: {
      'options that are not set': () => spec({ size: string({ maxLength: undefined }), count: integer(null as any), at: SchemaField.dateTime(undefined) }),
      'an object that has more, for something else': () => spec({ size: string({ maxLength: 5, owner: 'team' } as any) }),
      'a default that is a number or a text': () => spec({ port: SchemaField.intOrString({ defaultValue: '25%' }), other: SchemaField.intOrString({ defaultValue: 80 }) }),
    },
  },
  OPR006: {
    trips: {
      'a name with a mistake': () => spec({ storageClassName: text }, { required: ['storageClasName'] }),
      'a field that is not there': () => spec({ storageClassName: text }, { required: ['size'] }),
    },
    passes: {
      'fields that are there': () => spec({ storageClassName: text, size: text }, { required: ['size', 'storageClassName'] }),
      'a field that is kept without being described': () => spec({ free: SchemaField.object({}, { preserveUnknownFields: true, required: ['x'] }) }),
    },
  },
  OPR007: {
    trips: {
      'a text that is not allowed': () => spec({ policy: string({ allowed: ['Retain', 'Delete'], defaultValue: 'retain' }) }),
      'a text that is too long': () => spec({ name: string({ maxLength: 3, defaultValue: 'four' }) }),
      'a text of another form': () => spec({ name: SchemaField.dnsLabel({ defaultValue: 'Name' }) }),
      'a number that is too large': () => spec({ count: integer({ maximum: 3, defaultValue: 4 }) }),
      'a value twice in a set': () => spec({ names: list(text, { listType: ListType.SET, defaultValue: ['a', 'a'] }) }),
      'two items of one key': () => spec({ disks: list(item, { listType: ListType.MAP, mapKeys: ['name'], defaultValue: [{ name: 'a' }, { name: 'a' }] }) }),
      'an object with a field that is not described': () => spec({ disk: SchemaField.object({ size: text }, { defaultValue: { sise: '1' } }) }),
      'an object without what is required': () => spec({ disk: SchemaField.object({ size: string({ defaultValue: '1' }) }, { required: ['size'], defaultValue: {} }) }),
      'a list for a map': () => spec({ labels: map(text, { defaultValue: [] }) }),
      'a number that int32 does not hold': () => spec({ count: integer({ format: IntegerFormat.INT32, defaultValue: 3e9 }) }, {}, { kubernetes: KubernetesVersion.V1_36 }),
      'null where nothing may be null': () => spec({ labels: map(text, { defaultValue: { a: null } }) }),
    },
    passes: {
      'a number that nobody looked at in those days': () => spec({ count: integer({ format: IntegerFormat.INT32, defaultValue: 3e9 }) }),
      'defaults that fit': () => spec({
        policy: string({ allowed: ['Retain', 'Delete'], defaultValue: 'Retain' }), count: integer({ maximum: 3, defaultValue: 3 }),
        names: list(text, { listType: ListType.SET, defaultValue: ['a', 'b'] }), disk: SchemaField.object({ size: string({ defaultValue: '1' }) }, { defaultValue: {} }),
        free: SchemaField.object({}, { preserveUnknownFields: true, defaultValue: { a: 1 } }), on: SchemaField.bool({ defaultValue: false }), size: SchemaField.quantity({ defaultValue: '1Gi' }),
        none: string({ nullable: true }), port: SchemaField.intOrString(), labels: map(text, { defaultValue: { a: 'b' } }),
      }),
    },
  },
  OPR008: {
    trips: {
      'lengths the wrong way round': () => spec({ name: string({ minLength: 4, maxLength: 3 }) }),
      'numbers the wrong way round': () => spec({ count: integer({ minimum: 4, maximum: 3 }) }),
      'items the wrong way round': () => spec({ names: list(text, { minItems: 2, maxItems: 1 }) }),
    },
    passes: { 'one value': () => spec({ count: integer({ minimum: 3, maximum: 3 }) }) },
  },
  OPR009: {
    trips: {
      'a look ahead': () => spec({ name: string({ pattern: '^(?!kube-)[a-z]+$' }) }),
      'a look behind': () => spec({ name: string({ pattern: '(?<=a)b' }) }),
      'a reference back': () => spec({ name: string({ pattern: '^(a|b)\\1$' }) }),
      'an escape of JavaScript': () => spec({ name: string({ pattern: '\\u00e9' }) }),
      'too much of the same': () => spec({ name: string({ pattern: '^.{1,2000}$' }) }),
      'a group that is open': () => spec({ name: string({ pattern: '^(a' }) }),
    },
    passes: {
      'blanks and octal numbers that are escaped': () => spec({ name: string({ pattern: 'a\\ b[\\ ]\\12' }) }),
      'what Go knows': () => spec({ name: string({ pattern: '^(?i:[a-z]+)\\.(?P<end>com|net)[[:digit:]]?\\pL\\Qa(\\E$' }) }),
    },
  },
  OPR010: {
    trips: {
      'a format': () => spec({ name: string({ format: StringFormat.K8S_SHORT_NAME }) }, {}, { kubernetes: KubernetesVersion.V1_33 }),
      'selectableFields': () => version({ spec: sized, selectableFields: ['.spec.size'] }, { kubernetes: KubernetesVersion.V1_30 }),
      'a fieldPath': () => spec({ name: text }, { rules: [{ rule: "self.name != 'a'", fieldPath: '.name' }] }, old),
      'a reason': () => spec({ name: text }, { rules: [{ rule: "self.name != 'a'", reason: 'FieldValueForbidden' as any }] }, old),
      'optionalOldSelf': () => spec({ name: string({ maxLength: 3, rules: [{ rule: 'oldSelf.hasValue()', optionalOldSelf: true }] }) }, {}, { kubernetes: KubernetesVersion.V1_29 }),
      'quantities': () => spec({ size: SchemaField.quantity({ rules: [{ rule: "quantity(self).isGreaterThan(quantity('0'))" }] }) }, {}, { kubernetes: KubernetesVersion.V1_28 }),
      'two variables': () => spec({ labels: map(text, { maxProperties: 3, rules: [{ rule: 'self.all(k, v, v != k)' }] }) }, {}, { kubernetes: KubernetesVersion.V1_32 }),
    },
    passes: {
      'all of it, where it is known': () => version({
        spec: SchemaField.object({
          name: string({ format: StringFormat.K8S_SHORT_NAME, maxLength: 63, rules: [{ rule: 'oldSelf.hasValue() && self == oldSelf.value()', optionalOldSelf: true }] }),
          size: SchemaField.quantity({ rules: [{ rule: "quantity(self).isGreaterThan(quantity('0'))" }] }),
        }, { required: ['name'], rules: [{ rule: "self.name != 'a'", fieldPath: '.name' }] }),
        selectableFields: ['.spec.size'],
      }),
      'rules where they are old enough': () => spec({ name: string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }) }, {}, old),
    },
  },
  OPR011: {
    trips: {
      'no keys': () => spec({ disks: list(item, { listType: ListType.MAP }) }),
      'a key with a mistake': () => spec({ disks: list(item, { listType: ListType.MAP, mapKeys: ['nam'] }) }),
      'a key twice': () => spec({ disks: list(item, { listType: ListType.MAP, mapKeys: ['name', 'name'] }) }),
      'a key that may be missing': () => spec({ disks: list(item, { listType: ListType.MAP, mapKeys: ['size'] }) }),
      'a key that may be null': () => spec({ disks: list(SchemaField.object({ name: string({ nullable: true }) }, { required: ['name'] }), { listType: ListType.MAP, mapKeys: ['name'] }) }),
      'a key that is an object': () => spec({ disks: list(SchemaField.object({ disk: item }, { required: ['disk'] }), { listType: ListType.MAP, mapKeys: ['disk'] }) }),
      'keys of texts': () => spec({ names: list(text, { listType: ListType.MAP, mapKeys: ['name'] }) }),
      'keys without a map': () => spec({ disks: list(item, { mapKeys: ['name'] }) }),
      'a set of objects': () => spec({ disks: list(item, { listType: ListType.SET }) }),
      'a set of sets': () => spec({ disks: list(list(text, { listType: ListType.SET }), { listType: ListType.SET }) }),
      'a set of what may be null': () => spec({ names: list(string({ nullable: true }), { listType: ListType.SET }) }),
    },
    passes: {
      'a map': () => spec({ disks: list(item, { listType: ListType.MAP, mapKeys: ['name'] }) }),
      'a map by a key with a default': () => spec({ ports: list(SchemaField.object({ protocol: string({ defaultValue: 'TCP' }) }), { listType: ListType.MAP, mapKeys: ['protocol'] }) }),
      'a set of texts': () => spec({ names: list(text, { listType: ListType.SET }) }),
      'a set of whole objects': () => spec({ disks: list(SchemaField.object({ name: text }, { atomic: true }), { listType: ListType.SET }) }),
    },
  },
  OPR012: {
    trips: {
      'the metadata': () => version({ fields: { metadata: SchemaField.object({}) } }),
      'a name that cdk8s cannot write': () => spec({ constructor: text }),
      'a spec among the fields': () => version({ fields: { spec: SchemaField.object({}) } }),
    },
    passes: { data: () => version({ fields: { data: map(text) } }) },
  },
  OPR013: {
    trips: {
      'a spec that is a text': () => version({ spec: text }),
      'a status that is a list': () => version({ status: SchemaField.conditions() }),
    },
    passes: { 'a spec that is a map': () => version({ spec: map(text) }) },
  },
  OPR014: {
    trips: {
      'no name': () => version({ spec: sized, printerColumns: [{ ...column, name: '' }] }),
      'no type': () => version({ spec: sized, printerColumns: [{ ...column, type: undefined as any }] }),
      'no dot': () => version({ spec: sized, printerColumns: [{ ...column, jsonPath: 'spec.size' }] }),
      'a field that is not there': () => version({ spec: sized, printerColumns: [{ ...column, jsonPath: '.spec.sise' }] }),
      'a bracket that is open': () => version({ spec: sized, printerColumns: [{ ...column, jsonPath: '.spec.names[0' }] }),
      'a list as an object': () => version({ status: SchemaField.object({ conditions: SchemaField.conditions() }), printerColumns: [{ ...column, jsonPath: '.status.conditions.Ready' }] }),
      'an index of no list': () => version({ spec: sized, printerColumns: [{ ...column, jsonPath: '.spec.size[0]' }] }),
      'a text as a number': () => version({ spec: sized, printerColumns: [{ ...column, type: PrinterColumnType.INTEGER }] }),
      'a name twice': () => version({ spec: sized, printerColumns: [column, column] }),
      'a format that nobody knows': () => version({ spec: sized, printerColumns: [{ ...column, format: 'bytes' }] }),
    },
    passes: {
      'paths of every kind': () => version({
        spec: sized,
        status: SchemaField.object({ conditions: SchemaField.conditions(), any: SchemaField.any() }),
        printerColumns: [
          column, ...['.spec.names[0]', '.spec.names[*]', '.spec.labels.app', ".spec['size']", '.status.any.below[0].that', '.metadata.labels.app', '.spec.labels.app\\.kubernetes\\.io/name',
            '.status.conditions[?(@.type=="Ready")].status', '.status.conditions[-1:].reason'].map((jsonPath, index) => ({ name: `C${index}`, type: PrinterColumnType.STRING, jsonPath })),
          { name: 'Age', type: PrinterColumnType.DATE, jsonPath: '.metadata.creationTimestamp', priority: 1, format: 'date-time', description: 'How old it is.' },
        ],
      }),
    },
  },
  OPR015: {
    trips: {
      'a field that is not there': () => version({ spec: sized, status: counted, scale: { ...scale, specReplicasPath: '.spec.replica' } }),
      'a text': () => version({ spec: sized, status: counted, scale: { ...scale, specReplicasPath: '.spec.size' } }),
      'the number that is there from the spec': () => version({ spec: sized, status: counted, scale: { ...scale, statusReplicasPath: '.spec.replicas' } }),
      'a selector that is a number': () => version({ spec: sized, status: counted, scale: { ...scale, labelSelectorPath: '.status.replicas' } }),
      'no path': () => version({ spec: sized, status: counted, scale: { specReplicasPath: '.spec.replicas' } as any }),
      'no dot': () => version({ spec: sized, status: counted, scale: { ...scale, specReplicasPath: 'spec.replicas' } }),
    },
    passes: { 'numbers and a selector': () => version({ spec: sized, status: counted, scale }) },
  },
  OPR016: {
    trips: {
      'a field that is not there': () => version({ spec: sized, selectableFields: ['.spec.sise'] }),
      'the metadata': () => version({ spec: sized, selectableFields: ['.metadata.labels.app'] }),
      'a list': () => version({ spec: sized, selectableFields: ['.spec.names'] }),
      'an item of a list': () => version({ spec: sized, selectableFields: ['.spec.names[0]'] }),
      'no dot': () => version({ spec: sized, selectableFields: ['spec.size'] }),
      'one twice': () => version({ spec: sized, selectableFields: ['.spec.size', '.spec.size'] }),
      'nine': () => version({ spec: SchemaField.object(Object.fromEntries([...'abcdefghi'].map(name => [name, text]))), selectableFields: [...'abcdefghi'].map(name => `.spec.${name}`) }),
    },
    passes: { 'a text, a number and a switch': () => version({ spec: sized, selectableFields: ['.spec.size', '.spec.replicas', '.spec.ready'] }) },
  },
  OPR017: {
    trips: {
      'no expression': () => rules({ name: text }, ' '),
      'half an expression': () => rules({ name: text }, 'self.name =='),
      'a single =': () => rules({ name: text }, "self.name = 'a'"),
      'an empty message': () => rules({ name: text }, { rule: 'true', message: ' ' }),
      'a message of two lines': () => rules({ name: text }, { rule: 'true', message: 'a\nb' }),
      'two lines without a message': () => rules({ name: text }, 'true &&\ntrue'),
      'an empty messageExpression': () => rules({ name: text }, { rule: 'true', messageExpression: ' ' }),
      'a number': () => rules({ count: integer() }, 'self.count + 1'),
      'a text': () => rules({ name: text }, 'self.name'),
      'a message that is a number': () => rules({ count: integer() }, { rule: 'true', messageExpression: 'self.count' }),
      'half a messageExpression': () => rules({ name: text }, { rule: 'true', messageExpression: '"a" +' }),
    },
    passes: {
      'a switch, and a message that is a sum': () => rules({ on: SchemaField.bool(), name: text }, { rule: 'self.on', messageExpression: "self.name + ' is off'" }),
      'two lines with a message': () => rules({ name: text }, { rule: "self.name != 'a' &&\nself.name != 'b'", message: 'neither a nor b' }),
      'a name in backticks, which is left to the API server': () => rules({ 'a-b': text }, 'self.`a-b` != "a"'),
    },
  },
  OPR018: {
    trips: {
      'a field with a mistake': () => rules({ storageClassName: text }, "self.storageClasName != ''"),
      'a field in has()': () => rules({ storageClassName: text }, 'has(self.storageClass)'),
      'a field of an item': () => rules({ disks: list(item, { maxItems: 3 }) }, 'self.disks.all(d, d.sise != "")'),
      'a field below a text': () => rules({ name: text }, 'self.name.length > 3'),
      'a function with a mistake': () => rules({ name: text }, "self.name.startWith('a')"),
      'a function that nobody knows': () => rules({ name: text }, 'length(self.name) > 3'),
      'a pattern in it': () => rules({ name: text }, "self.name.matches('(?=a)')"),
      'a span of time in it': () => rules({ span: SchemaField.duration() }, "self.span > duration('1 day')"),
      'a time in it': () => rules({ at: SchemaField.dateTime() }, "self.at > timestamp('2026-01-01')"),
      'a variable that is not there': () => rules({ name: text }, "slef.name != ''"),
      'a field of the spec, from the field': () => spec({ name: string({ maxLength: 3, rules: [{ rule: "self.name != ''" }] }) }),
      'the namespace of the object': () => version({ spec: sized, rules: [{ rule: "self.metadata.namespace == 'a'" }] }),
      'what is not described': () => rules({ any: SchemaField.any() }, 'self.any.x == 1'),
      'a field by []': () => rules({ name: text }, "self['name'] != ''"),
      'a field in the message': () => rules({ name: text }, { rule: 'true', messageExpression: 'self.nam' }),
      'a library that Kubernetes has not': () => rules({ name: text }, "cel.bind(n, self.name, n != '')"),
      'has() of a variable': () => rules({ name: text }, 'has(self)'),
      'a rule on a list of what is not described': () => spec({ any: list(SchemaField.any(), { maxItems: 3, rules: [{ rule: 'self.size() > 0' }] }) }),
    },
    passes: {
      'fields through every macro': () => rules(
        { 'disks': list(item, { maxItems: 4 }), 'labels': map(text, { maxProperties: 4 }), 'disk': item, 'namespace': text, 'a-b': text },
        'self.disks.all(d, d.name != "" && self.disks.exists_one(other, other.name == d.name))',
        'self.disks.filter(d, has(d.size)).map(d, d.size).exists(s, quantity(s).isGreaterThan(quantity("1")))',
        "self.labels.all(k, self.labels[k] != '') && !('x' in self.labels)",
        "self.labels.all(k, v, v != k) && self.labels.app == 'a'",
        "self.?disk.?size.optMap(s, s != '').orValue(true)",
        "(has(self.disk.size) ? self.disk : self.disks[0]).name != ''",
        "strings.quote(self.namespace) != '' && self.disks.sortBy(d, d.name).size() < 4",
        'self.__namespace__ == self.namespace && self.a__dash__b == "a"',
      ),
      'the name of the object': () => version({ spec: sized, rules: [{ rule: "self.metadata.name.startsWith('a') || self.?spec.?replicas.orValue(0) > 1" }] }),
    },
  },
  OPR019: {
    trips: {
      'a text': () => rules({ name: string() }, "self.name.contains('a')"),
      'a list': () => rules({ names: list(text) }, "self.names.all(n, n != '')"),
      'the texts of a list': () => rules({ names: list(string(), { maxItems: 3 }) }, "self.names.all(n, n != '')"),
      'a map': () => rules({ labels: map(text) }, "self.labels.all(k, k != '')"),
      'a list that is compared': () => spec({ disks: list(item, { rules: [{ rule: 'self == oldSelf' }] }) }),
      'what is in an object that is compared': () => spec({ disk: SchemaField.object({ name: string() }, { rules: [{ rule: 'self == oldSelf' }] }) }),
      'the list above': () => spec({ names: list(string({ maxLength: 3, rules: [{ rule: "self != ''" }] })) }),
      'a number or a text': () => rules({ port: SchemaField.intOrString() }, "self.port == '80'"),
      'a text in a message': () => rules({ name: string() }, { rule: 'true', messageExpression: 'self.name' }),
      'a text by another name': () => rules({ name: string() }, "self.?name.optMap(n, n != '').orValue(true)"),
      'a text, where there may be another': () => rules({ name: string(), other: text }, "self.?other.orValue(self.name) != ''"),
    },
    passes: {
      'what is bounded': () => rules(
        { name: text, policy: string({ allowed: ['a', 'bc'] }), at: SchemaField.dateTime(), span: SchemaField.duration(), names: list(text, { maxItems: 3 }), port: SchemaField.intOrString({ maxLength: 5 }) },
        "self.name != '' && self.policy != '' && self.at > timestamp('2026-01-01T00:00:00Z') && self.span < duration('1h') && self.names == oldSelf.names && self.port != '80'",
      ),
      'what is only asked for': () => rules({ name: string(), other: list(string()) }, 'has(self.name) == has(self.other)'),
      'how long a text is': () => rules({ name: string() }, 'self.name.size() < 10 && size(self.name) > 1'),
      'one item of a list': () => rules({ disks: list(item) }, "self.disks[0].name != ''"),
      'how many are in a list': () => rules({ names: list(string(), { maxItems: 3 }) }, 'self.names.size() < 3'),
    },
  },
  OPR020: {
    trips: {
      'items of a list': () => spec({ names: list(string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }), { maxItems: 3 }) }),
      'items of a set': () => spec({ names: list(string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }), { maxItems: 3, listType: ListType.SET }) }),
      'a field of an item': () => spec({ disks: list(SchemaField.object({ name: string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }) }), { maxItems: 3 }) }),
      'an optional that is compared with a value': () => spec({ name: string({ maxLength: 3, rules: [{ rule: 'self == oldSelf', optionalOldSelf: true }] }) }),
      'a value that is asked whether it is there': () => spec({ name: string({ maxLength: 3, rules: [{ rule: "oldSelf.hasValue() || self != ''" }] }) }),
      'optionalOldSelf without oldSelf': () => spec({ name: string({ maxLength: 3, rules: [{ rule: "self != ''", optionalOldSelf: true }] }) }),
    },
    passes: {
      'items that are found by their keys': () => spec({
        disks: list(SchemaField.object({ name: text, size: string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }) }, { required: ['name'] }), { maxItems: 3, listType: ListType.MAP, mapKeys: ['name'] }),
      }),
      'values of a map, and what is one value': () => spec({
        labels: map(string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }), { maxProperties: 3 }),
        disk: SchemaField.object({ name: string({ maxLength: 3, rules: [{ rule: 'self == oldSelf' }] }) }, { atomic: true }),
      }),
      'an optional that is taken for one': () => spec({ name: string({ maxLength: 3, rules: [{ rule: '!oldSelf.hasValue() || self == oldSelf.value()', optionalOldSelf: true }] }) }),
      'a variable of that name': () => spec({ names: list(list(text, { maxItems: 3, rules: [{ rule: "self.all(oldSelf, oldSelf != '')" }] }), { maxItems: 3 }) }),
    },
  },
  OPR021: {
    trips: {
      'a field that is not there': () => rules({ name: text }, { rule: "self.name != ''", fieldPath: '.nam' }),
      'no dot': () => rules({ name: text }, { rule: "self.name != ''", fieldPath: 'name' }),
      'an item of a list': () => rules({ names: list(text, { maxItems: 3 }) }, { rule: 'self.names.size() > 0', fieldPath: '.names[0]' }),
      'nothing': () => rules({ name: text }, { rule: "self.name != ''", fieldPath: ' ' }),
      'what is below a text': () => rules({ name: text }, { rule: "self.name != ''", fieldPath: '.name.a' }),
    },
    passes: {
      'a field, and a value of a map': () => rules({ name: text, labels: map(text, { maxProperties: 3 }) },
        { rule: "self.name != ''", fieldPath: '.name' }, { rule: "self.labels.app != ''", fieldPath: ".labels['app']" }),
    },
  },
  OPR022: {
    trips: {
      'each item against each of a long list': () => rules({ names: list(text, { maxItems: 4096 }) }, 'self.names.all(a, self.names.exists_one(b, a == b))'),
      'a rule in lists of lists': () => spec({ a: list(list(string({ maxLength: 253, rules: [{ rule: "self.matches('^[a-z]+$')" }] }), { maxItems: 1000 }), { maxItems: 1000 }) }),
      'a message': () => rules({ names: list(text, { maxItems: 4096 }) }, { rule: 'true', messageExpression: "self.names.map(a, self.names.filter(b, a == b).join(', ')).join(', ')" }),
      'what the API server does not know the length of': () => rules({ count: integer() }, "string(self.count).matches('^[0-9]{1,3}$')"),
      'what may be missing': () => rules({ names: list(text, { maxItems: 16 }) }, "self.?names.orValue([]).all(n, n != '')"),
      'what stands for what may be missing': () => rules({ name: text }, "self.?name.optMap(n, n.matches('a')).orValue(true)"),
      'what was there before': () => spec({ names: list(text, { maxItems: 16, rules: [{ rule: '!oldSelf.hasValue() || oldSelf.value().all(n, n in self)', optionalOldSelf: true }] }) }),
      'the name of the object': () => version({ spec: SchemaField.object({ path: string({ maxLength: 253 }) }, { required: ['path'] }), rules: [{ rule: 'self.spec.path.contains(self.metadata.name)' }] }),
      'the length of a number or a text, for an older Kubernetes': () => spec({ ports: list(SchemaField.intOrString({ maxLength: 5 }), { maxItems: 64 }) }, { rules: [{ rule: "self.ports.all(p, string(p).matches('^[0-9]+%$'))" }] }, { kubernetes: KubernetesVersion.V1_33 }),
      'many rules': () => rules({ names: list(text, { maxItems: 700 }) }, ...Array(30).fill('self.names.all(a, self.names.exists_one(b, a == b))')),
    },
    passes: {
      'comparisons of what has no known length': () => rules({ count: integer(), name: text }, "string(self.count) == 'a' && self.?name.orValue('') != 'b' && self.?name.hasValue()", "self.?name.orValue('').startsWith('a')"),
      'the name of the object': () => version({ spec: sized, rules: [{ rule: "self.metadata.name == 'default'" }] }),
      'the name of the object, which is counted later': () => version({ spec: SchemaField.object({ path: string({ maxLength: 253 }) }, { required: ['path'] }), rules: [{ rule: 'self.spec.path.contains(self.metadata.name)' }] }, { kubernetes: KubernetesVersion.V1_37 }),
      'the length of a number or a text': () => rules({ ports: list(SchemaField.intOrString({ maxLength: 5 }), { maxItems: 64 }) }, "self.ports.all(p, string(p).matches('^[0-9]+%$'))"),
      'each item against each of a short list': () => rules({ names: list(text, { maxItems: 64 }) }, 'self.names.all(a, self.names.exists_one(b, a == b))'),
    },
  },
  OPR023: {
    trips: { 'a description like a book': () => spec({ name: string({ description: 'x'.repeat(262_144) }) }) },
    passes: { 'a description like a chapter': () => spec({ name: string({ description: 'x'.repeat(200_000) }) }) },
  },
  OPR024: {
    trips: {
      'a short name': () => pair({ kind: 'Storage', shortNames: ['stg'] }, { kind: 'Stage', shortNames: ['stg'] }),
      'a kind': () => pair({ kind: 'Storage' }, { kind: 'Storage', plural: 'others', singular: 'other', listKind: 'OtherList' }),
      'a short name that is a plural': () => pair({ kind: 'Stage' }, { kind: 'Storage', shortNames: ['stages'] }),
      'one that the user wrote': () => {
        const chart = testChart();
        definition(chart, { plural: 'stages', kind: 'Stage', shortNames: ['stg'] });
        return kind({ shortNames: ['stg'] }, {}, chart);
      },
    },
    passes: {
      'another group': () => pair({ kind: 'Storage', shortNames: ['stg'] }, { kind: 'Stage', shortNames: ['stg'], group: 'example.org' }),
      'another cluster': () => {
        const [east, west] = twoClusters();
        kind({ shortNames: ['stg'] }, {}, east);
        return kind({ kind: 'Stage', shortNames: ['stg'] }, {}, west);
      },
      'definitions of others': () => {
        const chart = testChart({}, { namespace: 'apps' });
        new SnapshotController(chart, 'Controller', {});
        return chart;
      },
      'what nobody can read': () => definition(testChart(), { plural: 'stages', shortNames: 'stg' }),
    },
  },
  OPR025: {
    trips: {
      'a short name of a class': () => kind({ shortNames: ['sc'] }),
      'a kind of Kubernetes': () => kind({ kind: 'Service', listKind: 'Services' }),
    },
    passes: { 'a name of one\'s own': () => kind({ shortNames: ['stg'], scope: ResourceScope.CLUSTER }, { gitOps: GitOpsTool.ARGO_CD }) },
  },
  OPR026: {
    trips: {
      'a field that may be missing': () => spec({ count: integer(), most: integer() }, { rules: [{ rule: 'self.count <= self.most' }], required: ['count'] }),
      'a field before the change': () => spec({ name: text }, { rules: [{ rule: '!has(self.name) || self.name == oldSelf.name' }] }),
      'a field of an item': () => rules({ disks: list(item, { maxItems: 3 }) }, "self.disks.all(d, d.size != '')"),
      'a spec that may be missing': () => version({ spec: sized, rules: [{ rule: 'has(self.spec.replicas)' }] }),
    },
    passes: {
      'fields that are asked for': () => spec({ count: integer(), most: integer() }, { rules: [{ rule: '!has(self.count) || !has(self.most) || self.count <= self.most' }] }),
      'optional fields': () => spec({ disk: item, name: text }, { rules: [{ rule: "self.?disk.size.orValue('1') != '' && self.?name.optMap(n, n != 'a').orValue(true)" }] }),
      'fields that are there': () => spec({ count: integer({ defaultValue: 1 }), most: integer() }, { rules: [{ rule: 'self.count <= self.most' }], required: ['most'] }),
      'items whose field is asked for': () => rules({ disks: list(item, { maxItems: 3 }), labels: map(text, { maxProperties: 3 }) }, "self.disks.all(d, !has(d.size) || d.size != '') && self.labels.a != ''"),
    },
  },
  OPR027: {
    trips: {
      'a field that one has': () => kind({ versions: [{ name: 'v1beta1', spec: sized }, { name: 'v1', storage: true, spec: SchemaField.object({ size: text }) }] }),
      'a status that one has': () => kind({ versions: [{ name: 'v1beta1', spec: counted }, { name: 'v1', storage: true, spec: counted, status: counted }] }),
      'a field of an item': () => kind({ versions: [item, SchemaField.object({ name: text })].map((disk, index) => ({ name: `v${index + 1}`, storage: index === 0, spec: SchemaField.object({ disks: list(disk) }) })) }),
    },
    passes: {
      'the same fields': () => kind({ versions: [{ name: 'v1beta1', spec: sized }, { name: 'v1', storage: true, spec: sized }] }),
      'a version that is not served any more': () => kind({ versions: [{ name: 'v1beta1', served: false, spec: counted }, { name: 'v1', storage: true, spec: sized }] }),
      'one that keeps anything': () => kind({ versions: [{ name: 'v1beta1', spec: SchemaField.object({ size: SchemaField.any() }, { preserveUnknownFields: true }) }, { name: 'v1', storage: true, spec: SchemaField.object({ size: SchemaField.any(), disk: item }) }] }),
    },
  },
  OPR030: {
    trips: {
      'a definition of the past': () => object(testChart(), 'CustomResourceDefinition', { metadata: { name: 'storages.example.com' }, spec: { group: 'example.com', names: { kind: 'Storage' } } }, 'apiextensions.k8s.io/v1beta1'),
    },
    passes: { 'one of today': () => definition(testChart(), { plural: 'storages', kind: 'Storage' }) },
  },
  OPR031: {
    trips: {
      'a role': () => object(testChart(), 'ClusterRole', { metadata: { name: 'a' } }, 'rbac.authorization.k8s.io/v1beta1'),
      'a Deployment': () => object(testChart(), 'Deployment', { metadata: { name: 'a' } }, 'apps/v1beta2'),
      'a DaemonSet of extensions': () => object(testChart(), 'DaemonSet', { metadata: { name: 'a' } }, 'extensions/v1beta1'),
    },
    passes: {
      'a role of today': () => object(testChart(), 'ClusterRole', { metadata: { name: 'a' } }, 'rbac.authorization.k8s.io/v1'),
    },
  },
};
