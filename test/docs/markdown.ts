import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

export const ROOT = join(__dirname, '..', '..');

/** Folders whose Markdown nobody here wrote. */
const FOREIGN = new Set(['node_modules', 'dist', 'lib', 'coverage', 'test-reports']);

/** Every Markdown file of the repository, relative to its root. */
export function pages(below = ROOT): string[] {
  return readdirSync(below, { withFileTypes: true }).flatMap(entry => {
    if (entry.isDirectory()) {
      return FOREIGN.has(entry.name) || entry.name.startsWith('.') ? [] : pages(join(below, entry.name));
    }
    return entry.name.endsWith('.md') ? [relative(ROOT, join(below, entry.name))] : [];
  }).sort();
}

export function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** A TypeScript block of a page. */
export interface Sample {
  /** Where it begins: `docs/nfs.md:12`. */
  readonly place: string;
  /** The block and those it continues: a module. */
  readonly code: string;
  /** The codes in its first line: `// throws NFS002`, `// warns NFS003`. */
  readonly throws: string[];
  readonly warns: string[];
}

/** The ts blocks of a page. One that begins with `// continues` is read after those before it. */
export function samples(page: string): Sample[] {
  const text = read(page);
  let before = '';
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(match => {
    const block = match[1];
    const first = block.split('\n', 1)[0];
    const line = text.slice(0, match.index).split('\n').length;
    const code = first.startsWith('// continues') ? `${before}\n${block}` : block;
    const codes = (word: string) => [...first.matchAll(new RegExp(`\\b${word} ((?:[A-Z]{3}\\d{3}(?:, )?)+)`, 'g'))].flatMap(found => found[1].split(', '));
    const throws = codes('throws');
    before = throws.length > 0 ? before : code; // nothing can follow what throws
    return { place: `${page}:${line}`, code, throws, warns: codes('warns') };
  });
}

/** As GitHub makes them. */
function slug(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
  return text.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
}

const withoutCode = (text: string) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

/** What a link into a page may name after its `#`. */
function anchors(page: string): Set<string> {
  const text = read(page);
  const seen = new Map<string, number>();
  const headings = [...text.replace(/^```.*?^```/gms, '').matchAll(/^#{1,6} (.*)$/gm)].map(match => {
    const name = slug(match[1]);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}-${count}`;
  });
  return new Set([...headings, ...[...text.matchAll(/<a (?:name|id)="([^"]+)"/g)].map(match => match[1])]);
}

/** The links of a page that lead nowhere in this repository. */
export function brokenLinks(page: string): string[] {
  const known = pages();
  return [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]).filter(link => {
    if (/^[a-z]+:/.test(link)) {
      return false;
    }
    const [path, anchor] = link.split('#');
    const target = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
    try {
      return anchor === undefined ? !known.includes(target) && !exists(target) : !anchors(target).has(anchor);
    } catch {
      return true;
    }
  });
}

function exists(path: string): boolean {
  try {
    return readdirSync(join(ROOT, dirname(path))).includes(path.replace(/\/$/, '').split('/').pop()!);
  } catch {
    return false;
  }
}
