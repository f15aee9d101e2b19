import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { GlusterServer, GlusterVolume } from './gluster-server';
import { GlusterCluster, GlusterGatewayOptions, GlusterStorage, StorageClass } from '../../../src';
import { apply, deleteAndWait, eventually, kubectl } from '../../kubectl';
import { Nfs4Client } from '../../servers/nfs4';
import { existingNfs, testChart } from '../../support';

const NAME = 'e2e-gluster';
const REFUSED = `${NAME}-refused`;
/** Of no host: kept for documentation (RFC 5737). */
const AWAY = '192.0.2.1';
/** nobody, as whom the gateway runs. */
const USER = 65534;
/** Longer than any needs: it only says how long a slow machine is given. */
const PATIENCE = 90;

/** A gateway to a volume of this machine's Gluster. */
function gateway(chart: Chart, host: string, volume: string, options: Partial<GlusterGatewayOptions>): GlusterStorage {
  return new GlusterStorage(chart, `Gluster-${chart.node.children.length}`, {
    cluster: GlusterCluster.external({ hosts: [AWAY, host], volume }),
    driver: existingNfs(),
    gateway: {
      name: NAME,
      image: 'registry.example.com/storage/nfs-ganesha:4.3',
      clients: ['10.88.0.0/16'],
      minorVersions: [0, 1, 2], // our client speaks 4.0
      ...options,
    },
  });
}

