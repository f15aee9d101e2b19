import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkRelease } from './driver-checks';
import { declareFacts } from './driver-facts';
import { driverFlags } from './driver-flags';
import { ExistingNfsCsiDriverOptions } from './existing-nfs-csi-driver-options';
import { NfsCsiDriverProps, NfsOnDelete } from './nfs-csi-driver-props';
import { NFS_DRIVER_NAME, NFS_PROFILE } from './nfs-profile';
import { checkPermissions } from './permissions';
import { portsOf } from './ports';
import { NFS_RULES } from './rules';
import { CsiCapabilities } from '../csi/capabilities';
import { CsiDriver } from '../csi/csi-driver';
import { FsGroupPolicy } from '../csi/csi-driver-props';
import { CsiPodOptions } from '../csi/csi-pod-options';
import { setProfile } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { tagOf } from '../csi/image';
import { releaseNumber } from '../csi/release';
import { CSI_RULES } from '../csi/rules';
import { ServiceAccountReference } from '../csi/service-account-reference';
import { DEFAULT_REGISTRY } from '../csi/sidecars';
import { fail } from '../findings/report';
import { withDefaults } from '../manifest/defaults';

const VERSION = 'v4.13.4';

/** Snapshots, restores and clones copy files. */
const COPY_TIMEOUT = Duration.minutes(20);

const LOG_LEVEL = 2;

/** As the chart writes it. Its ClusterRole reads every Secret, so a Role for another account does no harm. */
const CHART_ACCOUNT: ServiceAccountReference = { name: 'csi-nfs-controller-sa', namespace: 'kube-system' };

/** The mount defaults of the nodes, as the chart's `propagateHostMountOptions` shows them to the driver. */
const HOST_CONFIGURATION = [
  { name: 'host-nfsmount-conf', path: '/etc/nfsmount.conf', type: 'FileOrCreate' },
  { name: 'host-nfsmount-conf-d', path: '/etc/nfsmount.conf.d', type: 'DirectoryOrCreate' },
];

/** Installs csi-driver-nfs. @see https://github.com/kubernetes-csi/csi-driver-nfs */
export class NfsCsiDriver extends Construct implements ICsiDriver {
  /**
   * A csi-driver-nfs that is installed already: by its Helm chart, or by another repository.
   *
   * @param options what is known of it
   * @throws CSI001 when no driver can have that name; NFS015, NFS128 for values that cannot be
   */
  public static existing(options: ExistingNfsCsiDriverOptions = {}): ICsiDriver {
    const { version, defaultOnDelete, fsGroupPolicy, operationTimeout } = options;
    checkVersion(undefined, version);
    const mountPermissions = options.mountPermissions === undefined ? undefined : checkPermissions(undefined, options.mountPermissions);
    const driver = CsiDriver.fromDriverName(options.driverName ?? NFS_DRIVER_NAME, {
      version,
      capabilities: capabilitiesOf(options),
      controllerServiceAccount: options.controllerServiceAccount ?? CHART_ACCOUNT,
    });
    setProfile(driver, NFS_PROFILE);
    declareFacts(driver, { version, defaultOnDelete, fsGroupPolicy, mountPermissions, operationTimeout });
    return driver;
  }

  public readonly driverName: string;
  public readonly version?: string;
  public readonly capabilities?: CsiCapabilities;
  public readonly controllerServiceAccount?: ServiceAccountReference;
  public readonly nodeServiceAccount?: ServiceAccountReference;

  /** The namespace in which the driver runs. */
  public readonly namespace: string;

  /** The driver's objects. */
  public readonly driver: CsiDriver;

