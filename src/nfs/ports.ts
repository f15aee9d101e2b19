import { NFS_DRIVER_NAME } from './nfs-profile';
import { CsiPorts } from '../csi/csi-driver-props';
import { portsByName } from '../csi/ports-by-name';

/** As in the manifests of csi-driver-nfs, which other drivers keep clear of. */
const USUAL: CsiPorts = { controllerHealth: 29652, nodeHealth: 29653, registrarHealth: 19809 };

/** Ports of a driver on the nodes' network. */
export function portsOf(driverName: string): CsiPorts {
  return driverName === NFS_DRIVER_NAME ? USUAL : portsByName(driverName);
}
