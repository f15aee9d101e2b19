import { Construct } from 'constructs';
import { CephCredentials } from './ceph-credentials';
import { ManifestProps } from '../../manifest/manifest-props';

export interface CephNeed { readonly kind: 'rbd' | 'cephfs'; readonly [property: string]: unknown }
export function declareNeed(_credentials: CephCredentials, _need: CephNeed): void {}
export function writeCredentials(_scope: Construct, _credentials: CephCredentials, _namespace: string | undefined, _common: ManifestProps): void {}
