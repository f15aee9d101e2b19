import { compile } from './device-filter';
import { deviceSet, osdConfig, selectionSpec } from './device-spec';
import { RookDeviceSelection, RookDeviceSet, RookOsdOptions, RookStorageNode } from './rook-storage-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { declareParts, Selection, StorageParts } from './storage-parts';
import { fail } from '../../../findings/report';
import { ANY, all, checkShape, FLAG, listOf, NUMBER, SIZE, spelled, TEXT } from '../../../manifest/shapes';
import { checkLabel, checkSubdomain, shown } from '../../../manifest/validate';
import { checkClassHandedOver } from '../../../volume/checks';

const OSD = { ...all(TEXT, 'deviceClass', 'metadataDevice'), osdsPerDevice: NUMBER, encrypted: FLAG, databaseSize: SIZE };
const SELECTION = { ...OSD, ...all(TEXT, 'deviceFilter', 'devicePathFilter'), devices: listOf(TEXT) };
const NODES = listOf(spelled({ ...SELECTION, name: TEXT }));
const SETS = listOf(spelled({
  ...all(TEXT, 'name', 'deviceClass'), ...all(FLAG, 'portable', 'encrypted', 'tuneDeviceClass', 'tuneFastDeviceClass'), count: NUMBER, size: SIZE, storageClass: ANY, spreadBy: listOf(TEXT),
}));

/** More than any cluster has. */
const MOST_OSDS = 100_000;

/** CEPH141 */
function refuse(what: string, value: unknown, problem: string, expected: string): never {
  return fail(undefined, ROOK_CLUSTER_RULES.CEPH141, { what, value: shown(value), problem, expected });
}

/** On which disks a Ceph cluster of Rook keeps its data. */
export class RookStorage {
  /**
   * Disks of nodes that are named one by one: nothing that is not said here is touched.
   *
   * @param nodes the nodes, each with its disks
   * @throws CEPH140 for wrong types; CEPH141 for names and filters that Rook cannot use
   */
  public static nodes(nodes: RookStorageNode[]): RookStorage {
    checkShape(undefined, 'nodes', nodes, NODES, ROOK_CLUSTER_RULES.CEPH140);
    if (nodes.length === 0) {
      refuse('the nodes', nodes, 'there are none', "RookStorage.nodes([{ name: 'node1', devices: ['/dev/disk/by-id/ata-ST4000DM004_WFN0ABCD'] }])");
    }
    checkNodeNames(nodes.map(({ name }) => name));
    const selections = nodes.map(node => checkSelection(`node '${node.name}'`, node, 1));
    return new RookStorage({
      selections,
      spec: {
        useAllNodes: false,
        useAllDevices: false,
        nodes: nodes.map(node => ({ name: node.name, ...selectionSpec(node), config: osdConfig(node) })),
      },
      sets: [],
    });
  }

  /**
   * Disks that all nodes have alike, by names or by a filter.
   *
   * @throws CEPH140 for wrong types; CEPH141 for names and filters that Rook cannot use
   */
  public static devices(selection: RookDeviceSelection): RookStorage {
    checkShape(undefined, 'devices', selection, spelled({ ...SELECTION, nodes: listOf(TEXT) }), ROOK_CLUSTER_RULES.CEPH140);
    const { nodes } = selection;
    if (nodes?.length === 0) {
      refuse('the nodes', nodes, 'there are none', "name them, or leave nodes out for all: nodes: ['node1', 'node2', 'node3']");
    }
    checkNodeNames(nodes ?? []);
    return new RookStorage({
      selections: [checkSelection('every node', selection, nodes?.length)],
      spec: {
        useAllNodes: nodes === undefined,
        useAllDevices: false,
        ...selectionSpec(selection),
        config: osdConfig(selection),
        nodes: nodes?.map(name => ({ name })),
      },
      sets: [],
    });
  }

