import { Size } from 'cdk8s';
import { CsiPorts } from './csi-driver-props';
import { Feature, FlagFacts } from './sidecars';

/** What the controller and the node plugin are made of: the props with every default filled in. */
export interface DriverParts {
  readonly namespace: string;
  readonly controllerName: string;
  readonly nodeName: string;
  /** The name of the driver's own container. */
  readonly pluginName: string;
  readonly image: string;
  readonly registry: string;
  readonly controllerArgs: string[];
  readonly nodeArgs: string[];
  readonly features: ReadonlySet<Feature>;
  readonly flagFacts: FlagFacts;
  readonly ports: Required<CsiPorts>;
  readonly controller: { readonly replicas: number; readonly hostNetwork: boolean; readonly privileged: boolean; readonly memoryLimit: Size };
  readonly node: { readonly hostNetwork: boolean; readonly memoryLimit: Size };
  readonly kubeletDirectory: string;
  /** The driver's socket, as the kubelet sees it. */
  readonly hostSocket: string;
  readonly seLinux: boolean;
  selector(component: string): Record<string, string>;
}
