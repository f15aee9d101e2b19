import { IConstruct } from 'constructs';
import { CEPH_ADDONS_RULES } from './rules';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { checkAtSynth, fail, unchecked } from '../../findings/report';
import { factsOf } from '../driver/driver-facts';
import { CEPHFS, DriverKind, RBD } from '../driver/driver-kind';

/** What csi-addons does with volumes of ceph-csi, and the kinds of drivers that do it: `GetCapabilities` in internal/csi-addons of ceph-csi. */
const FEATURES = {
  'reclaiming space': [RBD],
  'rotating keys': [RBD],
  'mirroring volumes': [RBD],
  'fencing': [RBD, CEPHFS],
} satisfies Record<string, DriverKind[]>;

export type AddonsFeature = keyof typeof FEATURES;

const kindOf = (driver: ICsiDriver) => factsOf(driver).kind ?? [RBD, CEPHFS].find(kind => `.${driver.driverName}`.endsWith(`.${kind.driverName}`));

/** CEPH172, CEPH173: the driver does it, and has who is asked. @param missing what has to be declared where the driver is not known */
export function checkAble(scope: IConstruct, driver: ICsiDriver | undefined, feature: AddonsFeature, missing: string): void {
  if (!driver) {
    checkAtSynth(scope, () => [CEPH_ADDONS_RULES.CEPH172, CEPH_ADDONS_RULES.CEPH173].forEach(rule => unchecked(scope, rule, missing)));
    return;
  }
  const kind = kindOf(driver);
  if (!kind || !(FEATURES[feature] as readonly DriverKind[]).includes(kind)) {
    fail(scope, CEPH_ADDONS_RULES.CEPH173, { driver: `'${driver.driverName}'`, what: feature });
  }
  const { csiAddons, installed } = factsOf(driver);
  if (csiAddons === undefined) {
    checkAtSynth(scope, () => unchecked(scope, CEPH_ADDONS_RULES.CEPH172, `whether the driver '${driver.driverName}' has the sidecar: ${kind.construct}.existing({ csiAddons: true })`));
  } else if (!csiAddons) {
    const expected = installed ? `csiAddons: true of the ${kind.construct}, or of the storage that installs it` : `install it there, and declare it: ${kind.construct}.existing({ csiAddons: true })`;
    fail(scope, CEPH_ADDONS_RULES.CEPH172, { driver: `'${driver.driverName}'`, expected });
  }
}