  /** @throws NFS015, NFS119, NFS126, NFS128, and what CsiDriver throws: CSI001 to CSI006 */
  public constructor(scope: Construct, id: string, props: NfsCsiDriverProps = {}) {
    super(scope, id);
    const { driverName = NFS_DRIVER_NAME, imageRegistry = DEFAULT_REGISTRY, logLevel = LOG_LEVEL } = props;
    const name = props.name ?? (driverName === NFS_DRIVER_NAME ? 'csi-nfs' : undefined);
    if (props.controller?.privileged === false) {
      fail(this, NFS_RULES.NFS119);
    }
    if (!Number.isInteger(logLevel) || logLevel < 0 || logLevel > 10) {
      fail(this, CSI_RULES.CSI005, { what: 'logLevel', value: logLevel, expected: 'a whole number from 0 to 10', example: 'leave it out for 2' });
    }
    this.version = versionOf(this, props);
    const { controllerFlags, nodeFlags } = driverFlags(this, props, this.version);
    const common = ['--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(NODE_ID)', ...(driverName === NFS_DRIVER_NAME ? [] : [`--drivername=${driverName}`])];
    const operationTimeout = props.operationTimeout ?? COPY_TIMEOUT;
    const fsGroupPolicy = props.fsGroupPolicy ?? FsGroupPolicy.FILE;
    this.driver = new CsiDriver(this, 'Driver', {
      labels: props.labels,
      annotations: props.annotations,
      driverName,
      name,
      namespace: props.namespace,
      createNamespace: props.createNamespace,
      image: props.image ?? `${imageRegistry}/sig-storage/nfsplugin:${this.version}`,
      imageRegistry,
      imagePullSecrets: props.imagePullSecrets,
      sidecars: props.sidecars,
      monitoring: props.monitoring,
      logLevel: props.logLevel,
      capabilities: capabilitiesOf(props),
      controllerArgs: [...common, ...controllerFlags, `--v=${logLevel}`],
      nodeArgs: [...common, ...nodeFlags, `--v=${logLevel}`],
      ports: withDefaults(portsOf(driverName), props.ports),
      operationTimeout,
      fsGroupPolicy,
      // Exports are usually restricted to the nodes and to ports below 1024, which address translation would not keep.
      controller: withDefaults({ hostNetwork: true, privileged: true }, withHostConfiguration(props, props.controller)),
      node: withDefaults({ hostNetwork: true }, withHostConfiguration(props, props.node)),
    });
    for (const driver of [this, this.driver]) {
      setProfile(driver, NFS_PROFILE);
      declareFacts(driver, {
        version: this.version,
        defaultOnDelete: props.defaultOnDelete ?? NfsOnDelete.DELETE,
        fsGroupPolicy,
        mountPermissions: props.mountPermissions,
        operationTimeout: props.sidecars?.snapshotter?.timeout ?? operationTimeout,
      });
    }
    this.driverName = driverName;
    this.capabilities = this.driver.capabilities;
    this.controllerServiceAccount = this.driver.controllerServiceAccount;
    this.nodeServiceAccount = this.driver.nodeServiceAccount;
    this.namespace = this.driver.namespace;
    checkRelease(this, this);
  }

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return this.driver.apiObjects;
  }
}

/** What csi-driver-nfs can do, as it is installed. */
function capabilitiesOf({ expansion, snapshots, inlineVolumes }: ExistingNfsCsiDriverOptions | NfsCsiDriverProps): CsiCapabilities {
  return { expand: expansion ?? true, snapshot: snapshots ?? false, clone: true, multiNodeWriter: true, ...(inlineVolumes ? { inline: true } : {}) };
}

function checkVersion(scope: Construct | undefined, version: string | undefined): string | undefined {
  if (version !== undefined && releaseNumber(version) === undefined) {
    fail(scope, NFS_RULES.NFS128, { version: `'${version}'`, problem: 'it is no release, so its bugs cannot be known' });
  }
  return version;
}

/** NFS128 */
function versionOf(scope: Construct, props: NfsCsiDriverProps): string | undefined {
  const version = checkVersion(scope, props.version);
  const image = props.image ?? undefined;
  const tagged = image === undefined ? undefined : tagOf(image);
  const tag = releaseNumber(tagged) === undefined ? undefined : tagged;
  if (version !== undefined && tag !== undefined && releaseNumber(version) !== releaseNumber(tag)) {
    fail(scope, NFS_RULES.NFS128, { version: `'${version}'`, problem: `the image '${image}' is of another one` });
  }
  return image === undefined ? `v${(version ?? VERSION).replace(/^v/, '')}` : version ?? tag;
}

/** The options of a pod, with the nodes' mount defaults in it if they are wanted. */
function withHostConfiguration<T extends CsiPodOptions>({ hostMountOptions }: NfsCsiDriverProps, options: T | undefined): T | undefined {
  return hostMountOptions ? {
    ...options!,
    extraVolumes: [...HOST_CONFIGURATION.map(({ name, path, type }) => ({ name, hostPath: { path, type } })), ...options?.extraVolumes ?? []],
    extraVolumeMounts: [...HOST_CONFIGURATION.map(({ name, path }) => ({ name, mountPath: path, readOnly: true })), ...options?.extraVolumeMounts ?? []],
  } : options;
}
