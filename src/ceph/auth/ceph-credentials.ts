import { SecretReference } from '../../csi/secret-reference';

export interface CephSecretOptions { readonly name: string; readonly namespace: string; readonly userId?: string; readonly encryptionPassphrase?: boolean }
export interface CephUserReference { readonly secret: SecretReference; readonly userId?: string; readonly encryptionPassphrase: boolean }

export class CephCredentials {
  public static fromSecret(options: CephSecretOptions): CephCredentials {
    const user = { secret: SecretReference.fromName(options.name, options.namespace), userId: options.userId, encryptionPassphrase: options.encryptionPassphrase ?? false };
    return new CephCredentials(user, user);
  }

  public static fromSecrets(options: { readonly provisioner: CephSecretOptions; readonly node: CephSecretOptions }): CephCredentials {
    return new CephCredentials(CephCredentials.fromSecret(options.provisioner).provisioner, CephCredentials.fromSecret(options.node).node);
  }

  private constructor(public readonly provisioner: CephUserReference, public readonly node: CephUserReference) {}
}
