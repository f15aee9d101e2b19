import { IConstruct } from 'constructs';
import { CUSTOM_RESOURCE_RULES } from './rules';
import { fail } from '../../findings/report';
import { isSubdomain, shown } from '../../manifest/validate';

/** As the API server checks names of services, versions and resources. */
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

export const isLabel = (value: unknown): value is string => typeof value === 'string' && value.length <= 63 && LABEL_1035.test(value);

/** How a definition calls its kind. */
export interface Names {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

/** The plural as generators of code make it: bodies of rules rarely matter, and a wrong one is given by hand. */
export function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** OPR001: the names, and the defaults for those that were not given. @param exists whether somebody else defined it, such as Kubernetes in the group '' */
export function namesOf(scope: IConstruct | undefined, given: Partial<Names> & Pick<Names, 'group' | 'kind'>, exists = false): Names {
  const refuse = (what: string, value: unknown, problem: string, example: string) => fail(scope, CUSTOM_RESOURCE_RULES.OPR001, { what, value: shown(value), problem, example });
  const { group, kind } = given;
  if (exists ? group !== '' && !isSubdomain(group) : !isSubdomain(group) || !group.includes('.')) {
    refuse('the group', group, exists ? 'it has to be a DNS subdomain, or empty for the core of Kubernetes' : 'it has to be a DNS subdomain with at least one dot, so that it is nobody else\'s', "group: 'storage.example.com'");
  }
  const camel = (what: string, value: unknown, example: string) => {
    // The API server takes `storage` as well; clients, and generators of code, do not expect it.
    if (typeof value !== 'string' || !/^[A-Z]/.test(value) || !isLabel(value.toLowerCase())) {
      refuse(what, value, 'it has to begin with a capital, and to have letters and digits, at most 63', example);
    }
  };
  camel('the kind', kind, "kind: 'Storage'");
  const names = {
    group,
    kind,
    plural: given.plural ?? pluralOf(kind),
    singular: given.singular ?? kind.toLowerCase(),
    listKind: given.listKind ?? `${kind}List`,
    shortNames: given.shortNames ?? [],
    categories: given.categories ?? [],
  };
  camel(given.listKind === undefined ? 'the listKind, which is the kind and List unless it is given,' : 'the listKind', names.listKind, given.listKind === undefined ? `listKind: '${kind.slice(0, 59)}List'` : `listKind: '${kind}List'`);
  if (names.listKind === kind) {
    refuse('the listKind', names.listKind, 'it is the kind too', `listKind: '${kind}List'`);
  }
  const label = (what: string, value: unknown, example: string) => isLabel(value)
    || refuse(what, value, "it is at most 63 lower-case letters, digits and '-', beginning with a letter", example);
  label('the plural', names.plural, `plural: '${pluralOf(kind)}'`);
  label('the singular', names.singular, `singular: '${kind.toLowerCase()}'`);
  for (const what of ['shortNames', 'categories'] as const) {
    if (!Array.isArray(names[what])) {
      refuse(`the ${what}`, names[what], 'it is a list', `${what}: ['storage']`);
    }
    names[what].forEach(name => label(`one of the ${what}`, name, `${what}: ['storage']`));
  }
  if (!exists && !isSubdomain(`${names.plural}.${group}`)) {
    refuse('the name of the definition', `${names.plural}.${group}`, 'it is longer than 253 characters', 'a shorter group');
  }
  return names;
}
