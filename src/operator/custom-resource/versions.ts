import { IConstruct } from 'constructs';
import { CHEAPER, checkRules } from './cel/check';
import { count, MOST_PER_SCHEMA } from './cel/cost';
import { CustomResourceVersion, PrinterColumn, PrinterColumnType } from './custom-resource-version';
import { isLabel } from './names';
import { CUSTOM_RESOURCE_RULES } from './rules';
import { FIELDS, render, renderFields, renderRules, RULES } from './schema/render';
import { fieldOf, Schema, walk } from './schema/schema';
import { checkNode } from './schema/structural';
import { checkViews } from './views';
import { checkAtSynth, fail, report } from '../../findings/report';
import { all, ANY, checkShape, FLAG, listOf, oneOf, RAW, spelled, struct, TEXT } from '../../manifest/shapes';
import { shown } from '../../manifest/validate';
import { Platform } from '../../platform/platform';

const PRIORITY = { expected: 'a whole number from 0 to 2147483647', fits: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31 };
const SHAPE = spelled({
  ...all(ANY, 'spec', 'status'),
  ...all(FLAG, 'served', 'storage', 'deprecated'),
  name: TEXT,
  deprecationWarning: TEXT,
  fields: FIELDS,
  rules: RULES,
  scale: struct(all(TEXT, 'specReplicasPath', 'statusReplicasPath', 'labelSelectorPath')),
  printerColumns: listOf(struct({ ...all(TEXT, 'name', 'jsonPath', 'description', 'format'), type: oneOf(PrinterColumnType), priority: PRIORITY })),
  selectableFields: listOf(TEXT),
});
const SHAPES = { ...listOf({ ...SHAPE, expected: "a version such as { name: 'v1', spec: SchemaField.object({ … }) }", fits: RAW.fits }), expected: 'a list of versions' };

/** What every object has besides; their schemas are the API server's. */
const GIVEN = ['apiVersion', 'kind', 'metadata'];

/** OPR003, OPR004: the versions as such. Returns the name of the one that is stored. */
export function checkVersions(scope: IConstruct, versions: readonly CustomResourceVersion[]): string {
  checkShape(scope, 'versions', versions, SHAPES, CUSTOM_RESOURCE_RULES.OPR005);
  const names = versions.map(({ name }) => name);
  const strange = names.find(name => !isLabel(name));
  const stored = versions.filter(({ storage }) => storage ?? versions.length === 1);
  const problem = versions.length === 0 ? 'there is none'
    : strange !== undefined || names.includes(strange!) ? `the name ${shown(strange)} is not one of at most 63 lower-case letters, digits and '-', beginning with a letter, such as v1`
      : new Set(names).size < names.length ? 'two have one name'
        : stored.length !== 1 ? `${stored.length === 0 ? 'none' : stored.map(({ name }) => name).join(' and ')} of them is stored, and it has to be one`
          : versions.every(({ served }) => served === false) ? 'none is served, so nobody could read or write an object' : undefined;
  if (problem !== undefined) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR003, { versions: names.map(shown).join(', ') || 'of the kind', problem });
  }
  versions.forEach(version => checkDeprecation(scope, version));
  return stored[0].name;
}

/** OPR004 */
function checkDeprecation(scope: IConstruct, { name, deprecated, deprecationWarning }: CustomResourceVersion): void {
  const problem = deprecationWarning === undefined ? undefined
    : !deprecated ? 'the version is not deprecated'
      : deprecationWarning === '' ? 'it is empty'
        : Buffer.byteLength(deprecationWarning) > 256 ? 'it has more than 256 bytes'
          : /[^\P{C}]|[^\P{Z} ]/u.test(deprecationWarning) ? 'it has what cannot be printed, such as a line break' : undefined;
  if (problem !== undefined) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR004, { version: name, problem });
  }
}

