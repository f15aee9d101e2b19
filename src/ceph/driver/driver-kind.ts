import { CsiCapabilities } from '../../csi/capabilities';
import { CsiPorts } from '../../csi/csi-driver-props';

/** What the two drivers of ceph-csi differ in. */
export interface DriverKind {
  /** `--type` of its program. */
  readonly type: 'rbd' | 'cephfs';
  /** What it is called in messages. */
  readonly storage: 'RBD' | 'CephFS';
  readonly driverName: string;
  /** The base of its objects' names; the same as of its Helm chart. */
  readonly name: string;
  /** Its class here, for messages. */
  readonly construct: string;
  /** On the nodes' network. */
  readonly ports: CsiPorts;
  readonly defaultFsType?: string;
  /** What each of it can do. */
  readonly capabilities: CsiCapabilities;
}

const COMMON: CsiCapabilities = { attach: true, clone: true, stage: true };

export const RBD: DriverKind = {
  type: 'rbd',
  storage: 'RBD',
  driverName: 'rbd.csi.ceph.com',
  name: 'ceph-csi-rbd',
  construct: 'CephRbdCsiDriver',
  ports: { nodeHealth: 29662, registrarHealth: 29663 },
  defaultFsType: 'ext4',
  capabilities: { ...COMMON, block: true, multiNodeWriter: false },
};

export const CEPHFS: DriverKind = {
  type: 'cephfs',
  storage: 'CephFS',
  driverName: 'cephfs.csi.ceph.com',
  name: 'ceph-csi-cephfs',
  construct: 'CephFsCsiDriver',
  ports: { nodeHealth: 29664, registrarHealth: 29665 },
  capabilities: { ...COMMON, multiNodeWriter: true },
};
