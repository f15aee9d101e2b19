import { Size } from 'cdk8s';
import { RookResources } from './rook-pod-options';
import { RookMirroringOptions, RookPoolOptions } from './rook-pool-options';
import { ManifestProps } from '../../../manifest/manifest-props';

/** A pool for the data of files. */
export interface RookDataPoolOptions extends RookPoolOptions {
  /**
   * Its name; in Ceph `<file system>-<name>`.
   *
   * @default - data0, data1, … in their order
   */
  readonly name?: string;
}

/** The servers of metadata (MDS) of a file system. */
export interface RookMetadataServerOptions {
  /**
   * How many work at a time.
   *
   * @default 1
   */
  readonly activeCount?: number;

  /**
   * Whether for each there is one that follows it, and takes over at once.
   *
   * @default true
   */
  readonly activeStandby?: boolean;

  /**
   * What each gets. Half of the limit is the cache.
   *
   * @default - 1 CPU and 4Gi
   */
  readonly resources?: RookResources;

  /**
   * The priority of its pods.
   *
   * @default system-cluster-critical
   */
  readonly priorityClassName?: string;
}

/** A file system (CephFS). */
export interface RookFilesystemOptions extends ManifestProps {
  /**
   * The pool of the metadata, which is replicated.
   *
   * @default - three copies on three nodes
   */
  readonly metadataPool?: RookPoolOptions;

  /**
   * The pools of the data. The first has a record of every file, and stays; add others after it.
   *
   * @default - one, with three copies on three nodes
   */
  readonly dataPools?: RookDataPoolOptions[];

  /**
   * Its servers.
   *
   * @default - one that works, one that follows it
   */
  readonly metadataServer?: RookMetadataServerOptions;

  /**
   * Whether file system and pools stay in Ceph when the CephFilesystem is deleted.
   *
   * @default false
   */
  readonly preserveOnDelete?: boolean;

  /**
   * A copy in another cluster. `addFilesystemMirror` starts the daemon for it.
   *
   * @default - none
   */
  readonly mirroring?: RookMirroringOptions;

  /**
   * What there is no property for, as it stands in the spec of a CephFilesystem.
   *
   * @default - none
   */
  readonly extraSpec?: { [key: string]: any };
}

/** A group of subvolumes: a tenant in a file system. */
export interface RookSubvolumeGroupOptions extends ManifestProps {
  /**
   * The clusterID by which classes name it, of at most 36 letters, digits, '-' and '_'. It cannot be changed.
   *
   * @default - what Rook makes of namespace, file system and name
   */
  readonly clusterId?: string;

  /**
   * How much may be stored in it.
   *
   * @default - no limit
   */
  readonly quota?: Size;

  /**
   * Whether its directories are spread over all active metadata servers.
   *
   * @default - Rook's own: true
   */
  readonly distributed?: boolean;
}
