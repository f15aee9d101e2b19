import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ClassKind, GROUP_SNAPSHOT_CLASS, SNAPSHOT_CLASS } from './class-kinds';
import { SNAPSHOT_RULES } from './rules';
import { ICsiDriver } from '../csi/i-csi-driver';
import { checkSecretTokens, nearlyReserved, RESERVED, SecretReference } from '../csi/secret-reference';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { Rule } from '../findings/rule';
import { checkSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { clusterChecks, eachRepeated } from '../platform/cluster-checks';
import { existing, notHandedOver } from '../volume/checks';

const DELETION_POLICIES = ['Delete', 'Retain'];

/** What both kinds of snapshot class take. */
export interface ClassInput<Property extends string> {
  readonly name: string;
  readonly driver: ICsiDriver;
  readonly deletionPolicy?: string;
  readonly parameters?: { readonly [key: string]: string };
  readonly secrets?: { readonly [property in Property]?: SecretReference };
  readonly isDefault?: boolean;
}

/** What is written of a class, and the Secrets that the driver's controller has to read. */
export interface ClassParts {
  readonly name: string;
  readonly manifest: { readonly driver: string; readonly deletionPolicy: any; readonly parameters?: { [key: string]: string }; readonly metadata: object };
  readonly secrets: SecretReference[];
}

/** Checks what a class is made of, and puts it together. */
export function classParts<Property extends string>(scope: Construct, kind: ClassKind<Property>, props: ClassInput<Property>): ClassParts {
  const { driver, parameters, isDefault } = props;
  if (typeof driver?.driverName !== 'string') {
    fail(scope, SNAPSHOT_RULES.SNP013, { what: 'the driver', problem: notHandedOver(driver), expected: `hand one over: driver: ${existing('CsiDriver.fromDriverName', driver, 'csi.example.com')}` });
  }
  Cluster.requireSame(scope, driver, `CsiDriver.fromDriverName('${driver.driverName}')`);
  const name = checkSubdomain(scope, `the name of the ${kind.kind}`, props.name);
  const deletionPolicy = props.deletionPolicy ?? DELETION_POLICIES[0];
  if (!DELETION_POLICIES.includes(deletionPolicy)) {
    fail(scope, SNAPSHOT_RULES.SNP013, { what: `the deletion policy '${deletionPolicy}'`, problem: 'there is none of that name', expected: 'SnapshotDeletionPolicy.DELETE or RETAIN' });
  }
  checkParameters(scope, kind, parameters ?? {});
  checkCapability(scope, kind, driver);

  const rows = kind.secrets.flatMap(row => {
    const secret = props.secrets?.[row.property];
    return secret ? [{ ...row, secret: checkSecretTokens(scope, secret, row.tokens) }] : [];
  });
  const reserved = Object.fromEntries(rows.flatMap(({ key, secret }) => [
    [`${RESERVED}${key}-secret-name`, secret.name],
    [`${RESERVED}${key}-secret-namespace`, secret.namespace],
  ]));
  return {
    name,
    manifest: {
      metadata: { name, ...(isDefault ? { annotations: { [kind.defaultMark]: 'true' } } : {}) },
      driver: driver.driverName,
      deletionPolicy,
      parameters: parameters || rows.length > 0 ? { ...parameters, ...reserved } : undefined,
    },
    secrets: rows.map(row => row.secret),
  };
}

/** SNP005, SNP013 */
function checkParameters<Property extends string>(scope: Construct, kind: ClassKind<Property>, parameters: { readonly [key: string]: string }): void {
  for (const [key, value] of Object.entries(parameters)) {
    if (key.startsWith(RESERVED)) {
      const meant = kind.secrets.find(row => key.startsWith(`${RESERVED}${row.key}-secret-`)) ?? kind.secrets[0];
      fail(scope, SNAPSHOT_RULES.SNP005, { key, property: meant.property });
    }
    const meant = nearlyReserved(key);
    if (meant !== undefined) {
      fail(scope, SNAPSHOT_RULES.SNP013, { what: `the parameter '${key}'`, problem: `it is nearly '${meant}', which the sidecars read, but goes to the driver as it stands`, expected: 'use the typed property secrets' });
    }
    if (typeof value !== 'string') {
      fail(scope, SNAPSHOT_RULES.SNP013, { what: `the parameter '${key}'`, problem: 'it has no value', expected: 'give it a value, or leave it out' });
    }
  }
}

/** SNP004, SNP008 */
export function checkCapability(scope: Construct, kind: ClassKind<string>, driver: ICsiDriver): void {
  if (driver.capabilities === undefined) {
    checkAtSynth(scope, () => unchecked(scope, kind.incapable, `the capabilities of the driver '${driver.driverName}'`));
  } else if (!driver.capabilities[kind.capability]) {
    fail(scope, kind.incapable, { driver: `'${driver.driverName}'` });
  }
}

/** The name of the driver of which an object is the default class, if it is one. */
export function driverOfDefault(object: ApiObject, kind: ClassKind<string>): string | undefined {
  if (object.kind !== kind.kind) {
    return undefined;
  }
  const { driver, metadata } = object.toJson();
  return metadata?.annotations?.[kind.defaultMark] === 'true' ? driver : undefined;
}

/** SNP006 and SNP009, for all classes of a cluster, whoever wrote them. */
const ONE_DEFAULT: [ClassKind<string>, Rule][] = [[SNAPSHOT_CLASS, SNAPSHOT_RULES.SNP006], [GROUP_SNAPSHOT_CLASS, SNAPSHOT_RULES.SNP009]];

clusterChecks.push(objects => {
  for (const [kind, rule] of ONE_DEFAULT) {
    eachRepeated(objects, object => driverOfDefault(object, kind), (object: IConstruct, driver, first) => {
      report(object, rule, { key: `'${driver}'`, first: first.node.path });
    });
  }
});
