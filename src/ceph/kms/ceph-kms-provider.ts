/** A kind of key management system, by its name in ceph-csi (`encryptionKMSType`). */
export enum CephKmsProvider {
  /** HashiCorp Vault, with the accounts of the driver. */
  VAULT = 'vault',
  /** HashiCorp Vault, with a token of each tenant. */
  VAULT_TOKENS = 'vaulttokens',
  /** HashiCorp Vault, with a ServiceAccount of each tenant. */
  VAULT_TENANT_SERVICE_ACCOUNT = 'vaulttenantsa',
  /** A passphrase in a Secret; with it the key of each volume is encrypted, and kept beside the volume. */
  SECRET_METADATA = 'metadata',
  /** AWS KMS, with an access key. */
  AWS_METADATA = 'aws-metadata',
  /** AWS KMS, with a role of each tenant. */
  AWS_STS_METADATA = 'aws-sts-metadata',
  /** IBM Key Protect and Hyper Protect Crypto Services. */
  IBM_KEY_PROTECT = 'ibmkeyprotect',
  /** Any server that speaks KMIP 1.4, such as Thales CipherTrust; also IBM Guardium Key Lifecycle Manager. */
  KMIP = 'kmip',
  /** Azure Key Vault. */
  AZURE_KEY_VAULT = 'azure-kv',
}
