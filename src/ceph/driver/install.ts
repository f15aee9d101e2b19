import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { CephFsCsiDriverProps } from './ceph-fs-csi-driver-props';
import { CephRbdCsiDriverProps } from './ceph-rbd-csi-driver-props';
import { writeConfigMaps } from './config-maps';
import { driverArgs } from './driver-args';
import { declareFacts } from './driver-facts';
import { DriverKind } from './driver-kind';
import { controllerWithVolumes, nodeWithVolumes } from './driver-volumes';
import { ExistingCephCsiDriverOptions } from './existing-ceph-csi-driver-options';
import { grantKms } from './kms-grants';
import { checkRelease } from './releases';
import { CsiCapabilities } from '../../csi/capabilities';
import { CsiDriver } from '../../csi/csi-driver';
import { FsGroupPolicy } from '../../csi/csi-driver-props';
import { CsiPermission } from '../../csi/csi-permission';
import { CsiPodOptions } from '../../csi/csi-pod-options';
import { CsiSidecars } from '../../csi/csi-sidecar-options';
import { DriverProfile, setProfile } from '../../csi/driver-profile';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { portsByName } from '../../csi/ports-by-name';
import { ServiceAccountReference } from '../../csi/service-account-reference';
import { fail } from '../../findings/report';
import { withDefaults } from '../../manifest/defaults';
import { checkShape, oneOf } from '../../manifest/shapes';
import { shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { checkPath } from '../../volume/checks';
import { addonsParts } from '../addons/driver/driver-parts';
import { CephDeployment } from '../deployment';
import { kmsConfiguration, kmsNeeds } from '../kms/kms-needs';
import { OperatedDriver } from '../operator/operated-driver';
import { CEPH_OPERATOR_RULES } from '../operator/rules';
import { CEPH_RULES } from '../rules';

/** Installs one of the two drivers below a construct of its own. */
export function installDriver(scope: Construct, kind: DriverKind, profile: DriverProfile, given: CephRbdCsiDriverProps & CephFsCsiDriverProps): CsiDriver | OperatedDriver {
  const props = given ?? {};
  checkDeployment(scope, props.deployment);
  const { distribution } = Cluster.of(scope).platform;
  const { driverName = kind.driverName, kms = [] } = props;
  const name = props.name ?? (driverName === kind.driverName ? kind.name : `${driverName}`.replace(/\./g, '-'));
  const namespace = props.namespace ?? name;
  const { attach, fuseRecovery, logDirectory } = props;
  checkFlags(scope, { fencing: props.fencing, volumeHealer: props.volumeHealer, fuseRecovery, attach });
  if (logDirectory !== undefined) {
    checkPath(scope, logDirectory, '/var/log/ceph');
  }
  const version = checkRelease(scope, props);
  const names = { config: `${name}-config`, cephConf: `${name}-ceph-conf`, kms: `${name}-kms-config` };
  const kmsConfig = kmsConfiguration(scope, kms);
  const needs = kms.map(each => kmsNeeds(each, namespace));
  const oidcToken = needs.some(each => each.oidcToken);
  const permissions: CsiPermission[] = needs.flatMap(each => each.grants)
    .map(({ group, resource, verbs, names: resourceNames }) => ({ apiGroup: group, resource, verbs, resourceNames: [...resourceNames] }));
  const nodePermissions = props.volumeHealer ? [...READ_NODE, ...HEALER_PERMISSIONS] : READ_NODE;
  const mountRecords = fuseRecovery ? `${distribution.kubeletDirectory}/plugins/${driverName}/mountinfo` : undefined;
  const host = { seLinux: distribution.seLinux, logDirectory, mountRecords };
  const { controllerArgs, nodeArgs } = driverArgs(scope, kind, driverName, props, distribution.kubeletDirectory);
  const image = props.image ?? `quay.io/cephcsi/cephcsi:${version}`;
  const operated = props.deployment === CephDeployment.OPERATOR;
  const addons = addonsParts(scope, props, { kind, driverName, name, namespace, image, version, operated });
  const csi = {
    labels: props.labels,
    annotations: props.annotations,
    driverName,
    name,
    namespace,
    createNamespace: props.createNamespace,
    image,
    imageRegistry: props.imageRegistry,
    imagePullSecrets: props.imagePullSecrets,
    sidecars: sidecars(props),
    monitoring: props.monitoring,
    networkPolicy: props.networkPolicy,
    logLevel: props.logLevel,
    capabilities: capabilitiesOf(kind, props),
    controllerArgs: [...controllerArgs, ...addons.args],
    nodeArgs: [...nodeArgs, ...addons.args],
    changedBlocks: props.changedBlocks,
    ports: withDefaults(driverName === kind.driverName ? kind.ports : portsByName(driverName), props.ports),
    operationTimeout: props.operationTimeout ?? Duration.seconds(150),
    defaultFsType: kind.defaultFsType,
    fsGroupPolicy: FsGroupPolicy.FILE,
    podInfoOnMount: true,
    seLinuxMount: true,
    controller: controllerWithVolumes(pod(addons.controller, [...(props.fencing ? READ_NODE : []), ...permissions]), names, oidcToken),
    node: nodeWithVolumes(withDefaults({ hostNetwork: true }, pod(addons.node, [...nodePermissions, ...permissions])), names, oidcToken, host),
  };
  const driver = operated ? new OperatedDriver(scope, 'Driver', { kind, csi, ceph: props, names }) : new CsiDriver(scope, 'Driver', csi);
  addons.write();
  writeConfigMaps(scope, kind, driverName, namespace, names, kmsConfig, { ...props, operated });
  grantKms(scope, name, driver, needs.flatMap(each => each.secrets), props);
  const { fencing = false, volumeHealer = false, domainLabels = [], node, csiAddons = false, omapGenerator = false, clusterMappings = [] } = props;
  const facts = {
    kind, installed: true, operated, version, fencing, volumeHealer, domainLabels, kms, updateStrategy: node?.updateStrategy, csiAddons, omapGenerator, clusterMappings,
  };
  for (const each of [scope as Construct & ICsiDriver, driver]) {
    setProfile(each, profile);
    declareFacts(each, facts);
  }
  return driver;
}

/** CEPH100 */
function checkDeployment(scope: Construct, deployment: CephDeployment | undefined): void {
  if (deployment !== undefined) {
    checkShape(scope, 'deployment', deployment, oneOf(CephDeployment), CEPH_OPERATOR_RULES.CEPH100);
  }
}

/** A driver that is there already, as its Helm chart names things. */
export function existingDriver(kind: DriverKind, profile: DriverProfile, options: ExistingCephCsiDriverOptions): ICsiDriver {
  const { version, fencing, domainLabels, kms, csiAddons, omapGenerator, clusterMappings } = options;
  checkLists(options);
  const account = accountsOf(kind, options);
  checkRelease(undefined, { version });
  const driver = CsiDriver.fromDriverName(options.driverName ?? kind.driverName, {
    version,
    capabilities: capabilitiesOf(kind, { ...options, snapshots: options.snapshots ?? true }),
    controllerServiceAccount: options.controllerServiceAccount ?? account('controller', 'provisioner'),
    nodeServiceAccount: options.nodeServiceAccount ?? account('node', 'nodeplugin'),
  });
  setProfile(driver, profile);
  declareFacts(driver, { kind, installed: false, version, fencing, domainLabels, kms, csiAddons, omapGenerator, clusterMappings });
  return driver;
}

/** The accounts of a driver that this library installed elsewhere, or else its chart; of one that has another name nothing is known. */
function accountsOf(kind: DriverKind, { name, namespace, driverName }: ExistingCephCsiDriverOptions): (ours: string, theirs: string) => ServiceAccountReference | undefined {
  return (ours, theirs) => (name !== undefined ? { name: `${name}-${ours}`, namespace: namespace ?? name }
    : driverName === undefined || driverName === kind.driverName ? { name: `${kind.name}-${theirs}`, namespace: namespace ?? kind.name } : undefined);
}

/** CEPH001 */
function checkLists({ domainLabels, kms }: ExistingCephCsiDriverOptions): void {
  for (const [what, list] of Object.entries({ domainLabels, kms })) {
    if (list !== undefined && !Array.isArray(list)) {
      fail(undefined, CEPH_RULES.CEPH001, { what, value: shown(list), problem: 'it is no list', expected: "domainLabels: ['topology.kubernetes.io/zone'], kms: [CephKms.existing('vault')]" });
    }
  }
}

/** CEPH001: from JavaScript 'false' would be true. */
function checkFlags(scope: Construct, flags: Readonly<Record<string, unknown>>): void {
  const wrong = Object.entries(flags).find(([, value]) => value !== undefined && value !== null && typeof value !== 'boolean');
  if (wrong) {
    fail(scope, CEPH_RULES.CEPH001, { what: wrong[0], value: shown(wrong[1]), problem: 'it is neither true nor false', expected: 'write true, or leave it out' });
  }
}

/**
 * At its start each node plugin reads the labels of its node, and ends where it may not. With fencing the controller looks, with each volume that leaves a
 * node, at whether that is out of service, and detaches nothing where it may not.
 */
const READ_NODE: CsiPermission[] = [{ resource: 'nodes', verbs: ['get'] }];

/** It looks for what is attached to its node; without, it logs a refusal at its start, and goes on. */
const HEALER_PERMISSIONS: CsiPermission[] = [
  { apiGroup: 'storage.k8s.io', resource: 'volumeattachments', verbs: ['get', 'list'] },
  { resource: 'persistentvolumes', verbs: ['get'] },
];

/** Both programs take many threads and connections; with less, large clones and many volumes end in OOM: ceph-csi#554. */
const MEMORY = { memoryLimit: Size.gibibytes(1), memoryRequest: Size.mebibytes(128) };

function pod<T extends CsiPodOptions>(options: T | undefined, permissions: readonly CsiPermission[]) {
  return withDefaults(MEMORY, {
    ...options!,
    env: [{ name: 'POD_NAMESPACE', fieldPath: 'metadata.namespace' }, ...options?.env ?? []],
    permissions: [...permissions, ...options?.permissions ?? []],
  });
}

/** With topology, a class that does not wait for its pod makes volumes that every node reaches. */
function sidecars({ sidecars: given, domainLabels }: CephRbdCsiDriverProps): CsiSidecars | undefined {
  return domainLabels ? { ...given, provisioner: { ...given?.provisioner, extraArgs: ['--immediate-topology=false', ...given?.provisioner?.extraArgs ?? []] } } : given;
}

interface Switches {
  readonly snapshots?: boolean;
  readonly groupSnapshots?: boolean;
  readonly expansion?: boolean;
  readonly volumeAttributes?: boolean;
  readonly domainLabels?: string[];
  readonly attach?: boolean;
  readonly changedBlocks?: object;
}

function capabilitiesOf({ capabilities }: DriverKind, switches: Switches): CsiCapabilities {
  return {
    ...capabilities,
    attach: switches.attach ?? capabilities.attach,
    snapshot: switches.snapshots ?? false,
    groupSnapshot: switches.groupSnapshots ?? false,
    expand: switches.expansion ?? true,
    modify: switches.volumeAttributes ?? false,
    topology: (switches.domainLabels ?? []).length > 0,
    changedBlocks: switches.changedBlocks !== undefined,
  };
}
