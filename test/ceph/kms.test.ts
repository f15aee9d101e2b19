import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { CephKms, CephKmsProvider, CephVaultBackend, Findings, RbdEncryptionCipher, RbdEncryptionIntegrity, RbdEncryptionType } from '../../src';
import { cephFsEncryptionParameters, EncryptionContext, rbdEncryptionParameters } from '../../src/ceph/kms/encryption';
import { kmsConfiguration, kmsEntry, kmsNeeds } from '../../src/ceph/kms/kms-needs';
import { policyRules } from '../../src/csi/rbac';
import { FindingError } from '../../src/findings/report';
import { code, testChart } from '../support';

const ADDRESS = 'https://vault.example.com:8200';
const CONNECTION = {
  id: 'vault', address: ADDRESS, backend: CephVaultBackend.KV_V2, backendPath: 'tenants/', destroyKeys: false, tlsServerName: 'vault', vaultNamespace: 'a/b', vaultAuthNamespace: 'a', caVerify: true,
};
const WRITTEN = {
  vaultAddress: ADDRESS, vaultBackend: 'kv-v2', vaultBackendPath: 'tenants/', vaultDestroyKeys: 'false', vaultTLSServerName: 'vault',
  vaultNamespace: 'a/b', vaultAuthNamespace: 'a', vaultCAVerify: 'true',
};

// What ceph-csi 3.17.1 reads: internal/kms/*.go. An entry without a key that it wants fails with "configuration option not set".
describe('entries of the configuration', () => {
  test.each<[string, CephKms, object]>([
    ['vault has auth path, role and passphrase path in any case: ceph-csi refuses an entry without them', CephKms.vault({ id: 'vault', address: ADDRESS }), {
      encryptionKMSType: 'vault', vaultAddress: ADDRESS, vaultAuthPath: '/v1/auth/kubernetes/login', vaultRole: 'csi-kubernetes', vaultPassphrasePath: '',
    }],
    ['vault', CephKms.vault({ ...CONNECTION, authPath: 'k8s', role: 'ceph', passphrasePath: 'ceph-csi/', caSecretKey: 'vault-ca', selfReview: true }), {
      encryptionKMSType: 'vault', ...WRITTEN, vaultAuthPath: 'k8s', vaultRole: 'ceph', vaultPassphrasePath: 'ceph-csi/', vaultCAFromSecret: 'vault-ca',
    }],
    ['vaulttokens', CephKms.vaultTokens({
      ...CONNECTION, tenantConfigName: 'kms', tenantTokenName: 'token', caSecretName: 'ca', clientCertificateSecretName: 'cert', clientKeySecretName: 'key',
    }), {
      encryptionKMSType: 'vaulttokens', ...WRITTEN, tenantConfigName: 'kms', tenantTokenName: 'token',
      vaultCAFromSecret: 'ca', vaultClientCertFromSecret: 'cert', vaultClientCertKeyFromSecret: 'key',
    }],
    ['vaulttenantsa', CephKms.vaultTenantServiceAccount({ ...CONNECTION, tenantServiceAccountName: 'vault', authPath: 'k8s', role: 'ceph' }), {
      encryptionKMSType: 'vaulttenantsa', ...WRITTEN, tenantSAName: 'vault', vaultAuthPath: 'k8s', vaultRole: 'ceph',
    }],
    ['metadata', CephKms.secretMetadata({ id: 'secret' }), { encryptionKMSType: 'metadata' }],
    ['metadata with a Secret of its own', CephKms.secretMetadata({ id: 'secret', secretName: 'a', secretNamespace: 'b' }), { encryptionKMSType: 'metadata', secretName: 'a', secretNamespace: 'b' }],
    ['aws-metadata', CephKms.awsMetadata({ id: 'aws', region: 'us-west-2', secretName: 'a' }), { encryptionKMSType: 'aws-metadata', AWS_REGION: 'us-west-2', KMS_SECRET_NAME: 'a' }],
    ['aws-sts-metadata', CephKms.awsStsMetadata({ id: 'aws', secretName: 'a' }), { encryptionKMSType: 'aws-sts-metadata', secretName: 'a' }],
    ['ibmkeyprotect', CephKms.ibmKeyProtect({
      id: 'ibm', serviceInstanceId: 'i', baseUrl: 'https://us-south.kms.cloud.ibm.com', tokenUrl: 'https://iam.cloud.ibm.com/oidc/token', region: 'us-south-2', secretName: 'a',
    }), {
      encryptionKMSType: 'ibmkeyprotect', IBM_KP_SERVICE_INSTANCE_ID: 'i', IBM_KP_BASE_URL: 'https://us-south.kms.cloud.ibm.com',
      IBM_KP_TOKEN_URL: 'https://iam.cloud.ibm.com/oidc/token', IBM_KP_REGION: 'us-south-2', IBM_KP_SECRET_NAME: 'a',
    }],
    ['kmip, whose time-outs are the only numbers: ceph-csi refuses them as strings', CephKms.kmip({
      id: 'kmip', endpoint: 'kmip:5696', tlsServerName: 'kmip.local', readTimeout: Duration.seconds(20), writeTimeout: Duration.minutes(1), secretName: 'a',
    }), { encryptionKMSType: 'kmip', KMIP_ENDPOINT: 'kmip:5696', TLS_SERVER_NAME: 'kmip.local', READ_TIMEOUT: 20, WRITE_TIMEOUT: 60, KMIP_SECRET_NAME: 'a' }],
    ['kmip for GKLM', CephKms.kmip({ id: 'gklm', endpoint: 'gklm:5696', localCryptography: true }), { encryptionKMSType: 'kmip', KMIP_ENDPOINT: 'gklm:5696', USE_CRYPTO_RPC: 'false' }],
    ['azure-kv', CephKms.azureKeyVault({ id: 'azure', vaultUrl: 'https://ceph.vault.azure.net', clientId: 'c', tenantId: 't', secretName: 'a' }), {
      encryptionKMSType: 'azure-kv', AZURE_VAULT_URL: 'https://ceph.vault.azure.net', AZURE_CLIENT_ID: 'c', AZURE_TENANT_ID: 't', AZURE_CERT_SECRET_NAME: 'a',
    }],
  ])('%s', (_, kms, entry) => {
    expect(kmsEntry(kms)).toEqual(entry);
  });

  test('of one that the driver knows there is none', () => {
    expect(kmsEntry(CephKms.existing('vault', { provider: CephKmsProvider.VAULT }))).toBeUndefined();
  });

  test('are keyed by id, in the order of the ids', () => {
    const chart = testChart();
    const [b, a] = [CephKms.kmip({ id: 'b', endpoint: 'kmip:5696' }), CephKms.secretMetadata({ id: 'a' })];
    expect(kmsConfiguration(chart, [b, a])).toBe(kmsConfiguration(chart, [a, b, a]));
    expect(JSON.parse(kmsConfiguration(chart, [b, a]))).toEqual({ a: kmsEntry(a), b: kmsEntry(b) });
    expect(kmsConfiguration(chart)).toBe('{}\n');
  });
});

