import { Duration, Size } from 'cdk8s';
import { rememberGrants } from './audit';
import { count, LEDGER, lastFrozen, POLICY, removeLedgers, REPLICAS, restored, says, startLedgers } from './ledger';
import { killProcesses, onTestCluster, testIf } from './machine';
import { claimsWith, ends, namesOf, podOf, run, snapshots, start, stop, takenAt } from './runs';
import { clearFaults, deploy, field, newOnDisk, pod, remove, setFault, sh, snapshotReady, volumeOf, waitForPod, PATIENCE } from './storage';
import { ClaimSelector, ImportedSnapshot, PersistentVolumeClaim, Schedule, SnapshotPolicy, SnapshotPolicyProps, VolumeSnapshotClass } from '../../src';
import { apply, eventually, kubectl } from '../kubectl';
import { testChart } from '../support';

/** Of claims that no pod has. */
const NS = 'e2e-protect';
/** Where a snapshot goes whose namespace is gone. */
const IMPORTED = 'e2e-imported';
const SIZE = Size.mebibytes(8);
const DAY = 24 * 60 * 60;

const MINUTES = { schedule: Schedule.cron('* * * * *'), retention: { last: 1 } };
const MONTHS = { schedule: Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' }), retention: { last: 2, daily: 3, weekly: 2, monthly: 3 } };
/** In days. */
const AGES = [1, 2, 3, 4, 9, 13, 13.01, 33, 65, 70, 100];
/** By no rule it would be kept: there is a newer one of its day, whatever day is today. */
const HELD = 13.01;

/** What the policy says of a history before it is one. */
function preview(history: any[]): string[] {
  const policy = new SnapshotPolicy(testChart({}, { namespace: NS }), 'Policy', {
    name: 'months', claims: ClaimSelector.all(), snapshotClass: VolumeSnapshotClass.fromVolumeSnapshotClassName('local-snapshots'), ...MONTHS,
  });
  const records = history.map(snapshot => ({ name: snapshot.metadata.name, time: takenAt(snapshot), held: snapshot.metadata.labels['cdk8s-storage/hold'] === 'true' }));
  return policy.preview(records).filter(({ kept }) => kept).map(({ name }) => name).sort();
}

/** Snapshots of a claim, each by a policy of its name. */
function deployPolicies(policies: { [name: string]: Pick<SnapshotPolicyProps, 'schedule' | 'retention'> }): void {
  deploy(NS, (chart, { immediate, snapshots: snapshotClass }) => {
    for (const [name, policy] of Object.entries(policies)) {
      const claim = new PersistentVolumeClaim(chart, `Claim-${name}`, { name, storageClass: immediate, size: SIZE });
      new SnapshotPolicy(chart, `Policy-${name}`, { name, claims: ClaimSelector.of(claim), snapshotClass, readyTimeout: Duration.seconds(15), ...policy });
    }
  });
}

export function protectTests(): void {
  const fresh = newOnDisk();
  /** Those of `months` that were not there before. */
  const since = (before: any[]) => snapshots(NS, 'months').filter(({ metadata }) => !namesOf(before).includes(metadata.name));

  beforeAll(async () => {
    deployPolicies({ minutes: MINUTES, months: MONTHS });
    await Promise.all(['minutes', 'months'].map(claim => volumeOf(NS, claim)));
    await startLedgers();
  });
  afterEach(clearFaults);
  afterAll(async () => {
    rememberGrants(NS);
    stop(NS);
    await remove(NS);
    removeLedgers(IMPORTED);
    await eventually('nothing is left on the disk', () => fresh('volumes').length + fresh('snapshots').length === 0, PATIENCE);
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
    expect(namesOf(before).length).toBe(AGES.length + 1);
    expect(Date.now() - takenAt(before[0]).getTime()).toBeGreaterThan(99 * DAY * 1000);
    await run(NS, 'months', 'second');
    const taken = since(before);
    expect(taken).toHaveLength(1);
    const left = namesOf(snapshots(NS, 'months'));
    expect(left).toEqual(preview([...before, ...taken]));
    expect(left.length).toBeLessThan(before.length);
    expect(left).toContain(`months-${HELD}`);
    expect(claimsWith(NS, 'SnapshotsPruned')).toEqual(['months']);
  });

  test('two runs at once: both succeed, and what is left is what the preview says', async () => {
    const before = snapshots(NS, 'months');
    start(NS, 'months', 'race-1');
    start(NS, 'months', 'race-2');
    await ends(NS, 'race-1');
    await ends(NS, 'race-2');
    const taken = since(before);
    expect(taken.length).toBeGreaterThan(0);
    expect(namesOf(snapshots(NS, 'months'))).toEqual(preview([...before, ...taken]));
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
    await eventually('what was pruned is gone from the disk', () => fresh('snapshots').length === snapshots(NS).length, PATIENCE);
  });

  test('killed in the middle of a run: the next pod of the Job goes on, and there is one snapshot of it', async () => {
    const before = snapshots(NS, 'months');
    setFault('CreateSnapshot', { before: 5 });
    start(NS, 'months', 'killed');
    await eventually('it takes a snapshot', () => since(before).length > 0, PATIENCE);
    kubectl('-n', NS, 'delete', 'pod', podOf(NS, 'killed').metadata.name, '--force', '--grace-period=0');
    await ends(NS, 'killed');
    expect(since(before).map(({ status }) => status.readyToUse)).toEqual([true]);
  });

  test('a StatefulSet of three is restored as it was frozen, and the original has gone on', async () => {
    await run(LEDGER, POLICY, 'frozen');
    REPLICAS.forEach(replica => expect(says(replica)).toEqual([expect.stringMatching(/^frozen with \d+ entries$/), 'thawed']));
    REPLICAS.forEach(replica => expect(count(replica)).toBeGreaterThan(lastFrozen(replica)));
    restored().forEach((entries, replica) => expect(entries).toEqual(Array.from({ length: lastFrozen(replica) }, (_, index) => `${index + 1} entry`)));
  });

  test('while the driver fails nothing is pruned, the Jobs fail, claims say why, and what was frozen is thawed', async () => {
    kubectl('-n', NS, 'label', 'volumesnapshot', `months-${HELD}`, 'cdk8s-storage/hold-'); // now there is something to prune
    const [before, ofLedgers] = [NS, LEDGER].map(namespace => namesOf(snapshots(namespace)));
    setFault('CreateSnapshot', { code: 'INTERNAL' });
    start(NS, 'months', 'failing');
    start(LEDGER, POLICY, 'failing');
    await ends(NS, 'failing', 'Failed');
    await ends(LEDGER, 'failing', 'Failed');
    expect(namesOf(snapshots(NS))).toEqual(expect.arrayContaining(before));
    expect(claimsWith(NS, 'SnapshotFailed')).toEqual(['months']);
    expect(claimsWith(LEDGER, 'SnapshotFailed')).toEqual(REPLICAS.map(replica => `data-ledger-${replica}`));
    REPLICAS.forEach(replica => expect(says(replica).pop()).toBe('thawed'));
    // The driver is asked again and again, and one day would take them of a database that is not frozen.
    expect(namesOf(snapshots(LEDGER))).toEqual(ofLedgers);
    clearFaults();
    await run(NS, 'months', 'mended');
    expect(namesOf(snapshots(NS, 'months'))).not.toContain(`months-${HELD}`);
  });

  testIf(onTestCluster)('killed while they are frozen, they are thawed; what the next pod takes is frozen again', async () => {
    const before = REPLICAS.map(replica => says(replica).length);
    setFault('CreateSnapshot', { before: 6 });
    start(LEDGER, POLICY, 'killed');
    await eventually('all are frozen', () => REPLICAS.every(replica => says(replica).pop()!.startsWith('frozen')), PATIENCE);
    killProcesses(podOf(LEDGER, 'killed').metadata.uid);
    await eventually('all are thawed', () => REPLICAS.every(replica => says(replica).pop() === 'thawed'), 5);
    clearFaults();
    await ends(LEDGER, 'killed');
    REPLICAS.forEach(replica => expect(says(replica).slice(before[replica])).toEqual([expect.stringMatching(/^frozen/), 'thawed', expect.stringMatching(/^frozen/), 'thawed']));
    restored().forEach((entries, replica) => expect(entries).toHaveLength(lastFrozen(replica)));
  });

  test('snapshots outlive their namespace, and are imported into another one', async () => {
    const last = snapshots(LEDGER, 'data-ledger-0').pop();
    const entries = lastFrozen(0);
    const snapshotHandle = field(LEDGER, `volumesnapshotcontent/${last.status.boundVolumeSnapshotContentName}`, '.status.snapshotHandle');
    const kept = snapshots(LEDGER).length;
    rememberGrants(LEDGER);
    stop(LEDGER);
    kubectl('delete', 'namespace', LEDGER, `--timeout=${PATIENCE}s`);
    expect(fresh('snapshots').length).toBe(snapshots(NS).length + kept);
    deploy(IMPORTED, (chart, { csi, disk, snapshots: snapshotClass }) => {
      const dataSource = new ImportedSnapshot(chart, 'Imported', { name: 'ledger', driver: csi, snapshotHandle, snapshotClass, size: Size.mebibytes(64) });
      pod(chart, 'reader', { '/data': new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass: disk, size: Size.mebibytes(64), dataSource }) });
    });
    waitForPod(IMPORTED, 'reader');
    expect(Number(sh(IMPORTED, 'reader', 'grep -a -o entry /data/ledger.db | wc -l'))).toBeGreaterThanOrEqual(entries);
    expect(field(IMPORTED, 'volumesnapshot/ledger', '.status.creationTime')).toBe(last.status.creationTime);
  });
}
