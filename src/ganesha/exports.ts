import { createHash } from 'crypto';
import { IConstruct } from 'constructs';
import { asWord, Client } from './clients';
import { Block, Text, Words } from './configuration';
import { GANESHA_RULES } from './rules';
import { fail } from '../findings/report';
import { liesIn } from '../manifest/paths';

/** As whom the server takes users, in its own words. */
export type Squash = 'No_Root_Squash' | 'Root_Squash' | 'All_Squash';

/** A directory that a server exports. */
export interface Export {
  /** What clients mount, without the slash in front. */
  readonly name: string;
  /** The directory, as the FSAL has it. */
  readonly path: string;
  readonly id: number;
  readonly readOnly: boolean;
  readonly squash: Squash;
  readonly clients: readonly Client[];
  /** The block FSAL. */
  readonly fsal: NonNullable<Block['values']>;
}

const IDS = 65535;

/** An id that stays when exports are added or taken away: it is a part of every handle that clients have. */
export function exportIdOf(name: string): number {
  return (createHash('sha256').update(name).digest().readUInt32BE(0) % IDS) + 1;
}

/** GAN004 */
export function checkExports(scope: IConstruct, exports: readonly Export[]): void {
  const refuse = ({ name }: Export, problem: string, expected: string): never => fail(scope, GANESHA_RULES.GAN004, { name: `'${name}'`, problem, expected });
  for (const [index, one] of exports.entries()) {
    const others = exports.slice(0, index);
    if (others.some(({ name }) => name === one.name)) {
      refuse(one, 'another one has that name', 'give it another name: clients mount by it');
    }
    const twin = others.find(({ id }) => id === one.id);
    if (twin) {
      refuse(one, `its exportId ${one.id} is that of '${twin.name}', so clients could not tell their files apart`, `give one of them an exportId of its own, which has to stay: exportId: ${one.id % IDS + 1}`);
    }
    const inside = exports.find(other => other !== one && liesIn(one.path, other.path));
    if (inside) {
      refuse(one, `its directory lies in that of '${inside.name}', through which its clients would reach it too`, 'give each a directory of its own, side by side');
    }
  }
}

/** The block EXPORT. */
export function exportBlock({ name, path, id, readOnly, squash, clients, fsal }: Export): Block {
  return {
    name: 'EXPORT',
    values: {
      Export_Id: id,
      // What clients see as the file system's id; of the server's own choice it would change with the device.
      Filesystem_Id: new Words(`${id}.${id}`),
      Path: new Text(path),
      Pseudo: new Text(`/${name}`),
      Access_Type: new Words('None'),
      Squash: new Words(squash),
    },
    blocks: [
      { name: 'FSAL', values: fsal },
      { name: 'CLIENT', values: { Clients: new Words(...clients.map(asWord)), Access_Type: new Words(readOnly ? 'RO' : 'RW'), Squash: new Words(squash), Protocols: 4 } },
    ],
  };
}
