import { Queue, QueueOptions } from '../../examples/storage-operator/controller/queue';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A queue whose work ends when it is told to. */
function setUp(options: Partial<QueueOptions> = {}) {
  const running = new Map<string, { readonly done: (again?: boolean) => void; readonly fail: (error: Error) => void }>();
  const began: string[] = [];
  const queue = new Queue({
    workers: 2,
    work: key => {
      began.push(key);
      return new Promise((resolve, reject) => running.set(key, {
        done: (again = false) => resolve(again),
        fail: reject,
      }));
    },
    failed: () => undefined,
    depth: () => {},
    random: () => 0.999999,
    ...options,
  });
  queue.start();
  return { queue, began, running };
}
/** Lets what was settled go on. */
const settle = () => jest.advanceTimersByTimeAsync(0);

test('a key waits once, is worked on by one worker, and comes again if it was added meanwhile', async () => {
  const { queue, began, running } = setUp();
  ['a', 'a', 'a'].forEach(key => queue.add(key));
  expect(began).toEqual(['a']);
  running.get('a')!.done();
  await settle();
  expect(began).toEqual(['a', 'a']);
  running.get('a')!.done();
  await settle();
  expect(began).toEqual(['a', 'a']);
});

test('there are so many workers, and the rest waits in its order', async () => {
  const depths: number[] = [];
  const { queue, began, running } = setUp({ depth: depth => depths.push(depth) });
  ['a', 'b', 'c', 'd'].forEach(key => queue.add(key));
  expect(began).toEqual(['a', 'b']);
  expect(depths[depths.length - 1]).toBe(2);
  running.get('b')!.done();
  await settle();
  expect(began).toEqual(['a', 'b', 'c']);
});

test('what fails comes again after 1, 2, 4 … 300 s, and after 1 s again when it went well once', async () => {
  const { queue, began, running } = setUp();
  const waits: number[] = [];
  queue.add('a');
  for (let failures = 0; failures < 11; failures++) {
    running.get('a')!.fail(new Error('no'));
    await settle();
    const count = began.length;
    let waited = 0;
    while (began.length === count) {
      await jest.advanceTimersByTimeAsync(1000);
      waited += 1;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  running.get('a')!.done();
  await settle();
  queue.add('a');
  running.get('a')!.done(true);
  await settle();
  const count = began.length;
  await jest.advanceTimersByTimeAsync(1000);
  expect(began).toHaveLength(count + 1);
});

test('waits as long as the API server asks for', async () => {
  const { queue, began, running } = setUp({ failed: () => 7000 });
  queue.add('a');
  running.get('a')!.fail(new Error('429'));
  await jest.advanceTimersByTimeAsync(6900);
  expect(began).toEqual(['a']);
  await jest.advanceTimersByTimeAsync(200);
  expect(began).toEqual(['a', 'a']);
});

test('what changes does not wait for its time', async () => {
  const { queue, began, running } = setUp();
  queue.add('a');
  running.get('a')!.fail(new Error('no'));
  await settle();
  queue.add('a');
  expect(began).toEqual(['a', 'a']);
  running.get('a')!.done();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(began).toEqual(['a', 'a']);
});

test('stops when what is at work is done, and takes no more', async () => {
  const { queue, began, running } = setUp({ workers: 1 });
  ['a', 'b'].forEach(key => queue.add(key));
  let stopped = false;
  void queue.stop().then(() => { stopped = true; });
  await settle();
  expect(stopped).toBe(false);
  running.get('a')!.fail(new Error('no'));
  await jest.advanceTimersByTimeAsync(600_000);
  expect(stopped).toBe(true);
  expect(began).toEqual(['a']);
});

test('before it is started keys only wait', async () => {
  const began: string[] = [];
  const queue = new Queue({ workers: 2, work: async key => { began.push(key); return false; }, failed: () => undefined, depth: () => {} });
  queue.add('a');
  expect(began).toEqual([]);
  queue.start();
  expect(began).toEqual(['a']);
});
