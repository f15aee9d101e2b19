import { Construct } from 'constructs';
import { tagOf } from '../../csi/image';
import { isBefore, releaseNumber } from '../../csi/release';
import { fail, report } from '../../findings/report';
import { shown } from '../../manifest/validate';
import { CEPH_RULES } from '../rules';

const VERSION = 'v3.17.1';

/** The release of a driver, as far as it is known. CEPH005, CEPH006 */
export function checkRelease(scope: Construct | undefined, { version, image }: { readonly version?: string; readonly image?: string }): string | undefined {
  if (version !== undefined && releaseNumber(version) === undefined) {
    fail(scope, CEPH_RULES.CEPH005, { version: shown(version), problem: 'it is no release, so what it can do is not known' });
  }
  const tagged = typeof image === 'string' ? tagOf(image) : undefined;
  const tag = releaseNumber(tagged) === undefined ? undefined : tagged;
  if (version !== undefined && tag !== undefined && releaseNumber(version) !== releaseNumber(tag)) {
    fail(scope, CEPH_RULES.CEPH005, { version: shown(version), problem: `the image '${image}' is of another one` });
  }
  const release = image === undefined && scope ? `v${(version ?? VERSION).replace(/^v/, '')}` : version ?? tag;
  if (scope && isBefore(release, VERSION)) {
    report(scope, CEPH_RULES.CEPH006, { version: `${release}`, tested: VERSION });
  }
  return release;
}
