/** Child of main.ts: prints rows as JSON. What needs an API server is measured on that of $KUBECONFIG, if it is set; a minute or more of it is filling it. */
import { spawn } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { plan, Retention } from '../src/runtime/retention';
import { LABEL, MANAGER, RunnerConfig } from '../src/runtime/runner-config';
import { TimeZone } from '../src/runtime/time-zone';
import { kubectl, proxy } from '../test/kubectl';
import { NODE } from '../test/runtime/node';

const ROOT = resolve(__dirname, '..');
const CLAIMS = 1_000;
const EACH = 30;
const NAMESPACE = 'bench-snapshots';
const CRDS = join(ROOT, 'imports/crds/external-snapshotter-v8.6.0.json');
const SNAPSHOTS = `apis/snapshot.storage.k8s.io/v1/namespaces/${NAMESPACE}/volumesnapshots`;
const PAGE = 500;

/** Milliseconds for 100,000 hourly snapshots: the best of five. */
function planning(): number {
  const retention: Retention = { last: 10, hourly: 48, daily: 14, weekly: 8, monthly: 24, yearly: 20, minReady: 1, failedAfterSeconds: 86_400 };
  const now = Date.UTC(2026, 9, 26);
  const history = Array.from({ length: 100_000 }, (_, index) => ({ name: `s${index}`, time: now - index * 3_600_000, state: 'ready' as const }));
  return Math.min(...Array.from({ length: 5 }, () => {
    const start = performance.now();
    plan(history, retention, { timeZone: new TimeZone('Europe/Berlin'), now });
    return performance.now() - start;
  }));
}

