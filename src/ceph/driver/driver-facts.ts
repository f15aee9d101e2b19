import { DriverKind } from './driver-kind';
import { NodeUpdateStrategy } from '../../csi/csi-driver-props';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { CephClusterMapping } from '../addons/replication/ceph-cluster-mapping';
import { CephKms } from '../kms/ceph-kms';

/** What is known of an installed ceph-csi beyond ICsiDriver. What is missing was not declared. */
export interface CephDriverFacts {
  readonly kind?: DriverKind;
  /** Whether its configuration is written here. */
  readonly installed: boolean;
  /** Whether ceph-csi-operator writes its pods and its configuration. */
  readonly operated?: boolean;
  readonly version?: string;
  readonly fencing?: boolean;
  readonly volumeHealer?: boolean;
  readonly domainLabels?: readonly string[];
  /** Whether it has the sidecar of csi-addons. */
  readonly csiAddons?: boolean;
  /** Whether it finds volumes that another cluster made. */
  readonly omapGenerator?: boolean;
  readonly clusterMappings?: readonly CephClusterMapping[];
  readonly kms?: readonly CephKms[];
  readonly updateStrategy?: NodeUpdateStrategy;
}

const facts = new WeakMap<ICsiDriver, CephDriverFacts>();

/** Says that a driver is ceph-csi, whatever its name, and what is known of it. */
export function declareFacts(driver: ICsiDriver, known: CephDriverFacts): void {
  facts.set(driver, known);
}

export function factsOf(driver: ICsiDriver): CephDriverFacts {
  return facts.get(driver) ?? { installed: false, version: driver.version };
}
