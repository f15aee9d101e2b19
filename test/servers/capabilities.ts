import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { claim, connect, deployed, Ganesha } from './ganesha';

const USER = 1000;

/** What needs a capability, by what clients notice. Some need several: each of the seven is the one that is missing for one of these. */
type Deed = (share: Buffer, find: (name: string) => Promise<Buffer>, client: Awaited<ReturnType<typeof connect>>) => Promise<unknown>;
const DEEDS: Record<string, Deed> = {
  CHOWN: async (_, find, client) => client.chown(await find('of-root'), USER),
  DAC_OVERRIDE: async (_, find, client) => client.makeDirectory(await find('of-user'), 'made-by-root'),
  // Every file is opened by its handle.
  DAC_READ_SEARCH: async (_, find, client) => client.read(await find('of-root')),
  FOWNER: async (_, find, client) => client.chmod(await find('of-user'), 0o750),
  FSETID: async (_, find, client) => {
    await client.chmod(await find('of-group'), 0o2770);
    const { mode } = await client.attributes(await find('of-group'));
    return mode === 0o2770 || Promise.reject(new Error(`its mode is ${mode.toString(8)}`));
  },
  // Of another group than its user has: what a directory gets is that of who made it.
  SETGID: async (share, find, client) => {
    await client.as(USER, USER + 1).makeDirectory(share, 'made-in-group');
    const { group } = await client.as(0).attributes(await find('made-in-group'));
    return group === `${USER + 1}` || Promise.reject(new Error(`its group is ${group}`));
  },
  SETUID: async (share, find, client) => {
    await client.as(USER, 0).makeDirectory(share, 'made-by-user');
    const { owner } = await client.as(0).attributes(await find('made-by-user'));
    return owner === `${USER}` || Promise.reject(new Error(`its owner is ${owner}`));
  },
};

/** What came of each, after the server was started again: all is found by its handle. */
async function deeds(without?: string): Promise<Record<string, string>> {
  const data = claim();
  const share = join(data, 'exports', 'shared');
  ['of-user', 'of-group'].forEach(name => mkdirSync(join(share, name), { recursive: true, mode: 0o700 }));
  writeFileSync(join(share, 'of-root'), 'written', { mode: 0o600 });
  chmodSync(share, 0o777);
  chownSync(join(share, 'of-user'), USER, USER);
  chownSync(join(share, 'of-group'), 0, USER);
  const said: Record<string, string> = {};
  let server: Ganesha | undefined;
  try {
    server = await Ganesha.start(deployed(), { data, without });
    for (const [name, deed] of Object.entries(DEEDS)) {
      const client = await connect();
      said[name] = await client.lookup('/shared')
        .then(root => deed(root, of => client.as(0).lookup(`/shared/${of}`), client))
        .then(() => 'yes', error => error.message);
      client.close();
    }
  } catch (error) {
    return Object.fromEntries(Object.keys(DEEDS).map(name => [name, said[name] ?? `no server: ${(error as Error).message}`]));
  } finally {
    await server?.kill();
  }
  return said;
}

// MKNOD and SYS_RESOURCE are left out on purpose, and not proven: without the first, clients make no device nodes; without the second, quotas and the blocks reserved
// for root hold for root of a client too. This machine has no SYS_RESOURCE to grant.
export function capabilityTests(): void {
  test('with those of the manifest, all works', async () => {
    expect(await deeds()).toEqual(Object.fromEntries(Object.keys(DEEDS).map(name => [name, 'yes'])));
  });

  test('the manifest grants these, and drops all others', () => {
    const { securityContext } = deployed().find(({ kind }) => kind === 'StatefulSet')!.toJson().spec.template.spec.containers[0];
    expect(securityContext.capabilities).toEqual({ drop: ['ALL'], add: Object.keys(DEEDS) });
  });

  test.each([
    ['CHOWN', 'PERM'],
    ['DAC_OVERRIDE', 'ACCES'],
    ['DAC_READ_SEARCH', 'PERM'], // as all else is
    ['FOWNER', 'PERM'],
    ['FSETID', 'its mode is 770'],
    ['SETGID', 'no server: connect ECONNREFUSED 127.0.0.1:2049'], // it ends itself
    ['SETUID', 'its owner is 0'],
  ])('without %s, what needs it ends in: %s', async (name, expected) => {
    expect((await deeds(name))[name]).toBe(expected);
  });
}
