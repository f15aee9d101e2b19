import { CEPH_RULES } from './rules';
import { fail } from '../findings/report';
import { shown } from '../manifest/validate';

/** Which copy of the data clients read: the one that is near. */
export interface CephReadAffinity {
  /**
   * Labels of the nodes that say where they are in the CRUSH map, such as `topology.kubernetes.io/zone`: the part after the `/` has to be a type of its buckets.
   *
   * @see https://docs.ceph.com/en/latest/rados/operations/crush-map/
   */
  readonly crushLocationLabels: string[];
}

/** What is the same of every Ceph cluster. */
export interface ExistingCephClusterOptions {
  /**
   * The RADOS namespace of the pools in which images lie: a tenant of its own. It has to exist (`rbd namespace create`), and cannot be changed once volumes exist.
   *
   * @default - none
   */
  readonly radosNamespace?: string;

  /**
   * The group of the subvolumes of CephFS. It has to exist (`ceph fs subvolumegroup create`), and cannot be changed once volumes exist.
   *
   * @default - ceph-csi's own: csi
   */
  readonly subvolumeGroup?: string;

  /**
   * The RADOS namespace of the metadata pool in which the driver for CephFS keeps its records. It cannot be changed once volumes exist.
   *
   * @default - ceph-csi's own: csi
   */
  readonly cephFsRadosNamespace?: string;

  /**
   * The major release of Ceph: 19 is Squid, 20 Tentacle.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly release?: number;
}

/** A Ceph cluster that Rook runs, or reaches, from this Kubernetes cluster. */
export interface RookCephClusterOptions extends ExistingCephClusterOptions {
  /** The namespace of its `CephCluster`, which is its clusterId too: at most 36 characters. */
  readonly namespace: string;

  /**
   * The namespace of Rook's operator. The drivers are there, and have it in their names: `<operatorNamespace>.rbd.csi.ceph.com`.
   *
   * @default - `namespace`
   */
  readonly operatorNamespace?: string;

  /**
   * The clusterID of a `CephBlockPoolRadosNamespace` or a `CephFilesystemSubVolumeGroup`, which has one of its own (`spec.clusterID`, else `status.info.clusterID`).
   *
   * @default - `namespace`
   */
  readonly clusterId?: string;
}

/** How a Ceph cluster is reached that runs elsewhere. */
export interface ExternalCephClusterOptions extends ExistingCephClusterOptions {
  /**
   * The name under which ceph-csi knows it, at most 36 bytes; usually its fsid (`ceph fsid`). It is a part of every volume's handle, so it cannot be changed
   * once volumes exist. Two tenants of one Ceph cluster have two.
   */
  readonly clusterId: string;

  /** Its monitors, as `host:port`, one per entry. Port 3300 speaks msgr v2, which encryption on the wire needs; 6789 speaks v1. */
  readonly monitors: string[];

  /**
   * Whether nodes read from the copy that is near to them. Linux 5.8.
   *
   * @default - from the primary
   */
  readonly readAffinity?: CephReadAffinity;

  /**
   * How many rbd-mirror daemons the cluster has.
   *
   * @default - ceph-csi's own: 1
   */
  readonly mirrorDaemonCount?: number;

  /**
   * Fields of its entry in the driver's `config.json` for which there is no property, as they stand there: `{ cephFS: { kernelMountOptions: 'ms_mode=secure' } }`.
   *
   * @default - none
   */
  readonly extraConfiguration?: { [key: string]: any };
}

/** A Ceph cluster, as ceph-csi is told of it. */
export class CephCluster {
  /**
   * A Ceph cluster that runs outside of Kubernetes. It is written into the configuration of the drivers that its storages use.
   *
   * @throws CEPH001 for a clusterId or monitors that ceph-csi cannot use
   */
  public static external(options: ExternalCephClusterOptions): CephCluster {
    const { monitors, mirrorDaemonCount, readAffinity, extraConfiguration = {} } = options ?? {} as ExternalCephClusterOptions;
    if (!Array.isArray(monitors) || monitors.length === 0) {
      refuse('the monitors', shown(monitors), 'there are none', "list them: monitors: ['10.0.0.1:3300', '10.0.0.2:3300', '10.0.0.3:3300'] (ceph mon dump)");
    }
    monitors.forEach(checkMonitor);
    const again = monitors.find((monitor, index) => monitors.indexOf(monitor) < index);
    if (again !== undefined) {
      refuse('the monitor', shown(again), 'it is listed twice', 'list each once');
    }
    if (mirrorDaemonCount !== undefined && !(Number.isInteger(mirrorDaemonCount) && mirrorDaemonCount > 0)) {
      refuse('mirrorDaemonCount', shown(mirrorDaemonCount), 'it is no number of daemons', 'leave it out for 1');
    }
    const written = Object.keys(extraConfiguration ?? {}).find(key => ['clusterID', 'monitors', 'readAffinity'].includes(key));
    if (typeof extraConfiguration !== 'object' || extraConfiguration === null || Array.isArray(extraConfiguration) || written !== undefined) {
      refuse('extraConfiguration', shown(written ?? extraConfiguration), 'it is no object, or has what there is a property for', "such as { cephFS: { kernelMountOptions: 'ms_mode=secure' } }");
    }
    const labels = readAffinity?.crushLocationLabels;
    if (readAffinity && !(Array.isArray(labels) && labels.length > 0 && labels.every(label => /^[^,\s]+$/.test(label)))) {
      refuse('crushLocationLabels', shown(labels), 'it names no labels of nodes', "such as ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']");
    }
    return new CephCluster(options.clusterId, options, options);
  }

