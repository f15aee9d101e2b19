import { OperatorAccess, OperatorWatch } from './operator-access';
import { OperatorPodOptions } from './operator-pod-options';
import { CsiMonitoring } from '../csi/csi-driver-props';
import { ManifestProps } from '../manifest/manifest-props';

/** Properties of a StorageOperator. */
export interface StorageOperatorProps extends ManifestProps {
  /**
   * The name of its Deployment, account, lease and roles.
   *
   * @default storage-operator
   */
  readonly name?: string;

  /**
   * Its own namespace.
   *
   * @default - the name
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too, with the Pod Security level `restricted`.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /** The image of the program, with a tag or digest. */
  readonly image: string;

  /**
   * Names of Secrets in its namespace to pull the image with.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The program and its first arguments.
   *
   * @default - the image's entrypoint
   */
  readonly command?: string[];

  /**
   * Arguments of the program, such as `--leader-elect` for one of controller-runtime.
   *
   * @default - none
   */
  readonly args?: string[];

  /** The kinds that it reconciles. One operator of a cluster reconciles a kind. */
  readonly watches: OperatorWatch[];

  /**
   * What it makes: claims, snapshots, CronJobs…
   *
   * @default - nothing
   */
  readonly owns?: OperatorAccess[];

  /**
   * What it only reads: classes, Secrets by name…
   *
   * @default - nothing
   */
  readonly reads?: OperatorAccess[];

  /**
   * What it does with events of `events.k8s.io`. Recorders of client-go also patch what they say again.
   *
   * @default - create, patch
   */
  readonly eventVerbs?: string[];

  /**
   * Whether one copy is elected by a Lease in its namespace, whose name is in `LEASE_NAME`. Also a single copy needs it: as it is replaced there are two.
   * Without, there is one copy, which ends before the next begins.
   *
   * @default true
   */
  readonly leaderElection?: boolean;

  /**
   * The name of the Lease; in Go programs it is `LeaderElectionID`.
   *
   * @default - the name
   */
  readonly leaseName?: string;

  /**
   * How many copies run; one is active.
   *
   * @default - 2, or 1 where the platform has a single node, or without leader election
   */
  readonly replicas?: number;

  /**
   * The port of `/healthz` and `/readyz`.
   *
   * @default 8081
   */
  readonly healthPort?: number;

  /**
   * The port of `/metrics`.
   *
   * @default 8080
   */
  readonly metricsPort?: number;

  /**
   * A PodMonitor for the Prometheus operator.
   *
   * @default - none
   */
  readonly monitoring?: CsiMonitoring;

  /**
   * Whether a NetworkPolicy closes its pods to all but the port of metrics.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * Whether ClusterRoles for users are written for each watched kind that a CustomResource of this cluster defines: `<plural>.<group>-admin`, `-editor` and `-viewer`.
   *
   * @default true
   */
  readonly userRoles?: boolean;

  /**
   * Whether Kubernetes' own roles `admin`, `edit` and `view` contain those roles, so that who may do something in a namespace may do it with these kinds too. Cluster-scoped
   * kinds are never added.
   *
   * @default true
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
   */
  readonly aggregateUserRoles?: boolean;

  /**
   * More of its pods.
   *
   * @default - production defaults
   */
  readonly pod?: OperatorPodOptions;
}
