import { CephKmsProvider } from './ceph-kms-provider';
import { ADDRESS, BACKEND, ENDPOINT, FLAG, KmsForm, NAMESPACE, OBJECT, SECONDS, SECRET_KEY, TEXT, WORD } from './kms-forms';
import { Grant } from '../../csi/rbac';

/** The settings that were given, by their names in our options. */
export type KmsValues = Readonly<Record<string, any>>;

/** A row of a permission table, for objects of these names only, in whatever namespace. */
export interface KmsGrant extends Grant<never> {
  /** None are all. */
  readonly names: string[];
}

export interface KmsSetting {
  readonly form: KmsForm;
  /**
   * Its key in the configuration.
   *
   * @default - it is not written: it is for us
   */
  readonly key?: string;
  readonly required?: boolean;
  /**
   * What is written where nothing is given, as ceph-csi refuses an entry without it.
   *
   * @default - nothing
   */
  readonly otherwise?: string;
}

export interface KmsProvider {
  readonly settings: Readonly<Record<string, KmsSetting>>;
  /** Whether it keeps the keys, or hands out a passphrase: files are encrypted with no other. */
  readonly fileEncryption: boolean;
  /**
   * The Secret in the driver's namespace, where none is given.
   *
   * @default - it has none
   */
  readonly driverSecret?: string;
  /**
   * What it may do in the namespaces of all claims, or where there are none.
   *
   * @default - nothing
   */
  readonly grants?: (values: KmsValues) => KmsGrant[];
  /**
   * Whether it proves who it is by a token for the audience ceph-csi-kms.
   *
   * @default false
   */
  readonly oidcToken?: boolean;
}

const AWS_SECRET = 'ceph-csi-aws-credentials';

const get = (resource: string, ...names: (string | undefined)[]): KmsGrant[] => {
  const given = names.filter(name => name !== undefined) as string[];
  return given.length === 0 ? [] : [{ group: '', resource, verbs: ['get'], names: [...new Set(given)].sort() }];
};

const VAULT: Record<string, KmsSetting> = {
  address: { key: 'vaultAddress', form: ADDRESS, required: true },
  backend: { key: 'vaultBackend', form: BACKEND },
  backendPath: { key: 'vaultBackendPath', form: WORD },
  destroyKeys: { key: 'vaultDestroyKeys', form: FLAG },
  tlsServerName: { key: 'vaultTLSServerName', form: WORD },
  vaultNamespace: { key: 'vaultNamespace', form: WORD },
  vaultAuthNamespace: { key: 'vaultAuthNamespace', form: WORD },
  caVerify: { key: 'vaultCAVerify', form: FLAG },
};
const VAULT_TENANTS: Record<string, KmsSetting> = {
  ...VAULT,
  tenantConfigName: { key: 'tenantConfigName', form: OBJECT },
  caSecretName: { key: 'vaultCAFromSecret', form: OBJECT },
  clientCertificateSecretName: { key: 'vaultClientCertFromSecret', form: OBJECT },
  clientKeySecretName: { key: 'vaultClientCertKeyFromSecret', form: OBJECT },
};
const certificates = ({ caSecretName, clientCertificateSecretName, clientKeySecretName }: KmsValues) => [caSecretName, clientCertificateSecretName, clientKeySecretName];
const tenantConfig = ({ tenantConfigName = 'ceph-csi-kms-config' }: KmsValues) => get('configmaps', tenantConfigName);

