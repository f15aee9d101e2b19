import { IConstruct } from 'constructs';
import { CephFsMountOptions, CephFsMounter, CephFsRecoverSession } from './ceph-fs-mount-options';
import { bytes, Form, isGiven, malformed, member, option, properties, seconds, text, texts, whole, yesOrNo } from './forms';
import { CephMsMode, CephReadFromReplica } from './ms-mode';
import { checkCephFsParameters, checkRbdParameters, ClassContext } from './parameters';
import { CephLogStrategy, CephRbdImageOptions, RbdMounter } from './rbd-image-options';
import { RbdCompressionHint } from './rbd-map-options';
import { CEPH_IMAGE_RULES } from './rules';
import { fail } from '../../findings/report';

const OPTIONS = texts(/[\s,;]/, "['name', 'name=value']");
const LOCATION = texts(/[^\w.:-]/, "['zone:a', 'region:east']");
const location: Form<string> = (scope, what, value) => LOCATION(scope, what, value).join('|');

const KRBD_MAP: Readonly<Record<string, Form<string[]>>> = {
  msMode: option('ms_mode', member(CephMsMode, 'CephMsMode')),
  readFromReplica: option('read_from_replica', member(CephReadFromReplica, 'CephReadFromReplica')),
  crushLocation: option('crush_location', location),
  compressionHint: option('compression_hint', member(RbdCompressionHint, 'RbdCompressionHint')),
  queueDepth: option('queue_depth', whole(1)),
  lockOnRead: option('lock_on_read', yesOrNo),
  exclusive: option('exclusive', yesOrNo),
  lockTimeout: option('lock_timeout', seconds),
  notrim: option('notrim', yesOrNo),
  abortOnFull: option('abort_on_full', yesOrNo),
  allocSize: option('alloc_size', bytes),
  rxbounce: option('rxbounce', yesOrNo),
  mountTimeout: option('mount_timeout', seconds),
  extraOptions: OPTIONS,
};

const NBD_MAP: Readonly<Record<string, Form<string[]>>> = {
  reattachTimeout: option('reattach-timeout', seconds),
  ioTimeout: option('io-timeout', seconds),
  exclusive: option('exclusive', yesOrNo),
  notrim: option('notrim', yesOrNo),
  extraOptions: OPTIONS,
};

const CEPHFS_KERNEL: Readonly<Record<string, Form<string[]>>> = {
  msMode: option('ms_mode', member(CephMsMode, 'CephMsMode')),
  recoverSession: option('recover_session', member(CephFsRecoverSession, 'CephFsRecoverSession')),
  readFromReplica: option('read_from_replica', member(CephReadFromReplica, 'CephReadFromReplica')),
  crushLocation: option('crush_location', location),
  readAhead: option('rasize', bytes),
  wsync: (scope, what, value) => [yesOrNo(scope, what, value) ? 'wsync' : 'nowsync'],
  extraOptions: OPTIONS,
};

function joined(forms: Readonly<Record<string, Form<string[]>>>): Form<string | undefined> {
  return (scope, what, value) => {
    const options = Object.values(properties(scope, what, value, forms)).flat();
    return options.length === 0 ? undefined : options.join(',');
  };
}

function byMounter(krbd: Form<string | undefined>, nbd: Form<string | undefined>): Form<string | undefined> {
  return (scope, what, value) => {
    const segments = Object.entries(properties(scope, what, value, { krbd, nbd })).filter(([, options]) => options !== undefined);
    return segments.length === 0 ? undefined : segments.map(([mounter, options]) => `${mounter}:${options}`).join(';');
  };
}

const list: Form<string | undefined> = (scope, what, value) => OPTIONS(scope, what, value).join(',') || undefined;

const LOG = { directory: text, strategy: member(CephLogStrategy, 'CephLogStrategy') };
const STRIPING: Readonly<Record<string, Form<number>>> = { unit: bytes, count: whole(1) };

const SEGMENT: Readonly<Record<string, Form<string>>> = { label: text, value: text };
const segments: Form<object[]> = (scope, what, value) => array(scope, what, value).map((each, index) => {
  const { label, value: of } = properties(scope, `${what}[${index}]`, each, SEGMENT);
  return { domainLabel: label, value: of };
});
const POOL: Readonly<Record<string, Form<unknown>>> = { pool: text, dataPool: text, domainSegments: segments };
const pools: Form<string> = (scope, what, value) => JSON.stringify(array(scope, what, value).map((each, index) => {
  const { pool, ...rest } = properties(scope, `${what}[${index}]`, each, POOL);
  return { poolName: pool, ...rest };
}));

function array(scope: IConstruct, what: string, value: unknown): unknown[] {
  return Array.isArray(value) ? value : malformed(scope, what, value, 'it is no list', `write ${what}: [ … ]`);
}

const FEATURES = texts(/[\s,]/, '[RbdImageFeature.LAYERING, RbdImageFeature.EXCLUSIVE_LOCK]');
const features: Form<string> = (scope, what, value) => FEATURES(scope, what, value).join(',');
const MKFS = texts(/\s/, "['-m0', '-Enodiscard']");

/** The parameters that a property writes, if any. */
type Writer = Form<Record<string, string | undefined>>;
const write = (key: string, form: Form<unknown>): Writer => (scope, what, value) => {
  const written = form(scope, what, value);
  return { [key]: written === undefined ? undefined : `${written}` };
};

