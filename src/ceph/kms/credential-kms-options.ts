import { Duration } from 'cdk8s';
import { CephKmsProvider } from './ceph-kms-provider';

/** What is known of a key management system that the driver is configured for already. */
export interface ExistingCephKmsOptions {
  /**
   * Its kind.
   *
   * @default - not declared: whether it can encrypt files is listed as unchecked
   */
  readonly provider?: CephKmsProvider;
}

/** What is the same of every key management system. */
export interface CephKmsOptions {
  /** The name by which classes refer to it (`encryptionKMSID`). It is written into every volume, so it cannot be changed once volumes exist. */
  readonly id: string;
}

/**
 * A passphrase in a Secret, as `encryptionPassphrase`. The key of each volume is encrypted with it and kept in the metadata of the volume; a volume whose files
 * are encrypted takes the passphrase itself.
 */
export interface CephSecretMetadataKmsOptions extends CephKmsOptions {
  /**
   * The Secret.
   *
   * @default - the passphrase is in the Secrets of the class: that of the provisioner and that of the nodes
   */
  readonly secretName?: string;

  /**
   * Its namespace.
   *
   * @default - that of the claim: each tenant has a Secret of that name
   */
  readonly secretNamespace?: string;
}

/** AWS KMS, which encrypts the key of each volume; it is kept in the metadata of the image. */
export interface CephAwsMetadataKmsOptions extends CephKmsOptions {
  /** The region of AWS, such as `us-west-2`. */
  readonly region: string;

  /**
   * The Secret in the driver's namespace that has `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_CMK_ARN`, perhaps `AWS_SESSION_TOKEN`, and no other key: ceph-csi
   * would refuse it.
   *
   * @default - ceph-csi's own: ceph-csi-aws-credentials
   */
  readonly secretName?: string;
}

/** AWS KMS, where each tenant has a role. The driver proves who it is by a token of Kubernetes, whose issuer AWS has to trust for the audience `ceph-csi-kms`. */
export interface CephAwsStsMetadataKmsOptions extends CephKmsOptions {
  /**
   * The Secret in the tenant's namespace that has `awsRoleARN`, `awsCMKARN` and `awsRegion`, and no other key: ceph-csi would refuse it.
   *
   * @default - ceph-csi's own: ceph-csi-aws-credentials
   */
  readonly secretName?: string;
}

/** IBM Key Protect or Hyper Protect Crypto Services, which encrypts the key of each volume; it is kept in the metadata of the image. */
export interface CephIbmKeyProtectKmsOptions extends CephKmsOptions {
  /** The id of the service instance. */
  readonly serviceInstanceId: string;

  /**
   * Where the service is.
   *
   * @default - that of IBM's library: https://us-south.kms.cloud.ibm.com
   */
  readonly baseUrl?: string;

  /**
   * Where the service logs in.
   *
   * @default - that of IBM's library: https://iam.cloud.ibm.com/oidc/token
   */
  readonly tokenUrl?: string;

  /**
   * The region, such as `us-south-2`.
   *
   * @default - none
   */
  readonly region?: string;

  /**
   * The Secret in the driver's namespace that has `IBM_KP_SERVICE_API_KEY`, `IBM_KP_CUSTOMER_ROOT_KEY`, perhaps `IBM_KP_SESSION_TOKEN` and `IBM_KP_CRK_ARN`, and no other
   * key: ceph-csi would refuse it.
   *
   * @default - ceph-csi's own: ceph-csi-kp-credentials
   */
  readonly secretName?: string;
}

/** A server that speaks KMIP 1.4, which encrypts the key of each volume; it is kept in the metadata of the image. */
export interface CephKmipKmsOptions extends CephKmsOptions {
  /** Where the server is, as `host:port`, such as `kmip.example.com:5696`. */
  readonly endpoint: string;

  /**
   * The name in the server's certificate.
   *
   * @default - that of the endpoint
   */
  readonly tlsServerName?: string;

  /**
   * How long is waited for an answer: whole seconds up to 255; none is for ever.
   *
   * @default - ceph-csi's own: 10 seconds
   */
  readonly readTimeout?: Duration;

  /**
   * How long is waited until a question is sent: likewise.
   *
   * @default - ceph-csi's own: 10 seconds
   */
  readonly writeTimeout?: Duration;

  /**
   * Whether the driver fetches the key and encrypts by itself (`USE_CRYPTO_RPC` false), as IBM Guardium Key Lifecycle Manager needs it: it does not encrypt for
   * others. It cannot be changed once volumes exist. ceph-csi v3.17.
   *
   * @default false
   */
  readonly localCryptography?: boolean;

  /**
   * The Secret in the driver's namespace that has `CA_CERT`, `CLIENT_CERT`, `CLIENT_KEY` (PEM) and `UNIQUE_IDENTIFIER` (the key in the server), and no other key: ceph-csi
   * would refuse it.
   *
   * @default - ceph-csi's own: ceph-csi-kmip-credentials
   */
  readonly secretName?: string;
}

/** Azure Key Vault, which keeps the key of each volume as a secret. ceph-csi v3.11. */
export interface CephAzureKeyVaultKmsOptions extends CephKmsOptions {
  /** Where the vault is, such as `https://ceph.vault.azure.net`. */
  readonly vaultUrl: string;

  /** The id of the application that the driver is in Azure. */
  readonly clientId: string;

  /** The id of the directory (tenant) of Azure. */
  readonly tenantId: string;

  /**
   * The Secret in the driver's namespace that has `CLIENT_CERT`, the application's certificate and key (PEM), and no other key: ceph-csi would refuse it.
   *
   * @default - ceph-csi's own: ceph-csi-azure-credentials
   */
  readonly secretName?: string;
}
