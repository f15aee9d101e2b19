import { Construct, IConstruct } from 'constructs';
import { GLUSTER_RULES } from '../rules';
import { checkMountFlags } from './mount-flags';
import { addProfile, ClaimFacts, ClassFacts, DriverProfile, VolumeFacts } from '../../csi/driver-profile';
import { fail } from '../../findings/report';
import { similar } from '../../manifest/similar';
import { Cluster } from '../../platform/cluster';
import { VOLUME_RULES } from '../../volume/rules';

export const KADALU_DRIVER_NAME = 'kadalu';

/** What the driver reads of a class; it ignores all else. */
const KEYS = [
  'storage_name', 'storage_type', 'node_affinity', 'supported_pvtype', 'pv_type', 'single_pv_per_pool', 'kadalu_format',
  'hostvol_type', 'gluster_hosts', 'gluster_volname', 'gluster_options',
];
const TYPES = ['Replica1', 'Replica2', 'Replica3', 'Arbiter', 'Disperse', 'External'];
const MODES = ['ReadWriteOnce', 'ReadWriteMany'];
const READ_ONLY = 'mount it read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true })';

type Parameters = Readonly<Record<string, string>>;

/** Whether the whole pool is one volume: the older of two keys wins. */
export function isSingle(parameters: Parameters | any): boolean {
  const { kadalu_format: format, single_pv_per_pool: single } = parameters ?? {};
  return format !== undefined ? `${format}`.toLowerCase() !== 'native' : `${single ?? false}`.toLowerCase() === 'true';
}

const isBlock = (parameters: Parameters) => parameters.pv_type?.toLowerCase() === 'block';

/** GLU053 */
function checkParameters(scope: IConstruct, { parameters, reserved }: ClassFacts): void {
  const refuse = (key: string, problem: string, expected: string): never => fail(scope, GLUSTER_RULES.GLU053, { key, problem, expected });
  for (const key of Object.keys(parameters)) {
    if (!KEYS.includes(key)) {
      const meant = similar(key, KEYS);
      refuse(key, 'Kadalu does not read it, and volumes come to any pool', meant === undefined ? `leave it out; Kadalu reads ${KEYS.join(', ')}` : `write ${meant}`);
    }
  }
  const { storage_type: storageType, hostvol_type: hostType, pv_type: pvType } = parameters;
  for (const [key, type] of [['storage_type', storageType], ['hostvol_type', hostType]]) {
    if (type !== undefined && !TYPES.includes(type)) {
      refuse(key!, `no pool is of the type '${type}'`, `it is one of ${TYPES.join(', ')}`);
    }
  }
  if (pvType !== undefined && !isBlock(parameters)) {
    refuse('pv_type', `Kadalu knows no '${pvType}', and makes a directory`, "leave it out for directories, or write 'Block'");
  }
  const lacking = ['gluster_hosts', 'gluster_volname'].find(key => hostType === 'External' && parameters[key] === undefined);
  if (lacking !== undefined) {
    refuse(lacking, 'it is missing, and with hostvol_type External the provisioner stops at each claim', 'use GlusterStorage.addStorageClass, which writes it');
  }
  if (reserved.fstype !== undefined) {
    refuse('csi.storage.k8s.io/fstype', 'Kadalu does not read it: directories have no file system of their own, and block volumes have XFS', 'leave fsType out');
  }
}

function checkClass(scope: IConstruct, facts: ClassFacts): void {
  const { name, parameters, mountOptions, expansion } = facts;
  if (name.startsWith('kadalu.')) {
    fail(scope, GLUSTER_RULES.GLU015, { object: `the class '${name}'`, expected: "give the class another name: addStorageClass('fast'); for the operator's own, StorageClass.fromStorageClassName('kadalu.<pool>')" });
  }
  checkParameters(scope, facts);
  refuseMountOptions(scope, mountOptions);
  checkMountFlags(scope, parameters.gluster_options?.split(',') ?? []);
  if (isSingle(parameters) && isBlock(parameters)) {
    refuseSingleBlock(scope, `the class '${name}'`);
  }
  if (expansion && isSingle(parameters)) {
    fail(scope, GLUSTER_RULES.GLU017, { what: `expansion of the class '${name}'`, problem: 'its volume is the whole pool, and Kadalu enlarges none of these', expected: 'leave expansion out, or singleVolume' });
  }
}

/** GLU017: the node plugin would take the directory for a file with a file system in it. */
function refuseSingleBlock(scope: IConstruct, what: string): never {
  return fail(scope, GLUSTER_RULES.GLU017, { what, problem: 'its volume is the whole pool, which is a directory and no block device', expected: 'leave virtualBlock and VolumeMode.BLOCK out, or singleVolume' });
}

/** GLU016 */
function refuseMountOptions(scope: IConstruct, mountOptions: readonly string[]): void {
  if (mountOptions.length > 0) {
    fail(scope, GLUSTER_RULES.GLU016, {
      what: `the mount options ${mountOptions.join(',')}`, problem: 'Kadalu ignores them all',
      expected: mountOptions.includes('ro') ? READ_ONLY : 'leave mountOptions out; for an external Gluster, kadalu: { mountFlags } has flags of glusterfs',
    });
  }
}

