import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { POLICY_RULES } from './rules';
import { seconds } from './run-times';
import { SnapshotHook } from './snapshot-hook';
import { profileOf } from '../../csi/driver-profile';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { fail } from '../../findings/report';
import { checkLabel, checkMetadata, shown } from '../../manifest/validate';
import { Hook } from '../../runtime/runner-config';
import { cannotCheck } from '../../volume/checks';

const EXAMPLE = "{ container: 'db', freeze: 'psql -c CHECKPOINT && sync', thaw: 'true', timeout: Duration.seconds(30) }";

/** SNP033, SNP034 */
export function hooksOf(scope: IConstruct, hooks: readonly SnapshotHook[], drivers: readonly ICsiDriver[]): Hook[] {
  return hooks.map((hook, index) => {
    const what = `hooks[${index}]`;
    for (const command of ['freeze', 'thaw'] as const) {
      const text: unknown = hook[command];
      if (typeof text !== 'string' || text.trim() === '' || text.includes('\0')) {
        const problem = typeof text === 'string' ? 'it is empty' : `it is ${shown(text)}, and has to be a text`;
        const advice = command === 'thaw' && typeof hook.freeze === 'string' ? "where there is nothing to undo, write thaw: 'true'" : `such as ${EXAMPLE}`;
        fail(scope, POLICY_RULES.SNP033, { what: `${what}.${command}`, problem, expected: advice });
      }
    }
    if (hook.podLabels && Object.keys(hook.podLabels).length === 0) {
      fail(scope, POLICY_RULES.SNP033, { what: `${what}.podLabels`, problem: 'there are none: every pod of the namespace would be meant', expected: 'name those of the application, or leave it out for the pods that mount the claim' });
    }
    checkMetadata(scope, hook.podLabels ?? {});
    if (/\bfsfreeze\b/.test(hook.freeze)) {
      checkFreezable(scope, what, drivers);
    }
    return {
      podLabels: hook.podLabels ? { ...hook.podLabels } : undefined,
      container: (hook.container ?? undefined) === undefined ? undefined : checkLabel(scope, `the container of ${what}`, hook.container!),
      freeze: hook.freeze,
      thaw: hook.thaw,
      timeoutSeconds: seconds(scope, `${what}.timeout`, hook.timeout ?? Duration.seconds(30), 1),
      optional: hook.optional ?? false,
    };
  });
}

/** SNP034 */
function checkFreezable(scope: IConstruct, what: string, drivers: readonly ICsiDriver[]): void {
  const not = drivers.find(driver => profileOf(driver).freezable === false);
  if (not) {
    fail(scope, POLICY_RULES.SNP034, { what, driver: not.driverName });
  }
  if (drivers.length === 0) {
    cannotCheck(scope, POLICY_RULES.SNP034, 'the driver of the claims');
  }
}
