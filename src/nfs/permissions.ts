import { IConstruct } from 'constructs';
import { NFS_RULES } from './rules';
import { fail, report } from '../findings/report';

/** NFS015, NFS115 */
export function checkPermissions(scope: IConstruct | undefined, value: string): string {
  // A single 0 is how a class or volume says that the driver's default is not for it.
  if (!/^(0|0?[0-7]{3,4})$/.test(value)) {
    fail(scope, NFS_RULES.NFS015, { value });
  }
  if (scope && /[2367]$/.test(value)) { // others may write
    report(scope, NFS_RULES.NFS115, { value });
  }
  return value;
}
