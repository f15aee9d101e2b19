import { IConstruct } from 'constructs';
import { AccessMode } from './modes';
import { VOLUME_RULES } from './rules';
import { fail } from '../findings/report';

/** VOL008 */
export function checkAccessModes(scope: IConstruct, modes: readonly AccessMode[]): string[] {
  const problem = modes.length === 0 ? 'the list is empty'
    : new Set(modes).size < modes.length ? 'one is given twice'
      : modes.length > 1 && modes.includes(AccessMode.READ_WRITE_ONCE_POD) ? 'ReadWriteOncePod does not go with another one' : undefined;
  if (problem) {
    fail(scope, VOLUME_RULES.VOL008, { modes: `[${modes.join(', ')}]`, problem });
  }
  return [...modes];
}

/** VOL005, for mount options. */
export function checkMountOptions(scope: IConstruct, options: readonly string[]): string[] {
  for (const option of options) {
    if (typeof option !== 'string' || !/^[^\s,]+$/.test(option)) {
      fail(scope, VOLUME_RULES.VOL005, {
        what: 'the mount option', value: `'${option}'`, problem: 'it is empty, or has a blank or comma in it', expected: "give one option per entry: mountOptions: ['hard', 'nfsvers=4.1']",
      });
    }
  }
  return [...options];
}
