import { AccessMode } from './modes';

/** What alerts are made of; checked. */
export interface AlertSettings {
  readonly namespaces?: string;
  readonly claims?: string;
  readonly excludeClaims?: string;
  readonly excludeAccessModes: readonly AccessMode[];
  readonly warning: number;
  readonly critical: number;
  readonly fullWithinSeconds: number;
  readonly warningAfterSeconds: number;
  readonly criticalAfterSeconds: number;
  readonly fullWithinAfterSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** An alert as Prometheus reads it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

/** Several nodes report a shared volume; a cluster label is there only where Prometheus or Thanos adds one. */
const BY = '(cluster, namespace, persistentvolumeclaim)';
const CLAIM = '{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}';
const PACE = '6h';
const HALF = 0.5;

/** Whether an alert may be given a label of that name. */
export const isAlertLabel = (label: string) => /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) && label !== 'alertname';

export const quote = (text: string) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;

/** The labels of the kubelet's metrics that are watched. */
function selector(settings: AlertSettings): string {
  const matchers = [
    settings.namespaces === undefined ? [] : [`namespace=~${quote(settings.namespaces)}`],
    settings.claims === undefined ? [] : [`persistentvolumeclaim=~${quote(settings.claims)}`],
    settings.excludeClaims === undefined ? [] : [`persistentvolumeclaim!~${quote(settings.excludeClaims)}`],
  ].flat();
  return matchers.length === 0 ? '' : `{${matchers.join(',')}}`;
}

/** `90m`, `4d`: the largest unit that is whole. */
export function duration(seconds: number): string {
  const [unit, length] = ([['d', 86400], ['h', 3600], ['m', 60], ['s', 1]] as const).find(([, size]) => seconds > 0 && seconds % size === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

/** The alerts. Two of one name differ in severity, so the usual inhibition of warnings by critical alerts holds. */
export function alertRules(settings: AlertSettings): AlertRule[] {
  const on = selector(settings);
  const shared = settings.excludeAccessModes.length === 0 ? ''
    : `\nunless on ${BY} kube_persistentvolumeclaim_access_mode{access_mode=~${quote(settings.excludeAccessModes.join('|'))}} == 1`;
  // What only root may write counts as used; a volume without a capacity has no ratio, instead of one divided by zero.
  const used = (free: string, all: string) => `max by ${BY} (1 - kubelet_volume_stats_${free}${on} / (kubelet_volume_stats_${all}${on} > 0))`;
  const bytes = used('available_bytes', 'capacity_bytes');
  const inodes = used('inodes_free', 'inodes');
  const within = duration(settings.fullWithinSeconds);
  const rule = (alert: string, severity: string, expr: string, after: number, summary: string, description: string): AlertRule => ({
    alert, expr: `${expr}${shared}`, for: duration(after), labels: { severity, ...settings.labels }, annotations: { summary, description },
  });
  const levels = [['warning', settings.warning, settings.warningAfterSeconds], ['critical', settings.critical, settings.criticalAfterSeconds]] as const;
  return [
    ...levels.map(([severity, limit, after]) => rule('VolumeFillingUp', severity, `${bytes} > ${limit}`, after, 'A volume is almost full.',
      `The volume of the claim ${CLAIM} is {{ $value | humanizePercentage }} full.`)),
    ...levels.map(([severity, limit, after]) => rule('VolumeInodesFillingUp', severity, `${inodes} > ${limit}`, after, 'A volume has almost no inodes left.',
      `The volume of the claim ${CLAIM} has {{ $value | humanizePercentage }} of its inodes in use: no more files can be made soon, however small.`)),
    rule('VolumeFullSoon', 'warning',
      `min by ${BY} (predict_linear(kubelet_volume_stats_available_bytes${on}[${PACE}], ${settings.fullWithinSeconds})) < 0\nand on ${BY} ${bytes} > ${HALF}`,
      settings.fullWithinAfterSeconds, 'A volume will be full soon.', `At the pace of the last ${PACE} the volume of the claim ${CLAIM} is full within ${within}.`),
    rule('VolumeAbnormal', 'warning', `max by ${BY} (kubelet_volume_stats_health_status_abnormal${on}) == 1`, settings.warningAfterSeconds, 'A volume is not healthy.',
      `The driver reports the volume of the claim ${CLAIM} as abnormal; the events of its pods say why.`),
  ];
}
