import { Construct } from 'constructs';
import { writeRole } from '../../csi/account';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { SecretReference } from '../../csi/secret-reference';
import { ManifestProps } from '../../manifest/manifest-props';
import { Cluster } from '../../platform/cluster';
import { CephUserReference } from '../auth/credential-options';
import { factsOf } from '../driver/driver-facts';

const GRANTED = 'secrets that are granted to sidecars of csi-addons';

/** Lets both pods of a driver read a Secret: their sidecars read it, not the controller of csi-addons. */
export function grantSidecars(scope: Construct, name: string, { controllerServiceAccount, nodeServiceAccount }: ICsiDriver, secret: SecretReference, common: ManifestProps): void {
  const accounts = [controllerServiceAccount, nodeServiceAccount].filter(account => account !== undefined);
  if (accounts.length > 0) {
    const rules = [{ apiGroups: [''], resources: ['secrets'], resourceNames: [secret.name], verbs: ['get'] }];
    writeRole(scope, 'Addons-', { name, namespace: secret.namespace }, rules, accounts, common);
  }
}

/** The Secret of the nodes, with which volumes are found for reclaiming space and rotating keys: both sidecars read it, as volumes name it (nodeStageSecretRef). Once, however many storages have it. */
export function grantNodeSecret(scope: Construct, driver: ICsiDriver, { secret: { name, namespace } }: CephUserReference, common: ManifestProps): void {
  const key = `${driver.driverName} ${namespace}/${name}`;
  if (factsOf(driver).csiAddons && !Cluster.of(scope).members<string>(GRANTED).includes(key)) {
    Cluster.of(scope).join(GRANTED, key);
    grantSidecars(scope, `csi-addons.${driver.driverName}-${name}`, driver, SecretReference.fromName(name, namespace), common);
  }
}
