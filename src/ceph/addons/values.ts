import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CEPH_ADDONS_RULES } from './rules';
import { fail } from '../../findings/report';
import { shown } from '../../manifest/validate';

/** CEPH174 */
export function malformed(scope: IConstruct | undefined, what: string, value: unknown, expected: string, example: string): never {
  return fail(scope, CEPH_ADDONS_RULES.CEPH174, { what, value: shown(value), expected, example });
}

/** CEPH174: a whole number that is in range, if it is given. */
export function count(scope: IConstruct, what: string, value: number | undefined, least: number, most: number): number | undefined {
  if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
    const expected = `a whole number from ${least} to ${most}`;
    malformed(scope, what, value, expected, `leave it out for the default, or give ${expected}`);
  }
  return value;
}

/** CEPH174: a duration in whole seconds that is in range, if it is given. */
export function seconds(scope: IConstruct, what: string, value: Duration | undefined, least: number, most: number): number | undefined {
  return value === undefined ? undefined : count(scope, `${what} in seconds`, value.toSeconds({ integral: false }), least, most);
}
