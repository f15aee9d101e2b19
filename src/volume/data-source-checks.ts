import { Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { cannotCheck, isLarger, malformed } from './checks';
import { IDataSource } from './data-source';
import { VolumeMode } from './modes';
import { VOLUME_RULES } from './rules';
import { IStorageClass } from './storage-class';
import { CsiCapabilities } from '../csi/capabilities';
import { ICsiDriver } from '../csi/i-csi-driver';
import { fail, report } from '../findings/report';
import { checkSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';

/** A claim that is to be filled. */
export interface FilledClaim {
  /** Its name, where it has one already. */
  readonly name?: string;
  readonly namespace: string | undefined;
  readonly storageClass: IStorageClass;
  readonly size: Size;
  readonly volumeMode?: VolumeMode;
  readonly dataSource: IDataSource;
}

/** Claims whose volumes have no CSI driver that could clone them. */
export const withoutDriver = new WeakSet<IDataSource>();

interface Need {
  readonly capability: keyof CsiCapabilities;
  readonly verb: string;
  readonly rpc: string;
  readonly otherwise: string;
}

/** What a driver needs for each kind of source. */
const NEEDS: Record<string, Need | undefined> = {
  PersistentVolumeClaim: { capability: 'clone', verb: 'clone volumes', rpc: 'CLONE_VOLUME', otherwise: 'copy the data with a Job that mounts both claims' },
  VolumeSnapshot: { capability: 'snapshot', verb: 'take or restore snapshots', rpc: 'CREATE_DELETE_SNAPSHOT', otherwise: 'restore from a backup' },
  // VolSync fills the claim from a snapshot of what it restored.
  ReplicationDestination: { capability: 'snapshot', verb: 'take or restore snapshots', rpc: 'CREATE_DELETE_SNAPSHOT', otherwise: 'VolSyncDirectRestore into an empty claim' },
};

/** VOL016 to VOL020, as csi-provisioner checks them when the claim comes. */
export function checkDataSource(scope: IConstruct, claim: FilledClaim): void {
  const { dataSource } = claim;
  const source = `${dataSource.dataSourceKind === 'PersistentVolumeClaim' ? 'claim' : dataSource.dataSourceKind} '${dataSource.dataSourceName}'`;
  checkSubdomain(scope, 'the name of the data source', dataSource.dataSourceName); // it may be of a class of the user's
  if (!dataSource.dataSourceKind || (!dataSource.dataSourceApiGroup && dataSource.dataSourceKind !== 'PersistentVolumeClaim')) {
    malformed(scope, 'dataSourceKind', dataSource.dataSourceKind, 'only a PersistentVolumeClaim is of the core group', "give dataSourceApiGroup with the kind, such as 'snapshot.storage.k8s.io' with 'VolumeSnapshot'");
  }
  Cluster.requireSame(scope, dataSource, `a reference to the ${source} by its name`);
  checkPlace(scope, claim, source);
  const need = NEEDS[dataSource.dataSourceKind];
  if (need) { // another kind is filled by a populator, whatever the driver is
    checkDriver(scope, claim, source, need);
    checkFit(scope, claim, source);
  }
}

/** VOL016 */
function checkPlace(scope: IConstruct, { name, namespace, dataSource }: FilledClaim, source: string): void {
  const other = dataSource.namespace;
  if (namespace === other && dataSource.dataSourceKind === 'PersistentVolumeClaim' && dataSource.dataSourceName === name) {
    fail(scope, VOLUME_RULES.VOL016, { source, problem: ', which is itself' });
  }
  if (namespace !== undefined && other !== undefined && namespace !== other) {
    fail(scope, VOLUME_RULES.VOL016, { source, problem: ` of namespace ${other}, but is in namespace ${namespace}` });
  }
  if (namespace !== other) {
    cannotCheck(scope, VOLUME_RULES.VOL016, other === undefined ? `the namespace of the ${source}` : 'the namespace of the claim or its chart');
  }
}

/** VOL017, VOL018 */
function checkDriver(scope: IConstruct, { storageClass, dataSource }: FilledClaim, source: string, need: Need): void {
  if (storageClass.provisions === false) {
    fail(scope, VOLUME_RULES.VOL018, { source, problem: `the class '${storageClass.storageClassName}' creates no volumes`, expected: 'use a class of the driver that has the data' });
  }
  if (withoutDriver.has(dataSource)) {
    fail(scope, VOLUME_RULES.VOL018, { source, problem: 'its volume has no CSI driver', expected: need.otherwise });
  }
  const { driver } = storageClass;
  const other = dataSource.dataSourceDriver;
  if (driver && other && driver.driverName !== other.driverName) {
    fail(scope, VOLUME_RULES.VOL017, { source, driver: `'${driver.driverName}'`, other: `'${other.driverName}'` });
  }
  if (!driver || !other) {
    cannotCheck(scope, VOLUME_RULES.VOL017, driver ? `the driver of the ${source}` : `the driver of the class '${storageClass.storageClassName}'`);
  }
  checkCapability(scope, driver ?? other, need, source);
}

function checkCapability(scope: IConstruct, driver: ICsiDriver | undefined, { capability, verb, rpc, otherwise }: Need, source: string): void {
  if (!driver?.capabilities) {
    cannotCheck(scope, VOLUME_RULES.VOL018, driver ? `the capabilities of the driver '${driver.driverName}'` : 'the driver');
  } else if (!driver.capabilities[capability]) {
    fail(scope, VOLUME_RULES.VOL018, {
      source, problem: `the driver '${driver.driverName}' does not ${verb}`, expected: `declare capabilities: { ${capability}: true } on the driver if it supports ${rpc}; otherwise ${otherwise}`,
    });
  }
}

/** VOL019, VOL020 */
function checkFit(scope: IConstruct, { size, volumeMode = VolumeMode.FILESYSTEM, storageClass, dataSource }: FilledClaim, source: string): void {
  const { dataSourceSize: least, dataSourceVolumeMode: mode } = dataSource;
  if (mode !== undefined && mode !== volumeMode) {
    fail(scope, VOLUME_RULES.VOL019, { source, property: 'volumeMode', offered: mode, asked: volumeMode });
  }
  if (least && isLarger(least, size)) {
    fail(scope, VOLUME_RULES.VOL019, { source, property: 'the size', offered: least.asString(), asked: size.asString() });
  }
  if (mode === undefined || !least) {
    cannotCheck(scope, VOLUME_RULES.VOL019, `the ${least ? 'volumeMode' : 'size'} of the ${source}`);
  }
  if (!least || !isLarger(size, least)) {
    return;
  }
  const driver = storageClass.driver ?? dataSource.dataSourceDriver;
  // A class that allows expansion has a driver that expands, also where its capabilities are not declared.
  const expands = driver?.capabilities ? driver.capabilities.expand ?? false : storageClass.expansion || undefined;
  if (expands === undefined) {
    cannotCheck(scope, VOLUME_RULES.VOL020, driver ? `the capabilities of the driver '${driver.driverName}'` : 'the driver');
  } else if (!expands) {
    report(scope, VOLUME_RULES.VOL020, { source, asked: size.asString(), offered: least.asString(), driver: `'${driver?.driverName}'` });
  }
}
