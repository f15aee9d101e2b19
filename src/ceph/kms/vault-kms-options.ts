/** A version of Vault's key-value store. @see https://developer.hashicorp.com/vault/docs/secrets/kv */
export enum CephVaultBackend {
  /** Version 1. */
  KV = 'kv',
  /** Version 2: deleted keys can be brought back, unless they are destroyed. */
  KV_V2 = 'kv-v2',
}

/** What is the same of every Vault. */
export interface CephVaultConnection {
  /** The name by which classes refer to it (`encryptionKMSID`). It is written into every volume, so it cannot be changed once volumes exist. */
  readonly id: string;

  /** Where Vault is, such as `https://vault.example.com:8200`. */
  readonly address: string;

  /**
   * The version of the key-value store.
   *
   * @default - ceph-csi asks Vault for it, which takes a policy that may read `sys/mounts`
   */
  readonly backend?: CephVaultBackend;

  /**
   * The path at which the key-value store is mounted.
   *
   * @default - ceph-csi's own: secret/
   */
  readonly backendPath?: string;

  /**
   * Whether a key of `KV_V2` is destroyed with its volume; else it is only marked as deleted.
   *
   * @default - ceph-csi's own: true
   */
  readonly destroyKeys?: boolean;

  /**
   * The name in Vault's certificate.
   *
   * @default - that of the address
   */
  readonly tlsServerName?: string;

  /**
   * The namespace of Vault Enterprise in which the keys are.
   *
   * @default - the root namespace
   */
  readonly vaultNamespace?: string;

  /**
   * The namespace of Vault Enterprise in which the driver logs in.
   *
   * @default - that of the keys
   */
  readonly vaultAuthNamespace?: string;

  /**
   * Whether Vault's certificate is verified.
   *
   * @default - ceph-csi's own: true
   */
  readonly caVerify?: boolean;
}

/** Vault, to which the driver logs in with its own ServiceAccounts: that of its controller and that of its node plugin. */
export interface CephVaultKmsOptions extends CephVaultConnection {
  /**
   * The path of Vault's Kubernetes auth method.
   *
   * @default /v1/auth/kubernetes/login
   */
  readonly authPath?: string;

  /**
   * The role in Vault, bound to both ServiceAccounts of the driver.
   *
   * @default csi-kubernetes
   */
  readonly role?: string;

  /**
   * The directory of the keys below `backendPath`.
   *
   * @default - none: they are directly in it
   */
  readonly passphrasePath?: string;

  /**
   * The key that has the certificate of Vault's authority (PEM), in the Secrets of the class: that of the provisioner and that of the nodes.
   *
   * @default - an authority that the driver's image knows
   */
  readonly caSecretKey?: string;

  /**
   * Whether Vault has no token of its own to ask Kubernetes whether a login is genuine (`token_reviewer_jwt`), and takes the one that logs in. The accounts of
   * the driver are then allowed to review tokens.
   *
   * @default false
   */
  readonly selfReview?: boolean;
}

/**
 * What is the same of every Vault with tenants: the namespaces of the claims. A tenant may have a ConfigMap of the name `tenantConfigName` with `vaultAddress`,
 * `vaultBackend`, `vaultBackendPath`, `vaultNamespace`, `vaultAuthNamespace`, `vaultDestroyKeys`, `vaultTLSServerName` and `vaultCAVerify` of its own.
 *
 * There is no `tenants` here: ceph-csi documents it, but passes over it when it is read from a file.
 */
export interface CephVaultTenantConnection extends CephVaultConnection {
  /**
   * The ConfigMap in which a tenant may have settings of its own.
   *
   * @default - ceph-csi's own: ceph-csi-kms-config
   */
  readonly tenantConfigName?: string;

  /**
   * The Secret that has the certificate of Vault's authority (PEM), as `cert`. It is looked for in the tenant's namespace first, then in the driver's.
   *
   * @default - an authority that the driver's image knows
   */
  readonly caSecretName?: string;

  /**
   * The Secret that has the certificate of the driver (PEM), as `cert`; likewise. Together with `clientKeySecretName`.
   *
   * @default - none
   */
  readonly clientCertificateSecretName?: string;

  /**
   * The Secret that has the key of that certificate (PEM), as `key`; likewise.
   *
   * @default - none
   */
  readonly clientKeySecretName?: string;
}

/** Vault, to which the driver logs in with a token of each tenant. */
export interface CephVaultTokensKmsOptions extends CephVaultTenantConnection {
  /**
   * The Secret in the tenant's namespace that has its token, as `token`.
   *
   * @default - ceph-csi's own: ceph-csi-kms-token
   */
  readonly tenantTokenName?: string;
}

/** Vault, to which the driver logs in as a ServiceAccount of each tenant. A tenant's ConfigMap may also have `vaultAuthPath` and `vaultRole`. */
export interface CephVaultTenantServiceAccountKmsOptions extends CephVaultTenantConnection {
  /**
   * The ServiceAccount in the tenant's namespace. Only for accounts of this name may the driver make tokens, so a tenant cannot choose another one.
   *
   * @default - ceph-csi's own: ceph-csi-vault-sa
   */
  readonly tenantServiceAccountName?: string;

  /**
   * The path of Vault's Kubernetes auth method.
   *
   * @default - ceph-csi's own: kubernetes
   */
  readonly authPath?: string;

  /**
   * The role in Vault.
   *
   * @default - ceph-csi's own: csi-kubernetes
   */
  readonly role?: string;
}
