import { IConstruct } from 'constructs';
import { once } from './once';
import { Need } from './options';
import { CEPH_IMAGE_RULES } from './rules';
import { checkAtSynth, report, unchecked } from '../../findings/report';
import { Platform } from '../../platform/platform';

/** CEPH043, when the app is complete: the platform may be declared above a construct that is made first. */
export function checkKernel(scope: IConstruct, needs: readonly Need[]): void {
  for (const { what, needed } of needs) {
    once(scope, `CEPH043 ${what}`, () => checkAtSynth(scope, () => {
      const platform = Platform.of(scope);
      if (platform.kernel === undefined) {
        unchecked(scope, CEPH_IMAGE_RULES.CEPH043, `the kernel of the nodes, for ${what} (Linux ${needed}): Platform.set(…, { kernel })`);
      } else if (!platform.hasKernel(needed)) {
        report(scope, CEPH_IMAGE_RULES.CEPH043, { what, needed, kernel: platform.kernel });
      }
    }));
  }
}
