import { writeFileSync } from 'fs';
import { join } from 'path';
import { JsonPatch } from 'cdk8s';
import { claim, deployed, Ganesha } from './ganesha';

export function refusalTests(): void {
  test.each<[string, string, RegExp]>([
    ['a key that is none', 'MDCACHE { Entries_HWM = 5000; }', /CONFIG.*Entries_HWM/],
    ['a value that is none', 'MDCACHE { Entries_HWMark = many; }', /CONFIG.*Expected a number/],
    ['a value out of range', 'MDCACHE { Entries_HWMark = -1; }', /CONFIG.*is not allowed/],
    ['a block without its end', 'MDCACHE {', /CONFIG.*syntax error/],
    ['an export of a directory that is not there', 'EXPORT { Export_Id = 7; Path = "/data/none"; Pseudo = "/none"; FSAL { Name = VFS; } }', /(EXPORT|FSAL|CONFIG).*none/],
    ['an export with the id of another', 'EXPORT { Export_Id = 1; Path = "/data"; Pseudo = "/none"; FSAL { Name = VFS; } }', /CONFIG.*1 validation errors in block EXPORT/],
    ['an export by a FSAL that is not there', 'EXPORT { Export_Id = 7; Path = "/data"; Pseudo = "/none"; FSAL { Name = CEPH; } }', /CONFIG.*CEPH/i],
  ])('%s ends the server, which says why', async (_, extraConfiguration, why) => {
    const { code, log } = await Ganesha.begin(deployed({ extraConfiguration, exports: [{ name: 'shared', exportId: 1 }] })).ended();
    expect(log).toMatch(why);
    expect(log).toMatch(/The server was stopped: it did not take the whole configuration/);
    expect(code).toBe(78);
  });

  test('a directory that cannot be made ends it, too', async () => {
    const data = claim();
    writeFileSync(join(data, 'exports'), 'a file');
    const { code, log } = await Ganesha.begin(deployed(), { data }).ended();
    expect(log).toMatch(/cannot create directory .\/data\/exports/);
    expect(code).toBe(78);
  });

  // GAN007 refuses both before they come so far: this is why.
  test.each<[string, string, string]>([
    ['a second block undoes the first without a word', 'NFSV4 { Delegations = false; }', 'IN GRACE, duration 90'],
    ['a block of no name that it knows is passed over', 'NOTHING { A = 1; }', 'IN GRACE, duration 30'],
  ])('%s', async (_, block, log) => {
    const objects = deployed();
    objects.find(({ kind }) => kind === 'ConfigMap')!.addJsonPatch(JsonPatch.add('/data/ganesha.conf', `${objects.find(({ kind }) => kind === 'ConfigMap')!.toJson().data['ganesha.conf']}${block}`));
    const server = await Ganesha.start(objects);
    expect(server.log).toContain(log);
    await server.kill();
  });
}
