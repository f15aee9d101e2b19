import { SizeRoundingBehavior } from 'cdk8s';
import { claimSpec } from './claim-spec';
import { RookDeviceSet, RookOsdOptions, RookStorageNode } from './rook-storage-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { CephClusterSpecStorageStorageClassDeviceSets } from '../../../../imports/ceph.rook.io';
import { fail } from '../../../findings/report';
import { checkMetadata, quantity, shown } from '../../../manifest/validate';

/** CEPH141 */
function refuse(what: string, value: unknown, problem: string, expected: string): never {
  return fail(undefined, ROOK_CLUSTER_RULES.CEPH141, { what, value: shown(value), problem, expected });
}

/** How OSDs are made, as Rook has it: all texts. */
export function osdConfig({ deviceClass, osdsPerDevice, encrypted, metadataDevice, databaseSize }: RookOsdOptions): Record<string, string> | undefined {
  if (osdsPerDevice !== undefined && !(Number.isInteger(osdsPerDevice) && osdsPerDevice > 0 && osdsPerDevice <= 100)) {
    refuse('osdsPerDevice', osdsPerDevice, 'it is no number of OSDs', 'leave it out for 1; 2 to 4 for fast NVMe');
  }
  if (databaseSize !== undefined && metadataDevice === undefined) {
    refuse('databaseSize', quantity(undefined, 'databaseSize', databaseSize), 'it is the share of a metadataDevice, but there is none', "leave it out, or say metadataDevice: '/dev/disk/by-id/nvme-…'");
  }
  for (const [what, value] of Object.entries({ deviceClass, metadataDevice })) {
    if (value !== undefined && !/^[\w./:@+-]+$/.test(value)) {
      refuse(what, value, 'it is no name', what === 'deviceClass' ? "such as 'hdd', 'ssd' or 'nvme'" : "such as '/dev/disk/by-id/nvme-…'");
    }
  }
  const config = Object.entries({
    deviceClass,
    osdsPerDevice,
    encryptedDevice: encrypted,
    metadataDevice,
    databaseSizeMB: databaseSize && quantity(undefined, 'databaseSize', databaseSize) && databaseSize.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR }),
  }).filter(([, value]) => value !== undefined).map(([key, value]) => [key, `${value}`]);
  return config.length > 0 ? Object.fromEntries(config) : undefined;
}

/** Which disks of a node, or of all. */
export function selectionSpec({ devices, deviceFilter, devicePathFilter }: Omit<RookStorageNode, 'name'>) {
  return { devices: devices?.map(name => ({ name })), deviceFilter, devicePathFilter };
}

const HOSTNAME = 'kubernetes.io/hostname';

/** Spread by each label: nodes if possible, all that is wider in any case. */
function spread(app: string, labels: readonly string[]) {
  return {
    topologySpreadConstraints: labels.map(topologyKey => ({
      maxSkew: 1, topologyKey, whenUnsatisfiable: topologyKey === HOSTNAME ? 'ScheduleAnyway' : 'DoNotSchedule', labelSelector: { matchLabels: { app } },
    })),
  };
}

/** A set of claims, as Rook has it. Where a volume is made shows from the pod that prepares it first. */
export function deviceSet(set: RookDeviceSet): CephClusterSpecStorageStorageClassDeviceSets {
  const { name, count, size, storageClass, portable, spreadBy = [HOSTNAME], deviceClass, encrypted, tuneDeviceClass, tuneFastDeviceClass } = set;
  osdConfig({ deviceClass });
  spreadBy.forEach(label => checkMetadata(undefined, { [label]: '' }));
  return {
    name,
    count,
    portable,
    tuneDeviceClass,
    tuneFastDeviceClass,
    encrypted,
    placement: spread('rook-ceph-osd', spreadBy),
    preparePlacement: spread('rook-ceph-osd-prepare', spreadBy),
    volumeClaimTemplates: [{
      metadata: { name: 'data', ...(deviceClass === undefined ? {} : { annotations: { crushDeviceClass: deviceClass } }) },
      spec: { ...claimSpec(`size of the set '${name}'`, size, storageClass), volumeMode: 'Block', accessModes: ['ReadWriteOnce'] },
    }],
  };
}
