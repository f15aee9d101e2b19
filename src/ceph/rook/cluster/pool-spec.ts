import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { RookBlockPoolOptions, RookFailureDomain, RookMirroringMode, RookMirroringOptions, RookPoolOptions } from './rook-pool-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { fail, report } from '../../../findings/report';
import { checkSubdomain, quantity, shown } from '../../../manifest/validate';
import { NodeCount } from '../../../platform/node-count';
import { Platform } from '../../../platform/platform';

const COMPRESSION = 'compression_mode';
/** More copies, and pieces, than anybody keeps; Ceph itself has no limit that is reached. */
const MOST_COPIES = 10;
const MOST_PIECES = 100;

/** CEPH156 */
export function refusePool(scope: Construct, pool: string, problem: string, expected: string): never {
  return fail(scope, ROOK_CLUSTER_RULES.CEPH156, { pool, problem, expected });
}

const isCount = (value: number, least: number) => Number.isInteger(value) && value >= least;

/** What makes no pool at all. CEPH156 */
function checkForm(scope: Construct, pool: string, options: RookPoolOptions): void {
  const { replicas, erasureCoding, requireSafeReplicaSize, targetSizeRatio, deviceClass, parameters, compression } = options;
  const say = (problem: string, expected: string) => refusePool(scope, pool, problem, expected);
  if (replicas !== undefined && erasureCoding) {
    say('it has replicas and erasureCoding', 'a pool keeps copies or pieces: leave one of them out');
  }
  if (replicas !== undefined && !(isCount(replicas, 1) && replicas <= MOST_COPIES)) {
    say(`${shown(replicas)} is no number of copies`, 'replicas: 3');
  }
  if (erasureCoding && !(isCount(erasureCoding.dataChunks, 2) && isCount(erasureCoding.codingChunks, 1) && copiesOf(options) <= MOST_PIECES)) {
    say('erasure coding takes two or more dataChunks, and one or more codingChunks', 'erasureCoding: { dataChunks: 4, codingChunks: 2 }');
  }
  if (erasureCoding && ![undefined, 'isa', 'jerasure'].includes(erasureCoding.algorithm)) {
    say(`there is no algorithm ${shown(erasureCoding.algorithm)}`, "leave it out, or write 'isa' or 'jerasure'");
  }
  if (erasureCoding && requireSafeReplicaSize !== undefined) {
    say('requireSafeReplicaSize is said of copies, but it has pieces', 'leave it out');
  }
  if (replicas === 1 && requireSafeReplicaSize !== false) {
    say('one copy is refused, because the first disk that breaks takes a part of every image with it', 'replicas: 3; for data that can be made again also requireSafeReplicaSize: false');
  }
  if (targetSizeRatio !== undefined && !(targetSizeRatio >= 0 && targetSizeRatio <= 1)) {
    say(`targetSizeRatio ${targetSizeRatio} is no share`, 'a number from 0 to 1');
  }
  if (deviceClass !== undefined && !/^[A-Za-z0-9_.-]+$/.test(deviceClass)) {
    say(`the deviceClass ${shown(deviceClass)} is no name`, "such as 'ssd'");
  }
  if (compression !== undefined && parameters?.[COMPRESSION] !== undefined) {
    say(`parameters has '${COMPRESSION}', which compression writes`, 'leave it out of parameters');
  }
  const empty = Object.entries(parameters ?? {}).find(([key, value]) => !/^[a-z0-9_]+$/.test(key) || value === '');
  if (empty) {
    say(`parameters has '${empty[0]}': ${shown(empty[1])}`, "names as in ceph osd pool set, and a value: { bulk: 'true' }");
  }
}

