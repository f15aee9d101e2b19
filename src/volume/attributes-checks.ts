import { Construct, IConstruct } from 'constructs';
import { cannotCheck, checkHandedOver } from './checks';
import { VOLUME_RULES } from './rules';
import { ICsiDriver } from '../csi/i-csi-driver';
import { fail, report } from '../findings/report';
import { Cluster } from '../platform/cluster';
import { KubernetesVersion } from '../platform/kubernetes-version';
import { Platform } from '../platform/platform';

/** VOL023, VOL024 */
export function checkAttributesApi(scope: IConstruct): void {
  const { kubernetes } = Platform.of(scope);
  const facts = { kubernetes: `${kubernetes}` };
  if (!kubernetes.isAtLeast(KubernetesVersion.V1_31)) {
    fail(scope, VOLUME_RULES.VOL023, facts);
  }
  if (!kubernetes.isAtLeast(KubernetesVersion.V1_34)) {
    report(scope, VOLUME_RULES.VOL024, facts);
  }
}

/** VOL025 */
export function checkModifies(scope: IConstruct, driver: ICsiDriver): void {
  if (driver.capabilities === undefined) {
    cannotCheck(scope, VOLUME_RULES.VOL025, `the capabilities of the driver '${driver.driverName}'`);
  } else if (!driver.capabilities.modify) {
    fail(scope, VOLUME_RULES.VOL025, { driver: `'${driver.driverName}'` });
  }
}

/** A VolumeAttributesClass, as far as it is checked here. */
interface Attributes {
  readonly volumeAttributesClassName: string;
  readonly driver?: ICsiDriver;
}

/** VOL023 to VOL026, for what names a class. @param owner the driver of the volume, if it is known */
export function checkAttributes(scope: IConstruct, attributes: Attributes | undefined, owner: ICsiDriver | undefined): void {
  if (!attributes) {
    return;
  }
  checkHandedOver(scope, 'the VolumeAttributesClass', attributes, 'volumeAttributesClassName', 'VolumeAttributesClass.fromVolumeAttributesClassName');
  const { volumeAttributesClassName: name, driver } = attributes;
  Cluster.requireSame(scope, attributes, `VolumeAttributesClass.fromVolumeAttributesClassName('${name}')`);
  if (!Construct.isConstruct(attributes)) { // one of ours is checked by itself
    checkAttributesApi(scope);
    if (driver) {
      checkModifies(scope, driver);
    }
  }
  if (!driver || !owner) {
    cannotCheck(scope, VOLUME_RULES.VOL026, driver ? 'the driver of the volume' : `the driver of the VolumeAttributesClass '${name}'`);
  } else if (driver.driverName !== owner.driverName) {
    fail(scope, VOLUME_RULES.VOL026, { attributes: `'${name}'`, other: `'${driver.driverName}'`, driver: `'${owner.driverName}'` });
  }
}
