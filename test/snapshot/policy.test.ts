import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { claim, daily, driverOf, GROUPS, policy, policyChart } from './policies';
import {
  ClaimSelector, Distribution, KubernetesVersion, PersistentVolumeClaim, Schedule, SnapshotEngine, SnapshotPolicyProps, SnapshotRecord, SnapshotState, StorageClass,
  VolumeSnapshotClass,
} from '../../src';
import { SNAP_SCHEDULER } from '../../src/snapshot/policy/engines/expressible';
import { read } from '../docs/markdown';
import { all, code, codes, objects, one, stderr, uncheckedCodes } from '../support';

const RUNNER = readFileSync(join(__dirname, '..', '..', 'imports', 'runtime', 'snapshot-runner.js'), 'utf8');

const LABELLED = ClaimSelector.labels({ app: 'shop' });
const HOOK = { freeze: 'sync', thaw: 'true' };

/** What is written, with a word in the place of the program. */
function written(props: Partial<SnapshotPolicyProps> = {}): any[] {
  return JSON.parse(JSON.stringify(objects(policy(props)), (key, value) => (key === 'snapshot-runner.js' ? '(the program)' : key === 'cdk8s-storage/content-hash' ? '(hash)' : value)));
}

const configOf = (props: Partial<SnapshotPolicyProps> = {}, chart = policyChart()) => JSON.parse(one(policy(props, chart), 'ConfigMap').data['policy.json']);
const cronJob = (props: Partial<SnapshotPolicyProps> = {}, chart = policyChart()) => one(policy(props, chart), 'CronJob');
const podOf = (job: any) => job.spec.jobTemplate.spec.template;

describe('what is written', () => {
  test('is this, by default', () => {
    expect(written()).toMatchSnapshot();
  });

  test('is this, with everything', () => {
    expect(written({
      claims: LABELLED, namespaces: ['web', 'shop'], hooks: [{ ...HOOK, podLabels: { app: 'db' }, container: 'db', timeout: Duration.seconds(10), optional: true }],
      surviveNamespaceDeletion: true, alerts: { labels: { release: 'prometheus' }, alertLabels: { team: 'storage' } }, jitter: Duration.minutes(5), snapshotLabels: { tier: 'one' },
      nodeSelector: { pool: 'storage' }, tolerations: [{ key: 'storage', operator: 'Exists' }], imagePullSecrets: ['mirror'], labels: { team: 'storage' },
    })).toMatchSnapshot();
  });

  test('has the program byte for byte', () => {
    expect(one(policy(), 'ConfigMap').data['snapshot-runner.js']).toBe(RUNNER);
  });

  test('begins a new pod template whenever the program is told something else', () => {
    const hash = (props: Partial<SnapshotPolicyProps> = {}) => podOf(cronJob(props)).metadata.annotations['cdk8s-storage/content-hash'];
    expect(hash()).toBe(hash());
    expect(hash({ maxParallel: 3 })).not.toBe(hash());
  });

  test('has names that do not depend on the construct tree, and fit a CronJob', () => {
    const names = objects(policy({ name: 'x'.repeat(42), surviveNamespaceDeletion: true })).map(({ metadata }) => metadata.name as string);
    expect([...new Set(names)]).toEqual([`snapshots-${'x'.repeat(42)}`, `snapshots-${'x'.repeat(42)}.shop`]);
    expect(`snapshots-${'x'.repeat(42)}`).toHaveLength(52);
  });

  test('leaves the user to OpenShift, which chooses and refuses any other', () => {
    const security = (distribution: Distribution) => podOf(cronJob({}, policyChart({ distribution }))).spec.securityContext;
    expect(security(Distribution.OPENSHIFT)).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(security(Distribution.VANILLA)).toMatchObject({ runAsUser: 65532, runAsGroup: 65532 });
  });

  test('follows how often it fires', () => {
    const times = (schedule: Schedule) => {
      const job = cronJob({ schedule, retention: { last: 3 } });
      return [job.spec.startingDeadlineSeconds, job.spec.jobTemplate.spec.activeDeadlineSeconds, configOf({ schedule, retention: { last: 3 } }).readyTimeoutSeconds];
    };
    expect(times(Schedule.daily({ hour: 2 }))).toEqual([3600, 7200, 1800]);
    expect(times(Schedule.cron('*/10 * * * *'))).toEqual([600, 600, 300]);
    expect(times(Schedule.cron('* * * * *'))).toEqual([60, 60, 30]);
  });

  test('is nothing that holds data: deleting a policy deletes none of its snapshots', () => {
    expect(JSON.stringify(written())).not.toMatch(/ownerReferences|Prune=false/);
  });
});

