import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { malformed } from './policy-types';
import { POLICY_RULES } from './rules';
import { SnapshotPolicyProps } from './snapshot-policy-props';
import { fail, report } from '../../findings/report';
import { Hook } from '../../runtime/runner-config';
import { CronExpression } from '../cron';
import { span } from '../spans';

const HOUR = 3600;
/** More would not be a deadline. */
const MOST = 366 * 24 * HOUR;
/** The CronJob controller looks that often, and gives up on more missed starts. */
const LOOKS = 10;
const MISSED = 100;

/** The times of a run, in seconds. */
export interface RunTimes {
  readonly jitter: number;
  readonly ready: number;
  readonly run: number;
  readonly startingDeadline: number;
}

/** SNP035 */
export function seconds(scope: IConstruct, what: string, duration: Duration, least: number): number {
  const value = duration.toSeconds({ integral: false });
  if (!Number.isInteger(value) || value < least || value > MOST) {
    malformed(scope, what, duration.toHumanString(), `it has to be whole seconds, from ${least} to ${MOST}`, `such as ${what}: Duration.minutes(5), or leave it out for the default`);
  }
  return value;
}

/** SNP027, SNP028, SNP035: what a run may take, by what was given and how often it comes. */
export function runTimes(scope: IConstruct, props: SnapshotPolicyProps, hooks: readonly Hook[]): RunTimes {
  const { expression } = props.schedule;
  const gap = CronExpression.parse(expression).shortestGap * 60;
  const given = (what: 'jitter' | 'readyTimeout' | 'runTimeout' | 'startingDeadline', least: number, otherwise: () => number) => (
    props[what] ? seconds(scope, what, props[what], least) : otherwise());
  const jitter = given('jitter', 0, () => 0);
  const frozen = hooks.reduce((sum, hook) => sum + hook.timeoutSeconds, 0);
  const run = given('runTimeout', 1, () => Math.min(2 * HOUR, gap));
  const ready = given('readyTimeout', 1, () => Math.max(1, Math.min(HOUR / 2, Math.floor((run - jitter - frozen) / 2))));
  const startingDeadline = given('startingDeadline', LOOKS, () => Math.min(HOUR, gap));
  const parts = Object.entries({ jitter, hooks: frozen, readyTimeout: ready }).filter(([, part]) => part > 0);
  const wait = jitter + frozen + ready;
  if (wait > run) {
    fail(scope, POLICY_RULES.SNP027, { run: span(run), wait: span(wait), parts: parts.map(([what, part]) => `${what} ${span(part)}`).join(', '), minutes: Math.ceil(wait / 60) });
  }
  if (run > gap) {
    report(scope, POLICY_RULES.SNP028, { run: span(run), expression, gap: span(gap) });
  }
  if (startingDeadline > MISSED * gap) {
    malformed(scope, 'startingDeadline', span(startingDeadline), `it spans more than ${MISSED} runs of '${expression}', and after so many missed ones Kubernetes starts none`, `at most ${span(MISSED * gap)}`);
  }
  return { jitter, ready, run, startingDeadline };
}
