import { Construct } from 'constructs';
import { CephKms } from './ceph-kms';

export interface RbdEncryption {
  /** @default - none */
  readonly kms?: CephKms;
}
export interface CephFsEncryption { readonly kms: CephKms }
export const rbdEncryptionParameters = (_scope: Construct, _encryption: RbdEncryption | undefined, _context: object): Record<string, string> => ({});
export const cephFsEncryptionParameters = (_scope: Construct, _encryption: CephFsEncryption | undefined, _context: object): Record<string, string> => ({});
