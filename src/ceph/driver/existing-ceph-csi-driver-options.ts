import { ServiceAccountReference } from '../../csi/service-account-reference';
import { CephClusterMapping } from '../addons/replication/ceph-cluster-mapping';
import { CephKms } from '../kms/ceph-kms';

/** What is known of a ceph-csi that is installed already. Names are by default those of its Helm charts, as its documentation installs them. */
export interface ExistingCephCsiDriverOptions {
  /**
   * The name it answers to (`driverName` of the chart). Rook's is `<its namespace>.rbd.csi.ceph.com`.
   *
   * @default - rbd.csi.ceph.com or cephfs.csi.ceph.com
   */
  readonly driverName?: string;

  /**
   * The `name` of the CephRbdCsiDriver or CephFsCsiDriver, usually `ceph-csi-rbd` or `ceph-csi-cephfs`, where this library installed it in another repository. Its accounts follow from it.
   *
   * @default - it was installed by something else
   */
  readonly name?: string;

  /**
   * The namespace in which it runs.
   *
   * @default - `name`
   */
  readonly namespace?: string;

  /**
   * Its release, such as `v3.17.1`.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly version?: string;

  /**
   * The account of its controller.
   *
   * @default - with `name` that of this library; else, for a driver of the usual name, `ceph-csi-rbd-provisioner` in `ceph-csi-rbd`, or the same with cephfs; else not declared
   */
  readonly controllerServiceAccount?: ServiceAccountReference;

  /**
   * The account of its node plugin.
   *
   * @default - with `name` that of this library; else, for a driver of the usual name, `ceph-csi-rbd-nodeplugin` in `ceph-csi-rbd`, or the same with cephfs; else not declared
   */
  readonly nodeServiceAccount?: ServiceAccountReference;

  /**
   * Whether it has csi-snapshotter, as the charts do.
   *
   * @default true
   */
  readonly snapshots?: boolean;

  /**
   * Whether csi-snapshotter has group snapshots switched on (`provisioner.snapshotter.args.enableVolumeGroupSnapshots` of the chart).
   *
   * @default false
   */
  readonly groupSnapshots?: boolean;

  /**
   * Whether it has csi-resizer, as the charts do.
   *
   * @default true
   */
  readonly expansion?: boolean;

  /**
   * Whether it may be asked by a VolumeAttributesClass.
   *
   * @default false
   */
  readonly volumeAttributes?: boolean;

  /**
   * Its `--enable-fencing` (`provisioner.fencing` of the chart).
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly fencing?: boolean;

  /**
   * Its `--domainlabels` (`topology.domainLabels` of the chart for RBD).
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly domainLabels?: string[];

  /**
   * Whether it has the sidecar of csi-addons (`deployCsiAddons` of the ceph-csi-operator).
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly csiAddons?: boolean;

  /**
   * Whether it has csi-omap-generator (`provisioner.deployController` of the chart, `generateOMapInfo` of the ceph-csi-operator).
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly omapGenerator?: boolean;

  /**
   * Its `cluster-mapping.json`.
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly clusterMappings?: CephClusterMapping[];

  /**
   * The key management systems that it is configured for: `CephKms.existing(id)`.
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly kms?: CephKms[];
}
