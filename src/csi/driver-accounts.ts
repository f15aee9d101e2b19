import { Construct } from 'constructs';
import { bindRole, PodsOfOthers, writeAccount, writeClusterRole, writeControllerAccount, writeOwnRole } from './account';
import { DriverParts } from './driver-parts';
import { permissionGrants } from './permission-grants';
import { policyRules } from './rbac';
import { ManifestProps } from '../manifest/manifest-props';
import { Cluster } from '../platform/cluster';

/** What the accounts of a driver depend on besides its parts. */
export interface AccountFacts {
  /** Whether the controller's pods need more than a distribution lets every pod have. */
  readonly controllerIsPrivileged: boolean;
  /**
   * Where the pods are not written here.
   *
   * @default - they are
   */
  readonly others?: PodsOfOthers;
}

/** Accounts, and what they may do; a node plugin that asks nothing gets no token at all. */
export function writeDriverAccounts(scope: Construct, parts: DriverParts, common: ManifestProps, { controllerIsPrivileged, others }: AccountFacts): void {
  const { driverName, namespace, controllerName: name, nodeName, sidecars, facts: { features } } = parts;
  const permissions = (what: 'controller' | 'node', ownNamespace: boolean) => permissionGrants(scope, `${what}.permissions`, parts[what].permissions, ownNamespace);
  if (sidecars.length > 0) {
    writeControllerAccount(scope, {
      name,
      namespace,
      // A driver's name is unique in a cluster.
      clusterRole: `${driverName}-controller`,
      grants: [...sidecars.flatMap(sidecar => sidecar.grants), ...permissions('controller', false)],
      ownGrants: [...sidecars.flatMap(sidecar => sidecar.ownGrants ?? []), ...permissions('controller', true)],
      conditions: features,
      others,
    }, common);
  }
  writeAccount(scope, nodeName, namespace, common, {}, others);
  const [cluster, own] = [false, true].map(ownNamespace => policyRules(permissions('node', ownNamespace), features));
  if (cluster.length > 0) {
    writeClusterRole(scope, 'Node', `${driverName}-node`, cluster, { name: nodeName, namespace }, common);
  }
  if (own.length > 0) {
    writeOwnRole(scope, 'Node', own, { name: nodeName, namespace }, common);
  }
  const accounts = [nodeName, ...(sidecars.length > 0 && controllerIsPrivileged ? [name] : [])];
  bindRole(scope, 'PrivilegedRoleBinding', Cluster.of(scope).platform.distribution.privilegedClusterRole, { name: `${nodeName}-privileged`, namespace, accounts }, common);
}
