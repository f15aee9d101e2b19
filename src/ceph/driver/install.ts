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
import { withDefaults } from '../../manifest/defaults';
import { Cluster } from '../../platform/cluster';
import { kmsConfiguration, kmsNeeds } from '../kms/kms-needs';

/** Installs one of the two drivers below a construct of its own. */
export function installDriver(scope: Construct, kind: DriverKind, profile: DriverProfile, props: CephRbdCsiDriverProps & CephFsCsiDriverProps): CsiDriver {
  const { distribution } = Cluster.of(scope).platform;
  const { driverName = kind.driverName, kms = [] } = props;
  const name = props.name ?? (driverName === kind.driverName ? kind.name : `${driverName}`.replace(/\./g, '-'));
  const namespace = props.namespace ?? name;
  const version = checkRelease(scope, props);
  const names = { config: `${name}-config`, cephConf: `${name}-ceph-conf`, kms: `${name}-kms-config` };
  const kmsConfig = kmsConfiguration(scope, kms);
  const needs = kms.map(each => kmsNeeds(each, namespace));
  const oidcToken = needs.some(each => each.oidcToken);
  const permissions: CsiPermission[] = needs.flatMap(each => each.grants)
    .map(({ group, resource, verbs, names: resourceNames }) => ({ apiGroup: group, resource, verbs, resourceNames: [...resourceNames] }));
  const nodePermissions = props.volumeHealer ? [...NODE_PERMISSIONS, ...HEALER_PERMISSIONS] : NODE_PERMISSIONS;
  const mountRecords = props.fuseRecovery ? `${distribution.kubeletDirectory}/plugins/${driverName}/mountinfo` : undefined;
  const host = { seLinux: distribution.seLinux, logDirectory: props.logDirectory, mountRecords };
  const { controllerArgs, nodeArgs } = driverArgs(scope, kind, driverName, props, distribution.kubeletDirectory);
  const driver = new CsiDriver(scope, 'Driver', {
    labels: props.labels,
    annotations: props.annotations,
    driverName,
    name,
    namespace,
    createNamespace: props.createNamespace,
    image: props.image ?? `quay.io/cephcsi/cephcsi:${version}`,
    imageRegistry: props.imageRegistry,
    imagePullSecrets: props.imagePullSecrets,
    sidecars: sidecars(props),
    monitoring: props.monitoring,
    networkPolicy: props.networkPolicy,
    logLevel: props.logLevel,
    capabilities: capabilitiesOf(kind, props),
    controllerArgs,
    nodeArgs,
    ports: withDefaults(driverName === kind.driverName ? kind.ports : portsByName(driverName), props.ports),
    operationTimeout: props.operationTimeout ?? Duration.seconds(150),
    defaultFsType: kind.defaultFsType,
    fsGroupPolicy: FsGroupPolicy.FILE,
    podInfoOnMount: true,
    seLinuxMount: true,
    controller: controllerWithVolumes(pod(props.controller, [...(props.fencing ? TAINT_PERMISSIONS : []), ...permissions]), names, oidcToken),
    node: nodeWithVolumes(withDefaults({ hostNetwork: true }, pod(props.node, [...nodePermissions, ...permissions])), names, oidcToken, host),
  });
  writeConfigMaps(scope, kind, driverName, namespace, names, kmsConfig, props);
  grantKms(scope, name, driver, needs.flatMap(each => each.secrets), props);
  const { fencing = false, volumeHealer = false, domainLabels = [], node } = props;
  const facts = { kind, installed: true, version, fencing, volumeHealer, domainLabels, kms, updateStrategy: node?.updateStrategy };
  for (const each of [scope as Construct & ICsiDriver, driver]) {
    setProfile(each, profile);
    declareFacts(each, facts);
  }
  return driver;
}

/** A driver that is there already, as its Helm chart names things. */
export function existingDriver(kind: DriverKind, profile: DriverProfile, options: ExistingCephCsiDriverOptions): ICsiDriver {
  const { version, fencing, domainLabels = [], kms } = options;
  checkRelease(undefined, { version });
  const driver = CsiDriver.fromDriverName(options.driverName ?? kind.driverName, {
    version,
    capabilities: capabilitiesOf(kind, { ...options, snapshots: options.snapshots ?? true }),
    controllerServiceAccount: options.controllerServiceAccount ?? { name: `${kind.name}-provisioner`, namespace: kind.name },
    nodeServiceAccount: options.nodeServiceAccount ?? { name: `${kind.name}-nodeplugin`, namespace: kind.name },
  });
  setProfile(driver, profile);
  declareFacts(driver, { kind, installed: false, version, fencing, domainLabels, kms });
  return driver;
}

/** At its start each node plugin reads the labels of its node, and ends where it may not. */
const NODE_PERMISSIONS: CsiPermission[] = [{ resource: 'nodes', verbs: ['get'] }];

/** With each volume that leaves a node, the controller looks at whether that is out of service, and detaches nothing where it may not. */
const TAINT_PERMISSIONS: CsiPermission[] = [{ resource: 'nodes', verbs: ['get'] }];

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
  };
}
