import { Construct } from 'constructs';
import { DriverParts } from './driver-parts';
import { CSI_RULES } from './rules';
import { SNAPSHOT_METADATA_PORT } from './sidecars';
import { fail } from '../findings/report';
import { Cluster } from '../platform/cluster';

interface Port {
  /** The property that sets it. */
  readonly role: string;
  readonly port: number;
}

/** What has a port of its own that no property sets. */
const FIXED = 'changedBlocks';

function mend(role: string): string {
  return role === FIXED ? 'leave controller.hostNetwork out: the port for changed blocks is fixed' : `give this driver ports of its own: ports: { ${role}: … }`;
}

function repeated(ports: readonly Port[]): Port | undefined {
  return ports.find((port, index) => ports.findIndex(other => other.port === port.port) < index);
}

/** CSI004: the ports of each kind of pod, and on the nodes' network those of all pods of the cluster, are different. */
export function claimPorts(scope: Construct, parts: DriverParts): void {
  const { controller, node, ports } = parts;
  const controllerPorts: Port[] = parts.sidecars.length === 0 ? [] : [
    // First, because it cannot give way: of two with one port the second is told to.
    ...(parts.changedBlocks ? [{ role: FIXED, port: SNAPSHOT_METADATA_PORT }] : []),
    { role: 'controllerHealth', port: ports.controllerHealth },
    ...parts.sidecars.flatMap(sidecar => (sidecar.httpPort === undefined ? [] : [{ role: 'metrics', port: sidecar.httpPort }])),
  ];
  const nodePorts: Port[] = [{ role: 'nodeHealth', port: ports.nodeHealth }, { role: 'registrarHealth', port: ports.registrarHealth }];
  const onHost = [...(controller.hostNetwork ? controllerPorts : []), ...(node.hostNetwork ? nodePorts : [])];
  const same = repeated(controllerPorts) ?? repeated(nodePorts) ?? repeated(onHost);
  if (same) {
    fail(scope, CSI_RULES.CSI004, { key: same.port, first: 'the same driver', mend: mend(same.role) });
  }
  onHost.forEach(({ role, port }) => Cluster.of(scope).claim(scope, 'host port', port, CSI_RULES.CSI004, { mend: mend(role) }));
}