const IMAGE: Readonly<Record<string, Writer>> = {
  dataPool: write('dataPool', text),
  volumeNamePrefix: write('volumeNamePrefix', text),
  imageFeatures: write('imageFeatures', features),
  // The kernel is what ceph-csi uses when nothing is said; an empty text would make it pass over options.
  mounter: write('mounter', (scope, what, value) => (member(RbdMounter, 'RbdMounter')(scope, what, value) === RbdMounter.NBD ? RbdMounter.NBD : undefined)),
  tryOtherMounters: write('tryOtherMounters', yesOrNo),
  mapOptions: write('mapOptions', byMounter(joined(KRBD_MAP), joined(NBD_MAP))),
  unmapOptions: write('unmapOptions', byMounter(list, list)),
  mkfsOptions: write('mkfsOptions', (scope, what, value) => MKFS(scope, what, value).join(' ') || undefined),
  cephLog: (scope, what, value) => {
    const { directory, strategy } = properties<string>(scope, what, value, LOG);
    return { cephLogDir: directory, cephLogStrategy: strategy };
  },
  striping: (scope, what, value) => {
    const { unit, count } = properties(scope, what, value, STRIPING);
    return { stripeUnit: unit === undefined ? undefined : `${unit}`, stripeCount: count === undefined ? undefined : `${count}` };
  },
  objectSize: write('objectSize', bytes),
  topologyPools: write('topologyConstrainedPools', pools),
};

const MOUNT: Readonly<Record<string, Writer>> = {
  pool: write('pool', text),
  mounter: write('mounter', member(CephFsMounter, 'CephFsMounter')),
  kernelMountOptions: write('kernelMountOptions', joined(CEPHFS_KERNEL)),
  fuseMountOptions: write('fuseMountOptions', list),
  volumeNamePrefix: write('volumeNamePrefix', text),
  backingSnapshot: write('backingSnapshot', yesOrNo),
};

/** The properties that a table knows, as parameters; what else there is belongs to the class. */
function render(scope: IConstruct, options: object, writers: Readonly<Record<string, Writer>>): Record<string, string> {
  const given = Object.entries(writers).filter(([name]) => isGiven((options as Record<string, unknown>)?.[name]));
  const written = given.flatMap(([name, writer]) => Object.entries(writer(scope, name, (options as Record<string, unknown>)[name])));
  return Object.fromEntries(written.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** CEPH047 */
function useless(scope: IConstruct, what: string, problem: string, expected: string): never {
  return fail(scope, CEPH_IMAGE_RULES.CEPH047, { what, problem, expected });
}

/** What the options of images say, as parameters of a class or attributes of a volume. CEPH030 to CEPH043, CEPH047 */
export function rbdImageParameters(scope: IConstruct, options: CephRbdImageOptions, context: ClassContext = {}): Record<string, string> {
  const parameters = render(scope, options, IMAGE);
  const { mounter, tryOtherMounters, mapOptions, unmapOptions, cephLog } = options ?? {};
  const [kernel, nbd] = [mounter !== RbdMounter.NBD, mounter === RbdMounter.NBD || tryOtherMounters === true];
  const forNbd = isGiven(mapOptions?.nbd) ? 'mapOptions.nbd' : isGiven(unmapOptions?.nbd) ? 'unmapOptions.nbd' : isGiven(cephLog) ? 'cephLog' : undefined;
  const forKernel = isGiven(mapOptions?.krbd) ? 'mapOptions.krbd' : isGiven(unmapOptions?.krbd) ? 'unmapOptions.krbd' : undefined;
  if (forNbd !== undefined && !nbd) {
    useless(scope, forNbd, 'it is for rbd-nbd, but the kernel maps the images', 'leave it out, or use mounter: RbdMounter.NBD or tryOtherMounters: true');
  }
  if (forKernel !== undefined && !kernel) {
    useless(scope, forKernel, 'it is for the kernel, but rbd-nbd maps the images', 'leave it out, or mounter');
  }
  checkRbdParameters(scope, parameters, context);
  return parameters;
}

/** What the options of mounts say, as parameters of a class or attributes of a volume. CEPH030 to CEPH043, CEPH047 */
export function cephFsParameters(scope: IConstruct, options: CephFsMountOptions, context: ClassContext = {}): Record<string, string> {
  const parameters = render(scope, options, MOUNT);
  const { mounter, kernelMountOptions, fuseMountOptions } = options ?? {};
  if (mounter === CephFsMounter.FUSE && isGiven(kernelMountOptions)) {
    useless(scope, 'kernelMountOptions', 'they are for the kernel, but ceph-fuse mounts the volumes', 'leave them out, or mounter');
  }
  if (mounter === CephFsMounter.KERNEL && isGiven(fuseMountOptions)) {
    useless(scope, 'fuseMountOptions', 'they are for ceph-fuse, but the kernel mounts the volumes', 'leave them out, or mounter');
  }
  checkCephFsParameters(scope, parameters, context);
  return parameters;
}

export { cephFsAttributesParameters, rbdAttributesParameters } from './attributes';
export { checkCephFsMountOptions, checkRbdMountOptions } from './mount-options';
export { checkCephFsParameters, checkRbdParameters } from './parameters';
