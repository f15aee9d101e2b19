import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { NFS_DRIVER_NAME, NFS_PROFILE } from './nfs-profile';
import { NFS_RULES } from './rules';
import { CsiCapabilities } from '../csi/capabilities';
import { CsiDriver } from '../csi/csi-driver';
import { CsiControllerOptions, CsiNodeOptions, CsiPorts, FsGroupPolicy } from '../csi/csi-driver-props';
import { setProfile } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { ServiceAccountReference } from '../csi/service-account-reference';
import { DEFAULT_REGISTRY } from '../csi/sidecars';
import { fail } from '../findings/report';
import { withDefaults } from '../manifest/defaults';
import { ManifestProps } from '../manifest/manifest-props';

const VERSION = 'v4.13.4';

/** As in the manifests of csi-driver-nfs, which other drivers keep clear of. */
const PORTS: CsiPorts = { controllerHealth: 29652, nodeHealth: 29653, registrarHealth: 19809 };

/** Snapshots, restores and clones copy files. */
const COPY_TIMEOUT = Duration.minutes(20);

/** Properties of an NfsCsiDriver. */
export interface NfsCsiDriverProps extends ManifestProps {
  /**
   * The name it answers to. A second install in one cluster needs another one, and other `ports`.
   *
   * @default nfs.csi.k8s.io
   */
  readonly driverName?: string;

  /**
   * The base of all object names: `<name>-controller`, `<name>-node`.
   *
   * @default - `csi-nfs`; with another `driverName`, that name with `-` for each dot
   */
  readonly name?: string;

  /**
   * Its own namespace.
   *
   * @default - `name`
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too, with the Pod Security label that the node plugin needs.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether it takes snapshots: archives of the live directory on the server, not atomic.
   *
   * @default false
   */
  readonly snapshots?: boolean;

  /**
   * Whether claims can be enlarged. NFS does not limit sizes, so only the number changes.
   *
   * @default true
   */
  readonly expansion?: boolean;

  /**
   * How volumes are given to a pod's `fsGroup`. Where the server squashes root (`root_squash`), the kubelet cannot change
   * owners, and pods with an `fsGroup` do not start: use FsGroupPolicy.NONE and permissions on the server.
   *
   * @default FsGroupPolicy.FILE
   */
  readonly fsGroupPolicy?: FsGroupPolicy;

  /**
   * The driver's image, with a tag or digest.
   *
   * @default - `<imageRegistry>/sig-storage/nfsplugin:v4.13.4`
   */
  readonly image?: string;

  /**
   * The registry (and path) in front of `sig-storage/…`; for mirrors.
   *
   * @default registry.k8s.io
   */
  readonly imageRegistry?: string;

  /**
   * Ports of the health endpoints, on the nodes' network.
   *
   * @default - 29652, 29653 and 19809
   */
  readonly ports?: CsiPorts;

  /**
   * The controller. It mounts shares itself, so it is privileged, and on the nodes' network unless set.
   *
   * @default - see CsiControllerOptions
   */
  readonly controller?: CsiControllerOptions;

  /**
   * The node plugin; `hostNetwork` is true unless set.
   *
   * @default - see CsiNodeOptions
   */
  readonly node?: CsiNodeOptions;
}

/** Installs csi-driver-nfs. @see https://github.com/kubernetes-csi/csi-driver-nfs */
export class NfsCsiDriver extends Construct implements ICsiDriver {
  public readonly driverName: string;
  public readonly capabilities?: CsiCapabilities;
  public readonly controllerServiceAccount?: ServiceAccountReference;
  public readonly nodeServiceAccount?: ServiceAccountReference;

  /** The namespace in which the driver runs. */
  public readonly namespace: string;

  /** The driver's objects. */
  public readonly driver: CsiDriver;

  /** @throws NFS119, and what CsiDriver throws: CSI001 to CSI006 */
  public constructor(scope: Construct, id: string, props: NfsCsiDriverProps = {}) {
    super(scope, id);
    const { driverName = NFS_DRIVER_NAME, imageRegistry = DEFAULT_REGISTRY } = props;
    const name = props.name ?? (driverName === NFS_DRIVER_NAME ? 'csi-nfs' : undefined);
    if (props.controller?.privileged === false) {
      fail(this, NFS_RULES.NFS119);
    }
    const args = ['--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(NODE_ID)', ...(driverName === NFS_DRIVER_NAME ? [] : [`--drivername=${driverName}`]), '--v=2'];
    this.driver = new CsiDriver(this, 'Driver', {
      labels: props.labels,
      annotations: props.annotations,
      driverName,
      name,
      namespace: props.namespace,
      createNamespace: props.createNamespace,
      image: props.image ?? `${imageRegistry}/sig-storage/nfsplugin:${VERSION}`,
      imageRegistry,
      capabilities: { expand: props.expansion ?? true, snapshot: props.snapshots ?? false, clone: true },
      controllerArgs: args,
      nodeArgs: args,
      ports: withDefaults(PORTS, props.ports),
      operationTimeout: COPY_TIMEOUT,
      fsGroupPolicy: props.fsGroupPolicy ?? FsGroupPolicy.FILE,
      // Exports are usually restricted to the nodes and to ports below 1024, which address translation would not keep.
      controller: withDefaults({ hostNetwork: true, privileged: true }, props.controller),
      node: withDefaults({ hostNetwork: true }, props.node),
    });
    setProfile(this, NFS_PROFILE);
    setProfile(this.driver, NFS_PROFILE);
    this.driverName = driverName;
    this.capabilities = this.driver.capabilities;
    this.controllerServiceAccount = this.driver.controllerServiceAccount;
    this.nodeServiceAccount = this.driver.nodeServiceAccount;
    this.namespace = this.driver.namespace;
  }

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return this.driver.apiObjects;
  }
}
