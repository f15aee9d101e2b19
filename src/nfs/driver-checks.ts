import { Construct, IConstruct } from 'constructs';
import { factsOf } from './driver-facts';
import { NfsServer } from './nfs-server';
import { NfsSquash } from './nfs-squash';
import { NFS_RULES } from './rules';
import { FsGroupPolicy } from '../csi/csi-driver-props';
import { ICsiDriver } from '../csi/i-csi-driver';
import { isBefore } from '../csi/release';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { Cluster } from '../platform/cluster';

const CHECKED = 'nfs drivers whose release was checked';
const VERSION_FIX = "its release: NfsCsiDriver.existing({ version: 'v4.13.4' })";

/** NFS006, NFS106: once for each driver, however many storages use it. */
export function checkRelease(scope: IConstruct, driver: ICsiDriver): void {
  const cluster = Cluster.of(scope);
  if (cluster.members<ICsiDriver>(CHECKED).includes(driver)) {
    return;
  }
  cluster.join(CHECKED, driver);
  checkAtSynth(scope, () => {
    const { version } = factsOf(driver);
    const facts = { version: `'${version}'`, driver: `'${driver.driverName}'` };
    if (isBefore(version, '4.13.1') === undefined) {
      [NFS_RULES.NFS006, NFS_RULES.NFS106].forEach(rule => unchecked(scope, rule, VERSION_FIX));
    } else if (isBefore(version, '4.13.1')) {
      report(scope, NFS_RULES.NFS006, { ...facts, problem: "it follows '..' in the handle of a PersistentVolume, so whoever may create one can have it delete any directory of the server (CVE-2026-3864)" });
    } else if (isBefore(version, '4.13.3')) {
      report(scope, NFS_RULES.NFS106, facts);
    }
  });
}

/** NFS006, for directories: 4.10.0 deletes the first directory of the path instead of the last. */
export function checkSubDirRelease(scope: IConstruct, driver: ICsiDriver, subDir: string | undefined, onDelete: string | undefined): void {
  const { version, defaultOnDelete } = factsOf(driver);
  const deletes = (onDelete ?? defaultOnDelete ?? 'delete') === 'delete';
  if (deletes && subDir?.includes('/') && isBefore(version, '4.10.0') === false && isBefore(version, '4.11.0')) {
    report(scope, NFS_RULES.NFS006, {
      version: `'${version}'`, driver: `'${driver.driverName}'`, problem: `when a claim is deleted, it deletes '${subDir.split('/')[0]}' and all that is in it, also volumes of others (#855)`,
    });
  }
}

/** NFS007: what the driver does by default overrides `delete`, which it does not store. */
export function checkDefaultOnDelete(scope: IConstruct, driver: ICsiDriver, onDelete: string | undefined): void {
  if (onDelete !== 'delete') {
    return;
  }
  const { defaultOnDelete } = factsOf(driver);
  if (defaultOnDelete === undefined) {
    checkAtSynth(scope, () => unchecked(scope, NFS_RULES.NFS007, "the driver's default: NfsCsiDriver.existing({ defaultOnDelete })"));
  } else if (defaultOnDelete !== 'delete') {
    fail(scope, NFS_RULES.NFS007, { driver: `'${driver.driverName}'`, policy: `'${defaultOnDelete}'` });
  }
}

/** NFS016; within a check that runs at synth. */
export function checkSquash(scope: Construct, driver: ICsiDriver, server: NfsServer): void {
  const { fsGroupPolicy } = factsOf(driver);
  if (server.squash === NfsSquash.NONE || (fsGroupPolicy !== undefined && fsGroupPolicy !== FsGroupPolicy.FILE)) {
    return;
  }
  if (server.squash === undefined) {
    unchecked(scope, NFS_RULES.NFS016, 'as whom the server takes root: NfsServer.external({ …, squash })');
  } else if (fsGroupPolicy === undefined) {
    unchecked(scope, NFS_RULES.NFS016, "the driver's fsGroupPolicy: NfsCsiDriver.existing({ fsGroupPolicy })");
  } else {
    report(scope, NFS_RULES.NFS016, { host: `'${server.host}'`, squash: server.squash, driver: `'${driver.driverName}'` });
  }
}

/** NFS129; within a check that runs at synth. */
export function checkSnapshotShare(scope: Construct, driver: ICsiDriver, snapshotClass: string, target: string, shares: Iterable<string>): void {
  const share = [...shares].find(candidate => candidate !== target);
  if (share === undefined) {
    return;
  }
  const { version } = factsOf(driver);
  const isOlder = isBefore(version, '4.13.3');
  if (isOlder === undefined) {
    unchecked(scope, NFS_RULES.NFS129, VERSION_FIX);
  } else if (isOlder && !isBefore(version, '4.11.0')) {
    report(scope, NFS_RULES.NFS129, { snapshotClass, target: `'${target}'`, share: `'${share}'`, version: `'${version}'` });
  }
}
