import { CephKms } from './ceph-kms';

export interface RbdEncryption { readonly kms?: CephKms }
export interface CephFsEncryption { readonly kms: CephKms }
