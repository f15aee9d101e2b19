import { Construct } from 'constructs';
import { writeRole } from '../../csi/account';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { ManifestProps } from '../../manifest/manifest-props';

interface SecretName {
  readonly name: string;
  readonly namespace: string;
}

/** Lets both programs of a driver read exactly the Secrets by which they are known to key management systems. */
export function grantKms(scope: Construct, name: string, driver: ICsiDriver, secrets: readonly SecretName[], common: ManifestProps): void {
  const accounts = [driver.controllerServiceAccount, driver.nodeServiceAccount].filter(account => account !== undefined);
  for (const namespace of new Set(secrets.map(secret => secret.namespace))) {
    const resourceNames = [...new Set(secrets.filter(secret => secret.namespace === namespace).map(secret => secret.name))].sort();
    const rules = [{ apiGroups: [''], resources: ['secrets'], resourceNames, verbs: ['get'] }];
    writeRole(scope, `Kms-${namespace}-`, { name: `${name}-kms`, namespace }, rules, accounts, common);
  }
}
