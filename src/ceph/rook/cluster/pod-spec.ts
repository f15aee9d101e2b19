import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { RookClusterPlacement, RookClusterResources, RookPlacement, RookResources } from './rook-pod-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { checkToleration } from '../../../csi/pod-extensions';
import { fail, report } from '../../../findings/report';
import { checkMetadata, quantity, shown } from '../../../manifest/validate';

interface Daemon {
  /** Its key in a CephCluster. */
  readonly key: string;
  readonly cpu: string;
  readonly request: Size;
  readonly limit?: Size;
  /** With less, Rook warns in its log. */
  readonly minimum?: Size;
}

/** What Rook's chart gives, and what its code recommends (CheckPodMemory). */
const DAEMONS: Record<keyof RookClusterResources, Daemon> = {
  mon: { key: 'mon', cpu: '1', request: Size.gibibytes(1), limit: Size.gibibytes(2), minimum: Size.gibibytes(1) },
  mgr: { key: 'mgr', cpu: '500m', request: Size.mebibytes(512), limit: Size.gibibytes(1), minimum: Size.mebibytes(512) },
  osd: { key: 'osd', cpu: '1', request: Size.gibibytes(4), limit: Size.gibibytes(4), minimum: Size.gibibytes(2) },
  prepareOsd: { key: 'prepareosd', cpu: '500m', request: Size.mebibytes(50) },
  mgrSidecar: { key: 'mgr-sidecar', cpu: '100m', request: Size.mebibytes(40), limit: Size.mebibytes(100) },
  crashCollector: { key: 'crashcollector', cpu: '100m', request: Size.mebibytes(60), limit: Size.mebibytes(60) },
  logCollector: { key: 'logcollector', cpu: '100m', request: Size.mebibytes(100), limit: Size.gibibytes(1) },
  exporter: { key: 'exporter', cpu: '50m', request: Size.mebibytes(50), limit: Size.mebibytes(128) },
};
export const MDS: Daemon = { key: 'mds', cpu: '1', request: Size.gibibytes(4), limit: Size.gibibytes(4), minimum: Size.gibibytes(4) };
export const MIRROR: Daemon = { key: 'mirror', cpu: '500m', request: Size.mebibytes(512), limit: Size.gibibytes(1), minimum: Size.mebibytes(512) };

const bytes = (size: Size) => size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
const CPU = /^(\d+m|\d+(\.\d{1,3})?)$/;

/** What one kind of daemon gets. CEPH141, CEPH162, CEPH163 */
export function resourcesOf(scope: Construct, { key, cpu, request, limit, minimum }: Daemon, given: RookResources = {}): Record<string, Record<string, string>> {
  const { cpuRequest = cpu, memoryRequest, memoryLimit } = given;
  for (const [what, size] of Object.entries({ memoryRequest, memoryLimit })) {
    if (size) {
      quantity(scope, `${what} of ${key}`, size);
    }
  }
  if (!(CPU.test(cpuRequest) && parseFloat(cpuRequest) > 0)) {
    fail(scope, ROOK_CLUSTER_RULES.CEPH141, { what: `cpuRequest of ${key}`, value: shown(cpuRequest), problem: 'it is no amount of CPU', expected: "write '500m' or '1'" });
  }
  const asked = memoryRequest ?? (memoryLimit && bytes(memoryLimit) < bytes(request) ? memoryLimit : request);
  const most = memoryLimit ?? (limit && bytes(asked) > bytes(limit) ? asked : limit);
  if (most && bytes(asked) > bytes(most)) {
    fail(scope, ROOK_CLUSTER_RULES.CEPH162, { daemon: key, request: asked.asString(), limit: most.asString() });
  }
  if (most && minimum && bytes(most) < bytes(minimum)) {
    report(scope, ROOK_CLUSTER_RULES.CEPH163, { daemon: key, limit: most.asString(), minimum: minimum.asString() });
  }
  return { requests: { cpu: cpuRequest, memory: asked.asString() }, ...(most ? { limits: { memory: most.asString() } } : {}) };
}

export function clusterResources(scope: Construct, given: RookClusterResources = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(DAEMONS).map(([name, daemon]) => [daemon.key, resourcesOf(scope, daemon, given[name as keyof RookClusterResources])]));
}

const PLACES: Record<keyof RookClusterPlacement, string> = { all: 'all', mon: 'mon', mgr: 'mgr', osd: 'osd', prepareOsd: 'prepareosd' };

/** Where one kind of daemon runs. */
export function placementOf(scope: Construct, what: string, { nodeLabels, tolerations }: RookPlacement): any {
  checkMetadata(scope, nodeLabels);
  const matchExpressions = Object.entries(nodeLabels ?? {}).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return {
    ...(matchExpressions.length > 0 ? { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } } : {}),
    ...(tolerations?.length ? { tolerations: tolerations.map(toleration => checkToleration(scope, `the tolerations of ${what}`, toleration)) } : {}),
  };
}

export function clusterPlacement(scope: Construct, given: RookClusterPlacement = {}): any {
  const entries = Object.entries(PLACES).filter(([name]) => given[name as keyof RookClusterPlacement])
    .map(([name, key]) => [key, placementOf(scope, name, given[name as keyof RookClusterPlacement]!)] as const)
    .filter(([, placement]) => Object.keys(placement).length > 0);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
