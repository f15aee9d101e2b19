import { Construct } from 'constructs';
import { compile, isFirst, isOfKernel, kernelName, systemDisk } from './device-filter';
import { ROOK_CLUSTER_RULES } from './rules';
import { Selection, StorageParts } from './storage-parts';
import { checkAtSynth, report, unchecked } from '../../../findings/report';
import { VolumeBindingMode } from '../../../volume/modes';
import { IStorageClass } from '../../../volume/storage-class';

/** CEPH142, CEPH143: what a selection of disks may take, and what it goes by. */
function checkSelection(scope: Construct, { where, devices: data = [], metadataDevice, deviceFilter, devicePathFilter, everything }: Selection): void {
  const devices = [...data, ...(metadataDevice === undefined ? [] : [metadataDevice])];
  if (everything) {
    report(scope, ROOK_CLUSTER_RULES.CEPH142, { what: 'RookStorage.allDevices', problem: `takes every empty disk of ${where}` });
  }
  const first = devices.find(isFirst);
  const unstable = devices.find(isOfKernel);
  if (first !== undefined) {
    report(scope, ROOK_CLUSTER_RULES.CEPH142, { what: `the disk '${first}' of ${where}`, problem: 'is, on most machines, that of the system' });
  } else if (unstable !== undefined) {
    report(scope, ROOK_CLUSTER_RULES.CEPH143, { what: `devices of ${where}`, example: unstable });
  }
  for (const [what, filter, byPath] of [['deviceFilter', deviceFilter, false], ['devicePathFilter', devicePathFilter, true]] as const) {
    const expression = filter === undefined ? undefined : compile(what, filter);
    const disk = expression && systemDisk(expression, byPath);
    const name = expression && kernelName(expression, byPath);
    if (disk !== undefined) {
      report(scope, ROOK_CLUSTER_RULES.CEPH142, { what: `${what} '${filter}' of ${where}`, problem: `fits '${disk}' too, which may be the disk of the system` });
    } else if (name !== undefined || (filter !== undefined && !byPath)) {
      report(scope, ROOK_CLUSTER_RULES.CEPH143, { what: `${what} '${filter}' of ${where}`, example: name ?? 'what fits it' });
    }
  }
}

/** CEPH164 */
export function checkBinding(scope: Construct, what: string, { storageClassName, volumeBindingMode }: IStorageClass): void {
  if (volumeBindingMode === undefined) {
    checkAtSynth(scope, () => unchecked(scope, ROOK_CLUSTER_RULES.CEPH164, `when claims of the class '${storageClassName}' get their volumes: volumeBindingMode`));
  } else if (volumeBindingMode === VolumeBindingMode.IMMEDIATE) {
    report(scope, ROOK_CLUSTER_RULES.CEPH164, { what, storageClass: storageClassName });
  }
}

/** Links that virtual disks of several machines have alike. */
const REPEATED = /^\/dev\/disk\/by-id\/(scsi-0(DO|QEMU|Google)_|google-|virtio-|ata-QEMU|nvme-QEMU)/;

/** CEPH166 */
function checkTwice(scope: Construct, selections: readonly Selection[]): void {
  const seen = new Map<string, string>();
  for (const { where, devices = [] } of selections) {
    for (const device of devices.filter(name => name.startsWith('/dev/disk/by-id/') && !REPEATED.test(name))) {
      const first = seen.get(device);
      if (first === undefined) {
        seen.set(device, where);
      } else {
        report(scope, ROOK_CLUSTER_RULES.CEPH166, { device, first, second: where });
      }
    }
  }
}

/** What is found of the disks, whatever else the cluster is. */
export function checkStorage(scope: Construct, { selections, sets }: StorageParts): void {
  selections.forEach(selection => checkSelection(scope, selection));
  checkTwice(scope, selections);
  sets.forEach(({ name, storageClass }) => checkBinding(scope, `the set '${name}'`, storageClass));
}
