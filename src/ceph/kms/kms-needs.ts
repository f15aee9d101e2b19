import { CephKms } from './ceph-kms';
import { Grant } from '../../csi/rbac';

export interface KmsNeeds {
  readonly secrets: { readonly name: string; readonly namespace: string }[];
  readonly grants: Grant<never>[];
  readonly oidcToken: boolean;
  readonly fileEncryption: boolean;
}

export const kmsEntry = (_kms: CephKms): Record<string, unknown> | undefined => undefined;
export const kmsNeeds = (_kms: CephKms, _driverNamespace: string): KmsNeeds => ({ secrets: [], grants: [], oidcToken: false, fileEncryption: false });
