import { cpSync, mkdirSync, writeFileSync } from 'fs';
import { alias, CLAIMS, cleanUp, clientPod, exported, inClient, NS, persistently, podIp, server, serviceIp, serving } from './app';
import { apply, eventually, kubectl, refusal, run } from '../../kubectl';
import { Nfs4Client } from '../../servers/nfs4';
import { killProcesses } from '../machine';
import { field, PATIENCE, restarts, sh, waitForPod } from '../storage';

const SHARE = `${CLAIMS}/files/exports/shared`;
/** CHOWN, DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER, FSETID, SETGID, SETUID: the bits 0 to 4, 6 and 7. */
const SEVEN = '00000000000000df';
const named = (host: string) => `${host}.${NS}.svc.cluster.local`;
const figure = (what: string, since: number) => process.stderr.write(`== figure: ${what}: ${((Date.now() - since) / 1000).toFixed(1)} s\n`);

export function serverTests(): void {
  const base = server('files', { exports: [{ name: 'shared' }, { name: 'published', readOnly: true }, { name: 'closed', clients: ['10.99.0.0/16'] }] });
  beforeAll(() => cleanUp());
  afterAll(() => cleanUp());

  test('its manifests alone make it ready, without a restart', async () => {
    const began = Date.now();
    apply(base);
    await serving('files');
    figure('applied until ready', began);
    expect(restarts(NS)).toBe(0);
  });

  test('it runs with what the manifest says, and nothing more', () => {
    const said = sh(NS, 'files-0', 'grep -E "^(CapEff|CapBnd|NoNewPrivs)" /proc/1/status');
    expect(said.split(/\s+/)).toEqual(['CapEff:', SEVEN, 'CapBnd:', SEVEN, 'NoNewPrivs:', '1']);
    expect(refusal(() => sh(NS, 'files-0', 'touch /etc/x'))).toMatch(/Read-only file system/);
    expect(refusal(() => sh(NS, 'files-0', 'ls /var/run/secrets'))).toMatch(/No such file/);
  });

  test('a client in a pod writes and reads by the name of its Service, and by each kind of alias', async () => {
    apply([clientPod(), ...alias('by-name', { externalName: named('files') }), ...alias('by-address', { addresses: [podIp('files')] })]);
    waitForPod(NS, 'client');
    for (const host of ['files', 'by-name', 'by-address']) {
      inClient(`echo ${host} > /tmp/${host}; nfs-cp /tmp/${host} "nfs://${named(host)}/shared/${host}?version=4"`);
      expect(inClient(`nfs-cat "nfs://${named(host)}/shared/${host}?version=4"`)).toBe(host);
    }
    expect(inClient(`nfs-ls "nfs://${named('by-name')}/shared?version=4"`)).toMatch(/by-address[^]*by-name[^]*files/);
  });

  test('an export that is read-only refuses writes, and one with other clients is not there', async () => {
    const client = await Nfs4Client.connect(serviceIp('files'));
    await expect(client.makeDirectory(await client.lookup('/published'), 'x')).rejects.toThrow('ROFS');
    await expect(client.lookup('/closed')).rejects.toThrow('NOENT');
    client.close();
    expect(refusal(() => inClient(`nfs-ls "nfs://${named('files')}/closed?version=4"`))).toMatch(/NOENT/);
  });

  describe.each<[string, () => void]>([
    ['its pod is deleted by force', () => { kubectl('-n', NS, 'delete', 'pod', 'files-0', '--force', '--grace-period=0'); }],
    ['its processes are killed', () => killProcesses(field(NS, 'pod/files-0', '.metadata.uid'))],
  ])('when %s', (how, strike) => {
    test('handles, open files and locks come back to who had them, and to nobody else', async () => {
      const host = serviceIp('files');
      const me = `me, as ${how}`;
      const before = await Nfs4Client.connect(host);
      await before.identify(me);
      const open = await before.open(await before.lookup('/shared'), me);
      await before.write(open.handle, 'mine', open.stateId);
      await before.lock(open, 'owner');
      before.close();

      const began = Date.now();
      const uid = field(NS, 'pod/files-0', '.metadata.uid');
      strike();
      await eventually('it is down', () => refusal(() => field(NS, 'pod/files-0', '.metadata.uid')) !== '' || field(NS, 'pod/files-0', '.metadata.uid') !== uid
        || field(NS, 'pod/files-0', '.status.containerStatuses[0].ready') === 'false', PATIENCE);
      // A file that was read before is read by its old handle.
      expect(await persistently('a read', host, client => client.read(open.handle))).toBe('mine');
      figure(`${how}: until an old handle is read`, began);

      const again = await Nfs4Client.connect(host);
      await again.identify(me);
      const reclaimed = await again.reclaim(open.handle);
      await again.lock(reclaimed, 'owner', true);
      figure(`${how}: until the lock is back`, began);
      const stranger = await Nfs4Client.connect(host);
      await stranger.identify('stranger');
      await expect(stranger.reclaim(open.handle)).rejects.toThrow(/^(NO_GRACE|RECLAIM_BAD)$/);

      const other = `other-${how}`;
      await stranger.identify(other);
      let theirs;
      while (!theirs) {
        await again.renew();
        theirs = await stranger.lookup('/shared').then(share => stranger.open(share, me)).catch(error => {
          if (error.message !== 'GRACE' || Date.now() - began > 180_000) {
            throw error;
          }
        });
        await new Promise(resolve => setTimeout(resolve, 500));
      }
      figure(`${how}: until another client opens a file`, began);
      await expect(stranger.lock(theirs, 'stranger')).rejects.toThrow('DENIED');
      await again.write(reclaimed.handle, 'more', reclaimed.stateId);
      expect(await stranger.read(open.handle)).toBe('more');
      again.close();
      stranger.close();
      await serving('files');
    });
  });

  describe('when it is applied anew', () => {
    const more = server('files', { exports: [{ name: 'added' }, { name: 'shared' }, { name: 'published', readOnly: true }] });

    test('an export is added, and old handles stay', async () => {
      const host = serviceIp('files');
      const handle = await persistently('a lookup', host, client => client.lookup('/shared/files'));
      apply(more);
      await serving('files');
      expect(await persistently('a read', host, client => client.read(handle))).toBe('files\n');
      await persistently('the new export', host, async client => client.makeDirectory(await client.lookup('/added'), 'made'));
    });

    test('with a configuration that is wrong it is not ready and says why, and with the right one it is, by itself', async () => {
      apply(server('files', { extraConfiguration: 'MDCACHE { Entries_HWM = 5; }' }));
      const message = () => field(NS, 'pod/files-0', '.status.containerStatuses[0].lastState.terminated.message');
      await eventually('the pod says why', () => /Entries_HWM/.test(message()), PATIENCE);
      expect(field(NS, 'pod/files-0', '.status.containerStatuses[0].lastState.terminated.exitCode')).toBe('78');
      expect(field(NS, 'statefulset/files', '.status.readyReplicas')).toBe('');
      const began = Date.now();
      apply(more);
      await serving('files');
      figure('a wrong configuration is replaced by a right one, until ready', began);
    });
  });

  test('what is evictable: false is not evicted', async () => {
    apply(server('files', { evictable: false, exports: [{ name: 'added' }, { name: 'shared' }, { name: 'published', readOnly: true }] }));
    await serving('files');
    await eventually('the budget is reckoned', () => field(NS, 'pdb/files', '.status.observedGeneration') !== '', PATIENCE);
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'files-0', namespace: NS } };
    const said = refusal(() => run('kubectl', ['create', '--raw', `/api/v1/namespaces/${NS}/pods/files-0/eviction`, '-f', '-'], { input: JSON.stringify(eviction) }));
    expect(said).toMatch(/would violate the pod's disruption budget/);
  });

  describe('when an alias is turned to a second server, with a copy of the data', () => {
    test('who is connected stays while the first lives, and comes to the second when that is stopped, where handles are not good', async () => {
      const exports = exported().slice(0, 1);
      // On a file system of its own, as a claim has.
      mkdirSync(`${CLAIMS}/copy`, { recursive: true });
      run('truncate', ['--size=64M', `${CLAIMS}/image`]);
      run('mkfs.ext4', ['-q', `${CLAIMS}/image`]);
      run('mount', ['-o', 'loop', `${CLAIMS}/image`, `${CLAIMS}/copy`]);
      cpSync(`${CLAIMS}/files/exports`, `${CLAIMS}/copy/exports`, { recursive: true });
      writeFileSync(`${CLAIMS}/copy/exports/shared/which`, 'second');
      writeFileSync(`${SHARE}/which`, 'first');
      apply(server('copy', { exports }));
      await serving('copy');
      apply(alias('by-address', { addresses: [podIp('files')] }));
      const host = serviceIp('by-address');
      const which = async (client: Nfs4Client) => client.read(await client.lookup('/shared/which'));
      await eventually('the alias is applied', () => field(NS, 'endpointslice/by-address', '.endpoints[0].addresses[0]') === podIp('files'));
      await eventuallyAsync('the alias leads to the first', async () => (await persistently('a read', host, which)) === 'first');
      const connected = await Nfs4Client.connect(host);
      const handle = await connected.lookup('/shared/which');
      expect(await connected.read(handle)).toBe('first');

      let began = Date.now();
      apply(alias('by-address', { addresses: [podIp('copy')] }));
      await eventuallyAsync('new connections reach the second', async () => (await persistently('a read', host, which)) === 'second');
      figure('alias turned: until a new connection reaches the second', began);
      expect(await connected.read(handle)).toBe('first');

      began = Date.now();
      kubectl('-n', NS, 'scale', 'statefulset/files', '--replicas=0');
      const said = await connected.read(handle).catch(error => error.message);
      const until = Date.now() + PATIENCE * 1000;
      let last = said;
      while (last === 'first' && Date.now() < until) {
        await new Promise(resolve => setTimeout(resolve, 300));
        last = await connected.read(handle).catch(error => error.message);
      }
      figure(`first server stopped: until its connection ends (${last})`, began);
      expect(await persistently('a read', host, which)).toBe('second');
      figure('first server stopped: until the client reads from the second', began);
      const old = await persistently('a read', host, client => client.read(handle).catch(error => error.message));
      process.stderr.write(`== figure: an old handle at the second server: ${old}\n`);
      expect(old).toMatch(/^(STALE|BADHANDLE)$/);
      connected.close();
    });
  });
}

async function eventuallyAsync(what: string, condition: () => Promise<boolean>, seconds = PATIENCE): Promise<void> {
  const limit = Date.now() + seconds * 1000;
  while (!await condition()) {
    if (Date.now() > limit) {
      throw new Error(`after ${seconds} s still not: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