  /**
   * Claims of raw volumes: of a cloud, or of disks that somebody offers as local volumes.
   *
   * @param sets of volumes that are alike
   * @throws CEPH140 for wrong types; CEPH141 for names and numbers that Rook cannot use
   */
  public static claims(...sets: RookDeviceSet[]): RookStorage {
    checkShape(undefined, 'claims', sets, SETS, ROOK_CLUSTER_RULES.CEPH140);
    if (sets.length === 0) {
      refuse('the claims', sets, 'there are none', "RookStorage.claims({ name: 'set1', count: 3, size: Size.tebibytes(1), storageClass })");
    }
    sets.forEach(({ name, count, storageClass }, index) => {
      checkLabel(undefined, 'the set of claims', name);
      checkClassHandedOver(undefined, storageClass);
      if (!(Number.isInteger(count) && count > 0 && count <= MOST_OSDS)) {
        refuse('count', count, 'it is no number of OSDs', 'one claim for each: count: 3');
      }
      if (storageClass === undefined || storageClass === null) {
        refuse(`the storageClass of the set '${name}'`, storageClass, 'it is missing', "storageClass: StorageClass.fromStorageClassName('local-block'), or the one that addStorageClass gave");
      }
      if (sets.findIndex(other => other.name === name) < index) {
        refuse('the set of claims', name, 'there are two of that name', 'give each a name of its own');
      }
    });
    return new RookStorage({
      selections: [],
      spec: { useAllNodes: false, useAllDevices: false, storageClassDeviceSets: sets.map(deviceSet) },
      sets,
    });
  }

  /**
   * Every empty disk of every node, also of those that come later: for machines that are there for nothing else (CEPH142).
   *
   * @throws CEPH140 for wrong types; CEPH141
   */
  public static allDevices(options: RookOsdOptions = {}): RookStorage {
    checkShape(undefined, 'allDevices', options, spelled(OSD), ROOK_CLUSTER_RULES.CEPH140);
    return new RookStorage({
      selections: [{ where: 'every node', everything: true, metadataDevice: options.metadataDevice, deviceClass: options.deviceClass }],
      spec: { useAllNodes: true, useAllDevices: true, config: osdConfig(options) },
      sets: [],
    });
  }

  private constructor(parts: StorageParts) {
    declareParts(this, parts);
  }
}

function checkNodeNames(names: readonly string[]): void {
  names.forEach((name, index) => {
    checkSubdomain(undefined, 'the node', name);
    if (names.indexOf(name) < index) {
      refuse('the node', name, 'it is listed twice, and Rook takes the first', 'list each once, with all of its disks');
    }
  });
}

/** CEPH141 */
function checkSelection(where: string, options: Omit<RookStorageNode, 'name'>, hosts?: number): Selection {
  const { devices, deviceFilter, devicePathFilter, metadataDevice, deviceClass, osdsPerDevice = 1 } = options;
  const given = Object.entries({ devices, deviceFilter, devicePathFilter }).filter(([, value]) => value !== undefined).map(([key]) => key);
  if (given.length !== 1) {
    refuse(`the disks of ${where}`, given.join(' and ') || undefined, given.length === 0 ? 'none are chosen' : 'Rook goes by the first of them only',
      "give one of devices: ['/dev/disk/by-id/…'], devicePathFilter and deviceFilter");
  }
  for (const device of devices ?? []) {
    if (!/^(\/dev(\/[^/\s]+)+|[A-Za-z][A-Za-z0-9_.-]*)$/.test(device) || device.split('/').includes('..')) {
      refuse('the disk', device, 'it is no name of a device', "such as '/dev/disk/by-id/ata-ST4000DM004_WFN0ABCD'");
    }
  }
  const again = devices?.find((device, index) => devices.indexOf(device) < index);
  if (devices?.length === 0 || again !== undefined) {
    refuse(`the disks of ${where}`, again ?? devices, again === undefined ? 'there are none' : 'it is listed twice', 'list each disk once');
  }
  if (metadataDevice !== undefined && devices?.includes(metadataDevice)) {
    refuse(`the metadataDevice of ${where}`, metadataDevice, 'it is one of its devices too, and cannot hold data and the metadata of other disks', 'leave it out of devices');
  }
  Object.entries({ deviceFilter, devicePathFilter }).forEach(([what, filter]) => filter === undefined || compile(what, filter));
  const osds = devices && hosts && devices.length * osdsPerDevice * hosts;
  return { where, devices, deviceFilter, devicePathFilter, metadataDevice, deviceClass, hosts, osds };
}
