/** The functions and macros of Kubernetes' CEL, by what the API server knows of how large the result is. */

/** What they make is as large as what they are given. */
const SIZED = [
  'lowerAscii', 'upperAscii', 'trim', 'substring', 'replace', 'split', 'join', 'find', 'findAll', 'bytes', 'flatten',
  'quantity', 'add', 'sub', 'url', 'ip', 'cidr', 'masked', 'semver', 'transformMap', 'transformMapEntry', 'transformList', 'map', 'filter',
];
/** What they make has no size that the API server knows. */
const UNSIZED = [
  'charAt', 'format', 'quote', 'strings.quote', 'getScheme', 'getHost', 'getHostname', 'getPort', 'getEscapedPath', 'getQuery', 'range', 'lists.range', 'named', 'format.named',
];
/** They make a number, a switch, a time, or what stands for one value. */
const SINGLE = [
  'all', 'exists', 'exists_one', 'existsOne', 'has', 'size', 'type', 'int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'contains', 'startsWith', 'endsWith', 'matches',
  'indexOf', 'lastIndexOf', 'isSorted', 'sum', 'hasValue', 'validate', 'isURL', 'isQuantity', 'sign', 'isInteger', 'asInteger', 'asApproximateFloat', 'isGreaterThan', 'isLessThan', 'compareTo',
  'isIP', 'isCanonical', 'ip.isCanonical', 'family', 'isUnspecified', 'isLoopback', 'isLinkLocalMulticast', 'isLinkLocalUnicast', 'isGlobalUnicast', 'isCIDR', 'containsIP', 'containsCIDR', 'prefixLength',
  'isSemver', 'major', 'minor', 'patch', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear', 'getFullYear', 'getHours', 'getMilliseconds', 'getMinutes', 'getMonth', 'getSeconds',
  'sets.contains', 'sets.equivalent', 'sets.intersects',
];
/** What becomes of them is told by what they are given: the reader knows each. */
const READ = [
  'string', 'dyn', 'max', 'min', 'first', 'last', 'value', 'or', 'orValue', 'optMap', 'optFlatMap', 'distinct', 'sort', 'sortBy', 'slice', 'reverse',
  'optional.of', 'optional.none', 'optional.ofNonZeroValue', 'optional.unwrap', 'unwrapOpt',
];
const FORMATS = ['dns1123Label', 'dns1123Subdomain', 'dns1035Label', 'qualifiedName', 'dns1123LabelPrefix', 'dns1123SubdomainPrefix', 'dns1035LabelPrefix', 'labelValue', 'uri', 'uuid', 'byte', 'date', 'datetime'];

/** Every function that a rule can call, with its library where it is called by that. */
export const FUNCTIONS = new Set([...SIZED, ...UNSIZED, ...SINGLE, ...READ, ...FORMATS.map(format => `format.${format}`)]);

/** What a size is that the API server does not know: it reckons with the most that there is. */
export const UNKNOWN = 2 ** 64;

const sized = new Set(SIZED);
const unsized = new Set(UNSIZED);

/** How large what a function makes is at most. */
export const resultOf = (name: string, sizes: readonly number[]) => (unsized.has(name) ? UNKNOWN : sized.has(name) ? sizes.reduce((sum, size) => sum + size, 0) : 0);
