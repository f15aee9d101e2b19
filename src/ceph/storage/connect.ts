import { Construct } from 'constructs';
import { grantProvisioner, StorageInput, useCredentials } from './storage-parts';
import { DriverProfile, setProfile } from '../../csi/driver-profile';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { SecretReference } from '../../csi/secret-reference';
import { ManifestProps } from '../../manifest/manifest-props';
import { writeCredentials } from '../auth/written-secrets';
import { DriverKind } from '../driver/driver-kind';
import { useCluster } from '../driver/entries';

/** Brings a storage's driver, cluster and users together. Gives the provisioner's Secret, granted. CEPH002 to CEPH004, CEPH022 */
export function connect(scope: Construct, kind: DriverKind, profile: DriverProfile, driver: ICsiDriver, props: StorageInput & ManifestProps): SecretReference {
  const { cluster, credentials } = props;
  // A driver of CsiDriver.fromDriverName comes without.
  setProfile(driver, profile);
  useCluster(scope, kind, driver, cluster, credentials);
  useCredentials(scope, props);
  writeCredentials(scope, credentials, driver.controllerServiceAccount?.namespace, props);
  return grantProvisioner(scope, driver, credentials.provisioner, props);
}
