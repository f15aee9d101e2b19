import { Duration, Size } from 'cdk8s';
import { RookClusterPlacement, RookClusterResources } from './rook-pod-options';
import { RookStorage } from './rook-storage';
import { ManifestProps } from '../../../manifest/manifest-props';
import { IStorageClass } from '../../../volume/storage-class';
import { CephReadAffinity } from '../../ceph-cluster';
import { IRookOperator } from '../i-rook-operator';

/** The kinds of keys that users of Ceph have. */
export enum RookCephxKeyType {
  /** What every kernel knows. */
  AES = 'aes',
  /** Longer keys. Linux 7.0 on every node, Ceph 19.2.6 or 20.2.4. */
  AES256K = 'aes256k',
}

/** The monitors, which keep the map of the cluster. More than half of them have to be there. */
export interface RookMonOptions {
  /**
   * How many: an odd number.
   *
   * @default - 3, on a platform of one node 1
   */
  readonly count?: number;

  /**
   * Whether several may run on one node. For clusters of one node.
   *
   * @default false
   */
  readonly allowMultiplePerNode?: boolean;

  /**
   * The class of their claims.
   *
   * @default - none: they keep their data in `dataDirectory` of their nodes
   */
  readonly storageClass?: IStorageClass;

  /**
   * The size of their claims.
   *
   * @default - 10Gi
   */
  readonly size?: Size;
}

/** The managers, of which one is active. */
export interface RookMgrOptions {
  /**
   * How many.
   *
   * @default - 2, on a platform of one node 1
   */
  readonly count?: number;

  /**
   * Whether several may run on one node.
   *
   * @default false
   */
  readonly allowMultiplePerNode?: boolean;

  /**
   * Modules of Ceph that are switched on, such as `pg_autoscaler`.
   *
   * @default - those that Ceph and Rook switch on
   */
  readonly modules?: string[];
}

/** Ceph's dashboard. */
export interface RookDashboardOptions {
  /**
   * Whether it runs.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether it speaks TLS by itself, with a certificate that it makes.
   *
   * @default true
   */
  readonly ssl?: boolean;

  /**
   * Where it listens.
   *
   * @default - 8443, without TLS 7000
   */
  readonly port?: number;

  /**
   * The path under which a proxy shows it.
   *
   * @default /
   */
  readonly urlPrefix?: string;
}

/** Metrics, by the kinds of the Prometheus operator, whose definitions have to be there. */
export interface RookMonitoringOptions {
  /**
   * How often Prometheus asks.
   *
   * @default - Rook's own: 10s
   */
  readonly interval?: Duration;
}

/** How daemons and clients talk. Only encryption can be changed later. */
export interface RookNetworkOptions {
  /**
   * Whether daemons use the network of their nodes: faster, reached from outside of Kubernetes, and open to all that reach the nodes.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * Whether all that clients and daemons say is encrypted. Linux 5.11 on every node.
   *
   * @default false
   */
  readonly encryption?: boolean;

  /**
   * Whether it is compressed. Linux 5.11 on every node.
   *
   * @default false
   */
  readonly compression?: boolean;

  /**
   * Whether nothing but msgr v2 is spoken, on port 3300. Linux 5.11 on every node.
   *
   * @default - false, but `encryption` and `compression` need it
   */
  readonly requireMsgr2?: boolean;

  /**
   * Whether daemons listen on IPv6 instead of IPv4.
   *
   * @default false
   */
  readonly ipv6?: boolean;

  /**
   * Networks of the nodes on which clients come, with `hostNetwork`: `['10.0.0.0/16']`.
   *
   * @default - all
   */
  readonly publicRanges?: string[];

  /**
   * Networks of the nodes on which OSDs copy, with `hostNetwork`.
   *
   * @default - as publicRanges
   */
  readonly clusterRanges?: string[];
}

/** What Rook tells the drivers of this cluster. */
export interface RookCsiOptions {
  /**
   * Whether nodes read from the copy that is near to them. Linux 5.8.
   *
   * @default - from the primary
   */
  readonly readAffinity?: CephReadAffinity;

  /**
   * Options with which CephFS is mounted by the kernel, as `key=value`, such as `ms_mode=prefer-crc`.
   *
   * @default - none, with `encryption` ms_mode=secure
   */
  readonly kernelMountOptions?: string[];

  /**
   * Options with which CephFS is mounted by ceph-fuse, as `key=value`. Not beside `kernelMountOptions`.
   *
   * @default - none
   */
  readonly fuseMountOptions?: string[];
}

/** What becomes of the disks when the CephCluster is deleted. */
export interface RookCleanupOptions {
  /**
   * Whether disks and directories are wiped then (`yes-really-destroy-data`). Rook builds nothing any more while it is set (CEPH152).
   *
   * @default false
   */
  readonly reallyDestroyData?: boolean;

  /**
   * Whether the CephCluster may go while there are volumes on it (CEPH152).
   *
   * @default false
   */
  readonly allowUninstallWithVolumes?: boolean;