/** GLU016, GLU017 */
function checkModes(scope: IConstruct, { accessModes, volumeMode }: Pick<ClaimFacts, 'accessModes' | 'volumeMode'>, parameters: Parameters): void {
  const mode = accessModes.find(candidate => !MODES.includes(candidate));
  if (mode !== undefined) {
    fail(scope, GLUSTER_RULES.GLU016, {
      what: `the access mode ${mode}`, problem: 'Kadalu knows ReadWriteOnce and ReadWriteMany only',
      expected: mode === 'ReadOnlyMany' ? `AccessMode.READ_WRITE_MANY, and ${READ_ONLY}` : 'AccessMode.READ_WRITE_ONCE, which lets all pods of one node in',
    });
  }
  const block = volumeMode === 'Block' ? 'volumeMode Block' : isBlock(parameters) ? 'a class with pv_type Block' : undefined;
  if (block !== undefined && isSingle(parameters)) {
    refuseSingleBlock(scope, block);
  }
  if (block !== undefined && accessModes.some(candidate => candidate !== 'ReadWriteOnce')) {
    fail(scope, GLUSTER_RULES.GLU017, { what: block, problem: `Kadalu gives it to one node only, but ${accessModes.join(' and ')} was asked for`, expected: 'AccessMode.READ_WRITE_ONCE, or a class of directories' });
  }
}

function checkClaim(scope: IConstruct, facts: ClaimFacts): void {
  const parameters = facts.parameters ?? {};
  checkModes(scope, facts, parameters);
  if (facts.isFilled) {
    fail(scope, GLUSTER_RULES.GLU018, { what: 'a claim that is filled from another one, or from a snapshot' });
  }
  if (isSingle(parameters)) {
    Cluster.of(scope).claim(scope, 'kadalu pool that is one volume', `'${parameters.storage_name ?? parameters.gluster_volname ?? ''}'`, GLUSTER_RULES.GLU043);
  }
}

function checkVolume(scope: IConstruct, facts: VolumeFacts): void {
  refuseMountOptions(scope, facts.mountOptions);
  if (facts.readOnly) {
    fail(scope, VOLUME_RULES.VOL007, { driver: `'${KADALU_DRIVER_NAME}'` });
  }
  checkModes(scope, facts, { pv_type: facts.volumeAttributes.pvtype === 'subvol' ? '' : 'block' });
  checkAttributes(scope, facts.volumeAttributes);
}

/** GLU054: what the node plugin needs to find the directory. */
function checkAttributes(scope: IConstruct, attributes: Parameters): void {
  const refuse = (key: string, problem: string, expected: string): never => (
    fail(scope, GLUSTER_RULES.GLU054, { what: `volumeAttributes.${key}`, value: `'${attributes[key] ?? ''}'`, problem, expected }));
  const advice = 'use GlusterStorage.addStaticVolume, which writes all of them';
  const needed = ['type', 'hostvol', 'pvtype', ...(attributes.type === 'External' ? ['gserver', 'gvolname'] : [])];
  const missing = needed.find(key => !attributes[key]);
  if (missing !== undefined) {
    refuse(missing, 'the node plugin needs it to find the volume', advice);
  }
  if (!TYPES.includes(attributes.type)) {
    refuse('type', 'no pool is of this type', advice);
  }
  if (!['subvol', 'virtblock', 'rawblock'].includes(attributes.pvtype)) {
    refuse('pvtype', 'it is subvol, virtblock or rawblock', advice);
  }
  if (attributes.path !== undefined) {
    checkDirectory(scope, 'volumeAttributes.path', attributes.path);
  }
}

/** GLU054 */
export function checkDirectory(scope: IConstruct, what: string, path: string): string {
  const problem = path.startsWith('/') ? 'it begins with a slash, and would be a directory of the node plugin itself'
    : path.split('/').some(part => part === '..' || part === '.' || part === '') ? "it has '.' or '..' in it, or a slash too many"
      : /[\s"\\#]/.test(path) ? "it has a blank, a quote, a backslash or '#' in it" : undefined;
  if (problem) {
    fail(scope, GLUSTER_RULES.GLU054, { what, value: `'${path}'`, problem, expected: "give it from the root of the Gluster volume: path: 'reports/2026'" });
  }
  return path;
}

/** What is known of everything that names the driver of Kadalu, whoever wrote it. */
export const KADALU_PROFILE: DriverProfile = {
  idmappedMounts: false, // FUSE, without the flag that Linux 6.12 asks of it
  expandsBySecret: false,
  freezable: false,
  servable: false,
  checkClass,
  checkClaim,
  checkVolume,
  checkSnapshotClass: scope => fail(scope as Construct, GLUSTER_RULES.GLU018, { what: 'a VolumeSnapshotClass of the driver kadalu' }),
};

addProfile(KADALU_DRIVER_NAME, KADALU_PROFILE);
