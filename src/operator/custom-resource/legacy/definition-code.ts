import { rootCode } from './field-code';
import { list, literal, memberCode, program, quoted, remarks } from '../../../manifest/code';
import { PrinterColumnType } from '../custom-resource-version';
import { pluralOf } from '../names';

const text = (value: unknown) => (value === undefined || value === '' ? undefined : quoted(`${value}`));
const texts = (values: unknown) => (Array.isArray(values) && values.length > 0 ? list(values.map(value => quoted(`${value}`))) : undefined);
const listOf = (value: unknown): any[] => (Array.isArray(value) ? value.filter(member => typeof member === 'object' && member !== null) : []);

/** Where each field of v1beta1 is now. */
const FIELDS: readonly (readonly [field: string, note: string])[] = [
  ['version', 'versions[].name'],
  ['validation', 'versions[].schema.openAPIV3Schema, of every version: spec, status and fields here'],
  ['subresources', 'versions[].subresources: status here is the field status, and scale'],
  ['additionalPrinterColumns', 'versions[].additionalPrinterColumns: printerColumns here, and JSONPath is called jsonPath'],
  ['preserveUnknownFields', 'x-kubernetes-preserve-unknown-fields at the fields that need it: preserveUnknownFields of SchemaField.object; everything else that is not described is dropped now'],
  ['conversion', 'dropped: versions of CustomResource have one content; what needs a webhook is added with ApiObject.addJsonPatch'],
];

const PATHS = ['specReplicasPath', 'statusReplicasPath', 'labelSelectorPath'];

function columnCode({ name, type, description, format, priority, JSONPath, jsonPath }: any): string {
  return literal({
    name: text(name),
    type: memberCode('PrinterColumnType', PrinterColumnType, type) ?? 'PrinterColumnType.STRING',
    jsonPath: text(JSONPath ?? jsonPath),
    priority: priority ? `${priority}` : undefined,
    description: text(description),
    format: text(format),
  });
}

function versionCode(spec: any, version: any, notes: string[]): string {
  const { status, scale } = version.subresources ?? spec.subresources ?? {};
  const columns = listOf(version.additionalPrinterColumns ?? spec.additionalPrinterColumns);
  return literal({
    name: text(version.name),
    served: version.served === false ? 'false' : undefined,
    storage: version.storage && listOf(spec.versions).length > 1 ? 'true' : undefined,
    ...rootCode((version.schema ?? spec.validation)?.openAPIV3Schema, status !== undefined, notes),
    scale: scale && literal(Object.fromEntries(PATHS.map(path => [path, text(scale[path])]))),
    printerColumns: columns.length > 0 ? list(columns.map(columnCode)) : undefined,
  });
}

/** A definition of the past as TypeScript that can be pasted, with what becomes of each field. */
export function definitionText(manifest: any): string {
  const spec = manifest.spec ?? {};
  const { kind = '<Kind>', plural, singular, listKind, shortNames, categories } = spec.names ?? {};
  const versions = listOf(spec.versions);
  const notes: string[] = [];
  const unless = (value: unknown, usual: string) => (value === usual ? undefined : text(value));
  const props = {
    group: text(spec.group ?? '<group>'),
    kind: text(kind),
    plural: unless(plural, pluralOf(`${kind}`)),
    singular: unless(singular, `${kind}`.toLowerCase()),
    listKind: unless(listKind, `${kind}List`),
    shortNames: texts(shortNames),
    categories: texts(categories),
    scope: spec.scope === 'Cluster' ? 'ResourceScope.CLUSTER' : undefined,
    versions: list((versions.length > 0 ? versions : [{ name: spec.version ?? 'v1' }]).map(version => versionCode(spec, version, notes))),
  };
  if (spec.preserveUnknownFields === undefined && [spec, ...versions].some(({ validation, schema }) => validation ?? schema)) {
    notes.push('preserveUnknownFields was not said, so it was true → fields that are not described were kept, and are dropped now: describe them, or preserveUnknownFields of SchemaField.object');
  }
  const was = FIELDS.filter(([field]) => spec[field] !== undefined).map(([field, note]) => `${field} → ${note}`);
  return [program([`new CustomResource(chart, ${text(kind)}, ${literal(props)});`]), remarks([...was, ...new Set(notes)])].filter(part => part !== '').join('\n\n');
}
