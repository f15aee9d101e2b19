import { createHash } from 'crypto';
import { NFS_DRIVER_NAME } from './nfs-profile';
import { CsiPorts } from '../csi/csi-driver-props';

/** As in the manifests of csi-driver-nfs, which other drivers keep clear of. */
const USUAL: CsiPorts = { controllerHealth: 29652, nodeHealth: 29653, registrarHealth: 19809 };

/** Below the NodePorts, and below the ports that the drivers of kubernetes-csi use by default. */
const FIRST = 28000;
const STEP = 10;
const BLOCKS = 160;

/** Ports of a driver on the nodes' network: those of another name follow from the name alone, so that they stay whatever else is installed. */
export function portsOf(driverName: string): CsiPorts {
  if (driverName === NFS_DRIVER_NAME) {
    return USUAL;
  }
  const first = FIRST + STEP * (createHash('sha256').update(`${driverName}`).digest().readUInt32BE(0) % BLOCKS);
  return { controllerHealth: first, nodeHealth: first + 1, registrarHealth: first + 2, metrics: first + 3 };
}
