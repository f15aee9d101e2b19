import { CephKmsProvider } from './ceph-kms-provider';
import {
  CephAwsMetadataKmsOptions, CephAwsStsMetadataKmsOptions, CephAzureKeyVaultKmsOptions, CephIbmKeyProtectKmsOptions, CephKmipKmsOptions, CephKmsOptions,
  CephSecretMetadataKmsOptions, ExistingCephKmsOptions,
} from './credential-kms-options';
import { describeKms, refuseKms } from './kms-facts';
import { CephVaultKmsOptions, CephVaultTenantServiceAccountKmsOptions, CephVaultTokensKmsOptions } from './vault-kms-options';

/**
 * A key management system: where the keys of encrypted volumes are. Classes name it, and the driver is configured for it.
 *
 * @see https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/rbd/deploy.md#encryption-for-rbd-volumes
 */
export class CephKms {
  /**
   * HashiCorp Vault, to which the driver logs in with its own ServiceAccounts. It keeps the keys.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static vault(options: CephVaultKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.VAULT, options);
  }

  /**
   * HashiCorp Vault, to which the driver logs in with a token of each tenant. It keeps the keys.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static vaultTokens(options: CephVaultTokensKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.VAULT_TOKENS, options);
  }

  /**
   * HashiCorp Vault, to which the driver logs in as a ServiceAccount of each tenant. It keeps the keys.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static vaultTenantServiceAccount(options: CephVaultTenantServiceAccountKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.VAULT_TENANT_SERVICE_ACCOUNT, options);
  }

  /**
   * A passphrase in a Secret, with which the key of each volume is encrypted.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static secretMetadata(options: CephSecretMetadataKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.SECRET_METADATA, options);
  }

  /**
   * AWS KMS, with an access key. It only encrypts keys, so not for encrypted files.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static awsMetadata(options: CephAwsMetadataKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.AWS_METADATA, options);
  }

  /**
   * AWS KMS, with a role of each tenant. It only encrypts keys, so not for encrypted files.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static awsStsMetadata(options: CephAwsStsMetadataKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.AWS_STS_METADATA, options);
  }

  /**
   * IBM Key Protect or Hyper Protect Crypto Services. It only encrypts keys, so not for encrypted files.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static ibmKeyProtect(options: CephIbmKeyProtectKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.IBM_KEY_PROTECT, options);
  }

  /**
   * A server that speaks KMIP 1.4; with `localCryptography` also IBM Guardium Key Lifecycle Manager. It only encrypts keys, so not for encrypted files.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static kmip(options: CephKmipKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.KMIP, options);
  }

  /**
   * Azure Key Vault. It keeps the keys.
   *
   * @throws CEPH060 for a setting that ceph-csi cannot read
   */
  public static azureKeyVault(options: CephAzureKeyVaultKmsOptions): CephKms {
    return CephKms.described(CephKmsProvider.AZURE_KEY_VAULT, options);
  }

  /**
   * A key management system that the driver is configured for already, by Helm or another repository.
   *
   * @param id the name that its entry has
   * @param options what is known of it
   * @throws CEPH060 for an id that no entry can have
   */
  public static existing(id: string, options: ExistingCephKmsOptions = {}): CephKms {
    const provider = options?.provider ?? undefined;
    if (provider !== undefined && !Object.values(CephKmsProvider).includes(provider)) {
      refuseKms(`provider of the key management system '${id}'`, provider, 'ceph-csi v3.17.1 knows none of that name', 'use a CephKmsProvider, or leave it out');
    }
    return new CephKms(id, provider);
  }

  private static described(provider: CephKmsProvider, options: CephKmsOptions): CephKms {
    const kms = new CephKms(options?.id, provider);
    describeKms(kms, provider, options);
    return kms;
  }

  /** The name by which classes refer to it. */
  public readonly id: string;
  /** Its kind, if declared. */
  public readonly provider?: CephKmsProvider;

  private constructor(id: string, provider?: CephKmsProvider) {
    if (typeof id !== 'string' || !/^[^\s"\\]{1,253}$/.test(id)) {
      refuseKms('the id of a key management system', id, 'it has to have 1 to 253 characters, without blanks and quotes', "give it a name, such as id: 'vault'");
    }
    if (id === 'default') {
      refuseKms('the id of a key management system', id, 'ceph-csi takes it for the passphrase in the Secrets of the class', "give it another name, such as id: 'vault'");
    }
    this.id = id;
    this.provider = provider;
  }
}
