import { Construct } from 'constructs';
import { refuse } from './cluster-checks';
import { copiesOf } from './pool-spec';
import { RookFailureDomain, RookPoolOptions } from './rook-pool-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { StorageParts } from './storage-parts';
import { checkAtSynth, fail, report, unchecked } from '../../../findings/report';
import { NodeCount } from '../../../platform/node-count';
import { Platform } from '../../../platform/platform';

type Declared = Readonly<Record<string, number>>;
type Places = Pick<StorageParts, 'selections' | 'sets'>;

/** CEPH141 */
export function checkFailureDomains(scope: Construct, declared: Declared = {}): void {
  for (const [domain, count] of Object.entries(declared)) {
    if (!Object.values<string>(RookFailureDomain).includes(domain) || !(Number.isInteger(count) && count > 0)) {
      refuse(scope, 'failureDomains', `${domain}: ${count}`, 'it is no number of failure domains of a kind that Ceph knows', 'such as failureDomains: { zone: 3 }');
    }
  }
}

const sum = (counts: readonly (number | undefined)[]) => counts.reduce<number | undefined>((all, count) => all === undefined || count === undefined ? undefined : all + count, 0);

/** How many domains of a kind there are, if that shows. A portable claim is a host of its own name to Ceph, whatever node it is on. */
function domainsOf(scope: Construct, domain: RookFailureDomain, declared: Declared, { selections, sets }: Places): number | undefined {
  const single = Platform.of(scope).nodes === NodeCount.SINGLE;
  if (domain === RookFailureDomain.OSD) {
    return declared[domain] ?? sum([...selections.map(({ osds }) => osds), ...sets.map(({ count }) => count)]);
  }
  if (domain !== RookFailureDomain.HOST) {
    return single ? 1 : declared[domain];
  }
  const claims = sets.filter(({ portable }) => portable).reduce((all, { count }) => all + count, 0);
  const rest = selections.length > 0 || sets.some(({ portable }) => !portable);
  if (!rest || single) {
    return claims + (rest ? 1 : 0);
  }
  return (sets.length > 0 ? undefined : sum(selections.map(({ hosts }) => hosts))) ?? declared[domain];
}

/** What has OSDs of a device class; all that may have some, where one does not say which it has. */
function ofClass({ selections, sets }: StorageParts, deviceClass?: string): { readonly places: Places; readonly certain: boolean } {
  const fits = (part: { readonly deviceClass?: string }) => deviceClass === undefined || [undefined, deviceClass].includes(part.deviceClass);
  const places = { selections: selections.filter(fits), sets: sets.filter(fits) };
  return { places, certain: deviceClass === undefined || [...places.selections, ...places.sets].every(part => part.deviceClass !== undefined) };
}

/** CEPH155: whether the copies of a pool may all be on one node. */
function checkSpread(scope: Construct, pool: string, domain: RookFailureDomain, { sets }: Places): void {
  const portable = sets.some(set => set.portable);
  if (domain === RookFailureDomain.OSD || (domain === RookFailureDomain.HOST && portable)) {
    report(scope, ROOK_CLUSTER_RULES.CEPH155, {
      pool,
      problem: domain === RookFailureDomain.OSD
        ? 'its copies are on different OSDs, which may all be on one node: when that is gone, so are they'
        : 'its copies are on different hosts, but a portable claim is a host to Ceph by its own name, and several may be on one node: when that is gone, so are they',
      expected: portable
        ? "failureDomain: RookFailureDomain.ZONE, with spreadBy: ['topology.kubernetes.io/zone'] of the claims, or portable: false"
        : 'failureDomain: RookFailureDomain.HOST',
    });
  }
}

/** CEPH154, CEPH155: whether the copies of a pool find places, apart from each other. */
export function checkFailureDomain(scope: Construct, pool: string, options: RookPoolOptions, declared: Declared = {}, storage: StorageParts): void {
  const { failureDomain: domain = RookFailureDomain.HOST, erasureCoding, deviceClass } = options;
  const needed = copiesOf(options);
  const { places, certain } = ofClass(storage, deviceClass);
  const found = domainsOf(scope, domain, declared, places);
  if (found !== undefined && found < needed) {
    const smaller = domain === RookFailureDomain.OSD ? '' : '; on one node, for a test: failureDomain: RookFailureDomain.OSD';
    fail(scope, ROOK_CLUSTER_RULES.CEPH154, {
      pool, domain, count: found, copies: erasureCoding ? `${needed} pieces (dataChunks and codingChunks)` : `${needed} copies`,
      expected: `let OSDs${deviceClass === undefined ? '' : ` of the class '${deviceClass}'`} be on ${needed} of them (RookStorage, or failureDomains where it does not show), or ask for less${smaller}`,
    });
  }
  if (found === undefined || !certain) {
    const missing = found === undefined ? `how many failure domains of the kind '${domain}' have OSDs: failureDomains: { ${domain}: 3 } of the cluster` : `which disks are of the deviceClass '${deviceClass}': deviceClass of RookStorage`;
    checkAtSynth(scope, () => unchecked(scope, ROOK_CLUSTER_RULES.CEPH154, missing));
  }
  if (needed > 1 && Platform.of(scope).nodes !== NodeCount.SINGLE) {
    checkSpread(scope, pool, domain, places);
  }
}