/** What works, and loses data sooner than one thinks. CEPH155 */
function checkSafety(scope: Construct, pool: string, { replicas = 3, erasureCoding }: RookPoolOptions): void {
  const [problem, expected] = erasureCoding?.codingChunks === 1
    ? ['it has one coding chunk, so that it goes on writing while a disk is missing, without anything from which the next loss is computed', 'codingChunks: 2']
    : erasureCoding || replicas > 2 ? []
      : replicas === 2 ? ['it has two copies, and goes on writing with one (min_size 1): what is written while a disk is away is lost with the other', 'replicas: 3']
        : ['it has one copy: the first disk that breaks takes a part of every image with it', 'replicas: 3'];
  if (problem !== undefined) {
    report(scope, ROOK_CLUSTER_RULES.CEPH155, { pool, problem, expected: expected! });
  }
}

/** How many failure domains a pool needs. */
export function copiesOf({ replicas = 3, erasureCoding }: RookPoolOptions): number {
  return erasureCoding ? erasureCoding.dataChunks + erasureCoding.codingChunks : replicas;
}

/**
 * The spec of a pool, without its name.
 *
 * @param pool for messages, such as `the pool 'images'`
 * @throws CEPH156
 */
export function poolSpec(scope: Construct, pool: string, options: RookPoolOptions & Pick<RookBlockPoolOptions, 'cephName'>): any {
  checkForm(scope, pool, options);
  // The pool of managers can be had with one copy only, where a node has one OSD, and holds no data of anybody.
  if (!(options.cephName === '.mgr' && Platform.of(scope).nodes === NodeCount.SINGLE)) {
    checkSafety(scope, pool, options);
  }
  const { replicas = 3, erasureCoding, failureDomain = RookFailureDomain.HOST, deviceClass, compression, requireSafeReplicaSize = true, targetSizeRatio, quota } = options;
  const parameters = { ...(compression === undefined ? {} : { [COMPRESSION]: compression }), ...options.parameters };
  return {
    failureDomain,
    deviceClass,
    ...(erasureCoding
      ? { erasureCoded: { ...erasureCoding } as any }
      : { replicated: { size: replicas, requireSafeReplicaSize, targetSizeRatio } }),
    parameters: Object.keys(parameters).length > 0 ? parameters : undefined,
    quotas: quota && { maxSize: quantity(scope, `the quota of ${pool}`, quota) },
  };
}

/** An interval as Ceph has it: of images in minutes, of file systems in hours. CEPH156 */
function interval(scope: Construct, what: string, every: Duration, isImage: boolean): string {
  const minutes = every?.toMinutes({ integral: false });
  if (!isCount(minutes, 1) || (!isImage && minutes % 60 !== 0)) {
    const given = minutes === undefined ? 'nothing' : `${every.toSeconds({ integral: false })} seconds`;
    refusePool(scope, what, `a snapshot is taken every so many whole ${isImage ? 'minutes' : 'hours'}, and not every ${given}`, 'every: Duration.hours(1)');
  }
  const [amount, unit] = minutes % 1440 === 0 ? [minutes / 1440, 'd'] : minutes % 60 === 0 ? [minutes / 60, 'h'] : [minutes, 'm'];
  return `${amount}${unit}`;
}

/** The copy of a pool, or file system, in another cluster. */
export function mirroringSpec(scope: Construct, what: string, { mode, snapshotSchedules = [], peerSecretNames = [] }: RookMirroringOptions, hasMode: boolean): any {
  if (!hasMode && mode !== undefined) {
    refusePool(scope, what, 'its mirroring has a mode, but file systems are mirrored by directories', 'leave mode out');
  }
  const schedules = snapshotSchedules.map(({ every, startTime }) => ({ ...(hasMode ? {} : { path: '/' }), interval: interval(scope, what, every, hasMode), startTime }));
  const secretNames = peerSecretNames.map(name => checkSubdomain(scope, `the Secret of a peer of ${what}`, name));
  return {
    enabled: true,
    mode: hasMode ? mode ?? RookMirroringMode.IMAGE : undefined,
    peers: secretNames.length > 0 ? { secretNames } : undefined,
    snapshotSchedules: schedules.length > 0 ? schedules : undefined,
  };
}
