import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { claimFilter, Reach, reachOf } from './claim-filter';
import { checkDeletion, classesOf } from './class-choice';
import { refuseLoss } from './engines/expressible';
import { writeSnapshotSchedules } from './engines/snap-scheduler';
import { SnapshotEngine } from './engines/snapshot-engine';
import { hooksOf } from './hooks';
import { writeAlerts } from './policy-alerts';
import { checkTypes, malformed } from './policy-types';
import { POLICY_RULES } from './rules';
import { runTimes } from './run-times';
import { writeRunner } from './runner-objects';
import { SnapshotPolicyProps } from './snapshot-policy-props';
import { PreviewOptions, SnapshotRecord, SnapshotState, SnapshotVerdict } from './snapshot-record';
import { fail, report } from '../../findings/report';
import { checkLabel, checkMetadata, shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { objectsOf } from '../../platform/cluster-checks';
import { plan, Retention } from '../../runtime/retention';
import { LABEL, RunnerConfig } from '../../runtime/runner-config';
import { TimeZone } from '../../runtime/time-zone';
import { ClaimSelector } from '../claim-selector';
import { checkReach, retentionOf } from '../retention-numbers';
import { SNAPSHOT_RULES } from '../rules';
import { Schedule } from '../schedule';
import { span } from '../spans';

/** In front of the policy's name, in all that is written. */
const PREFIX = 'snapshots-';
const CRON_JOB_NAME = 52;
const POLICIES = 'snapshot policies';

interface Named {
  readonly name: string;
  readonly namespaces?: readonly string[];
  readonly path: string;
}

/**
 * Takes snapshots of claims again and again, and keeps those that the retention says.
 *
 * It is a CronJob that runs a small program, written out in a ConfigMap, under a Role for exactly what it does; or objects of another engine.
 * The snapshots do not belong to it: deleting the policy deletes none of them.
 *
 * What it does in a run: for each claim that is bound, freeze (hooks), take the snapshot, thaw, wait until it is ready, and only then delete what
 * the retention gives up. What it did not make, what is held by the label `cdk8s-storage/hold: "true"`, and what is being restored is never deleted.
 */
export class SnapshotPolicy extends Construct {
  /** The name of the policy. */
  public readonly policyName: string;

  /** The namespace in which it runs. */
  public readonly namespace: string;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  private readonly retention: Retention;
  private readonly timeZone: string;
  private readonly engine: SnapshotEngine;

  /** @throws SNP004, SNP008, SNP011, SNP020 to SNP039, CSI006, CSI013, VOL005 */
  public constructor(scope: Construct, id: string, props: SnapshotPolicyProps) {
    super(scope, id);
    checkTypes(this, props);
    this.checkObjects(props);
    const engine = this.engine = props.engine ?? SnapshotEngine.embedded();
    const name = this.policyName = this.checkName(props.name);
    const reach = reachOf(this, props);
    this.namespace = reach.own;
    this.checkUnique(name, reach);
    this.timeZone = props.schedule.timeZone;
    this.retention = retentionOf(this, props.retention);
    checkReach(this, this.retention, props.schedule.expression);
    const { maxAgeSeconds, minReady } = this.retention;
    if (maxAgeSeconds !== undefined && minReady === 0) {
      report(this, POLICY_RULES.SNP038, { age: span(maxAgeSeconds) });
    }
    this.checkSnapshotLabels(props.snapshotLabels ?? {});
    const { classes, group, drivers } = classesOf(this, props);
    const claims = claimFilter(this, props.claims, reach);
    checkDeletion(this, props);
    const cronJob = `${PREFIX}${name}`;
    if (engine.name !== SnapshotEngine.embedded().name) {
      refuseLoss(this, engine, props);
      writeSnapshotSchedules(this, { name: cronJob, namespaces: reach.namespaces!, retention: this.retention }, props);
      return;
    }
    const hooks = hooksOf(this, props.hooks ?? [], drivers);
    const times = runTimes(this, props, hooks);
    const config: RunnerConfig = {
      policy: name,
      namespaces: reach.namespaces,
      claims,
      classes,
      group,
      retention: this.retention,
      timeZone: this.timeZone,
      labels: props.snapshotLabels ?? {},
      readyTimeoutSeconds: times.ready,
      maxParallel: props.maxParallel ?? 5,
      jitterSeconds: times.jitter,
      maxPending: props.maxPending ?? 2,
      hooks,
      surviveNamespaceDeletion: props.surviveNamespaceDeletion ?? false,
    };
    writeRunner(this, { name: cronJob, reach, config, times }, props);
    if (props.alerts) {
      writeAlerts(this, { policy: name, cronJob, namespace: reach.own, schedule: props.schedule, suspended: props.suspend ?? false, times }, props.alerts, props);
    }
  }

  /**
   * What the retention would make of a history of one claim: what is kept and why, newest first. It is the function that the program in the
   * cluster decides by.
   *
   * @param history snapshots in any order
   * @throws SNP035 for what is no time; SNP037 where another engine decides
   */
  public preview(history: SnapshotRecord[], options: PreviewOptions = {}): SnapshotVerdict[] {
    if (this.engine.name !== SnapshotEngine.embedded().name) {
      fail(this, POLICY_RULES.SNP037, { engine: this.engine.name, property: 'preview', why: 'it deletes by rules of its own', instead: 'look at its objects' });
    }
    const times = (Array.isArray(history) ? history : [history]).map(record => this.timeOf(record?.time));
    const snapshots = history.map(({ name, state = SnapshotState.READY, held }, index) => ({
      name: name ?? new Date(times[index]).toISOString(), time: times[index], state, held: held ? 'held' : undefined,
    }));
    const now = options.now === undefined ? Math.max(...times) : this.timeOf(options.now);
    const timeOf = new Map(snapshots.map(({ name, time }) => [name, new Date(time)]));
    return plan(snapshots, this.retention, { timeZone: new TimeZone(this.timeZone), now, orphaned: options.orphaned })
      .map(({ name, keep, reasons }) => ({ name, time: timeOf.get(name)!, kept: keep, reasons }));
  }

  private timeOf(date: Date): number {
    const time = date instanceof Date ? date.getTime() : NaN;
    return Number.isNaN(time) ? malformed(this, 'the time of a snapshot', date, 'it has to be a Date', "such as { time: new Date('2026-11-25T02:00:00Z') }") : time;
  }

  /** SNP020, SNP022, SNP035: what has to be an object of a class. */
  private checkObjects({ schedule, claims, engine }: SnapshotPolicyProps): void {
    if (!(schedule instanceof Schedule)) {
      fail(this, SNAPSHOT_RULES.SNP020, { what: 'the schedule', value: shown(schedule), problem: 'it is no Schedule', expected: typeof schedule === 'string' ? `schedule: Schedule.cron(${shown(schedule)})` : "schedule: Schedule.daily({ hour: 2, timeZone: 'Europe/Berlin' })" });
    }
    if (!(claims instanceof ClaimSelector)) {
      fail(this, SNAPSHOT_RULES.SNP022, { what: 'claims', problem: `it is ${shown(claims)}, and has to be a ClaimSelector`, expected: 'claims: ClaimSelector.of(claim), or ClaimSelector.all() for all of the namespace' });
    }
    if ((engine ?? undefined) !== undefined && !(engine instanceof SnapshotEngine)) {
      malformed(this, 'engine', engine, 'it has to be a SnapshotEngine', 'SnapshotEngine.snapScheduler(), or leave it out');
    }
  }

  /** SNP036 */
  private checkUnique(name: string, { namespaces }: Reach): void {
    const cluster = Cluster.of(this);
    const meets = (others?: readonly string[]) => !namespaces || !others || others.some(namespace => namespaces.includes(namespace));
    const other = cluster.members<Named>(POLICIES).find(each => each.name === name && meets(each.namespaces));
    if (other) {
      fail(this, POLICY_RULES.SNP036, { name, first: other.path });
    }
    cluster.join(POLICIES, { name, namespaces, path: this.node.path });
  }

  /** SNP035, MAN001 */
  private checkName(name: string): string {
    checkLabel(this, 'the name of the policy', name);
    const most = CRON_JOB_NAME - PREFIX.length;
    if (name.length > most) {
      malformed(this, 'the name of the policy', name, `with '${PREFIX}' in front of it, it is longer than the ${CRON_JOB_NAME} characters that a CronJob may have`, `at most ${most} characters`);
    }
    return name;
  }

  /** SNP039, MAN003 */
  private checkSnapshotLabels(labels: Record<string, string>): void {
    const own = Object.keys(labels).find(key => key === LABEL.managedBy || key.startsWith('cdk8s-storage/'));
    if (own !== undefined) {
      fail(this, POLICY_RULES.SNP039, { key: own });
    }
    checkMetadata(this, labels);
  }
}
