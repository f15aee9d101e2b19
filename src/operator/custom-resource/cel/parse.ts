import { packageFile } from '../../../manifest/package-file';

/** A node of an expression, as the parser gives it. What is in `args` depends on `op`. */
export interface CelNode {
  readonly op: string;
  readonly args: any;
}

/** What became of a text. */
export interface Parsed {
  readonly ast?: CelNode;
  /** What is wrong with it. */
  readonly problem?: string;
  /** What the parser does not know, but the API server does. */
  readonly open?: string;
}

let parser: { parse(text: string): { readonly ast: CelNode } } | undefined;

/** The parser of the package, loaded when there is the first rule. */
function load(): NonNullable<typeof parser> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Environment } = require(packageFile('imports', 'libraries', 'cel.js'));
  return new Environment({ enableOptionalTypes: true });
}

/** Forms that the API server reads and the parser does not: names in backticks, and optional members of literals. */
const NEWER: readonly (readonly [form: RegExp, name: string])[] = [[/`/, 'a name in backticks'], [/[[{,]\s*\?/, 'an optional member of a literal']];
const TEXTS = /r?("""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/gi;

export function parse(text: string): Parsed {
  parser ??= load();
  try {
    return { ast: parser.parse(text).ast };
  } catch (error) {
    const bare = text.replace(TEXTS, '""');
    const newer = NEWER.find(([form]) => form.test(bare))?.[1];
    return newer === undefined ? { problem: `${(error as Error).message}`.split('\n')[0] } : { open: newer };
  }
}

export const isNode = (value: unknown): value is CelNode => typeof value === 'object' && value !== null && 'op' in value;
