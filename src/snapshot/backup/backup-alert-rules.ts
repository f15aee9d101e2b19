import { AlertInput } from './engine-output';
import { VeleroSchedule } from './velero-schedules';
import { AlertRule, duration, quote } from '../../volume/volume-alert-rules';

const HALF_AN_HOUR = 30;
const DAY = 24 * 60;

/** `90m`, `4d`, of minutes. */
export const span = (minutes: number) => duration(Math.round(minutes) * 60);

/** How late a backup may be: a quarter of the time between two, but not less than half an hour, and not more than a day. */
const toleranceOf = (gap: number, { tolerance }: AlertInput) => tolerance ?? Math.max(HALF_AN_HOUR, Math.min(gap / 4, DAY));

function rule(alert: string, severity: string, expr: string, after: string, labels: AlertInput['labels'], summary: string, description: string): AlertRule {
  return { alert, expr, for: after, labels: { severity, ...labels }, annotations: { summary, description } };
}

/** Of ReplicationSources in one namespace. @param gap the longest time between two runs, in minutes */
export function volSyncAlerts(namespace: string | undefined, sources: readonly string[], gap: number, input: AlertInput): AlertRule[] {
  const matchers = (name: string) => `{${[...(namespace === undefined ? [] : [`obj_namespace=${quote(namespace)}`]), name, 'role="source"'].join(',')}}`;
  const all = matchers(`obj_name=~${quote(sources.join('|').replace(/\./g, '\\.'))}`);
  const late = span(toleranceOf(gap, input));
  const by = '(cluster, obj_namespace, obj_name)';
  const source = '{{ $labels.obj_namespace }}/{{ $labels.obj_name }}';
  return [
    rule('BackupOutOfDate', 'critical', `max by ${by} (volsync_volume_out_of_sync${all}) == 1`, late, input.labels, 'A claim has no backup of when it should have.',
      `The ReplicationSource ${source} failed, is paused or takes too long; its events and the log of its mover say why.`),
    rule('BackupMissed', 'warning', `sum by ${by} (increase(volsync_missed_intervals_total${all}[${span(2 * gap)}])) > 0`, '0s', input.labels, 'A backup took until the next one was due.',
      `A backup by the ReplicationSource ${source} was not complete when the next one was to start.`),
    // Without VolSync there is nothing that could be out of date.
    ...sources.map(name => rule('BackupNotWatched', 'critical', `absent(volsync_volume_out_of_sync${matchers(`obj_name=${quote(name)}`)})`, late, input.labels,
      'Nobody knows whether there are backups.', `VolSync does not report on the ReplicationSource ${namespace === undefined ? '' : `${namespace}/`}${name}: it is not running, not scraped, or has no such object.`)),
  ];
}

/** Of one Schedule of Velero. */
export function veleroAlerts(name: string, { gap, ttl }: VeleroSchedule, input: AlertInput): AlertRule[] {
  const of = `{schedule=${quote(name)}}`;
  const tolerance = Math.min(toleranceOf(gap, input), (ttl - gap) / 2);
  const late = gap + tolerance;
  const age = `time() - max by (cluster, schedule) (velero_backup_last_successful_timestamp${of})`;
  const failures = ['failure', 'partial_failure', 'validation_failure'].map(what => `increase(velero_backup_${what}_total${of}[${span(late)}])`);
  return [
    rule('BackupOutOfDate', 'critical', `${age} > ${Math.round(late * 60)}`, '5m', input.labels, 'There is no backup of when there should be one.',
      `The last good backup of the Schedule ${name} is {{ $value | humanizeDuration }} old; one is due every ${span(gap)}.`),
    // Half of the time between being late and being gone.
    rule('LastBackupExpires', 'critical', `${age} > ${Math.round((late + ttl) * 30)}`, '5m', input.labels, 'The last good backup will be deleted.',
      `The last good backup of the Schedule ${name} is {{ $value | humanizeDuration }} old. Velero deletes it when it is ${span(ttl)} old, although there is no newer one: set status.expiration of the Backup to a later time.`),
    rule('BackupFailed', 'warning', `sum by (cluster, schedule) (${failures.join(' + ')}) > 0`, '0s', input.labels, 'A backup failed, or is not complete.',
      `A backup of the Schedule ${name} failed in whole or in part: velero backup describe says why.`),
    rule('BackupNotWatched', 'critical', `absent(velero_backup_last_successful_timestamp${of})`, span(late), input.labels, 'There is no good backup at all.',
      `Velero reports no good backup of the Schedule ${name}: it never made one, is not running, or not scraped.`),
  ];
}
