import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { BACKUP_RULES } from './rules';
import { fail } from '../../findings/report';
import { shown } from '../../manifest/validate';

/** SNP051 */
export function malformed(scope: Construct, what: string, problem: string, expected: string): never {
  return fail(scope, BACKUP_RULES.SNP051, { what, problem, expected });
}

/** SNP051: a time in whole steps of so many seconds, at least one of them; nothing where none is given. */
export function stepsOf(scope: Construct, what: string, duration: Duration | undefined, step: number, expected: string): number | undefined {
  if (duration === undefined || duration === null) {
    return undefined;
  }
  const steps = typeof duration.toSeconds === 'function' ? duration.toSeconds({ integral: false }) / step : NaN;
  if (!Number.isInteger(steps) || steps < 1) {
    malformed(scope, what, `it is ${Number.isNaN(steps) ? shown(duration) : duration.toHumanString()}`, expected);
  }
  return steps;
}

/** SNP051: a whole number that is not negative, and fits into 32 bits; nothing where none is given. */
export function checkCount(scope: Construct, what: string, value: number | undefined, expected: string): number | undefined {
  if (value !== undefined && value !== null && !(Number.isInteger(value) && value >= 0 && value < 2 ** 31)) {
    malformed(scope, what, `it is ${shown(value)}`, expected);
  }
  return value ?? undefined;
}

/** Leaves out what is not set, so that a manifest has only what was asked for. */
export function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
