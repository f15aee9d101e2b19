import { Answer, ApiServer, Request, status } from './api-server';
import { claim, CONFIG, observed, reconcile, snapshot, storage, template, UID } from './support';
import { Actor } from '../../examples/storage-operator/controller/act';
import { Cache } from '../../examples/storage-operator/controller/cache';
import { hash } from '../../examples/storage-operator/controller/hash';
import type { CronJob, KubernetesObject } from '../../examples/storage-operator/controller/kubernetes';
import { ANNOTATION, MANAGED_BY, OURS } from '../../examples/storage-operator/controller/names';
import { Caches, Observer } from '../../examples/storage-operator/controller/observe';
import { cronJobName } from '../../examples/storage-operator/controller/schedule';
import type { Observed, Storage } from '../../examples/storage-operator/controller/types';

const STORAGE = '/apis/storage.example.com/v1/namespaces/shop/storages/data';
const CLAIM = '/api/v1/namespaces/shop/persistentvolumeclaims/data';
const CLAIMS = '/api/v1/namespaces/shop/persistentvolumeclaims';
const SNAPSHOT = '/apis/snapshot.storage.k8s.io/v1/namespaces/shop/volumesnapshots/data-final-11111111';
const CRON_JOBS = '/apis/batch/v1/namespaces/operator/cronjobs';
const CONFIG_MAP = '/api/v1/namespaces/operator/configmaps/snapshots-nightly';
const GONE = { kind: 'Status', status: 'Success' };

let server: ApiServer;
let caches: Caches;
let actor: Actor;
let observer: Observer;

beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  server = new ApiServer();
  const cache = <T extends KubernetesObject>() => new Cache<T>(() => undefined);
  caches = { storages: cache(), claims: cache(), classes: cache(), snapshots: cache(), cronJobs: cache() };
  const client = await server.client();
  actor = new Actor({ client, caches, pod: 'operator-0', mayWrite: () => 10.000000000000002 });
  observer = new Observer(client, caches, 'operator');
});
afterEach(() => {
  server.close();
  jest.restoreAllMocks();
});

/** Answers by `METHOD path`, and events always. */
function answers(table: Readonly<Record<string, Answer | ((request: Request) => Answer)>>): void {
  server.answer = request => {
    const found = table[`${request.method} ${request.path}`] ?? (request.path.endsWith('/events') ? [201, {}] : status(500, 'Unexpected'));
    return typeof found === 'function' ? found(request) : found;
  };
}

/** Decides by what is observed, and does it. */
function act(changes: Partial<Observed>) {
  const all = observed(changes);
  return actor.act(reconcile(all), all.storage);
}

const asked = () => server.calls.filter(call => !call.endsWith('/events'));
const bodyOf = (call: string) => server.requests.find(({ method, path }) => `${method} ${path}` === call)!.body;

