import { Duration, Size } from 'cdk8s';

/** What can be set of one sidecar. Whether it runs follows from the driver's capabilities. */
export interface CsiSidecarOptions {
  /**
   * The image, with a tag or digest. Flags and permissions stay those of the release that the library knows (docs/csi.md).
   *
   * @default - `<imageRegistry>/sig-storage/<sidecar>:<tested release>`
   */
  readonly image?: string;

  /**
   * How long the driver may take for one operation asked by this sidecar.
   *
   * @default - `operationTimeout` of the driver; 1 minute for node-driver-registrar, 3 seconds for livenessprobe
   */
  readonly timeout?: Duration;

  /**
   * How many operations it asks for at one time, 1 to 1000.
   *
   * @default - the sidecar's own: csi-provisioner 100, others 10
   */
  readonly workers?: number;

  /**
   * More arguments, such as `--strict-topology=true`. What the library writes cannot be given twice, nor a flag that the tested release does not
   * have; flags of another `image` are not known.
   *
   * @default - none
   */
  readonly extraArgs?: string[];

  /**
   * Memory limit of its container.
   *
   * @default - 400 MiB in the controller, 100 MiB for the registrar and the liveness probe
   */
  readonly memoryLimit?: Size;
}

/** The sidecars of a CSI driver. @see https://kubernetes-csi.github.io/docs/sidecar-containers.html */
export interface CsiSidecars {
  /**
   * csi-provisioner.
   *
   * @default - see CsiSidecarOptions
   */
  readonly provisioner?: CsiSidecarOptions;

  /**
   * csi-attacher.
   *
   * @default - see CsiSidecarOptions
   */
  readonly attacher?: CsiSidecarOptions;

  /**
   * csi-resizer.
   *
   * @default - see CsiSidecarOptions
   */
  readonly resizer?: CsiSidecarOptions;

  /**
   * csi-snapshotter.
   *
   * @default - see CsiSidecarOptions
   */
  readonly snapshotter?: CsiSidecarOptions;

  /**
   * csi-external-health-monitor-controller.
   *
   * @default - see CsiSidecarOptions
   */
  readonly healthMonitor?: CsiSidecarOptions;

  /**
   * csi-snapshot-metadata.
   *
   * @default - see CsiSidecarOptions
   */
  readonly snapshotMetadata?: CsiSidecarOptions;

  /**
   * node-driver-registrar.
   *
   * @default - see CsiSidecarOptions
   */
  readonly nodeDriverRegistrar?: CsiSidecarOptions;

  /**
   * livenessprobe, beside the controller and on the nodes.
   *
   * @default - see CsiSidecarOptions
   */
  readonly livenessProbe?: CsiSidecarOptions;
}
