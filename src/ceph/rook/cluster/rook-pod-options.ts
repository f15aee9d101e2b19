import { Size } from 'cdk8s';
import { Toleration } from '../../../csi/csi-pod-options';

/** What a daemon gets. It has no limit of CPU: a daemon that is slowed down is taken for dead. */
export interface RookResources {
  /**
   * CPU that is kept for it, such as `500m`.
   *
   * @default - that of Rook's chart
   */
  readonly cpuRequest?: string;

  /**
   * Memory that is kept for it.
   *
   * @default - that of Rook's chart, or `memoryLimit` where that is less
   */
  readonly memoryRequest?: Size;

  /**
   * With more memory it is killed. OSDs and metadata servers size their caches by it.
   *
   * @default - that of Rook's chart, or `memoryRequest` where that is more
   */
  readonly memoryLimit?: Size;
}

/** What the daemons of a cluster get, by kind. */
export interface RookClusterResources {
  /**
   * The monitors.
   *
   * @default - 1 CPU, 1Gi of memory and 2Gi at most
   */
  readonly mon?: RookResources;

  /**
   * The managers.
   *
   * @default - 500m of CPU, 512Mi of memory and 1Gi at most
   */
  readonly mgr?: RookResources;

  /**
   * The OSDs.
   *
   * @default - 1 CPU and 4Gi
   */
  readonly osd?: RookResources;

  /**
   * What prepares disks.
   *
   * @default - 500m of CPU and 50Mi, without a limit, which could stop it half way
   */
  readonly prepareOsd?: RookResources;

  /**
   * What watches beside a manager which one is active.
   *
   * @default - 100m of CPU, 40Mi of memory and 100Mi at most
   */
  readonly mgrSidecar?: RookResources;

  /**
   * What reports crashes, on each node.
   *
   * @default - 100m of CPU and 60Mi
   */
  readonly crashCollector?: RookResources;

  /**
   * What rotates logs, beside each daemon.
   *
   * @default - 100m of CPU, 100Mi of memory and 1Gi at most
   */
  readonly logCollector?: RookResources;

  /**
   * What measures daemons, on each node.
   *
   * @default - 50m of CPU, 50Mi of memory and 128Mi at most
   */
  readonly exporter?: RookResources;
}

/** Where daemons of a kind run. */
export interface RookPlacement {
  /**
   * Labels that their nodes have.
   *
   * @default - any node
   */
  readonly nodeLabels?: { [key: string]: string };

  /**
   * Taints that they bear.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];
}

/** Where the daemons of a cluster run, by kind. */
export interface RookClusterPlacement {
  /**
   * All of them; what is said of one kind is added.
   *
   * @default - any node without taints
   */
  readonly all?: RookPlacement;

  /**
   * The monitors.
   *
   * @default - as all
   */
  readonly mon?: RookPlacement;

  /**
   * The managers.
   *
   * @default - as all
   */
  readonly mgr?: RookPlacement;

  /**
   * The OSDs.
   *
   * @default - as all
   */
  readonly osd?: RookPlacement;

  /**
   * What prepares disks.
   *
   * @default - as all
   */
  readonly prepareOsd?: RookPlacement;
}
