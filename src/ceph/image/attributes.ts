import { IConstruct } from 'constructs';
import { CephFsMdsPin } from './ceph-fs-mds-pin';
import { bytes, Form, malformed, properties, whole, yesOrNo } from './forms';
import { RbdQos } from './rbd-qos';
import { CEPH_IMAGE_RULES } from './rules';
import { isBefore } from '../../csi/release';
import { checkAtSynth, fail, unchecked } from '../../findings/report';
import { KubernetesVersion } from '../../platform/kubernetes-version';
import { Platform } from '../../platform/platform';

/** What is known of the driver. */
export interface AttributesContext {
  /** The release of ceph-csi. */
  readonly version?: string;
}

type Limit = { readonly base?: number; readonly perGibibyte?: number; readonly max?: number };

const OPERATIONS: Readonly<Record<string, Form<number>>> = { base: whole(1), perGibibyte: whole(1), max: whole(1) };
const THROUGHPUT: Readonly<Record<string, Form<number>>> = { base: bytes, perGibibyte: bytes, max: bytes };
const limit = (forms: Readonly<Record<string, Form<number>>>): Form<Limit> => (scope, what, value) => properties(scope, what, value, forms);

/** The limits of rbd-nbd: what they are called as properties and, with a prefix or suffix, in ceph-csi. */
const LIMITS: Readonly<Record<string, string>> = {
  iops: 'Iops', readIops: 'ReadIops', writeIops: 'WriteIops', throughput: 'Bps', readThroughput: 'ReadBps', writeThroughput: 'WriteBps',
};
const NBD_LIMITS = Object.fromEntries(Object.keys(LIMITS).map(name => [name, limit(/iops$/i.test(name) ? OPERATIONS : THROUGHPUT)]));
const NBD: Readonly<Record<string, Form<Limit | number>>> = { ...NBD_LIMITS, baseVolumeSize: bytes };

const KRBD: Readonly<Record<string, Form<number>>> = { maxReadIops: whole(1), maxWriteIops: whole(1), maxReadThroughput: bytes, maxWriteThroughput: bytes };

const QOS: Readonly<Record<string, Form<Record<string, string>>>> = {
  nbd: (scope, what, value) => {
    const { baseVolumeSize, ...limits } = properties<Limit | number>(scope, what, value, NBD);
    const parameters = Object.entries(limits as Record<string, Limit>).flatMap(([name, given]) => limitParameters(scope, `${what}.${name}`, LIMITS[name], given, baseVolumeSize !== undefined));
    if (parameters.length === 0) {
      refuse(scope, what, 'limits nothing', 'a class of no parameters is none', `write such as ${what}: { iops: { base: 1000 } }`);
    }
    if (baseVolumeSize !== undefined && !parameters.some(([key]) => key.endsWith('PerGiB'))) {
      refuse(scope, `${what}.baseVolumeSize`, 'is alone', 'it is passed over where no limit grows with the volume', 'add perGibibyte to a limit, or leave it out');
    }
    return textsOf([...parameters, ...(baseVolumeSize === undefined ? [] : [['baseVolSizeBytes', baseVolumeSize as number] as const])]);
  },
  krbd: (scope, what, value) => {
    const limits = Object.entries(properties(scope, what, value, KRBD));
    if (limits.length === 0) {
      refuse(scope, what, 'limits nothing', 'a class of no parameters is none', `write such as ${what}: { maxReadIops: 1000 }`);
    }
    return textsOf(limits.map(([name, amount]) => [name.replace('Throughput', 'Bps'), amount]));
  },
};

const chance: Form<number> = (scope, what, value) => (
  typeof value === 'number' && value >= 0 && value <= 1 ? value : malformed(scope, what, value, 'it is no chance', 'write a number from 0 to 1, such as 0.01'));
/** A pin in the words of `ceph fs subvolume pin`. */
const PIN: Readonly<Record<string, Form<number>>> = { export: whole(-1), distributed: (scope, what, value) => Number(yesOrNo(scope, what, value)), random: chance };

/** CEPH046 */
function refuse(scope: IConstruct, what: string, value: string, problem: string, expected: string): never {
  return fail(scope, CEPH_IMAGE_RULES.CEPH046, { what, value, problem, expected });
}

