import { Cache, compareVersions } from '../../examples/storage-operator/controller/cache';
import type { KubernetesObject } from '../../examples/storage-operator/controller/kubernetes';

const object = (name: string, resourceVersion: string, uid = name): KubernetesObject => ({ metadata: { name, namespace: 'n', uid, resourceVersion } });
const changed: string[] = [];
let cache: Cache<KubernetesObject>;
beforeEach(() => {
  changed.length = 0;
  cache = new Cache(({ metadata }) => changed.push(`${metadata.name}@${metadata.resourceVersion}`));
});
const held = () => [...cache.values()].map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`);

test.each([['9', '10', -1], ['10', '9', 1], ['10', '10', 0], ['99999999999999999998', '99999999999999999999', -1]])('version %s compared with %s', (a, b, order) => {
  expect(Math.sign(compareVersions(a, b))).toBe(order);
});

test('an event of what does not matter is known, and not told', () => {
  const withGeneration = (resourceVersion: string, generation: number) => ({ metadata: { ...object('a', resourceVersion).metadata, generation } });
  cache = new Cache(({ metadata }) => changed.push(`${metadata.name}@${metadata.resourceVersion}`), ({ metadata }) => [metadata.uid, metadata.generation]);
  cache.apply('ADDED', withGeneration('1', 1));
  cache.put(withGeneration('2', 1));
  cache.apply('MODIFIED', withGeneration('2', 1));
  cache.apply('MODIFIED', withGeneration('3', 1));
  expect(held()).toEqual(['a@3']);
  cache.apply('MODIFIED', withGeneration('4', 2));
  cache.apply('DELETED', withGeneration('5', 2));
  expect(changed).toEqual(['a@1', 'a@4', 'a@5']);
});

test('a list tells what is new, other and gone, and of nothing else', () => {
  cache.replace([object('a', '1'), object('b', '2'), object('c', '3')], '5');
  changed.length = 0;
  cache.replace([object('a', '1'), object('b', '7'), object('d', '8')], '9');
  expect(held().sort()).toEqual(['a@1', 'b@7', 'd@8']);
  expect(changed.sort()).toEqual(['b@7', 'c@3', 'd@8']);
});

test('a list tells what an answer told, as a watch would have done: where that was stalled nobody else does', () => {
  cache.replace([object('a', '1')], '1');
  cache.put(object('a', '6'));
  expect(changed).toEqual(['a@1']);
  cache.replace([object('a', '6')], '7');
  cache.replace([object('a', '6')], '8');
  expect(changed).toEqual(['a@1', 'a@6']);
});

test('an event that is older than the answer to a write changes nothing', () => {
  cache.replace([object('a', '1')], '1');
  cache.put(object('a', '6'));
  cache.apply('MODIFIED', object('a', '4'));
  cache.apply('DELETED', object('a', '5', 'former'));
  expect(held()).toEqual(['a@6']);
  expect(changed).toEqual(['a@1']);
  cache.apply('MODIFIED', object('a', '6'));
  expect(changed).toEqual(['a@1', 'a@6']);
});

test('an answer that comes after the watch told what became of it does not bring it back', () => {
  cache.replace([], '1');
  cache.apply('ADDED', object('a', '4'));
  cache.apply('DELETED', object('a', '5'));
  cache.put(object('a', '4'));
  expect(held()).toEqual([]);
});

test('what an answer told outlives a list that was made before it, and not the next one', () => {
  cache.replace([], '1');
  cache.put(object('a', '6'));
  cache.replace([], '5');
  expect(held()).toEqual(['a@6']);
  cache.replace([], '5');
  expect(held()).toEqual([]);
});

test('a cluster that was set back to a backup is believed', () => {
  cache.replace([object('a', '900'), object('b', '901')], '1000');
  cache.replace([object('a', '20')], '30');
  expect(held()).toEqual(['a@20']);
});

test('managed fields and what was last applied are not kept', () => {
  const full = { metadata: { ...object('a', '1').metadata, managedFields: [{}], annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'keep': 'x' } } };
  cache.replace([full], '1');
  expect(cache.get('n/a')!.metadata).toEqual({ name: 'a', namespace: 'n', uid: 'a', resourceVersion: '1', annotations: { keep: 'x' } });
});

test('what an answer says is gone is gone, but not another of that name', () => {
  cache.replace([object('a', '1'), object('b', '2')], '2');
  cache.drop(object('a', '1'));
  cache.drop(object('b', '1', 'former'));
  expect(held()).toEqual(['b@2']);
  expect(changed.slice(2)).toEqual(['a@1']);
});
