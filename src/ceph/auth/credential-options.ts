import { SecretReference } from '../../csi/secret-reference';

/** A Secret that exists, with the name and the key of a Ceph user: `userID`, `userKey`. */
export interface CephSecretOptions {
  /** The Secret's name. */
  readonly name: string;

  /** The Secret's namespace. */
  readonly namespace: string;

  /**
   * The Ceph user in it, without `client.`; only so that `authCommands()` can name it.
   *
   * @default - not declared: there are no `authCommands()`
   */
  readonly userId?: string;

  /**
   * Whether it has an `encryptionPassphrase`, which volumes are encrypted with that have no key management system.
   *
   * @default false
   */
  readonly encryptionPassphrase?: boolean;
}

/** Secrets of two Ceph users, so that nodes can do less. */
export interface CephSecretsOptions {
  /** Of the user as which the controller makes and deletes volumes. */
  readonly provisioner: CephSecretOptions;

  /** Of the user as which nodes open them. */
  readonly node: CephSecretOptions;
}

/** A Ceph user and its key. */
export interface CephUserKey {
  /** The user, without `client.`: `kubernetes-node`. */
  readonly userId: string;

  /** Its key, as `ceph auth print-key client.kubernetes-node` prints it. */
  readonly key: string;
}

/** Keys of Ceph users, of which Secrets are written. */
export interface CephKeysOptions {
  /** The user as which the controller makes and deletes volumes. */
  readonly provisioner: CephUserKey;

  /**
   * The user as which nodes open them, who can do less.
   *
   * @default - that of the provisioner
   */
  readonly node?: CephUserKey;

  /**
   * The name of the Secret; with `node` there are two, which have `-provisioner` and `-node` behind it. Volumes refer to it for as long as they exist.
   *
   * @default ceph-csi
   */
  readonly secretName?: string;

  /**
   * The namespace of the Secrets, which has to exist.
   *
   * @default - that of the driver
   */
  readonly namespace?: string;

  /**
   * The passphrase that volumes are encrypted with that have no key management system. Without it they are lost.
   *
   * @default - none
   */
  readonly encryptionPassphrase?: string;
}

/** Which commands `authCommands` gives. */
export interface CephAuthCommandsOptions {
  /**
   * Whether the users are there already and get other permissions: `ceph auth caps` instead of `ceph auth get-or-create`, which refuses a user whose permissions differ.
   *
   * @default false
   */
  readonly update?: boolean;
}

/** A Ceph user, as classes refer to it. */
export interface CephUserReference {
  /** The Secret with its name and key. */
  readonly secret: SecretReference;

  /**
   * The user, without `client.`.
   *
   * @default - not declared
   */
  readonly userId?: string;

  /** Whether the Secret has a passphrase for encrypted volumes too. */
  readonly encryptionPassphrase: boolean;
}
