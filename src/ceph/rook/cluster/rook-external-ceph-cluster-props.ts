import { Duration } from 'cdk8s';
import { RookCsiOptions } from './rook-ceph-cluster-props';
import { ManifestProps } from '../../../manifest/manifest-props';
import { IRookOperator } from '../i-rook-operator';

/** Keys of users of an external Ceph, as `ceph auth print-key` prints them. */
export interface RookExternalKeys {
  /** That of client.healthchecker, as which Rook asks how the cluster is. */
  readonly healthChecker: string;

  /**
   * That of client.csi-rbd-provisioner.
   *
   * @default - its Secret is not written
   */
  readonly rbdProvisioner?: string;

  /**
   * That of client.csi-rbd-node.
   *
   * @default - its Secret is not written
   */
  readonly rbdNode?: string;

  /**
   * That of client.csi-cephfs-provisioner.
   *
   * @default - its Secret is not written
   */
  readonly cephFsProvisioner?: string;

  /**
   * That of client.csi-cephfs-node.
   *
   * @default - its Secret is not written
   */
  readonly cephFsNode?: string;
}

/** Where an external Ceph has its metrics. */
export interface RookExternalMonitoringOptions {
  /** The addresses of its managers. */
  readonly endpoints: string[];

  /**
   * The port on which they answer.
   *
   * @default - Rook's own: 9283
   */
  readonly port?: number;

  /**
   * How often Prometheus asks.
   *
   * @default - Rook's own: 10s
   */
  readonly interval?: Duration;
}

/** Properties of a Ceph cluster that runs elsewhere, and that Rook is told of. */
export interface RookExternalCephClusterProps extends ManifestProps {
  /** Who looks after it: `new RookOperator(…)`, or `RookOperator.existing(…)`. */
  readonly operator: IRookOperator;

  /** Its fsid: `ceph fsid`. */
  readonly fsid: string;

  /** Its monitors by their names, as `host:port`: `{ a: '10.0.0.1:3300' }` (`ceph mon dump`). Rook goes by what they tell afterwards. */
  readonly monitors: { [key: string]: string };

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
   * Its major release: 19 is Squid, 20 Tentacle.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly release?: number;

  /**
   * Keys that are written into the manifests, and so into Git (CEPH161).
   *
   * @default - none: the Secrets are there already, as secretCommands() has it
   */
  readonly keys?: RookExternalKeys;

  /**
   * What Rook tells the drivers.
   *
   * @default - where the monitors are
   */
  readonly csi?: RookCsiOptions;

  /**
   * Metrics for the Prometheus operator.
   *
   * @default - none
   */
  readonly monitoring?: RookExternalMonitoringOptions;

  /**
   * What there is no property for, as it stands in the spec of a CephCluster.
   *
   * @default - none
   */
  readonly extraSpec?: { [key: string]: any };
}
