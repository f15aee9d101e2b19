import { Duration, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { GaneshaLogLevel, GaneshaOptions } from './ganesha-options';
import { GANESHA_RULES } from './rules';
import { fail } from '../findings/report';
import { withDefaults } from '../manifest/defaults';
import { all, checkShape, DURATION, FLAG, listOf, mapOf, NUMBER, oneOf, Shape, SIZE, struct, TEXT } from '../manifest/shapes';
import { shown } from '../manifest/validate';

/** By the names of GaneshaOptions; who uses it adds its own. */
export const GANESHA_SHAPES: Readonly<Record<string, Shape>> = {
  ...all(TEXT, 'name', 'namespace', 'image', 'clusterIp', 'clusterDomain', 'cpuRequest', 'priorityClassName', 'extraConfiguration'),
  ...all(FLAG, 'createNamespace', 'networkPolicy', 'evictable'),
  ...all(listOf(TEXT), 'imagePullSecrets'),
  ...all(DURATION, 'leaseLifetime', 'gracePeriod', 'failover'),
  ...all(SIZE, 'memoryLimit', 'memoryRequest'),
  ...all(mapOf(TEXT), 'nodeSelector', 'labels', 'annotations'),
  minorVersions: listOf(NUMBER),
  tolerations: listOf(struct(all(TEXT, 'key', 'operator', 'value', 'effect'))),
  logLevel: oneOf(GaneshaLogLevel),
};

/** GAN001: refuses options of another type than is declared. */
export function checkOptionShapes(scope: Construct, options: object, shapes: Readonly<Record<string, Shape>>): void {
  checkShape(scope, '', options, struct(shapes), GANESHA_RULES.GAN001);
}

/** GAN001 */
export function refuseValue(scope: Construct, what: string, value: unknown, expected: string, example: string): never {
  return fail(scope, GANESHA_RULES.GAN001, { what, value: shown(value), expected, example });
}

/** A number that the server takes. */
export function checkNumber(scope: Construct, what: string, value: number, lowest: number, highest: number): number {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    refuseValue(scope, what, value, `a whole number from ${lowest} to ${highest}`, 'leave it out for the default, or give one in that range');
  }
  return value;
}

function seconds(scope: Construct, what: string, duration: Duration, lowest: number, highest: number): number {
  return checkNumber(scope, `${what} in seconds`, duration.toSeconds({ integral: false }), lowest, highest);
}

/** What the options say, with defaults and in the server's units. */
export interface GaneshaValues {
  readonly lease: number;
  readonly grace: number;
  readonly failover: number;
  readonly minorVersions: readonly number[];
  readonly memoryLimit: string;
  readonly memoryRequest: string;
  readonly cpuRequest: string;
}

const DEFAULTS = { leaseLifetime: Duration.seconds(20), gracePeriod: Duration.seconds(30), failover: Duration.seconds(30), minorVersions: [1, 2], cpuRequest: '100m' };
const CPU = /^([1-9]\d*m|\d*[1-9]\d*(\.\d{1,3})?|0\.\d{0,2}[1-9]\d{0,2})$/;
const LEAST_MEMORY = 256; // MiB; with its cache of 100,000 files empty it takes about 60

/** GAN001, GAN003 */
export function valuesOf(scope: Construct, options: GaneshaOptions): GaneshaValues {
  const given = withDefaults(DEFAULTS, options);
  const lease = seconds(scope, 'leaseLifetime', given.leaseLifetime, 1, 120);
  const grace = seconds(scope, 'gracePeriod', given.gracePeriod, 1, 180);
  if (grace < lease) {
    fail(scope, GANESHA_RULES.GAN003, { grace, lease });
  }
  const { minorVersions, memoryLimit, memoryRequest, cpuRequest } = given;
  if (minorVersions.length === 0 || minorVersions.some((minor, index) => ![0, 1, 2].includes(minor) || minorVersions.indexOf(minor) < index)) {
    refuseValue(scope, 'minorVersions', minorVersions, 'a list of 0, 1 and 2, each once', 'leave it out for [1, 2]');
  }
  const mebibytes = (size: typeof memoryLimit, otherwise: number) => size?.toMebibytes({ rounding: SizeRoundingBehavior.NONE }) ?? otherwise;
  checkNumber(scope, 'memoryLimit in MiB', mebibytes(memoryLimit, 1024), LEAST_MEMORY, 1024 * 1024);
  checkNumber(scope, 'memoryRequest in MiB', mebibytes(memoryRequest, 256), 1, mebibytes(memoryLimit, 1024));
  if (!CPU.test(cpuRequest)) {
    refuseValue(scope, 'cpuRequest', cpuRequest, 'an amount of CPU', "write '100m' or '0.5'");
  }
  return {
    lease,
    grace,
    failover: seconds(scope, 'failover', given.failover, 0, 3600),
    minorVersions: [...minorVersions].sort(),
    memoryLimit: memoryLimit?.asString() ?? '1Gi',
    memoryRequest: memoryRequest?.asString() ?? '256Mi',
    cpuRequest,
  };
}