function textsOf(entries: readonly (readonly [string, number])[]): Record<string, string> {
  return Object.fromEntries(entries.map(([key, value]) => [key, `${value}`]));
}

function limitParameters(scope: IConstruct, what: string, key: string, { base, perGibibyte, max }: Limit, grows: boolean): (readonly [string, number])[] {
  if (base === undefined) {
    return refuse(scope, what, 'has no base', 'ceph-csi passes over the rest of a limit without', 'write what a small volume may do: base');
  }
  if (perGibibyte !== undefined && !grows) {
    refuse(scope, `${what}.perGibibyte`, `${perGibibyte}`, 'ceph-csi passes over it where it does not know from which size on', 'add baseVolumeSize: Size.gibibytes(20), or leave it out');
  }
  if (max !== undefined && (perGibibyte === undefined || max < base)) {
    refuse(scope, `${what}.max`, `${max}`, perGibibyte === undefined ? 'it is passed over where the limit does not grow with the volume' : `it is below the base, ${base}`, perGibibyte === undefined ? 'leave it out: base is the limit' : 'raise it, or lower the base');
  }
  const small = `${key[0].toLowerCase()}${key.slice(1)}`;
  return [[`base${key}`, base], ...(perGibibyte === undefined ? [] : [[`${small}PerGiB`, perGibibyte] as const]), ...(max === undefined ? [] : [[`max${key}`, max] as const])];
}

/** CEPH045 */
function checkReleases(scope: IConstruct, what: string, needed: string, version: string | undefined): void {
  const { kubernetes } = Platform.of(scope);
  if (!kubernetes.isAtLeast(KubernetesVersion.V1_34)) {
    fail(scope, CEPH_IMAGE_RULES.CEPH045, { what, needed: 'Kubernetes 1.34', declared: `the platform is ${kubernetes}: with older ones ceph-csi promises nothing`, expected: 'upgrade the cluster first, or leave the class out' });
  }
  const older = isBefore(version, needed);
  if (older === undefined) {
    checkAtSynth(scope, () => unchecked(scope, CEPH_IMAGE_RULES.CEPH045, `the release of ceph-csi, for ${what} (${needed}): version`));
  } else if (older) {
    fail(scope, CEPH_IMAGE_RULES.CEPH045, {
      what, needed: `ceph-csi ${needed}`, declared: `the driver is ${version}`, expected: `leave it out, or declare a driver that has it: version: '${needed}'`,
    });
  }
}

/** The one property of several that is given. CEPH046 */
function onlyOne<T>(scope: IConstruct, what: string, value: unknown, forms: Readonly<Record<string, Form<T>>>): readonly [string, T] {
  const given = Object.entries(properties(scope, what, value, forms));
  if (given.length !== 1) {
    refuse(scope, what, given.length === 0 ? 'says nothing' : `says ${given.map(([name]) => name).join(' and ')}`, 'a volume has one of them', `write one of ${Object.keys(forms).join(', ')}`);
  }
  return given[0];
}

/** The parameters of a VolumeAttributesClass for RBD. CEPH030, CEPH045, CEPH046 */
export function rbdAttributesParameters(scope: IConstruct, qos: RbdQos, { version }: AttributesContext): Record<string, string> {
  const [mounter, parameters] = onlyOne(scope, 'qos', qos, QOS);
  checkReleases(scope, mounter === 'nbd' ? 'a limit of what rbd-nbd maps' : 'a limit of what the kernel maps', mounter === 'nbd' ? 'v3.17.0' : 'v3.18.0', version);
  return parameters;
}

/** The parameters of a VolumeAttributesClass for CephFS. CEPH030, CEPH045, CEPH046 */
export function cephFsAttributesParameters(scope: IConstruct, pin: CephFsMdsPin, { version }: AttributesContext): Record<string, string> {
  const [kind, setting] = onlyOne(scope, 'mdsPin', pin, PIN);
  checkReleases(scope, 'a pin to metadata servers', 'v3.18.0', version);
  return { [`mds-pin-${kind}`]: `${setting}` };
}

