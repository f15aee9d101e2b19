import { Construct } from 'constructs';
import { BACKUP_RULES } from './rules';
import { fail } from '../../findings/report';
import { Retention } from '../../runtime/retention';
import { retentionOf } from '../retention-numbers';
import { SnapshotRetention } from '../snapshot-retention';

const COUNTS = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
const TIMES = ['within', 'maxAge'] as const;

/** SNP021, SNP053: in numbers, if it is what the engines can count in. */
export function checkRetention(scope: Construct, given: SnapshotRetention): Retention {
  const retention = retentionOf(scope, given);
  const many = COUNTS.find(name => (retention[name] ?? 0) >= 10_000);
  if (many !== undefined) {
    fail(scope, BACKUP_RULES.SNP053, { problem: `${many} is ${retention[many]}`, expected: `less than 10000: ${many}: 7` });
  }
  const odd = TIMES.find(name => given[name] && !Number.isInteger(given[name].toHours({ integral: false })));
  if (odd !== undefined) {
    fail(scope, BACKUP_RULES.SNP053, { problem: `${odd} is ${given[odd]!.toHumanString()}`, expected: `whole hours: ${odd}: Duration.days(30)` });
  }
  return retention;
}