describe('what a driver needs', () => {
  const get = (resource: string, ...names: string[]) => ({ group: '', resource, verbs: ['get'], names });
  const none = { secrets: [], grants: [], oidcToken: false };
  const inDriver = (name: string) => [{ name, namespace: 'ceph-csi' }];
  test.each<[string, CephKms, object]>([
    ['vault: its own accounts', CephKms.vault({ id: 'v', address: ADDRESS, caSecretKey: 'ca' }), { ...none, fileEncryption: true }],
    ['vault that reviews with the token itself', CephKms.vault({ id: 'v', address: ADDRESS, selfReview: true }), {
      ...none, grants: [{ group: 'authentication.k8s.io', resource: 'tokenreviews', verbs: ['create'], names: [] }], fileEncryption: true,
    }],
    ['vaulttokens', CephKms.vaultTokens({ id: 'v', address: ADDRESS, caSecretName: 'ca' }), {
      ...none, grants: [get('secrets', 'ca', 'ceph-csi-kms-token'), get('configmaps', 'ceph-csi-kms-config')], fileEncryption: true,
    }],
    ['vaulttenantsa: tokens of accounts of one name only', CephKms.vaultTenantServiceAccount({ id: 'v', address: ADDRESS }), {
      ...none,
      grants: [get('serviceaccounts', 'ceph-csi-vault-sa'), { group: '', resource: 'serviceaccounts/token', verbs: ['create'], names: ['ceph-csi-vault-sa'] }, get('configmaps', 'ceph-csi-kms-config')],
      fileEncryption: true,
    }],
    ['metadata', CephKms.secretMetadata({ id: 's' }), { ...none, fileEncryption: true }],
    ['metadata of the tenants', CephKms.secretMetadata({ id: 's', secretName: 'a' }), { ...none, grants: [get('secrets', 'a')], fileEncryption: true }],
    ['metadata in one place', CephKms.secretMetadata({ id: 's', secretName: 'a', secretNamespace: 'b' }), { ...none, secrets: [{ name: 'a', namespace: 'b' }], fileEncryption: true }],
    ['aws-metadata', CephKms.awsMetadata({ id: 'a', region: 'r' }), { ...none, secrets: inDriver('ceph-csi-aws-credentials'), fileEncryption: false }],
    ['aws-sts-metadata', CephKms.awsStsMetadata({ id: 'a' }), { secrets: [], grants: [get('secrets', 'ceph-csi-aws-credentials')], oidcToken: true, fileEncryption: false }],
    ['ibmkeyprotect', CephKms.ibmKeyProtect({ id: 'i', serviceInstanceId: 'i' }), { ...none, secrets: inDriver('ceph-csi-kp-credentials'), fileEncryption: false }],
    ['kmip', CephKms.kmip({ id: 'k', endpoint: 'kmip:5696', secretName: 'a' }), { ...none, secrets: inDriver('a'), fileEncryption: false }],
    ['azure-kv', CephKms.azureKeyVault({ id: 'a', vaultUrl: 'https://a', clientId: 'c', tenantId: 't' }), { ...none, secrets: inDriver('ceph-csi-azure-credentials'), fileEncryption: true }],
    ['one that is there already', CephKms.existing('e'), none],
    ['one that is there already, of a known kind', CephKms.existing('e', { provider: CephKmsProvider.KMIP }), { ...none, fileEncryption: false }],
  ])('%s', (_, kms, needs) => {
    expect(kmsNeeds(kms, 'ceph-csi')).toEqual(needs);
  });

  test('grants of names keep their names in a role, and do not mix with others', () => {
    const { grants } = kmsNeeds(CephKms.vaultTokens({ id: 'v', address: ADDRESS }), 'ceph-csi');
    expect(policyRules([...grants, { group: '', resource: 'configmaps', verbs: ['list'] }], new Set())).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['list'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['ceph-csi-kms-config'], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['ceph-csi-kms-token'], verbs: ['get'] },
    ]);
  });
});

