import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { claimSpec } from './claim-spec';
import { checkMgrs, checkMons, refuse } from './cluster-checks';
import { clusterPlacement, clusterResources } from './pod-spec';
import { RookCephClusterProps, RookCephxKeyType, RookCsiOptions, RookDashboardOptions, RookNetworkOptions } from './rook-ceph-cluster-props';
import { StorageParts } from './storage-parts';
import { CephClusterSpecLogCollectorMaxLogSize } from '../../../../imports/ceph.rook.io';
import { checkSubdomain } from '../../../manifest/validate';
import { NodeCount } from '../../../platform/node-count';
import { Platform } from '../../../platform/platform';

const CONFIRMATION = 'yes-really-destroy-data';

/** What is said, or nothing where nothing is. */
function some<T extends object>(value: T): T | undefined {
  return Object.values(value).some(member => member !== undefined) ? value : undefined;
}

function dashboard(scope: Construct, { enabled = true, ssl = true, port, urlPrefix }: RookDashboardOptions): any {
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
    refuse(scope, 'dashboard.port', port, 'it is no port', 'leave it out for 8443');
  }
  if (urlPrefix !== undefined && !/^\/[\w./-]*$/.test(urlPrefix)) {
    refuse(scope, 'dashboard.urlPrefix', urlPrefix, 'it is no path', "such as '/ceph-dashboard'");
  }
  return { enabled, ssl: enabled ? ssl : undefined, port, urlPrefix };
}

const RANGE = /^(\d{1,3}(\.\d{1,3}){3}\/\d{1,2}|[0-9a-fA-F:]+:[0-9a-fA-F:]*\/\d{1,3})$/;

function network(scope: Construct, { hostNetwork, encryption, compression, requireMsgr2, ipv6, publicRanges, clusterRanges }: RookNetworkOptions): any {
  const ranges = [...publicRanges ?? [], ...clusterRanges ?? []];
  if (ranges.length > 0 && !hostNetwork) {
    refuse(scope, 'publicRanges and clusterRanges', ranges.join(','), 'they are networks of the nodes, which daemons on the network of pods have not', 'leave them out, or say hostNetwork: true');
  }
  const malformed = ranges.find(range => !RANGE.test(range));
  if (malformed !== undefined) {
    refuse(scope, 'the network', malformed, 'it is no range of addresses', "such as '10.0.0.0/16'");
  }
  return some({
    provider: hostNetwork ? 'host' : undefined,
    ipFamily: ipv6 ? 'IPv6' : undefined,
    addressRanges: some({ public: publicRanges?.length ? publicRanges : undefined, cluster: clusterRanges?.length ? clusterRanges : undefined }),
    connections: some({
      encryption: encryption === undefined ? undefined : { enabled: encryption },
      compression: compression === undefined ? undefined : { enabled: compression },
      requireMsgr2,
    }),
  });
}

/** What the drivers are told. */
export function csiSpec({ readAffinity, kernelMountOptions, fuseMountOptions }: RookCsiOptions): any {
  return some({
    readAffinity: readAffinity && { enabled: true, crushLocationLabels: readAffinity.crushLocationLabels },
    cephfs: some({
      kernelMountOptions: kernelMountOptions?.length ? kernelMountOptions.join(',') : undefined,
      fuseMountOptions: fuseMountOptions?.length ? fuseMountOptions.join(',') : undefined,
    }),
  });
}

function minutes(scope: Construct, { maintenanceTimeout }: RookCephClusterProps): number | undefined {
  const value = maintenanceTimeout?.toMinutes({ integral: false });
  if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
    refuse(scope, 'maintenanceTimeout', `${value} minutes`, 'Rook counts whole minutes', 'maintenanceTimeout: Duration.minutes(30)');
  }
  return value;
}

/** The spec of a CephCluster. CEPH141, CEPH144, CEPH162 */
export function clusterSpec(scope: Construct, props: RookCephClusterProps, image: string, dataDirHostPath: string, storage: StorageParts): any {
  const { mons = {}, mgrs = {}, monitoring, cleanup = {}, priorityClassNames = {}, crashCollector = true } = props;
  const seconds = monitoring?.interval?.toSeconds({ integral: false });
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds > 0)) {
    refuse(scope, 'monitoring.interval', `${seconds} seconds`, 'Prometheus asks every so many whole seconds', 'monitoring: { interval: Duration.seconds(30) }');
  }
  Object.entries(priorityClassNames).forEach(([what, name]) => name === undefined || checkSubdomain(scope, `the priority of ${what}`, name));
  return {
    cephVersion: { image, allowUnsupported: props.allowUnsupported },
    dataDirHostPath,
    mon: {
      count: checkMons(scope, mons, props.network?.hostNetwork ?? false),
      allowMultiplePerNode: mons.allowMultiplePerNode,
      volumeClaimTemplate: mons.storageClass && { spec: claimSpec('mons.size', mons.size ?? Size.gibibytes(10), mons.storageClass) },
    },
    mgr: {
      count: checkMgrs(scope, mgrs),
      allowMultiplePerNode: mgrs.allowMultiplePerNode,
      modules: mgrs.modules?.length ? mgrs.modules.map(name => ({ name, enabled: true })) : undefined,
    },
    dashboard: dashboard(scope, props.dashboard ?? {}),
    monitoring: monitoring && { enabled: true, interval: seconds === undefined ? undefined : `${seconds}s` },
    network: network(scope, props.network ?? {}),
    // Ceph's own default are the longer keys, which few kernels know.
    security: { cephx: { csi: { keyType: props.csiKeyType ?? RookCephxKeyType.AES } } },
    csi: csiSpec(props.csi ?? {}),
    cephConfig: props.cephConfig,
    crashCollector: crashCollector ? undefined : { disable: true },
    logCollector: { enabled: true, periodicity: 'daily', maxLogSize: CephClusterSpecLogCollectorMaxLogSize.fromString('500M') },
    resources: clusterResources(scope, props.resources),
    placement: clusterPlacement(scope, props.placement),
    priorityClassNames: {
      mon: priorityClassNames.mon ?? 'system-node-critical', osd: priorityClassNames.osd ?? 'system-node-critical', mgr: priorityClassNames.mgr ?? 'system-cluster-critical',
    },
    removeOsDsIfOutAndSafeToRemove: props.removeOsdsIfOutAndSafeToRemove,
    // Of one node a budget would only keep it from being drained.
    disruptionManagement: some({ managePodBudgets: Platform.of(scope).nodes === NodeCount.SINGLE ? undefined : true, osdMaintenanceTimeout: minutes(scope, props) }),
    cleanupPolicy: some({
      confirmation: cleanup.reallyDestroyData ? CONFIRMATION : undefined,
      sanitizeDisks: cleanup.completely ? { method: 'complete' } : undefined,
      allowUninstallWithVolumes: cleanup.allowUninstallWithVolumes,
    }),
    skipUpgradeChecks: props.skipUpgradeChecks,
    continueUpgradeAfterChecksEvenIfNotHealthy: props.continueUpgradeWhenUnhealthy,
    storage: storage.spec,
  };
}
