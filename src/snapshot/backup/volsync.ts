import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { volSyncAlerts } from './backup-alert-rules';
import { given, malformed, stepsOf } from './checks';
import { checkCopies, checkSnapshotClass } from './copies';
import { EngineInput, EngineOutput } from './engine-output';
import { moverSpec } from './mover';
import { BACKUP_RULES } from './rules';
import { CopyMethod, VolSyncOptions } from './volsync-options';
import { fail, report } from '../../findings/report';
import { checkSubdomain } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { checkAccessModes, checkClassHandedOver, checkHandedOver } from '../../volume/checks';
import { IPersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { CronExpression, spaced } from '../cron';
import { SnapshotRetention } from '../snapshot-retention';

const CLAIM_NAME = '${pvc.name}';
const DAY = 24 * 60 * 60;
/** VolSync puts up to 18 characters around the name of a source. */
const LONGEST_NAME = 253 - 18;

/** A claim that is backed up. */
interface Source {
  readonly claimName: string;
  readonly namespace: string | undefined;
  readonly claim?: IPersistentVolumeClaim;
}

/** A ReplicationSource for each claim. */
export function volSync(scope: Construct, input: EngineInput, options: VolSyncOptions): EngineOutput {
  const sources = sourcesOf(scope, input);
  const secrets = sources.map(source => repositoryOf(scope, source, options));
  checkRepositories(scope, sources, secrets);
  checkShape(scope, options);
  const common = given({
    ...moverSpec(scope, options),
    retain: retain(input.retention),
    pruneIntervalDays: stepsOf(scope, 'pruneInterval', options.pruneInterval, DAY, 'whole days: pruneInterval: Duration.days(7)'),
    unlock: options.unlock,
  });
  const objects = sources.map((source, index) => {
    const name = `${input.name}-${source.claimName}`;
    if (name.length > LONGEST_NAME) {
      malformed(scope, `the ReplicationSource of the claim '${source.claimName}'`, `with ${name.length} characters its name is too long for what VolSync derives from it`, 'a shorter name of the BackupPolicy');
    }
    Cluster.of(scope).join(BACKED_UP, source);
    return {
      id: `Source-${source.namespace ?? ''}-${source.claimName}`,
      manifest: {
        apiVersion: 'volsync.backube/v1alpha1',
        kind: 'ReplicationSource',
        metadata: { name, namespace: source.namespace },
        spec: given({
          sourcePVC: source.claimName,
          trigger: { schedule: spaced(input.schedule.expression) },
          paused: input.suspend || undefined,
          restic: { repository: secrets[index], ...copyOf(scope, source, options), ...common },
        }),
      },
    };
  });
  const { longestGap } = CronExpression.parse(input.schedule.expression);
  const alerts = [...new Set(sources.map(source => source.namespace))].flatMap(namespace => (
    volSyncAlerts(namespace, sources.filter(source => source.namespace === namespace).map(source => `${input.name}-${source.claimName}`), longestGap, input.alerts)));
  return { objects, alerts };
}

/** Claims that VolSync backs up. */
const BACKED_UP = 'claims backed up by VolSync';

/** Whether a claim of this name and namespace is backed up in the cluster. */
export function isBackedUp(scope: Construct, claim: IPersistentVolumeClaim): boolean {
  return Cluster.of(scope).members<Source>(BACKED_UP).some(source => source.claimName === claim.claimName && source.namespace === namespaceOf(scope, claim));
}

/** Where nothing is said, that of the chart, into which the objects go. */
function namespaceOf(scope: Construct, claim: IPersistentVolumeClaim): string | undefined {
  return claim.namespace ?? Chart.of(scope).namespace;
}

function sourcesOf(scope: Construct, { claims, namespaces }: EngineInput): Source[] {
  const { claims: named, ofStatefulSet: statefulSet, templates = [], replicas = 0 } = claims;
  return named?.map(claim => ({ claimName: claim.claimName, namespace: namespaceOf(scope, claim), claim }))
    ?? namespaces.flatMap(namespace => templates.flatMap(template => (
      Array.from({ length: replicas }, (_, ordinal) => ({ claimName: `${template}-${statefulSet}-${ordinal}`, namespace })))));
}

/** SNP051: the Secret of a claim. */
function repositoryOf(scope: Construct, { claimName }: Source, { repository, repositories }: VolSyncOptions): string {
  const name = repositories?.[claimName] ?? repository;
  if (typeof name !== 'string') {
    malformed(scope, `the repository of the claim '${claimName}'`, 'it is missing', `name the Secret with RESTIC_REPOSITORY and RESTIC_PASSWORD: BackupEngine.volSync({ repository: 'restic-${claimName}' })`);
  }
  return checkSubdomain(scope, `the Secret of the repository of the claim '${claimName}'`, name.split(CLAIM_NAME).join(claimName));
}

/** SNP052, in this policy and beside others. */
function checkRepositories(scope: Construct, sources: readonly Source[], secrets: readonly string[]): void {
  const owners = new Map<string, string>();
  sources.forEach(({ claimName, namespace }, index) => {
    const key = `${namespace ?? 'default'}/${secrets[index]}`;
    const other = owners.get(key);
    if (other !== undefined) {
      fail(scope, BACKUP_RULES.SNP052, { key, claims: `the claims '${other}' and '${claimName}'` });
    }
    owners.set(key, claimName);
    Cluster.of(scope).claim(scope, 'restic repository', key, BACKUP_RULES.SNP052, { claims: `the claim '${claimName}', and is that of another BackupPolicy in this cluster` });
  });
}

/** SNP051, VOL005, VOL008 */
function checkShape(scope: Construct, { copyMethod, snapshotClass, storageClass, accessModes, unlock }: VolSyncOptions): void {
  if (copyMethod !== undefined && !Object.values(CopyMethod).includes(copyMethod)) {
    malformed(scope, `copyMethod '${copyMethod}'`, 'there is none of that name', 'CopyMethod.SNAPSHOT, CLONE or DIRECT');
  }
  checkHandedOver(scope, 'the snapshot class', snapshotClass, 'snapshotClassName', 'VolumeSnapshotClass.fromVolumeSnapshotClassName');
  checkClassHandedOver(scope, storageClass);
  Cluster.requireSame(scope, snapshotClass, `VolumeSnapshotClass.fromVolumeSnapshotClassName('${snapshotClass?.snapshotClassName}')`);
  Cluster.requireSame(scope, storageClass, `StorageClass.fromStorageClassName('${storageClass?.storageClassName}')`);
  if (accessModes !== undefined) {
    checkAccessModes(scope, accessModes);
  }
  if (unlock !== undefined && (typeof unlock !== 'string' || unlock === '')) {
    malformed(scope, 'unlock', 'it is no text', "any text that was not there before, such as the date: unlock: '2026-11-25'");
  }
}

/** SNP003, SNP011, SNP012, SNP051, SNP055, SNP061: how a claim is copied. */
function copyOf(scope: Construct, { claim, claimName }: Source, options: VolSyncOptions): object {
  const driver = claim?.dataSourceDriver;
  const what = `claim '${claimName}'`;
  const able = driver?.capabilities;
  const copyMethod = options.copyMethod ?? (!able || able.snapshot ? CopyMethod.SNAPSHOT : able.clone ? CopyMethod.CLONE : CopyMethod.DIRECT);
  const { snapshotClass, storageClass, accessModes } = options;
  const useless = copyMethod !== CopyMethod.SNAPSHOT && snapshotClass ? 'snapshotClass'
    : copyMethod === CopyMethod.DIRECT && storageClass ? 'storageClass'
      : copyMethod === CopyMethod.DIRECT && accessModes ? 'accessModes' : undefined;
  if (useless !== undefined) {
    malformed(scope, useless, `the ${what} is copied by ${copyMethod}, which has no use for it`, 'leave it out, or copyMethod: CopyMethod.SNAPSHOT if the driver takes snapshots');
  }
  if (copyMethod === CopyMethod.DIRECT) {
    report(scope, BACKUP_RULES.SNP055, { claim: claimName });
  } else {
    checkCopies(scope, copyMethod, driver, what, `copyMethod: CopyMethod.${copyMethod === CopyMethod.SNAPSHOT ? 'CLONE or DIRECT' : 'SNAPSHOT or DIRECT'}`);
  }
  if (copyMethod === CopyMethod.SNAPSHOT) {
    checkSnapshotClass(scope, snapshotClass, driver, what);
  }
  return given({ copyMethod, volumeSnapshotClassName: snapshotClass?.snapshotClassName, storageClassName: storageClass?.storageClassName, accessModes });
}

function retain({ last, hourly, daily, weekly, monthly, yearly, within }: SnapshotRetention): object {
  const counts = Object.entries({ hourly, daily, weekly, monthly, yearly }).filter(([, count]) => count);
  return { ...(last ? { last: `${last}` } : {}), ...Object.fromEntries(counts), ...(within ? { within: `${within.toHours()}h` } : {}) };
}
