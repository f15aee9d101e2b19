import { IConstruct } from 'constructs';
import { SNAPSHOT_RULES } from './rules';
import { fail } from '../findings/report';
import { existing, notHandedOver } from '../volume/checks';
import { IPersistentVolumeClaim } from '../volume/persistent-volume-claim';

/** SNP013: the claim of which a snapshot is taken is an object. */
export function checkSourceClaim(scope: IConstruct | undefined, claim: IPersistentVolumeClaim | undefined): void {
  if (typeof claim?.claimName !== 'string') {
    fail(scope, SNAPSHOT_RULES.SNP013, { what: 'the claim', problem: notHandedOver(claim), expected: `hand one over: claim, or ${existing('PersistentVolumeClaim.fromClaimName', claim, 'data')}` });
  }
}
