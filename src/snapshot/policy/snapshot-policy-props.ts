import { Duration, Size } from 'cdk8s';
import { SnapshotEngine } from './engines/snapshot-engine';
import { SnapshotHook } from './snapshot-hook';
import { SnapshotPolicyAlerts } from './snapshot-policy-alerts';
import { Toleration } from '../../csi/csi-pod-options';
import { ManifestProps } from '../../manifest/manifest-props';
import { ClaimSelector } from '../claim-selector';
import { Schedule } from '../schedule';
import { SnapshotRetention } from '../snapshot-retention';
import { IVolumeGroupSnapshotClass } from '../volume-group-snapshot-class';
import { IVolumeSnapshotClass } from '../volume-snapshot-class';

/** Properties of a SnapshotPolicy. Give one of `snapshotClass`, `snapshotClasses` and `groupSnapshotClass`. */
export interface SnapshotPolicyProps extends ManifestProps {
  /** The name of the policy, of at most 42 characters. Its snapshots are known by it: under another name the old ones are never pruned. */
  readonly name: string;

  /**
   * The namespace in which the policy runs.
   *
   * @default - the chart's, else the one namespace of the named claims
   */
  readonly namespace?: string;

  /** When snapshots are taken, and in which time zone days begin. */
  readonly schedule: Schedule;

  /** The claims of which snapshots are taken. */
  readonly claims: ClaimSelector;

  /**
   * The class of all snapshots.
   *
   * @default - none
   */
  readonly snapshotClass?: IVolumeSnapshotClass;

  /**
   * The classes of the snapshots, one per driver; each has to know its driver.
   *
   * @default - none
   */
  readonly snapshotClasses?: IVolumeSnapshotClass[];

  /**
   * The class of group snapshots: all selected claims of a namespace are snapshotted at one moment. Claims have to be selected by labels.
   *
   * @default - each claim by itself
   */
  readonly groupSnapshotClass?: IVolumeGroupSnapshotClass;

  /**
   * The namespaces in which claims are looked for. The policy is granted what it does in these only.
   *
   * @default - that of the policy
   */
  readonly namespaces?: string[];

  /**
   * Whether claims of all namespaces are looked at. The policy is granted what it does in the whole cluster.
   *
   * @default false
   */
  readonly allNamespaces?: boolean;

  /** Which snapshots are kept. */
  readonly retention: SnapshotRetention;

  /**
   * What is run in pods around a snapshot. Applications are frozen in this order, and thawed in the opposite one.
   *
   * @default - none
   */
  readonly hooks?: SnapshotHook[];

  /**
   * How long a run waits for a snapshot to become ready. Old ones are pruned only when it did.
   *
   * @default - 30 minutes, or half of the time that a run has
   */
  readonly readyTimeout?: Duration;

  /**
   * How long a run may take at most.
   *
   * @default - 2 hours, or the shortest time between two runs
   */
  readonly runTimeout?: Duration;

  /**
   * How many claims are worked on at one time, from 1 to 100.
   *
   * @default 5
   */
  readonly maxParallel?: number;

  /**
   * A run waits a random time of up to this long, so that many policies do not all begin at once.
   *
   * @default - none
   */
  readonly jitter?: Duration;

  /**
   * No further snapshot is taken of a claim that has so many which are not ready, from 1 to 100.
   *
   * @default 2
   */
  readonly maxPending?: number;

  /**
   * How late a run may begin, at least 10 seconds: that is how often Kubernetes looks.
   *
   * @default - 1 hour, or the shortest time between two runs
   */
  readonly startingDeadline?: Duration;

  /**
   * Whether no snapshots are taken and pruned for now.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * Labels of the snapshots.
   *
   * @default - only those by which the policy knows them
   */
  readonly snapshotLabels?: { [key: string]: string };

  /**
   * Whether the data of snapshots is kept when their namespace is deleted. The policy is granted to change VolumeSnapshotContents, which belong to no namespace.
   *
   * @default - false: by a class with the deletion policy Delete, the data goes with the namespace
   */
  readonly surviveNamespaceDeletion?: boolean;

  /**
   * A PrometheusRule that alerts when no run succeeds. Needs the prometheus-operator and kube-state-metrics.
   *
   * @default - none
   */
  readonly alerts?: SnapshotPolicyAlerts;

  /**
   * The image that runs the policy: Node.js 22 or later, with a tag or digest.
   *
   * @default docker.io/library/node:22-bookworm-slim
   */
  readonly image?: string;

  /**
   * Names of Secrets in the policy's namespace to pull the image with.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The memory limit of a run, at least 128 MiB.
   *
   * @default Size.mebibytes(256)
   */
  readonly memoryLimit?: Size;

  /**
   * Labels that the node of a run must have, beside `kubernetes.io/os: linux`.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that a run bears.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * What takes the snapshots and prunes them.
   *
   * @default SnapshotEngine.embedded()
   */
  readonly engine?: SnapshotEngine;
}
