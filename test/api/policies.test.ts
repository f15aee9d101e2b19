import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { ClaimSelector, KubernetesVersion, Schedule, SnapshotEngine, SnapshotPolicyProps, SnapshotRetention } from '../../src';
import { apply, canI, deleteAndWait, kubectl, run } from '../kubectl';
import { GROUPS, policy, policyChart } from '../snapshot/policies';
import { objects, one, stderr } from '../support';

// Whole policies are applied to a real API server with strict validation, and their accounts are asked what they may do.

jest.setTimeout(180_000);

const IMPORTS = join(__dirname, '..', '..', 'imports', 'crds');
/** Schemas that are not part of this repository. */
const SNAP_SCHEDULER = join(__dirname, '..', '..', '..', 'shared', 'crds', 'test-only', 'snapscheduler-v3.5.0.json');
const CRDS = [...readdirSync(IMPORTS).map(file => join(IMPORTS, file)), join(__dirname, 'crds', 'prometheus-operator-v0.93.0.json')].flatMap(file => ['-f', file]);
const THEIRS: any[] = existsSync(SNAP_SCHEDULER) ? JSON.parse(readFileSync(SNAP_SCHEDULER, 'utf8')) : [];
const NAMESPACES = ['shop', 'web'].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
const LABELLED = ClaimSelector.labels({ app: 'shop' });
const HOOK = { freeze: 'sync', thaw: 'true', podLabels: { app: 'db' }, container: 'db' };

const release = () => KubernetesVersion.of(JSON.parse(kubectl('version', '-o', 'json')).serverVersion.gitVersion);
const written = (props: Partial<SnapshotPolicyProps>) => {
  let all: any[] = [];
  stderr(() => { all = objects(policy(props, policyChart({ kubernetes: release() }))); });
  return all;
};

function remove(all: readonly any[]): void {
  run('kubectl', ['delete', '-f', '-', '--ignore-not-found', '--wait=false'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: all }) });
}

const POLICIES: Record<string, Partial<SnapshotPolicyProps>> = {
  simple: {},
  everything: {
    claims: LABELLED, namespaces: ['web', 'shop'], hooks: [HOOK], surviveNamespaceDeletion: true, jitter: Duration.minutes(5), suspend: true, snapshotLabels: { tier: 'one' },
    alerts: { labels: { release: 'prometheus' }, alertLabels: { team: 'storage' } }, nodeSelector: { pool: 'storage' }, tolerations: [{ key: 'storage', operator: 'Exists' }],
    imagePullSecrets: ['mirror'], labels: { team: 'storage' }, annotations: { note: 'a' },
  },
  group: { claims: LABELLED, snapshotClass: undefined, groupSnapshotClass: GROUPS },
  cluster: { claims: LABELLED, allNamespaces: true, alerts: {} },
  hourly: { schedule: Schedule.cron('@hourly', { timeZone: 'America/Port-au-Prince' }), retention: { hourly: 24 } },
};

beforeAll(() => {
  apply(NAMESPACES);
  kubectl('apply', ...CRDS);
  kubectl('wait', '--for', 'condition=established', '--timeout=60s', ...CRDS);
  if (THEIRS.length > 0) {
    apply(THEIRS);
    kubectl('wait', '--for', 'condition=established', '--timeout=60s', ...THEIRS.map(({ metadata }) => `crd/${metadata.name}`));
  }
});

afterAll(() => {
  deleteAndWait(...CRDS);
  THEIRS.forEach(({ metadata }) => deleteAndWait('crd', metadata.name));
  kubectl('delete', 'namespace', ...NAMESPACES.map(({ metadata }) => metadata.name), '--wait=false');
});

test.each(Object.entries(POLICIES))('a policy is accepted, and shows no change when it is applied again: %s', (_, props) => {
  const all = written(props);
  try {
    expect(apply(all, '--validate=strict').trim().split('\n')).toHaveLength(all.length);
    expect(apply(all, '--validate=strict').trim().split('\n').filter(line => !line.endsWith(' unchanged'))).toEqual([]);
  } finally {
    remove(all);
  }
});

(THEIRS.length > 0 ? test : test.skip)('objects of SnapScheduler are accepted by its schema', () => {
  const maxAge = Duration.minutes(1501);
  for (const retention of <SnapshotRetention[]>[{ last: 3, hourly: 24, daily: 7, weekly: 4, monthly: 6, yearly: 1, minReady: 0 }, { maxAge, orphanedAfter: maxAge, minReady: 0 }]) {
    const all = written({
      engine: SnapshotEngine.snapScheduler(), schedule: Schedule.hourly({ minute: 5 }), claims: LABELLED, namespaces: ['shop', 'web'], suspend: retention.maxAge === undefined, snapshotLabels: { tier: 'one' }, retention,
    });
    expect(apply(all, '--validate=strict', '--dry-run=server').trim().split('\n')).toHaveLength(all.length);
  }
});

describe('what the account of a policy may do', () => {
  const all = () => written({ claims: LABELLED, namespaces: ['shop', 'web'], hooks: [HOOK], surviveNamespaceDeletion: true, namespace: 'shop' });

  beforeAll(() => apply(all()));
  afterAll(() => remove(all()));

  test.each([
    ['list', 'persistentvolumeclaims', 'web', 'yes'],
    ['create', 'volumesnapshots.snapshot.storage.k8s.io', 'web', 'yes'],
    ['delete', 'volumesnapshots.snapshot.storage.k8s.io', 'shop', 'yes'],
    ['create', 'events', 'web', 'yes'],
    ['get', 'pods --subresource=exec', 'web', 'yes'],
    ['patch', 'volumesnapshotcontents.snapshot.storage.k8s.io', 'default', 'yes'],
    ['list', 'persistentvolumeclaims', 'default', 'no'],
    ['delete', 'volumesnapshots.snapshot.storage.k8s.io', 'default', 'no'],
    ['delete', 'persistentvolumeclaims', 'shop', 'no'],
    ['patch', 'volumesnapshots.snapshot.storage.k8s.io', 'shop', 'yes'],
    ['update', 'volumesnapshots.snapshot.storage.k8s.io', 'shop', 'no'],
    ['delete', 'volumesnapshotcontents.snapshot.storage.k8s.io', 'default', 'no'],
    ['get', 'secrets', 'shop', 'no'],
  ])('%s %s in %s: %s', (verb, resource, namespace, answer) => {
    expect(canI('shop:snapshots-nightly', verb, resource, namespace)).toBe(answer);
  });
});

test('the name of every object fits its kind', () => {
  const longest = written({ name: 'x'.repeat(42) });
  expect(one(policy({ name: 'x'.repeat(42) }), 'CronJob').metadata.name).toHaveLength(52);
  expect(apply(longest, '--validate=strict', '--dry-run=server').trim().split('\n')).toHaveLength(longest.length);
});
