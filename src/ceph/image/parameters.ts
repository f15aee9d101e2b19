import { IConstruct } from 'constructs';
import { checkKernel } from './kernel';
import { MapOptions, mapNeeds, parseMapOptions } from './map-options';
import { checkMonitors } from './monitors';
import { warn } from './once';
import { CEPHFS_FUSE, CEPHFS_KERNEL } from './option-tables';
import { kernelNeeds, Need, readOptions, valueOf } from './options';
import { CEPHFS_PARAMETERS, CEPHFS_STRANGE, KnownParameter, RBD_PARAMETERS, RBD_STRANGE, StrangeParameter } from './parameter-tables';
import { CEPH_IMAGE_RULES } from './rules';
import { checkTopologyPools } from './topology-pools';
import { fail } from '../../findings/report';
import { similar } from '../../manifest/similar';
import { shown } from '../../manifest/validate';

/** What is known of a class beside the options of its images or mounts. What is missing is not known. */
export interface ClassContext {
  readonly monitors?: readonly string[];
  readonly volumeBindingMode?: string;
  /** Those of the driver. */
  readonly domainLabels?: readonly string[];
}

type ParameterMap = Table<string>;

type Table<T> = Readonly<Record<string, T>>;

const NBD = 'rbd-nbd';

/** Features of images, what they need, and since when the kernel has them. */
const FEATURES: Table<{ readonly needs?: string; readonly since?: string }> = {
  'layering': { since: '3.8' },
  'exclusive-lock': { since: '4.9' },
  'object-map': { needs: 'exclusive-lock', since: '5.3' },
  'fast-diff': { needs: 'object-map', since: '5.3' },
  'deep-flatten': { since: '5.1' },
  'journaling': { needs: 'exclusive-lock' },
};
const DEFAULT_FEATURES = '5.3';

const KIBIBYTE = 1024;
const OBJECT_SIZES = [4 * KIBIBYTE, 32 * KIBIBYTE * KIBIBYTE];

/** Everything that the parameters of an RBD class show, whoever wrote them. CEPH031 to CEPH043 */
export function checkRbdParameters(scope: IConstruct, parameters: ParameterMap, context: ClassContext = {}): void {
  checkTable(scope, 'RBD', parameters, RBD_PARAMETERS, RBD_STRANGE);
  const { imageFeatures, mounter, mapOptions = '', unmapOptions = '', dataPool, stripeUnit, topologyConstrainedPools } = parameters;
  const isKernel = mounter !== NBD;
  if (mounter === '' && `${mapOptions}${unmapOptions}` !== '') {
    fail(scope, CEPH_IMAGE_RULES.CEPH032, { key: 'mounter', value: "''", problem: 'ceph-csi takes an empty mounter for the kernel, but passes over mapOptions and unmapOptions', expected: 'leave mounter out' });
  }
  const features = checkFeatures(scope, imageFeatures, isKernel);
  const map = parseMapOptions(scope, 'mapOptions', mapOptions);
  const unmap = parseMapOptions(scope, 'unmapOptions', unmapOptions);
  checkLocks(scope, features, map, isKernel);
  checkStriping(scope, parameters);
  if (topologyConstrainedPools !== undefined) {
    checkTopologyPools(scope, topologyConstrainedPools, context.volumeBindingMode, context.domainLabels);
  }
  if (!isKernel) {
    // ceph-csi lets requests wait for ever, which older kernels take for not at all.
    checkKernel(scope, map.nbd.some(option => option.startsWith('io-timeout=')) ? [] : [{ what: 'rbd-nbd without an ioTimeout', needed: '5.4' }]);
    return;
  }
  checkMonitors(scope, context.monitors, valueOf(map.krbd, 'ms_mode'), member => `mapOptions: { krbd: { msMode: CephMsMode.${member} } }`);
  const pools = (topologyConstrainedPools ?? '').includes('"dataPool"');
  checkKernel(scope, [
    ...(/^(1|t|true)$/i.test(parameters.tryOtherMounters ?? '') ? [] : featureNeeds(features, parameters)),
    ...(dataPool !== undefined || pools ? [{ what: 'a dataPool', needed: '4.11' }] : []),
    ...(stripeUnit ? [{ what: 'striping', needed: '3.10' }] : []),
    ...mapNeeds(map, unmap),
  ]);
}

