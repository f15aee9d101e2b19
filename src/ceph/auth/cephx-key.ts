import { shown } from '../../manifest/validate';

/** Kinds of keys by their number, and how long a secret of each is. */
const KINDS: Readonly<Record<number, { readonly name: string; readonly bytes: number }>> = {
  1: { name: 'aes', bytes: 16 },
  2: { name: 'aes256k', bytes: 32 },
};
// Before the secret: its kind (2 bytes), when it was made (8), its length (2).
const HEADER = 12;

function decoded(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function kindOf(bytes: Buffer | undefined): string | undefined {
  const kind = bytes && bytes.length >= HEADER ? KINDS[bytes.readUInt16LE(0)] : undefined;
  return kind && bytes!.length === HEADER + kind.bytes && bytes!.readUInt16LE(HEADER - 2) === kind.bytes ? kind.name : undefined;
}

/** The kind of a key that Ceph made. */
export function keyKind(key: string): string | undefined {
  return kindOf(decoded(key));
}

/** Why a text is no key that Ceph made. It never tells the text. */
export function keyProblem(key: string): string | undefined {
  if (typeof key !== 'string' || key === '') {
    return `it is ${key === '' ? 'empty' : typeof key === 'string' ? shown(key) : `${shown(key)}, no text`}`;
  }
  if (keyKind(key) !== undefined) {
    return undefined;
  }
  const twice = decoded(key.trim())?.toString().trim();
  return /\s/.test(key) ? 'it has blanks or line breaks'
    : twice !== undefined && keyKind(twice) !== undefined ? 'it is encoded once more, as in the data of a Secret'
      : 'that has 40 characters of base64, or 60 of the kind aes256k, and a certain beginning';
}