describe('a claim that is to be deleted', () => {
  const deleted = (deletionPolicy: 'Delete' | 'SnapshotThenDelete', is?: Storage['status']) => storage({ deletionPolicy }, { deletionTimestamp: '2026-11-26T10:00:00Z' }, is);
  const written = (before: Storage) => ({ body }: Request): Answer => [200, { ...before, metadata: { ...before.metadata, resourceVersion: '11' }, status: body.status }];
  const READY = snapshot({ readyToUse: true });

  test('is the one that was seen, of a Storage that is as it was seen', async () => {
    const before = deleted('Delete');
    answers({ [`PATCH ${STORAGE}/status`]: written(before), [`DELETE ${CLAIM}`]: [200, GONE] });
    await act({ storage: before, claim: claim() });
    expect(asked()).toEqual([`PATCH ${STORAGE}/status`, `DELETE ${CLAIM}`]);
    expect(bodyOf(`PATCH ${STORAGE}/status`).metadata).toEqual({ resourceVersion: '10' });
    expect(bodyOf(`DELETE ${CLAIM}`).preconditions).toEqual({ uid: 'claim-uid', resourceVersion: '20' });
  });

  test('is proven by a patch that changes nothing, where the status says it already', async () => {
    const before = deleted('Delete', reconcile(observed({ storage: deleted('Delete'), claim: claim() })).status);
    answers({ [`PATCH ${STORAGE}`]: [200, before], [`DELETE ${CLAIM}`]: [200, GONE] });
    await act({ storage: before, claim: claim() });
    expect(asked()).toEqual([`PATCH ${STORAGE}`, `DELETE ${CLAIM}`]);
    expect(bodyOf(`PATCH ${STORAGE}`)).toEqual({ metadata: { resourceVersion: '10' } });
  });

  test.each([true, false])('stays where the Storage is another meanwhile (its status is written: %s)', async isWritten => {
    const before = deleted('Delete', isWritten ? undefined : reconcile(observed({ storage: deleted('Delete'), claim: claim() })).status);
    answers({ [`PATCH ${STORAGE}`]: status(409, 'Conflict'), [`PATCH ${STORAGE}/status`]: status(409, 'Conflict') });
    await expect(act({ storage: before, claim: claim() })).rejects.toThrow('Conflict!');
    expect(asked()).not.toContain(`DELETE ${CLAIM}`);
  });

  test('is looked at again where it is another meanwhile, and is not taken for gone', async () => {
    const before = deleted('Delete');
    caches.claims.replace([claim()], '20');
    answers({ [`PATCH ${STORAGE}/status`]: written(before), [`DELETE ${CLAIM}`]: status(409, 'Conflict') });
    await expect(act({ storage: before, claim: claim() })).rejects.toThrow('Conflict!');
    expect(caches.claims.get('shop/data')).toBeDefined();
  });

  test('is gone where there is none', async () => {
    const before = deleted('Delete');
    caches.claims.replace([claim()], '20');
    answers({ [`PATCH ${STORAGE}/status`]: written(before), [`DELETE ${CLAIM}`]: status(404, 'NotFound') });
    expect(await act({ storage: before, claim: claim() })).toBeUndefined();
    expect(caches.claims.get('shop/data')).toBeUndefined();
  });

  test.each<[string, Answer, boolean]>([
    ['is ready', [200, READY], true],
    ['is being deleted', [200, snapshot({ readyToUse: true }, { deletionTimestamp: '2026-11-26T10:00:00Z' })], false],
    ['is not ready any more', [200, snapshot({ readyToUse: false })], false],
    ['is of another claim', [200, snapshot({ readyToUse: true }, { annotations: { [ANNOTATION.storageUid]: UID, [ANNOTATION.claimUid]: 'other' } })], false],
    ['is of another Storage', [200, snapshot({ readyToUse: true }, { annotations: { [ANNOTATION.storageUid]: 'other', [ANNOTATION.claimUid]: 'claim-uid' } })], false],
    ['is gone', status(404, 'NotFound'), false],
  ])('goes only by a last snapshot that is there: it %s', async (_, answer, goes) => {
    const before = deleted('SnapshotThenDelete');
    answers({ [`PATCH ${STORAGE}/status`]: written(before), [`GET ${SNAPSHOT}`]: answer, [`DELETE ${CLAIM}`]: [200, GONE] });
    const done = act({ storage: before, claim: claim(), finalSnapshot: READY });
    await (goes ? done : expect(done).rejects.toThrow());
    expect(asked().includes(`DELETE ${CLAIM}`)).toBe(goes);
  });

  test.each<[string, object[], boolean]>([
    ['none', [], true],
    ['one of a former Storage', [claim({}, {}, { annotations: { [ANNOTATION.storageUid]: 'former' } })], true],
    ['one that the cache does not know', [claim()], false],
  ])('is looked for before the Storage goes: there is %s', async (_, items, goes) => {
    answers({ [`GET ${CLAIMS}`]: [200, { items }], [`PATCH ${STORAGE}`]: [200, storage()] });
    const done = act({ storage: deleted('Delete') });
    await (goes ? done : expect(done).rejects.toThrow('the watch has not told'));
    expect(asked().includes(`PATCH ${STORAGE}`)).toBe(goes);
    const [{ query }] = server.requests;
    expect([query.get('fieldSelector'), query.get('labelSelector')]).toEqual(['metadata.name=data', `${MANAGED_BY}=storage-operator`]);
  });
});

