import { Construct } from 'constructs';
import { IRookOperator, RookCephCluster, RookCephClusterProps, RookDeviceSelection, RookExternalCephCluster, RookExternalCephClusterProps, RookOperator, RookStorage } from '../../src';
import { testChart } from '../support';

/** An operator that somebody installed in rook-ceph. */
export const ROOK: IRookOperator = RookOperator.existing({ watchesAllNamespaces: true });

const disk = (serial: string) => `/dev/disk/by-id/ata-ST4000DM004_${serial}`;

/** Disks of three nodes, by names that stay. */
export const DISKS = RookStorage.nodes([
  { name: 'node1', devices: [disk('A1'), disk('A2')] },
  { name: 'node2', devices: [disk('B1'), disk('B2')] },
  { name: 'node3', devices: [disk('C1'), disk('C2')] },
]);

export const storageOf = (selection: RookDeviceSelection) => RookStorage.devices(selection);

/** A cluster that trips nothing. */
export function rookCluster(props: Partial<RookCephClusterProps> = {}, scope: Construct = testChart({}, { namespace: 'rook-ceph' })): RookCephCluster {
  return new RookCephCluster(scope, 'Ceph', { operator: ROOK, storage: DISKS, ...props });
}

export const FSID = 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8';

/** A Ceph that is elsewhere. */
export function rookExternal(props: Partial<RookExternalCephClusterProps> = {}, scope: Construct = testChart({}, { namespace: 'rook-ceph' })): RookExternalCephCluster {
  return new RookExternalCephCluster(scope, 'External', { operator: ROOK, fsid: FSID, monitors: { a: '10.0.0.1:3300', b: '10.0.0.2:3300' }, ...props });
}
