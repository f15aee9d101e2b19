import { Export } from './exports';
import { PodSecurityLevel } from '../platform/distribution';

export const NFS_PORT = 2049;

/** Where the pod keeps what does not outlive it. */
export const RUN = '/run/ganesha';

/** The directory in the pod that outlives it. */
export const DATA = '/data';
/** Where Gluster tells its clients of a volume. */
export const GLUSTERD_PORT = 24007;
/** Stands in a configuration for the one that answers. */
export const GLUSTER_HOST = '@GLUSTER_HOST@';
/** What the server has to remember of its clients. */
export const RECOVERY = `${DATA}/recovery`;

/** What a FSAL needs of the pod. */
export interface Backend {
  /** What is exported, by the directories or volumes of the FSAL. */
  readonly exports: readonly Export[];
  /** The claim that is mounted at DATA, or nothing that outlives the pod. */
  readonly claimName?: string;
  /** The hosts of Gluster, of which the first that answers is asked for the volume. */
  readonly glusterHosts?: readonly string[];
  /** Directories below DATA that have to be there. */
  readonly directories: readonly string[];
  /** The user of the pod; root where it serves a file system of the kernel. */
  readonly user: number;
  readonly addCapabilities: readonly string[];
  readonly seccomp: 'RuntimeDefault' | 'Unconfined';
  /** The Pod Security level that lets the pod in. */
  readonly podSecurity: PodSecurityLevel;
  /** Whether the server connects to anything. */
  readonly reachesOut: boolean;
}
