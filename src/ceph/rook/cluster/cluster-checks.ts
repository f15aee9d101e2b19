import { Construct } from 'constructs';
import { RookCephClusterProps, RookCephxKeyType, RookCsiOptions, RookMgrOptions, RookMonOptions } from './rook-ceph-cluster-props';
import { ROOK_CLUSTER_RULES } from './rules';
import { checkBinding } from './storage-checks';
import { tagOf } from '../../../csi/image';
import { releaseNumber } from '../../../csi/release';
import { checkAtSynth, fail, report, unchecked } from '../../../findings/report';
import { shown } from '../../../manifest/validate';
import { NodeCount } from '../../../platform/node-count';
import { Platform } from '../../../platform/platform';

const OLDEST = '19.2.0';
const NEWEST_MAJOR = 20;
/** The first release of each major one that knows the longer keys. */
const LONG_KEYS: Readonly<Record<number, string>> = { 19: '19.2.6', 20: '20.2.4' };

/** CEPH141 */
export function refuse(scope: Construct, what: string, value: unknown, problem: string, expected: string): never {
  return fail(scope, ROOK_CLUSTER_RULES.CEPH141, { what, value: shown(value), problem, expected });
}

/** CEPH144, CEPH145: monitors, with their number. */
export function checkMons(scope: Construct, { count: given, allowMultiplePerNode = false, storageClass, size }: RookMonOptions, hostNetwork: boolean): number {
  const single = Platform.of(scope).nodes === NodeCount.SINGLE;
  const count = given ?? (single ? 1 : 3);
  const daemons = count === 1 ? 'monitor' : 'monitors';
  const wrong = (problem: string, expected: string) => fail(scope, ROOK_CLUSTER_RULES.CEPH144, { count, daemons, problem, expected });
  if (!(Number.isInteger(count) && count >= 1 && count <= 9)) {
    wrong('there are 1 to 9', 'mons: { count: 3 }');
  }
  if (count % 2 === 0) {
    wrong(`more than half of them have to be there, so that no more may be lost than of ${count - 1}, and one more can break`, `mons: { count: ${count === 2 ? 3 : count - 1} }`);
  }
  if (count > 1 && single && !allowMultiplePerNode) {
    wrong('the platform has one node, where Rook puts one monitor', 'leave mons out for one, or for a test mons: { count: 3, allowMultiplePerNode: true }');
  }
  if (count > 1 && allowMultiplePerNode && hostNetwork) {
    wrong('on the network of a node they would have the same port, so Rook refuses several on one node', 'leave allowMultiplePerNode or hostNetwork out');
  }
  const lost = 'more than half of the monitors, and with them all volumes';
  if (!single && count === 1) {
    report(scope, ROOK_CLUSTER_RULES.CEPH145, { problem: 'there is one monitor', lost, expected: 'leave mons.count out for 3' });
  } else if (!single && allowMultiplePerNode) {
    report(scope, ROOK_CLUSTER_RULES.CEPH145, { problem: 'monitors may all run on one node (mons.allowMultiplePerNode)', lost, expected: 'leave mons.allowMultiplePerNode out' });
  }
  if (size && !storageClass) {
    refuse(scope, 'mons.size', size.asString?.(), 'it is the size of claims, but there is no class for them', 'leave it out, or say mons.storageClass');
  }
  if (storageClass) {
    checkBinding(scope, 'the monitors', storageClass);
  }
  return count;
}

/** CEPH144, CEPH145: managers, with their number. */
export function checkMgrs(scope: Construct, { count: given, allowMultiplePerNode = false, modules = [] }: RookMgrOptions): number {
  const single = Platform.of(scope).nodes === NodeCount.SINGLE;
  const count = given ?? (single ? 1 : 2);
  const daemons = count === 1 ? 'manager' : 'managers';
  if (!(Number.isInteger(count) && count >= 1 && count <= 5)) {
    fail(scope, ROOK_CLUSTER_RULES.CEPH144, { count, daemons, problem: 'there are 1 to 5', expected: 'mgrs: { count: 2 }' });
  }
  if (count > 1 && single && !allowMultiplePerNode) {
    fail(scope, ROOK_CLUSTER_RULES.CEPH144, { count, daemons, problem: 'the platform has one node, where Rook puts one', expected: 'leave mgrs.count out for one' });
  }
  if (!single && allowMultiplePerNode) {
    report(scope, ROOK_CLUSTER_RULES.CEPH145, {
      problem: 'managers may all run on one node (mgrs.allowMultiplePerNode)', lost: 'all of them, and nothing is provisioned until another one runs', expected: 'leave mgrs.allowMultiplePerNode out',
    });
  }
  const malformed = modules.find(name => !/^[a-z0-9_]+$/.test(name));
  if (malformed !== undefined) {
    refuse(scope, 'the module', malformed, 'it is no name', "as ceph mgr module ls has it, such as 'pg_autoscaler'");
  }
  return count;
}

