import { CephKms } from './ceph-kms';

/** What of an RBD volume is encrypted. */
export enum RbdEncryptionType {
  /** The whole device (LUKS2). */
  BLOCK = 'block',
  /** The files, by ext4 (fscrypt). Not for volumes of mode Block. */
  FILE = 'file',
}

/** How the sectors of a device are encrypted: algorithm, mode, and where initialization vectors come from. */
export enum RbdEncryptionCipher {
  /** AES, as cryptsetup does by itself. */
  AES_XTS_PLAIN64 = 'aes-xts-plain64',
  /** AES with random initialization vectors, which are kept by `integrity`. */
  AES_XTS_RANDOM = 'aes-xts-random',
  /** Serpent. */
  SERPENT_XTS_PLAIN64 = 'serpent-xts-plain64',
  /** Serpent with random initialization vectors, which are kept by `integrity`. */
  SERPENT_XTS_RANDOM = 'serpent-xts-random',
}

/** How it is noticed that a sector was changed by somebody who has no key. */
export enum RbdEncryptionIntegrity {
  /** HMAC with SHA-256. */
  HMAC_SHA256 = 'hmac-sha256',
  /** HMAC with SHA-512. */
  HMAC_SHA512 = 'hmac-sha512',
}

/**
 * Encryption of RBD volumes on the nodes, so that neither the network nor Ceph sees what is in them. It cannot be switched on or off once the class has volumes.
 *
 * @see https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/rbd/deploy.md
 */
export interface RbdEncryption {
  /**
   * Where the keys are.
   *
   * @default - one passphrase for all volumes: `encryptionPassphrase` in the Secrets of the class, that of the provisioner and that of the nodes
   */
  readonly kms?: CephKms;

  /**
   * What is encrypted.
   *
   * @default - ceph-csi's own: RbdEncryptionType.BLOCK
   */
  readonly type?: RbdEncryptionType;

  /**
   * The cipher. ceph-csi v3.16.
   *
   * @default - cryptsetup's own: aes-xts-plain64
   */
  readonly cipher?: RbdEncryptionCipher;

  /**
   * The size of the key in bits, with `cipher`: 512 (256 for the data and 256 for XTS) or 256.
   *
   * @default - cryptsetup's own: 512
   */
  readonly keySize?: number;

  /**
   * The size of an encrypted sector in bytes, with `cipher`: 512, 1024, 2048 or 4096. The larger, the faster.
   *
   * @default - as the device has it
   */
  readonly sectorSize?: number;

  /**
   * Whether it is noticed that data was changed (dm-integrity), with `cipher`. Such a volume cannot be enlarged, and it is written from end to end before its first
   * use, for which ceph-csi allows 150 seconds.
   *
   * @default - none
   */
  readonly integrity?: RbdEncryptionIntegrity;
}
