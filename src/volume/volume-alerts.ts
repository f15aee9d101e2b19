import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AccessMode } from './modes';
import { VOLUME_RULES } from './rules';
import { AlertSettings, alertRules, isAlertLabel } from './volume-alert-rules';
import { fail } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain, shown } from '../manifest/validate';

/** Properties of VolumeAlerts. */
export interface VolumeAlertsProps extends ManifestProps {
  /** The name of the PrometheusRule. */
  readonly name: string;

  /**
   * The namespace of the PrometheusRule.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * The namespaces whose claims are watched, as a regular expression (RE2) that has to match all of the name: `shop|shop-.*`.
   *
   * @default - all
   */
  readonly namespaces?: string;

  /**
   * The claims that are watched, as a regular expression that has to match all of the name.
   *
   * @default - all
   */
  readonly claims?: string;

  /**
   * Claims that are left out, as a regular expression that has to match all of the name.
   *
   * @default - none
   */
  readonly excludeClaims?: string;

  /**
   * Claims of these access modes are left out. A volume that is a directory of a shared server, such as NFS, reports what all of the server has, and
   * a volume that is only read does not fill up. Needs kube-state-metrics, which knows access modes; without it nothing is left out.
   *
   * @default - none
   */
  readonly excludeAccessModes?: AccessMode[];

  /**
   * From how many percent in use a warning is given, for bytes and inodes: 85, not 0.85.
   *
   * @default 85
   */
  readonly warningPercent?: number;

  /**
   * From how many percent in use it is critical, for bytes and inodes: 95, not 0.95.
   *
   * @default 95
   */
  readonly criticalPercent?: number;

  /**
   * A warning is given when a volume will be full within this time, at the pace of the last 6 hours, and is at least half full already.
   *
   * @default Duration.days(4)
   */
  readonly fullWithin?: Duration;

  /**
   * How long a volume has to be over the threshold of a warning.
   *
   * @default Duration.minutes(15)
   */
  readonly warningAfter?: Duration;

  /**
   * How long a volume has to be over the threshold of a critical alert.
   *
   * @default Duration.minutes(1)
   */
  readonly criticalAfter?: Duration;

  /**
   * How long a volume has to be about to be full.
   *
   * @default Duration.hours(1)
   */
  readonly fullWithinAfter?: Duration;

  /**
   * Labels of every alert, for routing. `severity` is `warning` or `critical` unless it is given here. The labels by which a Prometheus selects
   * the PrometheusRule itself go into `labels`.
   *
   * @default - none
   */
  readonly alertLabels?: { [key: string]: string };
}

/**
 * A PrometheusRule that alerts before volumes are full, from what the kubelet measures (`kubelet_volume_stats_…`). Needs the
 * prometheus-operator, and a Prometheus that scrapes the kubelets and selects the rule by its `labels`.
 */
export class VolumeAlerts extends Construct {
  /** The PrometheusRule object. */
  public readonly apiObject: ApiObject;

  /** @throws VOL038 for thresholds, times and patterns */
  public constructor(scope: Construct, id: string, props: VolumeAlertsProps) {
    super(scope, id);
    const name = checkSubdomain(this, 'the name of the PrometheusRule', props.name);
    this.apiObject = emit(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name, namespace: props.namespace },
      spec: { groups: [{ name, rules: alertRules(this.settings(props)) }] },
    }, props);
  }

  private settings(props: VolumeAlertsProps): AlertSettings {
    const warningPercent = props.warningPercent ?? 85;
    const criticalPercent = props.criticalPercent ?? 95;
    const alertLabels = props.alertLabels ?? {};
    const excludeAccessModes = props.excludeAccessModes ?? [];
    this.requirePercent('criticalPercent', criticalPercent, 100, 95);
    this.requirePercent('warningPercent', warningPercent, criticalPercent, 85);
    for (const what of ['namespaces', 'claims', 'excludeClaims'] as const) {
      this.require(what, props[what] ?? '.*', isPattern(props[what] ?? '.*'), 'a regular expression of Prometheus (RE2), which has no look-around and no back references', `${what}: 'shop|shop-.*'`);
    }
    for (const [label, value] of Object.entries(alertLabels)) {
      this.require('the label of alertLabels', label, isAlertLabel(label) && typeof value === 'string',
        'letters, digits and underscores, not alertname, and with a value', "alertLabels: { team: 'storage' }");
    }
    for (const mode of excludeAccessModes) {
      this.require('the mode of excludeAccessModes', mode, Object.values(AccessMode).includes(mode), 'an access mode', 'excludeAccessModes: [AccessMode.READ_WRITE_MANY]');
    }
    const seconds = (what: string, duration: Duration, least: number) => {
      const value = duration.toSeconds({ integral: false });
      this.require(what, duration.toHumanString(), Number.isInteger(value) && value >= least, `whole seconds, at least ${least}`, `${what}: Duration.hours(1)`);
      return value;
    };
    return {
      namespaces: props.namespaces ?? undefined,
      claims: props.claims ?? undefined,
      excludeClaims: props.excludeClaims ?? undefined,
      excludeAccessModes,
      warning: warningPercent / 100,
      critical: criticalPercent / 100,
      fullWithinSeconds: seconds('fullWithin', props.fullWithin ?? Duration.days(4), 60),
      warningAfterSeconds: seconds('warningAfter', props.warningAfter ?? Duration.minutes(15), 0),
      criticalAfterSeconds: seconds('criticalAfter', props.criticalAfter ?? Duration.minutes(1), 0),
      fullWithinAfterSeconds: seconds('fullWithinAfter', props.fullWithinAfter ?? Duration.hours(1), 0),
      labels: alertLabels,
    };
  }

  /** A fraction is taken for what it was meant: 0.85 is 85 percent. */
  private requirePercent(what: string, value: number, limit: number, usual: number): void {
    const meant = value > 0 && value < 1 ? Math.round(value * 100) : usual;
    const bound = limit === 100 ? '100' : `criticalPercent (${limit})`;
    this.require(what, value, value >= 1 && value < limit, `in percent, from 1 and less than ${bound}`, `${what}: ${meant}`);
  }

  private require(what: string, value: unknown, holds: boolean, expected: string, example: string): void {
    if (!holds) {
      fail(this, VOLUME_RULES.VOL038, { what, value: shown(value), expected, example });
    }
  }
}

/** Whether JavaScript reads it, and RE2 is likely to: what RE2 lacks is look-around and back references. */
function isPattern(pattern: string): boolean {
  if (typeof pattern !== 'string' || pattern === '' || /\(\?(?!:)|\\[1-9k]/.test(pattern)) {
    return false;
  }
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
