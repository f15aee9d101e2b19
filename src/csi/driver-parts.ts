import { Size } from 'cdk8s';
import { CsiControllerOptions, CsiDriverProps, CsiNodeOptions, CsiPorts } from './csi-driver-props';
import { CsiSidecars } from './csi-sidecar-options';
import { Sidecar, SidecarFacts } from './sidecars';

/** What both kinds of pods have in common once every default is filled in. */
interface Filled {
  readonly hostNetwork: boolean;
  readonly memoryLimit: Size;
}

/** A sidecar of the controller, with where it serves metrics and health. */
export interface PlacedSidecar extends Sidecar {
  /**
   * The port of its HTTP endpoint.
   *
   * @default - it has none
   */
  readonly httpPort?: number;
}

/** What the controller and the node plugin are made of: the props with every default filled in. */
export interface DriverParts {
  readonly driverName: string;
  readonly namespace: string;
  readonly controllerName: string;
  readonly nodeName: string;
  /** The name of the driver's own container. */
  readonly pluginName: string;
  readonly image: string;
  readonly registry: string;
  readonly controllerArgs: string[];
  readonly nodeArgs: string[];
  readonly facts: SidecarFacts;
  /** The controller's sidecars, in the order of their containers. */
  readonly sidecars: readonly PlacedSidecar[];
  readonly sidecarOptions: CsiSidecars;
  readonly logLevel: number;
  readonly imagePullSecrets: string[];
  readonly ports: Required<CsiPorts>;
  readonly monitoring: CsiDriverProps['monitoring'];
  readonly changedBlocks: CsiDriverProps['changedBlocks'];
  readonly controller: CsiControllerOptions & Filled & { readonly replicas: number; readonly privileged: boolean };
  readonly node: CsiNodeOptions & Filled;
  /** Whether the node plugin works below the kubelet's directory of plugins, not only below that of pods. */
  readonly staging: boolean;
  /** Whether it works with devices of the node. */
  readonly devices: boolean;
  readonly kubeletDirectory: string;
  /** The driver's socket, as the kubelet sees it. */
  readonly hostSocket: string;
  readonly seLinux: boolean;
  selector(component: string): Record<string, string>;
}
