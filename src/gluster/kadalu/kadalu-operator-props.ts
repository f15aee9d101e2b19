import { Size } from 'cdk8s';
import { NodeUpdateStrategy } from '../../csi/csi-driver-props';
import { Toleration } from '../../csi/csi-pod-options';
import { ManifestProps } from '../../manifest/manifest-props';

/** What can be set of a pod of Kadalu. */
export interface KadaluPodOptions {
  /**
   * Memory that its container asks for.
   *
   * @default - 64 MiB for the operator, 128 MiB for the node plugin
   */
  readonly memoryRequest?: Size;

  /**
   * Memory limit of its container. Where the node plugin exceeds one, all volumes of Kadalu on its node are cut off.
   *
   * @default - 512 MiB for the operator, none for the node plugin
   */
  readonly memoryLimit?: Size;

  /**
   * CPU that its container asks for, such as `10m`.
   *
   * @default 10m
   */
  readonly cpuRequest?: string;

  /**
   * Labels that nodes must have, beside `kubernetes.io/os: linux`.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints that it bears, beside the defaults.
   *
   * @default - the operator: those of control planes; the node plugin: every taint
   */
  readonly tolerations?: Toleration[];

  /**
   * The priority class.
   *
   * @default - the operator: system-cluster-critical; the node plugin: system-node-critical
   */
  readonly priorityClassName?: string;

  /**
   * Labels of the pods; the selector's own stay.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };
}

/** The node plugin of Kadalu. */
export interface KadaluNodePluginOptions extends KadaluPodOptions {
  /**
   * When node plugins take up a changed manifest. The Gluster clients run in them, so each restart cuts off every volume of Kadalu on its node until
   * the pods that use them start again.
   *
   * @default NodeUpdateStrategy.ON_DELETE
   */
  readonly updateStrategy?: NodeUpdateStrategy;
}

/** Images of one's own, each with a tag or digest. Those of the provisioner and the bricks are named by the operator: registry, repository and version. */
export interface KadaluImages {
  /**
   * The operator.
   *
   * @default - `<imageRegistry>/<repository>/kadalu-operator:<version>`
   */
  readonly operator?: string;

  /**
   * The node plugin.
   *
   * @default - `<imageRegistry>/<repository>/kadalu-csi:<version>`
   */
  readonly nodePlugin?: string;

  /**
   * The node-driver-registrar beside it.
   *
   * @default - registry.k8s.io/sig-storage/csi-node-driver-registrar, of the release that other drivers of this library have
   */
  readonly registrar?: string;
}

/** Properties of a KadaluOperator. */
export interface KadaluOperatorProps extends ManifestProps {
  /**
   * The release of Kadalu. What this library writes for it was read in the sources of 1.2.0; those of 1.3.0 were not at hand.
   *
   * @default 1.2.0
   */
  readonly version?: string;

  /**
   * The registry of all images of Kadalu, also of those that the operator starts (`IMAGES_HUB`); for mirrors. It has `raspbernetes/csi-external-provisioner:2.0.2`,
   * `raspbernetes/csi-external-attacher:3.0.0`, `raspbernetes/csi-external-resizer:1.0.0` and `library/busybox` too.
   *
   * @default docker.io
   */
  readonly imageRegistry?: string;

  /**
   * Where the images of Kadalu itself are in it (`DOCKER_USER`).
   *
   * @default kadalu
   */
  readonly repository?: string;

  /**
   * Images of one's own.
   *
   * @default - those of the release
   */
  readonly images?: KadaluImages;

  /**
   * Secrets of the namespace kadalu with which images are pulled; also those of the pods that the operator starts.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Whether the namespace kadalu is written too, with the Pod Security label that its pods need.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the CRD is written too. It is protected from pruning: deleting it deletes every pool.
   *
   * @default true
   */
  readonly installCrds?: boolean;

  /**
   * Whether all pods of Kadalu log what they do in detail.
   *
   * @default false
   */
  readonly verbose?: boolean;

  /**
   * The operator.
   *
   * @default - see KadaluPodOptions
   */
  readonly operator?: KadaluPodOptions;

  /**
   * The node plugin.
   *
   * @default - see KadaluNodePluginOptions
   */
  readonly nodePlugin?: KadaluNodePluginOptions;
}
