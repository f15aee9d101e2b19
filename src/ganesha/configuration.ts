/** A value as the server's parser tells them apart. */
export type Value = number | boolean | Text | Words;

/** A text in quotes, in which anything may stand. */
export class Text {
  public constructor(public readonly text: string) {}
}

/** Words of the server's own, or addresses: the parser takes them without quotes only. */
export class Words {
  public readonly words: readonly (string | number)[];

  public constructor(...words: readonly (string | number)[]) {
    this.words = words;
  }
}

/** A block of a configuration, such as EXPORT. What is undefined is left out. */
export interface Block {
  readonly name: string;
  readonly values?: Readonly<Record<string, Value | undefined>>;
  readonly blocks?: readonly Block[];
}

const WORD = /^[\w.:/-]+$/;

function renderValue(value: Value): string {
  if (value instanceof Text) {
    return `"${value.text.replace(/["\\]/g, '\\$&')}"`;
  }
  if (value instanceof Words) {
    const wrong = value.words.find(word => !WORD.test(`${word}`));
    if (wrong !== undefined) {
      throw new Error(`'${wrong}' is no word of a configuration`); // all words come from tables and checked addresses
    }
    return value.words.join(', ');
  }
  return `${value}`;
}

function renderBlock({ name, values = {}, blocks = [] }: Block, indent: string): string {
  const inner = `${indent}  `;
  return [
    `${indent}${name} {`,
    ...Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`${inner}${key} = ${renderValue(value)};`])),
    ...blocks.map(block => renderBlock(block, inner)),
    `${indent}}`,
  ].join('\n');
}

/** A configuration of NFS-Ganesha. @see https://github.com/nfs-ganesha/nfs-ganesha/blob/V4.3/src/config_parsing/conf_lex.l */
export function renderConfiguration(blocks: readonly Block[]): string {
  return `${blocks.map(block => renderBlock(block, '')).join('\n')}\n`;
}