/** What ceph-csi 3.17.1 knows of each key management system. @see https://github.com/ceph/ceph-csi/blob/v3.17.1/internal/kms */
export const KMS_PROVIDERS: Readonly<Record<CephKmsProvider, KmsProvider>> = {
  [CephKmsProvider.VAULT]: {
    settings: {
      ...VAULT,
      authPath: { key: 'vaultAuthPath', form: WORD, otherwise: '/v1/auth/kubernetes/login' },
      role: { key: 'vaultRole', form: WORD, otherwise: 'csi-kubernetes' },
      passphrasePath: { key: 'vaultPassphrasePath', form: WORD, otherwise: '' },
      caSecretKey: { key: 'vaultCAFromSecret', form: SECRET_KEY },
      selfReview: { form: FLAG },
    },
    fileEncryption: true,
    grants: ({ selfReview }) => (selfReview ? [{ group: 'authentication.k8s.io', resource: 'tokenreviews', verbs: ['create'], names: [] }] : []),
  },
  [CephKmsProvider.VAULT_TOKENS]: {
    settings: { ...VAULT_TENANTS, tenantTokenName: { key: 'tenantTokenName', form: OBJECT } },
    fileEncryption: true,
    grants: values => [...get('secrets', values.tenantTokenName ?? 'ceph-csi-kms-token', ...certificates(values)), ...tenantConfig(values)],
  },
  [CephKmsProvider.VAULT_TENANT_SERVICE_ACCOUNT]: {
    settings: {
      ...VAULT_TENANTS,
      tenantServiceAccountName: { key: 'tenantSAName', form: OBJECT },
      authPath: { key: 'vaultAuthPath', form: WORD },
      role: { key: 'vaultRole', form: WORD },
    },
    fileEncryption: true,
    grants: values => {
      const account = values.tenantServiceAccountName ?? 'ceph-csi-vault-sa';
      const token = { group: '', resource: 'serviceaccounts/token', verbs: ['create'], names: [account] };
      return [...get('serviceaccounts', account), token, ...get('secrets', ...certificates(values)), ...tenantConfig(values)];
    },
  },
  [CephKmsProvider.SECRET_METADATA]: {
    settings: { secretName: { key: 'secretName', form: OBJECT }, secretNamespace: { key: 'secretNamespace', form: NAMESPACE } },
    fileEncryption: true,
    grants: ({ secretName, secretNamespace }) => (secretNamespace === undefined ? get('secrets', secretName) : []),
  },
  [CephKmsProvider.AWS_METADATA]: {
    settings: { region: { key: 'AWS_REGION', form: WORD, required: true }, secretName: { key: 'KMS_SECRET_NAME', form: OBJECT } },
    fileEncryption: false,
    driverSecret: AWS_SECRET,
  },
  [CephKmsProvider.AWS_STS_METADATA]: {
    settings: { secretName: { key: 'secretName', form: OBJECT } },
    fileEncryption: false,
    grants: ({ secretName = AWS_SECRET }) => get('secrets', secretName),
    oidcToken: true,
  },
  [CephKmsProvider.IBM_KEY_PROTECT]: {
    settings: {
      serviceInstanceId: { key: 'IBM_KP_SERVICE_INSTANCE_ID', form: WORD, required: true },
      baseUrl: { key: 'IBM_KP_BASE_URL', form: ADDRESS },
      tokenUrl: { key: 'IBM_KP_TOKEN_URL', form: ADDRESS },
      region: { key: 'IBM_KP_REGION', form: WORD },
      secretName: { key: 'IBM_KP_SECRET_NAME', form: OBJECT },
    },
    fileEncryption: false,
    driverSecret: 'ceph-csi-kp-credentials',
  },
  [CephKmsProvider.KMIP]: {
    settings: {
      endpoint: { key: 'KMIP_ENDPOINT', form: ENDPOINT, required: true },
      tlsServerName: { key: 'TLS_SERVER_NAME', form: WORD },
      readTimeout: { key: 'READ_TIMEOUT', form: SECONDS },
      writeTimeout: { key: 'WRITE_TIMEOUT', form: SECONDS },
      // Ours says the opposite of theirs.
      localCryptography: { key: 'USE_CRYPTO_RPC', form: { ...FLAG, written: value => String(!value) } },
      secretName: { key: 'KMIP_SECRET_NAME', form: OBJECT },
    },
    fileEncryption: false,
    driverSecret: 'ceph-csi-kmip-credentials',
  },
  [CephKmsProvider.AZURE_KEY_VAULT]: {
    settings: {
      vaultUrl: { key: 'AZURE_VAULT_URL', form: ADDRESS, required: true },
      clientId: { key: 'AZURE_CLIENT_ID', form: TEXT, required: true },
      tenantId: { key: 'AZURE_TENANT_ID', form: TEXT, required: true },
      secretName: { key: 'AZURE_CERT_SECRET_NAME', form: OBJECT },
    },
    fileEncryption: true,
    driverSecret: 'ceph-csi-azure-credentials',
  },
};
