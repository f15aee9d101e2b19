import { Duration, Size } from 'cdk8s';
import { AccessMode } from '../../volume/modes';
import { IStorageClass } from '../../volume/storage-class';
import { IVolumeSnapshotClass } from '../volume-snapshot-class';

/** How VolSync comes to a copy of a claim that does not change while it is read. */
export enum CopyMethod {
  /** A VolumeSnapshot, and a new volume of it. */
  SNAPSHOT = 'Snapshot',
  /** A clone of the claim. */
  CLONE = 'Clone',
  /** None: the claim itself is read while it is written to (`SNP055`). */
  DIRECT = 'Direct',
}

/** As whom VolSync reads or writes the files of a claim. It should be that of the pods that use the claim. */
export interface MoverSecurityContext {
  /**
   * The user.
   *
   * @default - that of VolSync's image: 0 without any of its powers
   */
  readonly runAsUser?: number;

  /**
   * The group.
   *
   * @default - that of the image
   */
  readonly runAsGroup?: number;

  /**
   * The group that owns the volume.
   *
   * @default - nothing is changed
   */
  readonly fsGroup?: number;

  /**
   * Further groups.
   *
   * @default - none
   */
  readonly supplementalGroups?: number[];

  /**
   * Whether the kubelet refuses to run it as root, as Pod Security `restricted` demands. Not in a namespace with privileged movers: VolSync runs them as root.
   *
   * @default - not said
   */
  readonly runAsNonRoot?: boolean;
}

/** The certificate authority of the server that has the repository. One of the names is needed. */
export interface RepositoryAuthority {
  /**
   * The Secret with its certificate, in the namespace of the claim.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * The ConfigMap with its certificate, in the namespace of the claim.
   *
   * @default - none
   */
  readonly configMapName?: string;

  /**
   * The key of the certificate.
   *
   * @default ca.crt
   */
  readonly key?: string;
}

/** What VolSync takes to move data, in both directions. */
export interface VolSyncMoverOptions {
  /**
   * How large the volume is on which restic keeps what it knows of the repository. It has to hold all that is not pruned.
   *
   * @default - VolSync's: 1 GiB
   */
  readonly cacheCapacity?: Size;

  /**
   * The class of that volume.
   *
   * @default - that of the copy, else that of the claim
   */
  readonly cacheStorageClass?: IStorageClass;

  /**
   * As whom the files are read or written. Without it, files that are not readable for all may be left out or refused; with the annotation
   * `volsync.backube/privileged-movers: "true"` on the namespace they are handled as root.
   *
   * @default - as VolSync's image has it, without any capability
   * @see https://volsync.readthedocs.io/en/stable/usage/permissionmodel.html
   */
  readonly moverSecurityContext?: MoverSecurityContext;

  /**
   * The ServiceAccount of the mover.
   *
   * @default - one that VolSync makes
   */
  readonly moverServiceAccount?: string;

  /**
   * The certificate authority of the repository's server, where no public one knows it.
   *
   * @default - the public ones
   */
  readonly authority?: RepositoryAuthority;
}

/** How VolSync makes backups. */
export interface VolSyncOptions extends VolSyncMoverOptions {
  /**
   * The Secret with RESTIC_REPOSITORY, RESTIC_PASSWORD and the credentials of the storage, in the namespace of the claim. It is never written by this
   * library. `${pvc.name}` stands for the name of the claim: each claim needs a Secret, and a path, of its own.
   *
   * @default - those of `repositories`
   */
  readonly repository?: string;

  /**
   * The Secrets by the names of the claims; they go before `repository`.
   *
   * @default - none
   */
  readonly repositories?: { [claim: string]: string };

  /**
   * How a claim is copied before it is read.
   *
   * @default - SNAPSHOT; for a driver that is declared not to take snapshots CLONE, or DIRECT (a warning) if it does not clone either
   */
  readonly copyMethod?: CopyMethod;

  /**
   * The snapshot class, for CopyMethod.SNAPSHOT.
   *
   * @default - the default class of the driver
   */
  readonly snapshotClass?: IVolumeSnapshotClass;

  /**
   * The class of the copy.
   *
   * @default - that of the claim
   */
  readonly storageClass?: IStorageClass;

  /**
   * The access modes of the copy, such as READ_ONLY_MANY where the driver can hand out a snapshot as it is.
   *
   * @default - those of the claim
   */
  readonly accessModes?: AccessMode[];

  /**
   * How often the repository is pruned: only then the space of what was given up is free again. In whole days.
   *
   * @default - VolSync's: 7 days
   */
  readonly pruneInterval?: Duration;

  /**
   * Removes stale locks before the next backup. It counts once for each text: change it to have it done again.
   *
   * @default - locks are left
   */
  readonly unlock?: string;
}
