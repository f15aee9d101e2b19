import { Construct } from 'constructs';
import { POLICY_RULES } from './rules';
import { SnapshotPolicyProps } from './snapshot-policy-props';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { fail, report } from '../../findings/report';
import { Cluster } from '../../platform/cluster';
import { ClassChoice } from '../../runtime/runner-config';
import { cannotCheck, checkHandedOver } from '../../volume/checks';
import { IStorageClass } from '../../volume/storage-class';
import { ClaimSelector } from '../claim-selector';
import { GROUP_SNAPSHOT_CLASS, SNAPSHOT_CLASS } from '../class-kinds';
import { checkCapability } from '../class-parts';
import { needController, needGroupSnapshots } from '../presence';
import { SNAPSHOT_RULES } from '../rules';
import { IVolumeGroupSnapshotClass } from '../volume-group-snapshot-class';
import { IVolumeSnapshotClass, SnapshotDeletionPolicy } from '../volume-snapshot-class';

/** The classes of a policy, and the drivers of which it is known that they have the volumes. */
export interface PolicyClasses {
  readonly classes: ClassChoice;
  readonly group?: { readonly snapshotClass: string };
  readonly drivers: readonly ICsiDriver[];
}

const CHOICES = ['snapshotClass', 'snapshotClasses', 'groupSnapshotClass'] as const;
const ONE = "snapshotClass: VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver })";

/** SNP029 */
function refuse(scope: Construct, what: string, problem: string, expected: string): never {
  return fail(scope, POLICY_RULES.SNP029, { what, problem, expected });
}

/** SNP004, SNP008, SNP011, SNP029, SNP031, SNP032, VOL005 */
export function classesOf(scope: Construct, props: SnapshotPolicyProps): PolicyClasses {
  const { claims, snapshotClass, snapshotClasses, groupSnapshotClass } = props;
  const given = CHOICES.filter(choice => (props[choice] ?? undefined) !== undefined);
  if (given.length !== 1) {
    refuse(scope, 'the snapshot class', given.length === 0 ? 'none is given' : `${given.join(' and ')} are given`, `one of ${CHOICES.join(', ')}: ${ONE}`);
  }
  switch (given[0]) {
    case 'snapshotClass': return oneClass(scope, claims, snapshotClass!);
    case 'snapshotClasses': return classPerDriver(scope, claims, snapshotClasses!);
    default: return groupClass(scope, props, groupSnapshotClass!);
  }
}

/** What is known of the drivers of the claims; `undefined` stands for claims of which it is not. */
function driversOf({ claims, storageClass }: ClaimSelector): (ICsiDriver | undefined)[] {
  return claims ? claims.map(claim => claim.dataSourceDriver) : [storageClass?.driver];
}

function checkClass(scope: Construct, snapshotClass: IVolumeSnapshotClass): void {
  checkHandedOver(scope, 'the snapshot class', snapshotClass, 'snapshotClassName', 'VolumeSnapshotClass.fromVolumeSnapshotClassName');
  Cluster.requireSame(scope, snapshotClass, `VolumeSnapshotClass.fromVolumeSnapshotClassName('${snapshotClass.snapshotClassName}')`);
}

function byName(drivers: readonly (ICsiDriver | undefined)[]): ICsiDriver[] {
  return [...new Map(drivers.flatMap(driver => (driver ? [[driver.driverName, driver]] : [])) as [string, ICsiDriver][]).values()];
}

function oneClass(scope: Construct, claims: ClaimSelector, snapshotClass: IVolumeSnapshotClass): PolicyClasses {
  checkClass(scope, snapshotClass);
  const { snapshotClassName, driver } = snapshotClass;
  const ofClaims = driversOf(claims);
  const other = byName(ofClaims).find(({ driverName }) => driver && driverName !== driver.driverName);
  if (other) {
    fail(scope, SNAPSHOT_RULES.SNP011, { class: snapshotClassName, driver: `'${driver!.driverName}'`, other: `'${other.driverName}'` });
  }
  if (!driver || ofClaims.includes(undefined)) {
    cannotCheck(scope, SNAPSHOT_RULES.SNP011, driver ? 'the driver of the claims' : `the driver of the snapshot class '${snapshotClassName}'`);
  }
  needController(scope);
  const drivers = byName([driver, ...ofClaims]);
  drivers.forEach(each => checkCapability(scope, SNAPSHOT_CLASS, each));
  return { classes: { only: snapshotClassName }, drivers };
}

