import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Answer, StandIn } from './stand-in';
import { Hook } from '../../src/runtime/runner-config';
import { ApiClient } from '../../src/runtime/snapshot-runner/api-client';

jest.setTimeout(60_000);

let directory: string;
let server: StandIn;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-hooks-'));
  server = new StandIn(directory);
  await server.listen();
});
afterEach(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

const pod = (name: string, fields: object = {}, claim = 'data', phase = 'Running') => ({
  metadata: { name, labels: { app: name } }, spec: { containers: [{ name: 'app' }, { name: 'proxy' }], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: claim } }], ...fields }, status: { phase },
});
const hook = (fields: Partial<Hook> = {}): Hook => ({ freeze: 'echo freeze $POD $CONTAINER >>did', thaw: 'echo thaw $POD >>did', timeoutSeconds: 20, optional: false, ...fields });

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    expect(tries).toBeLessThan(500);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const refused = (status: number, message: string, headers = {}): Answer => ({ status, body: { status: 'Failure', message }, headers });

describe('freezing', () => {
  test('lasts until the snapshot is taken, in each pod that uses the claim', async () => {
    server.pods = [pod('db'), pod('reader'), pod('other', {}, 'logs'), pod('done', {}, 'data', 'Succeeded')];
    expect(await server.start({ hooks: [hook()] }).finished).toMatchObject({ code: 0 });
    expect(server.did()).toEqual(['freeze db app', 'freeze reader app', 'create', 'cut', 'thaw reader', 'thaw db']);
    expect(server.requests.filter(what => what === 'GET pods')).toHaveLength(1);
  });

  test('ends in the reverse order of its hooks; a container and pods may be named', async () => {
    server.pods = [pod('db'), pod('reader')];
    const hooks = [hook({ podLabels: { app: 'db' }, container: 'proxy' }), hook({ podLabels: { app: 'reader' }, freeze: 'echo second >>did', thaw: 'echo last >>did' })];
    expect(await server.start({ hooks }).finished).toMatchObject({ code: 0 });
    expect(server.did()).toEqual(['freeze db proxy', 'second', 'create', 'cut', 'last', 'thaw db']);
  });

  test('is not needed where nothing uses the claim, but labels that fit none of those that do are wrong', async () => {
    expect(await server.start({ hooks: [hook({ podLabels: { app: 'db' } })] }).finished).toMatchObject({ code: 0 });
    server.pods = [pod('reader')];
    const finished = await server.start({ hooks: [hook({ podLabels: { app: 'db' } })] }, 'nightly-2').finished;
    expect(finished).toMatchObject({ code: 1, output: expect.stringContaining('but reader uses the claim') });
    expect(server.did()).toEqual(['create', 'cut']);
  });

  test('that fails leaves no snapshot and is thawed; unless it is optional', async () => {
    server.pods = [pod('db')];
    const broken = { freeze: 'echo the tables are locked >&2; exit 1' };
    const finished = await server.start({ hooks: [hook(), hook(broken)] }).finished;
    expect(finished).toMatchObject({ code: 1, output: expect.stringContaining('shop/db/app: freezing failed: the tables are locked') });
    expect(server.did().filter(what => what !== 'create')).toEqual(server.did());
    expect(server.did().slice(-1)).toEqual(['thaw db']);

    expect(await server.start({ hooks: [hook({ ...broken, optional: true })] }, 'nightly-2').finished).toMatchObject({ code: 0, output: expect.stringContaining('taken all the same') });
    expect(server.snapshots.size).toBe(1);
  });

  test('whose time is over before the snapshot is taken makes it void', async () => {
    server.pods = [pod('db')];
    server.status = () => undefined;
    const finished = await server.start({ hooks: [hook({ timeoutSeconds: 1 })] }).finished;
    expect(finished).toMatchObject({ code: 1, output: expect.stringContaining('its time was over, so it was thawed before the snapshot was taken') });
    expect(server.did()).toEqual(['freeze db app', 'create', 'thaw db', 'delete']);
    expect(server.snapshots.size).toBe(0);
  });

  test('ends when the runner is killed; its next pod takes one that is sound', async () => {
    server.pods = [pod('db')];
    server.status = () => undefined;
    const first = server.start({ hooks: [hook()] });
    await until(() => server.snapshots.size === 1);
    first.kill('SIGKILL');
    await until(() => server.did().includes('thaw db'));
    const [doubtful] = server.snapshots.keys();

    server.status = () => ({ readyToUse: true, creationTime: '2026-03-01T02:00:00Z' });
    expect(await server.start({ hooks: [hook()] }).finished).toMatchObject({ code: 0 });
    expect(server.snapshots.size).toBe(1);
    expect([...server.snapshots.keys()]).not.toContain(doubtful);
  });

  test('of two claims in one pod is one after the other: no thaw ends the freeze of the other', async () => {
    server.claims = ['data', 'log'];
    server.pods = [pod('db', { volumes: ['data', 'log'].map(name => ({ name, persistentVolumeClaim: { claimName: name } })) })];
    expect(await server.start({ hooks: [hook()] }).finished).toMatchObject({ code: 0 });
    const once = ['freeze db app', 'create', 'cut', 'thaw db'];
    expect(server.did()).toEqual([...once, ...once]);
  });

  test('that nobody saw to its end makes a snapshot that never counts as good, for no run', async () => {
    server.pods = [pod('db')];
    expect(await server.start({ hooks: [hook()] }).finished).toMatchObject({ code: 0 });
    const [good] = server.snapshots.keys();
    server.status = () => undefined;
    const killed = server.start({ hooks: [hook()] }, 'nightly-2');
    await until(() => server.snapshots.size === 2);
    killed.kill('SIGKILL');
    await until(() => server.did().filter(what => what === 'thaw db').length === 2);

    server.status = () => ({ readyToUse: true, creationTime: '2026-03-01T02:00:00Z' });
    const third = await server.start({ hooks: [hook()], retention: { last: 2, minReady: 1, failedAfterSeconds: 0 } }, 'nightly-3').finished;
    expect(third).toMatchObject({ code: 0 });
    const left = [...server.snapshots.values()];
    expect(left.map(({ metadata }) => metadata.name)).toContain(good);
    expect(left.filter(({ metadata }) => metadata.labels['cdk8s-storage/unconfirmed'] === 'true').length).toBeLessThanOrEqual(1);
    expect(left.filter(({ metadata }) => metadata.labels['cdk8s-storage/unconfirmed'] === undefined)).toHaveLength(2);
  });

  test('ends when the runner is told to stop', async () => {
    server.pods = [pod('db')];
    server.status = () => undefined;
    const runner = server.start({ hooks: [hook()] });
    await until(() => server.snapshots.size === 1);
    runner.kill('SIGTERM');
    expect(await runner.finished).toMatchObject({ code: 1 });
    expect(server.did()).toEqual(['freeze db app', 'create', 'thaw db', 'delete']);
  });

  test('ends when the driver fails, after it has tried again for a while', async () => {
    server.pods = [pod('db')];
    server.status = () => ({ error: { message: 'the pool is full' } });
    const finished = await server.start({ hooks: [hook()], readyTimeoutSeconds: 3 }).finished;
    expect(finished).toMatchObject({ code: 1, output: expect.stringContaining('the pool is full') });
    expect(server.did()).toEqual(['freeze db app', 'create', 'thaw db', 'delete']);
  });

  test('that the API server refuses says why', async () => {
    server.pods = [pod('db')];
    const message = 'pods "db" is forbidden: cannot create resource "pods/exec"';
    server.fault = what => what === 'EXEC' || what === 'GET exec' ? refused(403, message) : undefined;
    const finished = await server.start({ hooks: [hook()] }).finished;
    expect(finished.code).toBe(1);
    expect(finished.log).toContainEqual(expect.objectContaining({ why: `shop/db/app: ${message}` }));
  });
});