  /**
   * A Ceph cluster of which the driver knows already: its entry is in the driver's `config.json`, written by Helm or another repository.
   *
   * @param clusterId the name that the entry has
   * @param options what is known of it
   * @throws CEPH001 for a clusterId that ceph-csi cannot use
   */
  public static existing(clusterId: string, options: ExistingCephClusterOptions = {}): CephCluster {
    return new CephCluster(clusterId, options ?? {});
  }

  /**
   * A Ceph cluster of Rook, which tells the drivers by itself how it is reached. One that is written beside it is a `RookCephCluster`.
   *
   * @throws CEPH001 for a namespace that cannot be a clusterId
   */
  public static rook(options: RookCephClusterOptions): CephCluster {
    const { namespace, operatorNamespace = namespace, clusterId = namespace } = options ?? {} as RookCephClusterOptions;
    for (const [what, value] of Object.entries({ namespace, operatorNamespace })) {
      if (typeof value !== 'string' || !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value)) {
        refuse(`the ${what}`, shown(value), 'it is no namespace', "that of the CephCluster, such as 'rook-ceph'");
      }
    }
    return new CephCluster(clusterId, options, undefined, { ...options, operatorNamespace, clusterId });
  }

  /** The name under which ceph-csi knows it. */
  public readonly clusterId: string;
  /** The RADOS namespace of its images, if there is one. */
  public readonly radosNamespace?: string;
  /** The group of its subvolumes, if it was given. */
  public readonly subvolumeGroup?: string;
  /** The RADOS namespace of the records on its subvolumes, if it was given. */
  public readonly cephFsRadosNamespace?: string;
  /** The major release of Ceph, if declared. */
  public readonly release?: number;
  /** How it is reached; nothing where the driver knows already. */
  public readonly connection?: ExternalCephClusterOptions;
  /** Where Rook has it; nothing where it is not of Rook. */
  public readonly rookOptions?: RookCephClusterOptions;

  private constructor(clusterId: string, options: ExistingCephClusterOptions, connection?: ExternalCephClusterOptions, rookOptions?: RookCephClusterOptions) {
    const bytes = typeof clusterId === 'string' ? Buffer.byteLength(clusterId) : 0;
    if (bytes === 0 || bytes > 36 || /[\s"\\]/.test(clusterId)) {
      refuse('the clusterId', shown(clusterId), 'it has to have 1 to 36 bytes, without blanks', 'use the fsid of the Ceph cluster: ceph fsid');
    }
    for (const what of ['radosNamespace', 'subvolumeGroup', 'cephFsRadosNamespace'] as const) {
      const value = options[what];
      if (value !== undefined && !(typeof value === 'string' && /^[A-Za-z0-9_.-]+$/.test(value))) {
        refuse(what, shown(value), 'it is no name', "such as 'tenant-a'; leave it out for none");
      }
    }
    const { release } = options;
    if (release !== undefined && !(Number.isInteger(release) && release >= 14 && release < 100)) {
      refuse('the release', shown(release), 'it is no major release of Ceph', 'such as 19 for Squid');
    }
    this.clusterId = clusterId;
    this.radosNamespace = options.radosNamespace;
    this.subvolumeGroup = options.subvolumeGroup;
    this.cephFsRadosNamespace = options.cephFsRadosNamespace;
    this.release = release;
    this.connection = connection;
    this.rookOptions = rookOptions;
  }
}

const HOST = /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])$/;

function checkMonitor(monitor: string): void {
  const [, host, port] = /^(.*):(\d+)$/.exec(`${monitor}`) ?? [];
  const several = /,/.test(`${monitor}`) ? 'it is several in one' : /^\[?v[12]:/.test(`${monitor}`) ? 'it is in the form of ceph mon dump' : undefined;
  const problem = typeof monitor !== 'string' ? 'it is no text'
    : several ?? (port === undefined ? 'it has no port'
      : !HOST.test(host) ? 'its host is neither a name nor an address (IPv6 in brackets)'
        : Number(port) < 1 || Number(port) > 65535 ? 'its port is out of range' : undefined);
  if (problem) {
    refuse('the monitor', shown(monitor), problem, "write each monitor by itself as host:port: '10.0.0.1:3300' (msgr v2) or '10.0.0.1:6789' (v1)");
  }
}

/** CEPH001 */
function refuse(what: string, value: string, problem: string, expected: string): never {
  return fail(undefined, CEPH_RULES.CEPH001, { what, value, problem, expected });
}
