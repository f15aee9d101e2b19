import { Construct } from 'constructs';
import { longestGapOf } from './longest-gap';
import { malformed } from './policy-types';
import { RunTimes, seconds } from './run-times';
import { SnapshotPolicyAlerts } from './snapshot-policy-alerts';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';
import { AlertRule, duration, isAlertLabel, quote } from '../../volume/volume-alert-rules';
import { Schedule } from '../schedule';
import { span } from '../spans';

/** A cluster label is there only where Prometheus or Thanos adds one; several copies of kube-state-metrics say the same. */
const BY = '(cluster, namespace)';
const BY_JOB = '(cluster, namespace, job_name)';

/** kube-state-metrics is away for a moment when it is restarted. */
const NOT_WATCHED = 15 * 60;

/** Of which CronJob. */
export interface Watched {
  readonly policy: string;
  readonly cronJob: string;
  readonly namespace: string;
  readonly schedule: Schedule;
  readonly suspended: boolean;
  readonly times: RunTimes;
}

/** SNP035: writes the PrometheusRule. */
export function writeAlerts(scope: Construct, watched: Watched, alerts: SnapshotPolicyAlerts, common: ManifestProps): void {
  for (const label of Object.keys(alerts.alertLabels ?? {})) {
    if (!isAlertLabel(label)) {
      malformed(scope, 'the label of alerts.alertLabels', label, 'it has to be letters, digits and underscores, and not alertname', "such as alertLabels: { team: 'storage' }");
    }
  }
  const { startingDeadline, run, jitter } = watched.times;
  const slack = alerts.slack ? seconds(scope, 'alerts.slack', alerts.slack, 0) : startingDeadline + run + jitter;
  emit(scope, 'PrometheusRule', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: watched.cronJob, namespace: watched.namespace, labels: alerts.labels },
    spec: { groups: [{ name: `${watched.cronJob}.${watched.namespace}`, rules: alertRules(watched, slack, alerts.alertLabels ?? {}) }] },
  }, common);
}

/** The alerts: no success for too long, the last run failed, and suspended by hand. */
function alertRules({ policy, cronJob, namespace, schedule, suspended }: Watched, slack: number, labels: Record<string, string>): AlertRule[] {
  const gap = longestGapOf(schedule);
  const late = gap + slack;
  const inNamespace = `namespace=${quote(namespace)}`;
  const on = `{${inNamespace},cronjob=${quote(cronJob)}}`;
  const what = `The snapshot policy ${policy} in the namespace ${namespace}`;
  const since = [`max by ${BY} (kube_cronjob_status_last_successful_time${on})`, `max by ${BY} (kube_cronjob_created${on})`].join('\n  or\n  ');
  const failed = [
    `kube_job_status_start_time{${inNamespace}}`,
    `and on ${BY_JOB} (kube_job_failed{${inNamespace},condition="true"} == 1)`,
    `and on ${BY_JOB} kube_job_owner{${inNamespace},owner_kind="CronJob",owner_name=${quote(cronJob)}}`,
  ].join('\n  ');
  const rule = (alert: string, severity: string, expr: string, after: number, summary: string, description: string): AlertRule => ({
    alert, expr, for: duration(after), labels: { severity, ...labels }, annotations: { summary, description },
  });
  const failure = rule('SnapshotsFailed', 'warning', `max by ${BY} (\n  ${failed}\n) > (\n  ${since}\n)`, 0, 'Snapshots failed.',
    `${what}: the last run failed. Its log, and the events of the claims, say why: kubectl -n ${namespace} logs -l app.kubernetes.io/instance=${policy}.`);
  return suspended ? [failure] : [
    rule('SnapshotsLate', 'critical', `time() - (\n  ${since}\n) > ${late}`, 0, 'Snapshots are late.',
      `${what}: no run succeeded for all claims for {{ $value | humanizeDuration }}. One is due every ${span(gap)} at the latest.`),
    failure,
    rule('SnapshotsSuspended', 'warning', `max by ${BY} (kube_cronjob_spec_suspend${on}) == 1`, late, 'No snapshots are taken.',
      `${what} is suspended, but not in Git: kubectl -n ${namespace} patch cronjob ${cronJob} -p '{"spec":{"suspend":false}}'.`),
    rule('SnapshotsNotWatched', 'critical', `absent(kube_cronjob_created${on})`, NOT_WATCHED, 'Nobody knows whether snapshots are taken.',
      `${what}: its CronJob is gone, or kube-state-metrics does not tell of it.`),
  ];
}
