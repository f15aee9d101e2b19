import { IConstruct } from 'constructs';
import { CEPHFS_FUSE, CEPHFS_KERNEL, KRBD_MAP } from './option-tables';
import { readOptions } from './options';
import { CEPH_IMAGE_RULES } from './rules';
import { fail } from '../../findings/report';
import { shown } from '../../manifest/validate';

/** Those that file systems have too. */
const ALSO_GENERIC = ['ro', 'rw'];

/** CEPH044 */
function refuse(scope: IConstruct, option: unknown, problem: string, expected: string): never {
  return fail(scope, CEPH_IMAGE_RULES.CEPH044, { option: shown(option), problem, expected });
}

function checkEach(scope: IConstruct, options: readonly string[]): void {
  const wrong = options.findIndex(option => typeof option !== 'string' || option.trim() === '');
  if (wrong >= 0) {
    refuse(scope, options[wrong], 'it is no option', "write such as 'noatime', or leave it out");
  }
  if (options.includes('ro')) {
    refuse(scope, 'ro', 'the driver prepares each volume by mounting it with these options, and then could not write even its permissions (ceph-csi#952, #953)',
      'leave it out; mount it read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true })');
  }
}

/** Options with which the file system of an image is mounted. CEPH044 */
export function checkRbdMountOptions(scope: IConstruct, options: readonly string[], fsType: string | undefined): void {
  checkEach(scope, options);
  for (const option of options) {
    const [name] = option.split('=');
    if (Object.prototype.hasOwnProperty.call(KRBD_MAP, name) && !ALSO_GENERIC.includes(name)) {
      refuse(scope, option, 'it is for mapping an image; no file system knows it', `leave it out, and write mapOptions: { krbd: { … } } (mapOptions: 'krbd:${option}')`);
    }
    if (name === 'discard' && fsType !== undefined && !/^(ext[234]|xfs)$/.test(fsType)) {
      refuse(scope, option, `it is not known of the file system ${fsType}`, "leave it out, or use fsType: 'ext4'");
    }
  }
}

/** Options with which ceph-csi mounts a volume, by the kernel or ceph-fuse, and mounts it again for each pod. CEPH044, CEPH036 */
export function checkCephFsMountOptions(scope: IConstruct, options: readonly string[]): void {
  checkEach(scope, options);
  for (const option of options) {
    const [name] = option.split('=');
    if (name === 'debug' || name === 'discard') {
      refuse(scope, option, 'the kernel refuses it for CephFS, so no volume would be mounted (ceph-csi#4213)', 'leave it out');
    }
    readOptions(scope, { key: 'mountOptions', known: { ...CEPHFS_FUSE, ...CEPHFS_KERNEL }, isProgram: false }, option);
  }
}
