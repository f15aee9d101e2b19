import { Duration, Size } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { rememberGrants } from './audit';
import { killProcesses, onTestCluster, testIf } from './machine';
import { clearFaults, deploy, field, newOnDisk, pod, setFault, sh, snapshotReady, Storage, volumeOf, waitForPod, remove, PATIENCE } from './storage';
import { ClaimSelector, ImportedSnapshot, PersistentVolumeClaim, Schedule, SnapshotPolicy, SnapshotPolicyProps, VolumeSnapshotClass } from '../../src';
import { synthesize } from '../examples/examples';
import { apply, eventually, kubectl } from '../kubectl';
import { testChart } from '../support';

/** Of plain claims. */
const NS = 'e2e-protect';
/** Of the example. */
const LEDGER = 'ledger';
/** Where a snapshot goes whose namespace is gone. */
const IMPORTED = 'e2e-imported';
const SIZE = Size.mebibytes(8);
const DAY = 24 * 60 * 60;
const REPLICAS = [0, 1, 2];

/** The snapshots of a claim, or of a namespace, oldest first. */
const snapshots = (namespace: string, claim?: string): any[] => JSON.parse(kubectl('-n', namespace, 'get', 'volumesnapshots', '-o', 'json')).items
  .filter(({ spec }: any) => claim === undefined || spec.source.persistentVolumeClaimName === claim)
  .sort((a: any, b: any) => takenAt(a).getTime() - takenAt(b).getTime());
const takenAt = ({ metadata, status }: any) => new Date(status?.creationTime ?? metadata.creationTimestamp);
const namesOf = (found: any[]): string[] => found.map(({ metadata }) => metadata.name).sort();

/** Starts a run beside the schedule, as an administrator does. */
function start(namespace: string, policy: string, job: string): void {
  kubectl('-n', namespace, 'create', 'job', `--from=cronjob/snapshots-${policy}`, job);
}

/** Waits until a run has ended, as it should. */
async function ends(namespace: string, job: string, wanted = 'Complete'): Promise<void> {
  const how = () => field(namespace, `job/${job}`, '.status.conditions[?(@.status=="True")].type').split(' ').find(type => type === 'Complete' || type === 'Failed');
  await eventually(`the job ${job} has ended`, () => how() !== undefined, PATIENCE);
  if (how() !== wanted) {
    throw new Error(`${job} is ${how()}, not ${wanted}:\n${kubectl('-n', namespace, 'logs', '-l', `batch.kubernetes.io/job-name=${job}`, '--prefix', '--tail=100')}`);
  }
}

async function run(namespace: string, policy: string, job: string, wanted?: string): Promise<void> {
  start(namespace, policy, job);
  await ends(namespace, job, wanted);
}

/** The pods of a run that have not ended. */
const activePods = (namespace: string, job: string): any[] => JSON.parse(kubectl('-n', namespace, 'get', 'pods', '-l', `batch.kubernetes.io/job-name=${job}`, '-o', 'json')).items
  .filter(({ status }: any) => !['Succeeded', 'Failed'].includes(status.phase));

/** The claims of which the policies have said something. */
const eventsOn = (namespace: string, reason: string): string[] => [...new Set<string>(JSON.parse(kubectl('-n', namespace, 'get', 'events', '--field-selector', `reason=${reason}`, '-o', 'json')).items
  .filter(({ involvedObject }: any) => involvedObject.kind === 'PersistentVolumeClaim').map(({ involvedObject }: any) => involvedObject.name))];

/** A claim of its own name and size for each policy. */
const claimOf = (chart: any, { immediate }: Storage, name: string) => new PersistentVolumeClaim(chart, `Claim-${name}`, { name, storageClass: immediate, size: SIZE });