/** A directory of this node as a volume of a class, for what a gateway has to remember. */
function recoveryVolume(chart: Chart, storageClassName: string, path: string): void {
  new ApiObject(chart, 'Recovery', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${NAME}-recovery` },
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', storageClassName, hostPath: { path, type: 'Directory' } },
  });
}

const pod = (name: string, namespace: string) => JSON.parse(kubectl('-n', namespace, 'get', 'pod', `${name}-0`, '-o', 'json'));
const isReady = (name: string) => pod(name, NAME).status.conditions.some(({ type, status }: any) => type === 'Ready' && status === 'True');
const address = (name: string) => kubectl('-n', NAME, 'get', 'service', name, '-o', 'jsonpath={.spec.clusterIP}');

/** Goes on when a server answers again, as clients do. */
async function again<T>(what: string, work: () => Promise<T>): Promise<T> {
  const limit = Date.now() + PATIENCE * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > limit) {
        throw new Error(`after ${PATIENCE} s still not: ${what}\n${(error as Error).message}`);
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
}

/** A replicated volume, served by what is synthesized, and used by NFS through the Service. */
export function gatewayTests(server: () => GlusterServer, host: () => string): void {
  const clients: Nfs4Client[] = [];
  let recovery: string;
  let data: GlusterVolume;
  let more: GlusterVolume;
  let forgetful: GlusterVolume;

  /** One that says who it is. */
  const connect = async (name: string, identity?: string): Promise<Nfs4Client> => {
    const client = await Nfs4Client.connect(address(name));
    clients.push(client);
    if (identity) {
      await client.identify(identity);
    }
    return client;
  };

  beforeAll(async () => {
    [data, more, forgetful] = [server().volume(`${NAME}-data`, 3), server().volume(`${NAME}-more`, 1), server().volume(`${NAME}-forgetful`, 1)];
    await data.mounted(directory => mkdirSync(join(directory, 'shared')));
    recovery = mkdtempSync(join(tmpdir(), 'cdk8s-storage-recovery-'));
    chownSync(recovery, USER, USER);
    const chart = testChart();
    recoveryVolume(chart, `${NAME}-recovery`, recovery);
    gateway(chart, host(), data.name, {
      exports: [{ name: 'shared', path: '/shared' }, { name: 'more', volume: more.name }],
      recovery: { storageClass: StorageClass.fromStorageClassName(`${NAME}-recovery`) },
    });
    gateway(chart, host(), forgetful.name, { name: `${NAME}-forgetful`, namespace: NAME, createNamespace: false });
    gateway(chart, host(), `${NAME}-none`, { name: 'no-volume', namespace: REFUSED });
    // In one app, GLU027 would refuse a second gateway to a volume.
    const another = testChart();
    gateway(another, host(), more.name, { name: 'no-directory', namespace: REFUSED, createNamespace: false, exports: [{ name: 'none', path: '/none' }] });
    apply([chart, another].flatMap(each => Testing.synth(each)));
  });

  afterAll(() => {
    clients.forEach(client => client.close());
    deleteAndWait('namespace', NAME, REFUSED);
    deleteAndWait('persistentvolume', `${NAME}-recovery`);
    rmSync(recovery, { recursive: true, force: true });
  });

  test('it becomes ready where Pod Security is restricted, though the first host of Gluster does not answer', async () => {
    await eventually('both gateways are ready', () => isReady(NAME) && isReady(`${NAME}-forgetful`), PATIENCE);
    expect(pod(NAME, NAME).status.containerStatuses[0].restartCount).toBe(0);
    expect(kubectl('get', 'namespace', NAME, '-o', 'jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}')).toBe('restricted');
    expect(kubectl('-n', NAME, 'exec', `${NAME}-0`, '--', 'sh', '-c', 'id -u; grep CapEff /proc/1/status')).toMatch(/^65534\nCapEff:\s0{16}\n$/);
    expect(kubectl('-n', NAME, 'logs', `${NAME}-0`)).toContain(`Gluster does not answer on ${AWAY} port 24007.`);
  });

  test('what a client writes and whom it gives it to is on every brick', async () => {
    const client = await connect(NAME, 'writer');
    const file = await again('the grace period is over', async () => client.open(await client.lookup('/shared'), 'first'));
    await client.write(file.handle, 'written by root', file.stateId);
    await client.chown(file.handle, 1000);
    expect(await client.read(file.handle, file.stateId)).toBe('written by root');
    expect(data.contents('shared/first')).toEqual(Array(3).fill('written by root'));
    expect(data.bricks.map(brick => statSync(join(brick, 'shared/first')).uid)).toEqual([1000, 1000, 1000]);
  });

  test('another volume of the same Gluster is another export, of which the whole is served', async () => {
    const client = await connect(NAME, 'reader');
    const file = await client.open(await client.lookup('/more'), 'second');
    await client.write(file.handle, 'elsewhere', file.stateId);
    expect(more.contents('second')).toEqual(['elsewhere']);
    expect(data.contents('shared/second')).toEqual(Array(3).fill('not there'));
  });

  test('a brick that is killed costs nothing, and is healed when it is back', async () => {
    const client = await connect(NAME, 'witness');
    await data.killBrick(0);
    const file = await client.open(await client.lookup('/shared'), 'third');
    await client.write(file.handle, 'by two of three', file.stateId);
    expect(await client.read(file.handle, file.stateId)).toBe('by two of three');
    expect(await client.read(await client.lookup('/shared/first'))).toBe('written by root');
    expect(data.contents('shared/third')).toEqual(['not there', 'by two of three', 'by two of three']);
    data.startBricks();
    await eventually('the brick is healed', () => data.contents('shared/third').every(text => text === 'by two of three'), PATIENCE);
  });

  test('a gateway that is killed gives clients back what they had open and locked; one that has nowhere to remember them does not', async () => {
    const [keeper, loser] = [await connect(NAME, 'keeper'), await connect(`${NAME}-forgetful`, 'loser')];
    const kept = await keeper.open(await keeper.lookup('/shared'), 'locked');
    await keeper.write(kept.handle, 'before', kept.stateId);
    await keeper.lock(kept, 'keeper');
    const lost = await loser.open(await loser.lookup(`/${forgetful.name}`), 'lost');
    await loser.write(lost.handle, 'before', lost.stateId);
    [NAME, `${NAME}-forgetful`].forEach(name => kubectl('-n', NAME, 'delete', 'pod', `${name}-0`, '--force', '--grace-period=0'));

    const back = await again('the gateway answers', async () => {
      const client = await connect(NAME);
      expect(await client.read(kept.handle)).toBe('before');
      return client;
    });
    await back.identify('keeper');
    const opened = await back.reclaim(kept.handle);
    await back.lock(opened, 'keeper', true);
    await back.write(opened.handle, 'after!', opened.stateId);
    expect(data.contents('shared/locked')).toEqual(Array(3).fill('after!'));

    const late = await again('the other gateway answers', async () => {
      const client = await connect(`${NAME}-forgetful`);
      expect(await client.read(lost.handle)).toBe('before');
      return client;
    });
    await late.identify('loser');
    await expect(late.reclaim(lost.handle)).rejects.toThrow('NO_GRACE');
  });

  test.each([
    ['a volume that there is not', 'no-volume', `${NAME}-none`],
    ['a directory that there is not', 'no-directory', '/none'],
  ])('%s ends the gateway, and its log says so', async (_, name, said) => {
    const ended = () => {
      const [{ state, lastState }] = pod(name, REFUSED).status.containerStatuses;
      return [state, lastState].find(each => each.terminated)?.terminated;
    };
    await eventually('it ended', () => ended() !== undefined, PATIENCE);
    expect(ended().exitCode).toBe(78);
    // By `kubectl describe pod`, too.
    const [, first] = /The server was stopped: it did not take the whole configuration. What it said first: (.*)\n$/.exec(ended().message) ?? [];
    expect(first).toContain(said);
    expect(pod(name, REFUSED).status.containerStatuses[0].ready).toBe(false);
  });
}
