import { CephKms } from './ceph-kms';

/**
 * Encryption of the files of a CephFS volume by the kernel of the nodes (fscrypt). Linux 6.6. It cannot be switched on or off, and the key management system cannot be
 * changed, once the class has volumes.
 */
export interface CephFsEncryption {
  /**
   * Where the keys are.
   *
   * @default - one passphrase for all volumes: `encryptionPassphrase` in the Secrets of the class, that of the provisioner and that of the nodes
   */
  readonly kms?: CephKms;
}
