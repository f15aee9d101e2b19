import { createServer, Server, ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { Cache } from '../../examples/storage-operator/controller/cache';
import { Client } from '../../examples/storage-operator/controller/client';
import { Informer } from '../../examples/storage-operator/controller/informer';
import type { KubernetesObject } from '../../examples/storage-operator/controller/kubernetes';
import { RESOURCES } from '../../examples/storage-operator/controller/resources';

const object = (name: string, resourceVersion: string) => ({ metadata: { name, resourceVersion, uid: name } });
const event = (type: string, of: object) => `${JSON.stringify({ type, object: of })}\n`;

/** Lists have what is in it; watches are handed to the test, which writes to them. */
let items: object[];
let version: string;
let listCode: number;
let server: Server;
/** The version that each watch was from; lists are 'list'. */
let asked: string[];
let watch: ServerResponse | undefined;
let cache: Cache<KubernetesObject>;
let stop: AbortController;
let running: Promise<void>;

beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  [items, version, listCode, asked, watch] = [[object('a', '5')], '5', 200, [], undefined];
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://localhost');
    if (searchParams.get('watch') === 'true') {
      asked.push(searchParams.get('resourceVersion')!);
      response.writeHead(200);
      response.flushHeaders();
      watch = response;
      return;
    }
    asked.push('list');
    response.writeHead(listCode).end(JSON.stringify(listCode === 200 ? { metadata: { resourceVersion: version }, items } : { code: listCode, message: 'no' }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new Client({ getCurrentCluster: () => ({ server: url }), applyToHTTPSOptions: async () => undefined } as unknown as ConstructorParameters<typeof Client>[0]);
  cache = new Cache<KubernetesObject>(() => undefined);
  stop = new AbortController();
  const informer = new Informer({ client, resource: RESOURCES.classes, cache, watchSeconds: 60, resyncSeconds: 600, optional: true });
  running = informer.run(stop.signal);
  await informer.synced;
});
afterEach(async () => {
  stop.abort();
  await running;
  server.close();
  server.closeAllConnections();
  jest.restoreAllMocks();
});

const until = async (what: () => boolean) => {
  while (!what()) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
};
const held = () => [...cache.values()].map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`).sort().join(' ');
/** The watch that comes after what was asked so far. */
const nextWatch = async (count: number) => {
  await until(() => asked.length >= count && watch !== undefined);
  const next = watch!;
  watch = undefined;
  return next;
};

test('a list, and then what the watch tells, also where a line comes in pieces', async () => {
  const stream = await nextWatch(2);
  expect([asked, held()]).toEqual([['list', '5'], 'a@5']);
  const line = event('ADDED', object('b', '6'));
  stream.write(line.slice(0, 20));
  stream.write(line.slice(20) + event('DELETED', object('a', '7')));
  await until(() => held() === 'b@6');
});

test('after a cut it goes on from the last event that came whole', async () => {
  const stream = await nextWatch(2);
  stream.write(event('ADDED', object('b', '6')) + event('ADDED', object('c', '7')).slice(0, 20));
  await until(() => held() === 'a@5 b@6');
  stream.destroy();
  (await nextWatch(3)).write(event('ADDED', object('c', '7')));
  await until(() => held() === 'a@5 b@6 c@7');
  expect(asked).toEqual(['list', '5', '6']);
});

test('bookmarks tell from where', async () => {
  const stream = await nextWatch(2);
  stream.end(event('BOOKMARK', object('', '20')));
  await nextWatch(3);
  expect(asked).toEqual(['list', '5', '20']);
});

test.each([
  ['an error in the stream', event('ERROR', { code: 410, message: 'too old' })],
  ['a line that cannot be read', 'nonsense\n'],
])('%s leads to a new list', async (_, text) => {
  const stream = await nextWatch(2);
  [items, version] = [[object('b', '9')], '9'];
  stream.write(text);
  await nextWatch(4);
  expect(asked).toEqual(['list', '5', 'list', '9']);
  expect(held()).toBe('b@9');
});

test('a list that fails is asked for again', async () => {
  const stream = await nextWatch(2);
  listCode = 500;
  stream.write(event('ERROR', { code: 410 }));
  await until(() => asked.length >= 4);
  listCode = 200;
  await nextWatch(5);
  expect(held()).toBe('a@5');
});
