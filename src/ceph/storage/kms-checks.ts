import { IConstruct } from 'constructs';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { checkAtSynth, fail, unchecked } from '../../findings/report';
import { factsOf } from '../driver/driver-facts';
import { CEPH_RULES } from '../rules';

/** CEPH011: the driver of a class knows its key management system. */
export function checkKms(scope: IConstruct, driver: ICsiDriver, id: string | undefined): void {
  const { kms: known, installed, kind } = factsOf(driver);
  if (id === undefined) {
    return;
  }
  if (known === undefined) {
    checkAtSynth(scope, () => unchecked(scope, CEPH_RULES.CEPH011, `the key management systems of the driver '${driver.driverName}': ${kind?.construct ?? 'CephRbdCsiDriver'}.existing({ kms })`));
  } else if (!known.some(each => each.id === id)) {
    const expected = installed ? 'name it where the driver is installed: kms: [vault]' : `add its entry to the driver's ConfigMap for key management, and declare it: kms: [CephKms.existing('${id}')]`;
    fail(scope, CEPH_RULES.CEPH011, { kms: id, driver: `'${driver.driverName}'`, expected });
  }
}
