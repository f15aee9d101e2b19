import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { BackupEngine } from './backup-engine';
import { malformed, stepsOf } from './checks';
import { AlertInput, EngineInput, EngineOutput } from './engine-output';
import { EngineName, inexpressible } from './expressible';
import { checkRetention } from './retention-checks';
import { BACKUP_RULES } from './rules';
import { velero } from './velero';
import { volSync } from './volsync';
import { report } from '../../findings/report';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';
import { checkLabel, shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { notHandedOver } from '../../volume/checks';
import { isAlertLabel } from '../../volume/volume-alert-rules';
import { ClaimSelector } from '../claim-selector';
import { checkReach } from '../retention-numbers';
import { Schedule } from '../schedule';
import { SnapshotRetention } from '../snapshot-retention';

/** Alerts of a BackupPolicy: a PrometheusRule. Needs the prometheus-operator, and a Prometheus that scrapes the engine. */
export interface BackupAlerts {
  /**
   * The name of the PrometheusRule.
   *
   * @default - that of the policy
   */
  readonly name?: string;

  /**
   * Its namespace.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * How much later than expected a backup may be complete. In whole minutes. VolSync tells only when two runs were due, so its alert is one run later.
   *
   * @default - a quarter of the time between two, but at least 30 minutes and at most a day
   */
  readonly tolerance?: Duration;

  /**
   * Labels of every alert, for routing. `severity` is `warning` or `critical` unless it is given here. The labels by which a Prometheus selects
   * the PrometheusRule itself go into the `labels` of the policy.
   *
   * @default - none
   */
  readonly alertLabels?: { [key: string]: string };
}

/** Properties of a BackupPolicy. */
export interface BackupPolicyProps extends ManifestProps {
  /** The name of the policy. What the engine makes is named after it. */
  readonly name: string;

  /** When a backup is made. */
  readonly schedule: Schedule;

  /** What is backed up. */
  readonly claims: ClaimSelector;

  /** Which backups are kept. */
  readonly retention: SnapshotRetention;

  /** Who makes them. */
  readonly engine: BackupEngine;

  /**
   * The namespaces of the claims, where the claims are not handed over themselves.
   *
   * @default - the chart's
   */
  readonly namespaces?: string[];

  /**
   * Whether no further backups are made for now. Alerts stay. Velero goes on deleting those whose time is over.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * Alerts on backups that fail, are late, or about to be deleted without a newer one.
   *
   * @default - none
   */
  readonly alerts?: BackupAlerts;
}

const ENGINES: { readonly [engine in EngineName]: (scope: Construct, input: EngineInput, engine: BackupEngine) => EngineOutput } = {
  VolSync: (scope, input, engine) => volSync(scope, input, engine.volSyncOptions!),
  Velero: (scope, input, engine) => velero(scope, input, engine.veleroOptions!),
};

/**
 * Backups that survive the storage of which they are: the data of claims is copied, again and again, into object storage elsewhere. Snapshots do not: they
 * die with their storage.
 *
 * Written are the custom resources of an engine that is installed by other means. What the engine cannot express is the error `SNP050`, never left out.
 */
export class BackupPolicy extends Construct {
  /** The PrometheusRule, if alerts were asked for. */
  public readonly alertsObject?: ApiObject;

  private readonly written: ApiObject[];

  /** @throws SNP011, SNP021, SNP023, SNP025, SNP051 to SNP053, SNP060, SNP061; SNP050 is found when the app is synthesized */
  public constructor(scope: Construct, id: string, props: BackupPolicyProps) {
    super(scope, id);
    const { schedule, claims, retention, engine } = this.checkHandedOver(props);
    const name = checkLabel(this, 'the name of the BackupPolicy', props.name);
    claims.claims?.forEach(claim => Cluster.requireSame(this, claim, `PersistentVolumeClaim.fromClaimName('${claim.claimName}')`));
    const numbers = checkRetention(this, retention);
    this.written = [];
    const engineName = engine.engineName as EngineName;
    const beyond = inexpressible(engineName, { schedule, claims, retention });
    beyond.forEach(facts => report(this, BACKUP_RULES.SNP050, { engine: engineName, ...facts }));
    if (beyond.length > 0) {
      return;
    }
    checkReach(this, numbers, schedule.expression);
    const input = { name, schedule, claims, retention, namespaces: this.checkNamespaces(props), suspend: props.suspend ?? false, alerts: this.alertInput(props.alerts ?? {}) };
    const output = ENGINES[engineName](this, input, engine);
    this.written = output.objects.map(object => emit(this, object.id, object.manifest, props));
    if (props.alerts) {
      const metadata = { name: props.alerts.name ?? name, namespace: props.alerts.namespace };
      this.alertsObject = emit(this, 'Alerts', {
        apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata, spec: { groups: [{ name: metadata.name, rules: output.alerts }] },
      }, props);
    }
  }

  /** The objects of the engine. */
  public get apiObjects(): ApiObject[] {
    return [...this.written];
  }

  /** SNP051 */
  private checkHandedOver(props: BackupPolicyProps): BackupPolicyProps {
    const { schedule, claims, engine, retention } = props;
    const missing = (what: string, value: unknown, example: string) => malformed(this, what, notHandedOver(value), `hand one over: ${example}`);
    if (!(schedule instanceof Schedule)) {
      missing('the schedule', schedule, 'schedule: Schedule.daily({ hour: 3 })');
    }
    if (!(claims instanceof ClaimSelector)) {
      missing('the selection of claims', claims, 'claims: ClaimSelector.of(claim)');
    }
    if (!(engine instanceof BackupEngine)) {
      missing('the engine', engine, "engine: BackupEngine.volSync({ repository: 'restic-${pvc.name}' })");
    }
    if (typeof retention !== 'object' || retention === null) {
      missing('the retention', retention, 'retention: { daily: 7, weekly: 4 }');
    }
    return props;
  }

  /** SNP051 */
  private checkNamespaces({ claims, namespaces }: BackupPolicyProps): (string | undefined)[] {
    if (namespaces === undefined || namespaces === null) {
      return [Chart.of(this).namespace];
    }
    if (claims.claims) {
      malformed(this, 'namespaces', 'the claims are handed over, and are in namespaces of their own', 'leave it out');
    }
    if (!Array.isArray(namespaces) || namespaces.length === 0 || new Set(namespaces).size < namespaces.length) {
      malformed(this, 'namespaces', Array.isArray(namespaces) ? 'the list is empty, or has one twice' : `it is ${shown(namespaces)}`, "name each once: namespaces: ['shop']; or leave it out for that of the chart");
    }
    return namespaces.map(namespace => checkLabel(this, 'the namespace of the claims', namespace));
  }

  /** SNP051 */
  private alertInput({ tolerance, alertLabels = {} }: BackupAlerts): AlertInput {
    for (const [label, value] of Object.entries(alertLabels)) {
      if (!isAlertLabel(label) || typeof value !== 'string') {
        malformed(this, `the label '${label}' of alertLabels`, 'Prometheus does not take it', "letters, digits and underscores, not alertname, and with a value: alertLabels: { team: 'storage' }");
      }
    }
    return { tolerance: stepsOf(this, 'tolerance', tolerance, 60, 'whole minutes: tolerance: Duration.hours(2)'), labels: alertLabels };
  }
}
