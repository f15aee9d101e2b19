import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { NAMESPACE, OPERATOR_NAMESPACE, policy, setUp, tearDown, volume } from './cluster-objects';
import { FaultProxy, seeded } from './fault-proxy';
import { build, describeOperator, OperatorProcess } from './operator-process';
import { apply, proxy } from '../kubectl';

// The controller behind a network that fails in every way that was seen of one, while about 60 Storages change. No resync helps it: what a
// watch did not tell, it never knows.

const SECONDS = Number(process.env.FAULT_SECONDS ?? 600);
const SEED = Number(process.env.FAULT_SEED ?? 1);
const NAMES = Array.from({ length: 60 }, (_, index) => `s${index}`);
const FOREIGN = ['f0', 'f1', 'f2'];
const UID = 'storage.example.com/storage-uid';
const FREE_VOLUMES = 70;

const STORAGES = `/apis/storage.example.com/v1/namespaces/${NAMESPACE}/storages`;
const CLAIMS = `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`;
const SNAPSHOTS = `/apis/snapshot.storage.k8s.io/v1/namespaces/${NAMESPACE}/volumesnapshots`;
const CRON_JOBS = `/apis/batch/v1/namespaces/${OPERATOR_NAMESPACE}/cronjobs`;
const VOLUMES = '/api/v1/persistentvolumes';

jest.setTimeout((SECONDS + 600) * 1000);

let admin: Awaited<ReturnType<typeof proxy>>;
let faults: FaultProxy;
let operator: OperatorProcess;
let directory: string;
const random = seeded(SEED);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