const MONTHS = { schedule: Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' }), retention: { last: 2, daily: 3, weekly: 2, monthly: 3 } };
/** In days. */
const AGES = [1, 1.3, 2, 3, 4, 6, 9, 13, 13.01, 20, 33, 40, 65, 70, 100];
/** By no rule it would be kept: one of its day is newer, whatever day is today. */
const HELD = 13.01;

/** What a policy says of a history before it is one. */
function preview(found: any[]): string[] {
  const policy = new SnapshotPolicy(testChart({}, { namespace: NS }), 'Policy', { name: 'months', claims: ClaimSelector.all(), snapshotClass: VolumeSnapshotClass.fromVolumeSnapshotClassName('local-snapshots'), ...MONTHS });
  const history = found.map(snapshot => ({ name: snapshot.metadata.name, time: takenAt(snapshot), held: snapshot.metadata.labels['cdk8s-storage/hold'] === 'true' }));
  return policy.preview(history).filter(({ kept }) => kept).map(({ name }) => name).sort();
}

export function protectTests(): void {
  const fresh = newOnDisk();
  beforeAll(async () => {
    deploy(NS, (chart, classes) => {
      const policy = (name: string, props: Pick<SnapshotPolicyProps, 'schedule' | 'retention'>) => new SnapshotPolicy(chart, `Policy-${name}`, {
        name, claims: ClaimSelector.of(claimOf(chart, classes, name)), snapshotClass: classes.snapshots, readyTimeout: Duration.seconds(15), ...props,
      });
      policy('minutes', { schedule: Schedule.cron('* * * * *'), retention: { last: 1 } });
      policy('months', MONTHS);
    });
    await Promise.all(['minutes', 'months'].map(claim => volumeOf(NS, claim)));
  });
  afterEach(clearFaults);

  describe('by the plan', () => {
    afterAll(async () => {
      rememberGrants(NS);
      await stop(NS);
      await remove(NS);
    });

    test('of a history of months is left what the preview says, and what is held', async () => {
      await run(NS, 'months', 'first');
      const [first] = snapshots(NS, 'months');
      // Further ones of the policy, as if it had been there for months.
      for (const age of AGES) {
        setFault('CreateSnapshot', { createdSecondsAgo: Math.round(age * DAY) });
        const name = `months-${age}`;
        const labels = { ...first.metadata.labels, ...(age === HELD ? { 'cdk8s-storage/hold': 'true' } : {}) };
        apply([{ apiVersion: first.apiVersion, kind: first.kind, metadata: { name, namespace: NS, labels }, spec: first.spec }]);
        await snapshotReady(NS, name);
      }
      clearFaults();
      const before = snapshots(NS, 'months');
      expect(Date.now() - takenAt(before[0]).getTime()).toBeGreaterThan(99 * DAY * 1000);
      await run(NS, 'months', 'second');
      const left = snapshots(NS, 'months');
      const taken = left.filter(({ metadata }) => !namesOf(before).includes(metadata.name));
      expect(taken).toHaveLength(1);
      expect(namesOf(left)).toEqual(preview([...before, ...taken]));
      expect(left.length).toBeLessThan(before.length);
      expect(namesOf(left)).toContain(`months-${HELD}`);
      expect(eventsOn(NS, 'SnapshotsPruned')).toContain('months');
    });

    test('two runs at once: both succeed, and what is left is what the preview says', async () => {
      const before = snapshots(NS, 'months');
      start(NS, 'months', 'race-1');
      start(NS, 'months', 'race-2');
      await ends(NS, 'race-1');
      await ends(NS, 'race-2');
      const left = snapshots(NS, 'months');
      const taken = left.filter(({ metadata }) => !namesOf(before).includes(metadata.name));
      expect(taken.length).toBeGreaterThan(0);
      expect(namesOf(left)).toEqual(preview([...before, ...taken]));
    });

    test('every minute one is taken, and the old one goes when the new one is ready, not before', async () => {
      const ofSchedule = () => snapshots(NS, 'minutes').find(({ metadata }) => /-\d{8}-\d{4}00$/.test(metadata.name));
      await eventually('the schedule took one', () => ofSchedule()?.status?.readyToUse === true, PATIENCE);
      kubectl('-n', NS, 'patch', 'cronjob', 'snapshots-minutes', '-p', '{"spec":{"suspend":true}}');
      await eventually('no run is left', () => field(NS, 'cronjob/snapshots-minutes', '.status.active') === '', PATIENCE);
      const [old, ...others] = snapshots(NS, 'minutes');
      expect(others).toEqual([]);
      setFault('CreateSnapshot', { before: 5 });
      start(NS, 'minutes', 'slow');
      await eventually('the new one is there', () => snapshots(NS, 'minutes').length === 2, PATIENCE);
      expect(snapshots(NS, 'minutes').map(({ status }) => status?.readyToUse ?? false).sort()).toEqual([false, true]);
      await ends(NS, 'slow');
      const left = snapshots(NS, 'minutes');
      expect(left.map(({ status }) => status.readyToUse)).toEqual([true]);
      expect(left[0].metadata.uid).not.toBe(old.metadata.uid);
      await eventually('its data is gone from the disk', () => fresh('snapshots').length === snapshots(NS).length, PATIENCE);
    });

    test('killed in the middle of a run: the next pod of the Job goes on, and there is one snapshot of it', async () => {
      const before = namesOf(snapshots(NS, 'months'));
      const taken = () => snapshots(NS, 'months').filter(({ metadata }) => !before.includes(metadata.name));
      setFault('CreateSnapshot', { before: 5 });
      start(NS, 'months', 'killed');
      await eventually('it takes a snapshot', () => taken().length > 0, PATIENCE);
      const [running] = activePods(NS, 'killed');
      kubectl('-n', NS, 'delete', 'pod', running.metadata.name, '--force', '--grace-period=0');
      await ends(NS, 'killed');
      expect(taken().map(({ status }) => status.readyToUse)).toEqual([true]);
    });

    test('while the driver fails nothing is pruned, the Job fails, and the claim says why', async () => {
      kubectl('-n', NS, 'label', 'volumesnapshot', `months-${HELD}`, 'cdk8s-storage/hold-'); // so that there is something to prune
      const before = namesOf(snapshots(NS, 'months'));
      setFault('CreateSnapshot', { code: 'INTERNAL' });
      await run(NS, 'months', 'failing', 'Failed');
      expect(namesOf(snapshots(NS, 'months'))).toEqual(expect.arrayContaining(before));
      expect(eventsOn(NS, 'SnapshotFailed')).toContain('months');
      clearFaults();
      await run(NS, 'months', 'mended');
      expect(namesOf(snapshots(NS, 'months'))).not.toContain(`months-${HELD}`);
    });
  });

  describe('the database of the example', () => {
    let files: Record<string, string>;
    const objectsOf = (file: string, change = (text: string) => text): any[] => parseAllDocuments(change(files[file])).map(document => document.toJS())
      .filter(({ kind }) => kind !== 'PrometheusRule'); // nobody serves it here
    const ask = (name: string, call: string) => sh(LEDGER, name, `node /program/ledger.js ${call}`);
    /** What a ledger has said, without the times. */
    const says = (replica: number) => kubectl('-n', LEDGER, 'logs', `ledger-${replica}`).trim().split('\n').slice(1).map(line => line.replace(/^\S+ /, ''));
    const lastFrozen = (replica: number) => Number(/with (\d+)/.exec(says(replica).filter(line => line.startsWith('frozen')).pop()!)![1]);
    /** The ledgers as they were when they were frozen last, in volumes made of the newest snapshots. */
    const restored = async () => {
      const newest = (claim: string) => snapshots(LEDGER, claim).pop().metadata.name;
      const manifests = objectsOf('restored.k8s.yaml', text => text.replaceAll(/nightly-(data-ledger-\d)-\d{8}-\d{6}/g, (_, claim) => newest(claim)));
      apply(manifests);
      kubectl('-n', LEDGER, 'rollout', 'status', 'statefulset/ledger-restored', `--timeout=${PATIENCE}s`);
      for (const replica of REPLICAS) {
        const entries = ask(`ledger-restored-${replica}`, 'list').split('\n').map(line => Number(line.split(' ')[0]));
        expect(entries).toEqual(entries.map((_, index) => index + 1));
        expect(entries).toHaveLength(lastFrozen(replica));
      }
      kubectl('-n', LEDGER, 'delete', 'statefulset', 'ledger-restored', '--cascade=foreground', `--timeout=${PATIENCE}s`);
      kubectl('-n', LEDGER, 'delete', 'pvc', ...REPLICAS.map(replica => `data-ledger-restored-${replica}`), `--timeout=${PATIENCE}s`);
    };

    beforeAll(async () => {
      files = synthesize('database');
      apply(objectsOf('ledger.k8s.yaml'));
      kubectl('-n', LEDGER, 'rollout', 'status', 'statefulset/ledger', `--timeout=${PATIENCE}s`);
      // Entries without an end: what is not frozen is not the same a moment later.
      const writer = "(async () => { for (;;) { await fetch('http://127.0.0.1:8080/add', { method: 'POST', body: 'entry' }); await new Promise(done => setTimeout(done, 20)); } })()";
      REPLICAS.forEach(replica => sh(LEDGER, `ledger-${replica}`, `nohup node -e "${writer}" > /dev/null 2>&1 &`));
      await eventually('entries come', () => REPLICAS.every(replica => Number(ask(`ledger-${replica}`, 'count')) > 5), PATIENCE);
    });

    afterAll(async () => {
      const contents = (namespace: string): string[] => JSON.parse(kubectl('get', 'volumesnapshotcontents', '-o', 'json')).items
        .filter(({ spec }: any) => spec.volumeSnapshotRef.namespace === namespace).map(({ metadata }: any) => metadata.name);
      const deleteWithData = (names: string[]) => names.forEach(name => kubectl('patch', 'volumesnapshotcontent', name, '--type=merge', '-p', '{"spec":{"deletionPolicy":"Delete"}}'));
      await stop(LEDGER);
      deleteWithData([...contents(LEDGER), ...contents(IMPORTED)]);
      kubectl('delete', 'namespace', LEDGER, IMPORTED, '--ignore-not-found', `--timeout=${PATIENCE}s`);
      // Those of a namespace that is gone, as the example's README tells.
      contents(LEDGER).forEach(name => kubectl('delete', 'volumesnapshotcontent', name, `--timeout=${PATIENCE}s`));
      kubectl('delete', 'clusterrole,clusterrolebinding', `snapshots-nightly.${LEDGER}`, '--ignore-not-found');
      await eventually('nothing is left on the disk', () => fresh('volumes').length + fresh('snapshots').length === 0, PATIENCE);
    });

    test('three ledgers are restored as they were frozen, and went on at once', async () => {
      await run(LEDGER, 'nightly', 'frozen');
      REPLICAS.forEach(replica => expect(says(replica)).toEqual([expect.stringMatching(/^frozen with \d+ entries$/), 'thawed']));
      REPLICAS.forEach(replica => expect(Number(ask(`ledger-${replica}`, 'count'))).toBeGreaterThan(lastFrozen(replica)));
      await restored();
    });

    test('a snapshot fails: the ledgers are thawed', async () => {
      const before = namesOf(snapshots(LEDGER));
      setFault('CreateSnapshot', { code: 'INTERNAL' });
      await run(LEDGER, 'nightly', 'failing', 'Failed');
      REPLICAS.forEach(replica => expect(says(replica).pop()).toBe('thawed'));
      expect(eventsOn(LEDGER, 'SnapshotFailed').sort()).toEqual(REPLICAS.map(replica => `data-ledger-${replica}`));
      // The driver would be asked again, and one day take them of a ledger that is not frozen.
      expect(namesOf(snapshots(LEDGER))).toEqual(before);
    });

    testIf(onTestCluster)('killed while they are frozen: they are thawed, and what the next pod takes is frozen again', async () => {
      const before = says(0).length;
      setFault('CreateSnapshot', { before: 6 });
      start(LEDGER, 'nightly', 'killed');
      await eventually('all are frozen', () => REPLICAS.every(replica => says(replica).pop()!.startsWith('frozen')), PATIENCE);
      const [running] = activePods(LEDGER, 'killed');
      killProcesses(running.metadata.uid);
      await eventually('all are thawed', () => REPLICAS.every(replica => says(replica).pop() === 'thawed'), 5);
      clearFaults();
      await ends(LEDGER, 'killed');
      expect(says(0).slice(before)).toEqual([expect.stringContaining('frozen'), 'thawed', expect.stringContaining('frozen'), 'thawed']);
      await restored();
    });

    test('its snapshots outlive its namespace, and are imported into another one', async () => {
      const last = snapshots(LEDGER, 'data-ledger-0').pop();
      const entries = lastFrozen(0);
      const { snapshotHandle } = JSON.parse(field(LEDGER, `volumesnapshotcontent/${last.status.boundVolumeSnapshotContentName}`, '.status'));
      rememberGrants(LEDGER);
      await stop(LEDGER);
      kubectl('delete', 'namespace', LEDGER, `--timeout=${PATIENCE}s`);
      expect(fresh('snapshots')).toContain(snapshotHandle);
      deploy(IMPORTED, (chart, { csi, disk, snapshots: snapshotClass }) => {
        const dataSource = new ImportedSnapshot(chart, 'Imported', { name: 'ledger', driver: csi, snapshotHandle, snapshotClass, size: Size.mebibytes(64) });
        pod(chart, 'reader', { '/data': new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: disk, size: Size.mebibytes(64), dataSource }) });
      });
      waitForPod(IMPORTED, 'reader');
      expect(Number(sh(IMPORTED, 'reader', 'grep -a -o entry /data/ledger.db | wc -l'))).toBeGreaterThanOrEqual(entries);
      expect(field(IMPORTED, 'volumesnapshot/ledger', '.status.creationTime')).toBe(last.status.creationTime);
    });
  });
}

/** Ends what a policy does, before its roles go: what it asked for without them would be refused. */
async function stop(namespace: string): Promise<void> {
  kubectl('-n', namespace, 'delete', 'cronjobs,jobs', '--all', '--cascade=foreground', '--ignore-not-found', `--timeout=${PATIENCE}s`);
}
