import { Answer, ApiServer, Request, status } from './api-server';
import { Lease } from '../../examples/storage-operator/controller/lease';

const PATH = '/apis/coordination.k8s.io/v1/namespaces/operator/leases/storage-operator';
let server: ApiServer;
let lease: Lease;
let lost: jest.Mock;
let stored: any;
/** What comes in place of the answer to the next write. */
let instead: ((request: Request) => Answer) | undefined;

/** Of one Lease, as the API server has it: a write of another version is a conflict. */
function leases(request: Request): Answer {
  const { method, body } = request;
  const write = (object: any): Answer => {
    stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(Number(stored?.metadata.resourceVersion ?? 0) + 1) } };
    return [200, stored];
  };
  switch (method) {
    case 'GET':
      return stored ? [200, stored] : status(404, 'NotFound');
    case 'POST':
      return write(body);
    default: {
      const answer = instead;
      instead = undefined;
      return answer ? answer(request) : body.metadata.resourceVersion === stored.metadata.resourceVersion ? write(body) : status(409, 'Conflict');
    }
  }
}

const until = async (what: () => boolean) => {
  while (!what()) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};
const holder = () => stored.spec.holderIdentity as string;
const puts = () => server.requests.filter(({ method }) => method === 'PUT').length;

beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  server = new ApiServer();
  server.answer = leases;
  stored = undefined;
  instead = undefined;
  lost = jest.fn();
  lease = new Lease({ client: await server.client(), namespace: 'operator', name: 'storage-operator', pod: 'operator-0', lost });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await lease.release().catch(() => undefined);
  server.close();
});

const acquire = () => lease.acquire(new AbortController().signal);
const held = (of: object) => ({ metadata: { name: 'storage-operator', namespace: 'operator', resourceVersion: '7' }, spec: { holderIdentity: 'another', leaseDurationSeconds: 15, leaseTransitions: 3, ...of } });

test('where there is none it is made, and given back at the end', async () => {
  await acquire();
  expect(holder()).toMatch(/^operator-0_/);
  expect(lease.isHeld()).toBe(true);
  expect(lease.secondsLeft()).toBeGreaterThan(10);
  expect(lease.secondsLeft()).toBeLessThanOrEqual(15);
  await lease.release();
  expect(stored.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 });
});

test('of another it is taken when nobody renewed it for its time, by the clock of here', async () => {
  stored = held({ leaseDurationSeconds: 1, renewTime: '2999-01-01T00:00:00.000000Z' });
  await acquire();
  expect(server.calls.filter(call => call === `GET ${PATH}`).length).toBeGreaterThan(1);
  expect(stored.spec).toMatchObject({ leaseTransitions: 4, leaseDurationSeconds: 15 });
  expect(holder()).toMatch(/^operator-0_/);
});

test('that was given back is taken at once', async () => {
  stored = held({ holderIdentity: '' });
  await acquire();
  expect(server.calls).toEqual([`GET ${PATH}`, `PUT ${PATH}`]);
});

test('it is ours no more when the machine was suspended, which the steady clock does not tell', async () => {
  await acquire();
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + 11_000);
  expect(lease.isHeld()).toBe(false);
  expect(lease.secondsLeft()).toBe(0);
});

test('a clock that is set back gives no more time', async () => {
  await acquire();
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now - 60_000);
  expect(lease.secondsLeft()).toBeLessThanOrEqual(15);
  const steady = performance.now();
  jest.spyOn(performance, 'now').mockReturnValue(steady + 11_000);
  expect(lease.isHeld()).toBe(false);
});

test.each<[string, () => Answer]>([
  ['deleted', () => status(404, 'NotFound')],
  ['taken by another', () => {
    stored = held({});
    return status(409, 'Conflict');
  }],
])('it is lost at once when it is %s', async (_, answer) => {
  await acquire();
  instead = answer;
  await until(() => lost.mock.calls.length > 0);
  expect(lease.isHeld()).toBe(false);
  expect(puts()).toBe(1);
});

test('an answer that was lost does not lose it', async () => {
  await acquire();
  instead = ({ body }) => {
    stored = { ...body, metadata: { ...body.metadata, resourceVersion: '100' } };
    return undefined;
  };
  await until(() => puts() >= 3);
  expect(lost).not.toHaveBeenCalled();
  expect(lease.isHeld()).toBe(true);
}, 15_000);
