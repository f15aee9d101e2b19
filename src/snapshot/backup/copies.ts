import { Construct } from 'constructs';
import { BACKUP_RULES } from './rules';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { fail } from '../../findings/report';
import { cannotCheck } from '../../volume/checks';
import { noteClassless } from '../default-class';
import { needController } from '../presence';
import { SNAPSHOT_RULES } from '../rules';
import { IVolumeSnapshotClass } from '../volume-snapshot-class';

/** What a driver needs for a copy. */
export const COPIES = {
  Snapshot: { capability: 'snapshot', verb: 'take snapshots', rpc: 'CREATE_DELETE_SNAPSHOT' },
  Clone: { capability: 'clone', verb: 'clone volumes', rpc: 'CLONE_VOLUME' },
} as const;

/** SNP061. @param what whose driver it is, as messages name it @param otherwise what to do where the driver cannot */
export function checkCopies(scope: Construct, method: keyof typeof COPIES, driver: ICsiDriver | undefined, what: string, otherwise: string): void {
  const { capability, verb, rpc } = COPIES[method];
  if (!driver?.capabilities) {
    cannotCheck(scope, BACKUP_RULES.SNP061, driver ? `the capabilities of the driver '${driver.driverName}'` : `the driver of the ${what}`);
  } else if (!driver.capabilities[capability]) {
    const expected = `declare capabilities: { ${capability}: true } on the driver if it supports ${rpc}; otherwise ${otherwise}`;
    fail(scope, BACKUP_RULES.SNP061, { what, method: `CopyMethod.${method.toUpperCase()}`, driver: `'${driver.driverName}'`, verb, expected });
  }
}

/** SNP003, SNP011, SNP012 */
export function checkSnapshotClass(scope: Construct, snapshotClass: IVolumeSnapshotClass | undefined, driver: ICsiDriver | undefined, what: string): void {
  needController(scope);
  if (!snapshotClass) {
    noteClassless(scope, driver?.driverName);
  } else if (!snapshotClass.driver || !driver) {
    cannotCheck(scope, SNAPSHOT_RULES.SNP011, driver ? `the driver of the snapshot class '${snapshotClass.snapshotClassName}'` : `the driver of the ${what}`);
  } else if (snapshotClass.driver.driverName !== driver.driverName) {
    fail(scope, SNAPSHOT_RULES.SNP011, { class: snapshotClass.snapshotClassName, driver: `'${snapshotClass.driver.driverName}'`, other: `'${driver.driverName}'` });
  }
}
