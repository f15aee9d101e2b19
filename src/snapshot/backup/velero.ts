import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { span, veleroAlerts } from './backup-alert-rules';
import { given, malformed, stepsOf } from './checks';
import { checkCopies } from './copies';
import { EngineInput, EngineOutput } from './engine-output';
import { BACKUP_RULES } from './rules';
import { noteVelero } from './velero-checks';
import { VeleroHook, VeleroOptions } from './velero-options';
import { VeleroSchedule, veleroSchedules } from './velero-schedules';
import { fail, report } from '../../findings/report';
import { checkLabel, checkMetadata, shown } from '../../manifest/validate';
import { checkHandedOver } from '../../volume/checks';
import { PersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { needController } from '../presence';

const CLASS_OF = 'velero.io/csi-volumesnapshot-class_';
const MARK = 'cdk8s-storage/backup-';

type Selector = { readonly matchLabels: { [label: string]: string } };

/** A Schedule for each tier. */
export function velero(scope: Construct, input: EngineInput, options: VeleroOptions): EngineOutput {
  const namespace = checkLabel(scope, 'the namespace of Velero', options.namespace ?? 'velero');
  const hours = input.retention.maxAge?.toHours();
  const schedules = veleroSchedules(input.schedule.expression, input.retention, hours === undefined ? Infinity : hours * 60);
  schedules.forEach(schedule => checkTtl(scope, schedule, nameOf(input, schedule)));
  if (options.moveData === false) {
    report(scope, BACKUP_RULES.SNP059);
  }
  needController(scope);
  const drivers = input.claims.claims?.map(claim => {
    checkCopies(scope, 'Snapshot', claim.dataSourceDriver, `claim '${claim.claimName}'`, 'BackupEngine.volSync, which can read a clone or the claim itself');
    return claim.dataSourceDriver?.driverName;
  });
  const annotations = classAnnotations(scope, options);
  const namespaces = namespacesOf(scope, input);
  noteVelero(scope, { drivers, chosen: new Set(options.snapshotClasses?.map(each => each.driver!.driverName)), namespaces: drivers ? [] : namespaces });
  const hooks = options.hooks ?? [];
  checkHooks(scope, hooks);
  const template = (ttl: number) => given({
    includedNamespaces: namespaces,
    includedNamespaceScopedResources: ['persistentvolumeclaims', ...(hooks.length > 0 ? ['pods'] : [])],
    ...selectors(selectorOf(scope, input), hooks),
    storageLocation: options.storageLocation === undefined ? undefined : checkLabel(scope, 'storageLocation', options.storageLocation),
    ttl: `${Math.round(ttl / 60)}h0m0s`,
    snapshotMoveData: options.moveData ?? true,
    // Otherwise a server that was told to copy files would read the volumes while they are written to.
    defaultVolumesToFsBackup: false,
    csiSnapshotTimeout: secondsOf(scope, 'snapshotTimeout', options.snapshotTimeout),
    itemOperationTimeout: secondsOf(scope, 'moveTimeout', options.moveTimeout),
    hooks: hooks.length > 0 ? { resources: hooks.map(hook => hookSpec(scope, hook, namespaces)) } : undefined,
  });
  return {
    objects: schedules.map(schedule => ({
      id: `Schedule-${schedule.tier ?? 'all'}`,
      manifest: {
        apiVersion: 'velero.io/v1',
        kind: 'Schedule',
        // Velero writes the name into a label.
        metadata: given({ name: checkLabel(scope, 'the name of the Schedule', nameOf(input, schedule)), namespace, annotations }),
        spec: given({ schedule: schedule.expression, paused: input.suspend || undefined, template: template(schedule.ttl) }),
      },
    })),
    alerts: schedules.flatMap(schedule => veleroAlerts(nameOf(input, schedule), schedule, input.alerts)),
  };
}

const nameOf = ({ name }: EngineInput, { tier }: VeleroSchedule) => (tier === undefined ? name : `${name}-${tier}`);

/** SNP060, SNP051 */
function checkTtl(scope: Construct, { gap, ttl }: VeleroSchedule, schedule: string): void {
  if (ttl < 2 * gap) {
    const expected = `maxAge of at least twice that: Duration.hours(${Math.ceil(2 * gap / 60)}), or a more frequent schedule`;
    fail(scope, BACKUP_RULES.SNP060, { schedule, gap: span(gap), ttl: span(ttl), expected });
  }
}

/** SNP051: by the names of claims of this app, or the namespaces that were given. */
function namespacesOf(scope: Construct, { claims, namespaces }: EngineInput): string[] {
  const all = claims.claims?.map(claim => claim.namespace) ?? namespaces;
  const nameless = all.includes(undefined);
  if (nameless) {
    malformed(scope, claims.claims ? `the namespace of the claim '${claims.claims.find(claim => claim.namespace === undefined)!.claimName}'` : 'the namespaces', 'it is not known, and Velero would back up all of the cluster',
      claims.claims ? "give the claim or its chart a namespace: new Chart(app, 'shop', { namespace: 'shop' })" : "namespaces: ['shop'], or a chart with a namespace");
  }
  return [...new Set(all as string[])];
}

/** The labels of the claims; those that are named get one. */
function selectorOf(scope: Construct, { name, claims }: EngineInput): Selector | undefined {
  if (!claims.claims) {
    return claims.matchLabels && { matchLabels: { ...claims.matchLabels } };
  }
  const label = `${MARK}${name}`;
  checkMetadata(scope, { [label]: 'true' });
  claims.claims.forEach(claim => ((claim as PersistentVolumeClaim).apiObject as ApiObject).metadata.addLabel(label, 'true'));
  return { matchLabels: { [label]: 'true' } };
}

/** Pods with hooks are selected beside the claims; where all claims are, so is every pod. */
function selectors(claims: Selector | undefined, hooks: readonly VeleroHook[]): object {
  return claims === undefined ? {} : hooks.length === 0 ? { labelSelector: claims } : { orLabelSelectors: [claims, ...hooks.map(hook => ({ matchLabels: hook.pods }))] };
}

/** SNP051: Velero takes the class for each driver from annotations of the Schedule. */
function classAnnotations(scope: Construct, { snapshotClasses = [] }: VeleroOptions): Record<string, string> | undefined {
  const annotations: Record<string, string> = {};
  for (const snapshotClass of snapshotClasses) {
    checkHandedOver(scope, 'the snapshot class', snapshotClass ?? 0, 'snapshotClassName', 'VolumeSnapshotClass.fromVolumeSnapshotClassName');
    const driver = snapshotClass.driver?.driverName;
    if (driver === undefined) {
      malformed(scope, `the snapshot class '${snapshotClass.snapshotClassName}'`, 'its driver is not declared, but Velero chooses a class for each driver', `VolumeSnapshotClass.fromVolumeSnapshotClassName('${snapshotClass.snapshotClassName}', { driver })`);
    }
    const key = `${CLASS_OF}${driver.toLowerCase()}`;
    if (annotations[key] !== undefined) {
      malformed(scope, 'snapshotClasses', `'${annotations[key]}' and '${snapshotClass.snapshotClassName}' are both of the driver '${driver}'`, 'one class for each driver');
    }
    annotations[key] = snapshotClass.snapshotClassName;
  }
  return snapshotClasses.length > 0 ? annotations : undefined;
}

function secondsOf(scope: Construct, what: string, duration: VeleroHook['timeout']): string | undefined {
  const seconds = stepsOf(scope, what, duration, 1, `whole seconds: ${what}: Duration.minutes(30)`);
  return seconds === undefined ? undefined : `${seconds}s`;
}

/** SNP051 */
function checkHooks(scope: Construct, hooks: readonly VeleroHook[]): void {
  for (const hook of hooks) {
    checkLabel(scope, 'the name of the hook', hook?.name);
    if (Object.keys(hook.pods ?? {}).length === 0) {
      malformed(scope, `the pods of the hook '${hook.name}'`, 'there are none', "pods: { app: 'db' }");
    }
    checkMetadata(scope, hook.pods);
    for (const part of ['freeze', 'thaw'] as const) {
      const command = hook[part] ?? (part === 'thaw' ? ['true'] : undefined);
      if (!Array.isArray(command) || command.length === 0 || command.some(word => typeof word !== 'string')) {
        malformed(scope, `${part} of the hook '${hook.name}'`, `it is ${Array.isArray(command) ? 'empty, or not of texts' : shown(command)}`, `a program and its arguments: ${part}: ['sh', '-c', 'sync']`);
      }
    }
    if (hook.container !== undefined) {
      checkLabel(scope, `the container of the hook '${hook.name}'`, hook.container);
    }
  }
}

function hookSpec(scope: Construct, hook: VeleroHook, includedNamespaces: string[]): object {
  const timeout = secondsOf(scope, 'timeout', hook.timeout);
  const exec = (command: string[]) => [{ exec: given({ container: hook.container, command: [...command], onError: hook.continueOnError ? 'Continue' : 'Fail', timeout }) }];
  return given({
    name: hook.name, includedNamespaces, includedResources: ['pods'], labelSelector: { matchLabels: hook.pods },
    pre: exec(hook.freeze), post: hook.thaw && exec(hook.thaw),
  });
}
