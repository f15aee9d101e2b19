import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { POLICY_RULES } from './rules';
import { SnapshotPolicyProps } from './snapshot-policy-props';
import { fail } from '../../findings/report';
import { checkLabel } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { ClaimFilter } from '../../runtime/runner-config';
import { cannotCheck } from '../../volume/checks';
import { ClaimSelector } from '../claim-selector';

/** Where a policy runs, and where it looks for claims. */
export interface Reach {
  readonly own: string;
  /** All where it is missing. */
  readonly namespaces?: readonly string[];
}

/** SNP030 */
function refuse(scope: Construct, what: string, problem: string, expected: string): never {
  return fail(scope, POLICY_RULES.SNP030, { what, problem, expected });
}

/** SNP030 */
export function reachOf(scope: Construct, props: SnapshotPolicyProps): Reach {
  const { namespaces, allNamespaces, claims } = props;
  const ofClaims = new Set((claims.claims ?? []).map(claim => claim.namespace));
  const own = props.namespace ?? Chart.of(scope).namespace ?? (ofClaims.size === 1 ? [...ofClaims][0] : undefined);
  if (own === undefined) {
    refuse(scope, 'the namespace of the policy', 'it is not known, and without it nothing can be granted to its account', "namespace: 'shop', or a chart with a namespace: new Chart(app, 'shop', { namespace: 'shop' })");
  }
  checkLabel(scope, 'the namespace of the policy', own);
  if (namespaces && allNamespaces) {
    refuse(scope, 'namespaces and allNamespaces', 'both are given', 'keep one of them');
  }
  if (namespaces?.length === 0) {
    refuse(scope, 'namespaces', 'the list is empty', `leave it out for '${own}', or name them: namespaces: ['shop']`);
  }
  namespaces?.forEach(namespace => checkLabel(scope, 'a namespace of the claims', namespace));
  const reach = { own, namespaces: allNamespaces ? undefined : [...new Set(namespaces ?? [own])].sort() };
  claims.claims?.forEach(({ claimName, namespace }) => {
    if (namespace !== undefined && reach.namespaces && !reach.namespaces.includes(namespace)) {
      const wanted = [...new Set([...reach.namespaces, namespace])].filter(each => namespaces || each === namespace);
      refuse(scope, `the claim '${claimName}'`, `it is in the namespace '${namespace}', and the policy looks in ${reach.namespaces.join(', ')}`, `namespaces: [${wanted.map(each => `'${each}'`).join(', ')}]`);
    }
    if (namespace === undefined && reach.namespaces?.length === 1) {
      cannotCheck(scope, POLICY_RULES.SNP030, `the namespace of the claim '${claimName}': it is taken to be in '${reach.namespaces[0]}'`);
    } else if (namespace === undefined) {
      refuse(scope, `the claim '${claimName}'`, 'its namespace is not known, and the policy looks in several', `PersistentVolumeClaim.fromClaimName('${claimName}', { namespace: 'shop' })`);
    }
  });
  return reach;
}

/** What the runner is told of the selector. */
export function claimFilter(scope: Construct, claims: ClaimSelector, { namespaces = [] }: Reach): ClaimFilter {
  claims.claims?.forEach(claim => Cluster.requireSame(scope, claim, `PersistentVolumeClaim.fromClaimName('${claim.claimName}')`));
  Cluster.requireSame(scope, claims.storageClass, `StorageClass.fromStorageClassName('${claims.storageClass?.storageClassName}')`);
  return {
    names: claims.claims?.map(claim => ({ namespace: claim.namespace ?? namespaces[0], name: claim.claimName })),
    labels: claims.matchLabels,
    storageClass: claims.storageClass?.storageClassName,
    statefulSet: claims.statefulSet,
    templates: claims.templates,
  };
}
