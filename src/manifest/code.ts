/** A text as TypeScript has it. */
export function quoted(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** A list of what is TypeScript already. */
export function list(values: readonly string[]): string {
  return `[${values.join(', ')}]`;
}

/** An object of what is TypeScript already, on one line where it fits. What is undefined is left out. */
export function literal(fields: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined).map(([key, value]) => (key === value ? key : `${key}: ${value}`));
  const line = entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  return line.length <= 100 && !line.includes('\n') ? line : `{\n${entries.map(entry => `  ${entry.replace(/\n/g, '\n  ')},\n`).join('')}}`;
}

/** A value of an enum as TypeScript has it; nothing where the enum has no such value. */
export function memberCode(name: string, members: Readonly<Record<string, string>>, value: unknown): string | undefined {
  const [member] = Object.entries(members).find(([, candidate]) => candidate === value) ?? [];
  return member && `${name}.${member}`;
}

/** What a quantity is multiplied by, in bytes. */
const DECIMAL: Readonly<Record<string, number>> = { 'm': 1e-3, '': 1, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'T': 1e12, 'P': 1e15, 'E': 1e18 };
const BINARY: Readonly<Record<string, string>> = { Ki: 'kibibytes', Mi: 'mebibytes', Gi: 'gibibytes', Ti: 'tebibytes', Pi: 'pebibytes' };

/** A quantity as a Size; rounded down, so that no claim asks for more than there is. Nothing where it is none. */
export function sizeCode(quantity: unknown): string | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMGTPE]i|[mkMGTPE])?$/.exec(`${quantity ?? ''}`) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  if (BINARY[unit] !== undefined && /^[1-9]\d*$/.test(digits)) {
    return `Size.${BINARY[unit]}(${digits})`;
  }
  const bytes = Number(digits) * (DECIMAL[unit ?? ''] ?? 1024 ** (1 + 'KMGTPE'.indexOf(unit[0])));
  const mebibytes = Math.floor(bytes / 1024 ** 2);
  return mebibytes > 0 ? `Size.mebibytes(${mebibytes})` : undefined;
}

/** The imports of statements, and the statements. */
export function program(statements: readonly string[]): string {
  const names = statements.join('\n').replace(/'(?:\\.|[^'\\])*'/g, '').match(/(?<![.\w])[A-Z]\w*/g) ?? [];
  const used = [...new Set(names)].sort();
  const from = (module: string, imported: readonly string[]) => (imported.length > 0 ? [`import { ${imported.join(', ')} } from '${module}';`] : []);
  return [...from('cdk8s', used.filter(name => name === 'Size')), ...from('cdk8s-storage', used.filter(name => name !== 'Size')), '', ...statements].join('\n');
}

/** A text as a POSIX shell has it. */
export function shellWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replace(/'/g, "'\\''")}'`;
}

/** What else is to be known, at the end of a text. */
export function remarks(notes: readonly string[]): string {
  return notes.map(note => `* ${note}`).join('\n');
}