  /**
   * Whether the whole disk is overwritten, and not only its beginning.
   *
   * @default false
   */
  readonly completely?: boolean;
}

/** The priorities of pods, by kind. */
export interface RookPriorityClassNames {
  /**
   * The monitors.
   *
   * @default system-node-critical
   */
  readonly mon?: string;

  /**
   * The OSDs.
   *
   * @default system-node-critical
   */
  readonly osd?: string;

  /**
   * The managers.
   *
   * @default system-cluster-critical
   */
  readonly mgr?: string;
}

/** Properties of a Ceph cluster that Rook builds. */
export interface RookCephClusterProps extends ManifestProps {
  /** Who builds it: `new RookOperator(…)`, or `RookOperator.existing(…)`. */
  readonly operator: IRookOperator;

  /** On which disks it keeps its data. */
  readonly storage: RookStorage;

  /**
   * The name of the CephCluster.
   *
   * @default - `namespace`
   */
  readonly name?: string;

  /**
   * Its namespace, of at most 36 characters, as it is the clusterID too. There is one Ceph cluster in a namespace.
   *
   * @default - the operator's
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too.
   *
   * @default - true, where it is not the operator's
   */
  readonly createNamespace?: boolean;

  /**
   * The image of Ceph.
   *
   * @default quay.io/ceph/ceph:v20.2.4
   */
  readonly image?: string;

  /**
   * The release in the image, such as `20.2.4`.
   *
   * @default - that of the image's tag
   */
  readonly release?: string;

  /**
   * Whether Ceph may be newer than what Rook was tested with.
   *
   * @default false
   */
  readonly allowUnsupported?: boolean;

  /**
   * A directory of the nodes for what monitors and daemons keep, and no other cluster. It stays when the cluster goes, and has to be emptied before the next one. It cannot be changed.
   *
   * @default /var/lib/rook
   */
  readonly dataDirectory?: string;

  /**
   * The monitors.
   *
   * @default - three, on three nodes
   */
  readonly mons?: RookMonOptions;

  /**
   * The managers.
   *
   * @default - two, on two nodes
   */
  readonly mgrs?: RookMgrOptions;

  /**
   * The dashboard.
   *
   * @default - it runs, with TLS
   */
  readonly dashboard?: RookDashboardOptions;

  /**
   * Metrics for the Prometheus operator.
   *
   * @default - none
   */
  readonly monitoring?: RookMonitoringOptions;

  /**
   * How daemons and clients talk.
   *
   * @default - on the pods' network
   */
  readonly network?: RookNetworkOptions;

  /**
   * The kind of the keys that drivers get.
   *
   * @default RookCephxKeyType.AES
   */
  readonly csiKeyType?: RookCephxKeyType;

  /**
   * What Rook tells the drivers.
   *
   * @default - where the monitors are
   */
  readonly csi?: RookCsiOptions;

  /**
   * What daemons get.
   *
   * @default - as in Rook's chart
   */
  readonly resources?: RookClusterResources;

  /**
   * Where daemons run.
   *
   * @default - on any node without taints
   */
  readonly placement?: RookClusterPlacement;

  /**
   * The priorities of pods.
   *
   * @default - critical to the node, or the cluster
   */
  readonly priorityClassNames?: RookPriorityClassNames;

  /**
   * How many failure domains of each kind the OSDs are in, such as `{ zone: 3 }`, so that pools can be checked against them.
   *
   * @default - `host` as in RookStorage.nodes, on a platform of one node 1; others are listed as unchecked
   */
  readonly failureDomains?: { [key: string]: number };

  /**
   * Settings of Ceph, by section and name: `{ global: { osd_pool_default_size: '3' } }`.
   *
   * @default - none
   */
  readonly cephConfig?: { [key: string]: { [key: string]: string } };

  /**
   * Whether crashes of daemons are reported to Ceph.
   *
   * @default true
   */
  readonly crashCollector?: boolean;

  /**
   * Whether OSDs that are gone for good are taken out of the cluster as soon as their data is safe elsewhere.
   *
   * @default false
   */
  readonly removeOsdsIfOutAndSafeToRemove?: boolean;

  /**
   * How long a node may be drained before its data is copied elsewhere: whole minutes.
   *
   * @default - Rook's own: 30 minutes
   */
  readonly maintenanceTimeout?: Duration;

  /**
   * What becomes of the disks when the CephCluster is deleted.
   *
   * @default - nothing: they keep their data
   */
  readonly cleanup?: RookCleanupOptions;

  /**
   * Whether upgrades do not ask whether daemons may be stopped (CEPH153).
   *
   * @default false
   */
  readonly skipUpgradeChecks?: boolean;

  /**
   * Whether upgrades go on where data is not safe (CEPH153).
   *
   * @default false
   */
  readonly continueUpgradeWhenUnhealthy?: boolean;

  /**
   * What there is no property for, as it stands in the spec of a CephCluster.
   *
   * @default - none
   */
  readonly extraSpec?: { [key: string]: any };
}
