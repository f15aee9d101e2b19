import { Duration } from 'cdk8s';
import { Cases, nowhere } from './case';
import {
  CephFsEncryption, CephKms, CephKmsProvider, CephKmipKmsOptions, CephVaultKmsOptions, CephVaultTokensKmsOptions, PlatformProps, RbdEncryption, RbdEncryptionCipher,
  RbdEncryptionIntegrity, RbdEncryptionType,
} from '../../src';
import { cephFsEncryptionParameters, EncryptionContext, rbdEncryptionParameters } from '../../src/ceph/kms/encryption';
import { kmsConfiguration } from '../../src/ceph/kms/kms-needs';
import { testChart } from '../support';

const HTTPS = 'https://vault.example.com:8200';
const VAULT = CephKms.vault({ id: 'vault', address: HTTPS });
const KMIP = CephKms.kmip({ id: 'kmip', endpoint: 'kmip.example.com:5696' });
const AZURE = CephKms.azureKeyVault({ id: 'azure', vaultUrl: 'https://ceph.vault.azure.net', clientId: 'c', tenantId: 't' });
const { AES_XTS_PLAIN64, AES_XTS_RANDOM } = RbdEncryptionCipher;
const INTEGRITY = { cipher: AES_XTS_PLAIN64, integrity: RbdEncryptionIntegrity.HMAC_SHA256 };
const BOTH = { provisioner: { encryptionPassphrase: true }, node: { encryptionPassphrase: true } };

const vault = (options: Partial<CephVaultKmsOptions>) => nowhere(() => CephKms.vault({ id: 'vault', address: HTTPS, ...options }));
const tokens = (options: Partial<CephVaultTokensKmsOptions>) => nowhere(() => CephKms.vaultTokens({ id: 'vault', address: HTTPS, ...options }));
const kmip = (options: Partial<CephKmipKmsOptions>) => nowhere(() => CephKms.kmip({ id: 'kmip', endpoint: 'kmip.example.com:5696', ...options }));

/** A driver that is configured for these. */
const configured = (...systems: CephKms[]) => () => {
  const chart = testChart();
  kmsConfiguration(chart, systems);
  return chart;
};
const rbd = (encryption: RbdEncryption, context: EncryptionContext = {}) => () => {
  const chart = testChart();
  rbdEncryptionParameters(chart, encryption, context);
  return chart;
};
const fs = (encryption: CephFsEncryption, context: EncryptionContext = {}, platform: Partial<PlatformProps> = {}) => () => {
  const chart = testChart(platform);
  cephFsEncryptionParameters(chart, encryption, context);
  return chart;
};

