import { Construct } from 'constructs';
import { ROOK_CLUSTER_RULES } from './rules';
import { fail } from '../../../findings/report';
import { shown } from '../../../manifest/validate';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the user adds to a spec, which is not to contradict it. CEPH160 */
export function withExtra(scope: Construct, spec: Record<string, unknown>, extra: Readonly<Record<string, unknown>> = {}, path = ''): Record<string, unknown> {
  const result = { ...spec };
  for (const [key, value] of Object.entries(extra)) {
    const own = result[key];
    if (isObject(own) && isObject(value)) {
      result[key] = withExtra(scope, own, value, `${path}${key}.`);
    } else if (own !== undefined) {
      fail(scope, ROOK_CLUSTER_RULES.CEPH160, { path: `${path}${key}`, value: shown(own) });
    } else {
      result[key] = value;
    }
  }
  return result;
}
