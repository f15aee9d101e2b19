import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { MANAGER, LABEL, RunnerConfig } from '../../src/runtime/runner-config';
import { deleteAndWait, kubectl, proxy } from '../kubectl';
import { messages, RunnerProcess } from '../runtime/node';

// The program as it runs in the cluster, with a token that may do exactly what it needs, against a real API server. There is no CSI driver: what
// the storage would write into the status of snapshots, `Storage` does.

jest.setTimeout(60_000);

const CRDS = join(__dirname, '..', '..', 'imports', 'crds', 'external-snapshotter-v8.6.0.json');
const SINGLE = 'apis/snapshot.storage.k8s.io/v1';
const GROUP = 'apis/groupsnapshot.storage.k8s.io/v1';
const HOUR = 3_600_000;

let directory: string;
let server: Awaited<ReturnType<typeof proxy>>;
let connection: Record<string, string>;
const namespaces: string[] = [];
const volumes: string[] = [];

async function call(method: string, path: string, body?: object, contentType = 'application/json'): Promise<any> {
  const response = await fetch(`${server.url}/${path}`, { method, body: body && JSON.stringify(body), headers: { 'content-type': contentType } });
  const answer: any = await response.json();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${answer.message}`);
  }
  return answer;
}

const setStatus = (path: string, status: object) => call('PATCH', `${path}/status`, { status }, 'application/merge-patch+json');

async function until<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  for (const limit = Date.now() + 20_000; Date.now() < limit;) {
    const value = await probe();
    if (value) {
      return value;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`after 20 s still not: ${what}`);
}

interface Policy extends Partial<Omit<RunnerConfig, 'retention'>> {
  readonly retention?: Partial<RunnerConfig['retention']>;
}

/** A namespace with an account that may do what the runner needs, and no more. */
class Space {
  public static async create(name: string, extra: object[] = []): Promise<Space> {
    namespaces.push(name);
    await call('POST', 'api/v1/namespaces', { metadata: { name } });
    await call('POST', `api/v1/namespaces/${name}/serviceaccounts`, { metadata: { name: 'runner' } });
    const rules = [
      { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['list'] },
      { apiGroups: ['snapshot.storage.k8s.io'], resources: ['volumesnapshots'], verbs: ['list', 'create', 'delete'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create'] },
      ...extra,
    ];
    await call('POST', `apis/rbac.authorization.k8s.io/v1/namespaces/${name}/roles`, { metadata: { name: 'runner' }, rules });
    await call('POST', `apis/rbac.authorization.k8s.io/v1/namespaces/${name}/rolebindings`, {
      metadata: { name: 'runner' }, subjects: [{ kind: 'ServiceAccount', name: 'runner', namespace: name }], roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'runner' },
    });
    const { status } = await call('POST', `api/v1/namespaces/${name}/serviceaccounts/runner/token`, { spec: {} });
    return new Space(name, status.token);
  }

  private stopped = false;
  private readonly account: string;

  private constructor(public readonly name: string, token: string) {
    this.account = mkdtempSync(join(directory, 'account-'));
    writeFileSync(join(this.account, 'token'), token);
    writeFileSync(join(this.account, 'namespace'), name);
  }

  /** A claim that is bound to a volume. */
  public async claim(name: string, labels: Record<string, string> = {}): Promise<any> {
    const volume = `${this.name}-${name}`;
    volumes.push(volume);
    const { metadata, spec } = await this.pending(name, {}, labels);
    await call('POST', 'api/v1/persistentvolumes', {
      metadata: { name: volume },
      spec: {
        accessModes: spec.accessModes, storageClassName: spec.storageClassName, capacity: { storage: '1Gi' }, persistentVolumeReclaimPolicy: 'Retain',
        csi: { driver: 'example.com', volumeHandle: volume }, claimRef: { namespace: this.name, name, uid: metadata.uid },
      },
    });
    return until(`${name} is bound`, async () => {
      const claim = await call('GET', `api/v1/namespaces/${this.name}/persistentvolumeclaims/${name}`);
      return claim.status.phase === 'Bound' && claim;
    });
  }

  /** A claim that waits for a volume. */
  public pending(name: string, fields: object, labels: Record<string, string> = {}): Promise<any> {
    return call('POST', `api/v1/namespaces/${this.name}/persistentvolumeclaims`, {
      metadata: { name, labels, annotations: { 'volume.kubernetes.io/storage-provisioner': 'example.com' } },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } }, ...fields },
    });
  }

  public path(resource = 'volumesnapshots', name?: string): string {
    return `${resource.startsWith('volumegroup') ? GROUP : SINGLE}/namespaces/${this.name}/${resource}${name === undefined ? '' : `/${name}`}`;
  }

  /** A snapshot that an earlier run took; `status` is what the storage said of it. */
  public async earlier(name: string, uid: string, status?: object, labels: Record<string, string> = {}): Promise<void> {
    await call('POST', this.path(), {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name, labels: { [LABEL.managedBy]: MANAGER, [LABEL.policy]: 'nightly', [LABEL.policyNamespace]: this.name, [LABEL.claimUid]: uid, ...labels } },
      spec: { source: { persistentVolumeClaimName: 'data' } },
    });
    if (status) {
      await setStatus(this.path('volumesnapshots', name), status);
    }
  }

  /** Snapshots by name, with what is asked of them. */
  public async snapshots(resource?: string): Promise<any[]> {
    return (await call('GET', this.path(resource))).items;
  }

  public async names(): Promise<string[]> {
    return (await this.snapshots()).map(({ metadata }) => metadata.name);
  }

  public async events(): Promise<string[]> {
    const { items } = await call('GET', `api/v1/namespaces/${this.name}/events`);
    return items.filter(({ source }: any) => source.component === 'cdk8s-storage').map(({ involvedObject, type, reason }: any) => `${involvedObject.name}: ${type} ${reason}`).sort();
  }

  /** Plays the storage, until the test ends: what has no status gets this one. */
  public async storage(status: (name: string) => object | undefined = () => ready(new Date().toISOString()), resource = 'volumesnapshots'): Promise<void> {
    while (!this.stopped) {
      for (const { metadata, status: before } of await this.snapshots(resource)) {
        const now = before === undefined ? status(metadata.name) : undefined;
        if (now) {
          await setStatus(this.path(resource, metadata.name), now).catch(() => {}); // deleted meanwhile
        }
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  public start(policy: Policy = {}, { args = [], run = 'nightly-1' }: { readonly args?: string[]; readonly run?: string } = {}): RunnerProcess {
    const config: RunnerConfig = {
      policy: 'nightly', namespaces: [this.name], claims: {}, classes: { only: 'snap' }, timeZone: 'Etc/UTC', labels: { team: 'shop' }, readyTimeoutSeconds: 20, maxParallel: 4, jitterSeconds: 0,
      maxPending: 3, hooks: [], surviveNamespaceDeletion: false, ...policy, retention: { minReady: 1, failedAfterSeconds: 86_400, ...policy.retention },
    };
    const file = join(mkdtempSync(join(directory, 'policy-')), 'policy.json');
    writeFileSync(file, JSON.stringify(config));
    return new RunnerProcess([file, ...args], { ...connection, SERVICE_ACCOUNT_DIRECTORY: this.account, RUN: run });
  }

  public run(policy?: Policy, options?: { readonly args?: string[]; readonly run?: string }) {
    return this.start(policy, options).finished;
  }

  public end(): void {
    this.stopped = true;
  }
}

const ready = (creationTime: string) => ({ readyToUse: true, creationTime, boundVolumeSnapshotContentName: 'content' });
const failed = { readyToUse: false, error: { message: 'the pool is full', time: '2026-03-01T00:00:00Z' } };
const spaces: Space[] = [];

async function space(name: string, ...extra: object[]): Promise<Space> {
  const created = await Space.create(`runner-${name}`, extra);
  spaces.push(created);
  return created;
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-runner-'));
  server = await proxy();
  kubectl('apply', '--server-side', '-f', CRDS);
  kubectl('wait', '--for', 'condition=established', '--timeout=60s', '-f', CRDS);
  const [cluster] = JSON.parse(kubectl('config', 'view', '--raw', '--minify', '-o', 'json')).clusters.map((entry: any) => entry.cluster);
  const authority = join(directory, 'ca.crt');
  writeFileSync(authority, Buffer.from(cluster['certificate-authority-data'], 'base64'));
  const { hostname, port } = new URL(cluster.server);
  connection = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port, NODE_EXTRA_CA_CERTS: authority };
});

afterEach(async () => {
  for (const one of spaces.splice(0)) {
    one.end();
    await call('DELETE', `api/v1/namespaces/${one.name}`);
  }
});

afterAll(() => {
  server.close();
  kubectl('delete', 'namespace', '--ignore-not-found', '--wait=true', '--timeout=120s', ...namespaces);
  kubectl('delete', 'pv', '--ignore-not-found', ...volumes);
  deleteAndWait('-f', CRDS);
  rmSync(directory, { recursive: true });
});

test('takes a snapshot of each bound claim, waits, and prunes by the months in which they were taken', async () => {
  const here = await space('takes');
  const [data] = await Promise.all([here.claim('data'), here.claim('logs'), here.pending('waits', {})]);
  for (const [name, time] of [['s1', '2026-01-10T02:00:00Z'], ['s2', '2026-01-31T23:30:00Z'], ['s3', '2026-02-15T02:00:00Z']]) {
    await here.earlier(name, data.metadata.uid, ready(time));
  }
  await here.earlier('another', data.metadata.uid, ready('2020-01-01T00:00:00Z'), { [LABEL.policy]: 'weekly' });
  void here.storage(() => ready('2026-02-28T02:00:00Z'));
  // In Shanghai the second is of February.
  const finished = await here.run({ retention: { monthly: 2 }, timeZone: 'Asia/Shanghai' }, { args: ['--now=2026-02-28T02:00:30Z'] });

  expect(finished).toMatchObject({ code: 0 });
  expect(await here.names()).toEqual(['another', 'nightly.data-20260228-020030', 'nightly.logs-20260228-020030', 's1']);
  const taken = (await here.snapshots())[1];
  expect(taken.metadata.labels).toEqual({
    'team': 'shop', 'app.kubernetes.io/managed-by': 'cdk8s-storage', 'cdk8s-storage/policy': 'nightly', 'cdk8s-storage/policy-namespace': here.name,
    'cdk8s-storage/claim-uid': data.metadata.uid, 'cdk8s-storage/run': 'nightly-1',
  });
  expect(taken.spec).toEqual({ source: { persistentVolumeClaimName: 'data' }, volumeSnapshotClassName: 'snap' });
  expect(await here.events()).toEqual(['data: Normal SnapshotTaken', 'data: Normal SnapshotsPruned', 'logs: Normal SnapshotTaken']);
});

test('a Job of the schedule names them by its minute, whenever its pod starts', async () => {
  const here = await space('scheduled');
  await here.claim('data');
  void here.storage();
  const minute = Date.parse('2026-03-01T02:00Z') / 60_000;
  await here.run({}, { run: `nightly-${minute}`, args: ['--now=2026-03-01T02:07:13Z'] });
  expect(await here.names()).toEqual(['nightly.data-20260301-020000']);
});

test('when the driver fails, nothing is pruned; the last good one stays whatever its age', async () => {
  const here = await space('fails');
  const [data] = await Promise.all([here.claim('data'), here.claim('logs')]);
  await here.earlier('good', data.metadata.uid, ready('2020-01-01T00:00:00Z'));
  await here.earlier('older', data.metadata.uid, ready('2019-01-01T00:00:00Z'));
  void here.storage(name => name.includes('data') ? failed : ready(new Date().toISOString()));
  const finished = await here.run({ readyTimeoutSeconds: 3, retention: { last: 1, maxAgeSeconds: 60 } });

  expect(finished.code).toBe(1);
  expect(finished.log).toContainEqual(expect.objectContaining({ level: 'error', claim: 'runner-fails/data', why: 'the pool is full' }));
  expect(await here.names()).toEqual(['good', expect.stringContaining('nightly.data-'), expect.stringContaining('nightly.logs-'), 'older']);
  expect(await here.events()).toEqual(['data: Warning SnapshotFailed', 'logs: Normal SnapshotTaken']);
});

test('one that does not get ready in time is a failure, and stays for the controller to finish; so is a claim with too many of them', async () => {
  const here = await space('pending');
  const data = await here.claim('data');
  await here.earlier('first', data.metadata.uid);
  expect(await here.run({ readyTimeoutSeconds: 2, maxPending: 2, retention: { last: 1 } })).toMatchObject({ code: 1, output: expect.stringContaining('not taken in time') });
  expect(await here.names()).toHaveLength(2);
  const finished = await here.run({ readyTimeoutSeconds: 2, maxPending: 2, retention: { last: 1 } }, { run: 'nightly-2' });
  expect(finished).toMatchObject({ code: 1, output: expect.stringContaining('2 snapshots of it are not ready, so no further one is taken') });
  expect(await here.names()).toHaveLength(2);
});

test('a pod that is killed is followed by one that goes on where it ended', async () => {
  const here = await space('killed');
  await here.claim('data');
  const first = here.start();
  await until('there is a snapshot', async () => (await here.names()).length === 1);
  first.kill('SIGKILL');
  await first.finished;
  void here.storage();
  const second = await here.run();
  expect(second.code).toBe(0);
  expect(messages(second)).toContain('going on with the snapshot of an earlier pod');
  expect(await here.names()).toHaveLength(1);
});

test('a pod that is told to stop takes no more and fails', async () => {
  const here = await space('stopped');
  await Promise.all([here.claim('data'), here.claim('logs')]);
  const first = here.start({ maxParallel: 1 });
  await until('there is a snapshot', async () => (await here.names()).length === 1);
  first.kill('SIGTERM');
  expect((await first.finished).code).toBe(1);
  expect(await here.names()).toHaveLength(1);
});

test('two runs at the same time agree on what to keep', async () => {
  const here = await space('race');
  const data = await here.claim('data');
  for (let index = 0; index < 8; index++) {
    await here.earlier(`s${index}`, data.metadata.uid, ready(new Date(Date.UTC(2026, 0, index)).toISOString()));
  }
  void here.storage();
  const retention = { last: 2, minReady: 2 };
  const runs = await Promise.all([here.run({ retention }), here.run({ retention }, { run: 'by-hand', args: [`--now=${new Date(Date.now() + 5_000).toISOString()}`] })]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  const names = await here.names();
  expect(names.filter(name => name.startsWith('nightly.data-'))).toEqual(names);
  expect(names).toHaveLength(2);
});

test('what is held, or being restored, stays', async () => {
  const here = await space('held');
  const data = await here.claim('data');
  for (const [name, labels] of [['held', { [LABEL.hold]: 'true' }], ['not-held', { [LABEL.hold]: 'false' }], ['restored', {}]] as const) {
    await here.earlier(name, data.metadata.uid, ready('2020-01-01T00:00:00Z'), labels);
  }
  await here.pending('again', { dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'restored' } });
  void here.storage();
  expect(await here.run({ claims: { names: [{ namespace: here.name, name: 'data' }] }, retention: { last: 1 } })).toMatchObject({ code: 0 });
  expect(await here.names()).toEqual(['held', expect.stringContaining('nightly.data-'), 'restored']);
});

test('snapshots of a claim that is gone, over more than one page', async () => {
  const here = await space('gone');
  const data = await here.claim('data');
  void here.storage(name => name.startsWith('nightly') ? ready(new Date().toISOString()) : undefined);
  const gone = '00000000-0000-4000-8000-000000000000';
  const queue = Array.from({ length: 520 }, (_, index) => index).values();
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (const index of queue) {
      await here.earlier(`gone-${String(index).padStart(3, '0')}`, index % 10 === 0 ? data.metadata.uid : gone);
    }
  }));
  const later = `--now=${new Date(Date.now() + 2 * HOUR).toISOString()}`;
  expect(await here.run({ maxPending: 99, retention: { last: 1 } }, { args: [later] })).toMatchObject({ code: 0 });
  expect(await here.names()).toHaveLength(521);
  const last = `--now=${new Date(Date.now() + 3 * HOUR).toISOString()}`;
  const finished = await here.run({ maxPending: 99, maxParallel: 16, retention: { last: 1, orphanedAfterSeconds: 3_600 } }, { args: [last], run: 'nightly-2' });
  expect(finished.log.filter(({ level }) => level !== 'info')).toEqual([]);
  expect(messages(finished).filter(message => message === 'deleted')).toHaveLength(469); // and the one of the run before
  expect(await here.names()).toHaveLength(53);
});

test('a dry run says what it would do, and does nothing', async () => {
  const here = await space('dry');
  const data = await here.claim('data');
  await here.earlier('old', data.metadata.uid, ready('2020-01-01T00:00:00Z'));
  const finished = await here.run({ retention: { last: 1 } }, { args: ['--dry-run'] });
  expect(finished.code).toBe(0);
  expect(messages(finished)).toEqual(['would create', 'would delete', 'finished']);
  expect(await here.names()).toEqual(['old']);
  expect(await here.events()).toEqual([]);
});

test('a group is taken and pruned as one', async () => {
  const here = await space('group', { apiGroups: ['groupsnapshot.storage.k8s.io'], resources: ['volumegroupsnapshots'], verbs: ['list', 'create', 'delete'] });
  await Promise.all([here.claim('data', { app: 'shop' }), here.claim('logs', { app: 'shop' }), here.claim('other')]);
  const policy = { claims: { labels: { app: 'shop' } }, group: { snapshotClass: 'groups' }, retention: { last: 1 } };
  void here.storage(() => ({ readyToUse: true, creationTime: new Date().toISOString() }), 'volumegroupsnapshots');
  expect(await here.run(policy, { args: ['--now=2026-03-01T02:00:00Z'] })).toMatchObject({ code: 0 });
  expect((await here.snapshots('volumegroupsnapshots'))[0].spec).toEqual({ source: { selector: { matchLabels: { app: 'shop' } } }, volumeGroupSnapshotClassName: 'groups' });
  expect(await here.run(policy, { run: 'nightly-2', args: ['--now=2026-03-02T02:00:00Z'] })).toMatchObject({ code: 0 });
  expect((await here.snapshots('volumegroupsnapshots')).map(({ metadata }) => metadata.name)).toEqual(['nightly-20260302-020000']);
  expect(await here.events()).toHaveLength(6);

  // Without one of its claims, what there is of it is nowhere else.
  await call('DELETE', `api/v1/namespaces/${here.name}/persistentvolumeclaims/logs`);
  await until('the claim is gone', async () => (await call('GET', `api/v1/namespaces/${here.name}/persistentvolumeclaims`)).items.length === 2);
  expect(await here.run(policy, { run: 'nightly-3', args: ['--now=2026-03-03T02:00:00Z'] })).toMatchObject({ code: 0 });
  expect((await here.snapshots('volumegroupsnapshots')).map(({ metadata }) => metadata.name)).toEqual(['nightly-20260302-020000', 'nightly-20260303-020000']);
});

test('a group of which a claim has no volume is not taken, and says which', async () => {
  const here = await space('unbound', { apiGroups: ['groupsnapshot.storage.k8s.io'], resources: ['volumegroupsnapshots'], verbs: ['list', 'create', 'delete'] });
  await Promise.all([here.claim('data', { app: 'shop' }), here.pending('logs', {}, { app: 'shop' })]);
  const finished = await here.run({ claims: { labels: { app: 'shop' } }, group: { snapshotClass: 'groups' }, retention: { last: 1 } });
  expect(finished).toMatchObject({ code: 1, output: expect.stringContaining('have no volume yet, or are being deleted: logs') });
  expect(await here.snapshots('volumegroupsnapshots')).toEqual([]);
});

test('the clock of the storage does not count where it is ahead', async () => {
  const here = await space('ahead');
  const data = await here.claim('data');
  await here.earlier('ahead', data.metadata.uid, ready(new Date(Date.now() + 365 * 24 * HOUR).toISOString()));
  await here.earlier('never', data.metadata.uid, ready('1754-08-30T22:43:41Z'));
  void here.storage();
  expect(await here.run({ retention: { last: 1 } })).toMatchObject({ code: 0 });
  expect(await here.names()).toEqual([expect.stringContaining('nightly.data-')]);
});

describe('what survives its namespace', () => {
  const CONTENTS = `${SINGLE}/volumesnapshotcontents`;
  const content = 'runner-content';
  const path = `${CONTENTS}/${content}`;
  const roles = 'apis/rbac.authorization.k8s.io/v1';

  afterEach(async () => {
    await Promise.all([`${roles}/clusterroles/runner-test`, `${roles}/clusterrolebindings/runner-test`, path].map(one => call('DELETE', one)));
  });

  test('is kept by its content, until it is pruned', async () => {
    const here = await space('survives');
    await call('POST', `${roles}/clusterroles`, { metadata: { name: 'runner-test' }, rules: [{ apiGroups: ['snapshot.storage.k8s.io'], resources: ['volumesnapshotcontents'], verbs: ['get', 'list', 'patch'] }] });
    await call('POST', `${roles}/clusterrolebindings`, {
      metadata: { name: 'runner-test' }, subjects: [{ kind: 'ServiceAccount', name: 'runner', namespace: here.name }], roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'runner-test' },
    });
    await here.claim('data');
    const running = here.start({ surviveNamespaceDeletion: true });
    const taken = await until('there is a snapshot', async () => (await here.snapshots())[0]);
    await call('POST', CONTENTS, {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotContent',
      metadata: { name: content },
      spec: { driver: 'example.com', deletionPolicy: 'Delete', source: { volumeHandle: 'v' }, volumeSnapshotRef: { namespace: here.name, name: taken.metadata.name, uid: taken.metadata.uid } },
    });
    await setStatus(here.path('volumesnapshots', taken.metadata.name), { ...ready('2026-03-01T02:00:00Z'), boundVolumeSnapshotContentName: content });
    expect(await running.finished).toMatchObject({ code: 0 });
    expect((await call('GET', path)).spec.deletionPolicy).toBe('Retain');

    // As a run that was killed just before it pruned leaves it.
    await call('PATCH', path, { spec: { deletionPolicy: 'Delete' } }, 'application/merge-patch+json');

    // Of a snapshot whose status names the content of another, nothing is touched, and it is a failure.
    void here.storage(() => ({ ...ready(new Date().toISOString()), boundVolumeSnapshotContentName: content }));
    const second = await here.run({ surviveNamespaceDeletion: true, retention: { last: 1 } }, { run: 'nightly-2' });
    expect(second).toMatchObject({ code: 1, output: expect.stringContaining('is not that of runner-survives/nightly.data-') });
    expect((await call('GET', path)).spec.deletionPolicy).toBe('Retain');

    await call('DELETE', `api/v1/namespaces/${here.name}/persistentvolumeclaims/data`);
    await until('the claim is gone', async () => (await call('GET', `api/v1/namespaces/${here.name}/persistentvolumeclaims`)).items.length === 0);
    const third = await here.run({ surviveNamespaceDeletion: true, retention: { orphanedAfterSeconds: 0 } }, { run: 'nightly-3', args: [`--now=${new Date(Date.now() + HOUR).toISOString()}`] });
    expect((await call('GET', path)).spec.deletionPolicy).toBe('Delete');
    expect(third.code).toBe(1);
    expect(await here.names()).toEqual([expect.not.stringContaining(taken.metadata.name)]);
  });
});

describe('what is wrong', () => {
  test('is an exit code of its own where arguments are', async () => {
    const here = await space('usage');
    expect(await here.run({}, { args: ['--later'] })).toMatchObject({ code: 2 });
    expect(await here.run({}, { args: ['--now=tomorrow'] })).toMatchObject({ code: 2 });
    expect(await here.run({ group: { snapshotClass: 'groups' } })).toMatchObject({ code: 2 });
  });

  test('is a failure: a claim that is missing, a selector that selects none, a class that is missing, a right that is missing', async () => {
    const here = await space('wrong');
    expect(await here.run({ claims: { names: [{ namespace: here.name, name: 'data' }] } })).toMatchObject({ code: 1, output: expect.stringContaining('claims are missing') });
    expect(await here.run({ claims: { labels: { app: 'shop' } } })).toMatchObject({ code: 1, output: expect.stringContaining('no claim is selected') });
    expect(await here.run()).toMatchObject({ code: 0 });
    await here.claim('data');
    expect(await here.run({ classes: { byDriver: { 'other.com': 'snap' } } })).toMatchObject({ code: 1, output: expect.stringContaining('its class is fast, its driver example.com') });
    void here.storage();
    const finished = await here.run({ namespaces: ['default', here.name] }, { run: 'nightly-2' });
    expect(finished).toMatchObject({ code: 1, output: expect.stringContaining('cannot list resource') });
    expect(await here.names()).toHaveLength(1); // the other namespace is protected all the same
  });
});
