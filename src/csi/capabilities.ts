import { Duration } from 'cdk8s';

/** A service account token that the kubelet hands to the driver with each mount. @see https://kubernetes-csi.github.io/docs/token-requests.html */
export interface CsiTokenRequest {
  /** Who the token is for, such as `sts.amazonaws.com`; the empty string is the API server. Unique per driver. */
  readonly audience: string;

  /**
   * How long it is valid: 10 minutes to 2^32 seconds.
   *
   * @default - the API server's: 1 hour
   */
  readonly expiration?: Duration;
}

/**
 * What a CSI driver can do. Sidecars, their flags and gates, RBAC, the CSIDriver object,
 * the mounts of the node plugin and the checks on classes and claims are derived from it.
 * @see https://github.com/container-storage-interface/spec/blob/master/spec.md
 */
export interface CsiCapabilities {
  /**
   * Creates and deletes volumes (`CREATE_DELETE_VOLUME`): adds csi-provisioner.
   *
   * @default true
   */
  readonly provision?: boolean;

  /**
   * Attaches volumes to nodes (`PUBLISH_UNPUBLISH_VOLUME`): adds csi-attacher and sets `attachRequired`, which cannot be changed later.
   *
   * @default false
   */
  readonly attach?: boolean;

  /**
   * Expands volumes (`EXPAND_VOLUME`): adds csi-resizer.
   *
   * @default false
   */
  readonly expand?: boolean;

  /**
   * Takes and restores snapshots (`CREATE_DELETE_SNAPSHOT`): adds csi-snapshotter.
   * The cluster needs the VolumeSnapshot CRDs and a snapshot-controller, see `SnapshotController`.
   *
   * @default false
   */
  readonly snapshot?: boolean;

  /**
   * Takes snapshots of several volumes at one moment (`CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT`); needs `snapshot`, and a
   * SnapshotController with `groupSnapshots`.
   *
   * @default false
   */
  readonly groupSnapshot?: boolean;

  /**
   * Clones volumes (`CLONE_VOLUME`); needs no sidecar.
   *
   * @default false
   */
  readonly clone?: boolean;

  /**
   * Changes volumes by a VolumeAttributesClass (`MODIFY_VOLUME`): adds csi-resizer. Kubernetes 1.34; in 1.31 to 1.33 a beta that is off by default.
   *
   * @default false
   */
  readonly modify?: boolean;

  /**
   * Volumes are reachable from some nodes only (`VOLUME_ACCESSIBILITY_CONSTRAINTS`).
   *
   * @default false
   */
  readonly topology?: boolean;

  /**
   * Reports how much is free (`GET_CAPACITY`): csi-provisioner publishes CSIStorageCapacity objects, and the scheduler heeds them.
   *
   * @default false
   */
  readonly capacity?: boolean;

  /**
   * Mounts a volume once per node before pods get it (`STAGE_UNSTAGE_VOLUME`).
   *
   * @default false
   */
  readonly stage?: boolean;

  /**
   * Serves raw block devices (`volumeMode: Block`).
   *
   * @default false
   */
  readonly block?: boolean;

  /**
   * Serves file systems that several nodes write at one time (`MULTI_NODE_MULTI_WRITER`), which ReadWriteMany asks for. A raw device (`block`) may
   * be asked for by several nodes of any driver.
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly multiNodeWriter?: boolean;

  /**
   * Serves volumes written inline in a pod (`Ephemeral`); the driver is told of the pod (`podInfoOnMount`). It cannot be changed later.
   *
   * @default false
   */
  readonly inline?: boolean;

  /**
   * Tokens of the pod's service account that the driver is handed.
   *
   * @default - none
   */
  readonly tokens?: CsiTokenRequest[];

  /**
   * Reports the condition of volumes (`VOLUME_CONDITION`, alpha): adds csi-external-health-monitor-controller, whose events say which volume is abnormal.
   *
   * @default false
   */
  readonly health?: boolean;

  /**
   * Tells which blocks changed between snapshots (`GET_METADATA_ALLOCATED`, `GET_METADATA_DELTA`; beta in Kubernetes 1.36): adds
   * csi-snapshot-metadata, which needs `changedBlocks` of the driver. Needs `snapshot`, and a SnapshotController with `changedBlocks`. It works with
   * older releases too: the sidecar asks the API server for nothing but its CRD, TokenReview and SubjectAccessReview.
   *
   * @default false
   */
  readonly changedBlocks?: boolean;
}