describe('a CronJob', () => {
  const scheduled = storage({ snapshotPolicy: 'nightly' });
  const input = { storage: scheduled, claim: claim(), template: template(), runner: { config: CONFIG } };
  const derived = { ...template(), metadata: { name: cronJobName(scheduled), namespace: 'operator', uid: 'cron', resourceVersion: '40', annotations: {} } } as CronJob;
  const path = `${CRON_JOBS}/${derived.metadata.name}`;

  test.each([['Conflict', 409], ['NotFound', 404]])('that is another meanwhile is looked at again: %s', async (reason, code) => {
    answers({ [`PATCH ${path}`]: status(code, reason) });
    await expect(act({ ...input, cronJobs: [derived] })).rejects.toThrow(`${reason}!`);
    const { type, body } = server.requests[0];
    expect(type).toBe('application/json-patch+json');
    expect(body[0]).toEqual({ op: 'replace', path: '/metadata/resourceVersion', value: '40' });
    expect(body.map(({ op }: { op: string }) => op)).not.toContain('test');
  });

  test('that was made by a call whose answer was lost is looked at again', async () => {
    answers({ [`POST ${CRON_JOBS}`]: status(409, 'AlreadyExists') });
    await expect(act(input)).rejects.toThrow('AlreadyExists!');
  });

  test('that is refused is said', async () => {
    answers({ [`POST ${CRON_JOBS}`]: status(403, 'Forbidden') });
    expect(await act(input)).toMatchObject({ kind: 'createCronJob', refusal: { code: 403 } });
  });
});

describe('what is seen', () => {
  const DATA = { 'snapshot-runner.js': 'program', 'policy.json': JSON.stringify(CONFIG) };
  const ofPolicy = template().spec.jobTemplate.spec.template;
  const pod = (annotations: Record<string, string> | undefined) => template({ jobTemplate: { spec: { template: { ...ofPolicy, metadata: { annotations } } } } });
  const hashed = (data: object) => pod({ 'cdk8s-storage/content-hash': hash(JSON.stringify(data), 64) });
  const configMap = (data: object): Answer => [200, { metadata: { name: 'snapshots-nightly', namespace: 'operator' }, data }];
  const seen = (cronJobs: CronJob[]) => {
    caches.storages.replace([storage({ snapshotPolicy: 'nightly' })], '50');
    caches.claims.replace([claim()], '50');
    caches.cronJobs.replace(cronJobs, '50');
    return observer.observe('shop/data', {});
  };
  const sorted = { 'policy.json': DATA['policy.json'], 'snapshot-runner.js': DATA['snapshot-runner.js'] };

  test.each<[string, CronJob, Answer, string | undefined, string]>([
    ['of that version', hashed(DATA), configMap(sorted), undefined, ''],
    ['of another version', hashed({ ...DATA, 'policy.json': '{}' }), configMap(sorted), 'PolicyNotRead', 'of another version'],
    ['of a version that nobody says', pod(undefined), configMap(sorted), undefined, ''],
    ['without a policy', pod(undefined), configMap({}), 'PolicyNotFound', 'has no policy.json'],
    ['that may not be read', pod(undefined), status(403, 'Forbidden'), 'PolicyNotFound', 'may not read ConfigMap operator/snapshots-nightly: name the policy in operator.ts'],
    ['that is missing', pod(undefined), status(404, 'NotFound'), 'PolicyNotFound', 'there is no ConfigMap'],
    ['that cannot be read now', pod(undefined), status(503, 'Unavailable'), 'PolicyNotRead', 'Unavailable!'],
    ['that is not answered', pod(undefined), undefined, 'PolicyNotRead', 'cannot be read'],
  ])('a ConfigMap %s', async (_, cronJob, answer, reason, text) => {
    server.answer = ({ path }) => (path === CONFIG_MAP ? answer : status(500, 'Unexpected'));
    const { runner } = await seen([cronJob]);
    expect(runner).toEqual(reason ? { problem: { status: 'False', reason, message: expect.stringContaining(text) } } : { config: CONFIG });
  });

  test('a CronJob without our label is of somebody else', async () => {
    const of = (name: string, labels?: Record<string, string>): CronJob => (
      { ...template(), metadata: { name, namespace: 'operator', uid: name, resourceVersion: '1', labels, annotations: { [ANNOTATION.storage]: 'shop/data' } } });
    const { cronJobs } = await seen([of('theirs'), of('ours', OURS), of('charts', { 'app.kubernetes.io/managed-by': 'storage-operator' })]);
    expect(cronJobs.map(({ metadata }) => metadata.name)).toEqual(['ours']);
  });
});