/** Everything that the parameters of a CephFS class show, whoever wrote them. CEPH031 to CEPH043, CEPH047 */
export function checkCephFsParameters(scope: IConstruct, parameters: ParameterMap, context: ClassContext = {}): void {
  checkTable(scope, 'CephFS', parameters, CEPHFS_PARAMETERS, CEPHFS_STRANGE);
  const { mounter, pool, backingSnapshot, kernelMountOptions, fuseMountOptions } = parameters;
  if (pool !== undefined && /^(1|t|true)$/i.test(backingSnapshot ?? '')) {
    fail(scope, CEPH_IMAGE_RULES.CEPH047, { what: 'pool', problem: 'a volume that shows a snapshot itself is in the pool of that snapshot', expected: 'leave pool out, or backingSnapshot' });
  }
  const kernel = kernelMountOptions === undefined ? [] : readOptions(scope, { key: 'kernelMountOptions', known: CEPHFS_KERNEL, isProgram: false }, kernelMountOptions);
  if (fuseMountOptions !== undefined) {
    readOptions(scope, { key: 'fuseMountOptions', known: CEPHFS_FUSE, isProgram: true }, fuseMountOptions);
  }
  if (mounter === 'fuse') {
    return;
  }
  checkMonitors(scope, context.monitors, valueOf(kernel, 'ms_mode'), member => `kernelMountOptions: { msMode: CephMsMode.${member} }`);
  checkKernel(scope, [
    ...(mounter === 'kernel' ? [{ what: 'the size of volumes, which the kernel keeps (mounter kernel),', needed: '4.17' }] : []),
    ...kernelNeeds(kernel, CEPHFS_KERNEL),
  ]);
}

/** Of classes that are there, which cannot be changed: ceph-csi passes over them, and would do the same if it did not. */
const HARMLESS: ParameterMap = { imageFormat: '2', thickProvision: 'false' };

/** CEPH031, CEPH032, CEPH048 */
function checkTable(scope: IConstruct, kind: string, parameters: ParameterMap, known: Table<KnownParameter>, strange: Table<StrangeParameter>): void {
  for (const [key, value] of Object.entries(parameters)) {
    if (HARMLESS[key] === value) {
      continue;
    }
    if (!Object.prototype.hasOwnProperty.call(known, key)) {
      unknown(scope, kind, key, Object.keys(known), strange);
      continue;
    }
    const { pattern, problem, expected } = known[key];
    if (typeof value !== 'string' || !pattern.test(value)) {
      fail(scope, CEPH_IMAGE_RULES.CEPH032, { key, value: shown(value), problem: typeof value === 'string' ? problem : 'it is no text, as all parameters are', expected: expected || 'write it in quotes' });
    }
  }
}

function unknown(scope: IConstruct, kind: string, key: string, known: readonly string[], strange: Table<StrangeParameter>): void {
  const small = key.toLowerCase();
  const meant = known.find(candidate => candidate.toLowerCase() === small) ?? (small in strange ? undefined : similar(key, known));
  const found = meant === undefined && Object.prototype.hasOwnProperty.call(strange, small) ? strange[small] : undefined;
  if (meant === undefined && found === undefined) {
    warn(scope, CEPH_IMAGE_RULES.CEPH048, { key, kind });
    return;
  }
  fail(scope, CEPH_IMAGE_RULES.CEPH031, {
    key,
    kind,
    consequence: found?.consequence ?? 'it would be passed over',
    mapping: found?.mapping ?? `write ${meant}`,
  });
}

