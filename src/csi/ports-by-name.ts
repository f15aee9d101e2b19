import { createHash } from 'crypto';
import { CsiPorts } from './csi-driver-props';

/** Below the NodePorts, and below the ports that the drivers of kubernetes-csi use by default. */
const FIRST = 28000;
const STEP = 10;
const BLOCKS = 160;

/** Ports of a driver on the nodes' network that follow from its name alone, so that they stay whatever else is installed. */
export function portsByName(driverName: string): CsiPorts {
  const first = FIRST + STEP * (createHash('sha256').update(`${driverName}`).digest().readUInt32BE(0) % BLOCKS);
  return { controllerHealth: first, nodeHealth: first + 1, registrarHealth: first + 2, metrics: first + 3 };
}
