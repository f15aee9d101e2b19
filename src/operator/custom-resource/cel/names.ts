/** Words of CEL that a field may be called too; it is written between underscores then. */
const RESERVED = new Set([
  'true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var',
  'void', 'while',
]);
const MARKS: Readonly<Record<string, string>> = { '__': '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };

/** How a field is written in CEL; undefined where it cannot be. @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules */
export function celName(field: string): string | undefined {
  return RESERVED.has(field) ? `__${field}__` : /^[A-Za-z_][\w./-]*$/.test(field) ? field.replace(/__|[./-]/g, mark => MARKS[mark]) : undefined;
}

/** Types, and what functions of libraries begin with. */
const GLOBALS = new Set([
  'bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'type', 'uint', 'google', 'timestamp', 'duration', 'optional', 'sets', 'format',
  'lists', 'ip', 'cidr', 'net', 'dyn', 'strings',
]);
export const libraryOf = (name: string) => GLOBALS.has(name);

/** Functions that an API server knows from a minor release of Kubernetes on. New rules get what the release before knew. */
const FUNCTIONS: readonly (readonly [since: number, what: string, names: readonly string[]])[] = [
  [29, 'quantities', ['quantity', 'isQuantity']],
  [29, 'optional values', ['optMap', 'optFlatMap', 'orValue', 'hasValue', 'optional.of', 'optional.none', 'optional.ofNonZeroValue']],
  [29, 'strings.quote', ['strings.quote']],
  [30, 'sets', ['sets.contains', 'sets.equivalent', 'sets.intersects']],
  [31, 'addresses of IP', ['ip', 'isIP', 'cidr', 'isCIDR', 'ip.isCanonical']],
  [32, 'named formats', ['format.named', 'format.dns1123Label', 'format.dns1123Subdomain', 'format.dns1035Label', 'format.qualifiedName', 'format.labelValue', 'format.uri', 'format.uuid', 'format.byte', 'format.date', 'format.datetime']],
  [33, 'macros of two variables', ['transformList', 'transformMap', 'transformMapEntry']],
  [34, 'semantic versions', ['semver', 'isSemver']],
  [35, 'functions of lists', ['distinct', 'flatten', 'lists.range', 'slice', 'sort', 'sortBy', 'first', 'last']],
];
const SINCE = new Map(FUNCTIONS.flatMap(([since, what, names]) => names.map(name => [name, { since, what }] as const)));

/** Since which minor release there is a function; undefined where it was there always, or nobody knows it. */
export const sinceOf = (name: string) => SINCE.get(name);
export const OPTIONAL_FIELDS = { since: 29, what: 'optional values' };
export const TWO_VARIABLES = { since: 33, what: 'macros of two variables' };