async function runner(): Promise<object[]> {
  const server = await proxy();
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-bench-'));
  const call = async (method: string, path: string, body?: object, contentType = 'application/json'): Promise<any> => {
    const response = await fetch(`${server.url}/${path}`, { method, body: body && JSON.stringify(body), headers: { 'content-type': contentType } });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${await response.text()}`);
    }
    return response.json();
  };
  const each = async (count: number, work: (index: number) => Promise<unknown>) => {
    const queue = Array.from({ length: count }, (_, index) => index).values();
    await Promise.all(Array.from({ length: 16 }, async () => {
      for (const index of queue) {
        await work(index);
      }
    }));
  };
  const ready = (name: string, creationTime: string) => call('PATCH', `${SNAPSHOTS}/${name}/status`, { status: { readyToUse: true, creationTime } }, 'application/merge-patch+json');
  const claimName = (index: number) => `claim-${index % CLAIMS}`;
  try {
    kubectl('apply', '--server-side', '-f', CRDS);
    kubectl('wait', '--for', 'condition=established', '--timeout=60s', '-f', CRDS);
    kubectl('create', 'namespace', NAMESPACE);
    const uids: string[] = [];
    await each(CLAIMS, async index => {
      const name = claimName(index);
      const spec = { accessModes: ['ReadWriteOnce'], storageClassName: 'bench' };
      const { metadata } = await call('POST', `api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`, { metadata: { name }, spec: { ...spec, resources: { requests: { storage: '1Gi' } } } });
      uids[index] = metadata.uid;
      await call('POST', 'api/v1/persistentvolumes', {
        metadata: { name: `bench-${name}`, labels: { bench: 'snapshots' } },
        spec: { ...spec, capacity: { storage: '1Gi' }, csi: { driver: 'example.com', volumeHandle: name }, claimRef: { namespace: NAMESPACE, name, uid: metadata.uid } },
      });
    });
    // The oldest of each claim is ready and will be pruned; the others fill the lists.
    await each(CLAIMS * EACH, async index => {
      const name = `s-${index}`;
      const labels = { [LABEL.managedBy]: MANAGER, [LABEL.policy]: 'bench', [LABEL.policyNamespace]: NAMESPACE, [LABEL.claimUid]: uids[index % CLAIMS] };
      await call('POST', SNAPSHOTS, { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name, labels }, spec: { source: { persistentVolumeClaimName: claimName(index) } } });
      if (index < CLAIMS) {
        await ready(name, '2020-01-01T00:00:00Z');
      }
    });
    for (let bound = 0; bound < CLAIMS;) {
      await new Promise(done => setTimeout(done, 2_000));
      bound = (await call('GET', `api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`)).items.filter(({ status }: any) => status.phase === 'Bound').length;
    }

    const config: RunnerConfig = {
      policy: 'bench', namespaces: [NAMESPACE], claims: {}, classes: { only: 'snap' }, retention: { last: 1, minReady: 1, failedAfterSeconds: 60 }, timeZone: 'Etc/UTC', labels: {}, readyTimeoutSeconds: 300,
      maxParallel: 10, jitterSeconds: 0, maxPending: EACH + 1, hooks: [], surviveNamespaceDeletion: false,
    };
    writeFileSync(join(directory, 'policy.json'), JSON.stringify(config));
    const [cluster] = JSON.parse(kubectl('config', 'view', '--raw', '--minify', '-o', 'json')).clusters.map((entry: any) => entry.cluster);
    writeFileSync(join(directory, 'ca.crt'), Buffer.from(cluster['certificate-authority-data'], 'base64'));
    kubectl('create', 'clusterrolebinding', NAMESPACE, '--clusterrole=cluster-admin', `--serviceaccount=${NAMESPACE}:default`);
    writeFileSync(join(directory, 'token'), kubectl('create', 'token', 'default', '-n', NAMESPACE));
    const { hostname, port } = new URL(cluster.server);
    const [node, ...flags] = NODE;
    const child = spawn(node, [...flags, '--max-old-space-size=192', join(ROOT, 'imports/runtime/snapshot-runner.js'), join(directory, 'policy.json')], {
      env: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port, NODE_EXTRA_CA_CERTS: join(directory, 'ca.crt'), SERVICE_ACCOUNT_DIRECTORY: directory, NAMESPACE, RUN: 'bench-run' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const created: string[] = [];
    let [deleted, calls, peak, last] = [0, 0, 0, ''];
    child.stdout.on('data', data => {
      const lines = (last + data).split('\n');
      last = lines.pop()!;
      for (const { message, snapshot, calls: sent } of lines.map(line => JSON.parse(line))) {
        created.push(...message === 'created' ? [snapshot] : []);
        deleted += message === 'deleted' ? 1 : 0;
        calls = sent ?? calls;
      }
    });
    const memory = setInterval(() => {
      try {
        peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? peak);
      } catch { /* it has just ended */ }
    }, 100);
    let over = false;
    const code = new Promise<number | null>(done => child.on('close', ended => {
      over = true;
      done(ended);
    }));
    for (let done = 0; !over; await new Promise(resolved => setTimeout(resolved, 100))) {
      const names = created.slice(done);
      done = created.length;
      await Promise.all(names.map(name => ready(name, new Date().toISOString())));
    }
    clearInterval(memory);
    if (await code !== 0 || created.length !== CLAIMS || deleted !== CLAIMS) {
      throw new Error(`the runner ended with ${await code} after it created ${created.length} and deleted ${deleted}`);
    }
    const pages = 2 * (Math.ceil(CLAIMS / PAGE) + Math.ceil(CLAIMS * EACH / PAGE));
    const measure = `${CLAIMS} claims with ${EACH} snapshots each`;
    return [
      { measure: `${measure}: peak memory of the runner`, value: peak / 1024, limit: 256, unit: ' MiB', digits: 0 },
      { measure: `${measure}: API calls to creates, deletes and pages`, value: calls / (created.length + deleted + pages), limit: 2.5, unit: 'x', digits: 2, remark: `${calls} to ${created.length} + ${deleted} + ${pages}; an event for each` },
    ];
  } finally {
    server.close();
    rmSync(directory, { recursive: true });
    kubectl('delete', 'clusterrolebinding', NAMESPACE, '--ignore-not-found');
    kubectl('delete', '--ignore-not-found', '--wait=true', '-f', CRDS); // all snapshots at once
    kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false');
    kubectl('delete', 'pv', '-l', 'bench=snapshots', '--wait=false');
  }
}

async function main(): Promise<void> {
  const rows: object[] = [{ measure: '100,000 snapshots planned', value: planning(), limit: 1_000, unit: ' ms', digits: 0 }];
  if (process.env.KUBECONFIG) {
    rows.push(...await runner());
  } else {
    process.stderr.write('KUBECONFIG is not set: memory and API calls of the snapshot runner are not measured\n');
  }
  process.stdout.write(JSON.stringify(rows));
}

void main();