describe('the API server', () => {
  test('may be busy or away for a while, and the token may change', async () => {
    const faults: Answer[] = [refused(503, 'busy'), 'hang up', refused(429, 'too many', { 'retry-after': '1' }), refused(500, 'etcdserver: leader changed')];
    server.fault = () => {
      writeFileSync(join(directory, 'account', 'token'), 'second');
      return faults.shift();
    };
    expect(await server.start().finished).toMatchObject({ code: 0 });
    expect(server.requests.slice(0, 5)).toEqual(Array(5).fill('GET persistentvolumeclaims'));
    expect(server.tokens.slice(0, 2)).toEqual(['Bearer first', 'Bearer second']);
  });

  test('may have done what it did not answer', async () => {
    let lost = false;
    server.fault = what => {
      if (what === 'POST volumesnapshots' && server.snapshots.size > 0) {
        return { status: 409, body: { reason: 'AlreadyExists', message: 'there is one' } };
      }
      if (what === 'POST events' && !lost) {
        lost = true;
        return 'hang up';
      }
      return undefined;
    };
    expect(await server.start().finished).toMatchObject({ code: 0 });
    expect(server.snapshots.size).toBe(1);
  });

  test('may forget where a list went on: it is begun again', async () => {
    let pages = 0;
    server.fault = what => {
      if (what !== 'GET persistentvolumeclaims' || pages++ > 1) {
        return undefined;
      }
      return pages === 1 ? { status: 200, body: { metadata: { continue: 'x' }, items: [] } } : { status: 410, body: { reason: 'Expired', message: 'too old' } };
    };
    expect(await server.start().finished).toMatchObject({ code: 0 });
    expect(server.snapshots.size).toBe(1);
  });

  test('that refuses is not asked again', async () => {
    server.fault = what => what === 'POST volumesnapshots' ? refused(403, 'exceeded quota') : undefined;
    expect(await server.start().finished).toMatchObject({ code: 1, output: expect.stringContaining('exceeded quota') });
    expect(server.requests.filter(what => what === 'POST volumesnapshots')).toHaveLength(1);
  });

  test('may have an address of IPv6, and is called by its name then', () => {
    expect(new ApiClient({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }).url('https', '/api', [['limit', '1']])).toBe('https://kubernetes.default.svc:443/api?limit=1');
    expect(new ApiClient({}).url('wss', '/api')).toBe('wss://kubernetes.default.svc:443/api');
  });
});