describe('permissions', () => {
  const rulesOf = (role: any) => Object.fromEntries(role.rules.map((rule: any) => [`${rule.resources}`, rule.verbs.join(' ')]));
  const rights = (props: Partial<SnapshotPolicyProps> = {}, chart = policyChart()) => rulesOf(one(policy(props, chart), 'Role'));

  test('are the least', () => {
    expect(rights()).toEqual({ persistentvolumeclaims: 'list', events: 'create', volumesnapshots: 'list create delete' });
  });

  test('grow with hooks, and as the API server asks for them', () => {
    const exec = (kubernetes: KubernetesVersion) => rights({ hooks: [HOOK] }, policyChart({ kubernetes }))['pods/exec'];
    expect(rights({ hooks: [HOOK] }).pods).toBe('list');
    expect([exec(KubernetesVersion.V1_34), exec(KubernetesVersion.V1_35)]).toEqual(['get', 'get create']);
  });

  test('of groups are on groups', () => {
    expect(rights({ snapshotClass: undefined, groupSnapshotClass: GROUPS, claims: LABELLED })).toEqual({
      persistentvolumeclaims: 'list', events: 'create', volumegroupsnapshots: 'list create delete',
    });
  });

  test('reach no further than the namespaces that are named', () => {
    const built = policy({ claims: LABELLED, namespaces: ['shop', 'web'] });
    expect(all(built, 'Role').map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual([['shop', 'snapshots-nightly'], ['web', 'snapshots-nightly.shop']]);
    expect(all(built, 'RoleBinding').map(({ subjects }) => subjects)).toEqual(Array(2).fill([{ kind: 'ServiceAccount', name: 'snapshots-nightly', namespace: 'shop' }]));
    expect(all(built, 'ClusterRole')).toEqual([]);
  });

  test('are of the cluster only where all namespaces are looked at', () => {
    const built = policy({ claims: LABELLED, allNamespaces: true });
    expect(all(built, 'Role')).toEqual([]);
    expect(rulesOf(one(built, 'ClusterRole'))).toEqual({ persistentvolumeclaims: 'list', events: 'create', volumesnapshots: 'list create delete' });
    expect(configOf({ claims: LABELLED, allNamespaces: true }).namespaces).toBeUndefined();
  });

  test('on contents are granted only where snapshots shall survive their namespace', () => {
    expect(all(policy(), 'ClusterRole')).toEqual([]);
    expect(rulesOf(one(policy({ surviveNamespaceDeletion: true }), 'ClusterRole'))).toEqual({ volumesnapshotcontents: 'get list patch' });
  });
});

describe('what the program is told', () => {
  test.each<[string, Partial<SnapshotPolicyProps>, object]>([
    ['claims by name', {}, { names: [{ namespace: 'shop', name: 'data' }] }],
    ['claims by labels', { claims: LABELLED }, { labels: { app: 'shop' } }],
    ['claims of a class', { claims: ClaimSelector.storageClass(StorageClass.fromStorageClassName('fast', { driver: driverOf() })) }, { storageClass: 'fast' }],
    ['claims of a StatefulSet', { claims: ClaimSelector.statefulSet('db', { templates: ['data'], replicas: 3 }) }, { statefulSet: 'db', templates: ['data'] }],
    ['all claims', { claims: ClaimSelector.all() }, {}],
  ])('%s', (_, props, claims) => {
    expect(configOf(props).claims).toEqual(claims);
  });

  test('is the one class', () => {
    expect(configOf().classes).toEqual({ only: 'daily' });
  });

  test('is the class of each driver, and of each StorageClass of which the driver is known', () => {
    const files = driverOf('files.example.com');
    const props = { snapshotClass: undefined, snapshotClasses: [daily(), daily(files, 'files-daily')] };
    expect(configOf({ ...props, claims: ClaimSelector.of(claim(), claim('files', 'shop', files)) }).classes).toEqual({
      byDriver: { 'csi.example.com': 'daily', 'files.example.com': 'files-daily' },
      byStorageClass: { 'of-csi.example.com': 'daily', 'of-files.example.com': 'files-daily' },
    });
    expect(configOf({ ...props, claims: LABELLED }).classes).toEqual({ byDriver: { 'csi.example.com': 'daily', 'files.example.com': 'files-daily' } });
  });

  test('is the class of groups', () => {
    expect(configOf({ snapshotClass: undefined, groupSnapshotClass: GROUPS, claims: LABELLED })).toMatchObject({ classes: {}, group: { snapshotClass: 'groups' } });
  });

  test('are rules that keep something', () => {
    const { retention } = configOf({ retention: { daily: 7, weekly: 0, maxAge: Duration.days(30) } });
    expect(retention).toEqual({ daily: 7, maxAgeSeconds: 2_592_000, minReady: 1, failedAfterSeconds: 86_400 });
  });
});

describe('drivers', () => {
  test('a class of another driver than the claim is refused', () => {
    expect(code(() => policy({ claims: ClaimSelector.of(claim('data', 'shop', driverOf('other.example.com'))) }))).toBe('SNP011');
  });

  test.each<[string, Partial<SnapshotPolicyProps>]>([
    ['the class', { snapshotClass: daily(driverOf('csi.example.com', {})), claims: LABELLED }],
    ['the claim', { snapshotClass: VolumeSnapshotClass.fromVolumeSnapshotClassName('daily'), claims: ClaimSelector.of(claim('data', 'shop', driverOf('csi.example.com', {}))) }],
    ['a class among several', { snapshotClass: undefined, snapshotClasses: [daily(driverOf('csi.example.com', {}))], claims: LABELLED }],
  ])('of %s that take no snapshots are refused', (_, props) => {
    expect(code(() => policy(props))).toBe('SNP004');
  });

  test('what is not known of them is listed', () => {
    expect(uncheckedCodes(policy({ claims: LABELLED }))).toEqual(['SNP011']);
    expect(uncheckedCodes(policy({ snapshotClass: VolumeSnapshotClass.fromVolumeSnapshotClassName('daily'), hooks: [{ freeze: 'fsfreeze -f /d', thaw: 'fsfreeze -u /d' }], claims: LABELLED })))
      .toEqual(['SNP011', 'SNP031', 'SNP034']);
    expect(uncheckedCodes(policy({ claims: ClaimSelector.of(PersistentVolumeClaim.fromClaimName('data')) }))).toEqual(['SNP011', 'SNP030']);
  });
});

describe('alerts', () => {
  const alertsOf = (props: Partial<SnapshotPolicyProps> = {}) => one(policy({ alerts: {}, ...props }), 'PrometheusRule').spec.groups[0].rules;
  const lateAfter = (props: Partial<SnapshotPolicyProps>) => Number(/> (\d+)$/.exec(alertsOf(props)[0].expr)![1]);
  const HOUR = 3600;

  test('say when no run succeeds, one failed, or somebody suspended it', () => {
    expect(alertsOf().map(({ alert }: any) => alert)).toEqual(['SnapshotsLate', 'SnapshotsFailed', 'SnapshotsSuspended', 'SnapshotsNotWatched']);
  });

  test('do not complain of what was asked for', () => {
    expect(alertsOf({ suspend: true }).map(({ alert }: any) => alert)).toEqual(['SnapshotsFailed']);
  });

  test.each<[string, Partial<SnapshotPolicyProps>, number]>([
    ['a day, and what a run may be late and take', { schedule: Schedule.daily({ hour: 2 }) }, 27 * HOUR],
    ['an hour more where clocks are put back', { schedule: Schedule.daily({ hour: 3, timeZone: 'Europe/Berlin' }) }, 28 * HOUR],
    ['a day more where clocks skip the time', { schedule: Schedule.cron('59 2 * * *', { timeZone: 'Europe/Berlin' }) }, 51 * HOUR],
    ['a weekend', { schedule: Schedule.cron('0 2 * * 1-5') }, 75 * HOUR],
    ['a night', { schedule: Schedule.cron('0 8-18 * * *') }, 16 * HOUR],
    ['what it is told', { schedule: Schedule.daily({ hour: 2 }), alerts: { slack: Duration.hours(6) } }, 30 * HOUR],
  ])('wait for the longest time between two runs: %s', (_, props, seconds) => {
    expect(lateAfter({ retention: { last: 3 }, ...props })).toBe(seconds);
  });
});

describe('preview', () => {
  const DAY = 86_400_000;
  const NOW = Date.UTC(2026, 10, 25, 18); // 02:00 in Shanghai
  const nightly = Array.from({ length: 200 }, (_, index): SnapshotRecord => ({ time: new Date(NOW - index * DAY) }));

  test('keeps what the retention says, newest first, with the reasons', () => {
    const verdicts = policy().preview(nightly);
    expect(verdicts).toHaveLength(200);
    expect(verdicts[0]).toEqual({ name: '2026-11-25T18:00:00.000Z', time: new Date(NOW), kept: true, reasons: ['daily', 'weekly', 'monthly', 'minReady'] });
    expect(verdicts.filter(({ kept }) => kept)).toHaveLength(7 + 2 + 5); // two weeks and one month are among the days
  });

  test('prints as on the page', () => {
    const lines = policy().preview(nightly).filter(({ kept }) => kept).map(({ time, reasons }) => `${time.toISOString()}  ${reasons.join(', ')}`);
    expect(read('docs/protect.md')).toContain(`\`\`\`text\n${lines.join('\n')}\n\`\`\``);
  });

  test('knows what failed, what is held, and whose claim is gone', () => {
    const history: SnapshotRecord[] = [
      { name: 'new', time: new Date(NOW) },
      { name: 'failed', time: new Date(NOW - 2 * DAY), state: SnapshotState.FAILED },
      { name: 'pending', time: new Date(NOW - 2 * DAY), state: SnapshotState.PENDING },
      { name: 'held', time: new Date(NOW - 3 * DAY), held: true },
      { name: 'old', time: new Date(NOW - 4 * DAY) },
    ];
    const kept = (options = {}) => policy({ retention: { last: 1 } }).preview([...history].reverse(), options).filter(each => each.kept).map(({ name }) => name);
    expect(kept()).toEqual(['new', 'pending', 'held']);
    expect(kept({ orphaned: true }).sort()).toEqual(history.map(({ name }) => name!).sort());
  });

  test('of nothing is nothing', () => {
    expect(policy().preview([])).toEqual([]);
  });

  test('counts from another day', () => {
    const built = policy({ retention: { maxAge: Duration.days(10) } });
    expect(built.preview(nightly).filter(({ kept }) => kept)).toHaveLength(11);
    expect(built.preview(nightly, { now: new Date(NOW + 5 * DAY) }).filter(({ kept }) => kept)).toHaveLength(6);
  });
});

describe('SnapScheduler', () => {
  const schedules = (props: Partial<SnapshotPolicyProps> = {}) => {
    const built = policy({
      engine: SnapshotEngine.snapScheduler(), schedule: Schedule.daily({ hour: 2, minute: 30 }), claims: LABELLED, retention: { daily: 7, minReady: 0 }, ...props,
    });
    let found: any[] = [];
    stderr(() => { found = objects(built); });
    return found;
  };
  const rules = (props: Partial<SnapshotPolicyProps>) => schedules(props).map(({ metadata, spec }) => [metadata.name, spec.schedule, spec.retention.maxCount]);

  test('gets an object and nothing else', () => {
    expect(schedules({ suspend: true, snapshotLabels: { tier: 'one' } })).toEqual([{
      apiVersion: 'snapscheduler.backube/v1',
      kind: 'SnapshotSchedule',
      metadata: { name: 'snapshots-nightly-daily', namespace: 'shop' },
      spec: {
        claimSelector: { matchLabels: { app: 'shop' } }, disabled: true, retention: { maxCount: 7 }, schedule: '30 2 * * *',
        snapshotTemplate: { labels: { tier: 'one' }, snapshotClassName: 'daily' },
      },
    }]);
  });

  test('gets a schedule for each rule', () => {
    expect(rules({ schedule: Schedule.hourly({ minute: 5 }), retention: { hourly: 24, daily: 7, weekly: 4, monthly: 6, yearly: 2, minReady: 0 } })).toEqual([
      ['snapshots-nightly-hourly', '5 * * * *', 24],
      ['snapshots-nightly-daily', '5 23 * * *', 7],
      ['snapshots-nightly-weekly', '5 23 * * 0', 4],
      ['snapshots-nightly-monthly', '5 23 1 * *', 6],
      ['snapshots-nightly-yearly', '5 23 1 1 *', 2],
    ]);
  });

  test('counts the last ones among those of its own tier, and else by themselves', () => {
    expect(rules({ retention: { last: 9, daily: 7, minReady: 0 } })).toEqual([['snapshots-nightly-daily', '30 2 * * *', 9]]);
    expect(rules({ retention: { last: 9, weekly: 4, minReady: 0 } })).toEqual([['snapshots-nightly-last', '30 2 * * *', 9], ['snapshots-nightly-weekly', '30 2 * * 0', 4]]);
  });

  test.each([[Duration.days(30), '720h'], [Duration.minutes(1501), '90060s']])('deletes by an age: %#', (maxAge, expires) => {
    expect(schedules({ retention: { maxAge, orphanedAfter: maxAge, minReady: 0 } })[0].spec.retention).toEqual({ expires });
  });

  test('gets them in each namespace', () => {
    expect(schedules({ namespaces: ['web', 'shop'] }).map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'web']);
  });

  test('needs a snapshot-controller all the same', () => {
    expect(codes(policy({ engine: SnapshotEngine.snapScheduler(), schedule: Schedule.hourly(), claims: LABELLED, retention: { last: 7, minReady: 0 } }))).toEqual([]);
  });

  test('and what it cannot do are in the table of the page', () => {
    const rows = [...read('docs/protect.md').split('## Engines')[1].split('\n## ')[0].matchAll(/^\| (`[^|]+`) \| yes \| (yes|no|partly)/gm)]
      .flatMap(([, properties, answer]) => [...properties.matchAll(/`(\w+)`/g)].map(match => [match[1], answer]));
    const expected = Object.entries(SNAP_SCHEDULER).filter(([property]) => property !== 'engine').map(([property, row]) => [
      property, row === 'ok' ? 'yes' : row.length === 1 && row[0].property === property ? 'no' : 'partly',
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });
});
