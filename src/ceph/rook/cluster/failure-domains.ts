import { Construct } from 'constructs';
import { refuse } from './cluster-checks';
import { copiesOf } from './pool-spec';
import { RookFailureDomain, RookPoolOptions } from './rook-pool-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { StorageParts } from './storage-parts';
import { checkAtSynth, fail, unchecked } from '../../../findings/report';
import { NodeCount } from '../../../platform/node-count';
import { Platform } from '../../../platform/platform';

type Declared = Readonly<Record<string, number>>;

/** CEPH141 */
export function checkFailureDomains(scope: Construct, declared: Declared = {}): void {
  for (const [domain, count] of Object.entries(declared)) {
    if (!Object.values<string>(RookFailureDomain).includes(domain) || !(Number.isInteger(count) && count > 0)) {
      refuse(scope, 'failureDomains', `${domain}: ${count}`, 'it is no number of failure domains of a kind that Ceph knows', 'such as failureDomains: { zone: 3 }');
    }
  }
}

/** How many domains of a kind there are, if that shows. */
function domainsOf(scope: Construct, domain: RookFailureDomain, declared: Declared, { hosts, osds }: StorageParts): number | undefined {
  if (domain === RookFailureDomain.OSD) {
    return declared[domain] ?? osds;
  }
  const single = Platform.of(scope).nodes === NodeCount.SINGLE ? 1 : undefined;
  return single ?? (domain === RookFailureDomain.HOST ? hosts ?? declared[domain] : declared[domain]);
}

/** CEPH154: whether the copies of a pool find places. */
export function checkFailureDomain(scope: Construct, pool: string, options: RookPoolOptions, declared: Declared = {}, storage: StorageParts): void {
  const { failureDomain: domain = RookFailureDomain.HOST, erasureCoding } = options;
  const needed = copiesOf(options);
  const found = domainsOf(scope, domain, declared, storage);
  if (found === undefined) {
    checkAtSynth(scope, () => unchecked(scope, ROOK_CLUSTER_RULES.CEPH154, `how many failure domains of the kind '${domain}' have OSDs: failureDomains: { ${domain}: 3 } of the cluster`));
  } else if (found < needed) {
    const smaller = domain === RookFailureDomain.OSD ? '' : '; on one node, for a test: failureDomain: RookFailureDomain.OSD';
    fail(scope, ROOK_CLUSTER_RULES.CEPH154, {
      pool, domain, count: found, copies: erasureCoding ? `${needed} pieces (dataChunks and codingChunks)` : `${needed} copies`,
      expected: `let OSDs be on ${needed} of them (RookStorage, or failureDomains where it does not show), or ask for less${smaller}`,
    });
  }
}