/** CEPH148: the release of Ceph; nothing where it does not show. */
export function checkRelease(scope: Construct, { image, release, allowUnsupported, csiKeyType }: Pick<RookCephClusterProps, 'release' | 'allowUnsupported' | 'csiKeyType'> & { readonly image: string }): string | undefined {
  if (release !== undefined && releaseNumber(release) === undefined) {
    refuse(scope, 'release', release, 'it is no release of Ceph', "such as release: '20.2.4'");
  }
  const found = (release ?? tagOf(image) ?? '').replace(/^v/, '').replace(/[-+].*$/, '');
  const number = releaseNumber(found);
  if (number === undefined) {
    checkAtSynth(scope, () => unchecked(scope, ROOK_CLUSTER_RULES.CEPH148, `the release of Ceph in the image '${image}': release`));
    return undefined;
  }
  const major = Number(found.split('.')[0]);
  const wrong = (problem: string, expected: string) => fail(scope, ROOK_CLUSTER_RULES.CEPH148, { release: found, problem, expected });
  if (number < releaseNumber(OLDEST)!) {
    wrong(`Rook 1.20 runs ${OLDEST} and newer`, 'leave image out for the default; a cluster that is older is upgraded under an older Rook first');
  }
  if (major > NEWEST_MAJOR && !allowUnsupported) {
    wrong(`Rook 1.20 was made for up to ${NEWEST_MAJOR}, and refuses it`, 'leave image out for the default, or for a test say allowUnsupported: true');
  }
  const since = LONG_KEYS[major];
  if (csiKeyType === RookCephxKeyType.AES256K && since !== undefined && number < releaseNumber(since)!) {
    wrong(`it makes no keys of the kind aes256k, which ${since} does first`, 'leave csiKeyType out, or take a later release');
  }
  return found;
}

/** CEPH150, CEPH151: what the kernel of the nodes has to know. */
export function checkKernel(scope: Construct, { network = {}, csiKeyType }: RookCephClusterProps): void {
  const platform = Platform.of(scope);
  const missing = "the nodes' kernel: Platform.set(…, { kernel })";
  const demanded = (['encryption', 'compression', 'requireMsgr2'] as const).filter(property => network[property]);
  if (demanded.length > 0 && platform.kernel === undefined) {
    checkAtSynth(scope, () => unchecked(scope, ROOK_CLUSTER_RULES.CEPH150, missing));
  } else if (demanded.length > 0 && !platform.hasKernel('5.11')) {
    report(scope, ROOK_CLUSTER_RULES.CEPH150, { what: demanded.map(property => `network.${property}`).join(', '), kernel: platform.kernel! });
  }
  if (csiKeyType === RookCephxKeyType.AES256K && platform.kernel === undefined) {
    checkAtSynth(scope, () => unchecked(scope, ROOK_CLUSTER_RULES.CEPH151, missing));
  } else if (csiKeyType === RookCephxKeyType.AES256K && !platform.hasKernel('7.0')) {
    report(scope, ROOK_CLUSTER_RULES.CEPH151, {
      problem: `Linux knows such keys from 7.0 on, but the nodes have ${platform.kernel}: no volume could be mounted there`, expected: 'or upgrade the nodes first (ceph-csi knows them from 3.17.1 on)',
    });
  }
}

