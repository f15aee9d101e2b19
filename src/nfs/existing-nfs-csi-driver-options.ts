import { Duration } from 'cdk8s';
import { NfsOnDelete } from './nfs-csi-driver-props';
import { FsGroupPolicy } from '../csi/csi-driver-props';
import { ServiceAccountReference } from '../csi/service-account-reference';

/** What is known of a csi-driver-nfs that is installed already. Names are by default those of its Helm chart. */
export interface ExistingNfsCsiDriverOptions {
  /**
   * The name it answers to (`driver.name` of the chart).
   *
   * @default nfs.csi.k8s.io
   */
  readonly driverName?: string;

  /**
   * Its release, such as `v4.13.4`.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly version?: string;

  /**
   * The account of its controller. The Secret with the mount options is written into its namespace.
   *
   * @default - `csi-nfs-controller-sa` in `kube-system`, as its installation guide has it
   */
  readonly controllerServiceAccount?: ServiceAccountReference;

  /**
   * Whether it takes snapshots (`controller.enableSnapshotter` of the chart).
   *
   * @default false
   */
  readonly snapshots?: boolean;

  /**
   * Whether it has csi-resizer, as the chart does.
   *
   * @default true
   */
  readonly expansion?: boolean;

  /**
   * Whether it serves volumes that are written into a pod (`feature.enableInlineVolume` of the chart).
   *
   * @default false
   */
  readonly inlineVolumes?: boolean;

  /**
   * Its `--default-ondelete-policy` (`controller.defaultOnDeletePolicy` of the chart).
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly defaultOnDelete?: NfsOnDelete;

  /**
   * The `fsGroupPolicy` of its CSIDriver object.
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly fsGroupPolicy?: FsGroupPolicy;

  /**
   * Its `--mount-permissions` (`driver.mountPermissions` of the chart), octal.
   *
   * @default - none
   */
  readonly mountPermissions?: string;

  /**
   * The `--timeout` of its csi-snapshotter; 1200 seconds in the chart.
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly operationTimeout?: Duration;
}
