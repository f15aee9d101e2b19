import { Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { MANIFEST_RULES } from './rules';
import { fail } from '../findings/report';

interface Form {
  readonly form: string;
  readonly pattern: RegExp;
  readonly length: number;
  readonly extra: string;
  readonly example: string;
}

/** The forms of names, as the API server checks them. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL: Form = { form: 'a DNS label', pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, length: 63, extra: " or '-'", example: "'csi-nfs'" };
const SUBDOMAIN: Form = {
  form: 'a DNS subdomain',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  length: 253,
  extra: ", '-' or '.'",
  example: "'fast' or 'nfs.csi.k8s.io'",
};

const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const ANNOTATION_BYTES = 256 * 1024;

/** A value as messages show it: a text in quotes, so that blanks are seen; what is no text by what it is instead. */
export function shown(value: unknown): string {
  const kind = value === undefined || value === null ? 'nothing' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : undefined;
  return kind ?? (typeof value === 'string' ? `'${value}'` : `${value}`);
}

function checkForm(scope: IConstruct | undefined, what: string, value: string, form: Form): string {
  if (typeof value !== 'string' || !form.pattern.test(value) || value.length > form.length) {
    fail(scope, MANIFEST_RULES.MAN001, { what, value: shown(value), ...form, pattern: '' });
  }
  return value;
}

/** A name of at most 63 characters without dots: namespaces, containers, volumes. */
export function checkLabel(scope: IConstruct | undefined, what: string, value: string): string {
  return checkForm(scope, what, value, LABEL);
}

/** Whether a value is a DNS subdomain. @param length where less than the usual 253 characters are allowed */
export function isSubdomain(value: string, length = SUBDOMAIN.length): boolean {
  return typeof value === 'string' && SUBDOMAIN.pattern.test(value) && value.length <= length;
}

/** The name of most objects. */
export function checkSubdomain(scope: IConstruct | undefined, what: string, value: string): string {
  return checkForm(scope, what, value, SUBDOMAIN);
}

function checkKey(scope: IConstruct | undefined, what: string, key: string): void {
  // The API server takes an annotation's domain in capitals as well.
  const [name, domain, ...rest] = (what === 'annotation' ? key.toLowerCase() : key).split('/').reverse();
  const domainIsFine = domain === undefined || isSubdomain(domain);
  if (rest.length > 0 || !QUALIFIED_NAME.test(name) || !domainIsFine) {
    fail(scope, MANIFEST_RULES.MAN003, { what, key: `'${key}'`, problem: 'the key is not a qualified name' });
  }
}

/** Labels and annotations, as the API server checks them. */
export function checkMetadata(scope: IConstruct | undefined, labels: Record<string, string> = {}, annotations: Record<string, string> = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    checkKey(scope, 'label', key);
    if (value !== '' && (typeof value !== 'string' || !QUALIFIED_NAME.test(value))) {
      fail(scope, MANIFEST_RULES.MAN003, { what: 'label', key: `'${key}'`, problem: `the value ${shown(value)} is not a label value` });
    }
  }
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    checkKey(scope, 'annotation', key);
    if (typeof value !== 'string') {
      fail(scope, MANIFEST_RULES.MAN003, { what: 'annotation', key: `'${key}'`, problem: 'it has no value' });
    }
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (bytes > ANNOTATION_BYTES) {
      fail(scope, MANIFEST_RULES.MAN003, { what: 'annotation', key: `'${key}'`, problem: 'the annotations exceed 256 KiB' });
    }
  }
}

/** The size as the user gave it: `500Mi` stays `500Mi`, so that a diff in Git shows what was changed. */
export function quantity(scope: IConstruct | undefined, what: string, size: Size): string {
  const value = typeof size?.asString === 'function' ? size.asString() : '';
  if (!/^\d+(\.\d+)?[KMGTPE]?i?$/.test(value) || !(parseFloat(value) > 0)) {
    fail(scope, MANIFEST_RULES.MAN004, { what, value: value === '' ? shown(size) : `'${value}'` });
  }
  return value;
}