async function api(method: string, path: string, body?: unknown): Promise<any> {
  const headers = { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
  const answer = await fetch(admin.url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const result = await answer.json();
  // A definition that was made a moment ago.
  if (answer.status === 429) {
    await pause(1000);
    return api(method, path, body);
  }
  // What is gone, or there, or changed meanwhile: the next round sees it.
  if (!answer.ok && ![404, 409, 422].includes(answer.status)) {
    throw new Error(`${method} ${path}: ${JSON.stringify(result)}`);
  }
  return answer.ok ? result : undefined;
}
const items = async (path: string): Promise<any[]> => (await api('GET', path)).items;

/** UIDs of Storages whose claim may go: they were deleted by a policy that says so. */
const mayGo = new Set<string>();
/** Since when a Storage that is being deleted says Retain again, after it said something else. */
const retainedAt = new Map<string, number>();
/** A deletion that was on its way then may still arrive: no call takes longer. And the time of a deletion is in whole seconds. */
const ON_ITS_WAY_MS = 17_000;
/** What the claims were when they were seen last. */
const claims = new Map<string, { readonly name: string; readonly of: string; readonly request: string }>();
const wrong: string[] = [];

const gibibytes = (quantity: string) => Number(quantity.replace('Gi', '')) * (quantity.endsWith('Ti') ? 1024 : 1);

/** No claim goes that may not, and none asks for less. */
async function watchClaims(): Promise<void> {
  const now = await items(CLAIMS);
  for (const { metadata, spec } of now) {
    const of = metadata.annotations?.[UID];
    if (of) {
      const before = claims.get(metadata.uid);
      const request = spec.resources.requests.storage;
      if (before && gibibytes(request) < gibibytes(before.request)) {
        wrong.push(`claim ${metadata.name} asks for ${request}, after ${before.request}`);
      }
      const retained = retainedAt.get(of);
      const isLate = retained !== undefined && Date.parse(metadata.deletionTimestamp) > retained + ON_ITS_WAY_MS;
      if (metadata.deletionTimestamp && (isLate || !mayGo.has(of))) {
        wrong.push(`claim ${metadata.name} is being deleted`);
      }
      claims.set(metadata.uid, { name: metadata.name, of, request });
    }
  }
  for (const [uid, { name, of }] of claims) {
    if (!now.some(({ metadata }) => metadata.uid === uid)) {
      claims.delete(uid);
      if (!mayGo.has(of)) {
        wrong.push(`claim ${name} is gone`);
      }
    }
  }
}

/** The part of the cluster that makes volumes and takes snapshots. */
async function actAsDriver(): Promise<void> {
  const volumes = await items(`${VOLUMES}?labelSelector=test=storage-operator`);
  for (const { metadata } of volumes.filter(({ status }) => status.phase === 'Released')) {
    await api('DELETE', `${VOLUMES}/${metadata.name}`);
  }
  for (const className of ['growing', 'fixed']) {
    const free = volumes.filter(({ status, spec }) => spec.storageClassName === className && status.phase === 'Available').length;
    for (let missing = free; missing < FREE_VOLUMES / (className === 'fixed' ? 4 : 1); missing++) {
      await api('POST', VOLUMES, volume(className));
    }
  }
  for (const { metadata, status } of await items(SNAPSHOTS)) {
    if (!status?.readyToUse && random() < 0.5) {
      await api('PATCH', `${SNAPSHOTS}/${metadata.name}/status`, { status: { readyToUse: true, restoreSize: '1Gi' } });
    }
  }
}

const POLICIES = ['nightly', 'weekly', 'missing'];
const DELETIONS = ['Retain', 'Delete', 'SnapshotThenDelete'];
/** The class of each name, so that a retained claim may be taken over. */
const classOf = (name: string) => (Number(name.slice(1)) % 5 === 0 ? 'fixed' : 'growing');

/** One change of one Storage, or of a policy. */
async function change(): Promise<string> {
  const name = pick(NAMES);
  const storage = await api('GET', `${STORAGES}/${name}`);
  if (!storage) {
    await api('POST', STORAGES, {
      apiVersion: 'storage.example.com/v1', kind: 'Storage', metadata: { name },
      spec: {
        storageClassName: classOf(name), size: `${1 + Math.floor(random() * 20)}Gi`, deletionPolicy: pick(DELETIONS), ...(random() < 0.5 ? { snapshotPolicy: pick(POLICIES) } : {}),
      },
    });
    return 'create';
  }
  const { uid, deletionTimestamp } = storage.metadata;
  const patch = (spec: object) => api('PATCH', `${STORAGES}/${name}`, { metadata: { uid }, spec });
  const size = gibibytes(storage.spec.size);
  const kind = pick(['grow', 'grow', 'shrink', 'policy', 'policy', 'no policy', 'deletion policy', 'delete', 'delete', 'template']);
  switch (kind) {
    case 'grow':
      await patch({ size: `${size + 1 + Math.floor(random() * 5)}Gi` });
      break;
    case 'shrink':
      await patch({ size: `${Math.max(1, size - 1 - Math.floor(random() * 5))}Gi` });
      break;
    case 'policy':
      await patch({ snapshotPolicy: pick(POLICIES) });
      break;
    case 'no policy':
      await patch({ snapshotPolicy: null });
      break;
    case 'deletion policy': {
      const deletionPolicy = pick(DELETIONS);
      // Told before, as the controller may be quicker than the answer.
      if (deletionTimestamp && deletionPolicy !== 'Retain') {
        mayGo.add(uid);
        retainedAt.delete(uid);
      }
      const answer = await patch({ deletionPolicy });
      if (deletionTimestamp && deletionPolicy === 'Retain' && answer && mayGo.has(uid)) {
        retainedAt.set(uid, Date.now());
      }
      break;
    }
    case 'delete':
      if (!deletionTimestamp) {
        if (storage.spec.deletionPolicy !== 'Retain') {
          mayGo.add(uid);
        }
        await api('DELETE', `${STORAGES}/${name}`, { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid, resourceVersion: storage.metadata.resourceVersion } });
      }
      break;
    default:
      if (random() < 0.2) {
        apply(policy('nightly', `${Math.floor(random() * 60)} 3 * * *`, 1 + Math.floor(random() * 30)));
      }
  }
  return kind;
}

/** What is not yet as the specs ask, and what is too much. */
async function differences(): Promise<string[]> {
  const [storages, there, cronJobs, snapshots] = await Promise.all([items(STORAGES), items(CLAIMS), items(CRON_JOBS), items(SNAPSHOTS)]);
  const templates = new Map(cronJobs.filter(({ metadata }) => metadata.name.startsWith('snapshots-')).map(each => [each.metadata.name, each]));
  const derived = cronJobs.filter(({ metadata }) => !metadata.name.startsWith('snapshots-'));
  const found: string[] = [];
  const expect_ = (name: string, what: string, actual: unknown, ...wanted: unknown[]) => {
    if (!wanted.some(each => JSON.stringify(each) === JSON.stringify(actual))) {
      found.push(`${name}: ${what} is ${JSON.stringify(actual)}, not ${wanted.map(each => JSON.stringify(each)).join(' or ')}`);
    }
  };
  for (const { metadata: { name, uid, generation, deletionTimestamp, finalizers }, spec, status } of storages) {
    const condition = (type: string) => status?.conditions?.find((each: any) => each.type === type);
    const claim = there.find(({ metadata }) => metadata.name === name);
    expect_(name, 'deletion', deletionTimestamp, undefined);
    expect_(name, 'finalizers', finalizers, ['storage.example.com/storage']);
    expect_(name, 'observedGeneration', status?.observedGeneration, generation);
    if (FOREIGN.includes(name)) {
      expect_(name, 'Ready', condition('Ready')?.reason, 'ClaimConflict');
      continue;
    }
    expect_(name, 'Ready', condition('Ready')?.reason, 'Bound');
    expect_(name, 'owner', claim?.metadata.annotations?.[UID], uid);
    const ahead = gibibytes(claim?.spec.resources.requests.storage ?? '0Gi') - gibibytes(spec.size);
    expect_(name, 'Resized', condition('Resized')?.reason, ahead > 0 ? 'ShrinkRefused' : ahead === 0 ? 'AtSize' : classOf(name) === 'fixed' ? 'ExpansionNotAllowed' : 'AtSize, as the claim is');
    const template = spec.snapshotPolicy && templates.get(`snapshots-${spec.snapshotPolicy}`);
    const mine = derived.filter(({ metadata }) => metadata.annotations?.['storage.example.com/storage'] === `${NAMESPACE}/${name}`);
    expect_(name, 'SnapshotsScheduled', condition('SnapshotsScheduled')?.reason, spec.snapshotPolicy ? template ? 'Scheduled' : 'PolicyNotFound' : undefined);
    expect_(name, 'CronJobs', mine.map(({ metadata }) => metadata.annotations[UID]), template ? [uid] : []);
    if (template && mine.length === 1) {
      const [{ metadata, spec: { schedule, suspend, jobTemplate: { spec: { template: pod } } } }] = mine;
      const { 'test/policy': version, 'storage.example.com/policy.json': config } = pod.metadata.annotations;
      const last = Number(template.spec.jobTemplate.spec.template.metadata.annotations['test/policy'].split(' ').pop());
      expect_(name, 'schedule', [schedule, suspend], [template.spec.schedule, false]);
      expect_(name, 'template', version, `${template.spec.schedule} ${last}`);
      const only = { labels: { 'storage.example.com/managed-by': 'storage-operator' }, names: [{ namespace: NAMESPACE, name }] };
      const wanted = { policy: metadata.name, claims: only, classes: { only: 'snapshots' }, retention: { last }, namespaces: [NAMESPACE] };
      expect_(name, 'configuration', JSON.parse(config), wanted);
    }
  }
  derived.forEach(({ metadata }) => {
    const of = metadata.annotations['storage.example.com/storage'];
    expect_(metadata.name, `CronJob of ${of}`, storages.some(each => `${NAMESPACE}/${each.metadata.name}` === of), true);
  });
  expect_('snapshots', 'those that are not ready', snapshots.filter(({ status }) => !status?.readyToUse).length, 0);
  return found;
}

describeOperator('the operator of the example', () => {
  beforeAll(async () => {
    build();
    directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-faults-'));
    const { server, token } = setUp();
    apply([
      ...policy('nightly', '0 3 * * *', 7), ...policy('weekly', '0 4 * * 0', 4),
      ...FOREIGN.map(name => ({
        apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: NAMESPACE, annotations: { mine: 'yes' } },
        spec: { storageClassName: 'none', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      })),
    ]);
    admin = await proxy();
    faults = new FaultProxy(server, random);
    const namespace = OPERATOR_NAMESPACE;
    operator = new OperatorProcess({
      directory, pod: 'operator-0', namespace, server: await faults.listen(), token, ports: [24985, 24986], restart: true, env: { RESYNC_SECONDS: '86400' },
    });
  });

  afterAll(async () => {
    await operator?.stop();
    faults?.close();
    admin?.close();
    rmSync(directory, { recursive: true, force: true });
    tearDown();
  });

  test(`for ${SECONDS} s of faults no change is missed, and no claim is lost (FAULT_SEED=${SEED})`, async () => {
    const made: Record<string, number> = {};
    let volumesAt = 0;
    const tend = async () => {
      if (Date.now() - volumesAt > 1500) {
        volumesAt = Date.now();
        await actAsDriver();
      }
      await watchClaims();
    };
    await tend();
    for (const name of FOREIGN) {
      await api('POST', STORAGES, { apiVersion: 'storage.example.com/v1', kind: 'Storage', metadata: { name }, spec: { storageClassName: 'growing', size: '2Gi', deletionPolicy: 'Delete' } });
    }
    faults.harm = true;
    const end = Date.now() + SECONDS * 1000;
    let memory = 0;
    while (Date.now() < end) {
      const kind = await change();
      made[kind] = (made[kind] ?? 0) + 1;
      await tend();
      await pause(random() * 250);
      memory = Math.max(memory, await Promise.resolve().then(() => operator.residentMebibytes()).catch(() => 0));
    }
    faults.harm = false;
    const quietAt = Date.now();
    const retained = [...claims.values()];
    let left = await differences();
    while (left.length > 0 && Date.now() - quietAt < 300_000) {
      await pause(1000);
      await tend();
      left = await differences();
    }
    const settled = Math.round((Date.now() - quietAt) / 1000);
    const metrics = [...await operator.metrics()].filter(([name]) => !name.includes('_bucket'));
    const { starts, exits } = operator;
    console.log(JSON.stringify({ seed: SEED, changes: made, faults: faults.done, starts, exits, settled, memory: Math.round(memory), metrics }));
    if (left.length + wrong.length > 0) {
      console.log(operator.log.slice(-20_000));
    }
    expect(left).toEqual([]);
    expect(wrong).toEqual([]);
    expect(retained.length).toBeGreaterThan(0);
    const foreign = (await items(CLAIMS)).filter(({ metadata }) => FOREIGN.includes(metadata.name));
    expect(foreign.map(({ metadata, spec }) => [metadata.annotations[UID], metadata.labels, spec.resources.requests.storage])).toEqual(FOREIGN.map(() => [undefined, undefined, '1Gi']));
    expect(operator.log).not.toContain('forbidden');
    expect(memory).toBeLessThan(256);
    expect(await operator.stop()).toBe(0);
  });
});