describe('parameters of classes', () => {
  const kms = CephKms.vault({ id: 'vault', address: ADDRESS });
  const passphrase: EncryptionContext = { credentials: { provisioner: { encryptionPassphrase: true }, node: { encryptionPassphrase: true } } };

  test('without encryption there are none: never encrypted "false"', () => {
    expect(rbdEncryptionParameters(testChart(), undefined, {})).toEqual({});
    expect(cephFsEncryptionParameters(testChart(), null as any, {})).toEqual({});
  });

  test('only what is given is written', () => {
    expect(rbdEncryptionParameters(testChart(), {}, passphrase)).toEqual({ encrypted: 'true' });
    expect(rbdEncryptionParameters(testChart(), { kms, type: null as any }, {})).toEqual({ encrypted: 'true', encryptionKMSID: 'vault' });
    expect(cephFsEncryptionParameters(testChart(), { kms }, {})).toEqual({ encrypted: 'true', encryptionKMSID: 'vault' });
    expect(rbdEncryptionParameters(testChart(), {
      kms, type: RbdEncryptionType.BLOCK, cipher: RbdEncryptionCipher.SERPENT_XTS_RANDOM, keySize: 512, sectorSize: 4096, integrity: RbdEncryptionIntegrity.HMAC_SHA512,
    }, {})).toEqual({
      encrypted: 'true', encryptionType: 'block', encryptionKMSID: 'vault', encryptionCipher: 'serpent-xts-random', encryptionKeySize: '512', encryptionSectorSize: '4096', integrityMode: 'hmac-sha512',
    });
  });

  test('what is not known is listed as unchecked', () => {
    const chart = testChart();
    cephFsEncryptionParameters(chart, { kms: CephKms.existing('vault') }, {});
    rbdEncryptionParameters(chart, { cipher: RbdEncryptionCipher.AES_XTS_PLAIN64 }, {});
    expect(Findings.of(chart).unchecked().map(rule => rule.code).sort()).toEqual(['CEPH066', 'CEPH068', 'CEPH070', 'CEPH071']);
  });

  test('whose Secrets lack the passphrase is told', () => {
    const { credentials } = passphrase;
    const lacking = (without: object) => {
      try {
        rbdEncryptionParameters(testChart(), {}, { credentials: { ...credentials!, ...without } });
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(lacking({ node: {} })).toContain('but that of the nodes is not declared to have it');
    expect(lacking({ node: {}, provisioner: undefined })).toContain('but that of the provisioner and that of the nodes is not');
  });

  test.each([undefined, null, 7, 'vault', {}, []])('%j as a key management system ends in a finding', stranger => {
    expect(code(() => kmsConfiguration(testChart(), [stranger as any]))).toBe('CEPH060');
  });
});

test('a key management system of the release after is not offered', () => {
  expect(Object.values(CephKmsProvider)).not.toContain('kmip-metadata');
});

describe('random options', () => {
  const any = fc.oneof(fc.string(), fc.constantFrom<unknown>(null, undefined, true, false, 0, 7, ADDRESS, 'kmip:5696', 'secret', 'a/b', Duration.seconds(3), Duration.millis(3), {}, []));
  const factories = Object.fromEntries(Object.getOwnPropertyNames(CephKms).filter(name => /^[a-z]/.test(name) && !['described', 'existing', 'length', 'name', 'prototype'].includes(name))
    .map(name => [name, (CephKms as any)[name].bind(CephKms) as (options: object) => CephKms]));
  const names = ['id', 'address', 'backend', 'backendPath', 'destroyKeys', 'tlsServerName', 'caVerify', 'authPath', 'role', 'passphrasePath', 'caSecretKey', 'selfReview', 'tenantConfigName', 'caSecretName',
    'clientCertificateSecretName', 'clientKeySecretName', 'tenantTokenName', 'tenantServiceAccountName', 'secretName', 'secretNamespace', 'region', 'serviceInstanceId', 'baseUrl', 'endpoint',
    'readTimeout', 'writeTimeout', 'localCryptography', 'vaultUrl', 'clientId', 'tenantId'];
  const NUMBERS = ['READ_TIMEOUT', 'WRITE_TIMEOUT'];
  const good = { id: 'id', address: ADDRESS, region: 'r', serviceInstanceId: 'i', endpoint: 'kmip:5696', vaultUrl: ADDRESS, clientId: 'c', tenantId: 't' };

  test('of a key management system end in a coded finding, or in an entry of strings', () => {
    let entries = 0;
    const factory = fc.constantFrom(...Object.keys(factories));
    fc.assert(fc.property(factory, fc.dictionary(fc.constantFrom(...names), any, { maxKeys: 3 }), (name, options) => {
      let kms: CephKms;
      try {
        kms = factories[name]({ ...good, ...options });
      } catch (error) {
        expect(error).toBeInstanceOf(FindingError);
        return;
      }
      entries++;
      const entry = JSON.parse(kmsConfiguration(testChart(), [kms]))[kms.id];
      expect(entry).toEqual(kmsEntry(kms));
      for (const [key, value] of Object.entries(entry)) {
        expect(typeof value).toBe(NUMBERS.includes(key) ? 'number' : 'string');
      }
    }), { numRuns: 500, seed: 20261126 });
    expect(entries).toBeGreaterThan(50);
    expect(Object.keys(factories)).toHaveLength(Object.keys(CephKmsProvider).length);
  });

  test('of an encryption end in a coded finding, or in parameters that are strings', () => {
    const value = fc.oneof(any, fc.constantFrom<unknown>(
      512, 4096, ...Object.values(RbdEncryptionCipher), ...Object.values(RbdEncryptionType), ...Object.values(RbdEncryptionIntegrity), CephKms.existing('vault'),
    ));
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('kms', 'type', 'cipher', 'keySize', 'sectorSize', 'integrity'), value, { maxKeys: 4 }), fc.boolean(), (encryption, expansion) => {
      for (const parameters of [rbdEncryptionParameters, cephFsEncryptionParameters]) {
        try {
          const written = parameters(testChart(), encryption as any, { expansion });
          expect(Object.values(written).filter(text => typeof text !== 'string')).toEqual([]);
          expect(written.encrypted).toBe('true');
        } catch (error) {
          expect(error).toBeInstanceOf(FindingError);
        }
      }
    }), { numRuns: 300, seed: 20261126 });
  });
});
