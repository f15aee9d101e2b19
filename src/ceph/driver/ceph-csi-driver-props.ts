import { Duration } from 'cdk8s';
import { CsiControllerOptions, CsiMonitoring, CsiNodeOptions, CsiPorts } from '../../csi/csi-driver-props';
import { CsiSidecars } from '../../csi/csi-sidecar-options';
import { ManifestProps } from '../../manifest/manifest-props';
import { CephClusterMapping } from '../addons/replication/ceph-cluster-mapping';
import { CephDeployment } from '../deployment';
import { CephKms } from '../kms/ceph-kms';

/** What the drivers for RBD and for CephFS have in common. */
export interface CephCsiDriverProps extends ManifestProps {
  /**
   * Who writes the pods. Names, accounts, classes and Secrets are the same, so that volumes do not notice a change. The pods of a driver that runs already are deleted
   * before: docs/proof/ceph-csi-operator.md says how, and why.
   *
   * @default CephDeployment.STANDALONE
   */
  readonly deployment?: CephDeployment;

  /**
   * The name it answers to. A second install in one cluster needs another one; its names and ports follow from it.
   *
   * @default - rbd.csi.ceph.com or cephfs.csi.ceph.com
   */
  readonly driverName?: string;

  /**
   * The base of all object names: `<name>-controller`, `<name>-node`, `<name>-config`.
   *
   * @default - `ceph-csi-rbd` or `ceph-csi-cephfs`; with another `driverName`, that name with `-` for each dot
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
   * Whether it takes snapshots. The cluster needs a `SnapshotController`.
   *
   * @default false
   */
  readonly snapshots?: boolean;

  /**
   * Whether it takes snapshots of several volumes at one moment; with `snapshots`, and a SnapshotController with `groupSnapshots`. Of CephFS: Ceph 19.
   *
   * @default false
   */
  readonly groupSnapshots?: boolean;

  /**
   * Whether claims can be enlarged.
   *
   * @default true
   */
  readonly expansion?: boolean;

  /**
   * Whether volumes can be changed by a VolumeAttributesClass. Kubernetes 1.34.
   *
   * @default false
   */
  readonly volumeAttributes?: boolean;

  /**
   * Whether a node that Kubernetes declares out of service is cut off from Ceph before its volumes go elsewhere (`--enable-fencing`). The
   * provisioner's user needs the cap `osd blocklist`, which `authCommands()` has then.
   *
   * @see https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown
   * @default false
   */
  readonly fencing?: boolean;

  /**
   * Key management systems for encrypted classes: who has the passphrases of the volumes.
   *
   * @default - none
   */
  readonly kms?: CephKms[];

  /**
   * Whether it has the sidecar of csi-addons, for `ReclaimSpaceSchedule`, `KeyRotationSchedule`, `NetworkFenceClass` and `VolumeReplication`. The cluster needs a
   * `CsiAddonsController`.
   *
   * @default false
   */
  readonly csiAddons?: boolean;

  /**
   * The image of that sidecar, with a tag or digest.
   *
   * @default quay.io/csiaddons/k8s-sidecar:v0.14.0
   */
  readonly csiAddonsImage?: string;

  /**
   * The port of that sidecar; of the node plugin it is a port of the nodes. Calls are encrypted, and each has to have a token of some account of the cluster.
   *
   * @default - 29666 (RBD) or 29667 (CephFS); with another `driverName`, from 28009 to 29599 as follows from the name
   */
  readonly csiAddonsPort?: number;

  /**
   * Whether csi-omap-generator writes the driver's records of volumes that another cluster made: for the second side of mirrored volumes
   * (`addMirroredVolume`). It keeps a cache of all Secrets of the cluster, so the controller's account may list them.
   *
   * @default false
   */
  readonly omapGenerator?: boolean;

  /**
   * Ceph clusters whose volumes were mirrored to one that this driver knows, for volumes that have the handle of the other side.
   *
   * @default - none
   */
  readonly clusterMappings?: CephClusterMapping[];

  /**
   * The name of this Kubernetes cluster, which is written beside each image or subvolume with the names of its claim.
   *
   * @default - none
   */
  readonly clusterName?: string;

  /**
   * Tells this install from others that use the same pool or file system, in the records that it keeps there (`--instanceid`). It cannot be changed once
   * volumes exist. A Kubernetes cluster that was given a pool of its own needs none.
   *
   * @default - ceph-csi's own: default
   */
  readonly instanceId?: string;

  /**
   * Settings of Ceph's clients, for the section `[global]` of `ceph.conf`, such as `{ rbd_cache: 'false' }`. Authentication by cephx is always asked for.
   *
   * @see https://docs.ceph.com/en/latest/rados/configuration/ceph-conf/
   * @default - none
   */
  readonly cephConfiguration?: { [key: string]: string };

  /**
   * How long one operation may take.
   *
   * @default Duration.seconds(150)
   */
  readonly operationTimeout?: Duration;

  /**
   * How much the driver and its sidecars log, 0 to 10.
   *
   * @default - 4 of the driver, which logs each call then; 2 of the sidecars
   */
  readonly logLevel?: number;

  /**
   * The release of ceph-csi, such as `v3.17.1`. With an `image` of one's own, the release that it was made from.
   *
   * @default - the tag of `image` if it is a release; without an image, v3.17.1
   */
  readonly version?: string;

  /**
   * The driver's image, with a tag or digest.
   *
   * @default - `quay.io/cephcsi/cephcsi:<version>`
   */
  readonly image?: string;

  /**
   * The registry (and path) in front of `sig-storage/…` for the sidecars' images; for mirrors.
   *
   * @default registry.k8s.io
   */
  readonly imageRegistry?: string;

  /**
   * Secrets of the driver's namespace with which images are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The sidecars.
   *
   * @default - as the capabilities need them
   */
  readonly sidecars?: CsiSidecars;

  /**
   * Whether a PodMonitor is written, and the sidecars serve metrics.
   *
   * @default - no metrics
   */
  readonly monitoring?: CsiMonitoring;

  /**
   * Whether a NetworkPolicy closes the controller's pods to all but scraping.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * Ports of the health endpoints; those of the node plugin are ports of the nodes.
   *
   * @default - 9808, and 29662 and 29663 (RBD) or 29664 and 29665 (CephFS); with another `driverName`, from 28000 to 29599 as follows from the name
   */
  readonly ports?: CsiPorts;

  /**
   * The controller. It talks to Ceph only, so it runs confined, on the network of pods.
   *
   * @default - see CsiControllerOptions; memoryLimit 1 GiB
   */
  readonly controller?: CsiControllerOptions;

  /**
   * The node plugin. It is on the nodes' network, which mounted volumes and mapped images outlive it on.
   *
   * @default - see CsiNodeOptions; memoryLimit 1 GiB
   */
  readonly node?: CsiNodeOptions;
}