/** CEPH141, CEPH149: what the drivers are told. */
export function checkCsi(scope: Construct, { readAffinity, kernelMountOptions, fuseMountOptions }: RookCsiOptions, encryption = false, release?: string): void {
  const labels = readAffinity?.crushLocationLabels;
  if (readAffinity && !(labels && labels.length > 0 && labels.every(label => /^[^,\s]+$/.test(label)))) {
    refuse(scope, 'crushLocationLabels', labels, 'it names no labels of nodes', "such as ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']");
  }
  if (readAffinity && release === '20.2.0') {
    fail(scope, ROOK_CLUSTER_RULES.CEPH149);
  }
  for (const option of [...kernelMountOptions ?? [], ...fuseMountOptions ?? []]) {
    if (!/^[^=,\s]+=[^=,\s]+$/.test(option)) {
      refuse(scope, 'the mount option', option, 'Rook takes those of the form key=value, and drops any other without a word', "one per entry, such as 'ms_mode=prefer-crc'; others in mountOptions of the class");
    }
  }
  if (kernelMountOptions?.length && fuseMountOptions?.length) {
    refuse(scope, 'fuseMountOptions', fuseMountOptions.join(','), 'Rook passes them on only where there are no kernelMountOptions', 'leave one of them out');
  }
  if (encryption && kernelMountOptions?.length && !kernelMountOptions.includes('ms_mode=secure')) {
    refuse(scope, 'kernelMountOptions', kernelMountOptions.join(','), 'with network.encryption they take the place of ms_mode=secure, without which the cluster refuses to be mounted', "add 'ms_mode=secure'");
  }
}

/** CEPH141: a class of monitors, as JavaScript gives it. */
export function checkClass(scope: Construct, { storageClass }: RookMonOptions = {}): void {
  if (storageClass === null || (storageClass !== undefined && typeof storageClass.storageClassName !== 'string')) {
    refuse(scope, 'mons.storageClass', storageClass, 'it is no class', "StorageClass.fromStorageClassName('gp3'), or leave it out for directories of the nodes");
  }
}

/** CEPH152, CEPH153: what is said for the day on which all is to go, or in a hurry. */
export function checkHaste(scope: Construct, { cleanup = {}, skipUpgradeChecks, continueUpgradeWhenUnhealthy }: RookCephClusterProps): void {
  if (cleanup.reallyDestroyData) {
    report(scope, ROOK_CLUSTER_RULES.CEPH152, { what: 'cleanup.reallyDestroyData', consequence: 'has every disk of it wiped, and until then Rook repairs nothing' });
  }
  if (cleanup.allowUninstallWithVolumes) {
    report(scope, ROOK_CLUSTER_RULES.CEPH152, { what: 'cleanup.allowUninstallWithVolumes', consequence: 'takes the cluster from under volumes that are still used' });
  }
  for (const [what, value] of Object.entries({ skipUpgradeChecks, continueUpgradeWhenUnhealthy })) {
    if (value) {
      report(scope, ROOK_CLUSTER_RULES.CEPH153, { what });
    }
  }
}

/** Where Rook keeps files of its own. */
const TAKEN = ['/etc/ceph', '/rook', '/var/log/ceph'];
/** What a restart empties, and what belongs to the system. */
const OF_SYSTEM = ['/tmp', '/var/tmp', '/run', '/var/run', '/dev', '/proc', '/sys', '/etc', '/boot'];

/** CEPH141 */
export function checkDirectory(scope: Construct, directory: string): string {
  const within = (path: string) => directory === path || `${directory}`.startsWith(`${path}/`);
  const taken = TAKEN.find(within);
  const system = [...OF_SYSTEM, Platform.of(scope).distribution.kubeletDirectory].find(within);
  if (!/^(\/[^/\s]+)+$/.test(directory) || directory.split('/').some(part => part === '.' || part === '..') || taken !== undefined) {
    refuse(scope, 'dataDirectory', directory, taken === undefined ? 'it is no directory of a node' : `Rook has files of its own in ${taken}`, "an absolute path, such as '/var/lib/rook'");
  }
  if (system !== undefined) {
    refuse(scope, 'dataDirectory', directory, `${system} belongs to the system or is emptied by a restart, and monitors keep their data there`, "a directory of its own, such as '/var/lib/rook'");
  }
  return directory;
}