/** OPR012, OPR013: the schema of a version. */
function schemaOf(scope: IConstruct, { name, spec, status, fields = {}, rules }: CustomResourceVersion): Schema {
  for (const field of Object.keys(fields)) {
    const problem = GIVEN.includes(field) ? 'every object has it already' : field === 'spec' || field === 'status' ? `it is given by ${field}` : undefined;
    if (problem !== undefined) {
      fail(scope, CUSTOM_RESOURCE_RULES.OPR012, { name: field, place: name, problem, fix: GIVEN.includes(field) ? 'choose another name' : `write ${field}: SchemaField.object({ … }) beside fields` });
    }
  }
  const main = Object.fromEntries(Object.entries({ spec, status }).filter(([, field]) => field !== undefined).map(([key, field]) => [key, render(scope, `.${key} of ${name}`, field)]));
  for (const [what, schema] of Object.entries(main)) {
    if (schema.type !== 'object') {
      fail(scope, CUSTOM_RESOURCE_RULES.OPR013, { what, type: schema.type ?? 'any' });
    }
  }
  const properties = { ...main, ...renderFields(scope, name, fields).properties };
  return {
    type: 'object',
    // What is required in the spec would not be asked of an object that has none.
    ...(main.spec?.required && { required: ['spec'] }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...renderRules(rules),
  };
}

const renderColumn = ({ name, type, jsonPath, priority, description, format }: PrinterColumn) => ({ name, type, description, format, priority, jsonPath });
export const orUndefined = <T extends object>(value: T): T | undefined => (Object.keys(value).length > 0 ? value : undefined);

/** The fields that a schema describes; not those of what is kept without being described. */
function pathsOf(schema: Schema): Set<string> {
  const paths = new Set<string>();
  walk({ schema, path: '', within: [] }, ({ path }) => paths.add(path));
  return paths;
}

/** Whether a path is in a schema, or below what keeps anything. */
function keeps(schema: Schema, path: string): boolean {
  const { problem, schema: found } = path.split('.').slice(1).reduce<{ problem?: boolean; schema?: Schema }>((at, step) => {
    const [name, ...items] = step.split('[]');
    if (!at.schema || at.schema['x-kubernetes-preserve-unknown-fields']) {
      return at.problem ? at : {};
    }
    const child = name === '*' ? at.schema.additionalProperties : fieldOf(at.schema, name);
    const inner = items.reduce<Schema | undefined>((list) => list?.items, child);
    return inner ? { schema: inner } : { problem: child?.['x-kubernetes-preserve-unknown-fields'] !== true };
  }, { schema });
  return problem !== true || found !== undefined;
}

/** OPR027 */
export function checkSameFields(scope: IConstruct, versions: readonly any[]): void {
  const used = versions.filter(({ served, storage }) => served || storage).map(({ name, schema }) => ({ name, schema: schema.openAPIV3Schema as Schema }));
  for (const { name, schema } of used) {
    for (const other of used) {
      const path = other.name === name ? undefined : [...pathsOf(schema)].find(candidate => !keeps(other.schema, candidate));
      if (path !== undefined) {
        checkAtSynth(scope, () => report(scope, CUSTOM_RESOURCE_RULES.OPR027, { version: name, other: other.name, path }));
      }
    }
  }
}

/** A version as it is written. */
export function renderVersion(scope: IConstruct, version: CustomResourceVersion, stored: string): any {
  const { name, served = true, deprecated, deprecationWarning, status, scale, printerColumns = [], selectableFields = [] } = version;
  const schema = schemaOf(scope, version);
  const { kubernetes } = Platform.of(scope);
  let cost = 0;
  walk({ schema, path: '', within: [] }, place => {
    checkNode(scope, name, place, kubernetes);
    cost += checkRules(scope, name, place, kubernetes);
  });
  if (cost > MOST_PER_SCHEMA) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR022, { place: `all rules of ${name}`, rule: 'together', cost: count(cost), values: '', most: count(MOST_PER_SCHEMA), fix: CHEAPER });
  }
  checkViews(scope, version, schema, kubernetes);
  return {
    name,
    served,
    storage: name === stored,
    ...(deprecated && { deprecated, deprecationWarning }),
    schema: { openAPIV3Schema: schema },
    subresources: orUndefined({ ...(status && { status: {} }), ...(scale && { scale }) }),
    additionalPrinterColumns: orUndefined(printerColumns.map(renderColumn)),
    selectableFields: orUndefined(selectableFields.map(jsonPath => ({ jsonPath }))),
  };
}