/** CEPH033, CEPH034. Undefined where the class leaves them to Ceph. */
function checkFeatures(scope: IConstruct, written: string | undefined, isKernel: boolean): string[] | undefined {
  if (written === undefined) {
    return undefined;
  }
  const refuse = (problem: string, expected: string) => fail(scope, CEPH_IMAGE_RULES.CEPH033, { value: `'${written}'`, problem, expected });
  const features = written.split(',');
  if (written.trim() === '') {
    refuse('ceph-csi refuses an empty list', 'leave it out for what Ceph does by itself, or write [RbdImageFeature.LAYERING]');
  }
  if (/\s/.test(written)) {
    refuse('ceph-csi takes a blank for a part of a name', `write them without: '${features.map(feature => feature.trim()).join(',')}'`);
  }
  for (const feature of features) {
    if (!Object.prototype.hasOwnProperty.call(FEATURES, feature)) {
      refuse(`ceph-csi knows no '${feature}'`, `write ${similar(feature, Object.keys(FEATURES)) ?? `one of ${Object.keys(FEATURES).join(', ')}`}`);
    }
    const { needs } = FEATURES[feature];
    if (needs !== undefined && !features.includes(needs)) {
      refuse(`${feature} needs ${needs}`, `add RbdImageFeature.${needs.toUpperCase().replace('-', '_')}`);
    }
  }
  if (isKernel && features.includes('journaling')) {
    fail(scope, CEPH_IMAGE_RULES.CEPH034);
  }
  return features;
}

/** CEPH033: the kernel refuses to lock an image that has no lock. */
function checkLocks(scope: IConstruct, features: readonly string[] | undefined, map: MapOptions, isKernel: boolean): void {
  const locking = isKernel ? map.krbd.find(option => option === 'exclusive' || option === 'lock_on_read') : undefined;
  if (locking !== undefined && features !== undefined && !features.includes('exclusive-lock')) {
    fail(scope, CEPH_IMAGE_RULES.CEPH033, { value: `'${features.join(',')}'`, problem: `the map option '${locking}' needs exclusive-lock`, expected: `add RbdImageFeature.EXCLUSIVE_LOCK, or leave ${locking} out` });
  }
}

function featureNeeds(features: readonly string[] | undefined, { clusterID }: ParameterMap): Need[] {
  if (features === undefined) {
    // A part of a class, or of a volume that exists, does not show what its images can do.
    return clusterID === undefined ? [] : [{ what: 'an image with the features that Ceph gives it by itself', needed: DEFAULT_FEATURES }];
  }
  return features.flatMap(feature => ((needed = FEATURES[feature].since) => (needed === undefined ? [] : [{ what: `the image feature ${feature}`, needed }]))());
}

/** CEPH039 */
function checkStriping(scope: IConstruct, { stripeUnit = '', stripeCount = '', objectSize = '' }: ParameterMap): void {
  const refuse = (what: string, value: string, problem: string, expected: string) => fail(scope, CEPH_IMAGE_RULES.CEPH039, { what, value, problem, expected });
  const isPower = (value: number) => Number.isInteger(Math.log2(value));
  const [least, most] = OBJECT_SIZES;
  const size = objectSize === '' ? 4 * KIBIBYTE * KIBIBYTE : Number(objectSize);
  if (!isPower(size) || size < least || size > most) {
    refuse('objectSize', objectSize, 'objects of images have a power of two from 4 KiB to 32 MiB', 'write such as Size.mebibytes(8), or leave it out for 4 MiB');
  }
  if ((stripeUnit === '') !== (stripeCount === '')) {
    refuse(stripeUnit === '' ? 'stripeCount' : 'stripeUnit', stripeUnit || stripeCount, 'unit and count are given both, or none of them', "write striping: { unit: Size.kibibytes(64), count: 16 } (stripeUnit: '65536', stripeCount: '16')");
  }
  if (stripeUnit !== '' && (Number(stripeUnit) === 0 || size % Number(stripeUnit) !== 0)) {
    refuse('stripeUnit', stripeUnit, `the size of the objects, ${size} bytes, is no multiple of it`, 'write a power of two that is not greater, such as Size.kibibytes(64)');
  }
  if (stripeCount !== '' && Number(stripeCount) === 0) {
    refuse('stripeCount', stripeCount, 'an image is in at least one object', 'write such as 16, or leave striping out');
  }
}
