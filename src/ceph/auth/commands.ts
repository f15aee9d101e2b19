import { capsOf, CephRole } from './caps';
import { CephNeed } from './needs';

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => /^[A-Za-z0-9_./@-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;

/** Makes the users, or changes what they may. */
export function authCommands(users: Readonly<Record<CephRole, string>>, needs: readonly CephNeed[], update: boolean): string[] {
  const roles = (user: string) => (['provisioner', 'node'] as const).filter(role => users[role] === user);
  return [...new Set([users.provisioner, users.node])].map(user => {
    const caps = capsOf(roles(user), needs).map(([service, text]) => `${service} ${quoted(text)}`);
    return `ceph auth ${update ? 'caps' : 'get-or-create'} client.${quoted(user)} ${caps.join(' ')}`;
  });
}

/** Makes what has to be there before the first volume; run again they change nothing. Pools and file systems are the administrator's to size. */
export function prepareCommands(needs: readonly CephNeed[]): string[] {
  return [...new Set(needs.flatMap(need => {
    if (need.kind === 'cephfs') {
      return [`ceph fs subvolumegroup create ${quoted(need.fsName)} ${quoted(need.subvolumeGroup)}`];
    }
    const { pool, dataPool, radosNamespace } = need;
    const place = `--pool ${quoted(pool)} --namespace ${quoted(radosNamespace ?? '')}`;
    return [
      `rbd pool init ${quoted(pool)}`,
      ...(dataPool === undefined ? [] : [`ceph osd pool application enable ${quoted(dataPool)} rbd`]),
      ...(radosNamespace === undefined ? [] : [`rbd namespace ls ${quoted(pool)} --format json | grep -qF ${quoted(`"${radosNamespace}"`)} || rbd namespace create ${place}`]),
    ];
  }))];
}
