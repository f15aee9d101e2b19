import { IConstruct } from 'constructs';
import { checkKms } from './kms-checks';
import { NodeUpdateStrategy } from '../../csi/csi-driver-props';
import { ClaimFacts, ClassFacts, VolumeFacts } from '../../csi/driver-profile';
import { checkAtSynth, fail, report, unchecked } from '../../findings/report';
import { similar } from '../../manifest/similar';
import { factsOf } from '../driver/driver-facts';
import { checkEntry } from '../driver/entries';
import { CEPH_RULES } from '../rules';

/** Secrets without which no volume is made or mounted. */
const SECRETS = ['provisioner', 'node-stage'];

/** CEPH003, CEPH011, CEPH014 to CEPH016. @param losesMounts whether what it maps or mounts ends with the node plugin */
export function checkClassWiring(scope: IConstruct, { driver, parameters, reserved, expansion }: ClassFacts, required: readonly string[], losesMounts: boolean): void {
  const missing = required.find(key => !parameters[key]);
  if (missing !== undefined) {
    fail(scope, CEPH_RULES.CEPH014, { key: missing });
  }
  const secret = [...SECRETS, ...(expansion ? ['controller-expand'] : [])].find(key => !reserved[`${key}-secret-name`] || !reserved[`${key}-secret-namespace`]);
  if (secret !== undefined) {
    fail(scope, CEPH_RULES.CEPH015, { secret, consequence: secret === 'node-stage' ? 'no volume of it could be mounted' : secret === 'provisioner' ? 'no volume of it could be made' : 'its volumes could not be enlarged' });
  }
  if (driver) {
    checkKms(scope, driver, parameters.encryptionKMSID);
    checkEntry(scope, driver, parameters.clusterID);
  }
  if (losesMounts && driver) {
    checkAtSynth(scope, () => {
      const { installed, updateStrategy } = factsOf(driver);
      if (!installed) {
        unchecked(scope, CEPH_RULES.CEPH016, `how the node plugin of the driver '${driver.driverName}' is updated`);
      } else if (updateStrategy !== NodeUpdateStrategy.ON_DELETE) {
        report(scope, CEPH_RULES.CEPH016, { driver: `'${driver.driverName}'`, mounter: `${parameters.mounter}` });
      }
    });
  }
}

/** CEPH023 */
export function checkCopy(scope: IConstruct, { parameters, sourceParameters }: ClaimFacts): void {
  if (parameters?.clusterID === undefined || sourceParameters?.clusterID === undefined) {
    return;
  }
  const problem = parameters.clusterID !== sourceParameters.clusterID ? 'it is in another Ceph cluster'
    : ['encrypted', 'encryptionType'].some(key => parameters[key] !== sourceParameters[key]) ? 'one of them is encrypted, or in another way' : undefined;
  if (problem) {
    fail(scope, CEPH_RULES.CEPH023, { problem });
  }
}

/** CEPH017 */
export function checkStaticVolume(scope: IConstruct, { volumeAttributes, volumeHandle, reclaimPolicy }: VolumeFacts, required: readonly string[]): void {
  const isStatic = volumeAttributes.staticVolume === 'true';
  // What the driver made has a handle of its own, and may be written again after a disaster.
  const isMade = /^\d{4}-[0-9a-f]{4}-.+-[0-9a-f]{16}-.+$/.test(volumeHandle) || volumeHandle.startsWith('mig_');
  const missing = required.find(key => !volumeAttributes[key]);
  const problem = !isStatic && !isMade ? "it is not said to be there already (staticVolume: 'true'), so the driver looks for a handle of its own making"
    : isStatic && missing !== undefined ? `the attribute ${missing} is missing`
      : isStatic && reclaimPolicy !== 'Retain' ? `its reclaimPolicy is ${reclaimPolicy}, and the driver cannot delete what it did not make: the volume would end as Failed` : undefined;
  if (problem) {
    fail(scope, CEPH_RULES.CEPH017, { handle: `'${volumeHandle}'`, problem });
  }
}

/** CEPH014, CEPH018 */
export function checkSnapshotClass(scope: IConstruct, parameters: Readonly<Record<string, string>>, known: readonly string[]): void {
  const unknown = Object.keys(parameters).find(key => !known.includes(key));
  if (unknown !== undefined) {
    const meant = similar(unknown, known);
    fail(scope, CEPH_RULES.CEPH018, { key: unknown, expected: meant === undefined ? 'remove it' : `write ${meant}` });
  }
  if (!parameters.clusterID) {
    fail(scope, CEPH_RULES.CEPH014, { key: 'clusterID' });
  }
}
