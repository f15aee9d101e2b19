import { Duration } from 'cdk8s';
import { NfsOnDelete } from './nfs-csi-driver-props';
import { FsGroupPolicy } from '../csi/csi-driver-props';
import { ICsiDriver } from '../csi/i-csi-driver';

/** What is known of an installed csi-driver-nfs beyond ICsiDriver. What is missing was not declared. */
export interface NfsDriverFacts {
  readonly version?: string;
  readonly defaultOnDelete?: NfsOnDelete;
  readonly fsGroupPolicy?: FsGroupPolicy;
  readonly mountPermissions?: string;
  readonly operationTimeout?: Duration;
}

const facts = new WeakMap<ICsiDriver, NfsDriverFacts>();

/** Says that a driver is csi-driver-nfs, whatever its name, and what is known of it. */
export function declareFacts(driver: ICsiDriver, known: NfsDriverFacts): void {
  facts.set(driver, known);
}

export function isDeclared(driver: ICsiDriver): boolean {
  return facts.has(driver);
}

export function factsOf(driver: ICsiDriver): NfsDriverFacts {
  return { version: driver.version, ...facts.get(driver) };
}

/** A release as a number that can be compared; a suffix such as `-rc1` is passed over. */
export function releaseNumber(version: string | undefined): number | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version ?? '') ?? [];
  return patch === undefined ? undefined : Number(major) * 1e6 + Number(minor) * 1e3 + Number(patch);
}

/** Whether a release is older than another one; `undefined` when it is not known. */
export function isBefore(version: string | undefined, other: string): boolean | undefined {
  const release = releaseNumber(version);
  return release === undefined ? undefined : release < releaseNumber(other)!;
}
