import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { RookFeature } from './grants';
import { RookOperatorProps } from './rook-operator-props';
import { ROOK_OPERATOR_RULES } from './rules';
import { fail } from '../../../findings/report';
import { Distribution } from '../../../platform/distribution';

/** Settings that Rook finds by the name of this ConfigMap, and takes up while it runs. */
export const CONFIG_MAP = 'rook-ceph-operator-config';
const SETTING = /^[A-Z][A-Z0-9_]*$/;
/** What the properties say, or what it reads before the ConfigMap, or never again. */
const SAID: Readonly<Record<string, string>> = {
  ROOK_LOG_LEVEL: 'logLevel',
  ROOK_CEPH_COMMANDS_TIMEOUT_SECONDS: 'cephCommandsTimeout',
  ROOK_ENABLE_DISCOVERY_DAEMON: 'discoveryDaemon',
  ROOK_DISCOVER_DEVICES_INTERVAL: 'discoveryInterval',
  ROOK_CURRENT_NAMESPACE_ONLY: 'clusterNamespaces',
  ROOK_DISABLE_OBJECT_BUCKET_CLAIM: 'objectStorage',
  ROOK_OBC_WATCH_OPERATOR_NAMESPACE: 'objectStorage',
  ROOK_RECONCILE_CONCURRENT_CLUSTERS: 'concurrentClusters',
  ROOK_OPERATOR_METRICS_BIND_ADDRESS: 'metricsPort',
  ROOK_HOSTPATH_REQUIRES_PRIVILEGED: 'Platform.set, by its distribution',
};

/** CEPH138 */
function refuse(scope: Construct, what: string, problem: string, expected: string): never {
  return fail(scope, ROOK_OPERATOR_RULES.CEPH138, { what, problem, expected });
}

function checkWhole(scope: Construct, what: string, value: number, highest: number): number {
  if (!Number.isInteger(value) || value < 1 || value > highest) {
    refuse(scope, what, `${value} is no whole number from 1 to ${highest}`, `leave it out, or give a whole number from 1 to ${highest}`);
  }
  return value;
}

const seconds = (scope: Construct, what: string, duration: Duration, highest: number) => checkWhole(scope, `${what} in seconds`, duration.toSeconds({ integral: false }), highest);

/** What the props ask of it beside Ceph itself. */
export function operatorFeatures(props: RookOperatorProps, distribution: Distribution): Set<RookFeature> {
  const asked: Record<RookFeature, boolean | undefined> = {
    objectStorage: props.objectStorage,
    orchestrator: props.orchestrator,
    serviceMonitors: props.serviceMonitors,
    serviceExports: props.serviceExports,
    multus: props.multus,
    restrictedEndpoints: distribution.privilegedClusterRole !== undefined,
    allNamespaces: (props.clusterNamespaces ?? []).length > 0,
  };
  return new Set(Object.entries(asked).filter(([, wanted]) => wanted).map(([feature]) => feature as RookFeature));
}

/** What it takes up while it runs. */
export function operatorSettings(scope: Construct, props: RookOperatorProps, features: ReadonlySet<RookFeature>): Record<string, string> {
  const { settings = {}, discoveryDaemon, discoveryInterval, cephCommandsTimeout } = props;
  for (const key of Object.keys(settings)) {
    const said = Object.hasOwn(SAID, key) ? SAID[key] : undefined;
    if (said !== undefined || !SETTING.test(key)) {
      refuse(scope, `settings.${key}`, said === undefined ? 'no setting of Rook is called so' : 'it has a property of its own', said === undefined ? "write it as Rook does: settings: { ROOK_CEPH_ALLOW_LOOP_DEVICES: 'true' }" : `use ${said}`);
    }
  }
  if (discoveryInterval && !discoveryDaemon) {
    refuse(scope, 'discoveryInterval', 'nothing looks for devices', 'write discoveryDaemon: true, or leave it out');
  }
  return {
    ROOK_LOG_LEVEL: props.logLevel ?? 'INFO',
    ...(cephCommandsTimeout ? { ROOK_CEPH_COMMANDS_TIMEOUT_SECONDS: `${seconds(scope, 'cephCommandsTimeout', cephCommandsTimeout, 3600)}` } : {}),
    ...(discoveryDaemon ? { ROOK_ENABLE_DISCOVERY_DAEMON: 'true' } : {}),
    ...(discoveryInterval ? { ROOK_DISCOVER_DEVICES_INTERVAL: `${seconds(scope, 'discoveryInterval', discoveryInterval, 7 * 24 * 3600)}s` } : {}),
    ...(features.has('objectStorage') ? { ROOK_OBC_WATCH_OPERATOR_NAMESPACE: 'true' } : {}),
    ...settings,
  };
}

/** What it reads once. */
export function operatorVariables(scope: Construct, props: RookOperatorProps, features: ReadonlySet<RookFeature>, distribution: Distribution): Record<string, string> {
  const { concurrentClusters, metricsPort } = props;
  return {
    ROOK_CURRENT_NAMESPACE_ONLY: `${!features.has('allNamespaces')}`,
    ...(features.has('objectStorage') ? {} : { ROOK_DISABLE_OBJECT_BUCKET_CLAIM: 'true' }),
    // SELinux lets only privileged containers write to directories of the node.
    ...(distribution.seLinux ? { ROOK_HOSTPATH_REQUIRES_PRIVILEGED: 'true' } : {}),
    ...(concurrentClusters === undefined ? {} : { ROOK_RECONCILE_CONCURRENT_CLUSTERS: `${checkWhole(scope, 'concurrentClusters', concurrentClusters, 100)}` }),
    // Below 1024 a port takes a capability.
    ...(metricsPort === undefined ? {} : { ROOK_OPERATOR_METRICS_BIND_ADDRESS: `:${checkPort(scope, metricsPort)}` }),
  };
}

function checkPort(scope: Construct, port: number): number {
  if (checkWhole(scope, 'metricsPort', port, 65535) < 1024) {
    refuse(scope, 'metricsPort', `the operator is not root, and may not listen on ${port}`, 'give one from 1024 to 65535');
  }
  return port;
}
