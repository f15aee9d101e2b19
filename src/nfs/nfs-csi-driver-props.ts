import { Duration } from 'cdk8s';
import { CsiControllerOptions, CsiMonitoring, CsiNodeOptions, CsiPorts, FsGroupPolicy } from '../csi/csi-driver-props';
import { CsiSidecars } from '../csi/csi-sidecar-options';
import { ManifestProps } from '../manifest/manifest-props';

/** What csi-driver-nfs does with the directory of a deleted volume whose class does not say it. */
export enum NfsOnDelete {
  /** It is deleted. */
  DELETE = 'delete',
  /** It stays as it is. */
  RETAIN = 'retain',
  /** It is renamed to `archived-<directory>`. */
  ARCHIVE = 'archive',
}

/** Properties of an NfsCsiDriver. */
export interface NfsCsiDriverProps extends ManifestProps {
  /**
   * The name it answers to. A second install in one cluster needs another one; its names and ports follow from it.
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
   * Whether pods may have volumes of this driver written inline. Then whoever may create a pod can mount every export that the nodes may. It cannot be changed later.
   *
   * @default false
   */
  readonly inlineVolumes?: boolean;

  /**
   * How volumes are given to a pod's `fsGroup`. Where the server squashes root (`root_squash`), the kubelet cannot change
   * owners, and an `fsGroup` has no effect or keeps the pod from starting: use FsGroupPolicy.NONE and permissions on the server.
   *
   * @default FsGroupPolicy.FILE
   */
  readonly fsGroupPolicy?: FsGroupPolicy;

  /**
   * What becomes of the directory of a deleted volume whose handle does not say it (`--default-ondelete-policy`). The driver stores
   * `retain` and `archive` of a class, but not `delete`: classes with WhenDeleted.DELETE are refused beside another default (NFS007).
   *
   * @default - the driver's own: NfsOnDelete.DELETE
   */
  readonly defaultOnDelete?: NfsOnDelete;

  /**
   * Permissions of directories whose class or volume does not say it (`--mount-permissions`), octal, such as `2770`. Set after every mount.
   *
   * @default - the driver's own: they are left alone
   */
  readonly mountPermissions?: string;

  /**
   * Whether an archive of the same name is removed before a directory is archived (`--remove-archived-volume-path`).
   *
   * @default - the driver's own: false
   */
  readonly removeArchivedVolumePath?: boolean;

  /**
   * Whether snapshots are compressed (`--enable-snapshot-compression`). Both kinds can be restored.
   *
   * @default - the driver's own: true
   */
  readonly snapshotCompression?: boolean;

  /**
   * Whether snapshots are packed by the command tar instead of by the driver itself (`--use-tar-command-in-snapshot`).
   *
   * @default - the driver's own: false
   */
  readonly useTarCommandInSnapshot?: boolean;

  /**
   * How long the node plugin keeps what it knows of the usage of a volume (`--vol-stats-cache-expire-in-minutes`), in whole minutes.
   *
   * @default - the driver's own: 10 minutes
   */
  readonly volumeStatsCacheExpiry?: Duration;

  /**
   * Whether `/etc/nfsmount.conf` and `/etc/nfsmount.conf.d` of each node count for mounts too. They are created, empty, where missing.
   *
   * @default false
   */
  readonly hostMountOptions?: boolean;

  /**
   * How long one operation may take. Snapshots, restores and clones copy every file, at about 77 MB/s.
   *
   * @default Duration.minutes(20)
   */
  readonly operationTimeout?: Duration;

  /**
   * How much the driver and its sidecars log, 0 to 10.
   *
   * @default 2
   */
  readonly logLevel?: number;

  /**
   * The release of csi-driver-nfs, such as `v4.13.4`. With an `image` of one's own, the release that it was made from.
   *
   * @default - the tag of `image` if it is a release; without an image, v4.13.4
   */
  readonly version?: string;

  /**
   * The driver's image, with a tag or digest.
   *
   * @default - `<imageRegistry>/sig-storage/nfsplugin:<version>`
   */
  readonly image?: string;

  /**
   * The registry (and path) in front of `sig-storage/…`; for mirrors.
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
   * Ports of the health endpoints, on the nodes' network.
   *
   * @default - 29652, 29653 and 19809; with another `driverName`, three from 28000 to 29599 that follow from the name
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
