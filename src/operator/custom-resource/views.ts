import { IConstruct } from 'constructs';
import { CustomResourceVersion, PrinterColumn, PrinterColumnType, ScaleSubresource } from './custom-resource-version';
import { CUSTOM_RESOURCE_RULES } from './rules';
import { follow, Found } from './schema/paths';
import { Schema } from './schema/schema';
import { fail } from '../../findings/report';
import { shown } from '../../manifest/validate';
import { KubernetesVersion } from '../../platform/kubernetes-version';

const COLUMN_FORMATS = ['int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password'];
const MOST_SELECTABLE = 8;

/** The types of fields that a column of a type can show; another value is left out, without a word. */
const SHOWN_BY: Readonly<Record<PrinterColumnType, readonly (string | undefined)[]>> = {
  [PrinterColumnType.STRING]: ['string', 'integer', 'number', 'boolean', 'object', 'array', undefined],
  [PrinterColumnType.INTEGER]: ['integer', undefined],
  [PrinterColumnType.NUMBER]: ['integer', 'number', undefined],
  [PrinterColumnType.BOOLEAN]: ['boolean', undefined],
  [PrinterColumnType.DATE]: ['string', undefined],
};

const noPath = (path: unknown): string | undefined => (typeof path !== 'string' || path === '' ? 'there is none' : !path.startsWith('.') ? "it begins with a dot, such as '.spec.size'" : undefined);

/** OPR014 */
function checkColumns(scope: IConstruct, version: string, columns: readonly PrinterColumn[], schema: Schema): void {
  columns.forEach(({ name, type, jsonPath, format }, index) => {
    const refuse = (problem: string, fix = '{ name: \'Size\', type: PrinterColumnType.STRING, jsonPath: \'.spec.size\' }') => fail(scope, CUSTOM_RESOURCE_RULES.OPR014, {
      name: shown(name), version, path: shown(jsonPath), problem, fix,
    });
    if (typeof name !== 'string' || name === '') {
      refuse('it has no name');
    }
    if (columns.findIndex(other => other.name === name) < index) {
      refuse('another column has this name');
    }
    if (type === undefined) {
      refuse('it has no type');
    }
    if (format !== undefined && !COLUMN_FORMATS.includes(format)) {
      refuse(`the format ${shown(format)} is none of ${COLUMN_FORMATS.join(', ')}`);
    }
    const { problem, schema: found } = noPath(jsonPath) ? { problem: noPath(jsonPath) } as Found : follow(schema, jsonPath);
    if (problem !== undefined) {
      refuse(problem);
    }
    if (found && !SHOWN_BY[type].includes(found['x-kubernetes-int-or-string'] ? 'string' : found.type)) {
      refuse(`it is of the type ${type}, and the field of the type ${found.type}, so the column would stay empty`, 'take PrinterColumnType.STRING, which shows all');
    }
  });
}

/** Of each path of the subresource: below what it has to be, and of which type its field. */
const SCALE: readonly (readonly [path: keyof ScaleSubresource, below: RegExp, type: string, required: boolean])[] = [
  ['specReplicasPath', /^\.spec\./, 'integer', true], ['statusReplicasPath', /^\.status\./, 'integer', true], ['labelSelectorPath', /^\.(spec|status)\./, 'string', false],
];

/** OPR015 */
function checkScale(scope: IConstruct, version: string, scale: ScaleSubresource, schema: Schema): void {
  for (const [what, below, type, required] of SCALE) {
    const path = scale[what];
    if (path === undefined && !required) {
      continue;
    }
    const found = noPath(path) ? { problem: noPath(path) } : follow(schema, path!);
    const problem = noPath(path) ?? (!below.test(path!) ? `it has to be below ${what === 'labelSelectorPath' ? '.spec or .status' : what === 'specReplicasPath' ? '.spec' : '.status'}`
      : found.problem ?? (found.schema?.type !== type || found.many ? `it has to lead to one ${type}` : undefined));
    if (problem !== undefined) {
      fail(scope, CUSTOM_RESOURCE_RULES.OPR015, { what, version, path: shown(path), problem });
    }
  }
}

/** OPR016 */
function checkSelectable(scope: IConstruct, version: string, paths: readonly string[], schema: Schema): void {
  paths.forEach((path, index) => {
    const found: Found = noPath(path) ? { problem: noPath(path) } : follow(schema, path);
    const problem = found.problem
      ?? (/^\.(metadata|apiVersion|kind)\b/.test(path) ? 'every kind can be selected by its name and namespace, and by nothing else of the metadata'
        : path.includes('[') || found.many && found.schema === undefined ? 'it goes into a list'
          : !['string', 'integer', 'boolean'].includes(found.schema?.type ?? '') ? `it is of the type ${found.schema?.type ?? 'any'}`
            : paths.indexOf(path) < index ? 'it is there twice'
              : index >= MOST_SELECTABLE ? `it is the ninth, and ${MOST_SELECTABLE} are taken` : undefined);
    if (problem !== undefined) {
      fail(scope, CUSTOM_RESOURCE_RULES.OPR016, { version, path: shown(path), problem, fix: "name single texts, whole numbers and switches, at most eight: selectableFields: ['.spec.storageClassName']" });
    }
  });
}

/** OPR010, and what is looked at of an object beside its schema. */
export function checkViews(scope: IConstruct, version: CustomResourceVersion, schema: Schema, kubernetes: KubernetesVersion): void {
  const { name, printerColumns = [], scale, selectableFields = [] } = version;
  checkColumns(scope, name, printerColumns, schema);
  if (scale) {
    checkScale(scope, name, scale, schema);
  }
  if (selectableFields.length > 0 && !kubernetes.isAtLeast(KubernetesVersion.V1_31)) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR010, { place: name, what: 'selectableFields', version: `${kubernetes}`, since: '1.31', consequence: 'it would be dropped, and selectors refused' });
  }
  checkSelectable(scope, name, selectableFields, schema);
}
