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