export const CEPH_KMS_CASES: Cases = {
  CEPH060: {
    trips: {
      'no address': vault({ address: undefined }),
      'an address without a scheme': vault({ address: 'vault.example.com' }),
      'an id with a blank': vault({ id: 'my vault' }),
      'the id of the passphrase': vault({ id: 'default' }),
      'no options': nowhere(() => CephKms.vault(undefined as any)),
      'a truth value in quotes': vault({ caVerify: 'false' as any }),
      'a key-value store that is none': vault({ backend: 'kv3' as any }),
      'a key that no Secret has': vault({ caSecretKey: 'vault/ca' }),
      'a certificate without its key': tokens({ clientCertificateSecretName: 'vault-client' }),
      'a key without its certificate': tokens({ clientKeySecretName: 'vault-client-key' }),
      'a Secret that cannot be': tokens({ tenantTokenName: 'Token_1' }),
      'a namespace of no Secret': nowhere(() => CephKms.secretMetadata({ id: 'secret', secretNamespace: 'ceph' })),
      'a namespace with a dot': nowhere(() => CephKms.secretMetadata({ id: 'secret', secretName: 'a', secretNamespace: 'a.b' })),
      'a server without a port': kmip({ endpoint: 'kmip.example.com' }),
      'a time-out that is a number': kmip({ readTimeout: 10 as any }),
      'a time-out of half a second': kmip({ writeTimeout: Duration.millis(500) }),
      'a time-out that wraps around': kmip({ readTimeout: Duration.minutes(5) }),
      'an access key without a region': nowhere(() => CephKms.awsMetadata({ id: 'aws' } as any)),
      'an id of two lines': nowhere(() => CephKms.azureKeyVault({ id: 'azure', vaultUrl: 'https://ceph.vault.azure.net', clientId: 'a\nb', tenantId: 't' })),
      'a kind that is none': nowhere(() => CephKms.existing('vault', { provider: 'kmip-metadata' as any })),
      'a list of names': configured('vault' as any),
    },
    passes: {
      'no time-out at all': configured(CephKms.kmip({ id: 'kmip', endpoint: '[fd00::1]:5696', readTimeout: Duration.seconds(0), writeTimeout: Duration.seconds(255) })),
      'what is null, from other languages': configured(CephKms.vault({ id: 'vault', address: HTTPS, role: null as any })),
    },
  },
  CEPH061: {
    trips: { 'an id twice': configured(VAULT, CephKms.vault({ id: 'vault', address: HTTPS, role: 'other' })) },
    passes: { 'the same twice': configured(VAULT, VAULT, CephKms.vault({ id: 'vault', address: HTTPS })), 'two ids': configured(VAULT, KMIP) },
  },
  CEPH062: {
    trips: { 'an id alone': configured(CephKms.existing('vault', { provider: CephKmsProvider.VAULT })) },
    passes: { 'all of it': configured(VAULT), 'none': configured() },
  },
  CEPH063: {
    trips: {
      'an address that is not encrypted': configured(CephKms.vault({ id: 'vault', address: 'http://vault.default.svc:8200' })),
      'a certificate that is not verified': configured(CephKms.vault({ id: 'vault', address: HTTPS, caVerify: false })),
    },
    passes: { 'an authority of its own': configured(CephKms.vault({ id: 'vault', address: HTTPS, caVerify: true, caSecretKey: 'vault-ca' })) },
  },
  CEPH064: {
    trips: {
      'tokens of tenants': configured(CephKms.vaultTokens({ id: 'vault', address: HTTPS })),
      'accounts of tenants': configured(CephKms.vaultTenantServiceAccount({ id: 'vault', address: HTTPS })),
      'roles of tenants': configured(CephKms.awsStsMetadata({ id: 'aws' })),
      'passphrases of tenants': configured(CephKms.secretMetadata({ id: 'secret', secretName: 'passphrase' })),
    },
    passes: {
      'a passphrase in one namespace': configured(CephKms.secretMetadata({ id: 'secret', secretName: 'passphrase', secretNamespace: 'ceph' })),
      'a passphrase in the Secrets of the class': configured(CephKms.secretMetadata({ id: 'secret' })),
      'tokens that are reviewed by themselves': configured(CephKms.vault({ id: 'vault', address: HTTPS, selfReview: true })),
    },
  },
  CEPH065: {
    trips: {
      'true': rbd(true as any),
      'a KMS by its id': rbd({ kms: 'vault' as any }),
      'a type that is none': rbd({ kms: VAULT, type: 'luks' as any }),
      'a cipher that is not allowed': rbd({ kms: VAULT, cipher: 'aes-gcm' as any }),
      'an integrity that is none': rbd({ kms: VAULT, cipher: AES_XTS_PLAIN64, integrity: 'aead' as any }),
      'half a key': rbd({ kms: VAULT, cipher: AES_XTS_PLAIN64, keySize: 128 }),
      'a key size in quotes': rbd({ kms: VAULT, cipher: AES_XTS_PLAIN64, keySize: '512' as any }),
      'a sector size between': rbd({ kms: VAULT, cipher: AES_XTS_PLAIN64, sectorSize: 3000 }),
      'a key size without a cipher': rbd({ kms: VAULT, keySize: 512 }),
      'a sector size without a cipher': rbd({ kms: VAULT, sectorSize: 4096 }),
      'integrity without a cipher': rbd({ kms: VAULT, integrity: RbdEncryptionIntegrity.HMAC_SHA512 }),
      'a cipher for files': rbd({ kms: VAULT, type: RbdEncryptionType.FILE, cipher: AES_XTS_PLAIN64 }),
      'random vectors without room': rbd({ kms: VAULT, cipher: AES_XTS_RANDOM }),
      'a KMS of CephFS by its id': fs({ kms: 'vault' as any }),
    },
    passes: {
      'all of a device': rbd({ kms: VAULT, type: RbdEncryptionType.BLOCK, cipher: AES_XTS_PLAIN64, keySize: 512, sectorSize: 4096 }),
      'files': rbd({ kms: VAULT, type: RbdEncryptionType.FILE }),
    },
  },
  CEPH066: {
    trips: {
      'no keys': rbd({}, { credentials: { provisioner: {}, node: {} } }),
      'a passphrase of the provisioner alone': rbd({}, { credentials: { ...BOTH, node: {} } }),
      'a passphrase of the nodes alone': fs({}, { credentials: { ...BOTH, provisioner: { encryptionPassphrase: false } } }),
      'a KMS that takes it': rbd({ kms: CephKms.secretMetadata({ id: 'secret' }) }, { credentials: { provisioner: {}, node: {} } }),
    },
    passes: {
      'both': rbd({}, { credentials: BOTH }),
      'a KMS': rbd({ kms: VAULT }, { credentials: { provisioner: {}, node: {} } }),
      'a KMS with a Secret of its own': rbd({ kms: CephKms.secretMetadata({ id: 'secret', secretName: 'a' }) }, { credentials: { provisioner: {}, node: {} } }),
      'Secrets of which nothing is known': rbd({}),
    },
  },
  CEPH067: {
    trips: {
      'XFS': rbd({ kms: VAULT, type: RbdEncryptionType.FILE }, { fsType: 'xfs' }),
      'devices': rbd({ kms: VAULT, type: RbdEncryptionType.FILE }, { volumeMode: 'Block' }),
      'ceph-fuse': fs({ kms: VAULT }, { mounter: 'fuse' }),
    },
    passes: {
      'ext4': rbd({ kms: VAULT, type: RbdEncryptionType.FILE }, { fsType: 'ext4', volumeMode: 'Filesystem' }),
      'XFS on an encrypted device': rbd({ kms: VAULT }, { fsType: 'xfs', volumeMode: 'Block' }),
      'the kernel': fs({ kms: VAULT }, { mounter: 'kernel' }),
    },
  },
  CEPH068: {
    trips: {
      'KMIP with files of RBD': rbd({ kms: KMIP, type: RbdEncryptionType.FILE }),
      'KMIP with CephFS': fs({ kms: KMIP }),
      'one that is there already': fs({ kms: CephKms.existing('aws', { provider: CephKmsProvider.AWS_METADATA }) }),
    },
    passes: {
      'KMIP with devices': rbd({ kms: KMIP }),
      'Azure with CephFS': fs({ kms: AZURE }),
      'a passphrase with CephFS': fs({ kms: CephKms.secretMetadata({ id: 'secret' }) }, { credentials: BOTH }),
      'one of which nothing is known': fs({ kms: CephKms.existing('vault') }),
    },
  },
  CEPH069: {
    trips: { 'integrity with expansion': rbd({ kms: VAULT, ...INTEGRITY }, { expansion: true }) },
    passes: { 'expansion alone': rbd({ kms: VAULT, cipher: AES_XTS_PLAIN64 }, { expansion: true }) },
  },
  CEPH070: {
    trips: { 'a kernel of before': fs({ kms: VAULT }, {}, { kernel: '5.15' }) },
    passes: { 'the first kernel': fs({ kms: VAULT }, {}, { kernel: '6.6' }), 'a kernel that is not declared': fs({ kms: VAULT }) },
  },
  CEPH071: {
    trips: {
      'a cipher in v3.15': rbd({ kms: VAULT, cipher: AES_XTS_PLAIN64 }, { version: 'v3.15.1' }),
      'GKLM in v3.16': rbd({ kms: CephKms.kmip({ id: 'gklm', endpoint: 'gklm:5696', localCryptography: true }) }, { version: 'v3.16.2' }),
      'Azure in v3.10': fs({ kms: AZURE }, { version: 'v3.10.2' }),
    },
    passes: {
      'all in v3.17': rbd({ kms: CephKms.kmip({ id: 'gklm', endpoint: 'gklm:5696', localCryptography: true }), cipher: AES_XTS_PLAIN64 }, { version: 'v3.17.1' }),
      'plain encryption in an old one': rbd({ kms: VAULT }, { version: 'v3.7.0' }),
    },
  },
  CEPH072: {
    trips: { 'a clusterId with a dot': rbd({ kms: AZURE }, { clusterId: 'ceph.example' }) },
    passes: { 'an fsid': rbd({ kms: AZURE }, { clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8' }), 'Vault': rbd({ kms: VAULT }, { clusterId: 'ceph.example' }) },
  },
  CEPH073: {
    trips: { integrity: rbd({ kms: VAULT, ...INTEGRITY }, { expansion: false }) },
    passes: { none: rbd({ kms: VAULT, cipher: AES_XTS_PLAIN64 }) },
  },
};