/** SNP029: classes by the driver, and by the class of the claims where that is known to be of the driver. */
function classPerDriver(scope: Construct, claims: ClaimSelector, snapshotClasses: readonly IVolumeSnapshotClass[]): PolicyClasses {
  if (!Array.isArray(snapshotClasses) || snapshotClasses.length === 0) {
    refuse(scope, 'snapshotClasses', Array.isArray(snapshotClasses) ? 'the list is empty' : 'it is no list', 'snapshotClasses: [blockDaily, fileDaily]');
  }
  const byDriver: Record<string, string> = {};
  for (const snapshotClass of snapshotClasses) {
    if ((snapshotClass ?? undefined) === undefined) {
      refuse(scope, 'snapshotClasses', 'one of them is missing', 'hand over a class for each driver');
    }
    checkClass(scope, snapshotClass);
    const { snapshotClassName, driver } = snapshotClass;
    if (!driver) {
      refuse(scope, `the snapshot class '${snapshotClassName}'`, 'its driver is not known, so it cannot be told of which claims it is', `VolumeSnapshotClass.fromVolumeSnapshotClassName('${snapshotClassName}', { driver: CsiDriver.fromDriverName('csi.example.com') })`);
    }
    if (Object.hasOwn(byDriver, driver.driverName)) {
      refuse(scope, `the snapshot class '${snapshotClassName}'`, `'${byDriver[driver.driverName]}' is of the driver '${driver.driverName}' as well`, 'keep one for each driver; another policy can use the other one');
    }
    byDriver[driver.driverName] = snapshotClassName;
    checkCapability(scope, SNAPSHOT_CLASS, driver);
  }
  for (const { driverName } of byName(driversOf(claims))) {
    if (!Object.hasOwn(byDriver, driverName)) {
      refuse(scope, 'the claims', `some are of the driver '${driverName}', of which there is no snapshot class here`, `add one of that driver to snapshotClasses; there are ${Object.keys(byDriver).join(', ')}`);
    }
  }
  if (driversOf(claims).includes(undefined)) {
    cannotCheck(scope, POLICY_RULES.SNP029, 'the driver of the claims');
  }
  needController(scope);
  const storageClasses = [claims.storageClass, ...(claims.claims ?? []).map(claim => claim.storageClass)].filter((each): each is IStorageClass => each?.driver !== undefined);
  const byStorageClass = Object.fromEntries(storageClasses.map(({ storageClassName, driver }) => [storageClassName, byDriver[driver!.driverName]]));
  return {
    classes: { byStorageClass: storageClasses.length > 0 ? byStorageClass : undefined, byDriver },
    drivers: byName(snapshotClasses.map(({ driver }) => driver)),
  };
}

/** SNP008, SNP032 */
function groupClass(scope: Construct, { claims, surviveNamespaceDeletion }: SnapshotPolicyProps, groupSnapshotClass: IVolumeGroupSnapshotClass): PolicyClasses {
  checkHandedOver(scope, 'the group snapshot class', groupSnapshotClass, 'groupSnapshotClassName', 'VolumeGroupSnapshotClass.fromVolumeGroupSnapshotClassName');
  const { groupSnapshotClassName, driver } = groupSnapshotClass;
  Cluster.requireSame(scope, groupSnapshotClass, `VolumeGroupSnapshotClass.fromVolumeGroupSnapshotClassName('${groupSnapshotClassName}')`);
  if (!claims.matchLabels) {
    const how = claims.claims ? 'by name' : claims.storageClass ? 'by their class' : claims.statefulSet ? 'by their StatefulSet' : 'all';
    fail(scope, POLICY_RULES.SNP032, {
      problem: `the claims are selected ${how}, but a VolumeGroupSnapshot takes its members by labels`,
      expected: "put one label on the claims of a group: claims: ClaimSelector.labels({ app: 'shop' })",
    });
  }
  if (surviveNamespaceDeletion) {
    fail(scope, POLICY_RULES.SNP032, {
      problem: 'surviveNamespaceDeletion cannot be had: the contents of the members are made, and changed, by the snapshot-controller',
      expected: 'leave out surviveNamespaceDeletion, or use a class with SnapshotDeletionPolicy.RETAIN and delete old data by hand',
    });
  }
  if (driver) {
    checkCapability(scope, GROUP_SNAPSHOT_CLASS, driver);
  } else {
    cannotCheck(scope, SNAPSHOT_RULES.SNP008, `the driver of the group snapshot class '${groupSnapshotClassName}'`);
  }
  needGroupSnapshots(scope);
  return { classes: {}, group: { snapshotClass: groupSnapshotClassName }, drivers: byName([driver]) };
}

/** SNP031 */
export function checkDeletion(scope: Construct, props: SnapshotPolicyProps): void {
  if (props.surviveNamespaceDeletion) {
    return;
  }
  const { snapshotClass, snapshotClasses = [], groupSnapshotClass } = props;
  const named = [
    ...[snapshotClass, ...snapshotClasses].flatMap(each => (each ? [{ name: each.snapshotClassName, policy: each.deletionPolicy }] : [])),
    ...(groupSnapshotClass ? [{ name: groupSnapshotClass.groupSnapshotClassName, policy: groupSnapshotClass.deletionPolicy }] : []),
  ];
  for (const { name, policy } of named) {
    if (policy === undefined) {
      cannotCheck(scope, POLICY_RULES.SNP031, `the deletion policy of the class '${name}'`);
    } else if (policy === SnapshotDeletionPolicy.RETAIN) {
      report(scope, POLICY_RULES.SNP031, { class: name });
    }
  }
}
