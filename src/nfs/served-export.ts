import { Construct } from 'constructs';
import { NfsSquash } from './nfs-squash';
import { checkClients } from '../ganesha/clients';
import { Export, exportIdOf, Squash } from '../ganesha/exports';
import { checkNumber, refuseValue } from '../ganesha/ganesha-values';
import { all, FLAG, listOf, NUMBER, oneOf, Shape, TEXT } from '../manifest/shapes';

/** What is said of an export, whatever is behind it. */
export interface ServedExport {
  readonly name: string;
  readonly readOnly?: boolean;
  readonly squash?: NfsSquash;
  readonly clients?: readonly string[];
  readonly exportId?: number;
}

/** By the names of ServedExport. */
export const EXPORT_SHAPES: Readonly<Record<string, Shape>> = { ...all(TEXT, 'name', 'path'), readOnly: FLAG, squash: oneOf(NfsSquash), clients: listOf(TEXT), exportId: NUMBER };

const SQUASH: Readonly<Record<NfsSquash, Squash>> = { [NfsSquash.NONE]: 'No_Root_Squash', [NfsSquash.ROOT]: 'Root_Squash', [NfsSquash.ALL]: 'All_Squash' };

/** GAN001, GAN002: an export, checked. @param whose the server that has it, with the clients of all its exports */
export function servedExport(
  scope: Construct, whose: { readonly what: string; readonly clients: readonly string[] }, given: ServedExport, behind: Pick<Export, 'path' | 'fsal'>,
): Export {
  const { name, readOnly = false, squash = NfsSquash.NONE, clients, exportId } = given;
  if (!/^[\w-][\w.-]{0,254}$/.test(name ?? '')) {
    refuseValue(scope, 'the name of an export', name, "a name of letters, digits, '-', '_' and '.'", "write the last part of what clients mount: { name: 'shared' } for /shared");
  }
  return {
    name,
    id: exportId === undefined ? exportIdOf(name) : checkNumber(scope, `the exportId of the export '${name}'`, exportId, 1, 65535),
    readOnly,
    squash: SQUASH[squash],
    clients: checkClients(scope, clients ? `the export '${name}'` : whose.what, clients ?? whose.clients),
    ...behind,
  };
}

/** Whether the server's parser takes a path, and every part of it names a directory. */
export function isPath(path: string): boolean {
  // It takes a backslash before the closing quote for an escape, even if that is escaped itself (conf_lex.l).
  // eslint-disable-next-line no-control-regex
  return !/[\x00-\x1f\x7f]|\\$/.test(path) && Buffer.byteLength(path) < 1000 && path.split('/').every(part => part !== '' && part !== '.' && part !== '..');
}
